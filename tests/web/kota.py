"""A small agency in the database, with one account per role: what the tests of the web system stand on."""

from dataclasses import dataclass, field
from datetime import date

from penata.domain.jabatan.models import Jabatan, Posisi, PosisiMasa
from penata.domain.organisasi.models import Instansi, Penetapan, Unit, UnitMasa
from penata.domain.pegawai.models import Pegawai, Pemangku
from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import Peran
from penata.foundation.access.reader import Reader

MULAI = date(2024, 1, 1)
HARI = date(2026, 11, 21)

# kode, nama, jenis, induk
UNITS = (
    ("U-00", "Pemerintah Kota Harapan", "pemerintah daerah", None),
    ("U-01", "Dinas Kesehatan", "dinas", "U-00"),
    ("U-0101", "Bidang Pelayanan Kesehatan", "bidang", "U-01"),
    ("U-0102", "Bidang Kesehatan Masyarakat", "bidang", "U-01"),
    ("U-02", "Dinas Pendidikan", "dinas", "U-00"),
    ("U-0201", "Bidang Sekolah Dasar", "bidang", "U-02"),
)
# nama, jenis, jenjang, kelas, pendidikan_min, golongan_min
JABATAN = (
    ("Sekretaris Daerah", "jpt pratama", "", 15, "S-1", "IV/c"),
    ("Kepala Dinas", "jpt pratama", "", 14, "S-1", "IV/b"),
    ("Kepala Bidang", "administrator", "", 11, "S-1", "III/d"),
    ("Analis Kebijakan Ahli Muda", "fungsional", "ahli muda", 9, "S-1", "III/c"),
    ("Pengelola Data", "pelaksana", "", 6, "D-III", "II/c"),
    ("Guru Ahli Pertama", "fungsional", "ahli pertama", 8, "S-1", "III/a"),
)
# kode, jabatan, unit, atasan, kebutuhan
POSISI = (
    ("P-001", "Sekretaris Daerah", "U-00", None, 1),
    ("P-010", "Kepala Dinas", "U-01", "P-001", 1),
    ("P-011", "Kepala Bidang", "U-0101", "P-010", 1),
    ("P-012", "Analis Kebijakan Ahli Muda", "U-0101", "P-011", 3),
    ("P-013", "Pengelola Data", "U-0101", "P-011", 2),
    ("P-014", "Kepala Bidang", "U-0102", "P-010", 1),
    ("P-015", "Pengelola Data", "U-0102", "P-014", 1),
    ("P-020", "Kepala Dinas", "U-02", "P-001", 1),
    ("P-021", "Kepala Bidang", "U-0201", "P-020", 1),
    ("P-022", "Guru Ahli Pertama", "U-0201", "P-021", 4),
)
# nama, lahir, posisi; P-014 and some seats stay vacant, P-013 and P-015 have their people
PEGAWAI = (
    ("Ratri Wulansari", date(1970, 3, 17), "P-001"),
    ("Bagas Pranata", date(1968, 12, 2), "P-010"),
    ("Sekar Melati", date(1980, 5, 6), "P-011"),
    ("Danu Wiratama", date(1988, 7, 8), "P-012"),
    ("Intan Prameswari", date(1990, 1, 9), "P-012"),
    ("Yoga Laksana", date(1995, 2, 10), "P-013"),
    ("Nadia Kirana", date(1996, 4, 11), "P-013"),
    ("Fajar Anggara", date(1997, 6, 12), "P-015"),
    ("Lintang Ayu", date(1985, 8, 13), "P-015"),
    ("Hendra Kusuma", date(1972, 9, 14), "P-020"),
    ("Maya Puspita", date(1983, 10, 15), "P-021"),
    ("Rangga Saputra", date(1991, 11, 16), "P-022"),
    ("Tiara Lestari", date(1993, 12, 17), "P-022"),
    ("Wahyu Nugraha", date(1994, 3, 18), None),
)
# account, role, unit
ACCOUNTS = (
    ("pengelola", Peran.PENGELOLA, None),
    ("analis", Peran.ANALIS, None),
    ("operator", Peran.OPERATOR, "U-01"),
    ("operator-lain", Peran.OPERATOR, "U-02"),
    ("atasan", Peran.ATASAN, "U-0101"),
    ("pegawai", Peran.PEGAWAI, None),
    ("pimpinan", Peran.PIMPINAN, None),
    ("evaluasi", Peran.TIM_EVALUASI, None),
    ("auditor", Peran.AUDITOR, None),
)
PASSWORD = "sandi-uji-panjang-1"


def nip_of(lahir: date, order: int) -> str:
    """Return an invented NIP that fits the day of birth: entered service in January of the 25th year of life."""
    return f"{lahir:%Y%m%d}{lahir.year + 25}01{1 + order % 2}{order:03d}"


@dataclass
class Kota:
    """The rows by the names people use."""

    unit: dict[str, Unit] = field(default_factory=dict)
    jabatan: dict[str, Jabatan] = field(default_factory=dict)
    posisi: dict[str, Posisi] = field(default_factory=dict)
    pegawai: dict[str, Pegawai] = field(default_factory=dict)
    user: dict[str, User] = field(default_factory=dict)
    penetapan: Penetapan | None = None

    def reader(self, account: str, as_of: date = HARI) -> Reader:
        """Return the reader of an account."""
        return Reader(User.objects.get(pk=self.user[account].pk), as_of, HARI)


def build_kota() -> Kota:
    """Write the agency into the database."""
    kota = Kota()
    Instansi.objects.create(pk=1, nama="Pemerintah Kota Harapan")
    kota.penetapan = Penetapan.objects.create(
        jenis="Peraturan Wali Kota", nomor="12 Tahun 2023", tanggal=date(2023, 12, 1), tentang="Susunan organisasi"
    )
    for kode, nama, jenis, induk in UNITS:
        kota.unit[kode] = Unit.objects.create(kode=kode)
        UnitMasa.objects.create(
            unit=kota.unit[kode], nama=nama, jenis=jenis, induk=kota.unit.get(induk or ""), mulai=MULAI,
            penetapan=kota.penetapan,
        )  # fmt: skip
    for nama, jenis, jenjang, kelas, pendidikan, golongan in JABATAN:
        kota.jabatan[nama] = Jabatan.objects.create(
            nama=nama, cari=nama.lower(), jenis=jenis, jenjang=jenjang, kelas=kelas, pendidikan_min=pendidikan,
            golongan_min=golongan,
        )  # fmt: skip
    for kode, jabatan, unit, atasan, kebutuhan in POSISI:
        kota.posisi[kode] = Posisi.objects.create(kode=kode)
        found = kota.jabatan[jabatan]
        PosisiMasa.objects.create(
            posisi=kota.posisi[kode], jabatan=found, unit=kota.unit[unit], atasan=kota.posisi.get(atasan or ""),
            jenis=found.jenis, jenjang=found.jenjang, kelas=found.kelas, kebutuhan=kebutuhan, mulai=MULAI,
            penetapan=kota.penetapan,
        )  # fmt: skip
    for order, (nama, lahir, posisi) in enumerate(PEGAWAI, start=1):
        person = Pegawai.objects.create(
            nip=nip_of(lahir, order), nama=nama, cari=nama.lower(), tanggal_lahir=lahir, status="pns", golongan="III/c",
            jenis_kelamin="laki-laki" if order % 2 == 0 else "perempuan", pendidikan="S-1",
            bidang_studi="Administrasi Publik",
            tmt_golongan=date(2022, 4, 1),
        )  # fmt: skip
        kota.pegawai[nama] = person
        if posisi:
            Pemangku.objects.create(
                pegawai=person, posisi=kota.posisi[posisi], jenis="definitif", mulai=MULAI, tmt=MULAI
            )
    own = {"pegawai": "Danu Wiratama", "atasan": "Sekar Melati", "pimpinan": "Ratri Wulansari"}
    for name, peran, unit in ACCOUNTS:
        nip = kota.pegawai[own[name]].nip if name in own else None
        user = User.objects.create_user(name, password=PASSWORD, nama=own.get(name, name.title()), nip=nip)
        kota.user[name] = user
        Penugasan.objects.create(user=user, peran=peran, unit_id=kota.unit[unit].pk if unit else None, mulai=MULAI)
    return kota
