"""Tables of the figures of today."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("jabatan", "0001_initial"),
        ("organisasi", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RingkasanKeadaan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("per", models.DateField()),
                ("revisi", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="RingkasanUnit",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ringkasan",
                        serialize=False,
                        to="organisasi.unit",
                    ),
                ),
                ("posisi", models.PositiveIntegerField()),
                ("bezetting", models.FloatField()),
                ("plt", models.PositiveIntegerField()),
                ("kebutuhan", models.FloatField(null=True)),
                ("kurang", models.FloatField()),
                ("lebih", models.FloatField()),
                ("kosong", models.PositiveIntegerField()),
                ("terisi", models.FloatField()),
                ("pensiun", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="RingkasanPosisi",
            fields=[
                (
                    "posisi",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ringkasan",
                        serialize=False,
                        to="jabatan.posisi",
                    ),
                ),
                ("bezetting", models.FloatField()),
                ("plt", models.PositiveIntegerField()),
                ("plh", models.PositiveIntegerField()),
                ("kebutuhan", models.FloatField(null=True)),
                ("asal", models.CharField(blank=True, max_length=10)),
                ("selisih", models.FloatField(null=True)),
                ("keadaan", models.CharField(max_length=16)),
                ("kurang", models.FloatField()),
                ("lebih", models.FloatField()),
                ("kosong", models.PositiveIntegerField()),
                ("terisi", models.FloatField()),
                ("pensiun", models.PositiveIntegerField()),
                ("keluar", models.JSONField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ringkasan_posisi",
                        to="organisasi.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["keadaan"], name="ringkasan_posisi_keadaan")],
            },
        ),
    ]
