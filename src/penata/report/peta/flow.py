"""Filling columns and pages: where each branch of the map stands, and the lines that join it to its superior."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from penata.language import _
from penata.report.peta.shapes import (
    APART,
    BOTTOM,
    BUS,
    COLUMN_WIDTH,
    COLUMNS,
    FIRST_TOP,
    GAP,
    HEAD_ROW,
    INDENT,
    LEAST_BLOCK,
    MARGIN,
    MAX_INDENT,
    NEXT_TOP,
    PAGE_WIDTH,
    SPACE,
    Box,
    Grid,
    Item,
    Line,
    Page,
    Row,
)


class Flow:
    """Fills columns and pages with branches."""

    def __init__(self, first: Page, *, single: bool, spread: int) -> None:
        self.pages = [first]
        self.single = single
        self.spread = spread > 0  # few short branches: one column each, centred under the head
        self.shift = (COLUMNS - spread) / 2 * (COLUMN_WIDTH + GAP) if spread else 0.0
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

    def add(self, branch: Sequence[Item], *, hangs: bool) -> None:
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

    def _connect(self, item: Item, anchors: Mapping[int, float], *, start: bool) -> None:
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

    def _box(self, item: Item) -> None:
        if item.post is None:
            return
        width = COLUMN_WIDTH - item.indent
        box = Box(self.left + item.indent, self.y, width, item.height, item.post, item.lines, item.note)
        self.page.boxes.append(box)
        self.y += item.height + SPACE

    def _grid(self, item: Item, superior: str) -> None:
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


def _grid_at(x: float, y: float, item: Item, rows: Sequence[Row], title: str) -> Grid:
    placed = []
    below = y + HEAD_ROW
    for row in rows:
        placed.append(Row(below, row.height, row.post, row.lines))
        below += row.height
    return Grid(x, y, COLUMN_WIDTH - item.indent, below - y, tuple(placed), title, item.reference)
