"""Points and kelas of an evaluation that may still be half filled; the rules themselves are in the rulebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from penata.rulebook.jabatan import JENIS_ORDER
from penata.rulebook.kelas_jabatan import MANAJERIAL, NONMANAJERIAL
from penata.rulebook.legislation import InForce, Law
from penata.rulebook.rule import compute

JALUR = {"manajerial": (MANAJERIAL, "fes.managerial"), "nonmanajerial": (NONMANAJERIAL, "fes.nonmanagerial")}
_NONMANAJERIAL_JENIS = JENIS_ORDER[:2]  # pelaksana, fungsional


@dataclass(frozen=True, slots=True)
class Faktor:
    """One factor on the worksheet: its levels with their points, what was chosen and why."""

    kode: str
    nama: str
    nilai: tuple[int, ...]
    tingkat: int | None
    alasan: str

    @property
    def poin(self) -> int | None:
        """Return the points of the chosen level."""
        return None if self.tingkat is None else self.nilai[self.tingkat - 1]


@dataclass(frozen=True)
class Hitungan:
    """An evaluation as it stands: factors, points so far, and once every factor is chosen total and kelas."""

    faktor: tuple[Faktor, ...]
    sementara: int
    nilai: int | None
    kelas: int | None
    steps: Sequence[str]
    parameters: Sequence[InForce]
    terendah: int | None  # lowest total of the kelas
    berikutnya: int | None  # total from which the next kelas begins

    @property
    def terpilih(self) -> int:
        """Return how many factors have a level."""
        return sum(f.tingkat is not None for f in self.faktor)


def jalur_of(jenis: str) -> str:
    """Return which table of factors a jenis jabatan is evaluated by."""
    return "nonmanajerial" if jenis in _NONMANAJERIAL_JENIS else "manajerial"


def hitung(jalur: str, filled: Mapping[str, Mapping[str, Any]], situasi_khusus: int, law: Law) -> Hitungan:
    """Compute what can be computed of the levels *filled* in (factor -> tingkat, alasan)."""
    table, rule = JALUR[jalur]
    faktor = tuple(
        Faktor(
            kode, entry["nama"], tuple(entry["nilai"]), _level(filled.get(kode, {}), len(entry["nilai"])),
            str(filled.get(kode, {}).get("alasan", "")),
        )
        for kode, entry in law.value(table).items()
    )  # fmt: skip
    so_far = sum(f.poin or 0 for f in faktor)
    if any(f.tingkat is None for f in faktor):
        return Hitungan(faktor, so_far, None, None, (), (), None, None)
    inputs: dict[str, Any] = {"levels": {f.kode: f.tingkat for f in faktor}}
    if situasi_khusus and jalur == "manajerial":
        inputs["situasi_khusus"] = situasi_khusus
    answer = compute(rule, inputs, law=law)
    nilai, kelas = int(answer.result.values["total"]), int(answer.result.values["kelas"])
    lowest = list(law.value("kelas_jabatan.rentang"))
    return Hitungan(
        faktor=faktor,
        sementara=nilai,
        nilai=nilai,
        kelas=kelas or None,
        steps=answer.result.steps,
        parameters=answer.parameters,
        terendah=lowest[kelas - 1] if kelas else None,
        berikutnya=lowest[kelas] if kelas < len(lowest) else None,
    )


def has_situasi(jalur: str) -> bool:
    """Tell whether special situations count in this table."""
    return jalur == "manajerial"


def _level(entry: Mapping[str, Any], most: int) -> int | None:
    level = entry.get("tingkat")
    return level if isinstance(level, int) and 1 <= level <= most else None
