"""Chance that repeats: one named stream of random numbers per subject, and draws that keep totals.

Streams are independent of each other, so a change in one part of the generator leaves the other parts as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_ROUNDS = 60  # of raking; margins are then right to far less than one person


@dataclass(frozen=True, slots=True)
class Chance:
    """Source of every random number of one agency."""

    seed: int

    def stream(self, name: str) -> np.random.Generator:
        """Return the generator of the subject *name*; the same seed and name give the same numbers everywhere."""
        return np.random.Generator(np.random.PCG64([self.seed, crc32(name.encode())]))


def bell(rng: np.random.Generator, size: int | tuple[int, ...]) -> Floats:
    """Return draws with mean 0 and deviation 1, bounded at 3.5: the sum of four uniform numbers."""
    shape = (size,) if isinstance(size, int) else size
    total: Floats = rng.random((4, *shape)).sum(axis=0)
    centred: Floats = (total - 2.0) * np.sqrt(3.0)
    return centred


def apportion(weights: Floats, total: int) -> Ints:
    """Divide *total* by *weights* (n) into whole numbers that sum to it (largest remainders; ties by place)."""
    if total <= 0 or not len(weights) or weights.sum() <= 0:
        return np.zeros(len(weights), np.int64)
    share = weights * (total / weights.sum())
    whole = np.floor(share).astype(np.int64)
    rest = total - int(whole.sum())
    order = np.argsort(-(share - whole), kind="stable")
    whole[order[:rest]] += 1
    parts: Ints = whole
    return parts


def rake(prior: Floats, rows: Floats, columns: Floats) -> Floats:
    """Fit the table *prior* (r, c) to row totals and column shares by iterative proportional fitting.

    Zeros stay zero. Rows are met exactly (they are fitted last), columns as far as the zeros allow.
    """
    table = prior * 1.0
    wanted = columns * rows.sum() / columns.sum()
    for _round in range(_ROUNDS):
        sums = table.sum(axis=0)
        table = table * np.where(sums > 0, wanted / np.where(sums > 0, sums, 1), 0)
        sums = table.sum(axis=1)
        table = table * np.where(sums > 0, rows / np.where(sums > 0, sums, 1), 0)[:, None]
    return table


def deal(rng: np.random.Generator, kind: Ints, table: Floats) -> Ints:
    """Give each of n people a column of *table* (r, c), person i of row ``kind[i]``, so that row counts come out.

    Systematic sampling: people of a row are put in random order and the row's shares are cut along it.
    """
    shuffled = rng.permutation(len(kind))
    order = shuffled[np.argsort(kind[shuffled], kind="stable")]
    counts = np.bincount(kind, minlength=len(table))
    start = np.repeat(np.cumsum(counts) - counts, counts)
    place = (np.arange(len(kind)) - start + rng.random()) / np.maximum(counts[kind[order]], 1)
    sums = table.sum(axis=1, keepdims=True)
    edges = np.cumsum(np.where(sums > 0, table / np.where(sums > 0, sums, 1), 0), axis=1)
    chosen = np.empty(len(kind), np.int64)
    chosen[order] = (place[:, None] >= edges[kind[order]]).sum(axis=1).clip(0, table.shape[1] - 1)
    return chosen


def favour(rng: np.random.Generator, weights: Floats, count: int) -> Bools:
    """Mark *count* of n people, drawn without repetition with the given weights; weight 0 is never drawn."""
    possible = int((weights > 0).sum())
    lots = np.where(weights > 0, -np.log(1.0 - rng.random(len(weights))) / np.where(weights > 0, weights, 1), np.inf)
    marked = np.zeros(len(weights), bool)
    marked[np.argsort(lots, kind="stable")[: min(count, possible)]] = True
    return marked


def pick(
    rng: np.random.Generator, lists: Sequence[Sequence[Any]], which: Ints, *, steepness: float = 0.0
) -> NDArray[Any]:
    """Return for each person i one entry of ``lists[which[i]]``; earlier entries are likelier by *steepness* (0..1).

    An empty list gives None.
    """
    lengths = np.array([len(entries) for entries in lists], np.int64)
    starts = np.cumsum(lengths) - lengths
    flat = np.array([entry for entries in lists for entry in entries] + [None], dtype=object)
    draw = rng.random(len(which)) ** (1.0 + 2.0 * steepness)
    place = starts[which] + (draw * lengths[which]).astype(np.int64)
    empty = len(flat) - 1
    picked: NDArray[Any] = flat[np.where(lengths[which] > 0, place, empty)]
    return picked


def neighbours(keys: ArrayLike) -> tuple[Ints, Ints, Ints]:
    """Group n entries by an integer key: order of entries by key, start of each group and its length (by key value)."""
    values = np.asarray(keys, np.int64)
    order = np.argsort(values, kind="stable")
    counts = np.bincount(values) if len(values) else np.zeros(0, np.int64)
    return order, np.cumsum(counts) - counts, counts.astype(np.int64)
