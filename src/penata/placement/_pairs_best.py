"""The sweep over all pairs: counting them, keeping the best of every person and slot, and one sparse array of those."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from penata.placement._pairs import (
    CHUNK,
    FULL,
    UNKNOWN,
    Columns,
    Int16,
    Int32,
    Int64,
    Rows,
    Steps,
    Terms,
    Whole,
    judge_rows,
)
from penata.placement.compile import jit

SEGMENT = 1024  # slots a person meets before only the best pairs are kept
LOW32 = np.uint64(0xFFFFFFFF)


class Best(NamedTuple):
    """What a sweep finds about people (n): pairs counted, and the best of each, slots ascending.

    ``floor``: score << 32 | mixed bits that a pair needs to be kept; 0 where all are.
    """

    lawful: Int64
    filled: Int32
    floor: Int64
    slot: Int32
    score: Int16


class Tally(NamedTuple):
    """What one thread finds about slots (m): pairs, first refusals by rule (m, rules), and keys of the best people."""

    lawful: Int64
    refused: Int32
    filled: Int32
    floor: Int64
    keys: Int64


class Scratch(NamedTuple):
    """Room for one thread, made once: fresh memory for every chunk would cost more than the judging.

    ``scores`` of a segment of rows; ``keys`` (CHUNK, ..) of the best pairs of the people of a chunk, and how many.
    """

    scores: Int16
    keys: Int64
    filled: Int32
    bins: Int32
    ties: Int64


@njit(cache=True, inline="always")
def mixed(i: Whole, j: Whole) -> Whole:
    """Return 32 well mixed bits of a pair: for one slot different for all people, for one person for all slots."""
    bits = (np.uint64(i) * np.uint64(0x9E3779B1) + np.uint64(j) * np.uint64(0x85EBCA77)) & LOW32
    bits = ((bits ^ (bits >> np.uint64(16))) * np.uint64(0x85EBCA6B)) & LOW32
    bits = ((bits ^ (bits >> np.uint64(13))) * np.uint64(0xC2B2AE35)) & LOW32
    return np.int64(bits ^ (bits >> np.uint64(16)))


@jit
def prune(keys: Int64, count: Whole, keep: Whole, own: Whole, of_slot: bool, bins: Int32, ties: Int64) -> Any:
    """Keep the best *keep* of the keys (score << 32 | other), in their order; return how many, and their floor.

    Among equal scores the greatest mixed bits stay. *own* is whose keys these are, a slot's with *of_slot*.
    """
    if count <= keep:
        return count, 0
    for score in range(FULL + 1):
        bins[score] = 0
    for k in range(count):
        bins[keys[k] >> 32] += 1
    left, cut = keep, FULL
    while bins[cut] <= left:
        left -= bins[cut]
        cut -= 1
    # With no room left for the lowest score, the floor is the score above it.
    floor = np.int64(cut + 1) << 32
    if left:
        equal = 0
        for k in range(count):
            if keys[k] >> 32 == cut:
                other = keys[k] & 0xFFFFFFFF
                ties[equal] = mixed(other, own) if of_slot else mixed(own, other)
                equal += 1
        floor = np.int64(cut) << 32 | np.sort(ties[:equal])[equal - left]
    kept = 0
    for k in range(count):
        key = keys[k]
        score, other = key >> 32, key & 0xFFFFFFFF
        stays = score > cut
        if score == cut:
            stays = score << 32 | (mixed(other, own) if of_slot else mixed(own, other)) >= floor
        keys[kept] = key
        kept += stays
    return kept, floor


@jit
def _hold(scores: Int16, span: tuple[int, int], rows: Rows, u: Int64, v: Int64) -> None:
    """Mark pairs as refused whose score is not above u + v."""
    row_slot, row_low, row_high = rows.slot, rows.low, rows.high
    none, begin = np.uint64(0), np.uint64(0)
    for row in range(span[0], span[1]):
        lo, price = np.uint64(row_low[row]), v[row_slot[row]]
        size = np.uint64(row_high[row]) - lo
        for t in range(none, size):
            score = scores[begin + t]
            scores[begin + t] = score if score > u[lo + t] + price else np.int16(UNKNOWN)
        begin += size


@jit
def _gather(
    scores: Int16, span: tuple[int, int], rows: Rows, base: int, order: Int32, per_slot: int, keys: Int64,
    filled: Int32, best: Best, tally: Tally, bins: Int32, ties: Int64,
) -> Whole:  # fmt: skip
    """Count the lawful pairs of the rows *span* and hand each to its person and its slot; return their points."""
    row_slot, row_low, row_high = rows.slot, rows.low, rows.high
    of_people, of_slots = best.lawful, tally.lawful
    slot_filled, slot_floor, slot_keys = tally.filled, tally.floor, tally.keys
    slot_width = slot_keys.shape[1]
    chosen = np.empty(CHUNK + 1, np.int32)
    none, begin, total = np.uint64(0), np.uint64(0), np.int64(0)
    for row in range(span[0], span[1]):
        j, lo, start = np.int64(row_slot[row]), np.uint64(row_low[row]), np.uint64(row_low[row] - base)
        size = np.uint64(row_high[row]) - lo
        least = slot_floor[j] >> 32
        # Every pair is written, and the place moves on only for a lawful one: no branch to guess.
        found: Whole = 0
        count: Whole = none
        for t in range(none, size):
            score = np.int64(scores[begin + t])
            at = filled[start + t]
            keys[start + t, np.uint64(at)] = score << 32 | j
            filled[start + t] = at + (score >= 0)
            chosen[count] = t
            count += np.uint64(score >= least)
        for t in range(none, size):
            score = np.int64(scores[begin + t])
            lawful = score >= 0
            found += lawful
            of_people[lo + t] += lawful
            total += score if lawful else 0
        of_slots[j] += found
        if per_slot:
            full = slot_filled[j]
            for c in range(none, count):
                lane = np.uint64(chosen[c])
                score = np.int64(scores[begin + lane])
                if score >= slot_floor[j] >> 32:
                    if full == slot_width:
                        full, slot_floor[j] = prune(slot_keys[j], full, per_slot, j, True, bins, ties)
                    slot_keys[j, full] = score << 32 | np.int64(order[lo + lane])
                    full += 1
            slot_filled[j] = full
        begin += size
    return total


@jit
def sweep(
    chunks: tuple[int, int], rows: Rows, people: Columns, terms: Terms, rules: Steps, parts: Steps, neutral: int,
    order: Int32, prices: tuple[bool, Int64, Int64], keep: tuple[int, int], best: Best, tally: Tally, scratch: Scratch,
) -> Whole:  # fmt: skip
    """Judge the rows of *chunks*: count all pairs, keep the best of each person and slot; return the sum of scores.

    ``order`` (n) is the number of the person who lies at each place; lists and ties go by that number, while rows, the
    counts of people and the prices u go by place. With prices only pairs of a score above u + v count. ``keep``: pairs
    per person and per slot.
    """
    priced, u, v = prices
    per_person, per_slot = keep
    scores, keys, filled, bins, ties = scratch
    first, n = rows.first, len(order)
    segment = len(scores) // CHUNK
    total = 0
    for chunk in range(chunks[0], chunks[1]):
        base = chunk * CHUNK
        here = min(CHUNK, n - base)
        filled[:] = 0
        for begin in range(first[chunk], first[chunk + 1], segment):
            span = (begin, min(begin + segment, first[chunk + 1]))
            judge_rows(span, rows, people, terms, rules, parts, neutral, scores, tally.refused)
            if priced:
                _hold(scores, span, rows, u, v)
            total += _gather(scores, span, rows, base, order, per_slot, keys, filled, best, tally, bins, ties)
            for lane in range(here):
                i = order[base + lane]
                filled[lane], floor = prune(keys[lane], filled[lane], per_person, i, False, bins, ties)
                best.floor[i] = max(best.floor[i], floor)
        for lane in range(here):
            i = order[base + lane]
            best.filled[i] = filled[lane]
            for k in range(filled[lane]):
                best.slot[i, k] = keys[lane, k] & 0xFFFFFFFF
                best.score[i, k] = keys[lane, k] >> 32
    return total


def make_scratch(rows: Rows, per_person: int, slot_width: int) -> Scratch:
    """Return room for a thread that sweeps over *rows*."""
    longest = int(np.diff(rows.first).max(initial=1))
    segment = max(1, min(SEGMENT, longest))
    # One key more than can stay: the place behind the last one is written too.
    width = min(per_person, longest) + segment + 1
    return Scratch(
        np.empty(segment * CHUNK, np.int16), np.empty((CHUNK, width), np.int64), np.zeros(CHUNK, np.int32),
        np.empty(FULL + 1, np.int32), np.empty(max(width, slot_width), np.int64),
    )  # fmt: skip


@jit
def cut_rows(slot: Int32, terms: Int32, low: Int32, high: Int32, chunks: int) -> Rows:
    """Cut runs of people (by slot, ascending) at the chunks' borders and order the pieces by chunk, slots ascending."""
    first = np.zeros(chunks + 1, np.int64)
    for k in range(len(slot)):
        for chunk in range(low[k] // CHUNK, (high[k] - 1) // CHUNK + 1):
            first[chunk + 1] += 1
    for chunk in range(chunks):
        first[chunk + 1] += first[chunk]
    at = first.copy()
    row_slot, row_terms = np.empty(first[chunks], np.int32), np.empty(first[chunks], np.int32)
    row_low, row_high = np.empty(first[chunks], np.int32), np.empty(first[chunks], np.int32)
    for k in range(len(slot)):
        for chunk in range(low[k] // CHUNK, (high[k] - 1) // CHUNK + 1):
            place = at[chunk]
            at[chunk] += 1
            row_slot[place], row_terms[place] = slot[k], terms[k]
            row_low[place] = max(low[k], chunk * CHUNK)
            row_high[place] = min(high[k], (chunk + 1) * CHUNK)
    return Rows(first, row_slot, row_terms, row_low, row_high)


@jit
def best_of_slots(filled: Int32, keys: Int64, per_slot: int) -> tuple[Int32, Int64]:
    """Return how many people each slot keeps (m) and their keys (m, per_slot), out of those of every thread."""
    threads, m, width = keys.shape
    kept, out = np.zeros(m, np.int32), np.empty((m, per_slot), np.int64)
    bins, room = np.empty(FULL + 1, np.int32), np.empty(threads * width, np.int64)
    ties = np.empty(threads * width, np.int64)
    for j in range(m):
        count = 0
        for thread in range(threads):
            for k in range(filled[thread, j]):
                room[count] = keys[thread, j, k]
                count += 1
        kept[j], _floor = prune(room, count, per_slot, j, True, bins, ties)
        for k in range(kept[j]):
            out[j, k] = room[k]
    return kept, out


@jit
def unite(best: Best, filled: Int32, keys: Int64) -> tuple[Int64, Int32, Int32]:
    """Return sparse rows by person (indptr, slot, score) of the pairs that the person or the slot keeps."""
    own_filled, floor, own_slot, own_score = best.filled, best.floor, best.slot, best.score
    n, m = len(own_filled), len(filled)
    begin, count = np.zeros(n + 1, np.int64), 0
    for j in range(m):
        for k in range(filled[j]):
            # What only the slot keeps: below the person's floor.
            i = keys[j, k] & 0xFFFFFFFF
            if keys[j, k] >> 32 << 32 | mixed(i, j) < floor[i]:
                begin[i + 1] += 1
                count += 1
    indptr = np.zeros(n + 1, np.int64)
    for i in range(n):
        begin[i + 1] += begin[i]
        indptr[i + 1] = own_filled[i] + begin[i + 1] - begin[i] + indptr[i]
    more_slot, more_score = np.empty(count, np.int32), np.empty(count, np.int32)
    at = begin.copy()
    for j in range(m):
        for k in range(filled[j]):
            i = keys[j, k] & 0xFFFFFFFF
            if keys[j, k] >> 32 << 32 | mixed(i, j) < floor[i]:
                more_slot[at[i]], more_score[at[i]] = j, keys[j, k] >> 32
                at[i] += 1
    slot, score = np.empty(indptr[n], np.int32), np.empty(indptr[n], np.int32)
    for i in range(n):
        place, own = indptr[i], 0
        for more in range(begin[i], begin[i + 1]):
            while own < own_filled[i] and own_slot[i, own] < more_slot[more]:
                slot[place], score[place] = own_slot[i, own], own_score[i, own]
                place, own = place + 1, own + 1
            slot[place], score[place] = more_slot[more], more_score[more]
            place += 1
        for rest in range(own, own_filled[i]):
            slot[place], score[place] = own_slot[i, rest], own_score[i, rest]
            place += 1
    return indptr, slot, score
