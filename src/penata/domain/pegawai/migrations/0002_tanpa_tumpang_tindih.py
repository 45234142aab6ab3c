"""Periods of the same thing do not overlap: refused by the database itself."""

from django.db import migrations

from penata.foundation.periods import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("pegawai", "0001_initial")]
    operations = [NoOverlap("pegawai_pemangku", ("pegawai_id",), "{row}.jenis = 'definitif'")]
