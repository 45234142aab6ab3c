"""Top trading cycles over slots with several seats: everybody points at a slot, every slot at a candidate.

Walks from candidate to slot to candidate until one comes round; that circle is traded and the walk goes on from what is
left of it. With strict lists the order in which circles are found does not matter: whoever else leaves, nobody in a
circle has a reason to point elsewhere, nor has a slot in it, so it stays a circle until it is traded. So the walk needs
no rounds, and every list is read once.
"""

import numpy as np
from numba import types
from numpy.typing import NDArray

from penata.placement._lists import RIGHT, SCORES, open_list, sink
from penata.placement.compile import OUT, POINTERS, SLOTS, kernel

ABSENT = -1
REPEATED = -2


@kernel("void", POINTERS, SLOTS, POINTERS, SLOTS, types.int64, OUT)
def match_wishes(
    indptr: NDArray[np.int64],
    slot: NDArray[np.int32],
    wish_indptr: NDArray[np.int64],
    wish_slot: NDArray[np.int32],
    m: int,
    edge: NDArray[np.int64],
) -> None:
    """Write to *edge* int64 (w) the edge of every wish among *m* slots, ``ABSENT`` or ``REPEATED``."""
    found = np.full(m, -1, np.int64)
    named = np.full(m, -1, np.int64)
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            found[slot[e]] = e
        for w in range(wish_indptr[i], wish_indptr[i + 1]):
            j = wish_slot[w]
            edge[w] = ABSENT
            if found[j] >= indptr[i]:
                edge[w] = found[j] if named[j] != i else REPEATED
            named[j] = i


@kernel("void", POINTERS, SLOTS, SLOTS, SLOTS, SLOTS, POINTERS, SLOTS, POINTERS, OUT, OUT, OUT)
def trade(
    indptr: NDArray[np.int64],
    slot: NDArray[np.int32],
    score: NDArray[np.int32],
    priority: NDArray[np.int32],
    held: NDArray[np.int32],
    wish_indptr: NDArray[np.int64],
    wish_slot: NDArray[np.int32],
    first: NDArray[np.int64],
    seats: NDArray[np.int64],
    goal: NDArray[np.int64],
    turn: NDArray[np.int64],
) -> None:
    """Write slots to *goal* int64 (n), or -1, and to *turn* int64 (n) the number of the trade that each left with.

    ``held`` int32 (n): slot held by right, or -1. ``first`` int64 (m+1): where the list of each slot begins; *seats*
    int64 (m) is used up.
    """
    n, m = len(held), len(seats)
    key = np.empty(len(slot), np.int64)
    items = np.empty(len(slot), np.int64)
    owner = np.empty(len(slot), np.int32)
    last = first[:m].copy()
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            j = slot[e]
            owner[e] = i
            items[last[j]] = e
            last[j] += 1
            key[e] = np.int64(priority[e]) * SCORES + score[e] + (RIGHT if j == held[i] else 0)
    opened = np.zeros(m, np.bool_)
    upcoming = wish_indptr[:n].copy()
    path = np.empty(n, np.int64)
    depth_of = np.full(n, -1, np.int64)
    trades = 0
    for i in range(n):
        turn[i] = -1
    for root in range(n):
        if turn[root] >= 0:
            continue
        path[0], depth_of[root], depth = root, 0, 1
        while depth > 0:
            i = path[depth - 1]
            w, end = upcoming[i], wish_indptr[i + 1]
            # What comes after the slot held is no wish: nobody ends with less than that.
            while w < end and wish_slot[w] != held[i] and seats[wish_slot[w]] == 0:
                w += 1
            upcoming[i] = w
            j = wish_slot[w] if w < end else held[i]
            goal[i] = j
            if j < 0:
                turn[i] = trades
                trades += 1
                depth -= 1
                continue
            if not opened[j]:
                open_list(items, key, first[j], last[j])
                opened[j] = True
            while turn[owner[items[first[j]]]] >= 0:
                last[j] -= 1
                items[first[j]] = items[last[j]]
                sink(items, key, first[j], last[j], first[j])
            k = owner[items[first[j]]]
            if depth_of[k] < 0:
                path[depth], depth_of[k] = k, depth
                depth += 1
                continue
            for at in range(depth_of[k], depth):
                turn[path[at]] = trades
                seats[goal[path[at]]] -= 1
            trades += 1
            depth = depth_of[k]
