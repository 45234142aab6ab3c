"""Who reads a parameter: the rules that used it when their example was computed, and the engines that name it."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import penata
from penata.language import N_
from penata.rulebook.legislation import LegislationError, parameter_names
from penata.rulebook.rule import InputError, compute, rules

ROOM = Path(penata.__file__).parent
# Where the source of an engine names a parameter, this is what people call the engine.
ENGINES: dict[str, str] = {
    "analysis/integritas": N_("Pemeriksaan peta jabatan"),
    "analysis/kelayakan": N_("Kelayakan penempatan"),
    "analysis/kebutuhan": N_("Penghitungan kebutuhan"),
    "analysis/kesenjangan": N_("Kesenjangan kompetensi"),
    "analysis/kursi": N_("Penempatan"),
    "analysis/orang": N_("Penempatan"),
    "analysis/pelatihan": N_("Rencana pelatihan"),
    "analysis/proyeksi": N_("Proyeksi pensiun"),
    "domain/beban_kerja": N_("Lembar beban kerja"),
    "domain/jabatan": N_("Informasi dan evaluasi jabatan"),
    "domain/pegawai": N_("Profil pegawai"),
    "domain/peta_jabatan": N_("Peta jabatan"),
    "snapshot": N_("Pemeriksaan data impor"),
}


@cache
def users() -> Mapping[str, tuple[str, ...]]:
    """Return for each parameter the titles (to be translated) of what reads it."""
    found: dict[str, dict[str, None]] = {name: {} for name in parameter_names()}
    for name, title in _read_by_rules():
        found[name][title] = None
    for place, title in ENGINES.items():
        text = "".join(file.read_text(encoding="utf-8") for file in _sources(ROOM / place))
        for name, titles in found.items():
            if f'"{name}"' in text:
                titles[title] = None
    return {name: tuple(titles) for name, titles in found.items()}


def _sources(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def _read_by_rules() -> list[tuple[str, str]]:
    from penata.rulebook.legislation import Law

    read: list[tuple[str, str]] = []
    for rule in rules().values():
        try:
            answer = compute(rule.name, rule.example, law=Law(LATEST))
        except (LegislationError, InputError):
            continue  # its example stands on another day
        read += [(found.name, rule.title) for found in answer.parameters]
    return read


LATEST = date(2026, 12, 31)  # a day on which every rule in force has its parameters
