"""A message knows what it is about, so that one act on one object is unread once."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="pemberitahuan",
            name="giliran",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="pemberitahuan",
            name="jenis",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="pemberitahuan",
            name="objek",
            field=models.CharField(blank=True, max_length=60, null=True),
        ),
        migrations.AddConstraint(
            model_name="pemberitahuan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dibaca__isnull", True)),
                fields=("objek", "jenis", "user"),
                name="pemberitahuan_sekali",
            ),
        ),
    ]
