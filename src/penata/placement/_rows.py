"""The rows an exact solve walks over: split into independent blocks, in the order of memory, falling in weight.

People and slots that no chain of pairs connects cannot influence each other. Each such block is solved for itself,
which keeps its arrays in the cache, ends its search phases early, and lets threads share the work without changing
the answer. Inside a row the pairs fall in weight, so a scan ends as soon as no later pair can matter.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from penata.placement.compile import jit
from penata.placement.problem import Problem
from penata.placement.result import Tiers

SHORT = 40  # pairs of one row up to which sorting by insertion is the quickest
MOST = 1 << 29  # weights below this are kept in 32 bits: sums of four of them fit

Ints = NDArray[np.int64]


class Rows(NamedTuple):
    """``person`` int32 (k): candidates with at least one pair, block by block; ``place`` int32 (m): new number of each
    slot, block by block. The pairs of the p-th person are ``begin[p]:end[p]`` of ``slot`` (number within its block)
    and ``weight`` (int32 or int64, >= 0, falling). ``people`` and ``slots`` int64 (blocks + 1): where blocks begin.
    """

    person: NDArray[np.int32]
    place: NDArray[np.int32]
    begin: Ints
    end: Ints
    slot: NDArray[np.int32]
    weight: NDArray[Any]
    people: Ints
    slots: Ints


def weights_of(problem: Problem, tiers: Tiers) -> NDArray[Any]:
    """Return the weight of every edge under *tiers*, as :func:`tiered_weights`, in 32 bits where they suffice."""
    flagged = problem.critical.any(), problem.must_place.any()
    largest = 1000 + problem.move_cost + tiers.critical * bool(flagged[0]) + tiers.place * bool(flagged[1])
    out = np.empty(problem.edges, np.int32 if largest < MOST else np.int64)
    weigh(
        problem.indptr, problem.slot, problem.score, problem.current, problem.critical, problem.must_place,
        np.int64(problem.move_cost), np.int64(tiers.critical), np.int64(tiers.place), out,
    )  # fmt: skip
    return out


def lay_out(indptr: Ints, slot: NDArray[np.int32], weight: NDArray[Any], slots: int) -> Rows:
    """Return the rows of a graph with *slots* slots; pairs of negative weight, which nobody wants, are left out."""
    block, blocks = blocks_of(indptr, slot, slots)
    order, slot_begin = counted(block, blocks)
    place = np.empty(slots, np.int32)
    place[order] = np.arange(slots, dtype=np.int32)
    best = best_slots(indptr, slot, weight, place)
    person, _ = counted(best, slots)
    # Whoever has no pair stands last in `counted` and takes no part.
    person = person[: int(np.count_nonzero(best >= 0))]
    people_begin = np.searchsorted(best[person], slot_begin).astype(np.int64)
    degree = np.diff(indptr)[person]
    begin = np.concatenate(([0], np.cumsum(degree)))[:-1].astype(np.int64)
    rows_slot, rows_weight = np.empty(int(degree.sum()), np.int32), np.empty(int(degree.sum()), weight.dtype)
    end = np.empty(len(person), np.int64)
    fill_rows(
        person, indptr, slot, weight, place, slot_begin, np.sort(block), begin, end, rows_slot, rows_weight,
    )  # fmt: skip
    return Rows(person, place, begin, end, rows_slot, rows_weight, people_begin, slot_begin)


@jit
def weigh(
    indptr: Any, slot: Any, score: Any, current: Any, critical: Any, must_place: Any, move_cost: Any,
    critical_tier: Any, place_tier: Any, out: Any,
) -> None:  # fmt: skip
    """Write score - move_cost*moved + critical*(slot) + place*(candidate) for every edge."""
    for i in range(len(indptr) - 1):
        here = current[i]
        extra = place_tier if must_place[i] else np.int64(0)
        for k in range(indptr[i], indptr[i + 1]):
            j = slot[k]
            w = np.int64(score[k]) + extra
            if here >= 0 and j != here:
                w -= move_cost
            if critical[j]:
                w += critical_tier
            out[k] = w


@jit
def blocks_of(indptr: Any, slot: Any, m: Any) -> Any:
    """Return int32 (m): the block of each slot, numbered by their lowest slots, and the number of blocks."""
    parent = np.arange(m).astype(np.int32)
    for i in range(len(indptr) - 1):
        if indptr[i] == indptr[i + 1]:
            continue
        a = slot[indptr[i]]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        for k in range(indptr[i] + 1, indptr[i + 1]):
            b = slot[k]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a < b:
                parent[b] = a
            elif b < a:
                parent[a] = b
                a = b
    blocks = 0
    block = np.empty(m, np.int32)
    for j in range(m):  # a root is the lowest slot of its block, so it comes first
        if parent[j] == j:
            block[j] = blocks
            blocks += 1
        else:
            block[j] = block[parent[j]]
    return block, blocks


@jit
def counted(key: Any, kinds: Any) -> Any:
    """Return the positions of *key* in rising order of key (-1 last), stable, and where each key begins."""
    start = np.zeros(kinds + 2, np.int64)
    for i in range(len(key)):
        k = key[i] if key[i] >= 0 else kinds
        start[k + 1] += 1
    for k in range(kinds + 1):
        start[k + 1] += start[k]
    fill = start[:-1].copy()
    order = np.empty(len(key), np.int32)
    for i in range(len(key)):
        k = key[i] if key[i] >= 0 else kinds
        order[fill[k]] = i
        fill[k] += 1
    return order, start[: kinds + 1]


@jit
def best_slots(indptr: Any, slot: Any, weight: Any, place: Any) -> Any:
    """Return int32 (n): the new number of the slot each candidate likes best, or -1 without a pair worth having."""
    n = len(indptr) - 1
    best = np.full(n, -1, np.int32)
    for i in range(n):
        top = np.int64(-1)
        for k in range(indptr[i], indptr[i + 1]):
            if weight[k] > top:
                top = weight[k]
                best[i] = place[slot[k]]
    return best


@jit
def fill_rows(
    person: Any, indptr: Any, slot: Any, weight: Any, place: Any, slot_begin: Any, block_of_place: Any, begin: Any,
    end: Any, out_slot: Any, out_weight: Any,
) -> None:  # fmt: skip
    """Copy the rows of *person* in order, slots numbered within their block, falling in weight, then rising in slot."""
    for p in range(len(person)):
        i = person[p]
        at = begin[p]
        for k in range(indptr[i], indptr[i + 1]):
            w = weight[k]
            if w < 0:
                continue
            j = place[slot[k]]
            j -= slot_begin[block_of_place[j]]
            out_slot[at] = j
            out_weight[at] = w
            at += 1
        end[p] = at
        if at - begin[p] <= SHORT:
            for k in range(begin[p] + 1, at):
                w = out_weight[k]
                j = out_slot[k]
                q = k - 1
                while q >= begin[p] and (out_weight[q] < w or (out_weight[q] == w and out_slot[q] > j)):
                    out_weight[q + 1] = out_weight[q]
                    out_slot[q + 1] = out_slot[q]
                    q -= 1
                out_weight[q + 1] = w
                out_slot[q + 1] = j
        else:
            by_slot = np.argsort(out_slot[begin[p] : at])
            w_row = out_weight[begin[p] : at][by_slot]
            s_row = out_slot[begin[p] : at][by_slot]
            falling = np.argsort(-w_row, kind="mergesort")
            out_weight[begin[p] : at] = w_row[falling]
            out_slot[begin[p] : at] = s_row[falling]
