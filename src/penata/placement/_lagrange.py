"""Prices for side constraints: what a row costs is taken off the weights, and the network is solved again.

For any multipliers, the optimum of the priced network plus what the limits are worth is an upper bound for every lawful
arrangement (Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2, 1974). The
multipliers are whole points and found row by row: a row that is missed gets dearer, one that is loose cheaper, with
steps that double while the direction stays and halve when it turns.
"""

from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from penata.placement._exact import arrange
from penata.placement._network import NetworkSolver
from penata.placement._prices import lowest_prices, seat_edges
from penata.placement.constraints import HARD, UNLIMITED, Constraints
from penata.placement.params import Params
from penata.placement.problem import MAX_SCORE, UNPLACED, Problem, ProblemError
from penata.placement.result import Result
from penata.placement.weights import longest_exchange

ROUNDS = 16
FIRST_STEP = 32  # points
LARGEST_MULTIPLIER = 1 << 24  # points


class StoppedError(Exception):
    """The time is over."""


@dataclass(frozen=True, slots=True)
class Model:
    """A problem with its rows. ``weight`` int64 (e), tiered points; ``matrix`` (R, e); ``deadline`` or None."""

    problem: Problem
    constraints: Constraints
    weight: NDArray[np.int64]
    matrix: csr_matrix
    deadline: float | None

    def left(self) -> float:
        """Return the seconds left. Raises StoppedError when there are none."""
        if self.deadline is None:
            return float("inf")
        seconds = self.deadline - monotonic()
        if seconds <= 0:
            raise StoppedError
        return seconds

    def activity(self, assignment: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return int64 (R): what each row sums to."""
        used = np.zeros(self.problem.edges, np.int64)
        seat = seat_edges(self.problem, assignment)
        used[seat[seat >= 0]] = 1
        total: NDArray[np.int64] = self.matrix @ used
        return total

    def violation(self, assignment: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return int64 (R): by how much *assignment* misses each row."""
        total = self.activity(assignment)
        rows = self.constraints
        missed: NDArray[np.int64] = np.maximum(np.maximum(rows.lower - total, total - rows.upper), 0)
        return missed

    def unmet(self, assignment: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return int32 (m): seats of minima left empty."""
        filled = np.bincount(assignment[assignment != UNPLACED], minlength=self.problem.slots)
        empty: NDArray[np.int32] = np.maximum(self.problem.minimum - filled, 0).astype(np.int32)
        return empty

    def lawful(self, assignment: NDArray[np.int32]) -> bool:
        """Tell whether hard rows and minima are met; seats and eligibility are taken for granted."""
        hard = self.constraints.price == HARD
        return not (self.violation(assignment)[hard].any() or self.unmet(assignment).any())

    def value(self, assignment: NDArray[np.int32]) -> int:
        """Return the weights of *assignment* less the price of what it misses of soft rows."""
        seat = seat_edges(self.problem, assignment)
        price = np.maximum(self.constraints.price, 0)
        return int(self.weight[seat[seat >= 0]].sum() - (price * self.violation(assignment)).sum())


@dataclass(slots=True)
class Best:
    """The best bound found with its prices, and the best lawful arrangement, if there is one.

    ``bound`` is sum(u) + sum(seats * v) + what the limits are worth at ``multiplier``; ``slack`` int64 (e) >= 0 is how
    much an arrangement with that pair stays below it at least.
    """

    bound: int
    multiplier: NDArray[np.int64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    slack: NDArray[np.int64]
    assignment: NDArray[np.int32] | None = None
    value: int = 0

    def offer(self, model: Model, assignment: NDArray[np.int32]) -> None:
        """Keep *assignment* if it is lawful and better."""
        if model.lawful(assignment):
            value = model.value(assignment)
            if self.assignment is None or value > self.value:
                self.assignment, self.value = assignment, value


def limits_worth(constraints: Constraints, multiplier: NDArray[np.int64]) -> int:
    """Return the sum of multiplier times limit: the upper where it is positive, the lower where negative."""
    limit = np.where(multiplier > 0, constraints.upper, np.where(multiplier < 0, constraints.lower, 0))
    return int((multiplier * limit).sum())


def price_of_nothing(model: Model, owner: NDArray[np.int32], result: Result) -> Best:
    """Return the proof of the plain optimum: no row has a price yet."""
    slack = result.u[owner] + result.v[model.problem.slot] - model.weight
    return Best(result.bound, np.zeros(model.constraints.rows, np.int64), result.u, result.v, slack)


def improve(model: Model, owner: NDArray[np.int32], start: NDArray[np.int32], best: Best, gap: float) -> None:
    """Look for better multipliers from zero, where *start* is best; keep bound, prices and lawful arrangements met.

    Raises StoppedError when the time is over; *best* is sound at any moment.
    """
    rows = model.constraints
    lower, upper = allowed_multipliers(rows)
    multiplier: NDArray[np.int64] = np.zeros(rows.rows, np.int64)
    step = np.full(rows.rows, FIRST_STEP, np.int64)
    last = np.zeros(rows.rows, np.int64)
    total = model.activity(start)
    for _ in range(ROUNDS):
        missed = np.where(total > rows.upper, 1, np.where(total < rows.lower, -1, 0))
        loose = np.where(multiplier > 0, total < rows.upper, total > rows.lower) & (multiplier != 0)
        way = np.where((missed == 0) & loose, np.where(multiplier > 0, -1, 1), missed)
        turned = np.where(way == last, 2 * step, np.maximum(step // 2, 1))
        step = np.where((way == 0) | (last == 0), step, turned).astype(np.int64)
        last = np.where(way == 0, last, way).astype(np.int64)
        nearer: NDArray[np.int64] = np.clip(multiplier + way * step, lower, upper).astype(np.int64)
        if np.array_equal(nearer, multiplier):
            return
        multiplier = nearer
        total = model.activity(try_multipliers(model, owner, multiplier, best))
        if best.assignment is not None and best.bound - best.value <= gap * abs(best.value):
            return


def allowed_multipliers(rows: Constraints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the least and the largest multiplier of each row, int64 (R), for which the bound holds.

    A soft row may be missed at its price, so a multiplier beyond it would not bound anything.
    """
    most = np.where(rows.price == HARD, LARGEST_MULTIPLIER, np.minimum(rows.price, LARGEST_MULTIPLIER))
    return np.where(rows.lower > -UNLIMITED, -most, 0), np.where(rows.upper < UNLIMITED, most, 0)


def try_multipliers(
    model: Model, owner: NDArray[np.int32], multiplier: NDArray[np.int64], best: Best
) -> NDArray[np.int32]:
    """Return the best arrangement at these multipliers; *best* takes it if it is lawful, and its proof if it is nearer.

    Raises StoppedError when the time is over.
    """
    model.left()
    problem = model.problem
    priced = model.weight - (model.matrix.T @ multiplier)
    assignment, u, v = _arranged(problem, priced)
    best.offer(model, assignment)
    seats = np.where(v < 0, problem.minimum, problem.capacity).astype(np.int64)
    bound = int(u.sum() + (seats * v).sum()) + limits_worth(model.constraints, multiplier)
    if bound < best.bound:
        best.bound, best.multiplier, best.u, best.v = bound, multiplier, u, v
        best.slack = u[owner] + v[problem.slot] - priced
    return assignment


def _arranged(
    problem: Problem, weight: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Return the best arrangement for *weight* with its prices; minima, which can be met, come before everything."""
    largest = 2 * longest_exchange(problem) * int(np.abs(weight).max(initial=0)) + 1
    if largest * 4 * (problem.candidates + problem.slots + 1) >= np.iinfo(np.int64).max:
        raise ProblemError("weights with prices of side constraints do not fit into 64 bits: divide the problem")
    if not problem.minimum.any():
        found = arrange(problem.indptr, problem.slot, weight, problem.capacity, problem.current, points=MAX_SCORE)
        return found.holder, found.u, found.v
    assignment = NetworkSolver().arrange(problem, weight, largest, Params())
    return assignment, *lowest_prices(problem, weight, assignment, problem.minimum)
