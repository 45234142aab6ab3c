"""The ABK on paper and as a workbook: the official form set by Typst, and the sheet that an import reads back."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from django.http import FileResponse, HttpResponse
from django.utils import timezone

from penata.domain.beban_kerja.isian import KOLOM, written
from penata.domain.beban_kerja.queries import Lembar
from penata.domain.organisasi.models import Instansi
from penata.faces.backoffice.beban_kerja import sajian
from penata.faces.backoffice.beban_kerja.sheets import sheet_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.faces.components.templating import number, signed
from penata.foundation.access.permissions import Permission
from penata.foundation.documents import set_pdf, text
from penata.language import _, day
from penata.rulebook import abk
from penata.snapshot.schema import BEBAN_KERJA
from penata.snapshot.sheets import add_sheet, data_widths, finish_sheet, new_workbook, to_cells, write_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOM = 200  # empty lines below the data that keep the drop-downs
HEAD = """
#set page(paper: "a4", flipped: true, margin: (x: 14mm, top: 14mm, bottom: 15mm), footer: context [
  #set text(size: 7pt, fill: rgb("#5b6670"))
  #foot #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(font: "Plus Jakarta Sans", size: 8.5pt, fill: rgb("#1d2327"), hyphenate: false, number-width: "tabular")
#set par(leading: 0.55em)
#set table(stroke: 0.4pt + rgb("#8f989e"), inset: (x: 3.5pt, y: 3pt))
#show table.cell.where(y: 0): set text(weight: 600, size: 7.5pt)
#let titled(body) = align(center, text(size: 12pt, weight: 700, body))
"""


@screen(Permission.ABK_LIHAT)
def pdf(request: ScreenRequest, abk_id: int) -> HttpResponse:
    """Give the form of one ABK as PDF."""
    sheet = sheet_or_404(request, abk_id)
    with TemporaryDirectory(prefix="penata-abk-") as folder:
        target = Path(folder) / "abk.pdf"
        set_pdf(document(sheet), target)
        response = HttpResponse(target.read_bytes(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_name(sheet)}.pdf"'
    return response


@screen(Permission.ABK_LIHAT)
def workbook(request: ScreenRequest, abk_id: int) -> FileResponse:
    """Give the rows as a workbook with the columns of the import, in the order of the grid."""
    sheet = sheet_or_404(request, abk_id)
    codes = sheet.hitungan.posisi.select("posisi_id", posisi="kode")
    frame = sheet.hitungan.baris.join(codes, on="posisi_id", how="left", maintain_order="left").select("posisi", *KOLOM)
    folder = TemporaryDirectory(prefix="penata-abk-")
    with folder:
        target = Path(folder.name) / "abk.xlsx"
        title = _("ABK {unit} {year}").format(unit=sheet.nama_unit, year=sheet.abk.tahun)
        with new_workbook(target, title=title, created=sheet.day) as (book, style):
            page = add_sheet(book, style, BEBAN_KERJA, data_widths(BEBAN_KERJA, frame))
            write_rows(page, to_cells(BEBAN_KERJA, frame), lambda _rows: None)
            finish_sheet(page, BEBAN_KERJA, frame.height, room=ROOM)
        file = target.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{_name(sheet)}.xlsx", content_type=XLSX)


def _name(sheet: Lembar) -> str:
    return f"abk-{sheet.abk.unit.kode}-{sheet.abk.tahun}"


def document(sheet: Lembar) -> str:
    """Return the form as Typst source."""
    agency = Instansi.objects.values_list("nama", flat=True).first() or ""
    abk_ = sheet.abk
    foot = _("ABK {unit} {year} · {status} · dicetak {day}").format(
        unit=sheet.nama_unit, year=abk_.tahun, status=abk_.status, day=day(timezone.localdate())
    )
    return "\n".join(
        (
            f"#let foot = {text(foot)}", HEAD,
            f"#set document(title: {text(_('Analisis beban kerja'))}, author: {text(agency)})",
            f"#titled({text(_('ANALISIS BEBAN KERJA'))})",
            _facts(sheet, agency),
            f"#v(2mm)#text(weight: 700, {text(_('A. Rekapitulasi kebutuhan'))})",
            _recap(sheet),
            f"#v(4mm)#text(weight: 700, {text(_('B. Perhitungan per posisi'))})",
            *_posisi(sheet),
            _signature(sheet),
        )
    )  # fmt: skip


def _facts(sheet: Lembar, agency: str) -> str:
    law = sheet.hitungan.law
    person = law.parameter("abk.waktu_kerja_efektif")
    rounding = law.parameter("abk.pembulatan")
    facts = [
        (_("Instansi"), agency),
        (_("Unit kerja"), f"{sheet.nama_unit} ({sheet.abk.unit.kode})"),
        (_("Tahun"), str(sheet.abk.tahun)),
        (_("Waktu kerja efektif"), _("{n} menit setahun ({source})").format(
            n=number(abk.effective_minutes(law=law)), source=person.citation)),
        (_("Pembulatan"), f"{rounding.variant.replace('-', ' ')} ({rounding.citation})"),
        (_("Status"), sheet.abk.status),
    ]  # fmt: skip
    if sheet.abk.penetapan is not None and sheet.abk.mulai is not None:
        facts.append(
            (_("Penetapan"), _("{act}, berlaku mulai {day}").format(act=sheet.abk.penetapan, day=day(sheet.abk.mulai)))
        )
    cells = ", ".join(f"{text(label)}, {text(': ' + value)}" for label, value in facts)
    return f"#v(2mm)#grid(columns: (38mm, 1fr), row-gutter: 2mm, {cells})"


def _recap(sheet: Lembar) -> str:
    titles = [
        _("No"), _("Jabatan"), _("Kelas"), _("Beban (menit/tahun)"), _("Kebutuhan"), "B", "K", "±", _("EJ (kategori)"),
    ]  # fmt: skip
    rows = [
        [
            str(at), row["jabatan"], number(row["kelas"]), number(row["beban"]),
            sajian.people(row["kebutuhan_hitung"]), number(row["bezetting"]), number(row["kebutuhan"]),
            signed(row["selisih"]), sajian.effectiveness(row["ej"], row["kategori"], row["label"]),
        ]
        for at, row in enumerate(sheet.hitungan.posisi.iter_rows(named=True), start=1)
    ]  # fmt: skip
    unit = sheet.hitungan.unit
    total = [
        "", _("Jumlah"), "", number(unit.beban), sajian.people(unit.kebutuhan_hitung), number(unit.bezetting),
        number(unit.kebutuhan), signed(unit.selisih),
        f"EU {sajian.effectiveness(unit.eu, unit.kategori, unit.label)}",
    ]  # fmt: skip
    return _table(titles, rows, "(9mm, 1fr, 13mm, 30mm, 22mm, 12mm, 12mm, 13mm, 38mm)", {2, 3, 4, 5, 6, 7}, total)


def _posisi(sheet: Lembar) -> Iterator[str]:
    titles = [
        _("No"), _("Uraian tugas"), _("Hasil kerja"), _("Volume"), _("Per"), _("Norma waktu"), _("Satuan"),
        _("Beban (menit/tahun)"), _("Kebutuhan"),
    ]  # fmt: skip
    groups = sheet.hitungan.baris.partition_by("posisi_id", as_dict=True)
    for at, row in enumerate(sheet.hitungan.posisi.iter_rows(named=True), start=1):
        frame = groups.get((row["posisi_id"],), pl.DataFrame())
        lines = [_line(number_, item) for number_, item in enumerate(frame.iter_rows(named=True), start=1)]
        head = f"{at}. {row['jabatan']} ({row['kode']})"
        yield f"#block(sticky: true, above: 5mm, below: 2mm, text(weight: 600, {text(head)}))"
        if not lines:
            yield f'#text(fill: rgb("#5b6670"), {text(_("Belum ada uraian tugas."))})'
            continue
        total = ["", _("Jumlah"), "", "", "", "", "", number(row["beban"]), sajian.people(row["kebutuhan_hitung"])]
        yield _table(titles, lines, "(9mm, 1fr, 32mm, 20mm, 16mm, 20mm, 16mm, 30mm, 22mm)", {3, 5, 7, 8}, total)


def _line(at: int, item: dict[str, object]) -> list[str]:
    by_tasks = item["metode"] in {"", abk.TUGAS}
    norm = written(item["norma_waktu"]) if by_tasks else written(item["standar"])
    unit = (str(item["satuan_waktu"]) or _("menit")) if by_tasks else str(item["metode"])
    menit, orang = sajian.row({**item})["hitung"]
    return [
        str(at), str(item["tugas"]), str(item["hasil"]), written(item["volume"]), str(item["periode"]) or _("tahun"),
        norm, unit, menit, orang,
    ]  # fmt: skip


def _table(titles: list[str], rows: list[list[str]], widths: str, right: set[int], total: list[str]) -> str:
    align = ", ".join("right" if at in right else "left" for at in range(len(titles)))
    head = ", ".join(text(title) for title in titles)
    body = ", ".join(", ".join(text(cell) for cell in row) for row in [*rows])
    last = ", ".join(f"strong({text(cell)})" for cell in total)
    cells = ", ".join(part for part in (f"table.header({head})", body, last) if part)
    return f'#table(columns: {widths}, align: ({align}), fill: (_, y) => if y == 0 {{ rgb("#f4f2ec") }}, {cells})'


def _signature(sheet: Lembar) -> str:
    told = [
        (_("Disusun oleh"), sheet.abk.penyusun), (_("Diajukan oleh"), sheet.abk.pengaju),
        (_("Diverifikasi oleh"), sheet.abk.pemverifikasi),
    ]  # fmt: skip
    boxes = ", ".join(
        f"[#{text(label)} #v(16mm) #line(length: 52mm, stroke: 0.4pt) #{text(str(who or ''))}]" for label, who in told
    )
    return f"#block(breakable: false, above: 10mm, grid(columns: (1fr, 1fr, 1fr), gutter: 6mm, {boxes}))"
