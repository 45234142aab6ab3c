"""Pieces of the report as Typst source. Data enter as string literals only: no value can become markup."""

from collections.abc import Iterable, Sequence

from penata.foundation.documents import text
from penata.language import _

PREAMBLE = """
#let ink = rgb("#1d2327")
#let muted = rgb("#5b6670")
#let accent = rgb("#0b5d5e")
#let band = rgb("#f4f2ec")
#let hair = rgb("#d5d1c6")
#let warn = rgb("#7a4f01")
#set page(paper: "a4", margin: (x: 22mm, top: 22mm, bottom: 22mm), numbering: "1", footer: context [
  #set text(size: 8pt, fill: muted)
  #line(length: 100%, stroke: 0.4pt + hair)
  #v(-2mm)
  #running #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(font: "Plus Jakarta Sans", size: 9.5pt, fill: ink, lang: "id", hyphenate: false, number-width: "tabular")
#set par(justify: false, leading: 0.68em, spacing: 1.05em)
#set heading(numbering: "1.1")
#show heading.where(level: 1): it => block(sticky: true, above: 0mm, below: 4.5mm, text(
  size: 17pt, fill: accent, weight: 700, counter(heading).display("1") + h(3mm) + it.body,
))
#show heading.where(level: 2): it => block(sticky: true, above: 0mm, below: 3.5mm, text(
  size: 11.5pt, weight: 700, counter(heading).display("1.1") + h(2.5mm) + it.body,
))
// Ask for room: what follows begins on the next page when less than that is left on this one.
#let room(length, gap: 10mm) = {
  v(gap, weak: true)
  block(height: length, breakable: false, above: 0pt, below: 0pt)
  v(-length)
}
#let card(label, value, unit, rule) = box(width: 100%, inset: 9pt, radius: 3pt, fill: band, height: 31mm)[
  #text(size: 8pt, fill: muted, label)
  #v(-1.5mm)
  #text(size: 17pt, weight: 700, value) #text(size: 8pt, fill: muted, unit)
  #v(1fr)
  #text(size: 7pt, fill: muted, rule)
]
#let note(body) = block(above: 2mm, below: 4mm, text(size: 7.5pt, fill: muted, body))
#let caution(body) = block(
  width: 100%, inset: (left: 9pt, y: 5pt, right: 6pt), stroke: (left: 2pt + warn), fill: band, above: 3mm, below: 3mm,
  text(size: 9pt, body),
)
#let frame(columns, align, ..cells) = table(
  columns: columns, align: align, inset: (x: 4pt, y: 3.6pt), stroke: none,
  fill: (_, y) => if y == 0 { band },
  ..cells,
)
#show table.cell.where(y: 0): set text(size: 7.5pt, fill: muted, weight: 600)
#show table.cell: set text(size: 8pt)
#set table.hline(stroke: 0.4pt + hair)
"""


def preamble(running: str) -> str:
    """Return the settings of the document; *running* stands at the foot of every page."""
    return f"#let running = {text(running)}\n{PREAMBLE}"


def chapter(title: str, *parts: str, room: str = "95mm") -> str:
    """Return a chapter; it begins on a new page when less than *room* is left."""
    return "\n".join((f"#room({room})", f"#heading(level: 1, {text(title)})", *(part for part in parts if part)))


def section(title: str, *parts: str, whole: bool = True) -> str:
    """Return a section: its heading and what belongs to it, kept on one page where *whole*."""
    body = "\n".join((f"#heading(level: 2, {text(title)})", *(part for part in parts if part)))
    return (
        f"#block(breakable: false, width: 100%, above: 7mm)[\n{body}\n]" if whole else f"#room(50mm, gap: 7mm)\n{body}"
    )


def paragraph(words: str) -> str:
    """Return a paragraph."""
    return f"#par({text(words)})"


def bullets(items: Iterable[str]) -> str:
    """Return a list of points."""
    points = ", ".join(text(item) for item in items)
    return f"#list({points})" if points else ""


def caution(words: str) -> str:
    """Return a remark that nobody should overlook."""
    return f"#caution({text(words)})"


def rule_note(rule: str, legal: str = "") -> str:
    """Return the small line that says by which rule a figure was made, and on what legal basis."""
    words = _("Aturan: {rule}.").format(rule=rule)
    if legal:
        words += " " + _("Dasar: {legal}.").format(legal=legal)
    return f"#note({text(words)})"


def cards(items: Sequence[tuple[str, str, str, str]], across: int = 3) -> str:
    """Return figures as cards: label, value, unit, rule."""
    inside = ", ".join(f"card({', '.join(text(part) for part in item)})" for item in items)
    return f"#grid(columns: ({'1fr, ' * across}), gutter: 3mm, {inside})" if items else ""


def table(
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[str],
    right: Sequence[int] = (),
    total: Sequence[str] = (),
) -> str:
    """Return a table whose head repeats on every page.

    *widths* are Typst lengths, *right* columns are flush right, *total* is a last row in bold.
    """
    align = ", ".join("right" if index in right else "left" for index in range(len(titles)))
    head = ", ".join(text(title) for title in titles)
    lines = [f"table.header({head})"]
    for row in rows:
        lines.append("table.hline()")
        lines.append(", ".join(text(cell) for cell in row))
    lines.append("table.hline()")
    if total:
        lines.append(", ".join(f"strong({text(cell)})" for cell in total))
        lines.append("table.hline()")
    return f"#frame(({', '.join(widths)},), ({align},), {', '.join(lines)})"


def picture(name: str, alt: str, width: str = "100%") -> str:
    """Return the picture in file *name*."""
    return f"#image({text(name)}, width: {width}, alt: {text(alt)})"


def beside(left: str, right: str, widths: str = "1fr, auto") -> str:
    """Return two pieces side by side."""
    return f"#grid(columns: ({widths}), gutter: 6mm, [\n{left}\n], [\n{right}\n])"
