"""Independent check of a result: is it lawful, is its value what it says, and do its prices prove it best?

Shares no code with the solvers on purpose; weights and tiers are reckoned here once more. NumPy only, every edge is
read once. The argument is weak duality (Kuhn-Munkres; any textbook on linear programming): if u_i + v_j >= w_ij on
every edge and u >= 0, then no lawful arrangement is worth more than sum(u) + sum(capacity * v).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from penata.placement.problem import MAX_SCORE, UNPLACED, Problem
from penata.placement.result import Result, Status


class Fault(StrEnum):
    """What can be wrong with a result."""

    SHAPE = "shape"  # arrays of other lengths or values out of range
    NOT_ELIGIBLE = "not_eligible"  # placed in a slot without an edge
    CAPACITY = "capacity"  # more holders than seats
    MINIMUM = "minimum"  # fewer holders than the minimum, or unmet seats misstated
    TIERS = "tiers"  # tiers too small to keep the order of objectives strict
    VALUE = "value"  # value, score or moves are not what the assignment gives
    PROFIT_NEGATIVE = "profit_negative"  # u_i < 0
    PRICE_NEGATIVE = "price_negative"  # v_j < 0 although no minimum binds
    PRICE_TOO_LOW = "price_too_low"  # u_i + v_j < weight on an edge
    SLACKNESS = (
        "slackness"  # a price paid for a free seat, a profit without a place, or a placed pair that is not tight
    )
    PRICE_UNFOUNDED = "price_unfounded"  # v_j > 0 that nobody offers
    BOUND = "bound"  # bound is not what the prices give
    GAP = "gap"  # bound and value differ although optimality is claimed
    STATUS = "status"  # infeasible without unmet minimum, or the reverse


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault: how often it occurs and the first index where it does (candidate, slot or edge; -1: the whole)."""

    fault: Fault
    count: int = 1
    first: int = -1


@dataclass(frozen=True, slots=True)
class Report:
    """Outcome of a check. ``value`` and ``bound`` are recomputed, in points of the tiered weight."""

    violations: tuple[Violation, ...]
    value: int
    bound: int
    placed: int
    moves: int

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.violations

    @property
    def gap(self) -> int:
        """Distance between the recomputed bound and value."""
        return self.bound - self.value


def check(problem: Problem, result: Result) -> Report:
    """Check *result* against *problem* and return all faults, recomputing everything.

    With ``Status.INFEASIBLE`` the proof holds for the minima lowered by ``unmet``; that no arrangement meets more of
    the minima is not part of the proof. Raises ProblemError if *problem* itself is malformed.
    """
    problem.validate()
    if not _well_formed(problem, result):
        return Report((Violation(Fault.SHAPE),), 0, 0, 0, 0)
    found: list[Violation] = []
    owner = np.repeat(np.arange(problem.candidates), np.diff(problem.indptr))
    held = problem.current[owner]
    moved = (held != UNPLACED) & (problem.slot != held)
    weight = problem.score.astype(np.int64) - np.where(moved, problem.move_cost, 0)
    weight += np.where(problem.critical[problem.slot], result.tiers.critical, 0)
    weight += np.where(problem.must_place[owner], result.tiers.place, 0)
    used = result.assignment[owner] == problem.slot
    placed = result.assignment != UNPLACED
    filled = np.bincount(result.assignment[placed], minlength=problem.slots)
    value = int(weight[used].sum())
    moves = int(moved[used].sum())

    eligible = np.zeros(problem.candidates, np.bool_)
    eligible[owner[used]] = True
    _note(found, Fault.NOT_ELIGIBLE, placed & ~eligible)
    _note(found, Fault.CAPACITY, filled > problem.capacity)
    _note(found, Fault.MINIMUM, np.maximum(problem.minimum - filled, 0) != result.unmet)
    if _too_small(problem, result):
        found.append(Violation(Fault.TIERS))
    if (value, moves, int(problem.score[used].sum(dtype=np.int64))) != (result.value, result.moves, result.score):
        found.append(Violation(Fault.VALUE))
    bound = _check_prices(found, problem, result, weight, owner, used, filled)
    if bound != result.bound:
        found.append(Violation(Fault.BOUND))
    if bound != value and result.status is not Status.FEASIBLE:
        found.append(Violation(Fault.GAP))
    if result.status is not Status.FEASIBLE and (result.status is Status.INFEASIBLE) != bool(result.unmet.any()):
        found.append(Violation(Fault.STATUS))
    return Report(tuple(found), value, bound, int(placed.sum()), moves)


def _check_prices(
    found: list[Violation],
    problem: Problem,
    result: Result,
    weight: NDArray[np.int64],
    owner: NDArray[np.int64],
    used: NDArray[np.bool_],
    filled: NDArray[np.int64],
) -> int:
    """Note what is wrong with the prices and return the bound they give."""
    u, v = result.u, result.v
    minimum = problem.minimum - result.unmet
    slack = u[owner] + v[problem.slot] - weight
    _note(found, Fault.PROFIT_NEGATIVE, u < 0)
    _note(found, Fault.PRICE_NEGATIVE, (v < 0) & ((minimum == 0) | (filled > minimum)))
    _note(found, Fault.PRICE_TOO_LOW, slack < 0)
    if result.status is not Status.FEASIBLE:
        _note(found, Fault.SLACKNESS, used & (slack != 0))
        _note(found, Fault.SLACKNESS, (u > 0) & (result.assignment == UNPLACED))
        _note(found, Fault.SLACKNESS, (v > 0) & (filled < problem.capacity))
        offered = np.zeros(problem.slots, np.bool_)
        offered[problem.slot[slack == 0]] = True
        _note(found, Fault.PRICE_UNFOUNDED, (v > 0) & ~offered)
    return int(u.sum() + (np.where(v < 0, minimum, problem.capacity) * v).sum())


def _well_formed(problem: Problem, result: Result) -> bool:
    """Tell whether arrays fit the problem and are small enough that no sum here can leave 64 bits."""
    n, m = problem.candidates, problem.slots
    if (
        result.assignment.shape != (n,)
        or result.u.shape != (n,)
        or result.v.shape != (m,)
        or result.unmet.shape != (m,)
    ):
        return False
    if n and (result.assignment.min() < UNPLACED or result.assignment.max() >= m):
        return False
    if m and (result.unmet.min() < 0 or np.any(result.unmet > problem.minimum)):
        return False
    terms = 4 * (n + int(problem.capacity.sum(dtype=np.int64)) + 1)
    largest = np.iinfo(np.int64).max // terms
    extremes = [
        abs(int(edge)) for prices in (result.u, result.v) if len(prices) for edge in (prices.min(), prices.max())
    ]
    return max(*extremes, abs(result.tiers.critical), abs(result.tiers.place), problem.move_cost, 0) < largest


def _too_small(problem: Problem, result: Result) -> bool:
    """Tell whether the tiers let the points of an exchange outweigh a placed candidate or a critical seat."""
    touched = min(problem.candidates, problem.slots + 1)
    loss = touched * (MAX_SCORE + problem.move_cost)
    return result.tiers.place <= loss or result.tiers.critical <= result.tiers.place + loss


def _note(found: list[Violation], fault: Fault, wrong: NDArray[np.bool_]) -> None:
    """Add *fault* where *wrong* holds anywhere."""
    count = int(np.count_nonzero(wrong))
    if count:
        found.append(Violation(fault, count, int(np.argmax(wrong))))
