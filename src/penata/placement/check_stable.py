"""Independent check of a stable arrangement: lawful, rational, fair to incumbents, and every blocking pair counted.

Shares no code with the solver on purpose; rights and ties are reckoned here once more. NumPy only. A pair of candidate
and slot blocks if the candidate likes the slot better than what was assigned, and the slot has a free seat or a holder
whom it ranks lower (Gale and Shapley 1962).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from penata.placement.problem import UNPLACED, Problem
from penata.placement.voluntary import CLOSED, OPEN, Preferences, StableResult


class StableFault(StrEnum):
    """What can be wrong with a stable arrangement."""

    SHAPE = "shape"  # arrays of other lengths or values out of range
    NOT_ELIGIBLE = "not_eligible"  # placed in a slot without an edge
    CAPACITY = "capacity"  # more holders than seats
    NOT_RATIONAL = "not_rational"  # placed in a slot that the candidate does not accept
    RIGHT = "right"  # rights of incumbents misstated
    WORSE_OFF = "worse_off"  # an incumbent with a right got something liked less
    BLOCKING = "blocking"  # a pair blocks although rights and ties were heeded
    CUTOFF = "cutoff"  # a cutoff is not what the holders give
    FIGURES = "figures"  # score, moves, net, unplaced or shortfall are not what the assignment gives


@dataclass(frozen=True, slots=True)
class StableViolation:
    """One fault: how often it occurs and the first index where it does (candidate, slot or edge; -1: the whole)."""

    fault: StableFault
    count: int = 1
    first: int = -1


@dataclass(frozen=True, slots=True)
class StableReport:
    """Outcome of a check, everything recomputed.

    ``blocking_modified``: pairs that block when incumbents with a right come first; ties broken, so equals count too.
    ``blocking_given``: pairs that block by taste and rank as given, ties never; they are the price of those rights.
    ``worse_off``: incumbents with a right who like what they got less than what they held.
    """

    violations: tuple[StableViolation, ...]
    blocking_modified: int
    blocking_given: int
    worse_off: int
    placed: int
    moves: int
    score: int

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.violations


def check_stable(problem: Problem, result: StableResult, preferences: Preferences | None = None) -> StableReport:
    """Check *result* against *problem* and *preferences* and return all faults, recomputing everything.

    Raises ProblemError if *problem* itself is malformed.
    """
    problem.validate()
    lists = preferences or Preferences()
    if not _well_formed(problem, result, lists):
        return StableReport((StableViolation(StableFault.SHAPE),), 0, 0, 0, 0, 0, 0)
    taste = problem.score if lists.taste is None else lists.taste
    rank = problem.score if lists.rank is None else lists.rank
    found: list[StableViolation] = []
    n, m, assignment = problem.candidates, problem.slots, result.assignment
    owner = np.repeat(np.arange(n, dtype=np.int32), np.diff(problem.indptr))
    used = np.flatnonzero(assignment[owner] == problem.slot)
    own = np.flatnonzero(problem.current[owner] == problem.slot)
    at, home = np.full(n, -1), np.full(n, -1)  # the edge assigned, the edge of the slot held
    at[owner[used]], home[owner[own]] = used, own
    placed = assignment != UNPLACED
    filled = np.bincount(assignment[placed], minlength=m)

    _note(found, StableFault.NOT_ELIGIBLE, placed & (at < 0))
    _note(found, StableFault.CAPACITY, filled > problem.capacity)
    if found:
        return StableReport(tuple(found), 0, 0, 0, int(placed.sum()), 0, 0)
    acceptable = np.ones(problem.edges, np.bool_) if lists.acceptable is None else lists.acceptable
    refused = np.zeros(n, np.bool_)
    refused[placed] = ~acceptable[at[placed]]
    _note(found, StableFault.NOT_RATIONAL, refused)
    right = _rights(problem, own, owner[own], rank)
    _note(found, StableFault.RIGHT, right != result.right)
    liked = np.full(n, np.iinfo(np.int64).min)  # the taste of what each got; nothing is liked less than any slot
    liked[placed] = taste[at[placed]]
    worse = np.zeros(n, np.bool_)
    careful = np.flatnonzero(right)
    careful = careful[acceptable[home[careful]]]
    worse[careful] = liked[careful] < taste[home[careful]]
    _note(found, StableFault.WORSE_OFF, worse)

    keen = np.flatnonzero(acceptable & (taste >= liked[owner]))
    claims = keen[_prefers(problem, keen, owner[keen], taste, at)]
    modified = claims[_admits(problem, claims, owner[claims], rank, at, right, filled)]
    if len(modified):
        found.append(StableViolation(StableFault.BLOCKING, len(modified), int(modified[0])))
    lowest = np.full(m, np.iinfo(np.int64).max)
    np.minimum.at(lowest, assignment[placed], rank[at[placed]].astype(np.int64))
    lowest[filled < problem.capacity] = np.iinfo(np.int64).min
    strict = keen[taste[keen] > liked[owner[keen]]]
    given = int(np.count_nonzero(rank[strict] > lowest[problem.slot[strict]]))

    entered = placed & ~(right & (at == home))
    cutoff = np.full(m, CLOSED)
    np.minimum.at(cutoff, assignment[entered], rank[at[entered]].astype(np.int64))
    cutoff[filled < problem.capacity] = OPEN
    _note(found, StableFault.CUTOFF, cutoff != result.cutoff)
    score = int(problem.score[used].sum(dtype=np.int64))
    moves = int(np.count_nonzero(placed & (problem.current != UNPLACED) & (assignment != problem.current)))
    figures = (score, moves, score - problem.move_cost * moves, int(n - placed.sum()))
    if figures != (result.score, result.moves, result.net, result.unplaced) or not _shortfall(problem, result, filled):
        found.append(StableViolation(StableFault.FIGURES))
    return StableReport(tuple(found), len(modified), given, int(worse.sum()), int(placed.sum()), moves, score)


def _rights(
    problem: Problem, own: NDArray[np.int64], people: NDArray[np.int32], rank: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return bool (n): the first holders of each slot by rank, score and number, as many as it has seats."""
    where = problem.slot[own]
    order = np.lexsort((people, -problem.score[own].astype(np.int64), -rank[own].astype(np.int64), where))
    begin = np.searchsorted(where[order], np.arange(problem.slots))
    place = np.arange(len(order)) - begin[where[order]]
    right = np.zeros(problem.candidates, np.bool_)
    right[people[order]] = place < problem.capacity[where[order]]
    return right


def _prefers(
    problem: Problem,
    edges: NDArray[np.int64],
    people: NDArray[np.int32],
    taste: NDArray[np.int32],
    at: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Return, for each of *edges*, whether its candidate likes it better than what was assigned, ties broken."""
    mine = at[people]
    staying = problem.current[people]
    better, equal = mine < 0, mine >= 0
    for values, others in (
        (taste[edges], taste[mine]),
        (problem.slot[edges] == staying, problem.slot[mine] == staying),
        (problem.score[edges], problem.score[mine]),
        (problem.slot[mine], problem.slot[edges]),  # the lower number is liked better
    ):
        better |= equal & (values > others)
        equal &= values == others
    return better


def _admits(
    problem: Problem,
    claims: NDArray[np.int64],
    me: NDArray[np.int32],
    rank: NDArray[np.int32],
    at: NDArray[np.int64],
    right: NDArray[np.bool_],
    filled: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Return, for each of *claims*, edges of candidates *me*, whether its slot has a free seat or a later holder."""
    by_right = right & (at >= 0) & (problem.slot[at] == problem.current) if problem.edges else right
    people = np.flatnonzero(at >= 0)
    where = problem.slot[at[people]]
    order = np.lexsort((-people, problem.score[at[people]], rank[at[people]], by_right[people], where))
    begin = np.searchsorted(where[order], np.arange(problem.slots))
    full = (filled >= problem.capacity) & (filled > 0)
    weakest = np.full(problem.slots, -1)
    weakest[full] = people[order[begin[full]]]
    last = weakest[problem.slot[claims]]
    returning = right[me] & (problem.slot[claims] == problem.current[me])
    behind = np.zeros(len(claims), np.bool_)
    equal = np.ones(len(claims), np.bool_)
    mine = (returning, rank[claims], problem.score[claims], -me)
    theirs = (by_right[last], rank[at[last]], problem.score[at[last]], -last)
    for left, other in zip(mine, theirs, strict=True):
        behind |= equal & (left > other)
        equal &= left == other
    return (filled < problem.capacity)[problem.slot[claims]] | ((last >= 0) & behind)


def _shortfall(problem: Problem, result: StableResult, filled: NDArray[np.int64]) -> bool:
    """Tell whether the reported aims that were missed are the right ones."""
    return (
        np.array_equal(result.shortfall.minimum, np.maximum(problem.minimum - filled, 0))
        and np.array_equal(result.shortfall.critical, np.where(problem.critical, problem.capacity - filled, 0))
        and np.array_equal(
            result.shortfall.must_place, np.flatnonzero(problem.must_place & (result.assignment == UNPLACED))
        )
    )


def _well_formed(problem: Problem, result: StableResult, lists: Preferences) -> bool:
    n, m = problem.candidates, problem.slots
    given = (array for array in (lists.taste, lists.rank, lists.acceptable) if array is not None)
    if any(array.shape != (problem.edges,) for array in given):
        return False
    shapes = (result.assignment.shape, result.right.shape, result.cutoff.shape)
    if shapes != ((n,), (n,), (m,)):
        return False
    return not n or bool(result.assignment.min() >= UNPLACED and result.assignment.max() < m)


def _note(found: list[StableViolation], fault: StableFault, wrong: NDArray[np.bool_]) -> None:
    """Add *fault* where *wrong* holds anywhere."""
    count = int(np.count_nonzero(wrong))
    if count:
        found.append(StableViolation(fault, count, int(np.argmax(wrong))))
