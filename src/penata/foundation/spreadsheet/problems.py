"""Every finding of reading: stable code, weight, text and remedy, in one table.

Texts are Indonesian source strings; placeholders are filled when a finding is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from penata.foundation.findings import Level
from penata.language import N_, _


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of finding."""

    level: Level
    message: str
    remedy: str


PROBLEMS: Mapping[str, Problem] = {
    # --- sheets and headers
    "B01": Problem(
        Level.GALAT,
        N_("Kolom wajib “{title}” tidak ditemukan pada lembar “{sheet}”.{near}"),
        N_("Tambahkan kolom itu atau ubah judul kolom yang dimaksud menjadi “{title}”."),
    ),
    "B02": Problem(
        Level.GALAT,
        N_("Judul kolom “{title}” muncul lebih dari sekali ({columns}) dengan isi yang berbeda."),
        N_("Hapus atau ganti nama salah satunya, lalu ulangi."),
    ),
    "B03": Problem(
        Level.GALAT,
        N_("Baris judul tidak ditemukan dalam sepuluh baris pertama lembar “{sheet}”."),
        N_("Letakkan baris judul, sedikitnya kolom {required}, di salah satu dari sepuluh baris pertama."),
    ),
    "B04": Problem(
        Level.KETERANGAN,
        N_("Kolom berikut tidak dipakai karena judulnya tidak dikenal: {columns}."),
        N_("Abaikan bila memang tidak diperlukan; bila diperlukan, samakan judulnya dengan templat."),
    ),
    "B05": Problem(
        Level.KETERANGAN,
        N_("Lembar tersembunyi tidak dibaca."),
        N_("Tampilkan (unhide) lembar itu bila isinya harus ikut dibaca."),
    ),
    "B06": Problem(
        Level.KETERANGAN,
        N_("Lembar ini tidak dikenal sebagai tabel mana pun dan tidak dibaca.{near}"),
        N_("Beri nama lembar dan judul kolom seperti pada templat bila isinya harus ikut dibaca."),
    ),
    "B07": Problem(
        Level.KETERANGAN,
        N_("{count} baris jumlah atau total dilewati (baris {rows})."),
        N_("Tidak perlu tindakan; jumlah dihitung ulang."),
    ),
    "B08": Problem(
        Level.KETERANGAN,
        N_("Berkas ini sebenarnya {kind}, bukan {suffix}; isinya tetap dibaca."),
        N_("Simpan ulang sebagai .xlsx agar nama berkas sesuai isinya."),
    ),
    "B09": Problem(
        Level.KETERANGAN,
        N_("Galat rumus tidak dapat dikenali dalam format {kind}; sel seperti itu terbaca kosong."),
        N_("Simpan ulang sebagai .xlsx agar galat rumus ikut diperiksa."),
    ),
    # --- cells
    "B11": Problem(
        Level.GALAT,
        N_("Sel berisi galat rumus {value}."),
        N_("Perbaiki rumusnya atau tempel nilainya (Tempel Khusus > Nilai), lalu simpan."),
    ),
    "B12": Problem(
        Level.GALAT,
        N_("Sel berisi rumus yang hasilnya belum tersimpan dalam berkas."),
        N_("Buka berkas di aplikasi lembar kerja, biarkan menghitung, lalu simpan."),
    ),
    "B13": Problem(
        Level.GALAT,
        N_("{title} tersimpan sebagai bilangan sehingga angka-angka terakhirnya sudah hilang."),
        N_("Format kolom sebagai Teks, lalu salin ulang dari sumber; angka yang hilang tidak dapat dipulihkan."),
    ),
    "B14": Problem(
        Level.GALAT,
        N_("{title} harus 18 angka; yang terbaca {count} karakter."),
        N_("Tulis 18 angka NIP atau NI PPPK sebagai teks."),
    ),
    "B15": Problem(
        Level.GALAT,
        N_("Isi sel tidak terbaca sebagai bilangan."),
        N_("Tulis bilangan saja, misalnya 1.234,5 atau 1,5, tanpa satuan atau keterangan."),
    ),
    "B16": Problem(
        Level.GALAT,
        N_("Isi sel harus bilangan bulat."),
        N_("Tulis bilangan tanpa pecahan."),
    ),
    "B18": Problem(
        Level.GALAT,
        N_("Isi sel tidak terbaca sebagai tanggal."),
        N_("Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-08-2025 atau 17 Agustus 2025."),
    ),
    "B19": Problem(
        Level.GALAT,
        N_("Tahun pada tanggal ini hanya dua angka sehingga abadnya tidak pasti."),
        N_("Tulis tahun dengan empat angka, misalnya 17-08-2025."),
    ),
    "B20": Problem(
        Level.GALAT,
        N_("Isi sel tidak terbaca sebagai tahun."),
        N_("Tulis tahun dengan empat angka, misalnya 2025."),
    ),
    "B21": Problem(
        Level.GALAT,
        N_("Isi sel harus “ya” atau “tidak”."),
        N_("Tulis ya atau tidak."),
    ),
    "B22": Problem(
        Level.GALAT,
        N_("“{value}” bukan pilihan yang dikenal untuk {title}.{near}"),
        N_("Pilih salah satu: {allowed}."),
    ),
    "B23": Problem(
        Level.PERINGATAN,
        N_("Kode tersimpan sebagai bilangan pecahan; nol di belakang (1.10) bisa sudah hilang."),
        N_("Format kolom kode sebagai Teks dan salin ulang dari sumber."),
    ),
    # --- mappings
    "B30": Problem(
        Level.KETERANGAN,
        N_("Lembar dibaca dengan pemetaan “{name}”."),
        N_("Tidak perlu tindakan; periksa pemetaannya bila hasilnya tidak sesuai."),
    ),
    "B31": Problem(
        Level.KETERANGAN,
        N_("{count} baris dilewati menurut aturan pemetaan “{name}”."),
        N_("Tidak perlu tindakan."),
    ),
    # --- tables derived from other tables
    "B40": Problem(
        Level.KETERANGAN,
        N_("Lembar Unit tidak ada; {count} unit diturunkan dari kolom Unit pada Peta Jabatan dan garis atasannya."),
        N_("Tambahkan lembar Unit bila susunan unit harus tepat."),
    ),
    "B41": Problem(
        Level.KETERANGAN,
        N_("Lembar Jabatan tidak ada; {count} jabatan diturunkan dari Peta Jabatan tanpa syarat jabatan."),
        N_("Tambahkan lembar Jabatan agar syarat jabatan ikut diperiksa."),
    ),
}


def finding(code: str, **place: Any) -> dict[str, Any]:
    """Return one finding of kind *code*.

    Keys of the findings frame (file, sheet, row, column, header, value, table, subject) are stored as given; every key
    may also fill a placeholder of the text.
    """
    problem = PROBLEMS[code]
    words = {"near": "", **place}
    stored = ("file", "sheet", "row", "column", "header", "value", "table", "subject")
    return {
        "code": code,
        "level": problem.level.value,
        "message": _(problem.message).format(**words),
        "remedy": _(problem.remedy).format(**words),
        **{name: place.get(name) for name in stored},
    }
