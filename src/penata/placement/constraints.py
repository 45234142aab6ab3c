"""Side constraints that break the network, as rows over the edges of a problem, and the answer to them.

A row says: the sum of coefficients of the pairs used lies between ``lower`` and ``upper``.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from penata.placement.outcome import Outcome
from penata.placement.problem import Problem, ProblemError, require_arrays
from penata.placement.result import Tiers

UNLIMITED = 1 << 40
HARD = -1
MAX_PRICE = 1 << 30  # points


class Kind(IntEnum):
    """What a row is about; ``item`` then numbers it."""

    OTHER = 0
    COUPLE = 1  # item: number of the pair
    GROUP = 2  # item: as given to the builder
    REMOTE = 3  # item: as given to the builder
    MOVES = 4  # all moves
    MOVES_IN = 5  # item: unit
    MOVES_OUT = 6  # item: unit


@dataclass(frozen=True, slots=True)
class Constraints:
    """Rows r = 0..R-1 over edges in compressed sparse rows. All arrays are contiguous.

    ``indptr`` int64 (R+1); ``edge`` int64 (k): edges of each row, ascending; ``coefficient`` int32 (k), not 0.
    ``lower``, ``upper`` int64 (R), -UNLIMITED and UNLIMITED where there is no limit. ``price`` int64 (R): HARD, or what
    each unit of violation costs in points (a soft row). ``kind`` int8 (R) and ``item`` int32 (R) say whence a row
    comes.
    """

    indptr: NDArray[np.int64]
    edge: NDArray[np.int64]
    coefficient: NDArray[np.int32]
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    price: NDArray[np.int64]
    kind: NDArray[np.int8]
    item: NDArray[np.int32]

    @property
    def rows(self) -> int:
        """Number of rows R."""
        return len(self.lower)

    def validate(self, problem: Problem) -> None:
        """Raise ProblemError unless types, shapes and ranges are as documented, for the edges of *problem*."""
        r, k = self.rows, len(self.edge)
        require_arrays({
            "indptr": (self.indptr, (r + 1,), np.int64),
            "edge": (self.edge, (k,), np.int64),
            "coefficient": (self.coefficient, (k,), np.int32),
            "lower": (self.lower, (r,), np.int64),
            "upper": (self.upper, (r,), np.int64),
            "price": (self.price, (r,), np.int64),
            "kind": (self.kind, (r,), np.int8),
            "item": (self.item, (r,), np.int32),
        })  # fmt: skip
        if self.indptr[0] != 0 or self.indptr[-1] != k or np.any(np.diff(self.indptr) < 0):
            raise ProblemError("indptr of the rows must rise from 0 to the number of their edges")
        if k and (self.edge.min() < 0 or self.edge.max() >= problem.edges):
            raise ProblemError("a row names an edge that does not exist")
        same_row = np.ones(k, np.bool_)
        same_row[self.indptr[:-1][np.diff(self.indptr) > 0]] = False
        if k and np.any(np.diff(self.edge, prepend=-1)[same_row] <= 0):
            raise ProblemError("edges of one row must ascend without repetition")
        if np.any(self.coefficient == 0):
            raise ProblemError("coefficients must not be 0")
        if np.any(self.lower > self.upper) or np.any(self.lower < -UNLIMITED) or np.any(self.upper > UNLIMITED):
            raise ProblemError("limits must satisfy -UNLIMITED <= lower <= upper <= UNLIMITED")
        if np.any(self.lower == UNLIMITED) or np.any(self.upper == -UNLIMITED):
            raise ProblemError("a limit is on the wrong side")
        if np.any(self.price < HARD) or np.any(self.price > MAX_PRICE):
            raise ProblemError(f"prices must lie in 0..{MAX_PRICE}, or be HARD")


@dataclass(frozen=True, slots=True)
class Plain:
    """What the optimum without side constraints would give, in tiered points.

    ``broken`` int64 (R): by how much it misses each row.
    """

    assignment: NDArray[np.int32]
    value: int
    score: int
    moves: int
    broken: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ConstrainedResult:
    """``assignment`` int32 (n): slot or -1. ``value``: tiered weights of the pairs less the price of soft violations.

    ``violation`` int64 (R): by how much each row is missed; with ``Outcome.OPTIMAL`` and ``FEASIBLE`` soft rows only.
    ``unmet`` int32 (m): seats of slot minima left empty. With ``Outcome.INFEASIBLE`` the arrangement is one of least
    total violation and so names the rows and minima in conflict (``closest``: proved least); with
    ``Outcome.UNKNOWN`` it is the plain optimum.
    ``bound``: nothing lawful is worth more. ``relaxed`` >= ``bound`` is the part of the proof that can be checked:
    with the prices ``multiplier`` int64 (R) of rows, ``u`` int64 (n) of people and ``v`` int64 (m) of slots, every edge
    has u_i + v_j >= weight - sum of multiplier x coefficient, and ``relaxed`` is what the prices sum to. From there to
    ``bound`` HiGHS is trusted. ``edges``: how many pairs the last programme needed.
    """

    outcome: Outcome
    assignment: NDArray[np.int32]
    value: int
    bound: int
    tiers: Tiers
    score: int
    moves: int
    violation: NDArray[np.int64]
    unmet: NDArray[np.int32]
    closest: bool
    relaxed: int
    multiplier: NDArray[np.int64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    edges: int
    solver: str
    plain: Plain

    @property
    def gap(self) -> int:
        """Distance between bound and value, in points; meaningful with a lawful arrangement only."""
        return self.bound - self.value
