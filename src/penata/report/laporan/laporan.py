"""``laporan.pdf``: the chapters in order, set by Typst."""

from collections.abc import Mapping
from pathlib import Path

from penata.analysis.penataan import Penataan
from penata.foundation.documents import set_pdf, text
from penata.language import _, current
from penata.report.laporan import dasar, integritas, kebutuhan, pelatihan, pembuka, penempatan, proyeksi
from penata.report.laporan.markup import preamble

CHAPTERS = (
    pembuka.cover,
    pembuka.contents,
    pembuka.summary,
    kebutuhan.need,
    integritas.integrity,
    proyeksi.projection,
    penempatan.placement,
    pelatihan.training,
    dasar.data,
    dasar.law,
)


def write_report(done: Penataan, charts: Mapping[str, str], folder: Path) -> None:
    """Write the report into *folder*; *charts* are SVG by name."""
    title = _("Laporan penataan jabatan {agency}").format(agency=done.snapshot.instansi)
    source = "\n".join(
        (
            preamble(title),
            f"#set document(title: {text(title)}, author: {text(done.snapshot.instansi)})",
            f"#set text(lang: {text(current())})",
            *(chapter(done) for chapter in CHAPTERS),
        )
    )
    set_pdf(source, folder / "laporan.pdf", {f"{name}.svg": drawn.encode() for name, drawn in charts.items()})
