"""The map as a tree: which posisi of a unit stand under which, in drawing order, cut to what a reader may see."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from penata.domain.organisasi.tree import ROOM, Pohon, pohon
from penata.domain.peta_jabatan.angka import data_revision
from penata.domain.peta_jabatan.ringkasan import all_figures
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.memo import remember
from penata.snapshot.tree import Indices, build_tree

ROOMY = 150  # boxes up to which everything is open at first
DUST = 6  # decimals kept, so that subtracting sums leaves no trace
FIRST = 2  # levels that are open at first where there are more


@dataclass(frozen=True)
class Bagian:
    """The posisi of one unit and all below it (or of the whole agency) in preorder of the reporting lines.

    ``rows``: the columns of ``angka.figures`` in drawing order, with ``kode_unit``, ``nama_unit`` and
    ``perangkat_daerah``. ``parent``, ``depth`` and ``size`` per row: place of the superior in these rows (-1 where he
    stands outside), level, and number of rows of the branch, itself included. What hangs below row i are the rows
    i + 1 to i + size[i] - 1.
    """

    rows: pl.DataFrame
    parent: Indices
    depth: Indices
    size: Indices
    _cumulated: dict[str, pl.Series] = field(default_factory=dict, repr=False)

    @cached_property
    def place(self) -> dict[int, int]:
        """Row of each posisi id."""
        return {key: row for row, key in enumerate(self.rows["posisi_id"].to_list())}

    @cached_property
    def by_year(self) -> dict[str, list[float]]:
        """B, kurang and kosong of all rows today and at the end of each coming year without new hires, and K."""
        rows = self.rows
        leaving = np.array(rows["keluar"].to_list(), dtype=np.float64).reshape(rows.height, -1)
        gone = np.cumsum(np.concatenate([np.zeros((rows.height, 1)), leaving], axis=1), axis=1)
        left = np.maximum(rows["bezetting"].to_numpy()[:, None] - gone, 0.0)
        need = rows["kebutuhan"].fill_null(0.0).to_numpy()[:, None]
        return {
            "b": np.round(left.sum(axis=0), 1).tolist(),
            "k": [round(float(need.sum()), 1)],
            "kurang": np.round(np.maximum(need - left, 0.0).sum(axis=0), 1).tolist(),
            "kosong": ((need > 0) & (left == 0)).sum(axis=0).tolist(),
        }

    def levels(self) -> int:
        """Return how many levels are open at first: all where the map is small."""
        if len(self.depth) <= ROOMY:
            return int(self.depth.max(initial=0)) + 1
        return FIRST

    def shown(self, levels: int, opened: Collection[int], closed: Collection[int]) -> list[int]:
        """Return the rows that show: the first *levels* and what was opened below, without what was closed."""
        ids, sizes, depths = self.rows["posisi_id"].to_list(), self.size.tolist(), self.depth.tolist()
        rows: list[int] = []
        row = 0
        while row < len(ids):
            rows.append(row)
            is_open = ids[row] in opened or (depths[row] + 1 < levels and ids[row] not in closed)
            row += 1 if is_open else sizes[row]
        return rows

    def ancestors(self, row: int) -> list[int]:
        """Return the rows from the superior of *row* up to the top."""
        above = []
        while (row := int(self.parent[row])) >= 0:
            above.append(row)
        return above

    def cumulated(self, column: str) -> pl.Series:
        """Return *column* added up over the branch of each row; null where nothing in it is known."""
        if column not in self._cumulated:
            values = self.rows[column]
            sums = np.concatenate([[0.0], np.cumsum(values.cast(pl.Float64).fill_null(0.0).to_numpy())])
            known = np.concatenate([[0], np.cumsum(values.is_not_null().to_numpy())])
            first = np.arange(len(self.size))
            last = first + self.size
            added = pl.Series(np.round(sums[last] - sums[first], DUST))
            some = pl.Series(known[last] > known[first])
            self._cumulated[column] = pl.select(pl.when(some).then(added)).to_series()
        return self._cumulated[column]


def bagian(reader: Reader, unit_id: int | None = None) -> Bagian:
    """Return the map of a unit and all below it (None: of the agency), cut to the reader's scope of the map."""
    scope = reader.scope(Permission.PETA_LIHAT)
    units = None if scope.whole else scope.units
    if unit_id is not None:
        tree = pohon(reader.as_of).subtree(unit_id)
        units = tree if units is None else tree & units
    key = ("bagian", reader.as_of, data_revision(), units)
    return remember(key, lambda: cut(reader.as_of, units))


def cut(as_of: date, units: Collection[int] | None = None) -> Bagian:
    """Return the map of the posisi that lie in *units* (None: all)."""
    rows = all_figures(as_of)
    if units is not None:
        rows = rows.filter(pl.col("unit_id").is_in(list(units)))
    ids = rows["posisi_id"].to_list()
    code = dict(zip(ids, rows["kode"].to_list(), strict=True))
    above = [code.get(superior) for superior in rows["atasan_id"].to_list()]
    tree = build_tree(rows["kode"].to_list(), above)
    order = tree.order
    parent = np.where(tree.parent[order] >= 0, tree.place[tree.parent[order]], -1)
    units_named = remember(("unit pada peta", as_of, revision(ROOM)), lambda: _units(pohon(as_of)))
    named = rows.join(units_named, on="unit_id", how="left", maintain_order="left")
    return Bagian(named[order.tolist()], parent, tree.depth[order], tree.size[order])


def _units(tree: Pohon) -> pl.DataFrame:
    offices = {unit: tree.perangkat_daerah(unit) for unit in tree.by_id}
    return pl.DataFrame(
        {
            "unit_id": list(tree.by_id),
            "kode_unit": [node.kode for node in tree.by_id.values()],
            "nama_unit": [node.nama for node in tree.by_id.values()],
            "perangkat_daerah": [office.nama if office else "" for office in offices.values()],
        },
        schema={"unit_id": pl.Int64, "kode_unit": pl.String, "nama_unit": pl.String, "perangkat_daerah": pl.String},
    )
