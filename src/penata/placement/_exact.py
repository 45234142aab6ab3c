"""The exact solve of a bipartite graph with seats: auction, phases, lowest prices, stays; block by block, on threads.

Every block runs through the same steps: an auction with a coarse step (`_auction`), prices made exact by phases
(`_phases`), then what is left open decided (`_ties`). Nothing depends on how blocks are spread over threads.
"""

import os
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.placement._auction import auction, standing, tighten
from penata.placement._phases import place_people
from penata.placement._phases_slots import by_slot, fill_slots
from penata.placement._rows import Rows, lay_out
from penata.placement._ties import keep_stays, lower_prices
from penata.placement.compile import jit
from penata.placement.problem import UNPLACED

BIDS = 64  # a person, after which the phases take over: an auction may need many more, and they never do
PIECES = 8  # of work for each thread, so that none ends long before the others
STEPS = 200  # at least, from one end of the scores to the other: coarse scores ask for a fine step
COARSE, FINE = 4, 3  # step of the auction in points, where the phases follow and where it should do by itself


@dataclass(frozen=True, slots=True)
class Arranged:
    """``holder`` int32 (n): slot or -1; ``u``, ``v`` int64: prices with u >= 0, v >= 0, u + v >= weight on every pair.

    ``exact``: the prices prove the arrangement best. ``bids`` and ``phases`` count the work.
    """

    holder: NDArray[np.int32]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    exact: bool
    bids: int
    phases: int


def arrange(
    indptr: NDArray[np.int64],
    slot: NDArray[np.int32],
    weight: NDArray[Any],
    capacity: NDArray[np.int32],
    current: NDArray[np.int32],
    also: NDArray[np.int32] | None = None,
    *,
    points: int,
    gap: float = 0.0,
    time_limit: float | None = None,
    threads: int | None = None,
) -> Arranged:
    """Return the arrangement of the largest total *weight* (int32 or int64 (e)) with the lowest prices that prove it.

    ``current`` int32 (n): among the best arrangements one with as many as possible in these slots is returned, or in
    those of ``also``.
    ``points``: the range of the scores inside the weights, which sets the step of the auction. With *gap* > 0 the
    search ends as soon as prices prove the arrangement within that share of its value; after *time_limit* seconds, or
    on a first interrupt (Ctrl+C), with what has been reached and the bound that its prices give.
    """
    rows = lay_out(indptr, slot, weight, len(capacity))
    step = max(1, min(FINE if gap else COARSE, points // STEPS))
    work = _Work(rows, capacity, (current, current if also is None else also), step, gap)
    work.run(threads or os.cpu_count() or 1, time_limit)
    return work.arranged(len(indptr) - 1)


class _Work:
    def __init__(
        self, rows: Rows, capacity: NDArray[np.int32], stays: tuple[NDArray[np.int32], ...], step: int, gap: float
    ) -> None:
        people, slots = len(rows.person), len(capacity)
        self.rows, self.step, self.gap = rows, step, gap
        self.holder = np.full(people, UNPLACED, np.int32)
        self.profit = np.zeros(people, np.int64)
        self.price = np.zeros(slots, np.int64)
        self.capacity = np.empty(slots, np.int32)
        self.capacity[rows.place] = capacity
        self.current, self.also = (
            np.where(now >= 0, rows.place[now], UNPLACED).astype(np.int32)
            for now in (one[rows.person] for one in stays)
        )
        self.stop = np.zeros(1, np.uint8)
        self.told = np.zeros((len(rows.people) - 1, 3), np.int64)  # by block: bids, phases, whether it is proved best

    def run(self, threads: int, time_limit: float | None) -> None:
        """Solve all blocks; stop them at the time limit or when the process is interrupted."""
        end = None if time_limit is None else monotonic() + time_limit
        pieces = self._pieces(threads)
        with ThreadPoolExecutor(max(1, min(threads, len(pieces)))) as pool:
            running = {pool.submit(self._solve, low, high) for low, high in pieces}
            while running:
                try:
                    left = None if end is None or self.stop[0] else max(0.0, end - monotonic())
                    done, running = wait(running, left, FIRST_COMPLETED)
                except KeyboardInterrupt:
                    if self.stop[0]:
                        raise
                    self.stop[0] = 1
                    continue
                for piece in done:
                    piece.result()
                if end is not None and monotonic() >= end:
                    self.stop[0] = 1

    def _pieces(self, threads: int) -> list[tuple[int, int]]:
        rows, blocks = self.rows, len(self.rows.people) - 1
        if not len(rows.person):
            return []
        edges = np.concatenate((rows.begin, rows.end[-1:]))[rows.people]
        cuts = np.searchsorted(edges, np.linspace(0, edges[-1], threads * PIECES + 1)[1:-1])
        bounds = sorted({0, *cuts.tolist(), blocks})
        pieces = list(pairwise(bounds))
        return sorted(pieces, key=lambda piece: int(edges[piece[0]] - edges[piece[1]]))  # the longest first

    def _solve(self, low: int, high: int) -> None:
        rows = self.rows
        solve_blocks(
            low, high, rows.people, rows.slots, rows.begin, rows.end, rows.slot, rows.weight, self.capacity,
            self.current, self.also, np.int64(self.step), np.float64(self.gap), self.holder, self.profit, self.price,
            self.told, self.stop,
        )  # fmt: skip

    def arranged(self, people: int) -> Arranged:
        """Return the answer in the numbering of the graph."""
        rows = self.rows
        slot_of_place = np.empty(len(rows.place), np.int32)
        slot_of_place[rows.place] = np.arange(len(rows.place), dtype=np.int32)
        holder = np.full(people, UNPLACED, np.int32)
        seated = self.holder != UNPLACED
        holder[rows.person[seated]] = slot_of_place[self.holder[seated]]
        u = np.zeros(people, np.int64)
        u[rows.person] = self.profit
        # Blocks without people are proved by nothing to prove.
        exact = bool(self.told[np.diff(rows.people) > 0, 2].all())
        bids, phases, _proved = self.told.sum(axis=0).tolist()
        return Arranged(holder, u, self.price[rows.place], exact, bids, phases)


@jit
def solve_blocks(
    low: Any, high: Any, people: Any, slots: Any, begins: Any, ends: Any, slot: Any, weight: Any, capacities: Any,
    currents: Any, alsos: Any, step: Any, gap: Any, holders: Any, profits: Any, prices: Any, told: Any, stop: Any,
) -> None:  # fmt: skip
    """Solve blocks *low* to *high*; slots in ``holders`` come out in the numbering of all slots."""
    for block in range(low, high):
        a, b = people[block], people[block + 1]
        if a == b:
            continue
        c, d = slots[block], slots[block + 1]
        begin, end = begins[a:b], ends[a:b]
        holder, profit, price = holders[a:b], profits[a:b], prices[c:d]
        capacity = capacities[c:d]
        n, m = b - a, d - c
        degree = np.zeros(m, np.int64)
        largest = np.int64(0)
        for i in range(n):
            largest = max(largest, np.int64(weight[begin[i]]))
            for k in range(begin[i], end[i]):
                degree[slot[k]] += 1
        first = np.full(m, -1, np.int64)
        seats = 0
        for j in range(m):
            if capacity[j] == 0:
                price[j] = largest
            elif capacity[j] < degree[j]:
                first[j] = seats
                seats += capacity[j]
        bids, bidder = np.empty(seats, np.int64), np.empty(seats, np.int32)
        count = np.zeros(m, np.int32)
        told[block, 0] = auction(
            begin, end, slot, weight, capacity, first, step, BIDS * (n + 1), price, bids, bidder, count, holder, stop
        )
        if gap > 0.0:
            value, bound = standing(begin, end, slot, weight, capacity, price, holder, profit)
            # Proved best by chance, it goes on all the same: that takes no time, and gives the lowest prices.
            if value < bound and np.float64(bound - value) <= gap * np.float64(value):
                for i in range(n):
                    if holder[i] >= 0:
                        holder[i] += c
                continue
        tighten(begin, end, slot, weight, price, holder, count, profit)
        told[block, 1] = place_people(begin, end, slot, weight, capacity, price, holder, profit, count, stop)
        lacking = False
        for j in range(m):
            lacking = lacking or (price[j] > 0 and count[j] < capacity[j])
        if lacking and not stop[0]:
            start, who, worth = by_slot(begin, end, slot, weight, m)
            told[block, 1] += fill_slots(start, who, worth, capacity, price, holder, profit, count, stop)
        if not stop[0]:
            lower_prices(begin, end, slot, weight, price, holder, profit)
            told[block, 2] = 1
            current, also = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
            for i in range(n):
                if c <= currents[a + i] < d:
                    current[i] = currents[a + i] - c
                    also[i] = alsos[a + i] - c if c <= alsos[a + i] < d else current[i]
            kept, counted = holder.copy(), count.copy()
            keep_stays(begin, end, slot, weight, capacity, price, holder, profit, count, current, also, stop)
            if stop[0]:  # broken off: what was found before is as good, and whole
                holder[:] = kept
                count[:] = counted
        else:
            _seat_greedily(begin, end, slot, weight, capacity, count, holder)
        for i in range(n):
            if holder[i] >= 0:
                holder[i] += c


@jit
def _seat_greedily(begin: Any, end: Any, slot: Any, weight: Any, capacity: Any, count: Any, holder: Any) -> None:
    for i in range(len(begin)):
        if holder[i] >= 0:
            continue
        for k in range(begin[i], end[i]):
            if weight[k] > 0 and count[slot[k]] < capacity[slot[k]]:
                holder[i] = slot[k]
                count[slot[k]] += 1
                break


def warm_up() -> None:
    """Compile the kernels for both widths of weights."""
    indptr = np.array([0, 2, 3], np.int64)
    slot = np.array([0, 1, 0], np.int32)
    one = np.ones(2, np.int32)
    for kind in (np.int32, np.int64):
        for gap in (0.0, 0.5):
            arrange(indptr, slot, np.array([2, 1, 2], kind), one, -one, points=1000, gap=gap)
