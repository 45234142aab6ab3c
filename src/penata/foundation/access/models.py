"""Accounts and the roles they have, where and for how long."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from penata.foundation.access.permissions import Peran


class User(AbstractUser):
    """An account. ``nip`` ties it to a pegawai; an account of an outside auditor has none."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    nama = models.CharField(max_length=200)
    nip = models.CharField(max_length=18, unique=True, null=True, blank=True)
    bahasa = models.CharField(max_length=2, default="id")
    tema = models.CharField(max_length=6, default="sistem")  # terang, gelap, sistem
    rapat = models.BooleanField(default=False)  # dense tables

    REQUIRED_FIELDS = ["nama"]

    def __str__(self) -> str:
        """Return the name people know."""
        return self.nama or self.username

    def get_full_name(self) -> str:
        """Return the name people know."""
        return str(self)


class Penugasan(models.Model):
    """One role of one account for a period, in the subtree of a unit (``unit_id`` null: the whole agency).

    ``unit_id`` is no foreign key because this room knows no unit. ``pemberi`` is set on a delegation: whoever lends
    own rights for a time.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="penugasan")
    peran = models.CharField(max_length=20, choices=[(peran.value, peran.value) for peran in Peran])
    unit_id = models.BigIntegerField(null=True, blank=True)
    mulai = models.DateField()
    selesai = models.DateField(null=True, blank=True)  # first day on which it no longer holds
    pemberi = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="delegasi")
    dasar = models.CharField(max_length=200, blank=True)
    akhir_dikabarkan = models.BooleanField(default=False, db_default=False)  # of a delegation: both know that it ended

    class Meta:
        """A period runs forward."""

        constraints = [
            models.CheckConstraint(condition=Q(selesai__isnull=True) | Q(selesai__gt=F("mulai")), name="penugasan_maju")
        ]

    def __str__(self) -> str:
        """Return role and period."""
        return f"{self.peran} {self.mulai}"


class TokenApi(models.Model):
    """A key with which a program reads what its owner may read. Only its SHA-256 is kept: the key is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="token_api")
    nama = models.CharField(max_length=100)  # what it is for
    sidik = models.CharField(max_length=64, unique=True)
    dibuat = models.DateTimeField(auto_now_add=True)
    selesai = models.DateField()  # first day on which it no longer opens anything
    dipakai = models.DateTimeField(null=True, blank=True)  # to the hour

    def __str__(self) -> str:
        """Return what it is for."""
        return self.nama
