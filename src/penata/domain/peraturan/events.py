"""Names of the acts on parameters of law and on the agency's policy, as the log holds them."""

from enum import StrEnum

from penata.language import N_


class PeraturanAksi(StrEnum):
    """What was done; ``subject.done``."""

    DICABUT = "parameter.pernyataan-dicabut"
    DICOCOKKAN = "parameter.dicocokkan"
    NILAI_DITETAPKAN = "parameter.nilai-ditetapkan"
    VARIAN_DITETAPKAN = "parameter.varian-ditetapkan"
    KEBIJAKAN_DIBATALKAN = "kebijakan.dibatalkan"
    KEBIJAKAN_DITETAPKAN = "kebijakan.ditetapkan"


AKSI_TITLES: dict[str, str] = {
    PeraturanAksi.DICABUT: N_("Pernyataan parameter dicabut"),
    PeraturanAksi.DICOCOKKAN: N_("Parameter dicocokkan dengan naskah"),
    PeraturanAksi.NILAI_DITETAPKAN: N_("Nilai parameter ditetapkan instansi"),
    PeraturanAksi.VARIAN_DITETAPKAN: N_("Varian parameter dipilih instansi"),
    PeraturanAksi.KEBIJAKAN_DIBATALKAN: N_("Kebijakan instansi dibatalkan"),
    PeraturanAksi.KEBIJAKAN_DITETAPKAN: N_("Kebijakan instansi ditetapkan"),
}
