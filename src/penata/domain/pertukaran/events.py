"""Names of the acts of import, as the log holds them."""

from enum import StrEnum

from penata.language import N_


class ImporAksi(StrEnum):
    """What was done; ``subject.done``."""

    DITERAPKAN = "impor.diterapkan"
    DIURUNGKAN = "impor.diurungkan"


AKSI_TITLES: dict[str, str] = {
    ImporAksi.DITERAPKAN: N_("Impor diterapkan"),
    ImporAksi.DIURUNGKAN: N_("Impor diurungkan"),
}
