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
#set page(paper: "a4", margin: (x: 22mm, top: 24mm, bottom: 22mm), numbering: "1", footer: context [
  #set text(size: 8pt, fill: muted)
  #line(length: 100%, stroke: 0.4pt + hair)
  #v(-2mm)
  #running #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(font: "Plus Jakarta Sans", size: 9.5pt, fill: ink, lang: "id", hyphenate: false)
#set par(justify: false, leading: 0.68em, spacing: 1.05em)
#show heading.where(level: 1): it => {
  pagebreak(weak: true)
  text(size: 17pt, fill: accent, weight: 700, it.body)
  v(3mm)
}
#show heading.where(level: 2): it => { v(3mm); text(size: 11.5pt, weight: 700, it.body); v(0.5mm) }
#let card(label, value, unit, rule) = box(width: 100%, inset: 9pt, radius: 3pt, fill: band, height: 27mm)[
  #text(size: 8pt, fill: muted, label)
  #v(-1.5mm)
  #text(size: 17pt, weight: 700, value) #text(size: 8pt, fill: muted, unit)
  #v(1fr)
  #text(size: 6.5pt, fill: muted, rule)
]
#let note(body) = text(size: 7.5pt, fill: muted, body)
#let frame(columns, align, ..cells) = table(
  columns: columns, align: align, inset: (x: 4pt, y: 3.6pt), stroke: none,
  fill: (_, y) => if y == 0 { band },
  ..cells,
)
#show table.cell.where(y: 0): set text(size: 7.5pt, fill: muted, weight: 600)
#show table.cell: set text(size: 8pt)
#set table.hline(stroke: 0.4pt + hair)
#show figure: set block(breakable: true)
"""


def preamble(running: str) -> str:
    """Return the settings of the document; *running* stands at the foot of every page."""
    return f"#let running = {text(running)}\n{PREAMBLE}"


def heading(title: str, level: int = 1) -> str:
    """Return a heading."""
    return f"#heading(level: {level}, {text(title)})"


def paragraph(words: str) -> str:
    """Return a paragraph."""
    return f"#par({text(words)})"


def bullets(items: Iterable[str]) -> str:
    """Return a list of points."""
    return f"#list({', '.join(text(item) for item in items)})" if items else ""


def rule_note(rule: str, legal: str = "") -> str:
    """Return the small line that says by which rule a figure was made, and on what legal basis."""
    words = _("Aturan: {rule}.").format(rule=rule)
    if legal:
        words += " " + _("Dasar: {legal}.").format(legal=legal)
    return f"#note({text(words)})"


def cards(items: Sequence[tuple[str, str, str, str]], across: int = 3) -> str:
    """Return figures as cards: label, value, unit, rule."""
    inside = ", ".join(f"card({', '.join(text(part) for part in item)})" for item in items)
    return f"#grid(columns: ({'1fr, ' * across}), gutter: 3mm, {inside})"


def table(
    titles: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[str], right: Sequence[int] = ()
) -> str:
    """Return a table whose head repeats on every page; *widths* are Typst lengths, *right* columns are flush right."""
    align = ", ".join("right" if index in right else "left" for index in range(len(titles)))
    head = ", ".join(text(title) for title in titles)
    lines = [f"table.header({head})"]
    for row in rows:
        lines.append("table.hline()")
        lines.append(", ".join(text(cell) for cell in row))
    lines.append("table.hline()")
    return f"#frame(({', '.join(widths)},), ({align},), {', '.join(lines)})"


def picture(name: str, alt: str, width: str = "100%") -> str:
    """Return the picture in file *name*."""
    return f"#image({text(name)}, width: {width}, alt: {text(alt)})"


def space(length: str = "2mm") -> str:
    """Return vertical room."""
    return f"#v({length})"
