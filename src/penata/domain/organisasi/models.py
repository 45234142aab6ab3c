"""Units and their periods, legal acts, and drafts of a reorganisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from penata.foundation.periods import Masa, forward


class Instansi(models.Model):
    """The agency this installation serves: one row."""

    nama = models.CharField(max_length=200)


class Penetapan(models.Model):
    """A legal act: decree, regulation or letter on which a change rests."""

    jenis = models.CharField(max_length=60)
    nomor = models.CharField(max_length=100)
    tanggal = models.DateField()
    tentang = models.CharField(max_length=500, blank=True)
    berkas = models.FileField(upload_to="penetapan/%Y/", blank=True)

    class Meta:
        """The same act is written down once."""

        constraints = [
            models.UniqueConstraint(fields=["jenis", "nomor", "tanggal"], name="penetapan_sekali"),
        ]

    def __str__(self) -> str:
        """Return the short citation."""
        return f"{self.jenis} {self.nomor}"


class Unit(models.Model):
    """A part of the agency, for as long as its code lives; what it is called and where it hangs is its masa."""

    kode = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Return the code."""
        return self.kode


class UnitMasa(Masa):
    """Name, kind and parent of a unit for a period."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="masa")
    nama = models.CharField(max_length=300)
    jenis = models.CharField(max_length=40, blank=True)
    induk = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="masa_anak")
    wilayah = models.CharField(max_length=120, blank=True)
    terpencil = models.BooleanField(null=True, blank=True)
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        """The migration adds that periods of one unit do not overlap."""

        constraints = [forward("unit_masa_maju")]
        indexes = [models.Index(fields=["mulai", "selesai"], name="unit_masa_hari")]


class Rancangan(models.Model):
    """A draft reorganisation: named edits that change nothing until one action puts them into force."""

    class Status(models.TextChoices):
        """draf -> diajukan -> (draf | berlaku); draf and diajukan may be dibatalkan."""

        DRAF = "draf"
        DIAJUKAN = "diajukan"
        BERLAKU = "berlaku"
        DIBATALKAN = "dibatalkan"

    nama = models.CharField(max_length=200)
    keterangan = models.TextField(blank=True)
    mulai = models.DateField()  # the day on which it is to come into force
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAF)
    edits = models.JSONField(default=list)  # penata.snapshot.edits, as plain data, in order
    versi = models.PositiveIntegerField(default=1)
    penyusun = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rancangan")
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)
    catatan = models.TextField(blank=True)
    dibuat = models.DateTimeField(auto_now_add=True)
    diubah = models.DateTimeField(auto_now=True)

    class Meta:
        """A status outside the four is refused by the database, and so is one in force without its legal act."""

        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draf", "diajukan", "berlaku", "dibatalkan"]), name="rancangan_status"
            ),
            models.CheckConstraint(
                condition=~Q(status="berlaku") | Q(penetapan__isnull=False), name="rancangan_berlaku_berdasar"
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.nama
