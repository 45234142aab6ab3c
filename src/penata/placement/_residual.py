"""Shortest alternating paths around an optimal arrangement.

Nodes are the slots and, as node m, the state "unplaced". One seat too many in slot a is passed on by moving a holder
p of a to slot b (loss w_pa - w_pb) or out (loss w_pa), or is taken by a free seat; "unplaced" passes on by taking a
candidate into b, or by leaving a seat of b empty. Prices make every such loss non-negative: u_p + v_b - w_pb for a
move, u_p for a leaver, v_b or -v_a for seats. So Dijkstra's algorithm applies (Johnson's reduced costs; Ahuja,
Magnanti, Orlin, "Network Flows", 1993, ch. 9).
"""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numba import types
from numpy.typing import NDArray

from penata.placement.compile import EDGES, OUT, POINTERS, SLOTS, kernel
from penata.placement.problem import Problem
from penata.placement.result import Result
from penata.placement.weights import tiered_weights

FAR = np.iinfo(np.int64).max
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Residual:
    """A solved problem made ready for path searches.

    ``weight`` int64 (e), tiered points. ``node`` int64 (n): slot of each candidate, m when unplaced. ``holders``
    int64 (n): candidates by node, those of node a at ``holders[first[a]:first[a + 1]]``. ``take``/``give`` int64
    (m+1), 0 or 1: the slot has a free seat / can leave one more seat empty.
    """

    problem: Problem
    result: Result
    weight: NDArray[np.int64]
    node: NDArray[np.int64]
    holders: NDArray[np.int64]
    first: NDArray[np.int64]
    take: NDArray[np.int64]
    give: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paths:
    """Losses of the cheapest paths from one node to all (``FAR``: none), and how each node was reached."""

    source: int
    loss: NDArray[np.int64]
    previous: NDArray[np.int64]
    mover: NDArray[np.int64]


def prepare(problem: Problem, result: Result) -> Residual:
    """Index an optimal *result* for path searches. Build it once and pass it to many questions."""
    m = problem.slots
    node = np.where(result.assignment < 0, m, result.assignment).astype(np.int64)
    filled = np.bincount(node, minlength=m + 1)
    minimum = problem.minimum - result.unmet
    return Residual(
        problem=problem,
        result=result,
        weight=tiered_weights(problem, result.tiers),
        node=node,
        holders=np.argsort(node, kind="stable").astype(np.int64),
        first=np.concatenate(([0], np.cumsum(filled))).astype(np.int64),
        take=np.append(filled[:m] < problem.capacity, False).astype(np.int64),
        give=np.append(filled[:m] > minimum, False).astype(np.int64),
    )


def search(residual: Residual, source: int, target: int = -1) -> Paths:
    """Return the cheapest paths from node *source*, to all nodes or only until *target* is settled."""
    size = residual.problem.slots + 1
    loss = np.full(size, FAR, np.int64)
    previous = np.full(size, -1, np.int64)
    mover = np.full(size, NOBODY, np.int64)
    shortest_paths(
        residual.problem.indptr, residual.problem.slot, residual.weight, residual.result.u, residual.result.v,
        residual.holders, residual.first, residual.take, residual.give, source, target, loss, previous, mover,
    )  # fmt: skip
    return Paths(source, loss, previous, mover)


@kernel(
    "void", POINTERS, SLOTS, EDGES, EDGES, EDGES, POINTERS, POINTERS, POINTERS, POINTERS, types.int64, types.int64,
    OUT, OUT, OUT,
)  # fmt: skip
def shortest_paths(
    indptr: NDArray[np.int64],
    slot: NDArray[np.int32],
    weight: NDArray[np.int64],
    u: NDArray[np.int64],
    v: NDArray[np.int64],
    holders: NDArray[np.int64],
    first: NDArray[np.int64],
    take: NDArray[np.int64],
    give: NDArray[np.int64],
    source: int,
    target: int,
    loss: NDArray[np.int64],
    previous: NDArray[np.int64],
    mover: NDArray[np.int64],
) -> None:
    """Dijkstra over slots and the unplaced state (node m), written into the last three arrays.

    The heap orders by loss, then by node, so that equal paths are always resolved alike.
    """
    outside = len(v)
    settled = np.zeros(outside + 1, np.bool_)
    loss[source] = 0
    heap = [(np.int64(0), np.int64(source))]
    while len(heap) > 0:
        far, a = heappop(heap)
        if settled[a]:
            continue
        settled[a] = True
        if a == target:
            return
        for h in range(first[a], first[a + 1]):
            p = holders[h]
            if a != outside and far + u[p] < loss[outside]:
                loss[outside] = far + u[p]
                previous[outside] = a
                mover[outside] = p
                heappush(heap, (loss[outside], np.int64(outside)))
            for e in range(indptr[p], indptr[p + 1]):
                b = slot[e]
                reach = far + u[p] + v[b] - weight[e]
                if b != a and reach < loss[b]:
                    loss[b] = reach
                    previous[b] = a
                    mover[b] = p
                    heappush(heap, (reach, np.int64(b)))
        if a == outside:
            for b in range(outside):
                if give[b] and far + v[b] < loss[b]:
                    loss[b] = far + v[b]
                    previous[b] = a
                    mover[b] = -1
                    heappush(heap, (loss[b], np.int64(b)))
        elif take[a] and far - v[a] < loss[outside]:
            loss[outside] = far - v[a]
            previous[outside] = a
            mover[outside] = -1
            heappush(heap, (loss[outside], np.int64(outside)))
