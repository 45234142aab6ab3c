"""What can be done to an account, as the log calls it."""

from enum import StrEnum

from penata.language import N_


class AkunAksi(StrEnum):
    """Acts on accounts, roles and delegations."""

    DIBUAT = "akun.dibuat"
    DIBUAT_MASSAL = "akun.dibuat-massal"
    DINONAKTIFKAN = "akun.dinonaktifkan"
    DIAKTIFKAN = "akun.diaktifkan"
    SANDI_DIGANTI = "akun.sandi-diganti-pengelola"
    FAKTOR_KEDUA_DIHAPUS = "akun.faktor-kedua-dihapus"
    TOKEN_DIBUAT = "akun.token-dibuat"  # noqa: S105 - the name of an act
    TOKEN_DICABUT = "akun.token-dicabut"  # noqa: S105 - the name of an act
    PERAN_DIBERIKAN = "peran.diberikan"
    PERAN_DIAKHIRI = "peran.diakhiri"
    DELEGASI_DIBERIKAN = "delegasi.diberikan"
    DELEGASI_DIAKHIRI = "delegasi.diakhiri"


AKSI_TITLES: dict[str, str] = {
    AkunAksi.DELEGASI_DIAKHIRI: N_("Delegasi diakhiri"),
    AkunAksi.DELEGASI_DIBERIKAN: N_("Delegasi diberikan"),
    AkunAksi.DIAKTIFKAN: N_("Akun diaktifkan"),
    AkunAksi.DIBUAT: N_("Akun dibuat"),
    AkunAksi.DIBUAT_MASSAL: N_("Akun pegawai dibuat"),
    AkunAksi.DINONAKTIFKAN: N_("Akun dinonaktifkan"),
    AkunAksi.FAKTOR_KEDUA_DIHAPUS: N_("Faktor kedua dihapus"),
    AkunAksi.PERAN_DIAKHIRI: N_("Peran diakhiri"),
    AkunAksi.PERAN_DIBERIKAN: N_("Peran diberikan"),
    AkunAksi.SANDI_DIGANTI: N_("Sandi diganti oleh pengelola"),
    AkunAksi.TOKEN_DIBUAT: N_("Token API dibuat"),
    AkunAksi.TOKEN_DICABUT: N_("Token API dicabut"),
}
