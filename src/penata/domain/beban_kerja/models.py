"""Workload per unit: rows of tasks, the need that follows once it is ditetapkan, and norms by ratio."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from penata.domain.jabatan.models import Jabatan, Posisi
from penata.domain.organisasi.models import Penetapan, Unit
from penata.foundation.periods import Masa, forward


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
    pengaju = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="abk_diajukan"
    )
    pemverifikasi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="abk_diverifikasi"
    )
    diubah = models.DateTimeField(auto_now=True)
    # What the last change found, for lists of many ABK; a page of one ABK always reckons anew.
    jumlah_baris = models.PositiveIntegerField(default=0, db_default=0)
    kebutuhan = models.PositiveIntegerField(null=True, blank=True)
    tanda = models.PositiveIntegerField(null=True, blank=True)  # plausibility flags

    class Meta:
        """One open ABK per unit and year; the states guard themselves. The migration refuses overlap in force."""

        constraints = [
            models.UniqueConstraint(
                fields=["unit", "tahun"], condition=~Q(status="ditetapkan"), name="abk_terbuka_sekali"
            ),
            models.CheckConstraint(
                condition=~Q(status="ditetapkan") | Q(mulai__isnull=False), name="abk_ditetapkan_bermulai"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draf", "diajukan", "dikembalikan", "diverifikasi", "ditetapkan"]),
                name="abk_status_dikenal",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["diajukan", "diverifikasi"]) | Q(pengaju__isnull=False),
                name="abk_diajukan_seseorang",
            ),
            models.CheckConstraint(
                condition=~Q(status="diverifikasi") | Q(pemverifikasi__isnull=False), name="abk_diverifikasi_seseorang"
            ),
            models.CheckConstraint(
                condition=Q(pengaju__isnull=True) | Q(pemverifikasi__isnull=True) | ~Q(pengaju=F("pemverifikasi")),
                name="abk_verifikasi_orang_lain",
            ),
            forward("abk_maju"),
        ]


class AbkBaris(models.Model):
    """One task of one posisi: volume and norma waktu as the operator writes them.

    ``versi`` is the version of the ABK in which the row changed last, by ``oleh``: whoever saw an older version of the
    ABK does not know this row.
    """

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
    versi = models.PositiveIntegerField(default=1, db_default=1)
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

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


class RasioNorma(Masa):
    """A norm that tells the need of one jabatan by ratio: one person per so many of a unit of measure.

    Data of the agency: ``dasar`` names where it is written, ``bukti`` how well that is known.
    """

    class Bukti(models.TextChoices):
        """How well the norm is known, as for every parameter of law."""

        TEXT = "text"
        SECONDARY = "secondary"
        MEMORY = "memory"

    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, related_name="rasio_norma")
    satuan = models.CharField(max_length=60)  # kelas, tempat tidur, penduduk ... in lower case
    pembagi = models.FloatField()  # so many of the unit of measure need one person
    pembulatan = models.CharField(max_length=40)  # variant of the parameter abk.pembulatan
    dasar = models.CharField(max_length=300)
    bukti = models.CharField(max_length=10, choices=Bukti.choices)

    class Meta:
        """A ratio divides by something; the migration adds that norms of one jabatan do not overlap."""

        constraints = [
            forward("rasio_norma_maju"),
            models.CheckConstraint(condition=Q(pembagi__gt=0), name="rasio_norma_pembagi"),
        ]


class RasioNilai(models.Model):
    """How many of a unit of measure one unit has in one year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rasio_nilai")
    satuan = models.CharField(max_length=60)
    tahun = models.PositiveSmallIntegerField()
    jumlah = models.FloatField()
    sumber = models.CharField(max_length=200, blank=True)

    class Meta:
        """One figure per unit, measure and year."""

        constraints = [
            models.UniqueConstraint(fields=["unit", "satuan", "tahun"], name="rasio_nilai_sekali"),
            models.CheckConstraint(condition=Q(jumlah__gte=0), name="rasio_nilai_tidak_negatif"),
        ]
