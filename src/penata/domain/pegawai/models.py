"""People with their dated histories, and who holds which posisi."""

from django.conf import settings
from django.db import models

from penata.domain.jabatan.models import Posisi
from penata.domain.organisasi.models import Penetapan, Unit
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
    # Kept by ``domain.pegawai.reach.write_masuk``: the first day of service that anything tells of.
    masuk = models.DateField(null=True, blank=True)
    # Kept by ``domain.pegawai.pensiun.refresh_pensiun``: from the jabatan held and the day of birth.
    bup = models.PositiveSmallIntegerField(null=True, blank=True)
    tanggal_pensiun = models.DateField(null=True, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        """Lists go by name; the key breaks ties."""

        indexes = [
            models.Index(fields=["nama", "id"], name="pegawai_nama"),
            models.Index(fields=["tanggal_lahir"], name="pegawai_lahir"),
            models.Index(fields=["tanggal_pensiun", "id"], name="pegawai_pensiun"),
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


class MutuPegawai(models.Model):
    """How good the data of one person are, 0..100 per dimension; made by ``domain.pegawai.mutu_segar``."""

    pegawai = models.OneToOneField(Pegawai, on_delete=models.CASCADE, primary_key=True, related_name="mutu")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True)  # of the post held on the day of the check
    perangkat_daerah = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    lengkap = models.FloatField(null=True)  # null: no check of the dimension applies
    mutakhir = models.FloatField(null=True)
    akurat = models.FloatField(null=True)
    konsisten = models.FloatField(null=True)
    indeks = models.FloatField()
    temuan = models.PositiveIntegerField()

    class Meta:
        """The worst first is one index look-up."""

        indexes = [models.Index(fields=["indeks", "pegawai"], name="mutu_indeks")]


class MutuTemuan(models.Model):
    """One anomaly in the data of one person; what it means stands in ``domain.pegawai.mutu`` under its code."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, related_name="temuan_mutu")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True)
    perangkat_daerah = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    kode = models.CharField(max_length=6)
    dimensi = models.CharField(max_length=10)
    urut = models.PositiveSmallIntegerField()  # gravest kind first
    kolom = models.CharField(max_length=40, blank=True)
    pesan = models.TextField()
    perbaikan = models.TextField(blank=True)

    class Meta:
        """The worklist goes by weight of the kind; one kind, one unit and one person are index look-ups."""

        indexes = [
            models.Index(fields=["urut", "id"], name="temuan_urut"),
            models.Index(fields=["unit", "urut", "id"], name="temuan_unit"),
            models.Index(fields=["kode", "urut", "id"], name="temuan_kode"),
        ]


class PenyegaranMutu(models.Model):
    """When the data were last checked as a whole, for which day, and at which revision: one row."""

    per = models.DateField()
    waktu = models.DateTimeField()
    revisi = models.JSONField(default=list)
    dicatat = models.JSONField(default=list)  # what somebody in the agency has; the rest is not asked of anybody


class Rekonsiliasi(models.Model):
    """One SIASN export laid beside the local data. States: dibaca -> siap -> diterapkan | dibatalkan; or gagal."""

    class Status(models.TextChoices):
        """Where it stands."""

        DIBACA = "dibaca"
        SIAP = "siap"
        DITERAPKAN = "diterapkan"
        DIBATALKAN = "dibatalkan"
        GAGAL = "gagal"

    nama_berkas = models.CharField(max_length=200)
    berkas = models.FileField(upload_to="rekonsiliasi/")  # deleted once it is read
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)  # null: all that the owner may edit
    per = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DIBACA)
    pemilik = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rekonsiliasi")
    dibuat = models.DateTimeField(auto_now_add=True)
    ditutup = models.DateTimeField(null=True, blank=True)
    ringkasan = models.JSONField(default=dict)  # counts of rows read, outside scope, equal ...
    salah = models.JSONField(default=list)  # cells that could not be read: row, column, header, value, message, remedy

    class Meta:
        """The newest first."""

        indexes = [models.Index(fields=["-dibuat"], name="rekonsiliasi_baru")]


class BarisSiasn(models.Model):
    """One person as this export has it, normalised; kept until the reconciliation is closed."""

    rekonsiliasi = models.ForeignKey(Rekonsiliasi, on_delete=models.CASCADE, related_name="baris")
    nip = models.CharField(max_length=18)
    isi = models.JSONField(default=dict)

    class Meta:
        """One row per person."""

        constraints = [models.UniqueConstraint(fields=["rekonsiliasi", "nip"], name="baris_siasn_sekali")]


class CerminSiasn(models.Model):
    """One person as SIASN had it at the last reconciliation: the base of the three-way difference."""

    nip = models.CharField(max_length=18, unique=True)
    isi = models.JSONField(default=dict)
    rekonsiliasi = models.ForeignKey(Rekonsiliasi, on_delete=models.SET_NULL, null=True)


class SelisihSiasn(models.Model):
    """One field of one person in which SIASN and the local data differ, and what was decided about it."""

    rekonsiliasi = models.ForeignKey(Rekonsiliasi, on_delete=models.CASCADE, related_name="selisih")
    nip = models.CharField(max_length=18)
    nama = models.CharField(max_length=200)
    pegawai = models.ForeignKey(Pegawai, on_delete=models.CASCADE, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True)
    kolom = models.CharField(max_length=30)  # of integrations.siasn.profil; "orang": on one side only
    pribadi = models.BooleanField(default=False)
    jenis = models.CharField(max_length=20)
    lokal = models.TextField(blank=True)
    siasn = models.TextField(blank=True)
    dasar = models.TextField(blank=True)
    keputusan = models.CharField(max_length=12, blank=True)  # ambil, pertahankan
    alasan = models.CharField(max_length=300, blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    diterapkan = models.BooleanField(default=False)

    class Meta:
        """The list goes by person; decisions by field."""

        indexes = [
            models.Index(fields=["rekonsiliasi", "nip", "id"], name="selisih_orang"),
            models.Index(fields=["rekonsiliasi", "kolom", "jenis"], name="selisih_kolom"),
        ]
