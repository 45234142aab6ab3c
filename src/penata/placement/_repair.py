"""Arrangements that are quickly made and often lawful: nobody placed, everybody stays, the plain optimum repaired."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from penata.placement._lagrange import Model
from penata.placement._prices import seat_edges
from penata.placement.constraints import HARD
from penata.placement.problem import UNPLACED

STEPS = 400


def easy_arrangements(model: Model, owner: NDArray[np.int32], plain: NDArray[np.int32]) -> Iterator[NDArray[np.int32]]:
    """Yield arrangements within seats and eligibility, lawful or not."""
    yield np.full(model.problem.candidates, UNPLACED, np.int32)
    staying = _everybody_stays(model)
    yield staying
    yield _repaired(model, owner, plain)
    yield _repaired(model, owner, staying)


def _everybody_stays(model: Model) -> NDArray[np.int32]:
    """Return all where they are, as far as that is allowed and seats go round, the heaviest first."""
    problem = model.problem
    seat = seat_edges(problem, problem.current)
    stayers = np.flatnonzero(seat >= 0)
    order = stayers[np.lexsort((-model.weight[seat[stayers]], problem.current[stayers]))]
    slot = problem.current[order]
    rank = np.arange(len(order)) - np.searchsorted(slot, slot)
    kept = order[rank < problem.capacity[slot]]
    assignment = np.full(problem.candidates, UNPLACED, np.int32)
    assignment[kept] = problem.current[kept]
    return assignment


def _repaired(model: Model, owner: NDArray[np.int32], start: NDArray[np.int32]) -> NDArray[np.int32]:
    """Change *start* pair by pair where a hard row is missed: the cheapest out, or the most valuable in."""
    problem, rows = model.problem, model.constraints
    assignment = start.copy()
    hard = rows.price == HARD
    for _ in range(STEPS):
        model.left()
        total = model.activity(assignment)
        missed = np.flatnonzero(hard & ((total > rows.upper) | (total < rows.lower)))
        if not len(missed):
            break
        r = int(missed[0])
        sign = 1 if total[r] > rows.upper[r] else -1
        edge = rows.edge[rows.indptr[r] : rows.indptr[r + 1]]
        pull = rows.coefficient[rows.indptr[r] : rows.indptr[r + 1]] * sign
        used = assignment[owner[edge]] == problem.slot[edge]
        out, into = edge[used & (pull > 0)], edge[~used & (pull < 0)]
        free = problem.capacity > np.bincount(assignment[assignment != UNPLACED], minlength=problem.slots)
        into = into[free[problem.slot[into]]]
        if len(into):
            now = seat_edges(problem, assignment)[owner[into]]
            gain = model.weight[into] - np.where(now >= 0, model.weight[now], 0)
            best = into[np.argmax(gain)]
            assignment[owner[best]] = problem.slot[best]
        elif len(out):
            i = int(owner[out[np.argmin(model.weight[out])]])
            home = int(problem.current[i])
            stays = home not in {UNPLACED, assignment[i]} and bool(free[home])
            allowed = stays and home in problem.slot[problem.indptr[i] : problem.indptr[i + 1]]
            assignment[i] = home if allowed else UNPLACED
        else:
            break
    return assignment
