"""The map as ``peta-jabatan.pdf`` (A3 or A4, paged by perangkat daerah) and as a drawing, ``peta-jabatan.svg``."""

from collections.abc import Callable
from pathlib import Path

from penata.analysis.peta import Peta
from penata.foundation.documents import set_pdf, text
from penata.language import _, current
from penata.report.peta.drawing import Imprint, map_svg, sheet_svg, sheets
from penata.report.peta.layout import lay_out
from penata.report.peta.overview import lay_out_overview
from penata.report.tabel import without_bezetting

PAPERS = {"a3": (420, 297), "a4": (297, 210)}  # millimetres, landscape
_HEAD = """#set page(paper: "{paper}", flipped: true, margin: 0pt)
#set document(title: {title}, author: {agency})
#set text(font: "Plus Jakarta Sans", lang: {language})
"""


def sheet_drawings(peta: Peta, *, imprint: Imprint) -> list[tuple[str, str]]:
    """Return id and drawing (complete SVG of A3 size) of every sheet of the map."""
    pages = lay_out(peta.posisi, imprint.agency)
    drawn = sheets(lay_out_overview(peta, pages, staffed=True), pages, imprint)
    return [(name, sheet_svg(body)) for name, body in drawn]


def write_map(
    peta: Peta, folder: Path, *, imprint: Imprint, staffed: bool, progress: Callable[[float], None], paper: str = "a3"
) -> None:
    """Write both files into *folder*; without *staffed* the files do not say who is there, and B is left open.

    *paper* is a key of :data:`PAPERS`; the drawing is the same on each, only its size differs.
    """
    posisi = peta.posisi if staffed else without_bezetting(peta.posisi)
    pages = lay_out(posisi, imprint.agency)
    overview = lay_out_overview(peta, pages, staffed=staffed)
    drawn = sheets(overview, pages, imprint)
    (folder / "peta-jabatan.svg").write_text(map_svg(drawn, imprint), encoding="utf-8")
    progress(0.2)
    names = [*(_("Ikhtisar perangkat daerah") for _page in overview), *(page.title for page in pages)]
    keys = [*("" for _page in overview), *(page.unit for page in pages)]
    files = {f"p/{index}.svg": sheet_svg(body).encode() for index, (_name, body) in enumerate(drawn)}
    title = _("Peta jabatan {agency}").format(agency=imprint.agency)
    body = [_HEAD.format(paper=paper, title=text(title), agency=text(imprint.agency), language=text(current()))]
    wide, high = PAPERS[paper]
    for index, (name, key) in enumerate(zip(names, keys, strict=True)):
        if index:
            body.append("#pagebreak()")
        if not index or key != keys[index - 1]:
            # An invisible heading per perangkat daerah gives the PDF its outline.
            body.append(f"#place(hide(heading(level: 1, {text(name)})))")
        body.append(f'#image("p/{index}.svg", width: {wide}mm, height: {high}mm, alt: {text(name)})')
    progress(0.3)
    set_pdf("\n".join(body), folder / "peta-jabatan.pdf", files)
    progress(1.0)
