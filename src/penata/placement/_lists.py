"""Lists that are sorted only as far as they are read: a heap per list, made when the list is first opened.

Whoever gets an early choice never asks for the rest of a list, so sorting all of it would be wasted; and a list that is
read to its end costs no more than sorting it. Larger keys come first, equal keys by the lower item.
"""

import numpy as np
from numba import types
from numpy.typing import NDArray

from penata.placement.compile import EDGES, OUT, kernel

# A standing packs, from high to low: a right (one bit), 32 bits of preference, 10 bits of score.
SCORES = 1 << 10
RIGHT = 1 << 43


@kernel("void", OUT, EDGES, types.int64, types.int64, types.int64)
def sink(items: NDArray[np.int64], key: NDArray[np.int64], begin: int, end: int, at: int) -> None:
    """Let the item at *at* sink to its place in the heap ``items[begin:end]``; ``key`` is indexed by item."""
    item = items[at]
    value = key[item]
    child = begin + 2 * (at - begin) + 1
    while child < end:
        best = items[child]
        if child + 1 < end:
            other = items[child + 1]
            if key[other] > key[best] or (key[other] == key[best] and other < best):
                child += 1
                best = other
        if key[best] < value or (key[best] == value and best > item):
            break
        items[at] = best
        at = child
        child = begin + 2 * (at - begin) + 1
    items[at] = item


@kernel("void", OUT, EDGES, types.int64, types.int64)
def open_list(items: NDArray[np.int64], key: NDArray[np.int64], begin: int, end: int) -> None:
    """Make ``items[begin:end]`` a heap: its first item is the best one."""
    for at in range(begin + (end - begin) // 2 - 1, begin - 1, -1):
        sink(items, key, begin, end, at)
