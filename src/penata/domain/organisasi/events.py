"""Names of the acts on units, legal acts and drafts of a reorganisation, as the log holds them."""

from enum import StrEnum

from penata.language import N_


class OrganisasiAksi(StrEnum):
    """What was done; ``subject.done``."""

    INSTANSI_DINAMAI = "instansi.dinamai"
    PENETAPAN_DICATAT = "penetapan.dicatat"
    PENETAPAN_DILENGKAPI = "penetapan.dilengkapi"
    RANCANGAN_BERLAKU = "rancangan.berlaku"
    RANCANGAN_DIAJUKAN = "rancangan.diajukan"
    RANCANGAN_DIBATALKAN = "rancangan.dibatalkan"
    RANCANGAN_DIBUAT = "rancangan.dibuat"
    RANCANGAN_DIKEMBALIKAN = "rancangan.dikembalikan"
    RANCANGAN_DIUBAH = "rancangan.diubah"
    UNIT_DIAKHIRI = "unit.diakhiri"
    UNIT_DIBUAT = "unit.dibuat"
    UNIT_DIPINDAH = "unit.dipindah"
    UNIT_DIUBAH = "unit.diubah"


AKSI_TITLES: dict[str, str] = {
    OrganisasiAksi.INSTANSI_DINAMAI: N_("Nama instansi ditetapkan"),
    OrganisasiAksi.PENETAPAN_DICATAT: N_("Penetapan dicatat"),
    OrganisasiAksi.PENETAPAN_DILENGKAPI: N_("Penetapan dilengkapi"),
    OrganisasiAksi.RANCANGAN_BERLAKU: N_("Rancangan penataan diberlakukan"),
    OrganisasiAksi.RANCANGAN_DIAJUKAN: N_("Rancangan penataan diajukan"),
    OrganisasiAksi.RANCANGAN_DIBATALKAN: N_("Rancangan penataan dibatalkan"),
    OrganisasiAksi.RANCANGAN_DIBUAT: N_("Rancangan penataan dibuat"),
    OrganisasiAksi.RANCANGAN_DIKEMBALIKAN: N_("Rancangan penataan dikembalikan"),
    OrganisasiAksi.RANCANGAN_DIUBAH: N_("Rancangan penataan diubah"),
    OrganisasiAksi.UNIT_DIAKHIRI: N_("Unit diakhiri"),
    OrganisasiAksi.UNIT_DIBUAT: N_("Unit dibuat"),
    OrganisasiAksi.UNIT_DIPINDAH: N_("Unit dipindahkan"),
    OrganisasiAksi.UNIT_DIUBAH: N_("Unit diubah"),
}
