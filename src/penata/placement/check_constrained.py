"""Independent check of an arrangement under side constraints: lawful, worth what it says, below what its prices prove.

Shares no code with the solver; NumPy only, every edge is read once. Prices of people, slots and rows prove ``relaxed``
by weak duality; that nothing lies between ``bound`` and ``relaxed`` is the word of the mixed-integer solver.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from penata.placement.constraints import HARD, UNLIMITED, ConstrainedResult, Constraints
from penata.placement.outcome import Outcome
from penata.placement.problem import UNPLACED, Problem


class ConstrainedFault(StrEnum):
    """What can be wrong with a result."""

    SHAPE = "shape"  # arrays of other lengths, or values out of range
    NOT_ELIGIBLE = "not_eligible"  # placed in a slot without an edge
    CAPACITY = "capacity"  # more holders than seats
    MINIMUM = "minimum"  # unmet seats misstated, or left in a lawful arrangement
    ROW = "row"  # violations misstated, or a hard row missed by a lawful arrangement
    VALUE = "value"  # value, score or moves are not what the assignment gives
    PLAIN = "plain"  # the report on the plain optimum is wrong
    PRICE = "price"  # prices that prove nothing: wrong sign, beyond a soft price, or too low on an edge
    BOUND = "bound"  # relaxed is not what prices give, bound above it, or value above bound
    OUTCOME = "outcome"  # outcome does not agree with value, bound and violations


def check_constrained(
    problem: Problem, constraints: Constraints, result: ConstrainedResult
) -> tuple[ConstrainedFault, ...]:
    """Return all faults of *result*; nothing if it is sound. Raises ProblemError if the input is malformed."""
    problem.validate()
    constraints.validate(problem)
    if not _shaped(problem, constraints, result):
        return (ConstrainedFault.SHAPE,)
    owner = np.repeat(np.arange(problem.candidates), np.diff(problem.indptr))
    held = problem.current[owner]
    moved = (held != UNPLACED) & (problem.slot != held)
    weight = problem.score.astype(np.int64) - np.where(moved, problem.move_cost, 0)
    weight += np.where(problem.critical[problem.slot], result.tiers.critical, 0)
    weight += np.where(problem.must_place[owner], result.tiers.place, 0)
    used = result.assignment[owner] == problem.slot
    placed = result.assignment != UNPLACED
    filled = np.bincount(result.assignment[placed], minlength=problem.slots)
    eligible = np.zeros(problem.candidates, np.bool_)
    eligible[owner[used]] = True
    missed = _missed(constraints, used)
    fine = int((np.maximum(constraints.price, 0) * missed).sum())
    unmet = np.maximum(problem.minimum - filled, 0)
    lawful = not (missed[constraints.price == HARD].any() or unmet.any())
    claims_lawful = result.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}
    figures = (int(weight[used].sum()) - fine, int(problem.score[used].sum(dtype=np.int64)), int(moved[used].sum()))
    plain = result.plain.assignment[owner] == problem.slot
    plain_figures = (int(weight[plain].sum()), int(problem.score[plain].sum(dtype=np.int64)), int(moved[plain].sum()))
    wrong = {
        ConstrainedFault.NOT_ELIGIBLE: bool(np.any(placed & ~eligible)),
        ConstrainedFault.CAPACITY: bool(np.any(filled > problem.capacity)),
        ConstrainedFault.MINIMUM: bool(np.any(unmet != result.unmet) or (claims_lawful and unmet.any())),
        ConstrainedFault.ROW: bool(np.any(missed != result.violation) or (claims_lawful and not lawful)),
        ConstrainedFault.VALUE: figures != (result.value, result.score, result.moves),
        ConstrainedFault.PLAIN: plain_figures != (result.plain.value, result.plain.score, result.plain.moves)
        or bool(np.any(_missed(constraints, plain) != result.plain.broken)),
        ConstrainedFault.PRICE: not _prices_hold(problem, constraints, result, weight, owner),
        ConstrainedFault.BOUND: _worth(problem, constraints, result) != result.relaxed
        or result.bound > result.relaxed
        or (claims_lawful and result.value > result.bound),
        ConstrainedFault.OUTCOME: not _agrees(result, lawful=lawful),
    }
    return tuple(fault for fault, is_wrong in wrong.items() if is_wrong)


def _shaped(problem: Problem, constraints: Constraints, result: ConstrainedResult) -> bool:
    n, m, rows = problem.candidates, problem.slots, constraints.rows
    lengths = (
        (result.assignment, n), (result.plain.assignment, n), (result.u, n), (result.v, m), (result.unmet, m),
        (result.violation, rows), (result.multiplier, rows), (result.plain.broken, rows),
    )  # fmt: skip
    if any(array.shape != (length,) for array, length in lengths):
        return False
    return not any(np.any((a < UNPLACED) | (a >= m)) for a in (result.assignment, result.plain.assignment))


def _missed(constraints: Constraints, used: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return int64 (R): by how much each row is missed."""
    row = np.repeat(np.arange(constraints.rows), np.diff(constraints.indptr))
    total = np.zeros(constraints.rows, np.int64)
    np.add.at(total, row, np.where(used[constraints.edge], constraints.coefficient, 0))
    missed: NDArray[np.int64] = np.maximum(np.maximum(constraints.lower - total, total - constraints.upper), 0)
    return missed


def _prices_hold(
    problem: Problem,
    constraints: Constraints,
    result: ConstrainedResult,
    weight: NDArray[np.int64],
    owner: NDArray[np.int64],
) -> bool:
    """Tell whether the prices bound every lawful arrangement."""
    row = np.repeat(np.arange(constraints.rows), np.diff(constraints.indptr))
    priced = weight.copy()
    np.subtract.at(priced, constraints.edge, result.multiplier[row] * constraints.coefficient)
    soft = constraints.price != HARD
    unfounded = (
        (result.u < 0).any()
        or ((result.v < 0) & (problem.minimum == 0)).any()
        or ((result.multiplier > 0) & (constraints.upper == UNLIMITED)).any()
        or ((result.multiplier < 0) & (constraints.lower == -UNLIMITED)).any()
        or (soft & (np.abs(result.multiplier) > constraints.price)).any()
    )
    return bool(not unfounded and np.all(result.u[owner] + result.v[problem.slot] >= priced))


def _worth(problem: Problem, constraints: Constraints, result: ConstrainedResult) -> int:
    """Return what the prices sum to."""
    least = problem.minimum.astype(np.int64)
    if result.outcome is Outcome.INFEASIBLE:
        # Minima that even the plain optimum cannot meet are lowered to what it does.
        placed = result.plain.assignment[result.plain.assignment != UNPLACED]
        least = np.minimum(least, np.bincount(placed, minlength=problem.slots))
    seats = np.where(result.v < 0, least, problem.capacity)
    side = np.where(result.multiplier > 0, constraints.upper, np.where(result.multiplier < 0, constraints.lower, 0))
    return int(result.u.sum() + (seats * result.v).sum() + (result.multiplier * side).sum())


def _agrees(result: ConstrainedResult, *, lawful: bool) -> bool:
    """Tell whether the outcome says what the figures do."""
    if result.outcome is Outcome.OPTIMAL:
        return result.value == result.bound
    if result.outcome is Outcome.FEASIBLE:
        return result.value < result.bound
    return not lawful
