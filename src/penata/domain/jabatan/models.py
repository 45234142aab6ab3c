"""Catalogue of jabatan, its descriptions and evaluation, and the posisi with their periods."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from penata.domain.organisasi.models import Penetapan, Unit
from penata.foundation.periods import Masa, forward


class Jabatan(models.Model):
    """One jabatan of the catalogue, independent of a unit."""

    nama = models.CharField(max_length=300, unique=True)
    cari = models.CharField(max_length=300, db_index=True)  # folded name: lower case, single spaces
    jenis = models.CharField(max_length=20)
    jenjang = models.CharField(max_length=20, blank=True)
    rumpun = models.CharField(max_length=120, blank=True)
    kelas = models.PositiveSmallIntegerField(null=True, blank=True)
    pendidikan_min = models.CharField(max_length=10, blank=True)
    bidang_studi = models.TextField(blank=True)  # several, separated by "; "
    golongan_min = models.CharField(max_length=6, blank=True)
    golongan_maks = models.CharField(max_length=6, blank=True)
    pengalaman_min = models.FloatField(null=True, blank=True)
    sertifikat = models.TextField(blank=True)
    bup = models.PositiveSmallIntegerField(null=True, blank=True)
    versi = models.PositiveIntegerField(default=1, db_default=1)  # counts changes by hand; a stale writer is told

    class Meta:
        """Lists go by name."""

        indexes = [models.Index(fields=["jenis", "nama"], name="jabatan_jenis")]

    def __str__(self) -> str:
        """Return the name."""
        return self.nama


class StandarKompetensi(models.Model):
    """Level of one kompetensi that a jabatan demands."""

    jabatan = models.ForeignKey(Jabatan, on_delete=models.CASCADE, related_name="standar")
    kompetensi = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        """One level per kompetensi."""

        constraints = [models.UniqueConstraint(fields=["jabatan", "kompetensi"], name="standar_sekali")]


class InformasiJabatan(models.Model):
    """The informasi jabatan of one jabatan in one unit (unit null: of the jabatan wherever it stands); 17 items.

    Once ditetapkan it is frozen and holds from ``mulai`` to ``selesai``; a change is a new draft copied from it.
    """

    class Status(models.TextChoices):
        """draf -> diajukan -> (dikembalikan | diverifikasi) -> ditetapkan; dikembalikan may be edited again."""

        DRAF = "draf"
        DIAJUKAN = "diajukan"
        DIKEMBALIKAN = "dikembalikan"
        DIVERIFIKASI = "diverifikasi"
        DITETAPKAN = "ditetapkan"

    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, related_name="informasi")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="informasi")
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.DRAF)
    isi = models.JSONField(default=dict)  # table of an item -> rows, see informasi_butir
    lengkap = models.PositiveSmallIntegerField(default=0)  # items that are complete
    versi = models.PositiveIntegerField(default=1)
    versi_butir = models.JSONField(default=dict)  # item -> versi at which it was last changed, and by whom
    catatan = models.TextField(blank=True)  # of whoever returned it
    catatan_butir = models.JSONField(default=dict)  # item -> what is to be mended there
    mulai = models.DateField(null=True, blank=True)
    selesai = models.DateField(null=True, blank=True)
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)
    penyusun = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="informasi_jabatan")
    pengaju = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="informasi_diajukan"
    )
    dibuat = models.DateTimeField(auto_now_add=True)
    diubah = models.DateTimeField(auto_now=True)

    class Meta:
        """One open informasi per jabatan and unit; one that is ditetapkan has a day of entry into force."""

        constraints = [
            models.UniqueConstraint(
                fields=["jabatan", "unit"], condition=~Q(status="ditetapkan"), name="informasi_terbuka_sekali"
            ),
            models.UniqueConstraint(
                fields=["jabatan"],
                condition=~Q(status="ditetapkan") & Q(unit__isnull=True),
                name="informasi_umum_terbuka_sekali",
            ),
            models.CheckConstraint(
                condition=~Q(status="ditetapkan") | Q(mulai__isnull=False), name="informasi_ditetapkan_bermulai"
            ),
            forward("informasi_maju"),
        ]
        indexes = [models.Index(fields=["status", "unit"], name="informasi_status")]


class EvaluasiJabatan(models.Model):
    """Evaluation of one jabatan by factors; the kelas follows from the points."""

    class Status(models.TextChoices):
        """draf -> diajukan -> (draf | ditetapkan)."""

        DRAF = "draf"
        DIAJUKAN = "diajukan"
        DITETAPKAN = "ditetapkan"

    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, related_name="evaluasi")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAF)
    jalur = models.CharField(max_length=20)  # manajerial or nonmanajerial: which table of factors
    faktor = models.JSONField(default=dict)  # factor -> {"tingkat": n, "alasan": text}
    situasi_khusus = models.PositiveSmallIntegerField(default=0)  # special situations counted for the last factor
    nilai = models.PositiveIntegerField(null=True, blank=True)
    kelas = models.PositiveSmallIntegerField(null=True, blank=True)
    versi = models.PositiveIntegerField(default=1)
    catatan = models.TextField(blank=True)  # of whoever returned it
    mulai = models.DateField(null=True, blank=True)
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)
    penyusun = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluasi_jabatan")
    pengaju = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluasi_diajukan"
    )
    diubah = models.DateTimeField(auto_now=True)

    class Meta:
        """One open evaluation per jabatan; one that is ditetapkan has points, kelas and a day of entry into force."""

        constraints = [
            models.UniqueConstraint(
                fields=["jabatan"], condition=~Q(status="ditetapkan"), name="evaluasi_terbuka_sekali"
            ),
            models.CheckConstraint(
                condition=~Q(status="ditetapkan") | Q(mulai__isnull=False, nilai__isnull=False, kelas__isnull=False),
                name="evaluasi_ditetapkan_lengkap",
            ),
        ]


class Posisi(models.Model):
    """One jabatan in one unit, for as long as its code lives; what it is on a day is its masa."""

    kode = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Return the code."""
        return self.kode


class PosisiMasa(Masa):
    """Jabatan, unit, superior, kelas and decided need of a posisi for a period."""

    posisi = models.ForeignKey(Posisi, on_delete=models.CASCADE, related_name="masa")
    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, related_name="posisi_masa")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posisi_masa")
    atasan = models.ForeignKey(Posisi, on_delete=models.PROTECT, null=True, blank=True, related_name="masa_bawahan")
    jenis = models.CharField(max_length=20, blank=True)
    jenjang = models.CharField(max_length=20, blank=True)
    kelas = models.PositiveSmallIntegerField(null=True, blank=True)
    kebutuhan = models.FloatField(null=True, blank=True)  # as decided or printed; an ABK in force goes before it
    bezetting = models.FloatField(null=True, blank=True)  # as printed in a file without people
    kritis = models.BooleanField(null=True, blank=True)
    status = models.CharField(max_length=10, default="aktif")
    keterangan = models.TextField(blank=True)
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        """The migration adds that periods of one posisi do not overlap."""

        constraints = [forward("posisi_masa_maju")]
        indexes = [
            models.Index(fields=["unit", "mulai", "selesai"], name="posisi_masa_unit"),
            models.Index(fields=["jabatan", "mulai", "selesai"], name="posisi_masa_jabatan"),
        ]
