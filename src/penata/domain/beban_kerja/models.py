"""Workload per unit: rows of tasks, and the need that follows once it is ditetapkan."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from penata.domain.jabatan.models import Posisi
from penata.domain.organisasi.models import Penetapan, Unit


class Abk(models.Model):
    """The workload analysis of one unit for one year. From ``mulai`` to ``selesai`` its need is in force."""

    class Status(models.TextChoices):
        """draf -> diajukan -> (dikembalikan | diverifikasi) -> ditetapkan; dikembalikan may be edited again."""

        DRAF = "draf"
        DIAJUKAN = "diajukan"
        DIKEMBALIKAN = "dikembalikan"
        DIVERIFIKASI = "diverifikasi"
        DITETAPKAN = "ditetapkan"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="abk")
    tahun = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.DRAF)
    versi = models.PositiveIntegerField(default=1)  # counts every change of the rows; a stale writer is told
    catatan = models.TextField(blank=True)
    mulai = models.DateField(null=True, blank=True)
    selesai = models.DateField(null=True, blank=True)
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)
    penyusun = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="abk")
    diubah = models.DateTimeField(auto_now=True)

    class Meta:
        """One open ABK per unit and year; one that is ditetapkan has a day of entry into force."""

        constraints = [
            models.UniqueConstraint(
                fields=["unit", "tahun"], condition=~Q(status="ditetapkan"), name="abk_terbuka_sekali"
            ),
            models.CheckConstraint(
                condition=~Q(status="ditetapkan") | Q(mulai__isnull=False), name="abk_ditetapkan_bermulai"
            ),
        ]


class AbkBaris(models.Model):
    """One task of one posisi: volume and norma waktu as the operator writes them."""

    abk = models.ForeignKey(Abk, on_delete=models.CASCADE, related_name="baris")
    posisi = models.ForeignKey(Posisi, on_delete=models.PROTECT, related_name="abk_baris")
    urut = models.PositiveIntegerField(default=0)
    tugas = models.TextField()
    hasil = models.CharField(max_length=200, blank=True)
    volume = models.FloatField(null=True, blank=True)
    periode = models.CharField(max_length=10, blank=True)
    norma_waktu = models.FloatField(null=True, blank=True)
    satuan_waktu = models.CharField(max_length=10, blank=True)
    metode = models.CharField(max_length=40, blank=True)
    standar = models.FloatField(null=True, blank=True)

    class Meta:
        """Rows of a posisi in their order."""

        indexes = [models.Index(fields=["abk", "posisi", "urut"], name="abk_baris_urut")]


class AbkHasil(models.Model):
    """The need of one posisi as an ABK that is ditetapkan found it; frozen."""

    abk = models.ForeignKey(Abk, on_delete=models.CASCADE, related_name="hasil")
    posisi = models.ForeignKey(Posisi, on_delete=models.PROTECT, related_name="abk_hasil")
    beban = models.FloatField()  # minutes a year
    kebutuhan_hitung = models.FloatField()  # unrounded people
    kebutuhan = models.PositiveIntegerField()

    class Meta:
        """One answer per posisi."""

        constraints = [models.UniqueConstraint(fields=["abk", "posisi"], name="abk_hasil_sekali")]
