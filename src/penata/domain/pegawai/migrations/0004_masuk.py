"""The first day of service of a person, reckoned from what the record tells."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pegawai", "0003_mutu_rekonsiliasi_pensiun"),
    ]

    operations = [
        migrations.AddField(
            model_name="pegawai",
            name="masuk",
            field=models.DateField(blank=True, null=True),
        ),
    ]
