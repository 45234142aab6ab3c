"""Manajemen talenta: value on two axes, nine boxes in the order of the regulation, and what follows from a box.

Y is kinerja, X is potensial. The regulation numbers the boxes by kinerja and potensial together (9-7-4, 8-5-2, 6-3-1),
not row by row. Where it sets no figure (thresholds, marks for a predikat) the agency chooses a variant.
Sources: Permen PANRB 3/2020 as amended by 20/2025, Keputusan Kepala BKN 411/2025.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.rulebook.bands import FloatArray, IndexArray, band_index
from penata.rulebook.legislation import Law
from penata.rulebook.syarat import predikat_order

KINERJA = ("bawah", "sesuai", "atas")
POTENSIAL = ("rendah", "menengah", "tinggi")
AXES = {"kinerja": "talenta.ambang_kinerja", "potensial": "talenta.ambang_potensial"}


def weighted_column(parts: Sequence[ArrayLike], weights: Sequence[float]) -> FloatArray:
    """Return the sum of *parts* (each (n), 0-100) by *weights*, which are used as they stand; NaN spreads."""
    columns = [np.asarray(part, dtype=np.float64) * share for part, share in zip(parts, weights, strict=True)]
    return np.asarray(np.sum(columns, axis=0))


def talent_value_column(kinerja: ArrayLike, potensial: ArrayLike, *, law: Law) -> FloatArray:
    """Return the nilai talenta (n, 0-100) of the two axes (n, 0-100)."""
    weights = law.value("talenta.bobot_nilai")
    return weighted_column([kinerja, potensial], [weights["Y"], weights["X"]])


def axis_level_column(values: ArrayLike, axis: str, *, law: Law, variant: str | None = None) -> IndexArray:
    """Return 0, 1 or 2 for each value (n, 0-100) on *axis* (``kinerja`` or ``potensial``); NaN is -1."""
    policy = law.value(AXES[axis], variant)
    bands = [{"batas": -np.inf}, *({"batas": bound} for bound in policy["ambang"])]
    return band_index(values, bands, strict=not policy["ambang_termasuk"])


def box_column(kinerja: ArrayLike, potensial: ArrayLike, *, law: Law) -> NDArray[np.int8]:
    """Return the box 1-9 for each pair of levels 0-2 (n); 0 where either is unknown (-1)."""
    table = law.value("talenta.kotak")
    boxes = np.array([[table[row][column] for column in POTENSIAL] for row in KINERJA], dtype=np.int8)
    rows, columns = np.asarray(kinerja, dtype=np.int64), np.asarray(potensial, dtype=np.int64)
    return np.where((rows < 0) | (columns < 0), 0, boxes[rows, columns]).astype(np.int8)


def status_of_predikat_column(order: ArrayLike, *, law: Law) -> IndexArray:
    """Return the level of kinerja 0-2 for each predikat (n, as ``predikat_order``); unknown predikat -1."""
    table: Mapping[str, str] = law.value("talenta.status_kinerja")
    levels = np.full(int(predikat_order(list(table)).max()) + 1, -1)
    for name, level in table.items():
        levels[int(predikat_order([name])[0])] = KINERJA.index(level)
    return levels[np.asarray(order, dtype=np.int64)].astype(np.int64)


def succession_column(box: ArrayLike, group: str, *, law: Law) -> NDArray[np.bool_]:
    """Tell for each box (n) whether it belongs to the succession *group* ``instansi`` or ``nasional``."""
    return np.isin(np.asarray(box), law.value("talenta.kelompok_suksesi")[group])
