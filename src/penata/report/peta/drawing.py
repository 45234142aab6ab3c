"""The map as SVG: one drawing per page, and all pages one below the other in one file."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from penata.language import _
from penata.report.peta.layout import page_label
from penata.report.peta.metrics import width, wrap
from penata.report.peta.overview import NAME, OVERVIEW_HEAD, SMALL_NAME, OverviewBlock, OverviewPage, OverviewRow
from penata.report.peta.shapes import (
    HEAD_ROW,
    MARGIN,
    NAME_LINE,
    NAME_SIZE,
    NUMBERS,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ROW_LINE,
    ROW_SIZE,
    STRIP,
    Box,
    Grid,
    Line,
    Page,
    Post,
    Row,
)
from penata.report.tabel import short_figure, signed

INK, MUTED, LINE, BAND, ACCENT = "#1d2327", "#5b6670", "#8f989e", "#f4f2ec", "#0b5d5e"
SIGNS = {  # state -> sign, colour: never colour alone
    "kosong": ("▼", "#b3261e"),
    "kurang": ("▼", "#b3261e"),
    "lebih": ("▲", "#7a4f01"),
    "sesuai": ("✓", "#1b6e3a"),
    "tanpa kebutuhan": ("–", MUTED),
}
FONT = "Plus Jakarta Sans"
FOOT = PAGE_HEIGHT - MARGIN + 1.5


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every sheet says about the map: agency, day, and a remark (what was left out), empty when there is none."""

    agency: str
    day: str
    remark: str = ""


def sheets(overview: Sequence[OverviewPage], pages: Sequence[Page], imprint: Imprint) -> list[tuple[str, str]]:
    """Return id and drawing (SVG without its root) of every sheet, the overview first."""
    bodies = [
        *((f"ikhtisar-{page.number}", _overview_body(page, imprint)) for page in overview),
        *((f"unit-{page.unit}-{page.number}", _page_body(page, imprint)) for page in pages),
    ]
    total = len(bodies)
    return [(name, body + _sheet_number(index, total)) for index, (name, body) in enumerate(bodies, start=1)]


def sheet_svg(body: str) -> str:
    """Return one sheet as a complete SVG of A3 size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE_WIDTH:g}mm" height="{PAGE_HEIGHT:g}mm" '
        f'viewBox="0 0 {PAGE_WIDTH:g} {PAGE_HEIGHT:g}" font-family="{FONT}, sans-serif">{body}</svg>'
    )


def map_svg(drawn: Sequence[tuple[str, str]], imprint: Imprint) -> str:
    """Return all sheets in one SVG, one below the other; each is a group named after its perangkat daerah."""
    height = PAGE_HEIGHT * max(len(drawn), 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE_WIDTH:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {PAGE_WIDTH:g} {height:g}" font-family="{FONT}, sans-serif">',
        f"<title>{escape(_('Peta jabatan {agency}').format(agency=imprint.agency))}</title>",
    ]
    for index, (name, body) in enumerate(drawn):
        parts.append(f'<g id={quoteattr(name)} transform="translate(0 {index * PAGE_HEIGHT:g})">')
        parts.append(body)
        parts.append("</g>")
    parts.append("</svg>")
    return "\n".join(parts)


def _page_body(page: Page, imprint: Imprint) -> str:
    parts = [_heading(page.title, page_label(page), imprint)]
    parts.extend(_line(line) for line in page.lines)
    parts.extend(_grid(grid) for grid in page.grids)
    parts.extend(_box(box) for box in page.boxes)
    parts.append(_legend(imprint))
    return "".join(parts)


def _sheet_number(index: int, total: int) -> str:
    words = _("halaman {n} dari {of}").format(n=index, of=total)
    return _text(PAGE_WIDTH - MARGIN, FOOT, words, 2.5, style=RIGHT, fill=MUTED)


def _text(x: float, y: float, text: str, size: float, *, style: str = "", fill: str = INK) -> str:
    if not text:
        return ""
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" fill="{fill}"{style}>{escape(text)}</text>'


BOLD = ' font-weight="700"'
RIGHT = ' text-anchor="end"'
CENTRE = ' text-anchor="middle"'


def _heading(title: str, label: str, imprint: Imprint) -> str:
    right = PAGE_WIDTH - MARGIN
    agency = wrap(imprint.agency, 140.0, 3.4, bold=True, lines=1)[0]
    return "".join(
        (
            f'<rect width="{PAGE_WIDTH:g}" height="{PAGE_HEIGHT:g}" fill="#ffffff"/>',
            _text(MARGIN, MARGIN + 4.5, _("PETA JABATAN"), 5.2, style=BOLD, fill=ACCENT),
            _text(MARGIN, MARGIN + 10.5, wrap(title, 250.0, 4.2, bold=True, lines=1)[0], 4.2, style=BOLD),
            _text(right, MARGIN + 4.5, agency, 3.4, style=BOLD + RIGHT),
            _text(right, MARGIN + 9.5, _("Keadaan per {day}").format(day=imprint.day), 2.9, style=RIGHT, fill=MUTED),
            _text(right, MARGIN + 13.6, label, 2.9, style=RIGHT, fill=MUTED),
            f'<path d="M{MARGIN:g} {MARGIN + 15:g}H{right:g}" stroke="{ACCENT}" stroke-width="0.5"/>',
        )
    )  # fmt: skip


def _legend(imprint: Imprint) -> str:
    words = (
        ("▼", "kosong", _("kurang atau kosong")),
        ("▲", "lebih", _("lebih")),
        ("✓", "sesuai", _("sesuai")),
        ("–", "tanpa kebutuhan", _("belum diketahui")),
    )
    text = _("Kls kelas jabatan · B bezetting · K kebutuhan · ± selisih B − K · garis tebal: posisi kritis")
    parts = [_text(MARGIN, FOOT, text, 2.5, fill=MUTED)]
    x = MARGIN + width(text, 2.5) + 8.0
    for sign, state, word in words:
        parts.append(_text(x, FOOT, sign, 2.6, fill=SIGNS[state][1]))
        parts.append(_text(x + 3.4, FOOT, word, 2.5, fill=MUTED))
        x += width(word, 2.5) + 9.0
    if imprint.remark:
        line = wrap(imprint.remark, PAGE_WIDTH - 2 * MARGIN, 2.5, lines=1)[0]
        parts.append(_text(MARGIN, FOOT + 4.0, line, 2.5, style=BOLD, fill=SIGNS["lebih"][1]))
    return "".join(parts)


def _overview_body(page: OverviewPage, imprint: Imprint) -> str:
    label = _("lembar {n} dari {of}").format(n=page.number, of=page.of) if page.of > 1 else ""
    parts = [_heading(_("Ikhtisar perangkat daerah"), label, imprint)]
    for block in page.blocks:
        parts.append(_overview_block(block))
    parts.append(_legend(imprint))
    return "".join(parts)


def _overview_block(block: OverviewBlock) -> str:
    titles = (_("Posisi"), "B", "K", "±", _("Kurang"), _("Lebih"), _("Kosong"), _("Hal."))
    y = block.y
    parts = [
        f'<rect x="{block.x:.2f}" y="{y:.2f}" width="{block.width:.2f}" height="{OVERVIEW_HEAD:g}" fill="{BAND}"/>',
        _text(block.x + 1.5, y + 4.2, _("Perangkat daerah"), 2.6, fill=MUTED),
    ]
    if block.bars:
        parts.append(_text(block.bars_at, y + 4.2, _("Kursi terisi dari kebutuhan"), 2.6, fill=MUTED))
    for stop, title in zip(block.stops, titles, strict=True):
        parts.append(_text(stop, y + 4.2, title, 2.6, style=RIGHT, fill=MUTED))
    y += OVERVIEW_HEAD
    for row in block.rows:
        weight = BOLD if row.total else ""
        base = y + block.row / 2 + NAME * 0.37
        parts.append(_rule(block, y))
        size = NAME if len(row.name) == 1 else SMALL_NAME
        first = base - (len(row.name) - 1) * size * 0.6
        for index, line in enumerate(row.name):
            parts.append(_text(block.x + 1.5, first + index * size * 1.15, line, size, style=weight))
        if block.bars and row.need:
            parts.append(_bar(block, row, y))
        for stop, words in zip(block.stops, row.figures, strict=True):
            parts.append(_text(stop, base, words, NAME, style=weight + RIGHT))
        y += block.row
    parts.append(_rule(block, y))
    return "".join(parts)


def _rule(block: OverviewBlock, y: float) -> str:
    return f'<path d="M{block.x:.2f} {y:.2f}h{block.width:.2f}" stroke="{LINE}" stroke-width="0.15"/>'


def _bar(block: OverviewBlock, row: OverviewRow, y: float) -> str:
    """Return the need as an outline and the filled part of it."""
    height = 3.0
    top = y + (block.row - height) / 2
    shape = f'x="{block.bars_at:.2f}" y="{top:.2f}" height="{height:g}"'
    return (
        f'<rect {shape} width="{row.filled * block.bars:.2f}" fill="{ACCENT}"/>'
        f'<rect {shape} width="{row.need * block.bars:.2f}" fill="none" stroke="{MUTED}" stroke-width="0.2"/>'
    )


def _line(line: Line) -> str:
    dash = ' stroke-dasharray="1.2 0.9"' if line.dashed else ""
    return (
        f'<path d="M{line.x1:.2f} {line.y1:.2f}L{line.x2:.2f} {line.y2:.2f}" stroke="{LINE}" stroke-width="0.3"{dash}/>'
    )


def _box(box: Box) -> str:
    post = box.post
    border = ' stroke-width="0.8"' if post.critical else ' stroke-width="0.3"'
    parts = [
        f'<g><title>{escape(post.code)}</title><rect x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" '
        f'height="{box.height:.2f}" rx="0.8" fill="#ffffff" stroke="{INK}"{border}/>'
    ]
    for index, line in enumerate(box.lines):
        y = box.y + 1.1 + NAME_LINE * (index + 0.8)
        parts.append(_text(box.x + box.width / 2, y, line, NAME_SIZE, style=BOLD + CENTRE))
    below = box.y + 1.1 + NAME_LINE * len(box.lines)
    for index, line in enumerate(box.note):
        y = below + ROW_LINE * (index + 0.75)
        parts.append(_text(box.x + box.width / 2, y, line, ROW_SIZE, style=CENTRE, fill=MUTED))
    top = box.y + box.height - STRIP
    parts.append(f'<path d="M{box.x:.2f} {top:.2f}H{box.x + box.width:.2f}" stroke="{LINE}" stroke-width="0.2"/>')
    base = top + STRIP - 1.4
    quarter = box.width / 4
    words = (
        _("Kls {n}").format(n="–" if post.kelas is None else post.kelas),
        f"B {short_figure(post.b)}",
        f"K {short_figure(post.k)}",
    )
    for index, word in enumerate(words):
        parts.append(_text(box.x + quarter * (index + 0.5), base, word, 2.4, style=CENTRE))
    parts.append(_difference(box.x + quarter * 3.5, base, post, 2.4, CENTRE))
    parts.append("</g>")
    return "".join(parts)


def _difference(x: float, y: float, post: Post, size: float, anchor: str) -> str:
    sign, colour = SIGNS[post.state]
    if post.difference is None:
        return _text(x, y, sign, size, style=anchor, fill=colour)
    # The sign stands in a text of its own: the font that lends it must not lend its digits too.
    words = signed(post.difference, short_figure)
    room = width(words, size, bold=True)
    left = x - room if anchor == RIGHT else x - room / 2
    return _text(left - 0.7, y, sign, size * 0.95, style=RIGHT, fill=colour) + _text(
        x, y, words, size, style=BOLD + anchor, fill=colour
    )


def _grid(grid: Grid) -> str:
    right = grid.x + grid.width
    stops = tuple(right - NUMBERS + offset for offset in (5.0, 10.5, 16.0))
    parts = [
        f'<rect x="{grid.x:.2f}" y="{grid.y:.2f}" width="{grid.width:.2f}" height="{grid.height:.2f}" fill="#ffffff"/>',
        f'<rect x="{grid.x:.2f}" y="{grid.y:.2f}" width="{grid.width:.2f}" height="{HEAD_ROW:g}" fill="{BAND}"/>',
        _text(grid.x + 1.0, grid.y + 2.8, _grid_title(grid), 2.1, fill=MUTED),
    ]
    for stop, word in zip(stops, (_("Kls"), "B", "K"), strict=True):
        parts.append(_text(stop, grid.y + 2.8, word, 2.1, style=RIGHT, fill=MUTED))
    parts.append(_text(right - 1.0, grid.y + 2.8, "±", 2.1, style=RIGHT, fill=MUTED))
    for row in grid.rows:
        parts.append(_row(grid, row, stops))
    parts.append(
        f'<rect x="{grid.x:.2f}" y="{grid.y:.2f}" width="{grid.width:.2f}" height="{grid.height:.2f}" '
        f'fill="none" stroke="{LINE}" stroke-width="0.25"/>'
    )
    return "".join(parts)


def _grid_title(grid: Grid) -> str:
    return wrap(grid.title or _("Nama jabatan"), grid.width - NUMBERS, 2.1, lines=1)[0]


def _row(grid: Grid, row: Row, stops: tuple[float, ...]) -> str:
    y, post = row.y, row.post
    base = y + ROW_LINE * 0.8 + 0.5
    weight = BOLD if post.critical else ""
    title = "" if grid.reference else f"<title>{escape(post.code)}</title>"
    parts = [f'<g>{title}<path d="M{grid.x:.2f} {y:.2f}h{grid.width:.2f}" stroke="{LINE}" stroke-width="0.15"/>']
    for index, line in enumerate(row.lines):
        parts.append(_text(grid.x + 1.0, base + index * ROW_LINE, line, ROW_SIZE, style=weight))
    kelas = "–" if post.kelas is None else str(post.kelas)
    for stop, word in zip(stops, (kelas, short_figure(post.b), short_figure(post.k)), strict=True):
        parts.append(_text(stop, base, word, ROW_SIZE, style=RIGHT))
    parts.append(_difference(grid.x + grid.width - 1.0, base, post, ROW_SIZE, RIGHT))
    parts.append("</g>")
    return "".join(parts)
