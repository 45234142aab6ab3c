"""Tables and columns of a snapshot: the one list that reading, template, validation and analysis share.

A column has a *kind* (how a cell is understood and stored), a *title* (header in the workbooks we write, Indonesian in
every language, so that what one office writes another can read) and *aliases* (headers people use). A missing value is null, never an invented default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from penata.language import N_
from penata.snapshot.vocabulary import KOMPETENSI_INTI


class Kind(StrEnum):
    """How a cell is understood."""

    TEXT = "text"
    CODE = "code"  # identifier: text kept as written, 1.10 is not 1.1
    NIP = "nip"  # 18 digits as text
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"  # a word of a closed vocabulary
    YES_NO = "yes_no"
    LIST = "list"  # several values separated by a semicolon; stored as text joined by "; "


POLARS: Mapping[Kind, Any] = {
    Kind.TEXT: pl.String,
    Kind.CODE: pl.String,
    Kind.NIP: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.DECIMAL: pl.Float64,
    Kind.DATE: pl.Date,
    Kind.YEAR: pl.Int32,
    Kind.CHOICE: pl.String,
    Kind.YES_NO: pl.Boolean,
    Kind.LIST: pl.String,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: Kind
    title: str
    help: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()
    vocabulary: str = ""  # for CHOICE
    refers_to: str = ""  # table whose first key column this refers to
    minimum: float | None = None
    maximum: float | None = None
    example: Any = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a snapshot and one sheet of the workbook."""

    name: str
    title: str  # sheet name in our template
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]  # unique together; also the canonical sort order
    aliases: tuple[str, ...] = ()
    unique: bool = True

    def column(self, name: str) -> Column:
        """Return the column called *name*."""
        return next(column for column in self.columns if column.name == name)

    @property
    def polars_schema(self) -> dict[str, Any]:
        """Return column name to polars type, in order."""
        return {column.name: POLARS[column.kind] for column in self.columns}


def _level(name: str) -> Column:
    return Column(name.replace(" ", "_"), Kind.INTEGER, name.capitalize(), minimum=0, maximum=5, example=3)


UNIT = Table(
    "unit", "Unit", N_("Unit organisasi dan induknya."),
    (
        Column("kode", Kind.CODE, "Kode unit", required=True, aliases=("kode", "id unit", "kode unor", "id", "kode unit kerja", "kode unit organisasi", "id unor", "kode opd", "kode skpd", "kode perangkat daerah"), example="U-0101"),
        Column("nama", Kind.TEXT, "Nama unit", required=True, aliases=("unit", "unit kerja", "unit organisasi", "nama unor", "nama", "nama unit kerja", "nama unit organisasi", "nama perangkat daerah", "perangkat daerah", "nama opd", "opd", "skpd", "satuan kerja"), example="Dinas Kesehatan"),
        Column("jenis", Kind.CHOICE, "Jenis unit", vocabulary="jenis_unit", aliases=("jenis", "tipe unit", "jenis unit kerja", "tipe"), example="dinas"),
        Column("induk", Kind.CODE, "Kode induk", refers_to="unit", aliases=("induk", "unit induk", "kode unit induk", "unor induk", "atasan unit", "kode unor induk", "id unor induk", "id induk", "unit atasan", "unor atasan", "parent"), example="U-00"),
        Column("wilayah", Kind.TEXT, "Wilayah", aliases=("kecamatan", "lokasi", "kecamatan/wilayah", "alamat unit"), example="Kecamatan Utara"),
        Column("terpencil", Kind.YES_NO, "Terpencil", aliases=("daerah terpencil", "terpencil?"), example="tidak"),
    ),
    key=("kode",), aliases=("unit kerja", "unit organisasi", "unor", "sotk", "organisasi", "perangkat daerah"),
)  # fmt: skip

JABATAN = Table(
    "jabatan", "Jabatan", N_("Katalog jabatan dengan kelas dan syaratnya."),
    (
        Column("nama", Kind.TEXT, "Nama jabatan", required=True, aliases=("jabatan", "nama", "nomenklatur jabatan", "nomenklatur"), example="Analis Kebijakan Ahli Muda"),
        Column("jenis", Kind.CHOICE, "Jenis jabatan", required=True, vocabulary="jenis_jabatan", aliases=("jenis", "tipe jabatan", "eselon", "kelompok jabatan", "jenis jab", "eselonering", "tingkat eselon"), example="fungsional"),
        Column("jenjang", Kind.CHOICE, "Jenjang", vocabulary="jenjang", aliases=("jenjang jabatan", "jenjang fungsional"), example="ahli muda"),
        Column("rumpun", Kind.TEXT, "Rumpun", aliases=("rumpun jabatan", "keluarga jabatan"), example="kebijakan"),
        Column("kelas", Kind.INTEGER, "Kelas jabatan", aliases=("kelas", "kls", "grade", "job class", "kelas jab", "job grade", "kls jab"), minimum=1, maximum=17, example=9),
        Column("pendidikan_min", Kind.CHOICE, "Pendidikan minimal", vocabulary="pendidikan", aliases=("pendidikan", "syarat pendidikan", "tingkat pendidikan", "pendidikan min", "kualifikasi pendidikan", "minimal pendidikan"), example="S-1"),
        Column("bidang_studi", Kind.LIST, "Bidang studi", aliases=("syarat bidang studi", "jurusan", "program studi", "bidang studi wajib", "kualifikasi bidang studi"), example="Kesehatan Masyarakat; Administrasi Publik"),
        Column("golongan_min", Kind.CHOICE, "Golongan minimal", vocabulary="golongan", aliases=("gol min", "golongan terendah", "gol/ruang minimal", "golongan min", "gol/ruang min", "pangkat minimal"), example="III/c"),
        Column("golongan_maks", Kind.CHOICE, "Golongan maksimal", vocabulary="golongan", aliases=("gol maks", "golongan tertinggi", "gol/ruang maksimal", "golongan maks", "gol/ruang maks", "pangkat maksimal"), example="III/d"),
        Column("pengalaman_min", Kind.DECIMAL, "Pengalaman minimal (tahun)", aliases=("pengalaman", "pengalaman tahun", "pengalaman min", "pengalaman minimal", "pengalaman (tahun)"), minimum=0, maximum=40, example=2),
        Column("sertifikat", Kind.LIST, "Sertifikat wajib", aliases=("sertifikasi", "syarat sertifikat", "diklat wajib"), example=""),
        Column("bup", Kind.INTEGER, "BUP khusus", aliases=("batas usia pensiun", "bup", "usia pensiun", "bup jabatan"), minimum=50, maximum=75, example=None),
    ),
    key=("nama",), aliases=("katalog jabatan", "daftar jabatan", "syarat jabatan"),
)  # fmt: skip

POSISI = Table(
    "posisi", "Peta Jabatan", N_("Satu baris per posisi: satu jabatan dalam satu unit, dengan atasan, kelas, bezetting dan kebutuhan."),
    (
        Column("kode", Kind.CODE, "Kode posisi", required=True, aliases=("posisi", "id posisi", "kode jabatan", "id jabatan", "no posisi", "kode peta jabatan", "id peta jabatan", "kode jab"), example="P-00017"),
        Column("jabatan", Kind.TEXT, "Nama jabatan", required=True, aliases=("jabatan", "nomenklatur", "nomenklatur jabatan", "nama jab", "jab"), example="Kepala Bidang Pelayanan Kesehatan"),
        Column("unit", Kind.TEXT, "Unit", required=True, aliases=("kode unit", "unit kerja", "nama unit", "unit organisasi", "unor", "opd", "perangkat daerah", "opd/unit kerja", "unit kerja/opd", "skpd", "satuan kerja", "nama unit kerja", "nama unor", "kode unor", "kode opd", "nama opd", "nama perangkat daerah"), example="U-0101"),
        Column("atasan", Kind.CODE, "Kode posisi atasan", refers_to="posisi", aliases=("atasan", "posisi atasan", "kode atasan", "id atasan", "atasan langsung", "induk jabatan", "id posisi atasan", "kode jabatan atasan", "kode posisi atasan langsung", "id jabatan atasan", "parent"), example="P-00012"),
        Column("jenis", Kind.CHOICE, "Jenis jabatan", vocabulary="jenis_jabatan", aliases=("jenis", "eselon", "tipe jabatan", "jenis jab", "eselonering", "tingkat eselon", "eselon/jenis jabatan"), example="administrator"),
        Column("jenjang", Kind.CHOICE, "Jenjang", vocabulary="jenjang", aliases=("jenjang jabatan",), example=None),
        Column("kelas", Kind.INTEGER, "Kelas jabatan", aliases=("kelas", "kls", "grade", "kelas jab", "kls jab", "kj", "job class"), minimum=1, maximum=17, example=11),
        Column("bezetting", Kind.DECIMAL, "Bezetting (B)", aliases=("bezetting", "b", "jumlah pegawai", "pegawai ada", "eksisting", "existing", "jumlah pegawai saat ini", "bezeting", "bez", "bezzeting", "bezetting pegawai", "jumlah bezetting", "bezetting saat ini", "jumlah pemangku", "pegawai yang ada", "jumlah pegawai yang ada", "pegawai saat ini", "terisi"), minimum=0, example=1),
        Column("kebutuhan", Kind.DECIMAL, "Kebutuhan (K)", aliases=("kebutuhan", "k", "formasi", "kebutuhan pegawai", "abk", "kebutuhan tercetak", "jumlah kebutuhan", "keb", "jumlah formasi", "kebutuhan formasi", "formasi kebutuhan", "kebutuhan abk", "hasil abk", "jumlah kebutuhan pegawai", "kebutuhan jabatan"), minimum=0, example=1),
        Column("kritis", Kind.YES_NO, "Posisi kritis", aliases=("kritis", "posisi kunci", "jabatan kritis", "jabatan kunci", "posisi strategis"), example="ya"),
        Column("status", Kind.CHOICE, "Status posisi", vocabulary="status_posisi", aliases=("status",), example="aktif"),
        Column("keterangan", Kind.TEXT, "Keterangan", aliases=("catatan", "ket", "catatan posisi", "remark"), example=""),
    ),
    key=("kode",), aliases=("posisi", "peta", "peta jabatan", "anjab", "formasi", "bezetting", "bezetting formasi"),
)  # fmt: skip

PEGAWAI = Table(
    "pegawai", "Pegawai", N_("Satu baris per pegawai; kolom posisi menyebut posisi yang dipangku secara definitif."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, aliases=("nip baru", "nomor induk pegawai", "ni pppk", "nip/ni pppk", "nip / ni pppk", "nip lengkap", "nip 18 digit", "no induk pegawai", "nip pegawai", "nip pns", "nip asn", "nomor induk", "nipbaru"), example="199003172015031004"),
        Column("nama", Kind.TEXT, "Nama", required=True, aliases=("nama pegawai", "nama lengkap", "nama asn", "nama pns", "nama lengkap dan gelar", "nama tanpa gelar"), example="Contoh Nama"),
        Column("jenis_kelamin", Kind.CHOICE, "Jenis kelamin", vocabulary="jenis_kelamin", aliases=("l/p", "jk", "kelamin", "sex", "gender", "lp"), example="laki-laki"),
        Column("tanggal_lahir", Kind.DATE, "Tanggal lahir", aliases=("tgl lahir", "lahir", "tgl lhr", "tanggal lahir pegawai"), example="17-03-1990"),
        Column("status", Kind.CHOICE, "Status pegawai", vocabulary="status_pegawai", aliases=("jenis pegawai", "status", "status cpns pns", "kedudukan pegawai", "status asn", "jenis asn", "status kepegawaian"), example="pns"),
        Column("golongan", Kind.CHOICE, "Golongan", vocabulary="golongan", aliases=("gol", "gol/ruang", "gol ruang", "gol akhir", "pangkat/golongan", "golongan ruang", "pangkat gol", "golongan/ruang", "golongan akhir", "golongan terakhir", "gol ruang akhir", "gol/pangkat", "pangkat", "pangkat golongan", "pangkat/gol ruang", "pangkat/golongan ruang", "golru"), example="III/c"),
        Column("tmt_golongan", Kind.DATE, "TMT golongan", aliases=("tmt gol", "tmt pangkat", "tmt gol ruang", "tmt golongan ruang", "tmt pangkat terakhir", "tmt gol akhir"), example="01-04-2023"),
        Column("pendidikan", Kind.CHOICE, "Pendidikan", vocabulary="pendidikan", aliases=("tingkat pendidikan", "pendidikan terakhir", "jenjang pendidikan", "pend", "pend terakhir", "tingkat pendidikan terakhir", "strata", "ijazah terakhir"), example="S-1"),
        Column("bidang_studi", Kind.TEXT, "Bidang studi", aliases=("jurusan", "nama pendidikan", "program studi", "prodi", "jurusan pendidikan", "nama jurusan", "prodi/jurusan"), example="Kesehatan Masyarakat"),
        Column("posisi", Kind.CODE, "Kode posisi", refers_to="posisi", aliases=("posisi", "id posisi", "kode jabatan", "posisi saat ini", "id jabatan", "posisi jabatan"), example="P-00017"),
        Column("tmt_jabatan", Kind.DATE, "TMT jabatan", aliases=("tmt jab", "tmt jabatan terakhir", "tmt jbt", "tmt jabatan saat ini"), example="02-01-2024"),
        Column("kontrak_berakhir", Kind.DATE, "Akhir kontrak PPPK", aliases=("akhir kontrak", "masa perjanjian berakhir", "tanggal akhir kontrak", "akhir masa kontrak", "tmt akhir kontrak", "selesai kontrak", "berakhir kontrak", "akhir perjanjian kerja"), example=None),
        Column("wilayah", Kind.TEXT, "Wilayah domisili", aliases=("domisili", "kecamatan domisili", "tempat tinggal", "kecamatan tempat tinggal"), example="Kecamatan Utara"),
        Column("sertifikat", Kind.LIST, "Sertifikat", aliases=("sertifikasi", "diklat kepemimpinan", "sertifikat kompetensi", "diklat struktural"), example="PKA"),
        Column("terkunci", Kind.YES_NO, "Tidak dipindah", aliases=("terkunci", "dilindungi", "dikecualikan", "dikunci", "jangan dipindah"), example="tidak"),
        Column("alasan_terkunci", Kind.TEXT, "Alasan tidak dipindah", aliases=("alasan", "alasan dikunci", "alasan terkunci"), example=""),
    ),
    key=("nip",), aliases=("pegawai", "data pegawai", "daftar pegawai", "duk", "asn", "profil pegawai"),
)  # fmt: skip

PEMANGKU = Table(
    "pemangku", "Pemangku", N_("Siapa memangku posisi apa: definitif, Plt atau Plh. Tanpa lembar ini kolom posisi pada lembar Pegawai yang dipakai."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip pemangku", "nip pejabat", "nip pegawai"), example="199003172015031004"),
        Column("posisi", Kind.CODE, "Kode posisi", required=True, refers_to="posisi", aliases=("posisi", "id posisi", "kode jabatan", "id jabatan"), example="P-00017"),
        Column("jenis", Kind.CHOICE, "Jenis pemangku", required=True, vocabulary="jenis_pemangku", aliases=("jenis", "sebagai", "status pemangku", "status"), example="definitif"),
        Column("tmt", Kind.DATE, "TMT", aliases=("tmt jabatan", "mulai", "tmt menjabat", "tanggal mulai"), example="02-01-2024"),
        Column("nomor_sk", Kind.TEXT, "Nomor SK", aliases=("sk", "no sk", "nomor keputusan", "no keputusan"), example="821/12/2024"),
    ),
    key=("posisi", "jenis", "nip"), aliases=("pemangku jabatan", "pejabat", "pemangku"),
)  # fmt: skip

BEBAN_KERJA = Table(
    "beban_kerja", "Beban Kerja", N_("Uraian tugas tiap posisi dengan volume dan norma waktu."),
    (
        Column("posisi", Kind.CODE, "Kode posisi", required=True, refers_to="posisi", aliases=("posisi", "id posisi", "kode jabatan", "id jabatan", "kode peta jabatan"), example="P-00017"),
        Column("tugas", Kind.TEXT, "Uraian tugas", required=True, aliases=("tugas", "uraian", "tugas pokok", "tahapan", "kegiatan", "tugas jabatan", "nama tugas", "rincian tugas", "uraian kegiatan", "uraian tugas jabatan"), example="Menyusun laporan bulanan"),
        Column("hasil", Kind.TEXT, "Hasil kerja", aliases=("satuan hasil", "output", "hasil", "satuan hasil kerja", "satuan kerja hasil"), example="laporan"),
        Column("volume", Kind.DECIMAL, "Volume", aliases=("volume kerja", "jumlah beban kerja", "beban kerja", "jumlah", "vol", "volume setahun", "volume kerja setahun", "volume beban kerja", "beban kerja setahun", "jumlah hasil", "jumlah beban"), minimum=0, example=12),
        Column("periode", Kind.CHOICE, "Periode volume", vocabulary="periode", aliases=("per", "periode", "periode beban", "frekuensi"), example="tahun"),
        Column("norma_waktu", Kind.DECIMAL, "Norma waktu", aliases=("menit", "waktu penyelesaian", "waktu", "norma waktu (menit)", "wpt", "waktu penyelesaian (menit)", "norma", "standar waktu", "waktu penyelesaian rata-rata", "waktu penyelesaian menit", "lama penyelesaian"), minimum=0, example=240),
        Column("satuan_waktu", Kind.CHOICE, "Satuan norma waktu", vocabulary="satuan_waktu", aliases=("satuan waktu", "satuan", "satuan norma", "satuan penyelesaian"), example="menit"),
        Column("metode", Kind.CHOICE, "Metode ABK", vocabulary="metode_abk", aliases=("metode", "pendekatan"), example="tugas per tugas jabatan"),
        Column("standar", Kind.DECIMAL, "Standar kemampuan / rasio", aliases=("standar kemampuan", "rasio", "standar", "rasio penggunaan"), minimum=0, example=None),
    ),
    key=("posisi", "tugas"), unique=False, aliases=("abk", "analisis beban kerja", "beban", "beban kerja", "tugas"),
)  # fmt: skip

STANDAR_KOMPETENSI = Table(
    "standar_kompetensi", "Standar Kompetensi", N_("Tingkat kompetensi yang dituntut tiap jabatan."),
    (
        Column("jabatan", Kind.TEXT, "Nama jabatan", required=True, refers_to="jabatan", aliases=("jabatan", "nomenklatur jabatan", "nomenklatur"), example="Analis Kebijakan Ahli Muda"),
        Column("kompetensi", Kind.TEXT, "Kompetensi", required=True, aliases=("nama kompetensi", "unit kompetensi"), example="integritas"),
        Column("level", Kind.INTEGER, "Level", required=True, aliases=("tingkat", "level standar", "standar", "level kompetensi", "level minimal"), minimum=0, maximum=5, example=3),
    ),
    key=("jabatan", "kompetensi"), aliases=("skj", "standar kompetensi jabatan"),
)  # fmt: skip

ASESMEN = Table(
    "asesmen", "Asesmen", N_("Hasil penilaian kompetensi: sembilan kompetensi manajerial dan sosial kultural, serta potensi."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip baru", "nip pegawai"), example="199003172015031004"),
        Column("tanggal", Kind.DATE, "Tanggal asesmen", aliases=("tanggal", "tgl asesmen", "tanggal penilaian", "tanggal uji"), example="12-05-2025"),
        Column("metode", Kind.TEXT, "Metode", aliases=("metode penilaian",), example="assessment center"),
        Column("berlaku_sampai", Kind.DATE, "Berlaku sampai", aliases=("masa berlaku", "berlaku hingga"), example="12-05-2028"),
        Column("potensi", Kind.DECIMAL, "Potensi", aliases=("nilai potensi", "skor potensi"), minimum=0, maximum=100, example=75),
        *(_level(name) for name in KOMPETENSI_INTI),
    ),
    key=("nip", "tanggal"), aliases=("hasil asesmen", "penilaian kompetensi", "kompetensi"),
)  # fmt: skip

KOMPETENSI_TEKNIS = Table(
    "kompetensi_teknis", "Kompetensi Teknis", N_("Tingkat kompetensi teknis tiap pegawai."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip baru", "nip pegawai"), example="199003172015031004"),
        Column("kompetensi", Kind.TEXT, "Kompetensi", required=True, aliases=("kompetensi teknis", "nama kompetensi"), example="advokasi kebijakan"),
        Column("level", Kind.INTEGER, "Level", required=True, aliases=("tingkat", "level kompetensi", "nilai"), minimum=0, maximum=5, example=2),
        Column("tanggal", Kind.DATE, "Tanggal", aliases=("tanggal penilaian",), example="12-05-2025"),
        Column("berlaku_sampai", Kind.DATE, "Berlaku sampai", aliases=("masa berlaku",), example="12-05-2028"),
    ),
    key=("nip", "kompetensi"), aliases=("teknis",),
)  # fmt: skip

RIWAYAT_JABATAN = Table(
    "riwayat_jabatan", "Riwayat Jabatan", N_("Jabatan yang pernah dipangku."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip baru", "nip pegawai"), example="199003172015031004"),
        Column("jabatan", Kind.TEXT, "Nama jabatan", required=True, aliases=("jabatan", "nomenklatur jabatan", "jabatan lama"), example="Pengelola Kepegawaian"),
        Column("jenis", Kind.CHOICE, "Jenis jabatan", vocabulary="jenis_jabatan", aliases=("jenis", "eselon"), example="pelaksana"),
        Column("jenjang", Kind.CHOICE, "Jenjang", vocabulary="jenjang", aliases=("jenjang jabatan",), example=None),
        Column("rumpun", Kind.TEXT, "Rumpun", aliases=("rumpun jabatan",), example="kepegawaian"),
        Column("mulai", Kind.DATE, "Mulai", required=True, aliases=("tmt", "tmt jabatan", "dari", "tanggal mulai", "tmt mulai"), example="01-04-2015"),
        Column("selesai", Kind.DATE, "Selesai", aliases=("sampai", "akhir", "tanggal selesai", "tmt selesai"), example="01-01-2024"),
    ),
    key=("nip", "mulai", "jabatan"), aliases=("riwayat",),
)  # fmt: skip

PREDIKAT_KINERJA = Table(
    "predikat_kinerja", "Predikat Kinerja", N_("Predikat kinerja tahunan."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip baru", "nip pegawai"), example="199003172015031004"),
        Column("tahun", Kind.YEAR, "Tahun", required=True, aliases=("tahun penilaian", "tahun kinerja", "periode"), example=2025),
        Column("predikat", Kind.CHOICE, "Predikat", required=True, vocabulary="predikat", aliases=("predikat kinerja", "hasil", "predikat kinerja pegawai", "kinerja", "predikat kinerja tahunan"), example="baik"),
    ),
    key=("nip", "tahun"), aliases=("kinerja", "skp", "predikat"),
)  # fmt: skip

HUKUMAN_DISIPLIN = Table(
    "hukuman_disiplin", "Hukuman Disiplin", N_("Hukuman disiplin dan masa berlakunya."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip baru", "nip pegawai"), example="199003172015031004"),
        Column("tingkat", Kind.CHOICE, "Tingkat", required=True, vocabulary="tingkat_hukuman", aliases=("tingkat hukuman", "tingkat hukuman disiplin", "hukuman"), example="ringan"),
        Column("mulai", Kind.DATE, "Mulai", required=True, aliases=("tmt", "tanggal mulai", "mulai berlaku", "tmt hukuman"), example="01-02-2025"),
        Column("selesai", Kind.DATE, "Selesai", aliases=("sampai", "tanggal selesai", "akhir", "berakhir", "akhir hukuman"), example="31-07-2025"),
    ),
    key=("nip", "mulai", "tingkat"), aliases=("disiplin", "hukdis"),
)  # fmt: skip

PELATIHAN = Table(
    "pelatihan", "Pelatihan", N_("Katalog pelatihan: kompetensi yang dinaikkan, JP, biaya dan kuota."),
    (
        Column("kode", Kind.CODE, "Kode pelatihan", required=True, aliases=("kode", "id pelatihan", "kode diklat", "id diklat"), example="L-01"),
        Column("nama", Kind.TEXT, "Nama pelatihan", required=True, aliases=("nama", "pelatihan", "nama diklat", "diklat"), example="Komunikasi Publik Efektif"),
        Column("kompetensi", Kind.TEXT, "Kompetensi", required=True, aliases=("kompetensi yang dinaikkan", "nama kompetensi", "kompetensi sasaran"), example="komunikasi"),
        Column("level_akhir", Kind.INTEGER, "Level setelah pelatihan", required=True, aliases=("level akhir", "level"), minimum=1, maximum=5, example=3),
        Column("bentuk", Kind.CHOICE, "Bentuk", vocabulary="bentuk_pelatihan", aliases=("jenis", "metode"), example="klasikal"),
        Column("jp", Kind.INTEGER, "JP", required=True, aliases=("jam pelajaran", "jumlah jp", "jumlah jam pelajaran", "jam pelatihan"), minimum=1, maximum=1000, example=20),
        Column("biaya", Kind.DECIMAL, "Biaya per peserta (Rp)", required=True, aliases=("biaya", "biaya per peserta", "biaya peserta", "tarif"), minimum=0, example=1500000),
        Column("kuota", Kind.INTEGER, "Kuota peserta", aliases=("kuota", "kapasitas", "jumlah peserta", "kapasitas peserta"), minimum=0, example=60),
    ),
    key=("kode",), aliases=("katalog pelatihan", "diklat"),
)  # fmt: skip

RIWAYAT_PELATIHAN = Table(
    "riwayat_pelatihan", "Riwayat Pelatihan", N_("Pelatihan yang sudah diikuti beserta JP-nya."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip baru", "nip pegawai"), example="199003172015031004"),
        Column("pelatihan", Kind.TEXT, "Nama pelatihan", required=True, aliases=("pelatihan", "nama diklat", "diklat", "nama pelatihan diikuti"), example="Komunikasi Publik Efektif"),
        Column("tahun", Kind.YEAR, "Tahun", required=True, aliases=("tahun pelatihan", "tahun diklat", "tahun ikut"), example=2025),
        Column("jp", Kind.INTEGER, "JP", required=True, aliases=("jam pelajaran", "jumlah jp", "jumlah jp", "jumlah jam pelajaran"), minimum=0, maximum=5000, example=20),
    ),
    key=("nip", "tahun", "pelatihan"), unique=False, aliases=("riwayat diklat",),
)  # fmt: skip

MINAT = Table(
    "minat", "Minat", N_("Posisi atau jabatan yang diminati pegawai, menurut urutan."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip baru", "nip pegawai"), example="199003172015031004"),
        Column("urutan", Kind.INTEGER, "Urutan", required=True, aliases=("prioritas", "pilihan ke", "pilihan", "minat ke"), minimum=1, maximum=10, example=1),
        Column("posisi", Kind.CODE, "Kode posisi", refers_to="posisi", aliases=("posisi", "id posisi", "posisi diminati"), example="P-00017"),
        Column("jabatan", Kind.TEXT, "Nama jabatan", aliases=("jabatan", "jabatan diminati"), example=None),
    ),
    key=("nip", "urutan"), aliases=("preferensi", "peminatan"),
)  # fmt: skip

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        UNIT, JABATAN, POSISI, PEGAWAI, PEMANGKU, BEBAN_KERJA, STANDAR_KOMPETENSI, ASESMEN, KOMPETENSI_TEKNIS,
        RIWAYAT_JABATAN, PREDIKAT_KINERJA, HUKUMAN_DISIPLIN, PELATIHAN, RIWAYAT_PELATIHAN, MINAT,
    )
}  # fmt: skip
