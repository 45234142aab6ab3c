"""Long work as people see it: who asked, how far it is, what came out."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Pekerjaan(models.Model):
    """One piece of work in the background. States: antre -> berjalan -> selesai | gagal | dibatalkan."""

    class Status(models.TextChoices):
        """Where the work stands."""

        ANTRE = "antre"
        BERJALAN = "berjalan"
        SELESAI = "selesai"
        GAGAL = "gagal"
        DIBATALKAN = "dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    jenis = models.CharField(max_length=60)
    judul = models.CharField(max_length=200)
    pemilik = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pekerjaan")
    masukan = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ANTRE)
    kemajuan = models.FloatField(default=0)  # 0..1
    langkah = models.CharField(max_length=200, blank=True)
    hasil = models.JSONField(default=dict)
    galat = models.TextField(blank=True)
    alamat = models.CharField(max_length=300, blank=True)  # where to look when it is done
    batal_diminta = models.BooleanField(default=False)
    dibuat = models.DateTimeField(auto_now_add=True)
    mulai = models.DateTimeField(null=True)
    denyut = models.DateTimeField(null=True)  # last sign of life
    selesai = models.DateTimeField(null=True)

    class Meta:
        """My latest work first is one index look-up."""

        indexes = [models.Index(fields=["pemilik", "-dibuat"], name="pekerjaan_pemilik")]


class Pemberitahuan(models.Model):
    """A message to one account inside the system; of one kind about one object at most one is unread."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pemberitahuan")
    teks = models.CharField(max_length=400)
    alamat = models.CharField(max_length=300, blank=True)
    jenis = models.CharField(max_length=60, blank=True, default="", db_default="")  # the act it tells of
    # Kind and key of what it is about: "abk:12". About nothing in particular is null: those are never the same.
    objek = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001
    giliran = models.BooleanField(default=False, db_default=False)  # the reader must act, until somebody did
    dibuat = models.DateTimeField(auto_now_add=True)
    dibaca = models.DateTimeField(null=True)

    class Meta:
        """Unread ones first is one index look-up, and so are the unread ones of an object."""

        constraints = [
            models.UniqueConstraint(
                fields=["objek", "jenis", "user"], condition=Q(dibaca__isnull=True), name="pemberitahuan_sekali"
            )
        ]
        indexes = [models.Index(fields=["user", "dibaca", "-dibuat"], name="pemberitahuan_user")]
