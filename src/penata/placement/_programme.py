"""The mixed-integer programme (HiGHS through SciPy) over some of the edges, and the one of least violation."""

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, hstack, vstack

from penata.placement._lagrange import Model
from penata.placement.constraints import HARD, UNLIMITED
from penata.placement.problem import UNPLACED

ENDED, INFEASIBLE = 0, 2  # status of SciPy
ROUNDING = 1e-6  # of a whole number in floating point
TOLERANCE = 1e-12  # the same, relative


@dataclass(frozen=True, slots=True)
class Answer:
    """``assignment`` int32 (n) or None; ``bound``: no arrangement of these edges is worth more (None: not known).

    ``infeasible``: proved that these edges allow nothing lawful. ``ended``: not stopped by the time.
    """

    assignment: NDArray[np.int32] | None
    bound: int | None
    infeasible: bool
    ended: bool


def best_of(model: Model, owner: NDArray[np.int32], edges: NDArray[np.int64], gap: float) -> Answer:
    """Return the best lawful arrangement that uses only *edges*. Raises StoppedError when the time is over."""
    soft = np.flatnonzero(model.constraints.price != HARD)
    if not len(edges) and not len(soft):  # the general solver refuses a programme without columns
        nobody = np.full(model.problem.candidates, UNPLACED, np.int32)
        return Answer(nobody, 0, not model.lawful(nobody), True)
    rows, low, high = _rows(model, owner, edges)
    above = _slack(rows.shape[0], soft, -1)
    below = _slack(rows.shape[0], soft, 1)
    price = model.constraints.price[soft].astype(np.float64)
    answer = milp(
        np.concatenate((-model.weight[edges].astype(np.float64), price, price)),
        constraints=LinearConstraint(csr_matrix(hstack((rows, above, below))), low, high),
        integrality=np.repeat(np.array([1, 0], np.int64), [len(edges), 2 * len(soft)]),
        bounds=Bounds(0, np.concatenate((np.ones(len(edges)), np.full(2 * len(soft), np.inf)))),
        options={"mip_rel_gap": gap, "time_limit": model.left()},
    )
    bound = None
    # Without edges it is a linear programme, whose optimum is its own bound.
    proved = answer.mip_dual_bound if len(edges) else answer.fun
    if proved is not None and np.isfinite(proved):
        most = -float(proved)
        bound = floor(most + ROUNDING + TOLERANCE * abs(most))
    assignment = None if answer.x is None else _assigned(model, owner, edges, answer.x)
    return Answer(assignment, bound, answer.status == INFEASIBLE, answer.status in {ENDED, INFEASIBLE})


def dual_prices(
    model: Model, owner: NDArray[np.int32], edges: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    """Return int64 (R): the prices of side rows in the linear programme over *edges*; and float (e): what edges lack.

    An edge that lacks less than nothing would better the programme. None if it has no optimum, or takes more than a
    quarter of the time left. Prices are whole points; whoever uses them reckons the bound anew.
    """
    rows, low, high = _rows(model, owner, edges)
    count, n = model.constraints.rows, model.problem.candidates
    soft = np.flatnonzero(model.constraints.price != HARD)
    matrix = csr_matrix(hstack((rows, _slack(rows.shape[0], soft, -1), _slack(rows.shape[0], soft, 1))))
    above, below = np.flatnonzero(np.isfinite(high)), np.flatnonzero(np.isfinite(low))
    price = model.constraints.price[soft].astype(np.float64)
    limit = model.left() / 4
    answer = linprog(  # type: ignore[call-overload]  # the stubs know dense matrices only
        np.concatenate((-model.weight[edges].astype(np.float64), price, price)),
        A_ub=csr_matrix(vstack((matrix[above], -matrix[below]))),
        b_ub=np.concatenate((high[above], -low[below])),
        bounds=(0, None),
        method="highs",
        options={} if limit == np.inf else {"time_limit": limit},
    )
    if answer.status != ENDED:
        return None
    dual = np.zeros(len(low))
    dual[above] -= answer.ineqlin.marginals[: len(above)]
    dual[below] += answer.ineqlin.marginals[len(above) :]
    lacks = dual[count : count + n][owner] + dual[count + n :][model.problem.slot] - model.weight
    lacks += model.matrix.T @ dual[:count]
    return np.round(dual[:count]).astype(np.int64), lacks


def least_violation(model: Model, owner: NDArray[np.int32]) -> Answer:
    """Return an arrangement that misses hard rows and minima by the least total; ``ended``: proved."""
    edges = np.arange(model.problem.edges)
    rows, low, high = _rows(model, owner, edges)
    count = model.constraints.rows
    minima = np.flatnonzero(model.problem.minimum)
    start = count + model.problem.candidates
    every = np.arange(count)
    above = _slack(rows.shape[0], every, -1)
    below = _slack(rows.shape[0], every, 1)
    seats = _slack(rows.shape[0], start + minima, 1)
    hard = (model.constraints.price == HARD).astype(np.float64)
    slacks = 2 * count + len(minima)
    answer = milp(
        np.concatenate((np.zeros(len(edges)), hard, hard, np.ones(len(minima)))),
        constraints=LinearConstraint(csr_matrix(hstack((rows, above, below, seats))), low, high),
        integrality=np.repeat(np.array([1, 0], np.int64), [len(edges), slacks]),
        bounds=Bounds(0, np.concatenate((np.ones(len(edges)), np.full(slacks, np.inf)))),
        options={"mip_rel_gap": 0.0, "time_limit": model.left()},
    )
    assignment = None if answer.x is None else _assigned(model, owner, edges, answer.x)
    return Answer(assignment, None, False, answer.status == ENDED)


def _rows(
    model: Model, owner: NDArray[np.int32], edges: NDArray[np.int64]
) -> tuple[csr_matrix, NDArray[np.float64], NDArray[np.float64]]:
    """Return side rows, then one row per candidate, then one per slot, over *edges*, with their limits."""
    problem, constraints = model.problem, model.constraints
    one, number = np.ones(len(edges)), np.arange(len(edges))
    people = csr_matrix((one, (owner[edges], number)), (problem.candidates, len(edges)))
    slots = csr_matrix((one, (problem.slot[edges], number)), (problem.slots, len(edges)))
    side = csr_matrix(model.matrix[:, edges]).astype(np.float64)
    low = np.concatenate((constraints.lower, np.zeros(problem.candidates), problem.minimum)).astype(np.float64)
    high = np.concatenate((constraints.upper, np.ones(problem.candidates), problem.capacity)).astype(np.float64)
    low[low == -UNLIMITED] = -np.inf
    high[high == UNLIMITED] = np.inf
    return csr_matrix(vstack((side, people, slots))), low, high


def _slack(height: int, at: NDArray[np.int64], sign: int) -> csr_matrix:
    """Return a column for each of the rows *at*, which lets it be missed."""
    return csr_matrix((np.full(len(at), float(sign)), (at, np.arange(len(at)))), (height, len(at)))


def _assigned(
    model: Model, owner: NDArray[np.int32], edges: NDArray[np.int64], x: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Return the slots of the edges that *x* uses."""
    used = edges[np.flatnonzero(x[: len(edges)] > 0.5)]
    assignment = np.full(model.problem.candidates, UNPLACED, np.int32)
    assignment[owner[used]] = model.problem.slot[used]
    return assignment
