"""Deferred acceptance with seats, one proposer at a time.

The order is that of D. G. McVitie and L. B. Wilson, "The stable marriage problem", Communications of the ACM 14, 1971.
With strict preferences the order does not matter to the outcome. They are made strict here by packing each preference,
what breaks its ties and the right of incumbents into one integer (`_lists`); the last tie falls to the lower number.

The bar of a slot (its weakest holder, once full) only rises. So a proposal that would be refused now is refused for
ever, and whoever is free goes at once to the best slot that would take him: one look along the row instead of one for
each refusal. Who is sent away often gets his row as a list (`_lists`), so that long rows cost no squares.
"""

import numpy as np
from numba import types
from numpy.typing import NDArray

from penata.placement._lists import RIGHT, SCORES, open_list, sink
from penata.placement.compile import OUT, POINTERS, SLOTS, kernel

FLAGS = types.Array(types.boolean, 1, "C", readonly=True)
LOOKS = 12  # along a row, before it is made a list
FREE = np.iinfo(np.int64).min
SHUT = np.iinfo(np.int64).max


@kernel("boolean", types.int64, types.int64, types.int64, types.int64)
def weaker(mine: int, me: int, yours: int, you: int) -> bool:
    """Tell whether a standing comes after another; equal ones by the higher number of the candidate."""
    return mine < yours or (mine == yours and me > you)


@kernel("void", OUT, OUT, types.int64, types.int64, types.int64, types.int64)
def enter(standing: NDArray[np.int64], holder: NDArray[np.int64], top: int, held: int, mine: int, me: int) -> None:
    """Add a holder to the heap ``[top:top + held]``, which has the weakest on top."""
    at = held
    while at > 0:
        above = (at - 1) // 2
        if not weaker(mine, me, standing[top + above], holder[top + above]):
            break
        standing[top + at], holder[top + at] = standing[top + above], holder[top + above]
        at = above
    standing[top + at], holder[top + at] = mine, me


@kernel("void", OUT, OUT, types.int64, types.int64, types.int64, types.int64)
def replace(standing: NDArray[np.int64], holder: NDArray[np.int64], top: int, held: int, mine: int, me: int) -> None:
    """Put a holder in the place of the weakest one of the heap ``[top:top + held]``."""
    at = 0
    while 2 * at + 1 < held:
        child = 2 * at + 1
        right = top + child + 1
        if child + 1 < held and weaker(standing[right], holder[right], standing[top + child], holder[top + child]):
            child += 1
        if not weaker(standing[top + child], holder[top + child], mine, me):
            break
        standing[top + at], holder[top + at] = standing[top + child], holder[top + child]
        at = child
    standing[top + at], holder[top + at] = mine, me


@kernel("void", POINTERS, SLOTS, SLOTS, SLOTS, SLOTS, FLAGS, SLOTS, FLAGS, POINTERS, OUT)
def defer(
    indptr: NDArray[np.int64],
    slot: NDArray[np.int32],
    score: NDArray[np.int32],
    taste: NDArray[np.int32],
    rank: NDArray[np.int32],
    acceptable: NDArray[np.bool_],
    current: NDArray[np.int32],
    right: NDArray[np.bool_],
    first: NDArray[np.int64],
    seat: NDArray[np.int64],
) -> None:
    """Write to *seat* int64 (n) the edge each candidate ends with, or -1.

    Slot j keeps its holders at ``first[j]:first[j + 1]``: as many as have seats there, or could ever come.
    """
    n, m = len(current), len(first) - 1
    items = np.empty(len(slot), np.int64)
    key = np.empty(len(slot), np.int64)
    rest = np.zeros(n, np.int64)  # where the unread part of the list ends, once there is one
    looks = np.zeros(n, np.int64)
    held = np.zeros(m, np.int64)
    standing = np.empty(first[m], np.int64)
    holder = np.empty(first[m], np.int64)
    bar = np.full(m, FREE, np.int64)
    weakest = np.full(m, -1, np.int64)
    for j in range(m):
        if first[j] == first[j + 1]:
            bar[j] = SHUT
    for proposer in range(n):
        i = np.int64(proposer)
        while i >= 0:
            seat[i] = -1
            begin, own = indptr[i], current[i]
            if looks[i] == LOOKS:
                rest[i] = begin
                for e in range(begin, indptr[i + 1]):
                    if acceptable[e]:
                        items[rest[i]] = e
                        key[e] = np.int64(taste[e]) * (2 * SCORES) + (SCORES if slot[e] == own else 0) + score[e]
                        rest[i] += 1
                open_list(items, key, begin, rest[i])
            looks[i] += 1
            chosen, mine = np.int64(-1), np.int64(0)
            if looks[i] <= LOOKS:
                best = np.int64(FREE)
                for e in range(begin, indptr[i + 1]):
                    j = slot[e]
                    wish = np.int64(taste[e]) * (2 * SCORES) + (SCORES if j == own else 0) + score[e]
                    if wish > best and acceptable[e]:
                        mark = np.int64(rank[e]) * SCORES + score[e] + (RIGHT if right[i] and j == own else 0)
                        if weaker(bar[j], weakest[j], mark, i):
                            best, chosen, mine = wish, np.int64(e), mark
            else:
                while chosen < 0 and rest[i] > begin:
                    e = items[begin]
                    rest[i] -= 1
                    items[begin] = items[rest[i]]
                    sink(items, key, begin, rest[i], begin)
                    j = slot[e]
                    mine = np.int64(rank[e]) * SCORES + score[e] + (RIGHT if right[i] and j == own else 0)
                    if weaker(bar[j], weakest[j], mine, i):
                        chosen = e
            if chosen < 0:
                break
            seat[i] = chosen
            j = slot[chosen]
            top, seats = first[j], first[j + 1] - first[j]
            out = np.int64(-1)
            if held[j] < seats:
                enter(standing, holder, top, held[j], mine, i)
                held[j] += 1
            else:
                out = holder[top]
                replace(standing, holder, top, seats, mine, i)
            if held[j] == seats:
                bar[j], weakest[j] = standing[top], holder[top]
            i = out
