"""Layout of the peta jabatan: where every box and table of every page stands, in millimetres.

A3 landscape, one or more pages per perangkat daerah, in the way the official map is drawn: the head on top, below it
one column per subordinate branch, heads of branches as boxes, posisi without subordinates as rows of a table under
their superior. Branches that do not fit flow into the next column and the next page; nothing is left out or shrunk.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from penata.language import _
from penata.report.peta.metrics import wrap
from penata.snapshot.vocabulary import JENIS_JABATAN

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 420.0, 297.0, 10.0
COLUMNS, GAP = 6, 4.0
COLUMN_WIDTH = (PAGE_WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
BOTTOM = PAGE_HEIGHT - MARGIN - 6.0
FIRST_TOP, NEXT_TOP = 56.0, 32.0  # where columns begin on the first and on later pages
ROOT_TOP, BUS, ROOT_WIDTH = 28.0, 50.0, 110.0
INDENT, MAX_INDENT = 3.5, 14.0
NAME_SIZE, ROW_SIZE = 2.7, 2.35
NAME_LINE, ROW_LINE = 3.5, 3.0
STRIP = 4.6  # height of the strip with kelas, B, K, +/-
ROW_PAD, HEAD_ROW = 1.4, 4.0
SPACE = 2.6
NUMBERS = 25.0  # width of the four number columns of a table
BOXED = frozenset(JENIS_JABATAN) - {"fungsional", "pelaksana"}  # jabatan manajerial
SMALL = 60  # posisi up to which an agency under one head is drawn in one piece
APART = 8.0  # room above a table that does not belong to the box above it
LINES = 6  # lines of a name before it is cut
LEAST_BLOCK = 34.0  # a branch is begun in a column only if this much room is left


@dataclass(frozen=True, slots=True)
class Post:
    """One posisi as it is drawn."""

    code: str
    name: str
    kelas: int | None
    b: float | None  # None where the files do not say who is there
    k: float | None
    state: str
    critical: bool
    boxed: bool  # drawn as a box even without subordinates (manajerial)
    unit: str = ""  # name of the unit, where the name of the post alone does not tell it apart

    @property
    def difference(self) -> float | None:
        """B - K, or None when either is unknown."""
        return None if self.k is None or self.b is None else self.b - self.k


@dataclass(frozen=True, slots=True)
class Box:
    """A posisi with its own box; ``lines`` is its name broken to the width, ``note`` its unit."""

    x: float
    y: float
    width: float
    height: float
    post: Post
    lines: tuple[str, ...]
    note: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A posisi as a row of a table."""

    y: float
    height: float
    post: Post
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of posisi under their superior; ``title`` says what it holds where that is not plain from its place.

    A table of ``reference`` only names posisi that are drawn on pages of their own.
    """

    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...]
    title: str
    reference: bool = False


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
    note: tuple[str, ...] = ()
    title: str = ""
    reference: bool = False

    @property
    def height(self) -> float:
        if self.post is not None:
            return _box_height(self.lines, self.note)
        return HEAD_ROW + sum(row.height for row in self.rows)


def lay_out(posisi: pl.DataFrame, agency: str = "") -> list[Page]:
    """Return the pages of the whole map; *posisi* is ``Peta.posisi`` in drawing order.

    A small agency under one head is drawn in one piece, under the name *agency*.
    """
    pages: list[Page] = []
    tops = posisi.filter(~pl.col("atasan").is_in(posisi["kode"].implode()).fill_null(value=False))
    if posisi.height <= SMALL and tops.height == 1:
        name = agency if tops["perangkat_daerah"].n_unique() < posisi["perangkat_daerah"].n_unique() else ""
        title = name or tops["nama_perangkat_daerah"][0] or _("Tanpa unit")
        return _unit_pages(str(tops["perangkat_daerah"][0]), title, posisi, {})
    heads = _heads(posisi)
    for (unit,), part in posisi.group_by(["perangkat_daerah"], maintain_order=True):
        title = part["nama_perangkat_daerah"][0] or (_("Tanpa unit") if unit is None else str(unit))
        pages.extend(_unit_pages(str(unit), title, part, heads))
    return pages


def _heads(posisi: pl.DataFrame) -> dict[str, list[Post]]:
    """Return by code of the superior the posisi that stand on the pages of another perangkat daerah."""
    above = posisi.select(atasan="kode", _office="perangkat_daerah")
    elsewhere = posisi.join(above, on="atasan", how="inner", maintain_order="left").filter(
        pl.col("perangkat_daerah").ne_missing(pl.col("_office"))
    )
    heads: dict[str, list[Post]] = {}
    for row in elsewhere.iter_rows(named=True):
        heads.setdefault(row["atasan"], []).append(_post(row, row["nama_perangkat_daerah"] or ""))
    return heads


def _unit_pages(unit: str, title: str, part: pl.DataFrame, heads: Mapping[str, list[Post]]) -> list[Page]:
    posts, children, roots = _tree(part)
    page = Page(unit, title)
    main = _head(roots, posts, children)
    branches: list[tuple[list[_Item], bool]] = []  # with whether it hangs on the head of the page
    if main is not None:
        _place_root(page, posts[main])
        branches += [(list(branch), True) for branch in _branches(main, posts, children)]
    others = [root for root in roots if root != main]
    branches += [(list(_branch(root, posts, children, 0)), False) for root in others if _own_box(root, posts, children)]
    loose = [posts[root] for root in others if not _own_box(root, posts, children)]
    if loose:
        branches.append(([_table(loose, 0, title=_("Atasan di luar lembar ini"))], False))
    below = [post for code in posts for post in heads.get(code, ())]
    if below:
        branches.append(([_table(below, 0, title=_("Kepala unit di lembar lain"), reference=True)], False))
    flow = _Flow(page, single=main is not None, hanging=sum(hangs for _branch, hangs in branches))
    for branch, hangs in branches:
        flow.add(branch, hangs=hangs)
    for index, made in enumerate(flow.pages, start=1):
        made.number, made.of = index, len(flow.pages)
    return flow.pages


def _head(roots: Sequence[str], posts: Mapping[str, Post], children: Mapping[str, list[str]]) -> str | None:
    """Return the root that heads the page: the only one, or the one above more than half of the posisi."""
    if len(roots) == 1:
        return roots[0]
    for root in roots:
        below, waiting = 0, [root]
        while waiting:
            below += 1
            waiting.extend(children.get(waiting.pop(), ()))
        if below * 2 > len(posts):
            return root
    return None


def _tree(part: pl.DataFrame) -> tuple[dict[str, Post], dict[str, list[str]], list[str]]:
    """Return posts by code, children by superior (drawing order), and the posts whose superior is elsewhere."""
    posts: dict[str, Post] = {}
    children: dict[str, list[str]] = {}
    roots: list[str] = []
    units = dict(part.select("kode", "unit").iter_rows())
    shared = set(part.filter(pl.col("jabatan").is_duplicated())["jabatan"])
    for row in part.iter_rows(named=True):
        code, above = row["kode"], row["atasan"]
        boxed = row["jenis"] in BOXED or bool(row["bawahan_langsung"])
        # A name that stands several times, or a row from another unit than the box above it, needs its unit.
        unclear = row["jabatan"] in shared if boxed else above in units and units[above] != row["unit"]
        posts[code] = _post(row, (row["nama_unit"] or "") if unclear else "")
        if above in units and above != code:
            children.setdefault(above, []).append(code)
        else:
            roots.append(code)
    return posts, children, roots


def _post(row: Mapping[str, Any], unit: str) -> Post:
    """Return the posisi of *row*, with *unit* unless its name already says so."""
    unit = "" if unit.lower() in row["jabatan"].lower() else unit
    return Post(
        row["kode"], row["jabatan"], row["kelas"], row["bezetting"], row["kebutuhan"], row["keadaan"],
        bool(row["kritis"]), row["jenis"] in BOXED, unit,
    )  # fmt: skip


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
        lines, note = _words(post, COLUMN_WIDTH - indent - 3.0)
        yield _Item(indent, post, lines, depth=level, note=note)
        below = children.get(here, [])
        leaves = [posts[child] for child in below if not _own_box(child, posts, children)]
        if leaves:
            yield _table(leaves, level)
        waiting.extend((child, level + 1) for child in reversed(below) if _own_box(child, posts, children))


def _words(post: Post, room: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of a box: the name, and the unit where it is needed."""
    note = tuple(wrap(post.unit, room, ROW_SIZE, lines=2)) if post.unit else ()
    return tuple(wrap(post.name, room, NAME_SIZE, bold=True, lines=LINES)), note


def _box_height(lines: Sequence[str], note: Sequence[str]) -> float:
    return len(lines) * NAME_LINE + len(note) * ROW_LINE + 2.2 + STRIP


def _table(leaves: Sequence[Post], level: int, *, title: str = "", reference: bool = False) -> _Item:
    indent = min(level * INDENT, MAX_INDENT)
    room = COLUMN_WIDTH - indent - NUMBERS - 2.0
    rows = []
    for post in leaves:
        name = _("{post} ({unit})").format(post=post.name, unit=post.unit) if post.unit else post.name
        lines = tuple(wrap(name, room, ROW_SIZE, lines=LINES))
        rows.append(Row(0.0, len(lines) * ROW_LINE + ROW_PAD, post, lines))
    return _Item(indent, None, (), tuple(rows), level, title=title, reference=reference)


def _place_root(page: Page, post: Post) -> None:
    lines = tuple(wrap(post.name, ROOT_WIDTH - 4.0, NAME_SIZE, bold=True))
    note = tuple(wrap(post.unit, ROOT_WIDTH - 4.0, ROW_SIZE, lines=1)) if post.unit else ()
    left = (PAGE_WIDTH - ROOT_WIDTH) / 2
    page.boxes.append(Box(left, ROOT_TOP, ROOT_WIDTH, _box_height(lines, note), post, lines, note))


class _Flow:
    """Fills columns and pages with branches."""

    def __init__(self, first: Page, *, single: bool, hanging: int) -> None:
        self.pages = [first]
        self.single = single
        self.spread = 0 < hanging <= COLUMNS  # few branches: one column each, centred under the head
        self.shift = (COLUMNS - hanging) / 2 * (COLUMN_WIDTH + GAP) if self.spread else 0.0
        self.column = -1
        self.y = BOTTOM
        self.top = FIRST_TOP if single else NEXT_TOP
        self.bus: list[float] = []
        self.ends: dict[int, float] = {}  # where each column of the first page ends, while branches are spread
        self.hangs = False  # whether the branch being placed hangs on the head of the page
        self._boxed_above = False

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def left(self) -> float:
        return MARGIN + self.shift + self.column * (COLUMN_WIDTH + GAP)

    def add(self, branch: Sequence[_Item], *, hangs: bool) -> None:
        """Place one branch; its first item hangs on the head of the page where *hangs*, the others on the first."""
        self.hangs = hangs
        height = sum(item.height + SPACE for item in branch)
        if not (self.spread and self.ends and not hangs and self._below_shortest(height)) and (
            self.spread or self.y + min(height, LEAST_BLOCK) > BOTTOM
        ):
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
        self.ends[self.column] = self.y

    def _below_shortest(self, height: float) -> bool:
        """Go on below the shortest column of the first page, if *height* fits there whole; tell whether it does."""
        ends = self.ends
        shortest = min(ends, key=lambda column: (ends[column], column))
        begin = ends[shortest] + APART
        if len(self.pages) > 1 or begin + height > BOTTOM:
            return False
        self.column, self.y = shortest, begin
        self._boxed_above = False
        return True

    def _next_column(self) -> None:
        self.column += 1
        if self.left + COLUMN_WIDTH > PAGE_WIDTH - MARGIN + 0.01:
            self.column, self.shift = 0, 0.0
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
            if not start or not self.hangs:
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
        width = COLUMN_WIDTH - item.indent
        box = Box(self.left + item.indent, self.y, width, item.height, item.post, item.lines, item.note)
        self.page.boxes.append(box)
        self.y += item.height + SPACE

    def _grid(self, item: _Item, superior: str) -> None:
        rows = list(item.rows)
        title = item.title
        if self._boxed_above:
            self.y -= SPACE  # a table belongs to the box right above it
        while rows:
            if self.y + HEAD_ROW + rows[0].height > BOTTOM:
                self._next_column()
                title = item.title or (_("lanjutan {name}").format(name=superior) if superior else "")
            taken = list(_fit(rows, BOTTOM - self.y - HEAD_ROW))
            del rows[: len(taken)]
            self.page.grids.append(_grid_at(self.left + item.indent, self.y, item, taken, title))
            self.y += HEAD_ROW + sum(row.height for row in taken) + SPACE


def _fit(rows: Iterable[Row], room: float) -> Iterator[Row]:
    """Yield the first rows that fit into *room*, and at least one."""
    used = 0.0
    for index, row in enumerate(rows):
        used += row.height
        if index and used > room:
            return
        yield row


def _grid_at(x: float, y: float, item: _Item, rows: Sequence[Row], title: str) -> Grid:
    placed = []
    below = y + HEAD_ROW
    for row in rows:
        placed.append(Row(below, row.height, row.post, row.lines))
        below += row.height
    return Grid(x, y, COLUMN_WIDTH - item.indent, below - y, tuple(placed), title, item.reference)


def page_label(page: Page) -> str:
    """Return the number of the sheet within its perangkat daerah, empty when there is only one."""
    return _("lembar {n} dari {of}").format(n=page.number, of=page.of) if page.of > 1 else ""
