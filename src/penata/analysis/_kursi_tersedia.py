"""From seats of the map to slots of the mathematics: capacity, critical seats, and seats for those who have none.

A posisi with more holders than it needs gets a reserve slot for as many people as are too many, at score 0; so does an
abolished posisi for its holders, and there is one for people without any posisi. Everybody can then be placed, nobody
who holds a lawful seat is pushed out of the arrangement, and every lawful seat that is needed beats a reserve slot.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis import _kernel as kernel
from penata.analysis._kamus import STRUKTURAL
from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.kelayakan import Kelayakan, Pasangan
from penata.placement.problem import UNPLACED, Problem

Int32 = NDArray[np.int32]
WITHOUT_POSISI = "tanpa posisi"
RESERVE = "kelebihan {kode}"


def is_reserve(code: str) -> bool:
    """Tell whether a slot of the problem is a reserve slot and no posisi of the map."""
    return code == WITHOUT_POSISI or code.startswith(RESERVE.format(kode=""))


@dataclass(frozen=True)
class Tersedia:
    """Seats of the m posisi and the reserve slots behind them.

    ``need`` (m) people needed, NaN when unknown; ``holders`` (m); ``capacity`` (m) seats offered; ``critical`` (m).
    ``reserve_of`` (r): posisi of each reserve slot, -1 for people without posisi; ``reserve_capacity`` (r);
    ``reserve_slot`` (m + 1): slot of the reserve behind each posisi (last: without posisi), -1 for none.
    """

    need: NDArray[np.float64]
    holders: Int32
    capacity: Int32
    critical: NDArray[np.bool_]
    reserve_of: Int32
    reserve_capacity: Int32
    reserve_slot: Int32

    @property
    def vacant(self) -> NDArray[np.bool_]:
        """Tell which posisi (m) have an empty seat today."""
        return self.capacity > self.holders

    def unsettled(self, held: Int32) -> NDArray[np.bool_]:
        """Tell who (n) holds a posisi with too many holders, or none; *held* (n) is the posisi held, -1 for none."""
        return self.reserve_slot[held] >= 0  # index -1: without posisi, the last entry


def seats(pasangan: Pasangan, kebutuhan: Kebutuhan) -> Tersedia:
    """Return how many people each posisi may hold in the proposal.

    The need counts, rounded half up; where it is unknown, or the posisi is frozen, as many as hold it today; an
    abolished posisi holds nobody. Critical are the posisi marked so; where the map does not say, the structural ones.
    """
    table = pasangan.kursi.tabel
    need = (
        table.select("kode")
        .join(kebutuhan.posisi.select("kode", "kebutuhan"), on="kode", how="left", maintain_order="left")["kebutuhan"]
        .to_numpy()
        .astype(np.float64)
    )
    m = len(need)
    held = pasangan.orang.kolom.kursi
    holders = np.bincount(held[held >= 0], minlength=m).astype(np.int32)
    closed = pasangan.kursi.kolom.halangan
    abolished = (closed >> kernel.DIHAPUS & 1).astype(bool)
    frozen = (closed >> kernel.DIBEKUKAN & 1).astype(bool)
    wanted = np.floor(np.nan_to_num(need) + 0.5).astype(np.int32)
    capacity = np.where(abolished, 0, np.where(frozen | np.isnan(need), holders, wanted)).astype(np.int32)
    marked = table.select(pl.coalesce("kritis", pl.col("jenis").is_in(STRUKTURAL)).fill_null(value=False)).to_series()
    critical = marked.to_numpy() & ~abolished
    too_many = np.maximum(holders - capacity, 0)
    loose = int((held < 0).sum())
    places = np.flatnonzero(too_many)
    reserve_of = np.concatenate([places, [UNPLACED] * bool(loose)]).astype(np.int32)
    reserve_slot = np.full(m + 1, UNPLACED, dtype=np.int32)
    reserve_slot[reserve_of] = m + np.arange(len(reserve_of))
    return Tersedia(
        need, holders, capacity, critical, reserve_of,
        np.concatenate([too_many[places], [loose] * bool(loose)]).astype(np.int32), reserve_slot,
    )  # fmt: skip


def build_problem(
    kelayakan: Kelayakan, tersedia: Tersedia, move_cost: int, *, barred: NDArray[np.bool_] | None = None
) -> Problem:
    """Return the instance: the kept pairs of *kelayakan*, and the reserve slots of all not *barred* (n)."""
    held = kelayakan.pasangan.orang.kolom.kursi
    n, m = len(held), len(tersedia.capacity)
    reserve = tersedia.reserve_slot[held]  # index -1: without posisi, the last entry
    offered = (reserve >= 0) & (True if barred is None else ~barred)
    ends = kelayakan.indptr[1:][offered]
    extra = len(tersedia.reserve_of)
    return Problem(
        indptr=kelayakan.indptr + np.concatenate([[0], np.cumsum(offered)]),
        slot=np.insert(kelayakan.slot, ends, reserve[offered]),
        score=np.insert(kelayakan.score, ends, 0),
        current=held.astype(np.int32),
        capacity=np.concatenate([tersedia.capacity, tersedia.reserve_capacity]),
        minimum=np.zeros(m + extra, dtype=np.int32),
        critical=np.concatenate([tersedia.critical, np.zeros(extra, dtype=np.bool_)]),
        must_place=np.ones(n, dtype=np.bool_),
        move_cost=move_cost,
    )


def slot_names(codes: list[str], tersedia: Tersedia) -> tuple[str, ...]:
    """Name every slot: the code of its posisi, or what the reserve slot stands for."""
    reserve = (WITHOUT_POSISI if j == UNPLACED else RESERVE.format(kode=codes[j]) for j in tersedia.reserve_of.tolist())
    return (*codes, *reserve)
