"""People, slots, rules and weights as columns: what :mod:`penata.placement.pairs` judges.

Typed and checked here, so that the kernels may trust every number.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.placement import _pairs as kernel
from penata.placement.problem import MAX_SCORE, ProblemError

LEVELS_PER_WORD = 16
HIGHEST_LEVEL = 7
UNTOLD = np.iinfo(np.int16).min  # a measure that is not known: below every lower limit that is asked
NOT_ASKED = -1
MOST_RULES = 62
MOST_WEIGHT = 1000
MOST_LEVEL_WORDS = 8  # beyond it the exact division of the kernel would overflow


class RuleKind(IntEnum):
    """What a rule asks of the words or window ``begin:end`` (a window has no end: its number is ``begin``)."""

    WINDOW = kernel.WINDOW  # low <= measure <= high, of the column that the terms name
    ANY_OF = kernel.ANY_OF  # the person's set and the mask share a member; an empty mask asks nothing
    ALL_OF = kernel.ALL_OF  # the person's set holds the whole mask
    NONE_OF = kernel.NONE_OF  # the person's set holds nothing of the mask
    MINIMA = kernel.MINIMA  # every level is at least the minimum


class PartKind(IntEnum):
    """What a part of the score measures, 0..1000; unknown parts count as the neutral value."""

    STANDARDS = kernel.STANDARDS  # levels reached, each capped at its standard, of all standards; unknown without any
    MEMBER = kernel.MEMBER  # 1000 if the set meets the mask or the mask is empty, else 0; unknown for an empty set
    COLUMN = kernel.COLUMN  # the person's share in the column that the terms pick (number ``begin`` of the picks)


class Rule(NamedTuple):
    """One hard rule on the words or window ``begin:end``."""

    kind: RuleKind
    begin: int
    end: int


class Part(NamedTuple):
    """One part of the score on the words or pick ``begin:end``, with its weight."""

    kind: PartKind
    begin: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class People:
    """Columns about n people; person i is column i of every array.

    ``block`` int32 (n): people whom the same slots visit, -1 for people whom none does. Number blocks from 0, without
    wide gaps, so that those one slot visits are neighbours: runs of neighbours are judged together.
    ``measures`` int16 (q, n): anything with a lower or upper limit, in the caller's units; UNTOLD where not known.
    ``sets`` uint64 (s, n): bit sets, several words where a set has more than 64 members.
    ``levels`` uint64 (w, n): 16 levels of 0..7 a word, as :func:`pack_levels` packs them; 0 where not known.
    ``shares`` int16 (p, n): ready parts of a score, 0..1000, -1 where not known.
    """

    block: NDArray[np.int32]
    measures: NDArray[np.int16]
    sets: NDArray[np.uint64]
    levels: NDArray[np.uint64]
    shares: NDArray[np.int16]

    @property
    def count(self) -> int:
        """Number of people n."""
        return len(self.block)

    def validate(self) -> None:
        """Raise ProblemError unless types, shapes and ranges are as documented."""
        n = self.count
        _typed("block", self.block, (n,), np.int32)
        _typed("measures", self.measures, (len(self.measures), n), np.int16)
        _typed("sets", self.sets, (len(self.sets), n), np.uint64)
        _typed("levels", self.levels, (len(self.levels), n), np.uint64)
        _typed("shares", self.shares, (len(self.shares), n), np.int16)
        _nibbles("levels", self.levels)
        if self.shares.size and (self.shares.min() < kernel.UNKNOWN or self.shares.max() > MAX_SCORE):
            raise ProblemError(f"shares must lie in 0..{MAX_SCORE}, or be -1 where unknown")


@dataclass(frozen=True, slots=True)
class Slots:
    """Columns about m slots: the blocks each visits, and the r rows of terms on which it does.

    ``indptr`` int64 (m+1), ``block`` int32 (k) ascending per slot, ``terms`` int32 (k): slot j visits the blocks
    ``block[indptr[j]:indptr[j+1]]`` on those rows of terms; other terms may hold for another way to the same slot.
    Rows of terms: ``column`` int32 (r, windows), the measure each window looks at, -1 where it asks nothing; ``low``
    and ``high`` int16 (r, windows), inclusive; an open end is the least or greatest int16, where the least lets pass
    who is UNTOLD. ``masks`` uint64 (r, s). ``minima`` and ``standards`` uint64 (r, w), packed. ``picks`` int32 (r, c):
    the shares that each part of kind COLUMN takes, -1 for none.
    """

    indptr: NDArray[np.int64]
    block: NDArray[np.int32]
    terms: NDArray[np.int32]
    column: NDArray[np.int32]
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    masks: NDArray[np.uint64]
    minima: NDArray[np.uint64]
    standards: NDArray[np.uint64]
    picks: NDArray[np.int32]

    @property
    def count(self) -> int:
        """Number of slots m."""
        return len(self.indptr) - 1

    def validate(self, people: People) -> None:
        """Raise ProblemError unless types, shapes, order and the columns named are as documented."""
        visits, rows = len(self.block), len(self.column)
        windows, words = self.column.shape[-1:], people.levels.shape[:1]
        _typed("indptr", self.indptr, (max(1, self.count + 1),), np.int64)
        _typed("block", self.block, (visits,), np.int32)
        _typed("terms", self.terms, (visits,), np.int32)
        _typed("column", self.column, (rows, *windows), np.int32)
        _typed("low", self.low, (rows, *windows), np.int16)
        _typed("high", self.high, (rows, *windows), np.int16)
        _typed("masks", self.masks, (rows, len(people.sets)), np.uint64)
        _typed("minima", self.minima, (rows, *words), np.uint64)
        _typed("standards", self.standards, (rows, *words), np.uint64)
        _typed("picks", self.picks, (rows, *self.picks.shape[-1:]), np.int32)
        if self.indptr[0] != 0 or self.indptr[-1] != visits or np.any(np.diff(self.indptr) < 0):
            raise ProblemError("indptr must rise from 0 to the number of blocks visited")
        inner = np.ones(visits, np.bool_)
        inner[self.indptr[:-1][np.diff(self.indptr) > 0]] = False
        if np.any(inner[1:] & (self.block[1:] <= self.block[:-1])):
            raise ProblemError("blocks of one slot must ascend without repetition")
        if visits and self.block.min() < 0:
            raise ProblemError("a slot visits a negative block")
        _numbers("terms", self.terms, 0, rows)
        _numbers("column", self.column, NOT_ASKED, len(people.measures))
        _numbers("picks", self.picks, NOT_ASKED, len(people.shares))
        _nibbles("minima", self.minima)
        _nibbles("standards", self.standards)


@dataclass(frozen=True, slots=True)
class Rules:
    """Hard rules in the order in which they are judged; rule k has bit k + 1 in reasons."""

    rules: tuple[Rule, ...]

    def validate(self, people: People, slots: Slots) -> None:
        """Raise ProblemError unless people and slots are sound and every rule names words that exist."""
        people.validate()
        slots.validate(people)
        if len(self.rules) > MOST_RULES:
            raise ProblemError(f"more than {MOST_RULES} rules")
        windows, sets, words = slots.column.shape[1], len(people.sets), len(people.levels)
        room: dict[RuleKind, int] = {RuleKind.WINDOW: windows, RuleKind.MINIMA: words}
        for rule in self.rules:
            _within("rule", rule.begin, rule.end, room.get(RuleKind(rule.kind), sets))


@dataclass(frozen=True, slots=True)
class Weights:
    """Parts of the score with weights that together make 1..1000; ``neutral`` 0..1000 stands for unknown parts."""

    parts: tuple[Part, ...]
    neutral: int = 0

    def validate(self, people: People, slots: Slots) -> None:
        """Raise ProblemError unless weights are in range and every part names words that exist."""
        if self.parts and not 1 <= sum(part.weight for part in self.parts) <= MOST_WEIGHT:
            raise ProblemError(f"the weights of all parts together must lie in 1..{MOST_WEIGHT}")
        if not 0 <= self.neutral <= MAX_SCORE:
            raise ProblemError(f"the neutral value must lie in 0..{MAX_SCORE}")
        picks = int(slots.picks.shape[1])
        room = {PartKind.STANDARDS: len(people.levels), PartKind.MEMBER: len(people.sets)}
        for part in self.parts:
            _within("part", part.begin, part.end, room.get(PartKind(part.kind), picks))
            if part.weight < 0:
                raise ProblemError("a weight must not be negative")
            if part.kind == PartKind.STANDARDS and part.end - part.begin > MOST_LEVEL_WORDS:
                raise ProblemError(f"standards of more than {MOST_LEVEL_WORDS * LEVELS_PER_WORD} levels in one part")


def pack_levels(levels: ArrayLike) -> NDArray[np.uint64]:
    """Return levels 0..7 of shape (n, k) as words (ceil(k / 16), n), a nibble each, the first in the lowest bits.

    Transpose the result for the rows of terms. Raises ProblemError for a level out of range.
    """
    plain = np.atleast_2d(np.asarray(levels))
    if plain.size and (plain.min() < 0 or plain.max() > HIGHEST_LEVEL):
        raise ProblemError(f"levels must lie in 0..{HIGHEST_LEVEL}")
    n, k = plain.shape
    words = np.zeros((-(-k // LEVELS_PER_WORD), n), np.uint64)
    for place in range(k):
        shift = np.uint64(4 * (place % LEVELS_PER_WORD))
        words[place // LEVELS_PER_WORD] |= plain[:, place].astype(np.uint64) << shift
    return words


def _typed(name: str, array: NDArray[Any], shape: tuple[int, ...], kind: type[np.generic]) -> None:
    if array.shape != shape:
        raise ProblemError(f"{name} has shape {array.shape}, not {shape}")
    if array.dtype != kind:
        raise ProblemError(f"{name} holds {array.dtype}, not {np.dtype(kind)}")


def _numbers(name: str, array: NDArray[np.int32], least: int, end: int) -> None:
    if array.size and (array.min() < least or array.max() >= end):
        raise ProblemError(f"{name} must lie in {least}..{end - 1}")


def _nibbles(name: str, array: NDArray[np.uint64]) -> None:
    if np.any(array & kernel.HIGH):
        raise ProblemError(f"{name} must be packed levels of 0..{HIGHEST_LEVEL}")


def _within(what: str, begin: int, end: int, room: int) -> None:
    if not 0 <= begin < end <= room:
        raise ProblemError(f"a {what} names {begin}:{end} of {room}")
