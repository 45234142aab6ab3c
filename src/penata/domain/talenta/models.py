"""Interests: which posisi or jabatan a person would like."""

from django.db import models

from penata.domain.jabatan.models import Posisi
from penata.domain.pegawai.models import Pegawai


class Minat(models.Model):
    """One wish of a person, in order."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="minat")
    urutan = models.PositiveSmallIntegerField()
    posisi = models.ForeignKey(Posisi, on_delete=models.CASCADE, null=True, blank=True)
    jabatan = models.CharField(max_length=300, blank=True)

    class Meta:
        """One wish per place."""

        constraints = [models.UniqueConstraint(fields=["pegawai", "urutan"], name="minat_sekali")]
