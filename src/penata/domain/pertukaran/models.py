"""Imports and what they did, so that they can be shown and undone."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from penata.domain.organisasi.models import Penetapan, Unit
from penata.foundation.tasks.models import Pekerjaan

ROOM = "impor"  # its revision moves on with the history of imports


class Impor(models.Model):
    """One import, from the upload to what became of it. Its files lie in :attr:`folder`."""

    class Status(models.TextChoices):
        """dibaca -> (ditolak | pratinjau) -> diterapkan -> diurungkan; before it is diterapkan it may be dibuang.

        ``menerapkan`` and ``mengurungkan`` while the work runs.
        """

        DIBACA = "dibaca"
        DITOLAK = "ditolak"
        PRATINJAU = "pratinjau"
        MENERAPKAN = "menerapkan"
        DITERAPKAN = "diterapkan"
        MENGURUNGKAN = "mengurungkan"
        DIURUNGKAN = "diurungkan"
        DIBUANG = "dibuang"

    kunci = models.UUIDField(default=uuid4, unique=True, editable=False)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="impor")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="impor")
    nama = models.CharField(max_length=300)  # names of the files, as people see them
    berkas = models.JSONField(default=list)  # names of the files in the folder, in order
    ukuran = models.PositiveBigIntegerField(default=0)
    sidik = models.CharField(max_length=64, blank=True)  # SHA-256 of the files
    per = models.DateField()  # the day from which it holds
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)
    lanjut = models.BooleanField(default=False)  # without the refused rows
    langsung = models.BooleanField(default=False)  # workload in force at once
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.DIBACA)
    pesan = models.TextField(blank=True)  # why it was refused, or what changed since the preview
    ringkasan = models.JSONField(default=dict)
    isi = models.CharField(max_length=64, blank=True)  # SHA-256 of what the preview would write
    baris = models.PositiveIntegerField(default=0)  # rows that it writes
    pekerjaan = models.ForeignKey(Pekerjaan, on_delete=models.SET_NULL, null=True, blank=True, related_name="impor")
    peristiwa_id = models.BigIntegerField(null=True, blank=True)
    dibuat = models.DateTimeField(auto_now_add=True)
    diterapkan = models.DateTimeField(null=True, blank=True)
    diurungkan = models.DateTimeField(null=True, blank=True)
    unggahan_dihapus = models.DateTimeField(null=True, blank=True)  # kept for as long as the settings say
    jurnal_dihapus = models.DateTimeField(null=True, blank=True)  # from then on it cannot be taken back

    class Meta:
        """The latest first."""

        indexes = [
            models.Index(fields=["-dibuat", "id"], name="impor_dibuat"),
            models.Index(fields=["oleh", "-dibuat"], name="impor_oleh"),
        ]

    def __str__(self) -> str:
        """Return the names of the files."""
        return self.nama

    @property
    def folder(self) -> Path:
        """Return where the files of this import lie."""
        return Path(default_storage.path(f"impor/{self.kunci}"))

    @property
    def paths(self) -> list[Path]:
        """Return the uploaded files."""
        return [self.folder / "unggahan" / name for name in self.berkas]

    @property
    def marked(self) -> Path:
        """Return the workbook to correct; it is there only when there is something to correct."""
        return self.folder / "perbaikan.xlsx"

    @property
    def findings(self) -> Path:
        """Return the findings as a table."""
        return self.folder / "temuan.parquet"

    @property
    def journal(self) -> Path:
        """Return the folder of what stood before."""
        return self.folder / "jurnal"


class PemetaanJudul(models.Model):
    """How one account read a sheet with these titles: offered again when such a sheet comes again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pemetaan_judul")
    sidik = models.CharField(max_length=64)  # of the titles
    bentuk: Any = models.JSONField()  # one shape of a mapping file; see penata.snapshot.mapping
    diubah = models.DateTimeField(auto_now=True)

    class Meta:
        """One reading per account and titles."""

        constraints = [models.UniqueConstraint(fields=["user", "sidik"], name="pemetaan_judul_sekali")]
