"""Figures of the map per posisi and unit, kept up to date so that no page has to add them up."""

from django.db import models

from penata.domain.jabatan.models import Posisi
from penata.domain.organisasi.models import Unit


class RingkasanPosisi(models.Model):
    """What the map says of one posisi on the day of :class:`RingkasanKeadaan`; columns as in ``angka.figures``."""

    posisi = models.OneToOneField(Posisi, on_delete=models.CASCADE, primary_key=True, related_name="ringkasan")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ringkasan_posisi")
    bezetting = models.FloatField()
    plt = models.PositiveIntegerField()
    plh = models.PositiveIntegerField()
    kebutuhan = models.FloatField(null=True)
    asal = models.CharField(max_length=10, blank=True)  # abk, tercetak, dihapus, or empty: unknown
    selisih = models.FloatField(null=True)
    keadaan = models.CharField(max_length=16)
    kurang = models.FloatField()
    lebih = models.FloatField()
    kosong = models.PositiveIntegerField()  # 1: needed, and nobody holds it
    terisi = models.FloatField()
    pensiun = models.PositiveIntegerField()  # within twelve months
    keluar = models.JSONField()  # people who leave in each of the years of the projection

    class Meta:
        """Lists are filtered by what is wrong."""

        indexes = [models.Index(fields=["keadaan"], name="ringkasan_posisi_keadaan")]


class RingkasanUnit(models.Model):
    """The same summed over the posisi of one unit, without the units below it."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, primary_key=True, related_name="ringkasan")
    posisi = models.PositiveIntegerField()
    bezetting = models.FloatField()
    plt = models.PositiveIntegerField()
    kebutuhan = models.FloatField(null=True)
    kurang = models.FloatField()
    lebih = models.FloatField()
    kosong = models.PositiveIntegerField()
    terisi = models.FloatField()
    pensiun = models.PositiveIntegerField()


class RingkasanKeadaan(models.Model):
    """One row: of which day and which revision of the data the figures are. Anything else is added up anew."""

    per = models.DateField()
    revisi = models.JSONField()
