"""One door to every solver: ``solve(problem, method=..., params=...)``."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from penata.placement._network import NetworkSolver
from penata.placement._prices import lowest_prices, seat_edges
from penata.placement.params import Method, Params
from penata.placement.problem import UNPLACED, Problem, ProblemError
from penata.placement.result import Result, Status, Tiers
from penata.placement.weights import candidate_of_edges, longest_exchange, moved_edges, tiered_weights, tiers_of


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

    Raises ProblemError if the arrays are not a problem or its weights do not fit into 64 bits.
    """
    problem.validate()
    chosen = solver or _solver(method)
    tiers = tiers_of(problem)
    weight = tiered_weights(problem, tiers)
    scaled, scale = _favour_staying(problem, weight, tiers, chosen)
    # Above the tier of critical slots stands that of the minima, by the same reckoning.
    assignment = chosen.arrange(problem, scaled, scale * _minimum_weight(tiers), params)
    return _prove(problem, tiers, weight, assignment, chosen.name)


def _solver(method: Method) -> Solver:
    return {Method.OPTIMAL: NetworkSolver}[method]()


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
    raise ProblemError(
        f"weights up to {largest} on {problem.candidates} candidates and {problem.slots} slots do not fit into "
        "64 bits: lower move_cost or divide the problem"
    )


def _prove(
    problem: Problem, tiers: Tiers, weight: NDArray[np.int64], assignment: NDArray[np.int32], name: str
) -> Result:
    """Attach prices, value and bound to an optimal *assignment*."""
    seat = seat_edges(problem, assignment)
    used = seat[seat >= 0]
    filled = np.bincount(problem.slot[used], minlength=problem.slots)
    unmet = np.maximum(problem.minimum - filled, 0).astype(np.int32)
    met = problem.minimum - unmet
    u, v = lowest_prices(problem, weight, assignment, met)
    seats = np.where(v < 0, met, problem.capacity)
    return Result(
        status=Status.INFEASIBLE if unmet.any() else Status.OPTIMAL,
        assignment=assignment,
        u=u,
        v=v,
        value=int(weight[used].sum()),
        bound=int(u.sum() + (seats * v).sum()),
        tiers=tiers,
        score=int(problem.score[used].sum(dtype=np.int64)),
        moves=int(moved_edges(problem)[used].sum()),
        solver=name,
        unmet=unmet,
    )
