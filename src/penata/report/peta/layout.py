"""Layout of the peta jabatan: where every box and table of every page stands, in millimetres.

A3 landscape, one or more pages per perangkat daerah, in the way the official map is drawn: the head on top, below it
one column per subordinate branch, heads of branches as boxes, posisi without subordinates as rows of a table under
their superior. Branches that do not fit flow into the next column and the next page; nothing is left out or shrunk.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from penata.language import _
from penata.report.peta.metrics import wrap
from penata.snapshot.vocabulary import JENIS_JABATAN

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 420.0, 297.0, 10.0
COLUMNS, GAP = 6, 4.0
COLUMN_WIDTH = (PAGE_WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
BOTTOM = PAGE_HEIGHT - MARGIN - 6.0
FIRST_TOP, NEXT_TOP = 56.0, 32.0  # where columns begin on the first and on later pages
ROOT_TOP, BUS = 30.0, 50.0
INDENT, MAX_INDENT = 3.5, 14.0
NAME_SIZE, ROW_SIZE = 2.7, 2.35
NAME_LINE, ROW_LINE = 3.5, 3.0
STRIP = 4.6  # height of the strip with kelas, B, K, +/-
ROW_PAD, HEAD_ROW = 1.4, 4.0
SPACE = 2.6
NUMBERS = 25.0  # width of the four number columns of a table
BOXED = frozenset(JENIS_JABATAN) - {"fungsional", "pelaksana"}  # jabatan manajerial
LEAST_BLOCK = 34.0  # a branch is begun in a column only if this much room is left


@dataclass(frozen=True, slots=True)
class Post:
    """One posisi as it is drawn."""

    code: str
    name: str
    kelas: int | None
    b: float
    k: float | None
    state: str
    critical: bool
    boxed: bool  # drawn as a box even without subordinates (manajerial)

    @property
    def difference(self) -> float | None:
        """B - K, or None when the need is unknown."""
        return None if self.k is None else self.b - self.k


@dataclass(frozen=True, slots=True)
class Box:
    """A posisi with its own box; ``lines`` is its name broken to the width."""

    x: float
    y: float
    width: float
    height: float
    post: Post
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A posisi as a row of a table."""

    y: float
    height: float
    post: Post
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of posisi under their superior; ``title`` names the superior where the table is a continuation."""

    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A reporting line, straight; ``dashed`` when it comes from another page or column."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False


@dataclass
class Page:
    """One sheet of the map."""

    unit: str
    title: str
    number: int = 1
    of: int = 1
    boxes: list[Box] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a branch: a box, or a table that may be cut between rows."""

    indent: float
    post: Post | None
    lines: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    depth: int = 0

    @property
    def height(self) -> float:
        if self.post is not None:
            return len(self.lines) * NAME_LINE + 2.2 + STRIP
        return HEAD_ROW + sum(row.height for row in self.rows)


def lay_out(posisi: pl.DataFrame) -> list[Page]:
    """Return the pages of the whole map; *posisi* is ``Peta.posisi`` in drawing order."""
    pages: list[Page] = []
    for (unit,), part in posisi.group_by(["perangkat_daerah"], maintain_order=True):
        title = part["nama_perangkat_daerah"][0] or str(unit)
        pages.extend(_unit_pages(str(unit), title, part))
    return pages


def _unit_pages(unit: str, title: str, part: pl.DataFrame) -> list[Page]:
    posts, children, roots = _tree(part)
    page = Page(unit, title)
    if len(roots) == 1:
        root = roots[0]
        _place_root(page, posts[root])
        branches = list(_branches(root, posts, children))
    else:
        branches = [list(_branch(root, posts, children, 0)) for root in roots if _own_box(root, posts, children)]
        loose = [posts[root] for root in roots if not _own_box(root, posts, children)]
        if loose:
            branches.append([_table(loose, 0)])
    flow = _Flow(page, single=len(roots) == 1, spread=len(branches) <= COLUMNS)
    for branch in branches:
        flow.add(branch)
    for index, made in enumerate(flow.pages, start=1):
        made.number, made.of = index, len(flow.pages)
    return flow.pages


def _tree(part: pl.DataFrame) -> tuple[dict[str, Post], dict[str, list[str]], list[str]]:
    """Return posts by code, children by superior (drawing order), and the posts whose superior is elsewhere."""
    posts: dict[str, Post] = {}
    children: dict[str, list[str]] = {}
    roots: list[str] = []
    for row in part.iter_rows(named=True):
        code = row["kode"]
        posts[code] = Post(
            code, row["jabatan"], row["kelas"], row["bezetting"] or 0.0, row["kebutuhan"], row["keadaan"],
            bool(row["kritis"]),
            row["jenis"] in BOXED,
        )  # fmt: skip
        if row["atasan"] in posts:
            children.setdefault(row["atasan"], []).append(code)
        else:
            roots.append(code)
    return posts, children, roots


def _own_box(code: str, posts: Mapping[str, Post], children: Mapping[str, list[str]]) -> bool:
    return posts[code].boxed or bool(children.get(code))


def _branches(root: str, posts: Mapping[str, Post], children: Mapping[str, list[str]]) -> Iterator[list[_Item]]:
    below = children.get(root, [])
    leaves = [posts[code] for code in below if not _own_box(code, posts, children)]
    if leaves:
        yield [_table(leaves, 0)]
    for code in below:
        if _own_box(code, posts, children):
            yield list(_branch(code, posts, children, 0))


def _branch(code: str, posts: Mapping[str, Post], children: Mapping[str, list[str]], depth: int) -> Iterator[_Item]:
    """Yield box, table of leaves, then the sub-branches of *code*, depth first without recursion."""
    waiting = [(code, depth)]
    while waiting:
        here, level = waiting.pop()
        indent = min(level * INDENT, MAX_INDENT)
        post = posts[here]
        room = COLUMN_WIDTH - indent - 3.0
        yield _Item(indent, post, tuple(wrap(post.name, room, NAME_SIZE, bold=True)), depth=level)
        below = children.get(here, [])
        leaves = [posts[child] for child in below if not _own_box(child, posts, children)]
        if leaves:
            yield _table(leaves, level)
        waiting.extend((child, level + 1) for child in reversed(below) if _own_box(child, posts, children))


def _table(leaves: Sequence[Post], level: int) -> _Item:
    indent = min(level * INDENT, MAX_INDENT)
    room = COLUMN_WIDTH - indent - NUMBERS - 2.0
    rows = []
    for post in leaves:
        lines = tuple(wrap(post.name, room, ROW_SIZE))
        rows.append(Row(0.0, len(lines) * ROW_LINE + ROW_PAD, post, lines))
    return _Item(indent, None, (), tuple(rows), level)


def _place_root(page: Page, post: Post) -> None:
    width = 86.0
    lines = tuple(wrap(post.name, width - 4.0, NAME_SIZE, bold=True))
    height = len(lines) * NAME_LINE + 2.2 + STRIP
    page.boxes.append(Box((PAGE_WIDTH - width) / 2, ROOT_TOP, width, height, post, lines))


class _Flow:
    """Fills columns and pages with branches."""

    def __init__(self, first: Page, *, single: bool, spread: bool) -> None:
        self.pages = [first]
        self.single = single
        self.spread = spread  # few branches: one column each, evenly across the page
        self.column = -1
        self.y = BOTTOM
        self.top = FIRST_TOP if single else NEXT_TOP
        self.bus: list[float] = []
        self._boxed_above = False

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def left(self) -> float:
        return MARGIN + self.column * (COLUMN_WIDTH + GAP)

    def add(self, branch: Sequence[_Item]) -> None:
        """Place one branch; its first item hangs on the bus, the others on the first."""
        height = sum(item.height + SPACE for item in branch)
        if self.spread or self.y + min(height, LEAST_BLOCK) > BOTTOM:
            self._next_column()
        anchors: dict[int, float] = {}  # depth -> y of the bottom of the box at that depth in this column
        start = True
        name = ""
        for item, following in zip(branch, [*branch[1:], None], strict=True):
            if item.post is not None:
                name = item.post.name
                # A box does not stand alone at the foot of a column: the first row of its table stays with it.
                first_row = HEAD_ROW + following.rows[0].height if following and following.rows else 0.0
                if self.y + item.height + first_row > BOTTOM:
                    self._next_column()
                    anchors = {}
                self._connect(item, anchors, start=start)
                self._box(item)
                anchors[item.depth] = self.y - SPACE
                for deeper in [depth for depth in anchors if depth > item.depth]:
                    del anchors[deeper]
            else:
                if start:
                    self._connect(item, anchors, start=True)
                self._grid(item, name)
            self._boxed_above = item.post is not None
            start = False

    def _next_column(self) -> None:
        self.column += 1
        if self.column == COLUMNS:
            self.column = 0
            last = self.page
            self.pages.append(Page(last.unit, last.title))
            self.top = NEXT_TOP
        self.y = self.top
        self._boxed_above = False

    def _connect(self, item: _Item, anchors: Mapping[int, float], *, start: bool) -> None:
        """Draw the line from the superior down to *item*."""
        first_page = len(self.pages) == 1 and self.single
        x = self.left + item.indent
        if item.depth == 0:
            if not start:
                return
            if self.y == self.top and first_page:
                centre = self.left + COLUMN_WIDTH / 2
                self.page.lines.append(Line(centre, BUS, centre, self.y))
                self._extend_bus(centre)
            elif self.single:
                rail = self.left - 1.8
                middle = self.y + 3.0
                begin = BUS if first_page else self.top - 4.0
                self.page.lines.append(Line(rail, begin, rail, middle, dashed=not first_page))
                self.page.lines.append(Line(rail, middle, self.left, middle, dashed=not first_page))
                if first_page:
                    self._extend_bus(rail)
            return
        rail = self.left + min((item.depth - 1) * INDENT, MAX_INDENT) + INDENT / 2
        middle = self.y + 3.0
        if item.depth - 1 in anchors:
            self.page.lines.append(Line(rail, anchors[item.depth - 1], rail, middle))
        else:
            self.page.lines.append(Line(rail, self.y - SPACE, rail, middle, dashed=True))
        if rail < x:
            self.page.lines.append(Line(rail, middle, x, middle))

    def _extend_bus(self, x: float) -> None:
        """Make the horizontal line under the head reach *x*, and join it to the head."""
        centre = PAGE_WIDTH / 2
        if not self.bus:
            root = self.page.boxes[0]
            self.page.lines.append(Line(centre, root.y + root.height, centre, BUS))
        self.bus.append(x)
        self.page.lines.append(Line(min(x, centre), BUS, max(x, centre), BUS))

    def _box(self, item: _Item) -> None:
        if item.post is None:
            return
        box = Box(self.left + item.indent, self.y, COLUMN_WIDTH - item.indent, item.height, item.post, item.lines)
        self.page.boxes.append(box)
        self.y += item.height + SPACE

    def _grid(self, item: _Item, superior: str) -> None:
        rows = list(item.rows)
        title = ""
        if self._boxed_above:
            self.y -= SPACE  # a table belongs to the box right above it
        while rows:
            if self.y + HEAD_ROW + rows[0].height > BOTTOM:
                self._next_column()
                title = superior
            taken = list(_fit(rows, BOTTOM - self.y - HEAD_ROW))
            del rows[: len(taken)]
            self.page.grids.append(_grid_at(self.left + item.indent, self.y, item.indent, taken, title))
            self.y += HEAD_ROW + sum(row.height for row in taken) + SPACE


def _fit(rows: Iterable[Row], room: float) -> Iterator[Row]:
    """Yield the first rows that fit into *room*, and at least one."""
    used = 0.0
    for index, row in enumerate(rows):
        used += row.height
        if index and used > room:
            return
        yield row


def _grid_at(x: float, y: float, indent: float, rows: Sequence[Row], title: str) -> Grid:
    placed = []
    below = y + HEAD_ROW
    for row in rows:
        placed.append(Row(below, row.height, row.post, row.lines))
        below += row.height
    return Grid(x, y, COLUMN_WIDTH - indent, below - y, tuple(placed), title)


def page_label(page: Page) -> str:
    """Return the number of the sheet within its perangkat daerah, empty when there is only one."""
    return _("lembar {n} dari {of}").format(n=page.number, of=page.of) if page.of > 1 else ""
