"""Names of the acts on posisi and their holders, as the log holds them."""

from enum import StrEnum

from penata.language import N_


class PetaAksi(StrEnum):
    """What was done; ``subject.done``."""

    PEMANGKU_DIANGKAT = "pemangku.diangkat"
    PEMANGKU_DILEPAS = "pemangku.dilepas"
    POSISI_DIAKHIRI = "posisi.diakhiri"
    POSISI_DIBUAT = "posisi.dibuat"
    POSISI_DIUBAH = "posisi.diubah"


AKSI_TITLES: dict[str, str] = {
    PetaAksi.PEMANGKU_DIANGKAT: N_("Pemangku diangkat"),
    PetaAksi.PEMANGKU_DILEPAS: N_("Pemangku dilepas"),
    PetaAksi.POSISI_DIAKHIRI: N_("Posisi diakhiri"),
    PetaAksi.POSISI_DIBUAT: N_("Posisi dibuat"),
    PetaAksi.POSISI_DIUBAH: N_("Posisi diubah"),
}
