"""Tables out, in the shape in which they come in: exactly the rows that the reader may see."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from rustpy_xlsxwriter import FastExcel

from penata.domain import sheets
from penata.domain.organisasi.models import Instansi
from penata.domain.pertukaran.places import visible
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _
from penata.snapshot.export import write_snapshot
from penata.snapshot.schema import TABLES, Kind, Table
from penata.snapshot.snapshot import build
from penata.snapshot.template import write_template

FORMATTED = 10_000  # rows up to which the workbook gets drop-downs, widths and formats
LARGEST = 1_048_575  # rows that fit into a sheet


@screen(Permission.BERANDA_LIHAT)
def overview(request: ScreenRequest) -> HttpResponse:
    """Name every table that the reader may take out."""
    mine = [TABLES[sheet.table] for sheet in sheets.sheets() if request.reader.may(sheet.view_permission)]
    return render(request, "pertukaran/tabel.html", {"tables": mine})


@screen(Permission.BERANDA_LIHAT)
def template(request: ScreenRequest) -> HttpResponseBase:
    """Hand out the empty workbook; ``?tabel=`` only one sheet of it."""
    from penata.analysis.penataan import NEEDS

    name = request.GET.get("tabel", "")
    with TemporaryDirectory(prefix="penata-") as folder:
        path = Path(folder) / "templat.xlsx"
        if not name:
            write_template(path, needs=NEEDS)
        elif name in TABLES:
            write_template(path, needs={}, tables=[TABLES[name]])
        else:
            raise Http404
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"templat-{name or 'penata'}.xlsx")


@screen(Permission.BERANDA_LIHAT)
def workbook(request: ScreenRequest, table: str) -> HttpResponseBase:
    """Write one table as of the reader's day; the table itself asks for its permission."""
    if table not in TABLES:
        raise Http404
    reader = request.reader
    rows = visible(table, reader, reader.as_of)
    with TemporaryDirectory(prefix="penata-") as folder:
        path = Path(folder) / "tabel.xlsx"
        if rows.height <= FORMATTED:
            named = Instansi.objects.values_list("nama", flat=True).first() or _("Instansi")
            _formatted(build(named, reader.as_of, {table: rows}), rows, TABLES[table], path)
        else:
            _plainly(rows.head(LARGEST), TABLES[table], path)
        name = f"{table.replace('_', '-')}-{reader.as_of.isoformat()}.xlsx"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _formatted(snapshot: Any, rows: pl.DataFrame, table: Table, path: Path) -> None:
    if rows.is_empty():  # the header alone, ready to be filled in
        write_template(path, needs={}, tables=[table])
    else:
        write_snapshot(snapshot, path, with_help=False)


def _plainly(rows: pl.DataFrame, table: Table, path: Path) -> None:
    """Write many rows in seconds, without formats."""
    words = {True: _("ya"), False: _("tidak")}
    yes_no = [column.name for column in table.columns if column.kind is Kind.YES_NO]
    spoken = rows.with_columns(pl.col(yes_no).replace_strict(words, return_dtype=pl.String)) if yes_no else rows
    titled = spoken.rename({column.name: column.title for column in table.columns})
    FastExcel(str(path)).sheet(table.title, titled.to_dicts()).save()
