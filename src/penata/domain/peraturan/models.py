"""What the agency says about parameters of law: confirmed against the text, or decided by decree; its own policy."""

from django.conf import settings
from django.db import models


class PernyataanParameter(models.Model):
    """One statement about one parameter: confirmed as the text has it, or another value or variant set by decree."""

    class Jenis(models.TextChoices):
        """What is stated."""

        KONFIRMASI = "konfirmasi"
        VARIAN = "varian"
        NILAI = "nilai"

    parameter = models.CharField(max_length=120, db_index=True)
    jenis = models.CharField(max_length=10, choices=Jenis.choices)
    mulai = models.DateField()  # from this day on
    isi = models.JSONField(default=dict)  # {"varian": ...} or {"nilai": ...}; for a confirmation the value read
    dasar = models.CharField(max_length=300)  # decree, or the place in the text that was read
    keterangan = models.TextField(blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pernyataan")
    dibuat = models.DateTimeField(auto_now_add=True)
    dicabut = models.DateTimeField(null=True, blank=True)


class KebijakanInstansi(models.Model):
    """The agency's choices (penata.analysis.policy) from a day on, with the decree behind them."""

    mulai = models.DateField(unique=True)
    isi = models.JSONField(default=dict)
    dasar = models.CharField(max_length=300)
