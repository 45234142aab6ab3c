"""What topics, evidence and the choices of the policy are called on the screen."""

from collections.abc import Mapping
from typing import Any

from penata.faces.components.templating import number, short_day
from penata.language import N_, _
from penata.rulebook.legislation import Evidence

TOPICS: dict[str, str] = {
    "abk": N_("Analisis beban kerja"),
    "ak": N_("Angka kredit"),
    "anjab": N_("Informasi jabatan"),
    "bup": N_("Batas usia pensiun"),
    "disiplin": N_("Disiplin"),
    "golongan": N_("Golongan dan pangkat"),
    "integritas": N_("Pemeriksaan peta jabatan"),
    "ipasn": N_("Indeks Profesionalitas ASN"),
    "jabatan": N_("Jabatan"),
    "jam_kerja": N_("Jam kerja"),
    "jpm": N_("Kompetensi (JPM)"),
    "kelas_jabatan": N_("Kelas jabatan"),
    "kinerja": N_("Kinerja"),
    "merit": N_("Sistem merit"),
    "mutasi": N_("Mutasi"),
    "mutu": N_("Mutu data"),
    "nip": N_("NIP"),
    "pelaksana": N_("Jabatan pelaksana"),
    "pengembangan": N_("Pengembangan kompetensi"),
    "pppk": N_("PPPK"),
    "seleksi": N_("Seleksi"),
    "skm": N_("Survei kepuasan masyarakat"),
    "syarat": N_("Syarat jabatan"),
    "talenta": N_("Manajemen talenta"),
}
# sign, word, tone: never colour alone
EVIDENCE: dict[Evidence, tuple[str, str, str]] = {
    Evidence.TEXT: ("✓", N_("naskah"), "baik"),
    Evidence.SECONDARY: ("◐", N_("sumber kedua"), "perlu"),
    Evidence.MEMORY: ("○", N_("ingatan"), "buruk"),
}
STATEMENTS: dict[str, str] = {
    "konfirmasi": N_("dicocokkan dengan naskah"),
    "varian": N_("varian dipilih"),
    "nilai": N_("nilai ditetapkan"),
}
SECTIONS: dict[str, str] = {
    "bobot": N_("Bobot kecocokan (persen, jumlah 100)"),
    "penempatan": N_("Penempatan"),
    "mendesak": N_("Kemendesakan posisi (poin)"),
    "pelatihan": N_("Pelatihan"),
}
CHOICES: dict[str, str] = {
    "anggaran": N_("Anggaran setahun (rupiah)"),
    "bidang_studi": N_("Bidang studi"),
    "bidang_studi_wajib": N_("Bidang studi menjadi syarat wajib"),
    "biaya_pindah": N_("Poin yang harus diperoleh agar pindah diusulkan (0–1000)"),
    "bobot_diusulkan": N_("Pengali bagi yang diusulkan pindah"),
    "bobot_kritis": N_("Pengali bagi posisi kritis"),
    "calon_per_pegawai": N_("Calon posisi per pegawai pada putaran pertama"),
    "calon_per_posisi": N_("Calon pegawai per posisi pada putaran pertama"),
    "ganti_rumpun_fungsional": N_("Pejabat fungsional boleh ke luar rumpun"),
    "jarak": N_("Jarak"),
    "jp_maks": N_("JP paling banyak per orang setahun"),
    "jumlah": N_("Banyak posisi yang didaftar"),
    "kekurangan": N_("Bagian kebutuhan yang kurang"),
    "kelebihan_boleh_tetap": N_("Kelebihan tanpa kursi sah boleh tetap"),
    "kinerja": N_("Kinerja"),
    "kompetensi": N_("Kompetensi"),
    "kosong": N_("Posisi lain tanpa pemangku"),
    "kritis_kosong": N_("Posisi kritis tanpa pemangku"),
    "masa_jabatan_min": N_("Taati masa jabatan minimal"),
    "minat": N_("Minat"),
    "nilai_netral": N_("Nilai bila data tidak ada (0–1)"),
    "pengali_kritis": N_("Pengali posisi kritis"),
    "pengalaman": N_("Pengalaman"),
    "pengalaman_penuh": N_("Tahun pengalaman untuk nilai penuh"),
    "pensiun": N_("Pemangku segera pensiun"),
    "per_orang": N_("Setiap orang yang kurang"),
    "perpindahan_jalur": N_("Boleh pindah antara struktural dan fungsional setingkat"),
    "potensi": N_("Potensi"),
    "pppk_pindah": N_("PPPK boleh diusulkan pindah"),
    "promosi": N_("Boleh diusulkan naik jenis jabatan"),
    "sisa_masa_kerja_min": N_("Tahun tersisa sebelum BUP bagi yang diangkat"),
    "tahun_pensiun": N_("Tahun ke depan untuk pensiun"),
    "turun_kelas": N_("Boleh turun kelas jabatan"),
    "wilayah_sendiri": N_("Pindah hanya di dalam wilayah"),
}


def topic_title(topic: str) -> str:
    """Return what a topic is called."""
    return _(TOPICS[topic]) if topic in TOPICS else key_text(topic).capitalize()


def leaf_text(value: Any) -> str:
    """Return one single value of a table as people write it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int | float):
        return number(value, None if float(value).is_integer() else _places(value))
    return short_day(value) if hasattr(value, "strftime") else str(value)


def _places(value: float) -> int:
    return min(6, len(repr(float(value)).partition(".")[2]))


def summary(value: Any) -> str:
    """Return a value in a few words: the figure itself, or how large the table is."""
    if isinstance(value, list):
        return _("tabel, {n} baris").format(n=len(value))
    if isinstance(value, Mapping):
        return _("tabel, {n} isian").format(n=len(value))
    return leaf_text(value)


def key_text(key: Any) -> str:
    """Return the name of a row or column of a table."""
    return str(key).replace("_", " ")
