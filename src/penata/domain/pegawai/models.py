"""People with their dated histories, and who holds which posisi."""

from django.db import models

from penata.domain.jabatan.models import Posisi
from penata.domain.organisasi.models import Penetapan
from penata.foundation.periods import Masa, forward


class Pegawai(models.Model):
    """One civil servant, with the values as they are now; what was before is in the histories.

    Text that is not known is empty, a date or number that is not known is null.
    """

    nip = models.CharField(max_length=18, unique=True)
    nama = models.CharField(max_length=200)
    cari = models.CharField(max_length=200, db_index=True)  # folded name: lower case, single spaces
    gelar_depan = models.CharField(max_length=60, blank=True)
    gelar_belakang = models.CharField(max_length=60, blank=True)
    jenis_kelamin = models.CharField(max_length=10, blank=True)
    tempat_lahir = models.CharField(max_length=120, blank=True)
    tanggal_lahir = models.DateField(null=True, blank=True)
    agama = models.CharField(max_length=40, blank=True)
    status_kawin = models.CharField(max_length=20, blank=True)
    nik = models.CharField(max_length=16, blank=True)
    telepon = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    alamat = models.TextField(blank=True)
    npwp = models.CharField(max_length=30, blank=True)
    bpjs = models.CharField(max_length=30, blank=True)
    kartu_asn = models.CharField(max_length=40, blank=True)
    jenis_pegawai = models.CharField(max_length=60, blank=True)
    kedudukan_hukum = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, blank=True)  # pns, cpns, pppk, pppk paruh waktu
    tmt_cpns = models.DateField(null=True, blank=True)
    tmt_pns = models.DateField(null=True, blank=True)
    golongan_awal = models.CharField(max_length=6, blank=True)
    golongan = models.CharField(max_length=6, blank=True)
    tmt_golongan = models.DateField(null=True, blank=True)
    masa_kerja_tahun = models.PositiveSmallIntegerField(null=True, blank=True)
    masa_kerja_bulan = models.PositiveSmallIntegerField(null=True, blank=True)
    pendidikan = models.CharField(max_length=10, blank=True)
    bidang_studi = models.CharField(max_length=200, blank=True)
    kontrak_berakhir = models.DateField(null=True, blank=True)
    wilayah = models.CharField(max_length=120, blank=True)
    sertifikat = models.TextField(blank=True)
    terkunci = models.BooleanField(null=True, blank=True)
    alasan_terkunci = models.CharField(max_length=300, blank=True)
    berhenti = models.DateField(null=True, blank=True)  # first day on which the person no longer belongs to the agency
    alasan_berhenti = models.CharField(max_length=120, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        """Lists go by name; the key breaks ties."""

        indexes = [
            models.Index(fields=["nama", "id"], name="pegawai_nama"),
            models.Index(fields=["tanggal_lahir"], name="pegawai_lahir"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.nama


class Pemangku(Masa):
    """Who holds a posisi: definitif, plt or plh."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="pemangku")
    posisi = models.ForeignKey(Posisi, on_delete=models.PROTECT, related_name="pemangku")
    jenis = models.CharField(max_length=10)
    tmt = models.DateField(null=True, blank=True)  # as the decree says; ``mulai`` is the first day we know of
    nomor_sk = models.CharField(max_length=100, blank=True)
    penetapan = models.ForeignKey(Penetapan, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        """The migration adds that one person holds one posisi definitively at a time."""

        constraints = [forward("pemangku_maju")]
        indexes = [
            models.Index(fields=["posisi", "jenis", "mulai"], name="pemangku_posisi"),
            models.Index(fields=["pegawai", "jenis", "mulai"], name="pemangku_pegawai"),
        ]


class RiwayatGolongan(models.Model):
    """A golongan and the day from which it held."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="riwayat_golongan")
    golongan = models.CharField(max_length=6)
    tmt = models.DateField()
    nomor_sk = models.CharField(max_length=100, blank=True)

    class Meta:
        """One golongan begins on one day."""

        constraints = [models.UniqueConstraint(fields=["pegawai", "tmt"], name="riwayat_golongan_sekali")]


class RiwayatPendidikan(models.Model):
    """An education that was finished."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="riwayat_pendidikan")
    pendidikan = models.CharField(max_length=10)
    bidang_studi = models.CharField(max_length=200, blank=True)
    tahun_lulus = models.PositiveSmallIntegerField(null=True, blank=True)
    lembaga = models.CharField(max_length=200, blank=True)


class RiwayatJabatan(models.Model):
    """A post held before, as the record tells it; not tied to a posisi of ours."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="riwayat_jabatan")
    jabatan = models.CharField(max_length=300)
    jenis = models.CharField(max_length=20, blank=True)
    jenjang = models.CharField(max_length=20, blank=True)
    rumpun = models.CharField(max_length=120, blank=True)
    mulai = models.DateField()
    selesai = models.DateField(null=True, blank=True)

    class Meta:
        """The same post is written down once."""

        constraints = [
            models.UniqueConstraint(fields=["pegawai", "mulai", "jabatan"], name="riwayat_jabatan_sekali"),
        ]
