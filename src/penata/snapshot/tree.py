"""Trees of units and of reporting lines as arrays: order, depth, subtree sums. No recursion, cycles cut.

Everything is ordered by code, so the order of the rows that came in does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tree:
    """A forest over n nodes; every array but ``order`` has one entry per node, in the order of the codes given.

    ``parent``: index of the parent, -1 for a root. ``depth``: 0 for a root. ``order``: node indices in preorder,
    siblings by code. ``place``: position of each node in ``order``. ``size``: nodes of the subtree, itself included.
    ``children``: number of direct children. ``missing``: a parent was named that is not among the codes (the node
    became a root). ``cycle``: index of the member with the smallest code for every node on a cycle, else -1.
    ``cut``: this node's link to its parent was cut to break a cycle (the smallest code of each cycle became a root).
    """

    parent: Indices
    depth: Indices
    order: Indices
    place: Indices
    size: Indices
    children: Indices
    missing: NDArray[np.bool_]
    cycle: Indices
    cut: NDArray[np.bool_]

    @property
    def roots(self) -> Indices:
        """Return the indices of the roots in preorder."""
        tops: Indices = self.order[self.depth[self.order] == 0]
        return tops

    def subtree_sum(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for every node the sum of *values* (n,) over its subtree, summed in preorder without cancellation."""
        if not len(self.parent):
            return np.zeros(0)
        line = np.append(values[self.order], 0.0)  # one more, so that the end of the last slice is a valid index
        edges = np.stack([self.place, self.place + self.size], axis=1).ravel()
        sums: NDArray[np.float64] = np.add.reduceat(line, edges)[::2]
        return sums

    def ancestor_at(self, level: int) -> Indices:
        """Return for every node its ancestor at depth *level*, or the node itself where it lies above that level."""
        if not len(self.parent):
            return np.zeros(0, np.int64)
        steps = np.arange(len(self.order))
        latest = np.maximum.accumulate(np.where(self.depth[self.order] == level, steps, 0))
        found = np.empty(len(self.order), np.int64)
        found[self.order] = self.order[latest]
        return np.where(self.depth < level, np.arange(len(found)), found)


def build_tree(codes: Sequence[str], parents: Sequence[str | None]) -> Tree:
    """Return the forest in which node ``codes[i]`` hangs under ``parents[i]`` (None or unknown: a root).

    A node that names itself is a cycle of one. Raises ValueError when a code occurs twice.
    """
    index = {code: i for i, code in enumerate(codes)}
    if len(index) != len(codes):
        raise ValueError("codes of a tree must be unique")
    rank = np.empty(len(codes), np.int64)
    rank[sorted(range(len(codes)), key=codes.__getitem__)] = np.arange(len(codes))
    named = np.array([parent is not None for parent in parents], bool)
    parent = np.array([-1 if code is None else index.get(code, -1) for code in parents], np.int64)
    missing = named & (parent < 0)
    cycle = _cycles(parent, rank)
    cut = cycle == np.arange(len(codes))
    parent[cut] = -1
    depth, order, size = _walk(parent, rank)
    place = np.empty(len(codes), np.int64)
    place[order] = np.arange(len(codes))
    children = np.bincount(parent[parent >= 0], minlength=len(codes)).astype(np.int64)
    return Tree(parent, depth, order, place, size, children, missing, cycle, cut)


def _cycles(parent: Indices, rank: Indices) -> Indices:
    """Return for every node on a cycle the index of its smallest member, else -1, by doubling the jumps upwards."""
    n = len(parent)
    top = n  # an extra node above all roots, its own parent
    jump = np.append(np.where(parent < 0, top, parent), top)
    best = np.append(rank, n)  # smallest rank seen on the way up
    for _step in range(max(n, 1).bit_length()):
        best = np.minimum(best, best[jump])
        jump = jump[jump]
    member = np.zeros(n + 1, bool)
    member[jump] = True  # after at least n steps only members of cycles, and the top, are reached
    node_of = np.argsort(rank)
    return np.where(member[:n], node_of[np.minimum(best[:n], n - 1)], -1) if n else np.zeros(0, np.int64)


def _walk(parent: Indices, rank: Indices) -> tuple[Indices, Indices, Indices]:
    """Return depth, preorder and subtree size of a forest without cycles."""
    n = len(parent)
    by_parent = np.lexsort((-rank, parent))  # children of one parent side by side, last sibling first
    first = np.searchsorted(parent[by_parent], np.arange(-1, n + 1)).tolist()
    line, up = by_parent.tolist(), parent.tolist()
    depth, size, order = [0] * n, [1] * n, []
    stack = line[first[0] : first[1]]
    while stack:
        node = stack.pop()
        order.append(node)
        depth[node] = depth[up[node]] + 1 if up[node] >= 0 else 0
        stack.extend(line[first[node + 1] : first[node + 2]])
    for node in reversed(order):
        if up[node] >= 0:
            size[up[node]] += size[node]
    return np.array(depth, np.int64), np.array(order, np.int64), np.array(size, np.int64)
