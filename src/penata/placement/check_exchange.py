"""Independent check of an exchange: lawful, nobody worse off, nothing left to gain, and the chains lead where they say.

Shares no code with the solver on purpose. NumPy only. An arrangement can be bettered without harm to anybody exactly if
somebody wishes a slot more that has a free seat, or if wishes go round in a circle: each in it wishes the slot of the
next more than what was assigned. For lists are strict, so whoever moves in a bettering gains; seen from slot to slot
these moves form circles, and paths that end in a free seat.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from penata.placement.problem import UNPLACED, Problem
from penata.placement.voluntary import ExchangeResult, Kind, Wishes


class ExchangeFault(StrEnum):
    """What can be wrong with an exchange."""

    SHAPE = "shape"  # arrays of other lengths or values out of range
    NOT_ELIGIBLE = "not_eligible"  # placed in a slot without an edge
    CAPACITY = "capacity"  # more holders than seats
    RIGHT = "right"  # rights of incumbents misstated
    NOT_RATIONAL = "not_rational"  # placed in a slot neither held nor wished, or wished less than the slot held
    WASTED = "wasted"  # a seat stays free that somebody wished more
    CYCLE = "cycle"  # slots whose holders could still swap in a circle
    TURN = "turn"  # a slot wished more was not gone in earlier trades
    CHAIN = "chain"  # the chains are not the moves
    FIGURES = "figures"  # granted, score, moves, net, unplaced or shortfall are not what the assignment gives


@dataclass(frozen=True, slots=True)
class ExchangeViolation:
    """One fault: how often it occurs and the first index where it does (candidate, slot or wish; -1: the whole)."""

    fault: ExchangeFault
    count: int = 1
    first: int = -1


@dataclass(frozen=True, slots=True)
class ExchangeReport:
    """Outcome of a check, everything recomputed. ``envied``: wishes that stayed open though liked more, in all."""

    violations: tuple[ExchangeViolation, ...]
    envied: int
    placed: int
    moves: int
    score: int

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.violations


def check_exchange(problem: Problem, wishes: Wishes, result: ExchangeResult) -> ExchangeReport:
    """Check *result* against *problem* and *wishes* and return all faults, recomputing everything.

    Raises ProblemError if *problem* itself is malformed.
    """
    problem.validate()
    if not _well_formed(problem, wishes, result):
        return ExchangeReport((ExchangeViolation(ExchangeFault.SHAPE),), 0, 0, 0, 0)
    found: list[ExchangeViolation] = []
    n, m, assignment = problem.candidates, problem.slots, result.assignment
    owner = np.repeat(np.arange(n, dtype=np.int32), np.diff(problem.indptr))
    used = np.flatnonzero(assignment[owner] == problem.slot)
    placed = assignment != UNPLACED
    filled = np.bincount(assignment[placed], minlength=m)
    eligible = np.zeros(n, np.bool_)
    eligible[owner[used]] = True
    _note(found, ExchangeFault.NOT_ELIGIBLE, placed & ~eligible)
    _note(found, ExchangeFault.CAPACITY, filled > problem.capacity)
    held = _held(problem, owner, wishes)
    _note(found, ExchangeFault.RIGHT, held != result.held)

    wisher = np.repeat(np.arange(n), np.diff(wishes.indptr))
    step = np.arange(len(wisher)) - wishes.indptr[wisher]
    length = np.diff(wishes.indptr)
    limit = _first_named(wishes, wisher, step, held, length)  # what comes after the slot held is no wish
    got = _first_named(wishes, wisher, step, assignment, length)
    kept = assignment == held
    _note(found, ExchangeFault.NOT_RATIONAL, ~kept & ((got >= limit) | ~placed))
    more = np.flatnonzero(step < np.where(kept, limit, got)[wisher])
    _note(found, ExchangeFault.WASTED, (filled < problem.capacity)[wishes.slot[more]])
    _note(found, ExchangeFault.CYCLE, _in_circles(assignment[wisher[more]], wishes.slot[more], m))
    latest = np.full(m, -1)
    np.maximum.at(latest, assignment[placed], result.turn[placed])
    _note(found, ExchangeFault.TURN, latest[wishes.slot[more]] >= result.turn[wisher[more]])
    _check_chains(found, result, held)

    score = int(problem.score[used].sum(dtype=np.int64))
    moves = int(np.count_nonzero(placed & (problem.current != UNPLACED) & (assignment != problem.current)))
    figures = (score, moves, score - problem.move_cost * moves, int(n - placed.sum()))
    true = np.array_equal(result.granted, np.where(kept, -1, got)) and _shortfall(problem, result, filled)
    if figures != (result.score, result.moves, result.net, result.unplaced) or not true:
        found.append(ExchangeViolation(ExchangeFault.FIGURES))
    return ExchangeReport(tuple(found), len(more), int(placed.sum()), moves, score)


def _held(problem: Problem, owner: NDArray[np.int32], wishes: Wishes) -> NDArray[np.int32]:
    """Return int32 (n): the slot held by right: by priority, score and number, as many as it has seats."""
    priority = problem.score if wishes.priority is None else wishes.priority
    own = np.flatnonzero(problem.current[owner] == problem.slot)
    people, where = owner[own], problem.slot[own]
    order = np.lexsort((people, -problem.score[own].astype(np.int64), -priority[own].astype(np.int64), where))
    begin = np.searchsorted(where[order], np.arange(problem.slots))
    within = np.arange(len(order)) - begin[where[order]] < problem.capacity[where[order]]
    held = np.full(problem.candidates, UNPLACED, np.int32)
    held[people[order[within]]] = where[order[within]]
    return held


def _first_named(
    wishes: Wishes,
    wisher: NDArray[np.int64],
    step: NDArray[np.int64],
    slots: NDArray[np.int32],
    length: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return int64 (n): the place of each candidate's slot on the own list, or the length of the list."""
    place = length.copy()
    named = np.flatnonzero(wishes.slot == slots[wisher])
    place[wisher[named]] = step[named]
    return place


def _in_circles(tail: NDArray[np.int32], head: NDArray[np.int32], m: int) -> NDArray[np.bool_]:
    """Return bool (m): slots left when those that nobody in another slot wishes are taken away again and again.

    Arcs go from the slot somebody has to one wished more. What is left is empty exactly if there is no circle.
    """
    arc = np.unique(tail[tail != UNPLACED].astype(np.int64) * m + head[tail != UNPLACED])
    begin, target = np.searchsorted(arc, np.arange(m + 1) * m), arc % max(m, 1)
    waiting = np.bincount(target, minlength=m)
    left = np.ones(m, np.bool_)
    bare = np.flatnonzero(waiting == 0)
    while len(bare):
        left[bare] = False
        degree = begin[bare + 1] - begin[bare]
        out = np.repeat(begin[bare] - np.cumsum(degree) + degree, degree) + np.arange(degree.sum())
        reached, times = np.unique(target[out], return_counts=True)
        waiting[reached] -= times
        bare = reached[waiting[reached] == 0]
    return left


def _check_chains(found: list[ExchangeViolation], result: ExchangeResult, held: NDArray[np.int32]) -> None:
    """Note chains in which somebody does not take the seat of the one before, or whose end is misstated."""
    movers = np.flatnonzero(result.assignment != held)
    if np.any((result.chain >= 0) != (result.assignment != held)):
        found.append(ExchangeViolation(ExchangeFault.CHAIN))
        return
    order = movers[np.lexsort((result.position[movers], result.chain[movers]))]
    number, place = result.chain[order], result.position[order]
    opens = np.diff(number, prepend=-1) != 0
    first, last = order[opens], order[np.roll(opens, -1)] if len(order) else order
    if not np.array_equal(number[opens], np.arange(len(result.kind))):
        found.append(ExchangeViolation(ExchangeFault.CHAIN))
        return
    follows = np.where(opens, place == 0, place == np.roll(place, 1) + 1)
    takes = result.assignment[order] == held[np.roll(order, 1)]
    closed = result.assignment[first] == held[last]
    ended = np.where(closed, Kind.CYCLE, np.where(held[last] == UNPLACED, Kind.NEWCOMER, Kind.VACATED))
    _note(found, ExchangeFault.CHAIN, ~follows | ~(takes | opens))
    _note(found, ExchangeFault.CHAIN, result.kind != ended)


def _shortfall(problem: Problem, result: ExchangeResult, filled: NDArray[np.int64]) -> bool:
    """Tell whether the reported aims that were missed are the right ones."""
    return (
        np.array_equal(result.shortfall.minimum, np.maximum(problem.minimum - filled, 0))
        and np.array_equal(result.shortfall.critical, np.where(problem.critical, problem.capacity - filled, 0))
        and np.array_equal(
            result.shortfall.must_place, np.flatnonzero(problem.must_place & (result.assignment == UNPLACED))
        )
    )


def _well_formed(problem: Problem, wishes: Wishes, result: ExchangeResult) -> bool:
    n, m = problem.candidates, problem.slots
    per_person = (result.assignment, result.held, result.granted, result.turn, result.chain, result.position)
    if any(array.shape != (n,) for array in per_person) or wishes.indptr.shape != (n + 1,):
        return False
    if wishes.priority is not None and wishes.priority.shape != (problem.edges,):
        return False
    if wishes.indptr[0] != 0 or wishes.indptr[-1] != wishes.slot.size or np.any(np.diff(wishes.indptr) < 0):
        return False
    if wishes.slot.size and (wishes.slot.min() < 0 or wishes.slot.max() >= m):
        return False
    return not n or bool(result.assignment.min() >= UNPLACED and result.assignment.max() < m)


def _note(found: list[ExchangeViolation], fault: ExchangeFault, wrong: NDArray[np.bool_]) -> None:
    """Add *fault* where *wrong* holds anywhere."""
    count = int(np.count_nonzero(wrong))
    if count:
        found.append(ExchangeViolation(fault, count, int(np.argmax(wrong))))
