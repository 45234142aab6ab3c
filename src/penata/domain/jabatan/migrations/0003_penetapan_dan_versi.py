"""Periods, legal acts and notes of informasi, evaluasi and standar; a version for changes by hand."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jabatan", "0002_tanpa_tumpang_tindih"),
        ("organisasi", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evaluasijabatan",
            name="catatan",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="evaluasijabatan",
            name="mulai",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evaluasijabatan",
            name="situasi_khusus",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="informasijabatan",
            name="catatan_butir",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="informasijabatan",
            name="mulai",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="informasijabatan",
            name="selesai",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="informasijabatan",
            name="versi_butir",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="jabatan",
            name="versi",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="standarkompetensi",
            name="penetapan",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="organisasi.penetapan"
            ),
        ),
        migrations.AddIndex(
            model_name="informasijabatan",
            index=models.Index(fields=["status", "unit"], name="informasi_status"),
        ),
        migrations.AddConstraint(
            model_name="evaluasijabatan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "ditetapkan"), _negated=True),
                fields=("jabatan",),
                name="evaluasi_terbuka_sekali",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluasijabatan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ditetapkan"), _negated=True),
                    models.Q(("kelas__isnull", False), ("mulai__isnull", False), ("nilai__isnull", False)),
                    _connector="OR",
                ),
                name="evaluasi_ditetapkan_lengkap",
            ),
        ),
        migrations.AddConstraint(
            model_name="informasijabatan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "ditetapkan"), _negated=True),
                fields=("jabatan", "unit"),
                name="informasi_terbuka_sekali",
            ),
        ),
        migrations.AddConstraint(
            model_name="informasijabatan",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("status", "ditetapkan"), _negated=True), ("unit__isnull", True)),
                fields=("jabatan",),
                name="informasi_umum_terbuka_sekali",
            ),
        ),
        migrations.AddConstraint(
            model_name="informasijabatan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ditetapkan"), _negated=True), ("mulai__isnull", False), _connector="OR"
                ),
                name="informasi_ditetapkan_bermulai",
            ),
        ),
        migrations.AddConstraint(
            model_name="informasijabatan",
            constraint=models.CheckConstraint(
                condition=models.Q(("selesai__isnull", True), ("selesai__gt", models.F("mulai")), _connector="OR"),
                name="informasi_maju",
            ),
        ),
    ]
