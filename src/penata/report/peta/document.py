"""The map on paper and as a drawing: ``peta-jabatan.pdf`` (A3, paged by perangkat daerah) and ``peta-jabatan.svg``."""

from collections.abc import Callable
from pathlib import Path

from penata.analysis.peta import Peta
from penata.foundation.documents import set_pdf, text
from penata.language import _, day
from penata.report.peta.drawing import map_svg, page_svg
from penata.report.peta.layout import lay_out
from penata.snapshot.snapshot import Snapshot

_HEAD = """#set page(paper: "a3", flipped: true, margin: 0pt)
#set document(title: {title}, author: {agency})
#set text(font: "Plus Jakarta Sans", lang: "id")
"""


def write_map(snapshot: Snapshot, peta: Peta, folder: Path, *, progress: Callable[[float], None]) -> None:
    """Write both files into *folder*."""
    pages = lay_out(peta.posisi)
    agency, when = snapshot.instansi, day(snapshot.per)
    (folder / "peta-jabatan.svg").write_text(map_svg(pages, agency=agency, day=when), encoding="utf-8")
    progress(0.2)
    files = {f"p/{index}.svg": page_svg(page, agency=agency, day=when).encode() for index, page in enumerate(pages)}
    title = _("Peta jabatan {agency}").format(agency=agency)
    body = [_HEAD.format(title=text(title), agency=text(agency))]
    seen = ""
    for index, page in enumerate(pages):
        if page.unit != seen:
            # An invisible heading per perangkat daerah gives the PDF its outline.
            body.append(f"#place(hide(heading(level: 1, {text(page.title)})))")
            seen = page.unit
        body.append(f'#image("p/{index}.svg", width: 420mm, height: 297mm, alt: {text(page.title)})')
        if index + 1 < len(pages):
            body.append("#pagebreak(weak: true)")
    progress(0.3)
    set_pdf("\n".join(body), folder / "peta-jabatan.pdf", files)
    progress(1.0)
