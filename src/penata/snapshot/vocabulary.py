"""Closed vocabularies of the snapshot: the official word, and the spellings people use for it.

The stored value is the official word in lower case. Keys of ``SPELLINGS`` entries are compared after folding (lower
case, punctuation and spaces removed), so only really different spellings are listed.
"""

from collections.abc import Mapping

STATUS_PEGAWAI = ("pns", "cpns", "pppk", "pppk paruh waktu")
JENIS_KELAMIN = ("laki-laki", "perempuan")
JENIS_JABATAN = ("jpt utama", "jpt madya", "jpt pratama", "administrator", "pengawas", "fungsional", "pelaksana")
JENJANG = (
    "ahli utama", "ahli madya", "ahli muda", "ahli pertama", "penyelia", "mahir", "terampil", "pemula",
)  # fmt: skip
PENDIDIKAN = ("SD", "SMP", "SLTA", "D-I", "D-II", "D-III", "D-IV", "S-1", "S-2", "S-3")  # ascending
GOLONGAN_PNS = (
    "I/a",
    "I/b",
    "I/c",
    "I/d",
    "II/a",
    "II/b",
    "II/c",
    "II/d",
    "III/a",
    "III/b",
    "III/c",
    "III/d",
    "IV/a",
    "IV/b",
    "IV/c",
    "IV/d",
    "IV/e",
)  # fmt: skip - ascending
GOLONGAN_PPPK = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
)  # fmt: skip - ascending
GOLONGAN = GOLONGAN_PNS + GOLONGAN_PPPK
JENIS_PEMANGKU = ("definitif", "plt", "plh")
STATUS_POSISI = ("aktif", "dibekukan", "dihapus")
JENIS_UNIT = (
    "pemerintah daerah", "sekretariat", "inspektorat", "dinas", "badan", "satuan", "kecamatan", "kelurahan",
    "rumah sakit", "puskesmas", "sekolah", "upt", "bagian", "bidang", "seksi", "subbagian", "asisten", "lain",
)  # fmt: skip
PREDIKAT = ("sangat baik", "baik", "butuh perbaikan", "kurang", "sangat kurang")
TINGKAT_HUKUMAN = ("ringan", "sedang", "berat")
METODE_ABK = ("tugas per tugas jabatan", "hasil kerja", "objek kerja", "peralatan kerja")
PERIODE = ("tahun", "bulan", "minggu", "hari")
SATUAN_WAKTU = ("menit", "jam", "hari", "minggu", "bulan", "tahun")
BENTUK_PELATIHAN = ("klasikal", "e-learning", "pelatihan di tempat kerja", "coaching", "magang")

# The nine competencies of every jabatan (PermenPANRB 38/2017), as columns of an assessment.
KOMPETENSI_MANAJERIAL = (
    "integritas", "kerja sama", "komunikasi", "orientasi pada hasil", "pelayanan publik",
    "pengembangan diri dan orang lain", "mengelola perubahan", "pengambilan keputusan",
)  # fmt: skip
KOMPETENSI_SOSIAL_KULTURAL = ("perekat bangsa",)
KOMPETENSI_INTI = KOMPETENSI_MANAJERIAL + KOMPETENSI_SOSIAL_KULTURAL

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "status_pegawai": STATUS_PEGAWAI,
    "jenis_kelamin": JENIS_KELAMIN,
    "jenis_jabatan": JENIS_JABATAN,
    "jenjang": JENJANG,
    "pendidikan": PENDIDIKAN,
    "golongan": GOLONGAN,
    "jenis_pemangku": JENIS_PEMANGKU,
    "status_posisi": STATUS_POSISI,
    "jenis_unit": JENIS_UNIT,
    "predikat": PREDIKAT,
    "tingkat_hukuman": TINGKAT_HUKUMAN,
    "metode_abk": METODE_ABK,
    "periode": PERIODE,
    "satuan_waktu": SATUAN_WAKTU,
    "bentuk_pelatihan": BENTUK_PELATIHAN,
}
