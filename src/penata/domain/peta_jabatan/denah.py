"""Layout of the map for the screen: where the box of every posisi that shows stands. Tidy, without overlap.

A posisi stands in the middle above those under it. Posisi below which nothing shows are stacked in columns beside a
rail, as the official map lists them; those with something below them stand side by side, on several shelves where one
would grow too long. Each branch is as narrow as its rows allow: neighbours move together until they touch in some row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

WIDTH, HEIGHT = 196, 88  # a box, in the units of the drawing
ACROSS, DOWN = 20, 44  # room between neighbours, and between a box and the row below it
STACK = 10  # room between the boxes of a column
RAIL = 28  # from the rail's side of a column to its boxes
INSET = 14  # where the rail of a single column leaves the box above it
COLUMN = 8  # boxes of a column before a second one is begun
SHELF = 14 * (WIDTH + ACROSS)  # length of a row of branches before a second row is begun
ABREAST = 6  # heads without anything open below them that still stand side by side

_ROW = HEIGHT + DOWN
_STEP = HEIGHT + STACK


@dataclass(frozen=True)
class Denah:
    """Left upper corner of every box, and the size of the whole.

    ``on_rail``: the line to the superior comes along the rail on the left of the box. ``trunk``: where the branches of
    a superior fill several shelves, the x of the line that leads down to the shelf of this box; only of boxes on the
    second shelf and below.
    """

    x: list[int]
    y: list[int]
    on_rail: list[bool]
    trunk: dict[int, int]
    width: int
    height: int


@dataclass(slots=True)
class _Outline:
    """Left and right edge of a branch in every row, the box on top in row 0, seen from its left edge."""

    left: list[float]
    right: list[float]

    @property
    def width(self) -> float:
        """Width of the whole branch."""
        return max(self.right, default=0.0) - min(self.left, default=0.0)


@dataclass
class _Work:
    """The forest while it is laid out; ``across`` and ``down`` are seen from the superior."""

    children: list[list[int]]
    heads: Sequence[bool]
    across: list[float]
    down: list[float]
    on_rail: list[bool]
    trunk: dict[int, float]
    outlines: list[_Outline | None]


def lay_out(parent: Sequence[int], heads: Sequence[bool]) -> Denah:
    """Return the layout of a forest in preorder; ``parent[i]`` is -1 for a root.

    ``heads[i]``: more hangs below this box than shows; such boxes stand side by side while they are few.
    """
    n = len(parent)
    children: list[list[int]] = [[] for _node in range(n + 1)]  # the last one holds the roots
    for node, above in enumerate(parent):
        children[above].append(node)
    work = _Work(children, heads, [0.0] * n, [0.0] * n, [False] * n, {}, [None] * n)
    for node in range(n - 1, -1, -1):
        work.outlines[node] = _place(node, work)
    whole = _place(n, work)
    x, y = [0.0] * n, [0.0] * n
    for node, above in enumerate(parent):
        x[node] = work.across[node] + (x[above] if above >= 0 else 0.0)
        # The row of the invisible top is left out.
        y[node] = work.down[node] + (y[above] if above >= 0 else -float(_ROW))
    least = min(whole.left[1:], default=0.0)
    return Denah(
        [round(value - least) for value in x],
        [round(value) for value in y],
        work.on_rail,
        # The branches of the invisible top hang on nothing.
        {node: round(value + x[parent[node]] - least) for node, value in work.trunk.items() if parent[node] >= 0},
        round(max(whole.right[1:], default=0.0) - least),
        round(max(y, default=0.0)) + HEIGHT if n else 0,
    )


def _place(node: int, work: _Work) -> _Outline:
    """Set where the children of *node* stand, seen from it, and return the outline of its branch."""
    children = work.children[node]
    closed = [child for child in children if not work.children[child]]
    beside = [child for child in children if work.children[child]]
    if closed and len(closed) <= ABREAST and all(work.heads[child] for child in closed):
        beside, closed = children, []
    if not children:
        return _Outline([0.0], [float(WIDTH)])
    row = _Outline([], [])  # of all children together, from the row below the box on
    posts: list[float] = []  # where lines come down on those of the first shelf
    if closed:
        posts += _stack(closed, row, work)
    posts += _shelves(beside, row, work, first=not closed)
    alone = not beside and len(posts) == 1
    own = posts[0] - INSET if alone else (posts[0] + posts[-1]) / 2 - WIDTH / 2
    for child in children:
        work.across[child] -= own
        if child in work.trunk:
            work.trunk[child] -= own
    return _Outline(
        [0.0, *(value - own for value in row.left)], [float(WIDTH), *(value - own for value in row.right)]
    )  # fmt: skip


def _shelves(beside: list[int], row: _Outline, work: _Work, *, first: bool) -> list[float]:
    """Set branches side by side, on several shelves where one would be too long; return the first shelf's posts."""
    outlines = {child: work.outlines[child] or _Outline([0.0], [float(WIDTH)]) for child in beside}
    longest = _longest(list(outlines.values()))
    posts: list[float] = []
    shelf, start, count = row, 0, 0
    for child, outline in outlines.items():
        work.outlines[child] = None  # not needed again
        if shelf.right and max(shelf.right) + ACROSS + outline.width > longest and (count or not first):
            if shelf is not row:
                _below(row, shelf, start)
            start, shelf, count = len(row.left), _Outline([], []), 0
        room = (r - left for r, left in zip(shelf.right, outline.left, strict=False))
        shift = max(room, default=-float(ACROSS)) + ACROSS
        if not shelf.right:
            shift = -min(outline.left)
        work.across[child], work.down[child] = shift, float(_ROW * (1 + start))
        _extend(shelf, outline, shift)
        count += 1
        if start == 0:
            posts.append(shift + WIDTH / 2)
        else:
            work.trunk[child] = min(row.left) - INSET
    if shelf is not row:
        _below(row, shelf, start)
        edge = min(row.left) - RAIL
        for child in beside:
            if child in work.trunk:
                work.trunk[child] = edge + INSET
        row.left[:] = [edge] * len(row.left)
    return posts


def _longest(outlines: Sequence[_Outline]) -> float:
    """Return how long a shelf may be: all in one while that is short, else so that all is twice as wide as high."""
    total = sum(outline.width + ACROSS for outline in outlines)
    if total <= SHELF:
        return float(SHELF)
    area = sum((outline.width + ACROSS) * len(outline.left) * _ROW for outline in outlines)
    return max(float(SHELF), sqrt(2 * area), *(outline.width for outline in outlines))


def _below(row: _Outline, shelf: _Outline, start: int) -> None:
    """Add a shelf under what is there already."""
    del row.left[start:], row.right[start:]
    row.left.extend(shelf.left)
    row.right.extend(shelf.right)


def _stack(closed: list[int], row: _Outline, work: _Work) -> list[float]:
    """Stack boxes in columns, each beside its rail; return where the rails are."""
    tall = min(len(closed), max(COLUMN, ceil(sqrt(2 * len(closed)))))
    rails = []
    for column, start in enumerate(range(0, len(closed), tall)):
        members = closed[start : start + tall]
        left = column * (WIDTH + RAIL + ACROSS)
        for index, child in enumerate(members):
            work.across[child], work.down[child] = float(left + RAIL), float(_ROW + index * _STEP)
            work.on_rail[child] = True
        rows = ceil(((len(members) - 1) * _STEP + HEIGHT) / _ROW)
        _extend(row, _Outline([0.0] * rows, [float(RAIL + WIDTH)] * rows), float(left))
        rails.append(float(left + INSET))
    return rails


def _extend(row: _Outline, outline: _Outline, shift: float) -> None:
    """Add *outline*, moved by *shift*, to the right of *row*."""
    shared = min(len(row.right), len(outline.right))
    row.right[:shared] = [value + shift for value in outline.right[:shared]]
    row.left.extend(value + shift for value in outline.left[shared:])
    row.right.extend(value + shift for value in outline.right[shared:])
