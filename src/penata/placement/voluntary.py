"""The voluntary methods, `stabil` and `tukar`: what people say, and what comes back."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

OPEN = np.iinfo(np.int64).min
CLOSED = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Aims of a problem that an arrangement misses; found afterwards, never enforced.

    ``minimum`` int32 (m): seats of the minimum that stay empty. ``critical`` int32 (m): empty seats of critical slots
    (0 elsewhere). ``must_place`` int32: candidates who must be placed and are not, ascending.
    """

    minimum: NDArray[np.int32]
    critical: NDArray[np.int32]
    must_place: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Preferences:
    """The lists of both sides, by edge of the problem; None: the score.

    ``taste`` int32 (e): how much the candidate of the edge wants its slot, higher first. ``rank`` int32 (e): how the
    slot ranks the candidate, higher first. Only the order within one candidate, or one slot, matters; ties are
    allowed. ``acceptable`` bool (e): the candidate would rather have the slot than none; None: always. It belongs to
    the candidate; whom a slot may refuse has no edge.
    """

    taste: NDArray[np.int32] | None = None
    rank: NDArray[np.int32] | None = None
    acceptable: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class StableResult:
    """``assignment`` int32 (n): slot or -1. ``right`` bool (n): incumbents with the first right to their slot.

    ``cutoff`` int64 (m): the lowest ``rank`` that got a seat without such a right; ``OPEN`` where a seat is free,
    ``CLOSED`` where every seat is taken by right or there is none. A candidate who likes a slot better than what was
    assigned has a lower rank than its cutoff, or the same and lost the tie. ``score``: total score of the placed,
    ``moves``: candidates who got a slot other than the one they held, ``net``: score less move_cost for each move,
    points. ``unplaced``: candidates without a slot. ``shortfall``: aims of the problem that were missed.
    """

    assignment: NDArray[np.int32]
    right: NDArray[np.bool_]
    cutoff: NDArray[np.int64]
    score: int
    moves: int
    net: int
    unplaced: int
    shortfall: Shortfall
    solver: str = "deferred acceptance"


class Kind(IntEnum):
    """How a series of moves ends. All but a cycle begin with somebody who takes a free seat."""

    CYCLE = 0  # the first takes the seat of the last
    NEWCOMER = 1  # the last held nothing
    VACATED = 2  # the seat of the last stays free


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people ask for. The wishes of candidate i are ``slot[indptr[i]:indptr[i + 1]]``, best first, strict.

    ``indptr`` int64 (n+1), ``slot`` int32 (w): eligible slots only, none twice. What comes after the slot held has no
    meaning. No wish: the candidate stays, or gets nothing. ``priority`` int32 (e), by edge of the problem: who comes
    first for a free seat of the slot, higher first; None: the score. One order for all slots: the same number on every
    edge of a candidate. It must not be made from the wishes.
    """

    indptr: NDArray[np.int64]
    slot: NDArray[np.int32]
    priority: NDArray[np.int32] | None = None


@dataclass(frozen=True, slots=True)
class ExchangeResult:
    """``assignment`` int32 (n): slot or -1. ``held`` int32 (n): slot held by right, or -1.

    ``granted`` int32 (n): which wish of the candidate came true, from 0; -1: none. ``turn`` int32 (n): number of the
    trade with which each left, from 0; whatever somebody wished more was gone in earlier ones. That proves the
    arrangement efficient. ``chain`` int32 (n): number of the chain or cycle, from 0, or -1 for those who do not move;
    ``position`` int32 (n): place in it, from 0: each takes the seat that the one before left, the first of a chain a
    free one. ``kind`` int8 (chains and cycles): a :class:`Kind`. ``score``: total score of the placed, ``moves``:
    candidates who got a slot other than the one they held, ``net``: score less move_cost for each move, points.
    ``unplaced``: candidates without a slot. ``shortfall``: aims of the problem that were missed.
    """

    assignment: NDArray[np.int32]
    held: NDArray[np.int32]
    granted: NDArray[np.int32]
    turn: NDArray[np.int32]
    chain: NDArray[np.int32]
    position: NDArray[np.int32]
    kind: NDArray[np.int8]
    score: int
    moves: int
    net: int
    unplaced: int
    shortfall: Shortfall
    solver: str = "top trading cycles"
