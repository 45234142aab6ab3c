# ruff: noqa: E501 - tables of rows, one line each
"""A small invented city, written by hand: 6 units, 20 posisi, 30 people, with a few known flaws.

Known on purpose (as of 31 December 2026): P-04 and P-16 have a surplus; P-09 is empty; P-11, P-14 miss people (both
critical); P-19 is an empty structural post led by a Plt; one person holds no posisi; one expired assessment.
"""

from datetime import date
from typing import Any

import polars as pl

from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, build
from penata.snapshot.vocabulary import KOMPETENSI_INTI

PER = date(2026, 12, 31)

UNIT = [
    # kode, nama, jenis, induk, wilayah, terpencil
    ("U-00", "Pemerintah Kota Contoh", "pemerintah daerah", None, "Kecamatan Tengah", False),
    ("U-01", "Sekretariat Daerah", "sekretariat", "U-00", "Kecamatan Tengah", False),
    ("U-02", "Dinas Kesehatan", "dinas", "U-00", "Kecamatan Tengah", False),
    ("U-0201", "Bidang Pelayanan Kesehatan", "bidang", "U-02", "Kecamatan Tengah", False),
    ("U-0202", "Puskesmas Mekar", "puskesmas", "U-02", "Kecamatan Utara", True),
    ("U-03", "Kecamatan Utara", "kecamatan", "U-00", "Kecamatan Utara", False),
]

JABATAN = [
    # nama, jenis, jenjang, rumpun, kelas, pendidikan_min, bidang_studi, golongan_min, golongan_maks, pengalaman_min
    ("Sekretaris Daerah", "jpt pratama", None, "pimpinan", 15, "S-1", None, "IV/b", None, 5.0),
    ("Kepala Bagian Organisasi", "administrator", None, "organisasi", 12, "S-1", None, "III/d", None, 3.0),
    ("Kepala Dinas Kesehatan", "jpt pratama", None, "kesehatan", 14, "S-1", "Kesehatan Masyarakat; Kedokteran", "IV/a", None, 5.0),
    ("Sekretaris Dinas Kesehatan", "administrator", None, "kesehatan", 12, "S-1", None, "III/d", None, 3.0),
    ("Kepala Subbagian Umum", "pengawas", None, "umum", 9, "D-III", None, "III/b", None, 2.0),
    ("Kepala Bidang Pelayanan Kesehatan", "administrator", None, "kesehatan", 11, "S-1", "Kesehatan Masyarakat; Kedokteran; Keperawatan", "III/d", None, 3.0),
    ("Kepala Puskesmas Mekar", "pengawas", None, "kesehatan", 11, "S-1", "Kesehatan Masyarakat; Kedokteran; Keperawatan", "III/b", None, 2.0),
    ("Camat Utara", "administrator", None, "kewilayahan", 12, "S-1", None, "III/d", None, 3.0),
    ("Sekretaris Kecamatan Utara", "administrator", None, "kewilayahan", 11, "S-1", None, "III/c", None, 3.0),
    ("Kepala Seksi Pelayanan Umum", "pengawas", None, "kewilayahan", 9, "D-III", None, "III/b", None, 2.0),
    ("Analis Kebijakan Ahli Muda", "fungsional", "ahli muda", "kebijakan", 9, "S-1", "Administrasi Publik; Hukum; Ekonomi", "III/c", "III/d", 2.0),
    ("Perencana Ahli Muda", "fungsional", "ahli muda", "perencanaan", 9, "S-1", "Administrasi Publik; Ekonomi; Kesehatan Masyarakat", "III/c", "III/d", 2.0),
    ("Administrator Kesehatan Ahli Muda", "fungsional", "ahli muda", "kesehatan", 9, "S-1", "Kesehatan Masyarakat", "III/c", "III/d", 2.0),
    ("Administrator Kesehatan Ahli Pertama", "fungsional", "ahli pertama", "kesehatan", 8, "S-1", "Kesehatan Masyarakat", "III/a", "III/b", None),
    ("Dokter Ahli Muda", "fungsional", "ahli muda", "dokter", 10, "S-1", "Kedokteran", "III/c", "III/d", 2.0),
    ("Perawat Ahli Pertama", "fungsional", "ahli pertama", "perawat", 8, "S-1", "Keperawatan", "III/a", "III/b", None),
    ("Perawat Terampil", "fungsional", "terampil", "perawat", 6, "D-III", "Keperawatan", "II/c", "II/d", None),
    ("Pengadministrasi Perkantoran", "pelaksana", None, "klerek", 5, "SLTA", None, "II/a", None, None),
    ("Pengelola Layanan Operasional", "pelaksana", None, "operator", 6, "D-III", None, "II/c", None, None),
]  # fmt: skip

POSISI = [
    # kode, jabatan, unit, atasan, kebutuhan tercetak, kritis
    ("P-01", "Sekretaris Daerah", "U-00", None, 1, True),
    ("P-02", "Kepala Bagian Organisasi", "U-01", "P-01", 1, False),
    ("P-03", "Analis Kebijakan Ahli Muda", "U-01", "P-02", 2, False),
    ("P-04", "Pengadministrasi Perkantoran", "U-01", "P-02", 1, False),
    ("P-05", "Kepala Dinas Kesehatan", "U-02", "P-01", 1, True),
    ("P-06", "Sekretaris Dinas Kesehatan", "U-02", "P-05", 1, False),
    ("P-07", "Kepala Subbagian Umum", "U-02", "P-06", 1, False),
    ("P-08", "Pengadministrasi Perkantoran", "U-02", "P-07", 2, False),
    ("P-09", "Perencana Ahli Muda", "U-02", "P-06", 1, False),
    ("P-10", "Kepala Bidang Pelayanan Kesehatan", "U-0201", "P-05", 1, True),
    ("P-11", "Administrator Kesehatan Ahli Muda", "U-0201", "P-10", 2, True),
    ("P-12", "Administrator Kesehatan Ahli Pertama", "U-0201", "P-10", 2, False),
    ("P-13", "Kepala Puskesmas Mekar", "U-0202", "P-05", 1, False),
    ("P-14", "Dokter Ahli Muda", "U-0202", "P-13", 2, True),
    ("P-15", "Perawat Ahli Pertama", "U-0202", "P-13", 3, False),
    ("P-16", "Perawat Terampil", "U-0202", "P-13", 3, False),
    ("P-17", "Camat Utara", "U-03", "P-01", 1, False),
    ("P-18", "Sekretaris Kecamatan Utara", "U-03", "P-17", 1, False),
    ("P-19", "Kepala Seksi Pelayanan Umum", "U-03", "P-17", 1, False),
    ("P-20", "Pengelola Layanan Operasional", "U-03", "P-19", 2, False),
]

PEGAWAI = [
    # nip, nama, status, golongan, pendidikan, bidang_studi, posisi, tmt_jabatan, kontrak_berakhir, wilayah
    ("196903121994031001", "Bima Sagara", "pns", "IV/d", "S-2", "Administrasi Publik", "P-01", date(2024, 2, 1), None, "Kecamatan Tengah"),
    ("197607152001122001", "Ratna Wulandari", "pns", "IV/b", "S-2", "Administrasi Publik", "P-02", date(2023, 1, 2), None, "Kecamatan Tengah"),
    ("198402102009042002", "Dewi Larasati", "pns", "III/d", "S-1", "Administrasi Publik", "P-03", date(2022, 7, 1), None, "Kecamatan Utara"),
    ("198611232011011001", "Andi Prakoso", "pns", "III/c", "S-1", "Hukum", "P-03", date(2024, 4, 1), None, "Kecamatan Tengah"),
    ("197909092007012001", "Sulastri Ningrum", "pns", "II/d", "SLTA", None, "P-04", date(2019, 3, 1), None, "Kecamatan Tengah"),
    ("199205172015031002", "Galih Permadi", "pns", "II/d", "D-III", "Administrasi Perkantoran", "P-04", date(2020, 6, 1), None, "Kecamatan Utara"),
    ("199508202019032003", "Intan Maharani", "pns", "III/a", "S-1", "Ekonomi", "P-04", date(2021, 9, 1), None, "Kecamatan Tengah"),
    ("196811041997031002", "Surya Hadinata", "pns", "IV/c", "S-2", "Kedokteran", "P-05", date(2023, 8, 1), None, "Kecamatan Tengah"),
    ("197504282000032001", "Endah Kusumawati", "pns", "IV/a", "S-1", "Kesehatan Masyarakat", "P-06", date(2022, 3, 1), None, "Kecamatan Tengah"),
    ("198201062006041003", "Rangga Wirawan", "pns", "III/d", "S-1", "Ekonomi", "P-07", date(2023, 5, 2), None, "Kecamatan Utara"),
    ("198803192010012001", "Puspa Anggraini", "pns", "II/c", "SLTA", None, "P-08", date(2018, 1, 2), None, "Kecamatan Tengah"),
    ("199110302014021001", "Tirta Nugraha", "pns", "II/d", "D-III", "Administrasi Perkantoran", "P-08", date(2020, 1, 2), None, "Kecamatan Tengah"),
    ("196905201993032002", "Nirmala Sekarwangi", "pns", "IV/b", "S-2", "Kesehatan Masyarakat", "P-10", date(2022, 2, 1), None, "Kecamatan Tengah"),
    ("198509142010012003", "Lestari Handayani", "pns", "III/d", "S-1", "Kesehatan Masyarakat", "P-11", date(2022, 10, 1), None, "Kecamatan Utara"),
    ("199301252018012001", "Melati Puspasari", "pns", "III/b", "S-1", "Kesehatan Masyarakat", "P-12", date(2022, 1, 3), None, "Kecamatan Tengah"),
    ("199407112019031002", "Banyu Asmara", "pns", "III/a", "S-1", "Kesehatan Masyarakat", "P-12", date(2023, 1, 2), None, "Kecamatan Utara"),
    ("197812012005011001", "Jaka Pamungkas", "pns", "IV/a", "S-2", "Kedokteran", "P-13", date(2023, 6, 1), None, "Kecamatan Utara"),
    ("198706272014022001", "Ayu Saraswati", "pns", "III/d", "S-1", "Kedokteran", "P-14", date(2021, 4, 1), None, "Kecamatan Utara"),
    ("199002142015032002", "Kirana Dewanti", "pns", "III/b", "S-1", "Keperawatan", "P-15", date(2020, 2, 3), None, "Kecamatan Utara"),
    ("199109082016011003", "Satria Gumilang", "pns", "III/b", "S-1", "Keperawatan", "P-15", date(2021, 2, 1), None, "Kecamatan Utara"),
    ("199603052023212001", "Wening Rahayu", "pppk", "IX", "S-1", "Keperawatan", "P-15", date(2023, 5, 1), date(2028, 4, 30), "Kecamatan Tengah"),
    ("199404182017032001", "Sekar Arumdani", "pns", "II/d", "D-III", "Keperawatan", "P-16", date(2019, 1, 2), None, "Kecamatan Utara"),
    ("199506232018011001", "Dimas Wicaksana", "pns", "II/d", "D-III", "Keperawatan", "P-16", date(2020, 1, 2), None, "Kecamatan Utara"),
    ("199712112020122001", "Laras Pratiwi", "pns", "II/c", "D-III", "Keperawatan", "P-16", date(2021, 1, 4), None, "Kecamatan Tengah"),
    ("199810302022211002", "Fajar Wibisana", "pppk", "VII", "D-III", "Keperawatan", "P-16", date(2022, 6, 1), date(2027, 5, 31), "Kecamatan Utara"),
    ("197302172003121001", "Wira Kusumanegara", "pns", "IV/a", "S-2", "Administrasi Publik", "P-17", date(2023, 9, 1), None, "Kecamatan Utara"),
    ("198005052004012001", "Hesti Wardhani", "pns", "III/d", "S-1", "Hukum", "P-18", date(2022, 11, 1), None, "Kecamatan Utara"),
    ("198909012012011002", "Bagas Adiwangsa", "pns", "II/d", "D-III", "Administrasi Perkantoran", "P-20", date(2019, 5, 2), None, "Kecamatan Utara"),
    ("199208162014022002", "Rini Maheswari", "pns", "III/a", "D-III", "Administrasi Perkantoran", "P-20", date(2020, 5, 4), None, "Kecamatan Tengah"),
    ("198112242008012001", "Yuni Pertiwi", "pns", "III/c", "S-1", "Kesehatan Masyarakat", None, None, None, "Kecamatan Tengah"),
]  # fmt: skip

BEBAN_KERJA = [
    # posisi, tugas, hasil, volume, periode, norma_waktu, satuan_waktu
    ("P-01", "Memimpin koordinasi perangkat daerah", "rapat", 240, "tahun", 180, "menit"),
    ("P-01", "Menelaah rancangan kebijakan", "telaahan", 180, "tahun", 2.5, "jam"),
    ("P-02", "Menyusun analisis jabatan", "dokumen", 45, "tahun", 900, "menit"),
    ("P-02", "Membina tata laksana", "laporan", 12, "bulan", 230, "menit"),
    ("P-03", "Menyusun telaahan kebijakan", "telaahan", 96, "tahun", 1200, "menit"),
    ("P-03", "Mengevaluasi pelaksanaan kebijakan", "laporan", 24, "tahun", 1500, "menit"),
    ("P-04", "Mengelola surat masuk dan keluar", "surat", 3900, "tahun", 15, "menit"),
    ("P-04", "Menata arsip", "berkas", 1400, "tahun", 10, "menit"),
    ("P-05", "Memimpin penyelenggaraan urusan kesehatan", "laporan", 12, "bulan", 480, "menit"),
    ("P-06", "Mengoordinasikan perencanaan dan keuangan", "dokumen", 60, "tahun", 1240, "menit"),
    ("P-07", "Mengelola kepegawaian dan aset", "laporan", 96, "tahun", 790, "menit"),
    ("P-08", "Mengelola surat masuk dan keluar", "surat", 7200, "tahun", 15, "menit"),
    ("P-08", "Menata arsip", "berkas", 3900, "tahun", 10, "menit"),
    ("P-09", "Menyusun rencana kerja", "dokumen", 40, "tahun", 1900, "menit"),
    ("P-10", "Membina pelayanan kesehatan", "laporan", 144, "tahun", 510, "menit"),
    ("P-11", "Menyusun standar pelayanan", "dokumen", 52, "tahun", 2900, "menit"),
    ("P-12", "Mengolah data kesehatan", "laporan", 520, "tahun", 285, "menit"),
    ("P-13", "Memimpin puskesmas", "laporan", 250, "tahun", 300, "menit"),
    ("P-14", "Memeriksa pasien", "pasien", 9800, "tahun", 15, "menit"),
    ("P-15", "Memberi asuhan keperawatan", "pasien", 11000, "tahun", 20, "menit"),
    ("P-16", "Melakukan tindakan keperawatan", "tindakan", 14800, "tahun", 15, "menit"),
    ("P-17", "Memimpin kecamatan", "laporan", 248, "tahun", 300, "menit"),
    ("P-18", "Mengoordinasikan administrasi kecamatan", "laporan", 240, "tahun", 300, "menit"),
    ("P-19", "Menyelenggarakan pelayanan umum", "layanan", 2500, "tahun", 29, "menit"),
    ("P-20", "Melayani permohonan warga", "permohonan", 7000, "tahun", 20, "menit"),
]  # fmt: skip

# Standard level of the nine competencies by jenis or jenjang.
STANDAR = {
    "jpt pratama": 4, "administrator": 3, "pengawas": 2, "ahli muda": 3, "ahli pertama": 2, "terampil": 1,
    "pelaksana": 1,
}  # fmt: skip
TEKNIS = {
    "kesehatan": ("manajemen pelayanan kesehatan", 3),
    "kebijakan": ("advokasi kebijakan", 3),
    "dokter": ("pelayanan medis", 4),
    "perawat": ("asuhan keperawatan", 3),
    "perencanaan": ("penyusunan rencana", 3),
}
PELATIHAN = [
    # kode, nama, kompetensi, level_akhir, bentuk, jp, biaya, kuota
    ("L-01", "Komunikasi Publik Efektif", "komunikasi", 3, "klasikal", 24, 2_500_000.0, 10),
    ("L-02", "Pelayanan Prima", "pelayanan publik", 3, "e-learning", 20, 400_000.0, 20),
    ("L-03", "Kepemimpinan Perubahan", "mengelola perubahan", 4, "klasikal", 40, 6_000_000.0, 5),
    ("L-04", "Pengambilan Keputusan Berbasis Data", "pengambilan keputusan", 4, "klasikal", 32, 4_000_000.0, 8),
    ("L-05", "Manajemen Pelayanan Kesehatan", "manajemen pelayanan kesehatan", 3, "klasikal", 40, 3_500_000.0, 6),
    ("L-06", "Kerja Tim Lintas Unit", "kerja sama", 3, "coaching", 16, 750_000.0, 12),
]


def small_agency() -> Snapshot:
    """Return the small city as of 31 December 2026."""
    return build("Pemerintah Kota Contoh", PER, tables())


def tables() -> dict[str, pl.DataFrame]:
    """Return every table of the small city, freshly made, so that a test may change one and build anew."""
    catalogue = {row[0]: row for row in JABATAN}
    holders = [row for row in PEGAWAI if row[6]]
    posisi = [
        {
            "kode": kode, "jabatan": jabatan, "unit": unit, "atasan": atasan, "jenis": catalogue[jabatan][1],
            "jenjang": catalogue[jabatan][2], "kelas": catalogue[jabatan][4], "kebutuhan": float(kebutuhan),
            "bezetting": float(sum(row[6] == kode for row in PEGAWAI)), "kritis": kritis, "status": "aktif",
        }
        for kode, jabatan, unit, atasan, kebutuhan, kritis in POSISI
    ]  # fmt: skip
    columns = {
        "unit": "kode nama jenis induk wilayah terpencil",
        "jabatan": "nama jenis jenjang rumpun kelas pendidikan_min bidang_studi golongan_min golongan_maks pengalaman_min",
        "pegawai": "nip nama status golongan pendidikan bidang_studi posisi tmt_jabatan kontrak_berakhir wilayah",
        "beban_kerja": "posisi tugas hasil volume periode norma_waktu satuan_waktu",
        "pelatihan": "kode nama kompetensi level_akhir bentuk jp biaya kuota",
    }
    rows = {
        "unit": UNIT, "jabatan": JABATAN, "pegawai": PEGAWAI, "beban_kerja": BEBAN_KERJA, "pelatihan": PELATIHAN,
    }  # fmt: skip
    plain = {
        name: _frame(name, [dict(zip(columns[name].split(), row, strict=True)) for row in rows[name]]) for name in rows
    }
    plain["pegawai"] = plain["pegawai"].with_columns(
        tanggal_lahir=pl.col("nip").str.slice(0, 8).str.to_date("%Y%m%d"),
        tmt_golongan=pl.lit(date(2024, 4, 1)),
        jenis_kelamin=pl.when(pl.col("nip").str.slice(14, 1) == "1")
        .then(pl.lit("laki-laki"))
        .otherwise(pl.lit("perempuan")),
        terkunci=pl.lit(value=False),
    )
    made = {
        "posisi": posisi,
        "pemangku": [
            {"nip": row[0], "posisi": row[6], "jenis": "definitif", "tmt": row[7], "nomor_sk": f"821/{n}/2024"}
            for n, row in enumerate(holders, start=1)
        ]
        + [{"nip": "198005052004012001", "posisi": "P-19", "jenis": "plt", "tmt": date(2026, 10, 1)}],
        "standar_kompetensi": [
            {"jabatan": row[0], "kompetensi": name, "level": STANDAR[str(row[2] or row[1])]}
            for row in JABATAN
            for name in KOMPETENSI_INTI
        ]
        + [
            {"jabatan": row[0], "kompetensi": TEKNIS[row[3]][0], "level": TEKNIS[row[3]][1]}
            for row in JABATAN
            if row[3] in TEKNIS
        ],
        "asesmen": [_assessment(n, row) for n, row in enumerate(PEGAWAI) if n % 5 != 4],
        "kompetensi_teknis": [
            {
                "nip": row[0], "kompetensi": TEKNIS[catalogue[jabatan][3]][0], "level": 2 + n % 3,
                "tanggal": date(2025, 6, 2), "berlaku_sampai": date(2028, 6, 1),
            }
            for n, row in enumerate(PEGAWAI)
            for kode, jabatan, *_ in POSISI
            if kode == row[6] and catalogue[jabatan][3] in TEKNIS
        ],
        "riwayat_jabatan": [entry for row in PEGAWAI for entry in _career(row, catalogue)],
        "predikat_kinerja": [
            {"nip": row[0], "tahun": tahun, "predikat": "butuh perbaikan" if n == 22 else ("baik", "baik", "sangat baik")[n % 3]}
            for n, row in enumerate(PEGAWAI)
            for tahun in (2024, 2025)
        ],
        "hukuman_disiplin": [
            {"nip": "199205172015031002", "tingkat": "sedang", "mulai": date(2026, 9, 1), "selesai": date(2027, 8, 31)},
            {"nip": "197909092007012001", "tingkat": "ringan", "mulai": date(2023, 2, 1), "selesai": date(2023, 7, 31)},
        ],
        "riwayat_pelatihan": [
            {"nip": row[0], "pelatihan": "Pelayanan Prima", "tahun": 2025, "jp": 20} for row in PEGAWAI[::3]
        ],
        "minat": [
            {"nip": "198112242008012001", "urutan": 1, "posisi": "P-11"},
            {"nip": "199508202019032003", "urutan": 1, "posisi": "P-09"},
            {"nip": "198402102009042002", "urutan": 1, "jabatan": "Perencana Ahli Muda"},
        ],
    }  # fmt: skip
    return plain | {name: _frame(name, entries) for name, entries in made.items()}


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = TABLES[name].polars_schema
    given = {key for row in rows for key in row}
    return pl.DataFrame(rows, schema={key: kind for key, kind in schema.items() if key in given})


def _assessment(n: int, row: tuple[Any, ...]) -> dict[str, Any]:
    expired = n == 16
    levels = {name.replace(" ", "_"): min(5, 1 + (n * 7 + k * 5) % 4) for k, name in enumerate(KOMPETENSI_INTI)}
    if row[6] in {"P-01", "P-02", "P-05", "P-06", "P-10"}:
        levels = dict.fromkeys(levels, 4)
    return {
        "nip": row[0],
        "tanggal": date(2021, 5, 12) if expired else date(2025, 5, 12),
        "metode": "assessment center",
        "berlaku_sampai": date(2024, 5, 11) if expired else date(2028, 5, 11),
        "potensi": float(55 + n * 3 % 40),
        **levels,
    }


def _career(row: tuple[Any, ...], catalogue: dict[str, tuple[Any, ...]]) -> list[dict[str, Any]]:
    nip, posisi, tmt = row[0], row[6], row[7]
    begun = date(int(nip[8:12]), int(nip[12:14]) if row[2] == "pns" else 3, 1)
    first = {
        "nip": nip,
        "jabatan": "Pengadministrasi Perkantoran",
        "jenis": "pelaksana",
        "jenjang": None,
        "rumpun": "klerek",
    }
    if posisi is None:
        return [first | {"mulai": begun, "selesai": None}]
    jabatan = catalogue[next(entry[1] for entry in POSISI if entry[0] == posisi)]
    held = {"nip": nip, "jabatan": jabatan[0], "jenis": jabatan[1], "jenjang": jabatan[2], "rumpun": jabatan[3]}
    if begun >= tmt:
        return [held | {"mulai": tmt, "selesai": None}]
    return [first | {"mulai": begun, "selesai": tmt}, held | {"mulai": tmt, "selesai": None}]
