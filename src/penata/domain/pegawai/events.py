"""Names of the acts of this room."""

from enum import StrEnum


class PegawaiAksi(StrEnum):
    """What people do to the data of people."""

    DATA_DIUBAH = "pegawai.data-diubah"
    GOLONGAN_DICATAT = "pegawai.golongan-dicatat"
    PENDIDIKAN_DICATAT = "pegawai.pendidikan-dicatat"
    DIBERHENTIKAN = "pegawai.diberhentikan"
    REKONSILIASI_DIBANDINGKAN = "rekonsiliasi.dibandingkan"
    REKONSILIASI_DIPUTUSKAN = "rekonsiliasi.diputuskan"
    REKONSILIASI_DITERAPKAN = "rekonsiliasi.diterapkan"
    REKONSILIASI_DIBATALKAN = "rekonsiliasi.dibatalkan"
