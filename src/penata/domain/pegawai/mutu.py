"""The checks of the data of one person: dimension, title, the decision that a fault would change, and where to mend it.

Checks that exist elsewhere are reused under their code: V.. of the validation of a snapshot, I.. of the integrity of
the map. M.. are of this room. How each finds its rows stands in :mod:`penata.domain.pegawai.mutu_periksa`.
"""

from dataclasses import dataclass
from enum import StrEnum

from penata.language import N_


class Dimensi(StrEnum):
    """What good data are."""

    LENGKAP = "lengkap"
    MUTAKHIR = "mutakhir"
    AKURAT = "akurat"
    KONSISTEN = "konsisten"


DIMENSI_TITLES: dict[Dimensi, str] = {
    Dimensi.LENGKAP: N_("Lengkap"),
    Dimensi.MUTAKHIR: N_("Mutakhir"),
    Dimensi.AKURAT: N_("Akurat"),
    Dimensi.KONSISTEN: N_("Konsisten"),
}


class Bagian(StrEnum):
    """The form in which a fault is mended."""

    DATA = "data"
    GOLONGAN = "golongan"
    PENDIDIKAN = "pendidikan"
    BERHENTI = "berhenti"
    JABATAN = "jabatan"  # mended where posts are filled, or by import
    RIWAYAT = "riwayat"  # mended by import of the table of histories


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """One check.

    ``butuh``: columns without which it cannot judge. ``dicatat``: what somebody must have for it to be asked at all.
    """

    kode: str
    dimensi: Dimensi
    judul: str
    keputusan: str
    bagian: Bagian
    butuh: tuple[str, ...] = ()
    dicatat: str = ""


_PENSIUN = N_("Tanggal pensiun dan proyeksi kebutuhan lima tahun")
_BEZETTING = N_("Bezetting, kekosongan, dan selisih kebutuhan pada peta jabatan")
_KELAYAKAN = N_("Kelayakan dan usulan penempatan dalam jabatan")
_SAH = N_("Keabsahan pengangkatan dalam jabatan yang dipangku")
_TALENTA = N_("Kotak talenta, promosi, dan suksesi")
_PANGKAT = N_("Kenaikan pangkat dan kelayakan menurut golongan")
_LAYANAN = N_("Layanan kepegawaian dan pencocokan dengan SIASN")
_KONTRAK = N_("Perpanjangan perjanjian kerja dan proyeksi kebutuhan")

_L, _M, _A, _K = Dimensi.LENGKAP, Dimensi.MUTAKHIR, Dimensi.AKURAT, Dimensi.KONSISTEN

# Gravest first: the worklist goes in this order.
CHECKS: dict[str, Pemeriksaan] = {
    check.kode: check
    for check in (
        Pemeriksaan("V13", _A, N_("NIP tidak sah"), _PENSIUN, Bagian.DATA, ("nip",)),
        Pemeriksaan("I43", _M, N_("Melewati batas usia pensiun"), _BEZETTING, Bagian.BERHENTI, ("posisi",)),
        Pemeriksaan("M01", _L, N_("Tidak memangku posisi"), _BEZETTING, Bagian.JABATAN, dicatat="posisi"),
        Pemeriksaan("V14", _K, N_("Tanggal lahir berbeda dengan NIP"), _PENSIUN, Bagian.DATA, ("tanggal_lahir",)),
        Pemeriksaan("V18", _A, N_("Usia di bawah batas"), _PENSIUN, Bagian.DATA, ("tanggal_lahir",)),
        Pemeriksaan("V19", _A, N_("Usia di atas batas"), _PENSIUN, Bagian.DATA, ("tanggal_lahir",)),
        Pemeriksaan("V17", _A, N_("Tanggal berada di masa depan"), _KELAYAKAN, Bagian.DATA),
        Pemeriksaan("V16", _K, N_("Status berbeda dengan bentuk NIP"), _SAH, Bagian.DATA, ("status",)),
        Pemeriksaan("V21", _K, N_("Golongan tidak sesuai status"), _PANGKAT, Bagian.GOLONGAN, ("golongan", "status")),
        Pemeriksaan("I45", _K, N_("PPPK dalam jabatan struktural"), _SAH, Bagian.JABATAN, ("posisi", "status")),
        Pemeriksaan(
            "I46", _K, N_("Pendidikan di bawah syarat jabatan"), _SAH, Bagian.PENDIDIKAN, ("posisi", "pendidikan"),
        ),
        Pemeriksaan("I47", _K, N_("Golongan di bawah syarat jabatan"), _SAH, Bagian.GOLONGAN, ("posisi", "golongan")),
        Pemeriksaan("V35", _A, N_("TMT sebelum usia dewasa"), _KELAYAKAN, Bagian.DATA, ("tanggal_lahir",)),
        Pemeriksaan("V20", _A, N_("Tanggal selesai mendahului mulai"), _KELAYAKAN, Bagian.RIWAYAT),
        Pemeriksaan("V32", _M, N_("Perjanjian kerja sudah berakhir"), _KONTRAK, Bagian.DATA, ("kontrak_berakhir",)),
        Pemeriksaan("V31", _L, N_("Akhir perjanjian kerja kosong"), _KONTRAK, Bagian.DATA),
        Pemeriksaan("M02", _L, N_("Tanggal lahir kosong"), _PENSIUN, Bagian.DATA),
        Pemeriksaan("M03", _L, N_("Status pegawai kosong"), _KELAYAKAN, Bagian.DATA),
        Pemeriksaan("M04", _L, N_("Golongan kosong"), _PANGKAT, Bagian.GOLONGAN),
        Pemeriksaan("M05", _L, N_("TMT golongan kosong"), _PANGKAT, Bagian.GOLONGAN),
        Pemeriksaan("M06", _L, N_("Pendidikan kosong"), _KELAYAKAN, Bagian.PENDIDIKAN),
        Pemeriksaan("M07", _L, N_("Bidang studi kosong"), _KELAYAKAN, Bagian.PENDIDIKAN, ("pendidikan",)),
        Pemeriksaan("M08", _L, N_("TMT jabatan kosong"), _KELAYAKAN, Bagian.JABATAN, ("posisi",), "tmt_jabatan"),
        Pemeriksaan("M09", _L, N_("Jenis kelamin kosong"), _LAYANAN, Bagian.DATA),
        Pemeriksaan(
            "M20", _M, N_("Predikat kinerja tahun lalu belum ada"), _TALENTA, Bagian.RIWAYAT, (), "predikat_kinerja",
        ),
        Pemeriksaan(
            "M21", _M, N_("Pejabat struktural tanpa asesmen yang berlaku"), _TALENTA, Bagian.RIWAYAT, ("posisi",),
            "asesmen",
        ),
        Pemeriksaan("M40", _K, N_("Golongan berbeda dengan riwayat"), _PANGKAT, Bagian.GOLONGAN, ("golongan",)),
        Pemeriksaan("M41", _K, N_("Pendidikan berbeda dengan riwayat"), _KELAYAKAN, Bagian.PENDIDIKAN, ("pendidikan",)),
        Pemeriksaan("V15", _K, N_("Jenis kelamin berbeda dengan NIP"), _LAYANAN, Bagian.DATA, ("jenis_kelamin",)),
        Pemeriksaan("V25", _A, N_("Angka di luar batas"), _TALENTA, Bagian.RIWAYAT),
        Pemeriksaan("V29", _A, N_("Tahun di luar batas"), _TALENTA, Bagian.RIWAYAT),
        Pemeriksaan("V30", _A, N_("Isian terlalu panjang"), _LAYANAN, Bagian.DATA),
        Pemeriksaan("V37", _L, N_("Tidak dipindah tanpa alasan"), _KELAYAKAN, Bagian.DATA),
        Pemeriksaan("M10", _L, N_("NIK kosong"), _LAYANAN, Bagian.DATA, (), "nik"),
        Pemeriksaan("M11", _L, N_("Tempat lahir kosong"), _LAYANAN, Bagian.DATA, (), "tempat_lahir"),
        Pemeriksaan("M12", _L, N_("Alamat kosong"), _LAYANAN, Bagian.DATA, (), "alamat"),
        Pemeriksaan("M13", _L, N_("Telepon dan surel kosong"), _LAYANAN, Bagian.DATA, (), "telepon"),
        Pemeriksaan("M30", _A, N_("NIK tidak sah"), _LAYANAN, Bagian.DATA, ("nik",)),
        Pemeriksaan("M31", _A, N_("Alamat surel tidak sah"), _LAYANAN, Bagian.DATA, ("email",)),
    )
}  # fmt: skip
