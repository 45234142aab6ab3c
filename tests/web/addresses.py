"""Example values for every address with a blank: of the small agency, inside and outside the operator's scope.

Each entry is a function from the agency to (own, other); other is None where the thing has no scope, or where nobody
whose scope is a part of the agency holds the permission.
"""

from datetime import date
from uuid import UUID

from penata.domain.beban_kerja.models import Abk, AbkBaris, RasioNorma
from penata.domain.jabatan.models import EvaluasiJabatan, InformasiJabatan, PosisiMasa
from penata.domain.organisasi.models import Rancangan
from penata.domain.pegawai.models import MutuTemuan, Pemangku, Rekonsiliasi, SelisihSiasn
from penata.domain.pertukaran.models import Impor
from penata.foundation.access.models import Penugasan, TokenApi
from penata.foundation.tasks.models import Pekerjaan

OWN, OTHER = "U-0101", "U-0201"
POSISI = {OWN: "P-012", OTHER: "P-022"}
ORANG = {OWN: "Danu Wiratama", OTHER: "Rangga Saputra"}
JABATAN = {OWN: "Analis Kebijakan Ahli Muda", OTHER: "Guru Ahli Pertama"}
PEKERJAAN = {name: UUID(int=number) for number, name in enumerate(("analis", "operator"), start=1)}


def both(make):
    """Return the example of a thing that lies in a unit."""
    return lambda kota: (make(kota, OWN), make(kota, OTHER))


def single(make):
    """Return the example of a thing without scope."""
    return lambda kota: (make(kota, OWN), None)


def abk(kota, unit):
    return Abk.objects.get_or_create(unit=kota.unit[unit], tahun=2026)[0].pk


def row(kota, unit):
    posisi = kota.posisi[POSISI[unit]]
    found = {"abk_id": abk(kota, unit), "posisi": posisi, "tugas": "Menyusun laporan"}
    return AbkBaris.objects.get_or_create(**found, defaults={"volume": 12, "norma_waktu": 60, "periode": "tahun"})[0].pk


def informasi(kota, unit):
    found = {"jabatan": kota.jabatan[JABATAN[unit]], "unit": kota.unit[unit]}
    return InformasiJabatan.objects.get_or_create(**found, defaults={"penyusun": kota.user["analis"]})[0].pk


def evaluasi(kota, unit):
    found = {"jabatan": kota.jabatan[JABATAN[unit]]}
    defaults = {"penyusun": kota.user["analis"], "jalur": "nonmanajerial"}
    return EvaluasiJabatan.objects.get_or_create(**found, defaults=defaults)[0].pk


def rancangan(kota, _unit):
    defaults = {"mulai": date(2027, 1, 1), "penyusun": kota.user["analis"]}
    return Rancangan.objects.get_or_create(nama="Penataan dinas", defaults=defaults)[0].pk


def norma(kota, _unit):
    defaults = {"pembagi": 20, "pembulatan": "setengah-ke-atas", "dasar": "Keputusan", "bukti": "text"}
    found = {"jabatan": kota.jabatan["Guru Ahli Pertama"], "satuan": "kelas", "mulai": date(2026, 1, 1)}
    return RasioNorma.objects.get_or_create(**found, defaults=defaults)[0].pk


def temuan(kota, unit):
    found = {"pegawai": kota.pegawai[ORANG[unit]], "unit": kota.unit[unit], "kode": "M01"}
    return MutuTemuan.objects.get_or_create(**found, defaults={"dimensi": "lengkap", "urut": 1, "pesan": "kosong"})[
        0
    ].pk


def rekonsiliasi(kota, unit):
    found = {"nama_berkas": "siasn.xlsx", "unit": kota.unit[unit], "pemilik": kota.user["analis"]}
    return Rekonsiliasi.objects.get_or_create(
        **found, defaults={"per": date(2026, 11, 1), "status": "gagal", "ringkasan": {"sebab": "Rusak"}}
    )[0].pk


def selisih(kota, unit):
    person = kota.pegawai[ORANG[unit]]
    found = {"rekonsiliasi_id": rekonsiliasi(kota, unit), "nip": person.nip, "kolom": "nama"}
    defaults = {"nama": person.nama, "pegawai": person, "unit": kota.unit[unit], "jenis": "siasn", "siasn": "Lain"}
    return SelisihSiasn.objects.get_or_create(**found, defaults=defaults)[0].pk


def impor(kota, unit):
    found = {"nama": f"{unit}.xlsx", "unit": kota.unit[unit], "oleh": kota.user["analis"]}
    return Impor.objects.get_or_create(**found, defaults={"per": date(2026, 11, 1)})[0].pk


def pekerjaan(kota):
    for name, key in PEKERJAAN.items():
        Pekerjaan.objects.get_or_create(
            pk=key, defaults={"jenis": "uji", "judul": "Uji", "pemilik": kota.user[name], "status": "selesai"}
        )
    return ((PEKERJAAN["analis"],), (PEKERJAAN["analis"],))


def pemangku(kota, unit):
    return Pemangku.objects.get(pegawai=kota.pegawai[ORANG[unit]]).pk


def masa(kota, unit):
    return PosisiMasa.objects.get(posisi=kota.posisi[POSISI[unit]]).pk


def delegasi(kota, giver):
    found = {"user": kota.user["evaluasi"], "pemberi": kota.user[giver], "peran": "tim evaluasi"}
    return Penugasan.objects.get_or_create(**found, defaults={"mulai": date(2026, 11, 1)})[0].pk


def token(kota, owner):
    found = {"user": kota.user[owner], "sidik": owner}
    return TokenApi.objects.get_or_create(**found, defaults={"nama": "Uji", "selesai": date(2027, 1, 1)})[0].pk


def with_abk(*more):
    return both(lambda kota, unit: (abk(kota, unit), *more))


def with_posisi(*more):
    return both(lambda kota, unit: (POSISI[unit], *more))


def with_unit(kota, unit):
    return (unit,)


def person(kota, unit):
    return (kota.pegawai[ORANG[unit]].nip,)


EXAMPLES = {
    "ekspor": lambda kota: (("unit", "csv"), None),
    "pekerjaan_satu": pekerjaan,
    "pekerjaan_batalkan": pekerjaan,
    # organisasi
    **dict.fromkeys(("unit", "unit_cabang", "unit_ubah", "unit_pindah", "unit_akhiri"), both(with_unit)),
    "penetapan": lambda kota: ((kota.penetapan.pk,), None),
    "penetapan_naskah": lambda kota: ((kota.penetapan.pk,), None),
    **dict.fromkeys(
        (
            "rancangan", "rancangan_ubah", "rancangan_suntingan", "rancangan_bandingkan", "rancangan_ajukan",
            "rancangan_kembalikan", "rancangan_batalkan", "rancangan_berlakukan",
        ),
        single(lambda kota, unit: (rancangan(kota, unit),)),
    ),
    "rancangan_tambah": single(lambda kota, unit: (rancangan(kota, unit), "unit-baru")),
    "rancangan_saran": single(lambda kota, unit: (rancangan(kota, unit), "unit")),
    "rancangan_asal": single(lambda kota, unit: (rancangan(kota, unit), "kebutuhan")),
    # jabatan
    **dict.fromkeys(
        ("jabatan_satu", "jabatan_ubah", "jabatan_kelas", "standar_ubah", "standar_pdf", "evaluasi_baru"),
        single(lambda kota, unit: (kota.jabatan[JABATAN[unit]].pk,)),
    ),
    "informasi_baru_posisi": both(lambda kota, unit: (masa(kota, unit),)),
    "informasi_baru": single(lambda kota, unit: (kota.jabatan[JABATAN[unit]].pk,)),
    **dict.fromkeys(
        (
            "informasi_satu", "informasi_salin", "informasi_pdf", "informasi_ajukan", "informasi_verifikasi",
            "informasi_kembalikan", "informasi_tetapkan", "informasi_perbarui", "informasi_hapus",
        ),
        both(lambda kota, unit: (informasi(kota, unit),)),
    ),
    "informasi_butir": both(lambda kota, unit: (informasi(kota, unit), "ikhtisar")),
    **dict.fromkeys(
        (
            "evaluasi_satu", "evaluasi_asal", "evaluasi_pdf", "evaluasi_ajukan", "evaluasi_kembalikan",
            "evaluasi_tetapkan", "evaluasi_hapus",
        ),
        single(lambda kota, unit: (evaluasi(kota, unit),)),
    ),
    # beban kerja
    **dict.fromkeys(
        (
            "abk_satu", "abk_baris", "abk_simpan", "abk_baca", "abk_periksa", "abk_posisi", "abk_pemeriksaan",
            "abk_penetapan", "abk_asal_unit", "abk_pdf", "abk_xlsx",
        ),
        with_abk(),
    ),
    "abk_posisi_satu": both(lambda kota, unit: (abk(kota, unit), kota.posisi[POSISI[unit]].pk)),
    "abk_asal_posisi": both(lambda kota, unit: (abk(kota, unit), kota.posisi[POSISI[unit]].pk)),
    "abk_asal_baris": both(lambda kota, unit: (abk(kota, unit), row(kota, unit))),
    "abk_alur": with_abk("ajukan"),
    "abk_banding_grafik": single(lambda kota, unit: (kota.jabatan["Pengelola Data"].pk,)),
    "abk_banding_asal": single(lambda kota, unit: (kota.jabatan["Pengelola Data"].pk,)),
    "rasio_norma_akhiri": single(lambda kota, unit: (norma(kota, unit),)),
    "rasio_asal": both(lambda kota, unit: (norma(kota, unit), kota.unit[unit].pk)),
    # peta jabatan
    "peta_asal": lambda kota: (("kebutuhan",), None),
    "peta_berkas": lambda kota: ((PEKERJAAN["analis"],), None),
    **dict.fromkeys(
        ("posisi", "posisi_ringkas", "posisi_temuan", "posisi_ubah", "posisi_akhiri", "posisi_angkat"), with_posisi()
    ),
    "posisi_asal": with_posisi("kebutuhan"),
    "posisi_lepas": both(lambda kota, unit: (POSISI[unit], pemangku(kota, unit))),
    # pegawai
    **dict.fromkeys(
        (
            "pegawai_profil", "pegawai_asal_pensiun", "pegawai_asal_mutu", "pegawai_data_diri", "pegawai_golongan",
            "pegawai_pendidikan", "pegawai_berhenti",
        ),
        both(person),
    ),
    "mutu_temuan": both(lambda kota, unit: (temuan(kota, unit),)),
    "rekonsiliasi_selisih_satu": both(lambda kota, unit: (selisih(kota, unit),)),
    **dict.fromkeys(
        (
            "rekonsiliasi_satu", "rekonsiliasi_putuskan", "rekonsiliasi_terapkan", "rekonsiliasi_batalkan",
            "rekonsiliasi_perbaikan",
        ),
        both(lambda kota, unit: (rekonsiliasi(kota, unit),)),
    ),
    "rekonsiliasi_pegawai": both(lambda kota, unit: (rekonsiliasi(kota, unit), kota.pegawai[ORANG[unit]].nip)),
    # pertukaran
    **dict.fromkeys(
        (
            "impor", "impor_pemetaan", "impor_baca_ulang", "impor_terapkan", "impor_buang", "impor_urungkan",
            "impor_perbaikan", "impor_temuan",
        ),
        both(lambda kota, unit: (impor(kota, unit),)),
    ),
    "ekspor_tabel": lambda kota: (("unit",), None),
    # akun: the administrator's, or one's own
    **dict.fromkeys(
        ("akun_satu", "akun_aktif", "akun_sandi", "akun_faktor", "akun_peran"),
        lambda kota: ((kota.user["pegawai"].pk,), None),
    ),
    "akun_peran_akhiri": lambda kota: ((kota.user["pegawai"].penugasan.get().pk,), None),
    "token_cabut": lambda kota: ((token(kota, "analis"),), (token(kota, "pimpinan"),)),
    "delegasi_akhiri": lambda kota: ((delegasi(kota, "analis"),), (delegasi(kota, "pimpinan"),)),
    # peraturan, audit, panduan
    **dict.fromkeys(
        ("parameter", "parameter_cocokkan", "parameter_nilai", "parameter_varian"),
        lambda kota: (("abk.waktu_kerja_efektif",), None),
    ),
    "parameter_cabut": lambda kota: (("abk.waktu_kerja_efektif", 1), None),
    "kebijakan_batal": lambda kota: ((1,), None),
    "jejak_satu": lambda kota: ((1,), None),
    "panduan_satu": lambda kota: (("operator",), None),
    "riwayat_objek": both(lambda kota, unit: ("posisi", POSISI[unit])),
}  # fmt: skip
