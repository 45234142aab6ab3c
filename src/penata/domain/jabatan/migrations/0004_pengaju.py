"""Who handed in an informasi or evaluasi jabatan: somebody else verifies and sets it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Forms that wait for a decision at this moment: the log knows who handed them in.
FROM_LOG = """
UPDATE {table} SET pengaju_id = (
    SELECT p.pelaku_id FROM audit_peristiwa p JOIN audit_perubahan c ON c.peristiwa_id = p.id
    WHERE p.aksi = '{aksi}' AND c.jenis = '{jenis}' AND c.objek_id = CAST({table}.id AS varchar(20))
    AND p.pelaku_id IN (SELECT id FROM access_user)
    ORDER BY p.id DESC LIMIT 1
) WHERE status IN ('diajukan', 'diverifikasi')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("jabatan", "0003_penetapan_dan_versi"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evaluasijabatan",
            name="pengaju",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evaluasi_diajukan",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="informasijabatan",
            name="pengaju",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="informasi_diajukan",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(
            [
                FROM_LOG.format(table="jabatan_informasijabatan", aksi="informasi.diajukan", jenis="informasi_jabatan"),
                FROM_LOG.format(table="jabatan_evaluasijabatan", aksi="evaluasi.diajukan", jenis="evaluasi_jabatan"),
            ],
            migrations.RunSQL.noop,
        ),
    ]
