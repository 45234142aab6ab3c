"""The first sheet of the map: every perangkat daerah with its figures and the page where it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from penata.analysis.peta import Peta
from penata.language import _
from penata.report.peta.metrics import width, wrap
from penata.report.peta.shapes import BOTTOM, GAP, MARGIN, NEXT_TOP, PAGE_WIDTH, Page
from penata.report.tabel import SUMS, offices, short_figure, signed, totals

OVERVIEW_HEAD = 6.2
NAME, SMALL_NAME = 2.9, 2.3  # size of the text, and of a name that takes two lines
TOP = NEXT_TOP + 2.0
BLOCKS = 2  # tables side by side where one does not hold all
FIGURE = 11.5  # width of a column of figures
BARS = 150.0  # width of the bars, drawn where one table holds all
ROW, HIGHEST_ROW = 5.6, 9.0
LONGEST = int((BOTTOM - TOP - OVERVIEW_HEAD) / ROW)  # rows of a table


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One perangkat daerah, or the total: name in one or two lines, and posisi, B, K, ±, kurang, lebih, kosong, page.

    ``need`` and ``filled``: seats of K, and those of them that are filled, as shares of the largest K on the sheet.
    """

    name: tuple[str, ...]
    figures: tuple[str, ...]
    need: float = 0.0
    filled: float = 0.0
    total: bool = False


@dataclass(frozen=True, slots=True)
class OverviewBlock:
    """A table on the sheet; ``bars`` is the width that its bars may take, 0 where it has none."""

    x: float
    y: float
    width: float
    row: float
    bars: float
    rows: tuple[OverviewRow, ...]

    @property
    def stops(self) -> tuple[float, ...]:
        """Return where each column of figures ends."""
        columns = len(SUMS) + 1
        right = self.x + self.width - 1.5
        return tuple(right - FIGURE * (columns - 1 - index) for index in range(columns))

    @property
    def bars_at(self) -> float:
        """Return where the bars begin."""
        return self.stops[0] - FIGURE - self.bars


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """One sheet of the overview."""

    blocks: tuple[OverviewBlock, ...]
    number: int
    of: int


def lay_out_overview(peta: Peta, pages: Sequence[Page], *, staffed: bool) -> list[OverviewPage]:
    """Return the sheets of the overview; none when the map is drawn in one piece.

    Without *staffed* the files do not say who is there, and B with all that follows from it is left open.
    """
    rows = offices(peta)
    if len({page.unit for page in pages}) < 2:
        return []
    single = rows.height < LONGEST
    count = -(-(rows.height + 1) // (BLOCKS * LONGEST))
    begins: dict[str, int] = {}
    for index, page in enumerate(pages, start=count + 1):
        begins.setdefault(page.unit, index)
    wide = PAGE_WIDTH - 2 * MARGIN if single else (PAGE_WIDTH - 2 * MARGIN - (BLOCKS - 1) * 2 * GAP) / BLOCKS
    room = wide - FIGURE * (len(SUMS) + 1) - (BARS if single else 0.0) - 5.0
    largest = max((value for value in rows["kebutuhan"] if value is not None), default=0.0)
    lines = [
        _row(row, str(row["nama"]), str(begins[str(row["kode"])]), room, largest, staffed=staffed)
        for row in rows.iter_rows(named=True)
    ]
    lines.append(_row(totals(rows), _("Jumlah"), "", room, 0.0, staffed=staffed))
    if single:
        bars = BARS if largest and staffed else 0.0
        return [OverviewPage((OverviewBlock(MARGIN, TOP, wide, _height(len(lines)), bars, tuple(lines)),), 1, 1)]
    return [_page(lines, wide, number, count) for number in range(1, count + 1)]


def _height(rows: int) -> float:
    """Return the height of a row that fills the sheet, within reason."""
    return min(max((BOTTOM - TOP - OVERVIEW_HEAD) / rows, ROW), HIGHEST_ROW)


def _row(
    row: Mapping[str, float | None], name: str, page: str, room: float, largest: float, *, staffed: bool
) -> OverviewRow:
    shown = {key: row[key] if staffed or key in {"posisi", "kebutuhan"} else None for key in SUMS}
    words = (signed(shown[key], short_figure) if key == "selisih" else short_figure(shown[key]) for key in SUMS)
    need, short = row["kebutuhan"] or 0.0, row["kurang"] or 0.0
    return OverviewRow(
        tuple(_name(name, room, bold=not page)),
        (*words, page),
        need / largest if largest else 0.0,
        (need - short) / largest if largest else 0.0,
        total=not page,
    )


def _name(name: str, room: float, *, bold: bool) -> list[str]:
    """Return *name* on one line, or on two in smaller type."""
    if width(name, NAME, bold=bold) <= room:
        return [name]
    return wrap(name, room, SMALL_NAME, bold=bold, lines=2)


def _page(lines: Sequence[OverviewRow], wide: float, number: int, of: int) -> OverviewPage:
    mine = lines[(number - 1) * BLOCKS * LONGEST : number * BLOCKS * LONGEST]
    size = -(-len(mine) // BLOCKS)  # split evenly, so that neither table is long
    blocks = tuple(
        OverviewBlock(
            MARGIN + index * (wide + 2 * GAP), TOP, wide, _height(size), 0.0, tuple(mine[start : start + size])
        )
        for index, start in enumerate(range(0, len(mine), size))
    )
    return OverviewPage(blocks, number, of)
