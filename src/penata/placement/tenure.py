"""What the voluntary methods owe to incumbents, and what they miss because they cannot promise it."""

import numpy as np
from numpy.typing import NDArray

from penata.placement._prices import seat_edges
from penata.placement.problem import UNPLACED, Problem
from penata.placement.voluntary import Shortfall


def rights(problem: Problem, rank: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return bool (n): the incumbents who have the first right to the slot they hold.

    Those who hold a slot, are still eligible for it (an edge), and whose seat is still there. Where a slot has fewer
    seats than such incumbents, the seats go to the highest *rank* int32 (e), then score, then lowest number.
    Nothing that a candidate could say enters: a right that one gives up does not pass on to a colleague whose seat was
    cut, or else giving it up could pay.
    """
    edge = seat_edges(problem, problem.current)
    right = edge >= 0
    holders = np.bincount(problem.current[right], minlength=problem.slots)
    crowded = holders > problem.capacity
    if not crowded.any():
        return right
    people = np.flatnonzero(right)
    people = people[crowded[problem.current[people]]]
    own, where = edge[people], problem.current[people]
    order = np.lexsort((people, -problem.score[own].astype(np.int64), -rank[own].astype(np.int64), where))
    where = where[order]
    place = np.arange(len(order)) - np.searchsorted(where, where)
    right[people[order[place >= problem.capacity[where]]]] = False
    return right


def shortfall(problem: Problem, assignment: NDArray[np.int32]) -> Shortfall:
    """Return what *assignment* int32 (n) leaves open of minima, critical slots and people who must be placed."""
    filled = np.bincount(assignment[assignment != UNPLACED], minlength=problem.slots)
    empty = np.where(problem.critical, problem.capacity - filled, 0)
    return Shortfall(
        minimum=np.maximum(problem.minimum - filled, 0).astype(np.int32),
        critical=empty.astype(np.int32),
        must_place=np.flatnonzero(problem.must_place & (assignment == UNPLACED)).astype(np.int32),
    )
