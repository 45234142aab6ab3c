"""A heap of numbered nodes whose keys may fall, for the searches of the exact solve."""

from typing import Any

import numpy as np

from penata.placement.compile import jit

FAR = np.int64(1) << 61  # farther than any path


@jit
def lift(keys: Any, nodes: Any, where: Any, size: Any, key: Any, node: Any) -> Any:
    """Put *node* into the heap of *size* entries, or lower its key there; return the new size.

    ``where`` int32: the place of every node in the heap, -1 outside. So no node stands there twice, and the heap never
    needs more room than there are nodes.
    """
    at = np.int64(where[node])
    if at < 0:
        at = size
        size += 1
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at] = keys[above]
        nodes[at] = nodes[above]
        where[nodes[at]] = at
        at = above
    keys[at] = key
    nodes[at] = node
    where[node] = at
    return size


@jit
def pop(keys: Any, nodes: Any, where: Any, size: Any) -> Any:
    """Take the first of *size* entries away, which is read before; return the new size."""
    size -= 1
    where[nodes[0]] = -1
    if size == 0:
        return size
    key = keys[size]
    node = nodes[size]
    at = np.int64(0)
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at] = keys[below]
        nodes[at] = nodes[below]
        where[nodes[at]] = at
        at = below
    keys[at] = key
    nodes[at] = node
    where[node] = at
    return size
