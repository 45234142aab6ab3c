"""Whether both sides of a delegation were told that it ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_token_api"),
    ]

    operations = [
        migrations.AddField(
            model_name="penugasan",
            name="akhir_dikabarkan",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
