"""Results of assessments."""

from django.db import models

from penata.domain.pegawai.models import Pegawai


class Asesmen(models.Model):
    """Levels of the nine kompetensi and potential found on one day."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="asesmen")
    tanggal = models.DateField(null=True, blank=True)
    metode = models.CharField(max_length=60, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)
    potensi = models.FloatField(null=True, blank=True)
    integritas = models.PositiveSmallIntegerField(null=True, blank=True)
    kerja_sama = models.PositiveSmallIntegerField(null=True, blank=True)
    komunikasi = models.PositiveSmallIntegerField(null=True, blank=True)
    orientasi_pada_hasil = models.PositiveSmallIntegerField(null=True, blank=True)
    pelayanan_publik = models.PositiveSmallIntegerField(null=True, blank=True)
    pengembangan_diri_dan_orang_lain = models.PositiveSmallIntegerField(null=True, blank=True)
    mengelola_perubahan = models.PositiveSmallIntegerField(null=True, blank=True)
    pengambilan_keputusan = models.PositiveSmallIntegerField(null=True, blank=True)
    perekat_bangsa = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """One result a day."""

        constraints = [models.UniqueConstraint(fields=["pegawai", "tanggal"], name="asesmen_sekali")]


class KompetensiTeknis(models.Model):
    """Level of one technical kompetensi."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="kompetensi_teknis")
    kompetensi = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    tanggal = models.DateField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)

    class Meta:
        """One level per kompetensi."""

        constraints = [models.UniqueConstraint(fields=["pegawai", "kompetensi"], name="teknis_sekali")]
