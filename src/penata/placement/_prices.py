"""Prices out of an optimal arrangement: the lowest ones that prove it.

The network solver gives no prices. In an optimal arrangement they are longest paths: a candidate i who sits in j and
could sit in k demands v_k >= v_j + w_ik - w_ij, one who is unplaced demands v_k >= w_ik. Sweeping these demands from
zero (Bellman-Ford) ends at the lowest prices of all optimal ones, because optimal prices form a lattice (Shapley and
Shubik, "The assignment game I", Int. J. Game Theory 1, 1971). Sweeps that do not end betray an arrangement that is
not optimal.
"""

import numpy as np
from numpy.typing import NDArray

from penata.placement.compile import EDGES, OUT, POINTERS, SLOTS, kernel
from penata.placement.problem import UNPLACED, Problem


class NotOptimalError(ArithmeticError):
    """The arrangement has no prices, so it is not optimal."""


def lowest_prices(
    problem: Problem, weight: NDArray[np.int64], assignment: NDArray[np.int32], minimum: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return prices ``u`` int64 (n) and ``v`` int64 (m) that prove *assignment* optimal for *weight* and *minimum*.

    Prices of slots are as low as they can be, but 0 or more wherever optimality allows it: only a seat that is filled
    for the sake of its minimum may have a negative price. Raises NotOptimalError if *assignment* is not optimal.
    """
    seat = seat_edges(problem, assignment)
    filled = np.bincount(assignment[assignment != UNPLACED], minlength=problem.slots)
    v = np.zeros(problem.slots, np.int64)
    binding = (minimum > 0) & (filled == minimum)
    arrays = (problem.indptr, problem.slot, weight, seat)
    if binding.any():
        # A floor of 0 could exceed what the holders are worth; the highest prices say how far it must be lowered.
        highest = np.full(problem.slots, np.iinfo(np.int64).max // 2, np.int64)
        highest[filled < problem.capacity] = 0
        if not lower_to_fixpoint(*arrays, highest):
            raise NotOptimalError("the arrangement is not optimal: its highest prices do not settle")
        v[binding] = np.minimum(highest[binding], 0)
    if not raise_to_fixpoint(*arrays, v):
        raise NotOptimalError("the arrangement is not optimal: its lowest prices do not settle")
    return best_profits(problem.indptr, problem.slot, weight, v), v


def seat_edges(problem: Problem, assignment: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return int64 (n): the edge that *assignment* uses for each candidate, or -1."""
    found: NDArray[np.int64] = find_edges(problem.indptr, problem.slot, assignment)
    return found


@kernel("int64[::1]", POINTERS, SLOTS, SLOTS)
def find_edges(indptr: NDArray[np.int64], slot: NDArray[np.int32], assignment: NDArray[np.int32]) -> NDArray[np.int64]:
    """Find the edge of each candidate's slot; -1 where unplaced or not eligible."""
    n = len(assignment)
    found = np.full(n, -1, np.int64)
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            if slot[e] == assignment[i]:
                found[i] = e
    return found


@kernel("boolean", POINTERS, SLOTS, EDGES, POINTERS, OUT)
def raise_to_fixpoint(
    indptr: NDArray[np.int64],
    slot: NDArray[np.int32],
    weight: NDArray[np.int64],
    seat: NDArray[np.int64],
    v: NDArray[np.int64],
) -> bool:
    """Raise *v* in place until every demand is met; False if it never settles."""
    n = len(seat)
    for _ in range(len(v) + 2):
        changed = False
        for i in range(n):
            base = 0 if seat[i] < 0 else v[slot[seat[i]]] - weight[seat[i]]
            for e in range(indptr[i], indptr[i + 1]):
                demand = base + weight[e]
                if demand > v[slot[e]]:
                    v[slot[e]] = demand
                    changed = True
        if not changed:
            return True
    return False


@kernel("boolean", POINTERS, SLOTS, EDGES, POINTERS, OUT)
def lower_to_fixpoint(
    indptr: NDArray[np.int64],
    slot: NDArray[np.int32],
    weight: NDArray[np.int64],
    seat: NDArray[np.int64],
    v: NDArray[np.int64],
) -> bool:
    """Lower *v* in place until no holder would rather leave or go elsewhere; False if it never settles."""
    n = len(seat)
    for _ in range(len(v) + 2):
        changed = False
        for i in range(n):
            if seat[i] < 0:
                continue
            own = weight[seat[i]]
            limit = min(v[slot[seat[i]]], own)
            for e in range(indptr[i], indptr[i + 1]):
                limit = min(limit, v[slot[e]] + own - weight[e])
            if limit < v[slot[seat[i]]]:
                v[slot[seat[i]]] = limit
                changed = True
        if not changed:
            return True
    return False


@kernel("int64[::1]", POINTERS, SLOTS, EDGES, EDGES)
def best_profits(
    indptr: NDArray[np.int64], slot: NDArray[np.int32], weight: NDArray[np.int64], v: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each candidate the largest weight less price, at least 0."""
    n = len(indptr) - 1
    u = np.zeros(n, np.int64)
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            u[i] = max(u[i], weight[e] - v[slot[e]])
    return u
