"""Rows of a standar kompetensi: core competences in their order, then technical ones; level names of the law."""

from collections.abc import Mapping, Sequence

import numpy as np

from penata.domain.jabatan.models import Jabatan
from penata.rulebook.jpm import standard_level_column
from penata.rulebook.legislation import Law
from penata.snapshot.vocabulary import KOMPETENSI_INTI

Levels = Mapping[str, int | None]
MOST_TECHNICAL = 60


def core_rows(levels: Levels) -> list[tuple[str, int | None]]:
    """Return the core competences with their levels, in the order of the regulation."""
    return [(name, levels.get(name)) for name in KOMPETENSI_INTI]


def technical_rows(levels: Levels) -> list[tuple[str, int | None]]:
    """Return the other competences with their levels."""
    return [(name, level) for name, level in levels.items() if name not in KOMPETENSI_INTI]


def levels_of(law: Law) -> Sequence[str]:
    """Return what the law calls levels 1 to 5."""
    names: Sequence[str] = law.value("jpm.sebutan_level")
    return names


def usual_level(jabatan: Jabatan, law: Law) -> int:
    """Return the usual level of core competences by jenis and jenjang; 0 unknown."""
    return int(standard_level_column(np.array([jabatan.jenis]), np.array([jabatan.jenjang]), law=law)[0])
