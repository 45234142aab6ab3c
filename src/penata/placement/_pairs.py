"""Judging and scoring rows of pairs, compiled: one slot against a run of people at a time.

A row is a run of neighbouring people whom one slot visits on the same terms. Each rule and each part of the score is
one pass over such a row, a plain loop over contiguous columns that the compiler turns into vector instructions; which
rules there are and in what order is data, read once a row. One function does all this, for the sweep over all pairs and
for the explanation of a single one, so that a reason can never differ from the verdict.

Two habits keep it fast. Columns are named before the loops and never sliced or passed on inside them: every such step
would count references with an atomic instruction, for which the threads then queue. And lanes are unsigned numbers:
signed ones might count from an array's end, which keeps the compiler from using vectors.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from penata.placement.compile import jit

WINDOW, ANY_OF, ALL_OF, NONE_OF, MINIMA = range(5)
STANDARDS, MEMBER, COLUMN = range(3)

FULL = 1000
UNKNOWN = -1
CHUNK = 256  # people judged together, and the longest row: what they need then stays in the core's own cache
HIGH = np.uint64(0x8888888888888888)
EVEN = np.uint64(0x0F0F0F0F0F0F0F0F)
ONES = np.uint64(0x0101010101010101)

Whole = Any  # a whole number of any width, as numba passes it
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Words = NDArray[np.uint64]


class Columns(NamedTuple):
    """Columns of n people: ``measures`` (q, n), ``sets`` (s, n), ``levels`` (w, n), ``shares`` (p, n)."""

    measures: Int16
    sets: Words
    levels: Words
    shares: Int16


class Terms(NamedTuple):
    """What is asked, r rows: ``column``, ``low``, ``high`` (r, windows); ``masks`` (r, s); the rest as in Slots."""

    column: Int32
    low: Int16
    high: Int16
    masks: Words
    minima: Words
    standards: Words
    picks: Int32


class Steps(NamedTuple):
    """Rules or parts of the score in their order: kind, and the columns or words ``begin:end`` it reads; weights."""

    kind: Int32
    begin: Int32
    end: Int32
    weight: Int32


class Rows(NamedTuple):
    """Rows by chunk of people, slots ascending: rows ``first[c]:first[c + 1]`` judge people ``low:high``."""

    first: Int64
    slot: Int32
    terms: Int32
    low: Int32
    high: Int32


@njit(cache=True, inline="always")
def reciprocal(divisor: Whole) -> Whole:
    """Return f with x // divisor == (x * f) >> 32 for every x >= 0 with x * divisor < 2**32."""
    return (np.int64(1) << 32) // np.int64(divisor) + 1


@jit
def judge_rows(
    span: tuple[int, int], rows: Rows, people: Columns, terms: Terms, rules: Steps, parts: Steps, neutral: int,
    out: Int16, refused: Int32,
) -> None:  # fmt: skip
    """Write the scores of the rows *span* one after another into *out*, UNKNOWN for people refused.

    Adds to ``refused`` (m, rules) the people whom each rule is the first to refuse. A single part of weight 1 with
    neutral UNKNOWN gives that part itself; without parts, 0 stands for every lawful pair.
    """
    row_slot, row_terms, row_low, row_high = rows.slot, rows.terms, rows.low, rows.high
    measures, sets, levels, shares = people
    column_of, low_of, high_of, masks, minima, standards, picks = terms
    rule_kind, rule_begin, rule_end, _ = rules
    part_kind, part_begin, part_end, part_weight = parts
    ok, room, points = np.empty(CHUNK, np.int16), np.empty(CHUNK, np.int32), np.empty(CHUNK, np.int32)
    met, own = np.empty(CHUNK, np.uint64), np.empty(CHUNK, np.uint64)
    weights: Whole = 0
    for k in range(len(part_kind)):
        weights += part_weight[k]
    share_of_weights = reciprocal(2 * max(weights, 1))
    none, begin = np.uint64(0), np.uint64(0)
    for row in range(span[0], span[1]):
        j, r, lo = row_slot[row], row_terms[row], np.uint64(row_low[row])
        size = np.uint64(row_high[row]) - lo
        for t in range(none, size):
            ok[t] = 1
        left = np.int64(size)
        for k in range(len(rule_kind)):
            kind, first, last = rule_kind[k], rule_begin[k], rule_end[k]
            if kind == WINDOW:
                column = column_of[r, first]
                if column < 0:
                    continue
                least, most = low_of[r, first], high_of[r, first]
                for t in range(none, size):
                    value = measures[column, lo + t]
                    ok[t] &= np.int16((value >= least) & (value <= most))
            elif kind == ANY_OF:
                asked = none
                for word in range(first, last):
                    asked |= masks[r, word]
                if asked == 0:
                    continue
                for t in range(none, size):
                    met[t] = 0
                for word in range(first, last):
                    mask = masks[r, word]
                    for t in range(none, size):
                        met[t] |= sets[word, lo + t] & mask
                for t in range(none, size):
                    ok[t] &= np.int16(met[t] != 0)
            elif kind == MINIMA:
                for word in range(first, last):
                    floor = minima[r, word]
                    if floor != 0:
                        for t in range(none, size):
                            # A nibble keeps its high bit exactly where it is not below the one asked.
                            ok[t] &= np.int16((((levels[word, lo + t] | HIGH) - floor) & HIGH) == HIGH)
            else:
                flip = ~none if kind == ALL_OF else none
                for word in range(first, last):
                    mask = masks[r, word]
                    if mask != 0:
                        for t in range(none, size):
                            ok[t] &= np.int16(((sets[word, lo + t] ^ flip) & mask) == 0)
            now = np.int16(0)
            for t in range(none, size):
                now = np.int16(now + ok[t])
            refused[j, k] += left - now
            left = np.int64(now)
            if left == 0:
                break
        for t in range(none, size):
            points[t] = 0
        for k in range(len(part_kind) * (left > 0)):
            kind, first, last, weight = part_kind[k], part_begin[k], part_end[k], part_weight[k]
            if kind == STANDARDS:
                total = np.int64(0)
                for t in range(none, size):
                    room[t] = 0
                for word in range(first, last):
                    standard = standards[r, word]
                    if standard == 0:
                        continue
                    halves = (standard & EVEN) + ((standard >> np.uint64(4)) & EVEN)
                    total += np.int64((halves * ONES) >> np.uint64(56))
                    for t in range(none, size):
                        level = levels[word, lo + t]
                        reach = (((level | HIGH) - standard) & HIGH) >> np.uint64(3)
                        whole = (reach << np.uint64(4)) - reach  # 15 in each nibble that reaches its standard
                        capped = (standard & whole) | (level & ~whole)
                        eighths = (capped & EVEN) + ((capped >> np.uint64(4)) & EVEN)
                        room[t] += np.int32((eighths * ONES) >> np.uint64(56))
                factor = reciprocal(2 * total) if total else np.int64(0)
                if total == 0:
                    for t in range(none, size):
                        points[t] += weight * neutral
                else:
                    for t in range(none, size):
                        points[t] += weight * np.int32(((2 * FULL * np.int64(room[t]) + total) * factor) >> 32)
            elif kind == MEMBER:
                asked = none
                for t in range(none, size):
                    met[t], own[t] = 0, 0
                for word in range(first, last):
                    mask = masks[r, word]
                    asked |= mask
                    for t in range(none, size):
                        own[t] |= sets[word, lo + t]
                        met[t] |= sets[word, lo + t] & mask
                open_ = asked == 0
                for t in range(none, size):
                    share = np.int32(FULL) if (met[t] != 0) | open_ else np.int32(0 if own[t] != 0 else neutral)
                    points[t] += weight * share
            else:
                column = picks[r, first]
                if column < 0:
                    for t in range(none, size):
                        points[t] += weight * neutral
                else:
                    for t in range(none, size):
                        given = np.int32(shares[column, lo + t])
                        points[t] += weight * (given if given >= 0 else np.int32(neutral))
        if left == 0:
            for t in range(none, size):
                out[begin + t] = UNKNOWN
        else:
            for t in range(none, size):
                score = np.int16(((2 * np.int64(points[t]) + weights) * share_of_weights) >> 32)
                out[begin + t] = score if ok[t] else np.int16(UNKNOWN)
        begin += size
