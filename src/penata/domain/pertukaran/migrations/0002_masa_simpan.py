"""When the files of an import were removed because they had been kept long enough."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pertukaran", "0001_impor"),
    ]

    operations = [
        migrations.AddField(
            model_name="impor",
            name="jurnal_dihapus",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="impor",
            name="unggahan_dihapus",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
