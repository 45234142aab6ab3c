"""The look of an official form on A4: head of the agency, numbered sections, tables, signature block or KONSEP mark."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from penata.domain.organisasi.models import Instansi, Penetapan
from penata.foundation.documents import set_pdf, text
from penata.language import _, day

PREAMBLE = """
#let hair = rgb("#8a8f94")
#let band = rgb("#f1f1ee")
#set page(
  paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 18mm),
  background: if draft != "" { rotate(-45deg, text(size: 110pt, weight: 700, fill: rgb("#e9e7e1"), draft)) },
  footer: context [
    #set text(size: 7.5pt, fill: rgb("#5b6670"))
    #running #h(1fr) #counter(page).display("1 / 1", both: true)
  ],
)
#set text(font: "Plus Jakarta Sans", size: 9.5pt, lang: "id", hyphenate: false, number-width: "tabular")
#set par(leading: 0.62em, spacing: 0.9em)
#let crest(agency, title, subject) = {
  align(center)[
    #text(size: 12pt, weight: 700, upper(agency))
    #v(-1mm)
    #line(length: 100%, stroke: 1.2pt)
    #v(-3.2mm)
    #line(length: 100%, stroke: 0.4pt)
    #v(1mm)
    #text(size: 13pt, weight: 700, upper(title))
    #v(-1mm)
    #text(size: 10.5pt, weight: 600, subject)
  ]
  v(2mm)
}
#let section(number, title, body) = {
  block(sticky: true, above: 4.5mm, below: 2mm)[#grid(columns: (9mm, 1fr), [*#number*], strong(title))]
  pad(left: 9mm, body)
}
#let pair(label, value) = grid(columns: (44mm, 4mm, 1fr), row-gutter: 2mm, label, [:], value)
#let rows(columns, heads, ..cells) = table(
  columns: columns, inset: (x: 4pt, y: 3.4pt), stroke: 0.5pt + hair, fill: (_, y) => if y == 0 { band },
  table.header(..heads.map(h => text(size: 8pt, weight: 600, h))),
  ..cells.pos().map(c => text(size: 8.5pt, c)),
)
"""


def document(
    title: str, subject: str, parts: Iterable[str], penetapan: Penetapan | None, mulai_text: str = ""
) -> bytes:
    """Return the PDF of a form; without a legal act it is marked KONSEP and carries no signature block."""
    agency = Instansi.objects.values_list("nama", flat=True).first() or ""
    draft = "" if penetapan else _("KONSEP")
    source = "\n".join(
        (
            f"#let draft = {text(draft)}",
            f"#let running = {text(f'{title}: {subject}')}",
            PREAMBLE,
            f"#set document(title: {text(f'{title}: {subject}')}, author: {text(agency)})",
            f"#crest({text(agency)}, {text(title)}, {text(subject)})",
            *parts,
            signature(penetapan, mulai_text) if penetapan else "",
        )
    )
    with TemporaryDirectory(prefix="penata-") as folder:
        target = Path(folder) / "formulir.pdf"
        set_pdf(source, target)
        return target.read_bytes()


def section(number: int | str, title: str, body: str) -> str:
    """Return a numbered section."""
    return f"#section({text(f'{number}.')}, {text(title)}, [\n{body}\n])"


def pair(label: str, value: str) -> str:
    """Return a label and its value on one line."""
    return f"#pair({text(label)}, {text(value)})"


def words(value: str) -> str:
    """Return a paragraph."""
    return f"#{text(value)}\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[str]) -> str:
    """Return a table whose first column numbers the rows; *widths* are of the columns after it."""
    cells = [", ".join(text(cell) for cell in (str(number), *row)) for number, row in enumerate(rows, start=1)]
    inside = ", ".join(cells)
    head = ", ".join(text(title) for title in (_("No."), *heads))
    return f"#rows((9mm, {', '.join(widths)}), ({head},), {inside})"


def signature(penetapan: Penetapan, mulai_text: str) -> str:
    """Return the block that is signed: the legal act, the day, and room for whoever sets it."""
    basis = _("Ditetapkan dengan {act} tanggal {day}").format(act=penetapan, day=day(penetapan.tanggal))
    lines = [f"#{text(line)} #linebreak()" for line in (basis, mulai_text) if line]
    office, number = text(_("Pejabat yang menetapkan,")), text(_("NIP"))
    room = f"#align(left)[#{office} #v(20mm) #line(length: 60mm, stroke: 0.5pt) #{number}]"
    return "\n".join(
        (
            "#block(breakable: false, above: 10mm)[#grid(columns: (1fr, 62mm), column-gutter: 8mm,",
            f"[{' '.join(lines)}], [{room}])]",
        )
    )
