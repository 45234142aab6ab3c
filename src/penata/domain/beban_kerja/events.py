"""Names of the acts on workload analyses and ratio norms, as the log holds them."""

from enum import StrEnum

from penata.language import N_


class AbkAksi(StrEnum):
    """What was done; ``subject.done``."""

    BARIS_DIUBAH = "abk.baris-diubah"
    DIAJUKAN = "abk.diajukan"
    DIBUAT = "abk.dibuat"
    DIHAPUS = "abk.dihapus"
    DIKEMBALIKAN = "abk.dikembalikan"
    DITARIK = "abk.ditarik"
    DITETAPKAN = "abk.ditetapkan"
    DIVERIFIKASI = "abk.diverifikasi"
    NILAI_RASIO_DICATAT = "rasio.nilai-dicatat"
    NORMA_RASIO_DIAKHIRI = "rasio.norma-diakhiri"
    NORMA_RASIO_DICATAT = "rasio.norma-dicatat"


AKSI_TITLES: dict[str, str] = {
    AbkAksi.BARIS_DIUBAH: N_("Baris ABK diubah"),
    AbkAksi.DIAJUKAN: N_("ABK diajukan"),
    AbkAksi.DIBUAT: N_("ABK dibuat"),
    AbkAksi.DIHAPUS: N_("ABK dihapus"),
    AbkAksi.DIKEMBALIKAN: N_("ABK dikembalikan"),
    AbkAksi.DITARIK: N_("Pengajuan ABK ditarik"),
    AbkAksi.DITETAPKAN: N_("ABK ditetapkan"),
    AbkAksi.DIVERIFIKASI: N_("ABK diverifikasi"),
    AbkAksi.NILAI_RASIO_DICATAT: N_("Nilai rasio dicatat"),
    AbkAksi.NORMA_RASIO_DIAKHIRI: N_("Norma rasio diakhiri"),
    AbkAksi.NORMA_RASIO_DICATAT: N_("Norma rasio dicatat"),
}
