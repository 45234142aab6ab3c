"""What every column means, in one sentence, with a second example beside the one of the schema."""

from collections.abc import Mapping
from typing import Any

from penata.language import N_, _
from penata.snapshot.vocabulary import KOMPETENSI_INTI

_NIP = (N_("NIP atau NI PPPK pegawai, 18 angka, sebagai teks; harus ada pada lembar Pegawai."), "199205142025212007")

MEANINGS: Mapping[str, Mapping[str, tuple[str, Any]]] = {
    "unit": {
        "kode": (N_("Kode tetap unit; dipakai lembar lain untuk menunjuk unit ini."), "U-0102"),
        "nama": (N_("Nama resmi unit organisasi."), "Bidang Pelayanan Kesehatan"),
        "jenis": (N_("Bentuk unit."), "bidang"),
        "induk": (N_("Kode unit di atasnya; kosong hanya untuk unit puncak."), "U-0101"),
        "wilayah": (N_("Wilayah tempat unit berkedudukan."), "Kecamatan Selatan"),
        "terpencil": (N_("Apakah unit berada di daerah terpencil."), "ya"),
    },
    "jabatan": {
        "nama": (N_("Nama jabatan menurut nomenklatur; sama tulisannya dengan lembar Peta Jabatan."), "Kepala Bidang"),
        "jenis": (N_("Jenis jabatan."), "administrator"),
        "jenjang": (N_("Jenjang jabatan fungsional; kosong untuk jenis lain."), ""),
        "rumpun": (N_("Rumpun pekerjaan, untuk menilai kedekatan pengalaman."), "kesehatan"),
        "kelas": (N_("Kelas jabatan hasil evaluasi jabatan."), 11),
        "pendidikan_min": (N_("Pendidikan terendah yang disyaratkan."), "D-IV"),
        "bidang_studi": (N_("Bidang studi yang diterima; beberapa dipisah titik koma."), "Kesehatan Masyarakat"),
        "golongan_min": (N_("Golongan terendah yang disyaratkan."), "III/d"),
        "golongan_maks": (N_("Golongan tertinggi yang disyaratkan."), "IV/a"),
        "pengalaman_min": (N_("Pengalaman di bidangnya, dalam tahun."), 3),
        "sertifikat": (N_("Sertifikat yang wajib dimiliki; beberapa dipisah titik koma."), "PKA"),
        "bup": (N_("Batas usia pensiun khusus bila berbeda dari ketentuan umum."), ""),
    },
    "posisi": {
        "kode": (N_("Kode tetap posisi; dipakai lembar lain untuk menunjuk posisi ini."), "P-00018"),
        "jabatan": (N_("Nama jabatan pada posisi ini."), "Analis Kebijakan Ahli Muda"),
        "unit": (N_("Kode unit, atau nama unit bila namanya hanya satu."), "U-0101"),
        "atasan": (N_("Kode posisi atasan langsung; kosong hanya untuk posisi puncak."), "P-00017"),
        "jenis": (N_("Jenis jabatan; boleh kosong bila ada pada lembar Jabatan."), "fungsional"),
        "jenjang": (N_("Jenjang jabatan fungsional."), "ahli muda"),
        "kelas": (N_("Kelas jabatan; boleh kosong bila ada pada lembar Jabatan."), 9),
        "bezetting": (N_("Jumlah pegawai yang ada; tidak perlu bila lembar Pegawai diisi."), 2),
        "kebutuhan": (N_("Jumlah pegawai yang dibutuhkan menurut dokumen; dibandingkan dengan hasil hitung."), 3),
        "kritis": (N_("Apakah posisi ini penting sekali dan tidak boleh lama kosong."), "tidak"),
        "status": (N_("Apakah posisi masih dipakai."), "aktif"),
        "keterangan": (N_("Catatan bebas."), ""),
    },
    "pegawai": {
        "nip": (N_("NIP atau NI PPPK, 18 angka, disimpan sebagai teks."), "199205142025212007"),
        "nama": (N_("Nama pegawai tanpa gelar."), "Contoh Kedua"),
        "jenis_kelamin": (N_("Jenis kelamin."), "perempuan"),
        "tanggal_lahir": (N_("Tanggal lahir."), "14-05-1992"),
        "status": (N_("Status kepegawaian."), "pppk"),
        "golongan": (N_("Golongan ruang PNS (I/a sampai IV/e) atau golongan PPPK (I sampai XVII)."), "IX"),
        "tmt_golongan": (N_("Tanggal mulai golongan itu."), "01-03-2025"),
        "pendidikan": (N_("Tingkat pendidikan terakhir yang diakui."), "S-1"),
        "bidang_studi": (N_("Bidang studi pendidikan terakhir."), "Administrasi Publik"),
        "posisi": (N_("Kode posisi yang dipangku secara definitif; kosong bila belum berjabatan."), "P-00018"),
        "tmt_jabatan": (N_("Tanggal mulai memangku posisi itu."), "01-03-2025"),
        "kontrak_berakhir": (N_("Tanggal berakhirnya perjanjian kerja; hanya untuk PPPK."), "28-02-2030"),
        "wilayah": (N_("Wilayah tempat tinggal, untuk menimbang jarak."), "Kecamatan Selatan"),
        "sertifikat": (N_("Sertifikat yang dimiliki; beberapa dipisah titik koma."), ""),
        "terkunci": (N_("Apakah pegawai tidak boleh dipindah dalam penyusunan ini."), "ya"),
        "alasan_terkunci": (N_("Alasan tidak dipindah."), "tugas belajar"),
    },
    "pemangku": {
        "nip": _NIP,
        "posisi": (N_("Kode posisi yang dipangku."), "P-00018"),
        "jenis": (N_("Definitif, pelaksana tugas (plt) atau pelaksana harian (plh)."), "plt"),
        "tmt": (N_("Tanggal mulai memangku."), "01-03-2025"),
        "nomor_sk": (N_("Nomor surat keputusan atau surat perintah."), "821/45/2025"),
    },
    "beban_kerja": {
        "posisi": (N_("Kode posisi yang mengerjakan tugas ini."), "P-00018"),
        "tugas": (N_("Uraian tugas."), "Menelaah usulan kebijakan"),
        "hasil": (N_("Hasil kerja dan satuannya."), "telaahan"),
        "volume": (N_("Banyaknya hasil kerja dalam satu periode; tanpa ini beban tidak terhitung."), 4),
        "periode": (N_("Periode volume; kosong berarti satu tahun."), "bulan"),
        "norma_waktu": (N_("Waktu untuk satu hasil kerja; tanpa ini beban tidak terhitung."), 6),
        "satuan_waktu": (N_("Satuan norma waktu; kosong berarti menit."), "jam"),
        "metode": (N_("Cara menghitung kebutuhan; kosong berarti tugas per tugas jabatan."), "tugas per tugas jabatan"),
        "standar": (N_("Kemampuan rata-rata satu orang, atau rasio, untuk tiga metode lainnya."), ""),
    },
    "standar_kompetensi": {
        "jabatan": (N_("Nama jabatan seperti pada lembar Jabatan."), "Analis Kebijakan Ahli Muda"),
        "kompetensi": (N_("Nama kompetensi: manajerial, sosial kultural atau teknis."), "advokasi kebijakan"),
        "level": (N_("Tingkat yang dituntut, 0 sampai 5."), 4),
    },
    "asesmen": {
        "nip": _NIP,
        "tanggal": (N_("Tanggal penilaian."), "20-06-2025"),
        "metode": (N_("Cara menilai."), "asesmen cepat"),
        "berlaku_sampai": (N_("Hari terakhir hasil ini berlaku."), "20-06-2028"),
        "potensi": (N_("Nilai potensi, 0 sampai 100."), 68),
        **{
            name.replace(" ", "_"): (N_("Tingkat yang dicapai untuk kompetensi ini, 0 sampai 5."), 2)
            for name in KOMPETENSI_INTI
        },
    },
    "kompetensi_teknis": {
        "nip": _NIP,
        "kompetensi": (N_("Nama kompetensi teknis, sama dengan lembar Standar Kompetensi."), "analisis data"),
        "level": (N_("Tingkat yang dicapai, 0 sampai 5."), 3),
        "tanggal": (N_("Tanggal penilaian."), "20-06-2025"),
        "berlaku_sampai": (N_("Hari terakhir hasil ini berlaku."), "20-06-2028"),
    },
    "riwayat_jabatan": {
        "nip": _NIP,
        "jabatan": (N_("Nama jabatan yang pernah dipangku."), "Analis Kebijakan Ahli Pertama"),
        "jenis": (N_("Jenis jabatan itu."), "fungsional"),
        "jenjang": (N_("Jenjang jabatan fungsional."), "ahli pertama"),
        "rumpun": (N_("Rumpun pekerjaan jabatan itu."), "kebijakan"),
        "mulai": (N_("Tanggal mulai."), "01-03-2025"),
        "selesai": (N_("Tanggal selesai; kosong bila masih berjalan."), ""),
    },
    "predikat_kinerja": {
        "nip": _NIP,
        "tahun": (N_("Tahun penilaian."), 2024),
        "predikat": (N_("Predikat kinerja tahun itu."), "sangat baik"),
    },
    "hukuman_disiplin": {
        "nip": _NIP,
        "tingkat": (N_("Tingkat hukuman disiplin."), "sedang"),
        "mulai": (N_("Tanggal mulai berlaku."), "01-09-2025"),
        "selesai": (N_("Tanggal berakhir; kosong bila masih berjalan."), ""),
    },
    "pelatihan": {
        "kode": (N_("Kode pelatihan."), "L-02"),
        "nama": (N_("Nama pelatihan."), "Analisis Data Layanan"),
        "kompetensi": (N_("Kompetensi yang dinaikkan, sama dengan lembar Standar Kompetensi."), "analisis data"),
        "level_akhir": (N_("Tingkat yang dicapai peserta setelah lulus."), 4),
        "bentuk": (N_("Bentuk pelatihan."), "e-learning"),
        "jp": (N_("Lama pelatihan dalam jam pelajaran."), 40),
        "biaya": (N_("Biaya untuk satu peserta, dalam rupiah."), 850000),
        "kuota": (N_("Peserta terbanyak dalam setahun; kosong berarti tidak dibatasi."), 30),
    },
    "riwayat_pelatihan": {
        "nip": _NIP,
        "pelatihan": (N_("Nama pelatihan yang diikuti."), "Analisis Data Layanan"),
        "tahun": (N_("Tahun pelatihan."), 2024),
        "jp": (N_("Jam pelajaran yang diperoleh."), 40),
    },
    "minat": {
        "nip": _NIP,
        "urutan": (N_("Urutan minat, 1 yang paling diinginkan."), 2),
        "posisi": (N_("Kode posisi yang diminati."), ""),
        "jabatan": (N_("Nama jabatan yang diminati, bila posisinya bebas."), "Analis Kebijakan Ahli Muda"),
    },
}  # fmt: skip


def meaning(table: str, column: str) -> str:
    """Return what *column* of *table* means. Raises KeyError for a column that the schema does not have."""
    return _(MEANINGS[table][column][0])


def second_example(table: str, column: str) -> Any:
    """Return a second example value; empty where a cell may well stay empty."""
    return MEANINGS[table][column][1]
