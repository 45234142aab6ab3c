"""Names of what the system does by itself, as the log holds them."""

from enum import StrEnum

from penata.language import N_


class RutinAksi(StrEnum):
    """What was done; ``subject.done``."""

    MASA_SIMPAN = "masa-simpan.diterapkan"


AKSI_TITLES: dict[str, str] = {RutinAksi.MASA_SIMPAN: N_("Berkas dan catatan lama dihapus menurut masa simpan")}
