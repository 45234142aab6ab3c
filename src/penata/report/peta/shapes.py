"""What stands on a sheet of the peta jabatan, in millimetres: boxes, tables, lines, and the measures of the paper."""

from dataclasses import dataclass, field

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
class Item:
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
            return box_height(self.lines, self.note)
        return HEAD_ROW + sum(row.height for row in self.rows)


def box_height(lines: tuple[str, ...], note: tuple[str, ...]) -> float:
    """Return the height of a box with these lines of name and of unit."""
    return len(lines) * NAME_LINE + len(note) * ROW_LINE + 2.2 + STRIP
