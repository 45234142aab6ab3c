"""The map as SVG: one drawing per page, and all pages one below the other in one file."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from penata.language import _, number
from penata.report.peta.layout import (
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
    page_label,
)
from penata.report.peta.metrics import width, wrap

INK, MUTED, LINE, BAND, ACCENT = "#1d2327", "#5b6670", "#8f989e", "#f4f2ec", "#0b5d5e"
SIGNS = {  # state -> sign, colour: never colour alone
    "kosong": ("▼", "#b3261e"),
    "kurang": ("▼", "#b3261e"),
    "lebih": ("▲", "#7a4f01"),
    "sesuai": ("✓", "#1b6e3a"),
    "tanpa kebutuhan": ("–", MUTED),
}
FONT = "Plus Jakarta Sans"


def figure(value: float | None) -> str:
    """Return a count of people: whole where it is whole, two decimals where posts are part-time."""
    if value is None:
        return "–"
    return number(value) if value == int(value) else number(value, 2)


def signed(value: float | None) -> str:
    """Return a difference with its sign."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "−" if value < 0 else "") + figure(abs(value))


def page_svg(page: Page, *, agency: str, day: str) -> str:
    """Return *page* as a complete SVG of A3 size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE_WIDTH:g}mm" height="{PAGE_HEIGHT:g}mm" '
        f'viewBox="0 0 {PAGE_WIDTH:g} {PAGE_HEIGHT:g}" font-family="{FONT}, sans-serif">'
        f"{_page_body(page, agency, day)}</svg>"
    )


def map_svg(pages: Sequence[Page], *, agency: str, day: str) -> str:
    """Return all pages in one SVG, one below the other; each is a group named after its perangkat daerah."""
    height = PAGE_HEIGHT * max(len(pages), 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE_WIDTH:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {PAGE_WIDTH:g} {height:g}" font-family="{FONT}, sans-serif">',
        f"<title>{escape(_('Peta jabatan {agency}').format(agency=agency))}</title>",
    ]
    for index, page in enumerate(pages):
        name = quoteattr(f"unit-{page.unit}-{page.number}")
        parts.append(f'<g id={name} transform="translate(0 {index * PAGE_HEIGHT:g})">')
        parts.append(_page_body(page, agency, day))
        parts.append("</g>")
    parts.append("</svg>")
    return "\n".join(parts)


def _page_body(page: Page, agency: str, day: str) -> str:
    parts = [f'<rect width="{PAGE_WIDTH:g}" height="{PAGE_HEIGHT:g}" fill="#ffffff"/>']
    parts.append(_heading(page, agency, day))
    parts.extend(_line(line) for line in page.lines)
    parts.extend(_grid(grid) for grid in page.grids)
    parts.extend(_box(box) for box in page.boxes)
    parts.append(_legend())
    return "".join(parts)


def _text(x: float, y: float, text: str, size: float, *, style: str = "", fill: str = INK) -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" fill="{fill}"{style}>{escape(text)}</text>'


BOLD = ' font-weight="700"'
RIGHT = ' text-anchor="end"'
CENTRE = ' text-anchor="middle"'


def _heading(page: Page, agency: str, day: str) -> str:
    right = PAGE_WIDTH - MARGIN
    return "".join(
        (
            _text(MARGIN, MARGIN + 4.5, _("PETA JABATAN"), 5.2, style=BOLD, fill=ACCENT),
            _text(MARGIN, MARGIN + 10.5, page.title, 4.2, style=BOLD),
            _text(right, MARGIN + 4.5, agency, 3.4, style=BOLD + RIGHT),
            _text(right, MARGIN + 9.5, _("Keadaan per {day}").format(day=day), 2.9, style=RIGHT, fill=MUTED),
            _text(right, MARGIN + 13.6, page_label(page), 2.9, style=RIGHT, fill=MUTED),
            f'<path d="M{MARGIN:g} {MARGIN + 15:g}H{right:g}" stroke="{ACCENT}" stroke-width="0.5"/>',
        )
    )


def _legend() -> str:
    words = (
        ("▼", "kosong", _("kurang")),
        ("▲", "lebih", _("lebih")),
        ("✓", "sesuai", _("sesuai")),
    )
    text = _("Kls kelas jabatan · B bezetting · K kebutuhan · ± selisih B − K · garis tebal: posisi kritis")
    y = PAGE_HEIGHT - MARGIN + 1.5
    parts = [_text(MARGIN, y, text, 2.5, fill=MUTED)]
    x = PAGE_WIDTH - MARGIN - 52
    for sign, state, word in words:
        parts.append(_text(x, y, sign, 2.6, fill=SIGNS[state][1]))
        parts.append(_text(x + 3.4, y, word, 2.5, fill=MUTED))
        x += 18
    return "".join(parts)


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
    top = box.y + box.height - STRIP
    parts.append(f'<path d="M{box.x:.2f} {top:.2f}H{box.x + box.width:.2f}" stroke="{LINE}" stroke-width="0.2"/>')
    base = top + STRIP - 1.4
    quarter = box.width / 4
    words = (
        _("Kls {n}").format(n="–" if post.kelas is None else post.kelas),
        f"B {figure(post.b)}",
        f"K {figure(post.k)}",
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
    words = signed(post.difference)
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
    if not grid.title:
        return _("Nama jabatan")
    words = _("lanjutan {name}").format(name=grid.title)
    return wrap(words, grid.width - NUMBERS, 2.1, lines=1)[0]


def _row(grid: Grid, row: Row, stops: tuple[float, ...]) -> str:
    y, post = row.y, row.post
    base = y + ROW_LINE * 0.8 + 0.5
    weight = BOLD if post.critical else ""
    parts = [
        f"<g><title>{escape(post.code)}</title>"
        f'<path d="M{grid.x:.2f} {y:.2f}h{grid.width:.2f}" stroke="{LINE}" stroke-width="0.15"/>'
    ]
    for index, line in enumerate(row.lines):
        parts.append(_text(grid.x + 1.0, base + index * ROW_LINE, line, ROW_SIZE, style=weight))
    kelas = "–" if post.kelas is None else str(post.kelas)
    for stop, word in zip(stops, (kelas, figure(post.b), figure(post.k)), strict=True):
        parts.append(_text(stop, base, word, ROW_SIZE, style=RIGHT))
    parts.append(_difference(grid.x + grid.width - 1.0, base, post, ROW_SIZE, RIGHT))
    parts.append("</g>")
    return "".join(parts)
