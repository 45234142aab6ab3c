"""The answer of a solve and what it rests on."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Status(StrEnum):
    """Why the solver stopped."""

    OPTIMAL = "optimal"  # proved: bound equals value
    FEASIBLE = "feasible"  # lawful, gap reported
    INFEASIBLE = "infeasible"  # some minimum cannot be met


@dataclass(frozen=True, slots=True)
class Tiers:
    """Integer weights that make the order of objectives strict inside one number.

    Value of an arrangement = sum over placed pairs of
    ``score - move_cost*moved + critical*(slot is critical) + place*(candidate must be placed)``.
    ``critical`` and ``place`` are so large that no sum of lower terms along an exchange can outweigh one of them.
    """

    critical: int
    place: int


@dataclass(frozen=True, slots=True)
class Result:
    """``assignment`` int32 (n): slot or -1. ``u`` int64 (n), ``v`` int64 (m) >= 0: prices of people and slots.

    Prices satisfy u_i + v_j >= weight_ij on every edge and u_i >= 0 (a candidate may stay unplaced at weight 0; being
    obliged to place somebody is expressed by ``tiers.place``); v_j may be negative only where a minimum binds.
    ``bound`` = sum(u) + sum(capacity * v), with minimum in place of capacity where v is negative. ``gap`` = bound - value,
    in points of the tiered weight; 0 proves that no better arrangement exists. ``score`` is the plain total of scores
    of the placed, ``moves`` the number of candidates who change slot.
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

    @property
    def gap(self) -> int:
        """Distance between proof and value; 0 when proved optimal."""
        return self.bound - self.value
