"""Tables and columns of a snapshot: the one list that reading, template, validation and analysis share.

A column has a *kind* (how a cell is understood and stored), a *title* (header in the workbooks we write) and
*aliases* (headers people use). A missing value is null, never an invented default.
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
        Column("kode", Kind.CODE, "Kode unit", required=True, aliases=("kode", "id unit", "kode unor", "id"), example="U-0101"),
        Column("nama", Kind.TEXT, "Nama unit", required=True, aliases=("unit", "unit kerja", "unit organisasi", "nama unor", "nama"), example="Dinas Kesehatan"),
        Column("jenis", Kind.CHOICE, "Jenis unit", vocabulary="jenis_unit", aliases=("jenis", "tipe unit"), example="dinas"),
        Column("induk", Kind.CODE, "Kode induk", refers_to="unit", aliases=("induk", "unit induk", "kode unit induk", "unor induk", "atasan unit"), example="U-00"),
        Column("wilayah", Kind.TEXT, "Wilayah", aliases=("kecamatan", "lokasi"), example="Kecamatan Utara"),
        Column("terpencil", Kind.YES_NO, "Terpencil", aliases=("daerah terpencil", "terpencil?"), example="tidak"),
    ),
    key=("kode",), aliases=("unit kerja", "unit organisasi", "unor", "sotk", "organisasi", "perangkat daerah"),
)  # fmt: skip

JABATAN = Table(
    "jabatan", "Jabatan", N_("Katalog jabatan dengan kelas dan syaratnya."),
    (
        Column("nama", Kind.TEXT, "Nama jabatan", required=True, aliases=("jabatan", "nama", "nomenklatur jabatan", "nomenklatur"), example="Analis Kebijakan Ahli Muda"),
        Column("jenis", Kind.CHOICE, "Jenis jabatan", required=True, vocabulary="jenis_jabatan", aliases=("jenis", "tipe jabatan", "eselon", "kelompok jabatan"), example="fungsional"),
        Column("jenjang", Kind.CHOICE, "Jenjang", vocabulary="jenjang", aliases=("jenjang jabatan", "jenjang fungsional"), example="ahli muda"),
        Column("rumpun", Kind.TEXT, "Rumpun", aliases=("rumpun jabatan", "keluarga jabatan"), example="kebijakan"),
        Column("kelas", Kind.INTEGER, "Kelas jabatan", aliases=("kelas", "kls", "grade", "job class"), minimum=1, maximum=17, example=9),
        Column("pendidikan_min", Kind.CHOICE, "Pendidikan minimal", vocabulary="pendidikan", aliases=("pendidikan", "syarat pendidikan", "tingkat pendidikan"), example="S-1"),
        Column("bidang_studi", Kind.LIST, "Bidang studi", aliases=("syarat bidang studi", "jurusan", "program studi"), example="Kesehatan Masyarakat; Administrasi Publik"),
        Column("golongan_min", Kind.CHOICE, "Golongan minimal", vocabulary="golongan", aliases=("gol min", "golongan terendah", "gol/ruang minimal"), example="III/c"),
        Column("golongan_maks", Kind.CHOICE, "Golongan maksimal", vocabulary="golongan", aliases=("gol maks", "golongan tertinggi", "gol/ruang maksimal"), example="III/d"),
        Column("pengalaman_min", Kind.DECIMAL, "Pengalaman minimal (tahun)", aliases=("pengalaman", "pengalaman tahun"), minimum=0, maximum=40, example=2),
        Column("sertifikat", Kind.LIST, "Sertifikat wajib", aliases=("sertifikasi", "syarat sertifikat", "diklat wajib"), example=""),
        Column("bup", Kind.INTEGER, "BUP khusus", aliases=("batas usia pensiun", "bup"), minimum=50, maximum=75, example=None),
    ),
    key=("nama",), aliases=("katalog jabatan", "daftar jabatan", "syarat jabatan"),
)  # fmt: skip

POSISI = Table(
    "posisi", "Peta Jabatan", N_("Satu baris per posisi: satu jabatan dalam satu unit, dengan atasan, kelas, bezetting dan kebutuhan."),
    (
        Column("kode", Kind.CODE, "Kode posisi", required=True, aliases=("posisi", "id posisi", "kode jabatan", "id jabatan", "no posisi"), example="P-00017"),
        Column("jabatan", Kind.TEXT, "Nama jabatan", required=True, aliases=("jabatan", "nomenklatur", "nomenklatur jabatan"), example="Kepala Bidang Pelayanan Kesehatan"),
        Column("unit", Kind.TEXT, "Unit", required=True, aliases=("kode unit", "unit kerja", "nama unit", "unit organisasi", "unor", "opd", "perangkat daerah"), example="U-0101"),
        Column("atasan", Kind.CODE, "Kode posisi atasan", refers_to="posisi", aliases=("atasan", "posisi atasan", "kode atasan", "id atasan", "atasan langsung", "induk jabatan"), example="P-00012"),
        Column("jenis", Kind.CHOICE, "Jenis jabatan", vocabulary="jenis_jabatan", aliases=("jenis", "eselon", "tipe jabatan"), example="administrator"),
        Column("jenjang", Kind.CHOICE, "Jenjang", vocabulary="jenjang", aliases=("jenjang jabatan",), example=None),
        Column("kelas", Kind.INTEGER, "Kelas jabatan", aliases=("kelas", "kls", "grade"), minimum=1, maximum=17, example=11),
        Column("bezetting", Kind.DECIMAL, "Bezetting (B)", aliases=("bezetting", "b", "jumlah pegawai", "pegawai ada", "eksisting", "existing", "jumlah pegawai saat ini", "bezeting"), minimum=0, example=1),
        Column("kebutuhan", Kind.DECIMAL, "Kebutuhan (K)", aliases=("kebutuhan", "k", "formasi", "kebutuhan pegawai", "abk", "kebutuhan tercetak", "jumlah kebutuhan"), minimum=0, example=1),
        Column("kritis", Kind.YES_NO, "Posisi kritis", aliases=("kritis", "posisi kunci", "jabatan kritis"), example="ya"),
        Column("status", Kind.CHOICE, "Status posisi", vocabulary="status_posisi", aliases=("status",), example="aktif"),
        Column("keterangan", Kind.TEXT, "Keterangan", aliases=("catatan", "ket"), example=""),
    ),
    key=("kode",), aliases=("posisi", "peta", "peta jabatan", "anjab", "formasi", "bezetting", "bezetting formasi"),
)  # fmt: skip

PEGAWAI = Table(
    "pegawai", "Pegawai", N_("Satu baris per pegawai; kolom posisi menyebut posisi yang dipangku secara definitif."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, aliases=("nip baru", "nomor induk pegawai", "ni pppk", "nip/ni pppk", "nip / ni pppk"), example="199003172015031004"),
        Column("nama", Kind.TEXT, "Nama", required=True, aliases=("nama pegawai", "nama lengkap"), example="Contoh Nama"),
        Column("jenis_kelamin", Kind.CHOICE, "Jenis kelamin", vocabulary="jenis_kelamin", aliases=("l/p", "jk", "kelamin", "sex"), example="laki-laki"),
        Column("tanggal_lahir", Kind.DATE, "Tanggal lahir", aliases=("tgl lahir", "lahir"), example="17-03-1990"),
        Column("status", Kind.CHOICE, "Status pegawai", vocabulary="status_pegawai", aliases=("jenis pegawai", "status", "status cpns pns", "kedudukan pegawai"), example="pns"),
        Column("golongan", Kind.CHOICE, "Golongan", vocabulary="golongan", aliases=("gol", "gol/ruang", "gol ruang", "gol akhir", "pangkat/golongan", "golongan ruang", "pangkat gol"), example="III/c"),
        Column("tmt_golongan", Kind.DATE, "TMT golongan", aliases=("tmt gol", "tmt pangkat"), example="01-04-2023"),
        Column("pendidikan", Kind.CHOICE, "Pendidikan", vocabulary="pendidikan", aliases=("tingkat pendidikan", "pendidikan terakhir", "jenjang pendidikan"), example="S-1"),
        Column("bidang_studi", Kind.TEXT, "Bidang studi", aliases=("jurusan", "nama pendidikan", "program studi", "prodi"), example="Kesehatan Masyarakat"),
        Column("posisi", Kind.CODE, "Kode posisi", refers_to="posisi", aliases=("posisi", "id posisi", "kode jabatan", "posisi saat ini"), example="P-00017"),
        Column("tmt_jabatan", Kind.DATE, "TMT jabatan", aliases=("tmt jab",), example="02-01-2024"),
        Column("kontrak_berakhir", Kind.DATE, "Akhir kontrak PPPK", aliases=("akhir kontrak", "masa perjanjian berakhir", "tanggal akhir kontrak"), example=None),
        Column("wilayah", Kind.TEXT, "Wilayah domisili", aliases=("domisili", "kecamatan domisili"), example="Kecamatan Utara"),
        Column("sertifikat", Kind.LIST, "Sertifikat", aliases=("sertifikasi", "diklat kepemimpinan"), example="PKA"),
        Column("terkunci", Kind.YES_NO, "Tidak dipindah", aliases=("terkunci", "dilindungi", "dikecualikan"), example="tidak"),
        Column("alasan_terkunci", Kind.TEXT, "Alasan tidak dipindah", aliases=("alasan",), example=""),
    ),
    key=("nip",), aliases=("pegawai", "data pegawai", "daftar pegawai", "duk", "asn", "profil pegawai"),
)  # fmt: skip

PEMANGKU = Table(
    "pemangku", "Pemangku", N_("Siapa memangku posisi apa: definitif, Plt atau Plh. Tanpa lembar ini kolom posisi pada lembar Pegawai yang dipakai."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", aliases=("nip pemangku",), example="199003172015031004"),
        Column("posisi", Kind.CODE, "Kode posisi", required=True, refers_to="posisi", aliases=("posisi", "id posisi"), example="P-00017"),
        Column("jenis", Kind.CHOICE, "Jenis pemangku", required=True, vocabulary="jenis_pemangku", aliases=("jenis", "sebagai"), example="definitif"),
        Column("tmt", Kind.DATE, "TMT", aliases=("tmt jabatan", "mulai"), example="02-01-2024"),
        Column("nomor_sk", Kind.TEXT, "Nomor SK", aliases=("sk", "no sk"), example="821/12/2024"),
    ),
    key=("posisi", "jenis", "nip"), aliases=("pemangku jabatan", "pejabat", "pemangku"),
)  # fmt: skip

BEBAN_KERJA = Table(
    "beban_kerja", "Beban Kerja", N_("Uraian tugas tiap posisi dengan volume dan norma waktu."),
    (
        Column("posisi", Kind.CODE, "Kode posisi", required=True, refers_to="posisi", aliases=("posisi", "id posisi", "kode jabatan"), example="P-00017"),
        Column("tugas", Kind.TEXT, "Uraian tugas", required=True, aliases=("tugas", "uraian", "tugas pokok", "tahapan", "kegiatan"), example="Menyusun laporan bulanan"),
        Column("hasil", Kind.TEXT, "Hasil kerja", aliases=("satuan hasil", "output", "hasil"), example="laporan"),
        Column("volume", Kind.DECIMAL, "Volume", aliases=("volume kerja", "jumlah beban kerja", "beban kerja", "jumlah", "vol"), minimum=0, example=12),
        Column("periode", Kind.CHOICE, "Periode volume", vocabulary="periode", aliases=("per", "periode"), example="tahun"),
        Column("norma_waktu", Kind.DECIMAL, "Norma waktu", aliases=("menit", "waktu penyelesaian", "waktu", "norma waktu (menit)", "wpt", "waktu penyelesaian (menit)"), minimum=0, example=240),
        Column("satuan_waktu", Kind.CHOICE, "Satuan norma waktu", vocabulary="satuan_waktu", aliases=("satuan waktu", "satuan"), example="menit"),
        Column("metode", Kind.CHOICE, "Metode ABK", vocabulary="metode_abk", aliases=("metode", "pendekatan"), example="tugas per tugas jabatan"),
        Column("standar", Kind.DECIMAL, "Standar kemampuan / rasio", aliases=("standar kemampuan", "rasio", "standar", "rasio penggunaan"), minimum=0, example=None),
    ),
    key=("posisi", "tugas"), unique=False, aliases=("abk", "analisis beban kerja", "beban", "beban kerja", "tugas"),
)  # fmt: skip

STANDAR_KOMPETENSI = Table(
    "standar_kompetensi", "Standar Kompetensi", N_("Tingkat kompetensi yang dituntut tiap jabatan."),
    (
        Column("jabatan", Kind.TEXT, "Nama jabatan", required=True, refers_to="jabatan", aliases=("jabatan",), example="Analis Kebijakan Ahli Muda"),
        Column("kompetensi", Kind.TEXT, "Kompetensi", required=True, aliases=("nama kompetensi",), example="integritas"),
        Column("level", Kind.INTEGER, "Level", required=True, aliases=("tingkat", "level standar", "standar"), minimum=0, maximum=5, example=3),
    ),
    key=("jabatan", "kompetensi"), aliases=("skj", "standar kompetensi jabatan"),
)  # fmt: skip

ASESMEN = Table(
    "asesmen", "Asesmen", N_("Hasil penilaian kompetensi: sembilan kompetensi manajerial dan sosial kultural, serta potensi."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", example="199003172015031004"),
        Column("tanggal", Kind.DATE, "Tanggal asesmen", aliases=("tanggal", "tgl asesmen"), example="12-05-2025"),
        Column("metode", Kind.TEXT, "Metode", aliases=("metode penilaian",), example="assessment center"),
        Column("berlaku_sampai", Kind.DATE, "Berlaku sampai", aliases=("masa berlaku",), example="12-05-2028"),
        Column("potensi", Kind.DECIMAL, "Potensi", aliases=("nilai potensi", "skor potensi"), minimum=0, maximum=100, example=75),
        *(_level(name) for name in KOMPETENSI_INTI),
    ),
    key=("nip", "tanggal"), aliases=("hasil asesmen", "penilaian kompetensi", "kompetensi"),
)  # fmt: skip

KOMPETENSI_TEKNIS = Table(
    "kompetensi_teknis", "Kompetensi Teknis", N_("Tingkat kompetensi teknis tiap pegawai."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", example="199003172015031004"),
        Column("kompetensi", Kind.TEXT, "Kompetensi", required=True, aliases=("kompetensi teknis", "nama kompetensi"), example="advokasi kebijakan"),
        Column("level", Kind.INTEGER, "Level", required=True, aliases=("tingkat",), minimum=0, maximum=5, example=2),
        Column("tanggal", Kind.DATE, "Tanggal", aliases=("tanggal penilaian",), example="12-05-2025"),
        Column("berlaku_sampai", Kind.DATE, "Berlaku sampai", aliases=("masa berlaku",), example="12-05-2028"),
    ),
    key=("nip", "kompetensi"), aliases=("teknis",),
)  # fmt: skip

RIWAYAT_JABATAN = Table(
    "riwayat_jabatan", "Riwayat Jabatan", N_("Jabatan yang pernah dipangku."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", example="199003172015031004"),
        Column("jabatan", Kind.TEXT, "Nama jabatan", required=True, aliases=("jabatan",), example="Pengelola Kepegawaian"),
        Column("jenis", Kind.CHOICE, "Jenis jabatan", vocabulary="jenis_jabatan", aliases=("jenis", "eselon"), example="pelaksana"),
        Column("jenjang", Kind.CHOICE, "Jenjang", vocabulary="jenjang", aliases=("jenjang jabatan",), example=None),
        Column("rumpun", Kind.TEXT, "Rumpun", aliases=("rumpun jabatan",), example="kepegawaian"),
        Column("mulai", Kind.DATE, "Mulai", required=True, aliases=("tmt", "tmt jabatan", "dari"), example="01-04-2015"),
        Column("selesai", Kind.DATE, "Selesai", aliases=("sampai", "akhir"), example="01-01-2024"),
    ),
    key=("nip", "mulai", "jabatan"), aliases=("riwayat",),
)  # fmt: skip

PREDIKAT_KINERJA = Table(
    "predikat_kinerja", "Predikat Kinerja", N_("Predikat kinerja tahunan."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", example="199003172015031004"),
        Column("tahun", Kind.YEAR, "Tahun", required=True, aliases=("tahun penilaian",), example=2025),
        Column("predikat", Kind.CHOICE, "Predikat", required=True, vocabulary="predikat", aliases=("predikat kinerja", "hasil"), example="baik"),
    ),
    key=("nip", "tahun"), aliases=("kinerja", "skp", "predikat"),
)  # fmt: skip

HUKUMAN_DISIPLIN = Table(
    "hukuman_disiplin", "Hukuman Disiplin", N_("Hukuman disiplin dan masa berlakunya."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", example="199003172015031004"),
        Column("tingkat", Kind.CHOICE, "Tingkat", required=True, vocabulary="tingkat_hukuman", aliases=("tingkat hukuman",), example="ringan"),
        Column("mulai", Kind.DATE, "Mulai", required=True, aliases=("tmt", "tanggal mulai"), example="01-02-2025"),
        Column("selesai", Kind.DATE, "Selesai", aliases=("sampai", "tanggal selesai"), example="31-07-2025"),
    ),
    key=("nip", "mulai", "tingkat"), aliases=("disiplin", "hukdis"),
)  # fmt: skip

PELATIHAN = Table(
    "pelatihan", "Pelatihan", N_("Katalog pelatihan: kompetensi yang dinaikkan, JP, biaya dan kuota."),
    (
        Column("kode", Kind.CODE, "Kode pelatihan", required=True, aliases=("kode", "id pelatihan"), example="L-01"),
        Column("nama", Kind.TEXT, "Nama pelatihan", required=True, aliases=("nama", "pelatihan"), example="Komunikasi Publik Efektif"),
        Column("kompetensi", Kind.TEXT, "Kompetensi", required=True, aliases=("kompetensi yang dinaikkan",), example="komunikasi"),
        Column("level_akhir", Kind.INTEGER, "Level setelah pelatihan", required=True, aliases=("level akhir", "level"), minimum=1, maximum=5, example=3),
        Column("bentuk", Kind.CHOICE, "Bentuk", vocabulary="bentuk_pelatihan", aliases=("jenis", "metode"), example="klasikal"),
        Column("jp", Kind.INTEGER, "JP", required=True, aliases=("jam pelajaran", "jumlah jp"), minimum=1, maximum=1000, example=20),
        Column("biaya", Kind.DECIMAL, "Biaya per peserta (Rp)", required=True, aliases=("biaya", "biaya per peserta"), minimum=0, example=1500000),
        Column("kuota", Kind.INTEGER, "Kuota peserta", aliases=("kuota", "kapasitas"), minimum=0, example=60),
    ),
    key=("kode",), aliases=("katalog pelatihan", "diklat"),
)  # fmt: skip

RIWAYAT_PELATIHAN = Table(
    "riwayat_pelatihan", "Riwayat Pelatihan", N_("Pelatihan yang sudah diikuti beserta JP-nya."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", example="199003172015031004"),
        Column("pelatihan", Kind.TEXT, "Nama pelatihan", required=True, aliases=("pelatihan", "nama diklat"), example="Komunikasi Publik Efektif"),
        Column("tahun", Kind.YEAR, "Tahun", required=True, aliases=("tahun pelatihan",), example=2025),
        Column("jp", Kind.INTEGER, "JP", required=True, aliases=("jam pelajaran", "jumlah jp"), minimum=0, maximum=5000, example=20),
    ),
    key=("nip", "tahun", "pelatihan"), unique=False, aliases=("riwayat diklat",),
)  # fmt: skip

MINAT = Table(
    "minat", "Minat", N_("Posisi atau jabatan yang diminati pegawai, menurut urutan."),
    (
        Column("nip", Kind.NIP, "NIP", required=True, refers_to="pegawai", example="199003172015031004"),
        Column("urutan", Kind.INTEGER, "Urutan", required=True, aliases=("prioritas", "pilihan ke"), minimum=1, maximum=10, example=1),
        Column("posisi", Kind.CODE, "Kode posisi", refers_to="posisi", aliases=("posisi",), example="P-00017"),
        Column("jabatan", Kind.TEXT, "Nama jabatan", aliases=("jabatan",), example=None),
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
