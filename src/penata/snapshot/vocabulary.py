"""Closed vocabularies of the snapshot: the official word, and the spellings people use for it.

The stored value is the official word in lower case. Keys of ``SPELLINGS`` entries are compared after folding (lower
case, punctuation and spaces removed), so only really different spellings are listed.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from penata.rulebook.golongan import normalise
from penata.rulebook.jabatan import jenis_from_text

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

# Other spellings by vocabulary: official word to the words people write. Golongan and jenis jabatan are understood by
# the rulebook (see resolve).
SPELLINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "status_pegawai": {
        "pns": ("pegawai negeri sipil", "pns daerah", "pns pusat", "aktif pns", "pnsd", "pns aktif"),
        "cpns": ("calon pns", "calon pegawai negeri sipil", "cpnsd"),
        "pppk": ("p3k", "pegawai pemerintah dengan perjanjian kerja", "pppk penuh waktu", "p3k penuh waktu"),
        "pppk paruh waktu": ("p3k paruh waktu", "pppk pw", "paruh waktu", "pppk part time"),
    },
    "jenis_kelamin": {
        "laki-laki": ("l", "lk", "laki", "pria", "male", "m", "cowok"),
        "perempuan": ("p", "pr", "wanita", "w", "female", "f"),
    },
    "jenjang": {
        "ahli utama": ("utama",),
        "ahli madya": ("madya",),
        "ahli muda": ("muda",),
        "ahli pertama": ("pertama",),
        "mahir": ("pelaksana lanjutan",),
        "terampil": ("pelaksana",),
        "pemula": ("pelaksana pemula",),
    },
    "pendidikan": {
        "SD": ("sekolah dasar", "mi", "sederajat sd", "sd sederajat"),
        "SMP": ("sltp", "mts", "sekolah menengah pertama", "smp sederajat", "sltp sederajat", "sltp kejuruan"),
        "SLTA": (
            "sma", "smk", "smu", "stm", "smea", "ma", "spg", "slta sederajat", "sma sederajat", "sma smk",
            "sma smk sederajat", "sekolah menengah atas", "sekolah menengah kejuruan", "slta kejuruan", "slta keguruan",
        ),
        "D-I": ("d1", "diploma 1", "diploma i", "diploma satu"),
        "D-II": ("d2", "diploma 2", "diploma ii", "diploma dua"),
        "D-III": (
            "d3", "diploma 3", "diploma iii", "diploma tiga", "diploma iii sarjana muda", "sarjana muda", "akademi",
            "ahli madya",
        ),
        "D-IV": ("d4", "diploma 4", "diploma iv", "diploma empat", "sarjana terapan"),
        "S-1": (
            "s1", "strata 1", "strata i", "strata satu", "sarjana", "s1 sarjana", "s1 div", "s1 d4", "profesi",
            "s1 profesi", "bachelor",
        ),
        "S-2": (
            "s2", "strata 2", "strata ii", "strata dua", "magister", "s2 magister", "pascasarjana", "spesialis", "sp1",
            "master",
        ),
        "S-3": ("s3", "strata 3", "strata iii", "strata tiga", "doktor", "s3 doktor", "subspesialis", "phd"),
    },
    "jenis_pemangku": {
        "definitif": ("def", "pejabat definitif", "tetap"),
        "plt": ("pelaksana tugas",),
        "plh": ("pelaksana harian",),
    },
    "status_posisi": {
        "aktif": ("active", "ada", "berlaku"),
        "dibekukan": ("beku", "dibekukan sementara", "moratorium"),
        "dihapus": ("hapus", "dihapuskan", "tidak aktif", "nonaktif", "eliminated"),
    },
    "jenis_unit": {
        "pemerintah daerah": ("pemda", "pemkot", "pemkab", "pemprov", "kota", "kabupaten", "provinsi", "instansi"),
        "sekretariat": ("setda", "sekretariat daerah", "sekretariat dprd", "setwan"),
        "badan": ("lembaga", "kantor"),
        "satuan": ("satpol pp", "satuan polisi pamong praja"),
        "rumah sakit": ("rsud", "rs", "rumah sakit umum daerah"),
        "puskesmas": ("pusat kesehatan masyarakat",),
        "sekolah": ("tk", "sdn", "smpn", "sekolah dasar", "sekolah menengah pertama", "satuan pendidikan"),
        "upt": ("uptd", "upt daerah", "unit pelaksana teknis", "unit pelaksana teknis daerah"),
        "bagian": ("biro",),
        "seksi": ("subbidang", "sub bidang", "subid"),
        "subbagian": ("sub bagian", "subbag", "kasubbag"),
        "lain": ("lainnya", "lain lain"),
    },
    "predikat": {
        "sangat baik": ("istimewa", "amat baik", "sb"),
        "baik": ("b", "good"),
        "butuh perbaikan": ("cukup", "perlu perbaikan", "bp", "butuh pebaikan"),
        "kurang": ("k", "misconduct", "kurang misconduct"),
        "sangat kurang": ("sk", "buruk"),
    },
    "tingkat_hukuman": {
        "ringan": ("hukuman disiplin ringan", "hukuman ringan", "r"),
        "sedang": ("hukuman disiplin sedang", "hukuman sedang", "s"),
        "berat": ("hukuman disiplin berat", "hukuman berat", "b"),
    },
    "metode_abk": {
        "tugas per tugas jabatan": ("tugas per tugas", "tugas", "pendekatan tugas per tugas jabatan", "tugas pertugas"),
        "hasil kerja": ("pendekatan hasil kerja", "hasil"),
        "objek kerja": ("obyek kerja", "pendekatan objek kerja", "pendekatan obyek kerja", "objek"),
        "peralatan kerja": ("pendekatan peralatan kerja", "peralatan", "alat kerja"),
    },
    "periode": {
        "tahun": ("tahunan", "per tahun", "thn", "th", "1 tahun", "setahun"),
        "bulan": ("bulanan", "per bulan", "bln", "setiap bulan"),
        "minggu": ("mingguan", "per minggu", "mgg"),
        "hari": ("harian", "per hari", "hr", "setiap hari"),
    },
    "satuan_waktu": {
        "menit": ("mnt", "minutes", "min"),
        "jam": ("hours",),
        "hari": ("hr", "hari kerja"),
        "minggu": ("mgg",),
        "bulan": ("bln",),
        "tahun": ("thn", "th"),
    },
    "bentuk_pelatihan": {
        "klasikal": ("tatap muka", "luring"),
        "e-learning": ("elearning", "daring", "online", "jarak jauh", "pembelajaran daring", "mooc", "nonklasikal"),
        "pelatihan di tempat kerja": ("on the job training", "ojt", "di tempat kerja"),
        "coaching": ("mentoring", "bimbingan", "coaching mentoring"),
        "magang": ("praktik kerja", "benchmarking"),
    },
}  # fmt: skip


ABBREVIATIONS = {
    "pns": "PNS", "cpns": "CPNS", "pppk": "PPPK", "jpt": "JPT", "plt": "Plt", "plh": "Plh", "upt": "UPT",
}  # fmt: skip


@cache
def shown(word: str) -> str:
    """Return *word* of a vocabulary as people read it: abbreviations as the regulations write them."""
    return " ".join(ABBREVIATIONS.get(part, part) for part in word.split(" "))


def resolve(vocabulary: str, text: str) -> str | None:
    """Return the official word of *vocabulary* that *text* means, or None when it means none.

    Case, spaces and punctuation do not count. Golongan and jenis jabatan are understood as the rulebook understands
    them, so an eselon (``Eselon III.a``) counts as a jenis.
    """
    word = _words(vocabulary).get(_fold(text))
    if word is not None:
        return word
    if vocabulary == "golongan":
        return normalise(text)
    return jenis_and_jenjang(text)[0] if vocabulary == "jenis_jabatan" else None


def jenis_and_jenjang(text: str) -> tuple[str | None, str | None]:
    """Return the jenis jabatan that *text* means and, where it tells, the jenjang; None where it does not."""
    return jenis_from_text(text)


@cache
def _words(vocabulary: str) -> Mapping[str, str]:
    """Return folded spelling to official word; official words win over other spellings."""
    others = {_fold(spelling): word for word, all_ in SPELLINGS.get(vocabulary, {}).items() for spelling in all_}
    return {**others, **{_fold(word): word for word in VOCABULARIES[vocabulary]}}


def _fold(text: str) -> str:
    """Return the letters and digits of *text* in lower case."""
    return re.sub(r"[^0-9a-z]+", "", unicodedata.normalize("NFKD", text).lower())
