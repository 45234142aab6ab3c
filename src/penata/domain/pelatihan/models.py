"""Catalogue of trainings, and what was attended."""

from django.db import models

from penata.domain.pegawai.models import Pegawai


class Pelatihan(models.Model):
    """One training of the catalogue."""

    kode = models.CharField(max_length=64, unique=True)
    nama = models.CharField(max_length=300)
    kompetensi = models.CharField(max_length=200)
    level_akhir = models.PositiveSmallIntegerField()
    bentuk = models.CharField(max_length=40, blank=True)
    jp = models.PositiveSmallIntegerField()
    biaya = models.FloatField()
    kuota = models.PositiveIntegerField(null=True, blank=True)


class RiwayatPelatihan(models.Model):
    """A training that was attended."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="riwayat_pelatihan")
    pelatihan = models.CharField(max_length=300)
    tahun = models.PositiveSmallIntegerField()
    jp = models.PositiveSmallIntegerField()
