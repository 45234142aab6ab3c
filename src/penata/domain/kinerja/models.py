"""Predikat kinerja and discipline."""

from django.db import models

from penata.domain.pegawai.models import Pegawai


class PredikatKinerja(models.Model):
    """Predikat of one year."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="predikat_kinerja")
    tahun = models.PositiveSmallIntegerField()
    predikat = models.CharField(max_length=20)

    class Meta:
        """One predikat a year."""

        constraints = [models.UniqueConstraint(fields=["pegawai", "tahun"], name="predikat_sekali")]


class HukumanDisiplin(models.Model):
    """A discipline sanction and while it lasts."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="hukuman_disiplin")
    tingkat = models.CharField(max_length=10)
    mulai = models.DateField()
    selesai = models.DateField(null=True, blank=True)

    class Meta:
        """The same sanction is written down once."""

        constraints = [models.UniqueConstraint(fields=["pegawai", "mulai", "tingkat"], name="hukuman_sekali")]
