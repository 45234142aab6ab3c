"""One door to every solver: ``solve(problem, method=..., params=...)``."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from penata.placement._exact import arrange
from penata.placement._prices import best_profits, lowest_prices, seat_edges
from penata.placement._rows import weights_of
from penata.placement.params import Method, Params
from penata.placement.problem import MAX_SCORE, UNPLACED, Problem, ProblemError
from penata.placement.result import Result, Status, Tiers
from penata.placement.weights import candidate_of_edges, longest_exchange, moved_edges, tiered_weights, tiers_of

NAME = "penata 1"  # the number rises when another of equally good answers may come out


class Solver(Protocol):
    """Finds an arrangement of the largest total weight. Prices are not its business: they follow from the optimum."""

    @property
    def name(self) -> str:
        """Name and version, as stored with the result."""

    def fits(self, problem: Problem, largest: int) -> bool:
        """Tell whether weights up to *largest* can be handled without overflow."""

    def arrange(
        self, problem: Problem, weight: NDArray[np.int64], minimum_weight: int, params: Params
    ) -> NDArray[np.int32]:
        """Return int32 (n), slot or -1; each filled seat below ``minimum`` adds *minimum_weight*."""


def solve(
    problem: Problem, *, method: Method = Method.OPTIMAL, params: Params = Params(), solver: Solver | None = None
) -> Result:
    """Return the best arrangement of *problem* with the prices that prove it.

    Objectives in strict order: fill minima, fill critical slots, place everyone who must be placed, total score less
    move_cost per move. Minima that cannot all be met give ``Status.INFEASIBLE`` with the seats in ``unmet``.

    Ties: several arrangements may share the largest value. Among them one is returned in which as many candidates as
    possible stay where they are; what is then still tied is decided by the numbering of candidates and slots alone, so
    the same arrays always give the same answer. Prices are the lowest ones and do not depend on how ties fall.

    With ``params.gap`` or ``params.time_limit`` the search may end before: ``Status.FEASIBLE``, with the best found and
    the bound on every arrangement that its prices prove.

    *solver* puts an independent solver in place of our own, for cross-checks; it knows neither limit nor gap. Raises
    ProblemError if the arrays are not a problem or its weights do not fit into 64 bits.
    """
    problem.validate()
    tiers = tiers_of(problem)
    if solver is not None:
        weight = tiered_weights(problem, tiers)
        scaled, scale = _favour_staying(problem, weight, tiers, solver)
        # Above the tier of critical slots stands that of the minima, by the same reckoning.
        assignment = solver.arrange(problem, scaled, scale * _minimum_weight(tiers), params)
        return _prove(problem, tiers, weight, assignment, solver.name)
    return {Method.OPTIMAL: _optimal}[method](problem, tiers, params)


def _optimal(problem: Problem, tiers: Tiers, params: Params) -> Result:
    largest = 2 * _minimum_weight(tiers)
    if largest * 4 * (problem.candidates + int(problem.capacity.sum(dtype=np.int64)) + 1) >= np.iinfo(np.int64).max:
        raise _too_large(problem, largest)
    weight = weights_of(problem, tiers)
    graph = _with_minima(problem, weight, _minimum_weight(tiers)) if problem.minimum.any() else None
    indptr, slot, worth, seats = graph or (problem.indptr, problem.slot, weight, problem.capacity)
    twin = np.where(problem.current >= 0, problem.current + problem.slots, UNPLACED).astype(np.int32) if graph else None
    found = arrange(
        indptr, slot, worth, seats, problem.current, twin, points=_points(problem), gap=0.0 if graph else params.gap,
        time_limit=params.time_limit, threads=params.threads,
    )  # fmt: skip
    holder = np.where(found.holder >= problem.slots, found.holder - problem.slots, found.holder).astype(np.int32)
    if found.exact and graph is None:
        return _result(problem, tiers, weight, holder, found.u, found.v, Status.OPTIMAL)
    if found.exact:
        return _prove(problem, tiers, weight.astype(np.int64), holder, NAME)
    prices, profits = np.ascontiguousarray(found.v[: problem.slots]), found.u
    if graph is not None:
        profits = best_profits(problem.indptr, problem.slot, weight.astype(np.int64), prices)
    result = _result(problem, tiers, weight, holder, profits, prices, Status.FEASIBLE)
    # Nothing was missing but to know it: the lowest prices then follow from the arrangement.
    return result if result.gap or result.unmet.any() else _prove(problem, tiers, weight.astype(np.int64), holder, NAME)


def _points(problem: Problem) -> int:
    """Return the range of the scores."""
    return int(problem.score.max(initial=0)) - int(problem.score.min(initial=MAX_SCORE)) if problem.edges else 0


def _with_minima(
    problem: Problem, weight: NDArray[Any], minimum_weight: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """Return the graph in which the seats below a slot's minimum are a slot of their own, m higher, worth more.

    A pair with such a slot stands twice; slots of one candidate ascend as before.
    """
    twice = problem.minimum[problem.slot] > 0
    owner = candidate_of_edges(problem)
    people = np.concatenate((owner, owner[twice]))
    slot = np.concatenate((problem.slot, problem.slot[twice] + np.int32(problem.slots)))
    worth = np.concatenate((weight.astype(np.int64), weight[twice] + np.int64(minimum_weight)))
    order = np.lexsort((slot, people))
    indptr = np.searchsorted(people[order], np.arange(problem.candidates + 1)).astype(np.int64)
    seats = np.concatenate((problem.capacity - problem.minimum, problem.minimum)).astype(np.int32)
    return indptr, slot[order], worth[order], seats


def _minimum_weight(tiers: Tiers) -> int:
    """Return what outweighs a critical seat, a placed candidate and all points of one exchange together."""
    return tiers.critical + 2 * tiers.place


def _favour_staying(
    problem: Problem, weight: NDArray[np.int64], tiers: Tiers, solver: Solver
) -> tuple[NDArray[np.int64], int]:
    """Return weights that prefer staying among equals, and the factor by which they were scaled.

    One point becomes more units than an exchange can touch candidates; staying earns one unit. So no number of stays
    outweighs a point. Where that leaves 64 bits (far beyond a province in one problem) the preference is dropped.
    """
    largest = _minimum_weight(tiers) + tiers.critical + tiers.place + int(np.abs(weight).max(initial=0))
    scale = longest_exchange(problem) + 1
    if solver.fits(problem, scale * largest + 1):
        owner = candidate_of_edges(problem)
        staying = (problem.current[owner] != UNPLACED) & ~moved_edges(problem)
        return weight * scale + staying, scale
    if solver.fits(problem, largest):
        return weight, 1
    raise _too_large(problem, largest)


def _too_large(problem: Problem, largest: int) -> ProblemError:
    return ProblemError(
        f"weights up to {largest} on {problem.candidates} candidates and {problem.slots} slots do not fit into "
        "64 bits: lower move_cost or divide the problem"
    )


def _prove(
    problem: Problem, tiers: Tiers, weight: NDArray[np.int64], assignment: NDArray[np.int32], name: str
) -> Result:
    """Attach the lowest prices, found from the arrangement alone, to an optimal *assignment*."""
    seat = seat_edges(problem, assignment)
    filled = np.bincount(problem.slot[seat[seat >= 0]], minlength=problem.slots)
    met = np.minimum(problem.minimum, filled)
    u, v = lowest_prices(problem, weight, assignment, met.astype(np.int32))
    return _result(problem, tiers, weight, assignment, u, v, Status.OPTIMAL, name)


def _result(
    problem: Problem,
    tiers: Tiers,
    weight: NDArray[Any],
    assignment: NDArray[np.int32],
    u: NDArray[np.int64],
    v: NDArray[np.int64],
    status: Status,
    name: str = NAME,
) -> Result:
    """Reckon what an arrangement and its prices amount to; *status* of one whose minima are met."""
    seat = seat_edges(problem, assignment)
    placed = np.flatnonzero(seat >= 0)
    used = seat[placed]
    filled = np.bincount(problem.slot[used], minlength=problem.slots)
    unmet = np.maximum(problem.minimum - filled, 0).astype(np.int32)
    seats = np.where(v < 0, problem.minimum - unmet, problem.capacity)
    value, bound = int(weight[used].sum(dtype=np.int64)), int(u.sum() + (seats * v).sum())
    before = problem.current[placed]
    return Result(
        status=Status.INFEASIBLE if status is Status.OPTIMAL and unmet.any() else status,
        assignment=assignment,
        u=u,
        v=v,
        value=value,
        bound=bound,
        tiers=tiers,
        score=int(problem.score[used].sum(dtype=np.int64)),
        moves=int(np.count_nonzero((before != UNPLACED) & (before != problem.slot[used]))),
        solver=name,
        unmet=unmet,
    )
