"""The problem: candidates, slots and the pairs that every hard rule allows, as arrays.

Candidates i = 0..n-1, slots j = 0..m-1. The edges of candidate i are ``slot[indptr[i]:indptr[i+1]]``, ascending, with
integer ``score`` 0..1000. Staying is an edge like any other where it is allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNPLACED = -1
MAX_SCORE = 1000


class ProblemError(ValueError):
    """The arrays do not describe a problem; the message says which and why."""


def require_arrays(expected: Mapping[str, tuple[NDArray[Any], tuple[int, ...], type[np.generic]]]) -> None:
    """Raise ProblemError unless every array of *expected* has the shape and type beside it and is contiguous."""
    for name, (array, shape, kind) in expected.items():
        if array.shape != shape:
            raise ProblemError(f"{name} has shape {array.shape}, not {shape}")
        if array.dtype != kind:
            raise ProblemError(f"{name} holds {array.dtype}, not {np.dtype(kind)}")
        if not array.flags.c_contiguous:
            raise ProblemError(f"{name} is not contiguous")


@dataclass(frozen=True, slots=True)
class Problem:
    """An instance of placement. All arrays are contiguous.

    ``indptr`` int64 (n+1), ``slot`` int32 (e), ``score`` int32 (e), 0..1000, points.
    ``current`` int32 (n): slot held now, or -1. ``capacity`` int32 (m) >= 0: seats.
    ``minimum`` int32 (m) >= 0: seats that must be filled if that is possible (l_j).
    ``critical`` bool (m): slots whose seats are filled before anything else.
    ``must_place`` bool (n): candidates who may not be left without a slot if a lawful slot exists (abolished or cut
    posts); the others may be left where no arrangement gains from them.
    ``move_cost`` points subtracted when a candidate who holds a slot gets another one (lambda).

    Whoever builds a problem numbers candidates and slots by sorted identity: the same agency then gives the same
    arrays, and so the same answer, in whatever order its rows came.
    """

    indptr: NDArray[np.int64]
    slot: NDArray[np.int32]
    score: NDArray[np.int32]
    current: NDArray[np.int32]
    capacity: NDArray[np.int32]
    minimum: NDArray[np.int32]
    critical: NDArray[np.bool_]
    must_place: NDArray[np.bool_]
    move_cost: int = 0

    @property
    def candidates(self) -> int:
        """Number of candidates n."""
        return len(self.current)

    @property
    def slots(self) -> int:
        """Number of slots m."""
        return len(self.capacity)

    @property
    def edges(self) -> int:
        """Number of lawful pairs e."""
        return len(self.slot)

    def validate(self) -> None:
        """Raise ProblemError unless types, shapes, ranges and order are as documented."""
        self._validate_shapes()
        n, m, e = self.candidates, self.slots, self.edges
        if self.indptr[0] != 0 or self.indptr[-1] != e or np.any(np.diff(self.indptr) < 0):
            raise ProblemError("indptr must rise from 0 to the number of edges")
        if e and (self.slot.min() < 0 or self.slot.max() >= m):
            raise ProblemError("an edge names a slot that does not exist")
        if e and (self.score.min() < 0 or self.score.max() > MAX_SCORE):
            raise ProblemError(f"scores must lie in 0..{MAX_SCORE}")
        if n and (self.current.min() < UNPLACED or self.current.max() >= m):
            raise ProblemError("current names a slot that does not exist")
        if m and (self.capacity.min() < 0 or self.minimum.min() < 0 or np.any(self.minimum > self.capacity)):
            raise ProblemError("capacity and minimum must satisfy 0 <= minimum <= capacity")
        if self.move_cost < 0:
            raise ProblemError("move_cost must not be negative")
        inner = np.ones(e, dtype=np.bool_)
        starts = self.indptr[:-1][np.diff(self.indptr) > 0]
        inner[starts] = False
        if e and np.any(np.diff(self.slot, prepend=-1)[inner] <= 0):
            raise ProblemError("slots of one candidate must ascend without repetition")

    def _validate_shapes(self) -> None:
        n, m, e = self.candidates, self.slots, self.edges
        require_arrays({
            "indptr": (self.indptr, (n + 1,), np.int64),
            "slot": (self.slot, (e,), np.int32),
            "score": (self.score, (e,), np.int32),
            "current": (self.current, (n,), np.int32),
            "capacity": (self.capacity, (m,), np.int32),
            "minimum": (self.minimum, (m,), np.int32),
            "critical": (self.critical, (m,), np.bool_),
            "must_place": (self.must_place, (n,), np.bool_),
        })  # fmt: skip
