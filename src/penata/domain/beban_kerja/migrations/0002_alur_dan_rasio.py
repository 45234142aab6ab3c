"""States that guard themselves, whose version a row is, what lists show, and norms by ratio."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from penata.foundation.periods import NoOverlap


class Migration(migrations.Migration):
    dependencies = [
        ("beban_kerja", "0001_initial"),
        ("jabatan", "0001_initial"),
        ("organisasi", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RasioNilai",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("satuan", models.CharField(max_length=60)),
                ("tahun", models.PositiveSmallIntegerField()),
                ("jumlah", models.FloatField()),
                ("sumber", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="RasioNorma",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mulai", models.DateField()),
                ("selesai", models.DateField(blank=True, null=True)),
                ("satuan", models.CharField(max_length=60)),
                ("pembagi", models.FloatField()),
                ("pembulatan", models.CharField(max_length=40)),
                ("dasar", models.CharField(max_length=300)),
                (
                    "bukti",
                    models.CharField(
                        choices=[("text", "Text"), ("secondary", "Secondary"), ("memory", "Memory")], max_length=10
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="abk",
            name="jumlah_baris",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="abk",
            name="kebutuhan",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="abk",
            name="pemverifikasi",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="abk_diverifikasi",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="abk",
            name="pengaju",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="abk_diajukan",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="abk",
            name="tanda",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="abkbaris",
            name="oleh",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="abkbaris",
            name="versi",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddConstraint(
            model_name="abk",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draf", "diajukan", "dikembalikan", "diverifikasi", "ditetapkan"])),
                name="abk_status_dikenal",
            ),
        ),
        migrations.AddConstraint(
            model_name="abk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["diajukan", "diverifikasi"]), _negated=True),
                    ("pengaju__isnull", False),
                    _connector="OR",
                ),
                name="abk_diajukan_seseorang",
            ),
        ),
        migrations.AddConstraint(
            model_name="abk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "diverifikasi"), _negated=True),
                    ("pemverifikasi__isnull", False),
                    _connector="OR",
                ),
                name="abk_diverifikasi_seseorang",
            ),
        ),
        migrations.AddConstraint(
            model_name="abk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pengaju__isnull", True),
                    ("pemverifikasi__isnull", True),
                    models.Q(("pengaju", models.F("pemverifikasi")), _negated=True),
                    _connector="OR",
                ),
                name="abk_verifikasi_orang_lain",
            ),
        ),
        migrations.AddConstraint(
            model_name="abk",
            constraint=models.CheckConstraint(
                condition=models.Q(("selesai__isnull", True), ("selesai__gt", models.F("mulai")), _connector="OR"),
                name="abk_maju",
            ),
        ),
        migrations.AddField(
            model_name="rasionilai",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rasio_nilai", to="organisasi.unit"
            ),
        ),
        migrations.AddField(
            model_name="rasionorma",
            name="jabatan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rasio_norma", to="jabatan.jabatan"
            ),
        ),
        migrations.AddConstraint(
            model_name="rasionilai",
            constraint=models.UniqueConstraint(fields=("unit", "satuan", "tahun"), name="rasio_nilai_sekali"),
        ),
        migrations.AddConstraint(
            model_name="rasionilai",
            constraint=models.CheckConstraint(condition=models.Q(("jumlah__gte", 0)), name="rasio_nilai_tidak_negatif"),
        ),
        migrations.AddConstraint(
            model_name="rasionorma",
            constraint=models.CheckConstraint(
                condition=models.Q(("selesai__isnull", True), ("selesai__gt", models.F("mulai")), _connector="OR"),
                name="rasio_norma_maju",
            ),
        ),
        migrations.AddConstraint(
            model_name="rasionorma",
            constraint=models.CheckConstraint(condition=models.Q(("pembagi__gt", 0)), name="rasio_norma_pembagi"),
        ),
        NoOverlap("beban_kerja_abk", ("unit_id",), "{row}.status = 'ditetapkan'"),
        NoOverlap("beban_kerja_rasionorma", ("jabatan_id", "satuan")),
    ]
