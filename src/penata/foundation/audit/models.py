"""The log: one row per act in a hash chain, and what the act changed on each object.

No foreign keys: the log outlives what it logs. Database triggers refuse change and deletion.
"""

from django.db import models


class Peristiwa(models.Model):
    """One act. ``sidik`` seals the row, its changes and the seal of the act before it."""

    id = models.BigIntegerField(primary_key=True)  # 1, 2, 3 without gaps: a missing number is a deleted row
    waktu = models.DateTimeField(db_index=True)
    aksi = models.CharField(max_length=60, db_index=True)
    pelaku_id = models.BigIntegerField(null=True)
    pelaku = models.CharField(max_length=200)
    peran = models.CharField(max_length=200, blank=True)
    per = models.DateField(null=True)  # the day on which the act takes effect
    unit_id = models.BigIntegerField(null=True, db_index=True)
    dasar = models.CharField(max_length=300, blank=True)  # legal act
    alasan = models.TextField(blank=True)
    rincian = models.JSONField(default=dict)
    jumlah = models.PositiveIntegerField(default=0)  # objects changed
    sidik_perubahan = models.CharField(max_length=64)
    sidik_sebelum = models.CharField(max_length=64)
    sidik = models.CharField(max_length=64, unique=True)


class Perubahan(models.Model):
    """What one act changed on one object: old and new values of the fields that changed."""

    peristiwa_id = models.BigIntegerField(db_index=True)
    jenis = models.CharField(max_length=40)  # name of the table of the subject, e.g. posisi
    objek_id = models.CharField(max_length=300)  # the key people know: NIP, code, name
    sebelum = models.JSONField(null=True)
    sesudah = models.JSONField(null=True)

    class Meta:
        """The history of one object is one index look-up."""

        indexes = [models.Index(fields=["jenis", "objek_id", "peristiwa_id"], name="perubahan_objek")]


class Rantai(models.Model):
    """The end of the chain: one row, locked while an act is written."""

    nomor = models.BigIntegerField()
    sidik = models.CharField(max_length=64)


class Revisi(models.Model):
    """How often the data of a room changed: what is computed from them is kept until this moves on."""

    ruang = models.CharField(max_length=40, primary_key=True)
    nomor = models.BigIntegerField(default=0)
