"""The answer of a solve and what it rests on."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Status(StrEnum):
    """Why the solver stopped."""

    OPTIMAL = "optimal"  # proved: bound equals value
    FEASIBLE = "feasible"  # lawful, gap reported
    INFEASIBLE = "infeasible"  # some minimum cannot be met; ``Result.unmet`` says where


@dataclass(frozen=True, slots=True)
class Tiers:
    """Integer weights that make the order of objectives strict inside one number.

    Value of an arrangement = sum over placed pairs of
    ``score - move_cost*moved + critical*(slot is critical) + place*(candidate must be placed)``.
    ``critical`` and ``place`` are so large that no sum of lower terms along an exchange can outweigh one of them
    (:func:`penata.placement.weights.tiers_of` says why that is enough).
    """

    critical: int
    place: int


@dataclass(frozen=True, slots=True)
class Result:
    """``assignment`` int32 (n): slot or -1. ``u`` int64 (n), ``v`` int64 (m): prices of people and slots.

    Prices satisfy u_i + v_j >= weight_ij on every edge and u_i >= 0 (a candidate may stay unplaced at weight 0; being
    obliged to place somebody is expressed by ``tiers.place``); v_j may be negative only where a minimum binds.
    Without minima they are the lowest optimal prices of slots, and so exact marginal values: v_j is what one more
    seat of slot j is worth, u_i what the arrangement would lose without candidate i. ``bound`` = sum(u) +
    sum(capacity * v), with minimum in place of capacity where v is negative. ``gap`` = bound - value, in points of
    the tiered weight; 0 proves that no better arrangement exists. ``score`` is the plain total of scores of the
    placed, ``moves`` the number of candidates who got a slot other than the one they held. ``unmet`` int32 (m): seats
    of the minimum that no arrangement can fill together with the others. They are nonzero only with
    ``Status.INFEASIBLE``; the rest of the result is then the optimum, and the proof of it, for the minima lowered by
    them. With ``Status.FEASIBLE`` they are what this arrangement leaves open.
    """

    status: Status
    assignment: NDArray[np.int32]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    value: int
    bound: int
    tiers: Tiers
    score: int
    moves: int
    solver: str
    unmet: NDArray[np.int32]

    @property
    def gap(self) -> int:
        """Distance between proof and value; 0 when proved optimal."""
        return self.bound - self.value
