"""Exports of any list: exactly the rows, columns and rights of the page."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from rustpy_xlsxwriter import FastExcel

from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.listing import Ask, Kind, Selection, listing
from penata.language import _

FORMULA = ("=", "+", "-", "@", "\t", "\r")
FLUSH = 500  # rows


@screen(Permission.BERANDA_LIHAT)
def export(request: ScreenRequest, name: str, form: str) -> HttpResponseBase:
    """Write the list as xlsx or csv; the selection itself asks for the permission of the list."""
    try:
        found = listing(name)
    except KeyError as error:
        raise Http404 from error
    selection = Selection(found, request.reader, Ask.read(found, request.reader, request.GET))
    file = f"{name}-{request.reader.as_of.isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(_workbook(selection), as_attachment=True, filename=file)
    if form == "csv":
        response = StreamingHttpResponse(_lines(selection), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file}"'
        return response
    raise Http404


def titles(selection: Selection) -> list[str]:
    """Return the headers; Indonesian in every language, so that what one office writes another can read."""
    return [column.title for column in selection.columns]


def _workbook(selection: Selection) -> Any:
    heads = titles(selection)
    rows = [dict(zip(heads, row, strict=True)) for row in selection.everything()]
    with NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    try:
        FastExcel(str(path)).sheet(selection.listing.title[:31], rows or [dict.fromkeys(heads)]).save()
        return path.open("rb")
    finally:
        path.unlink()


def _lines(selection: Selection) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(titles(selection))
    codes = [column.kind in {Kind.TEXT, Kind.CODE, Kind.CHOICE} for column in selection.columns]
    yield "\ufeff"
    for number, row in enumerate(selection.everything(), start=1):
        writer.writerow([_plain(value, text) for value, text in zip(row, codes, strict=True)])
        if number % FLUSH == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _plain(value: Any, text: bool) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    # A cell that begins like a formula would be run by the spreadsheet that opens it.
    return f"'{value}" if text and str(value).startswith(FORMULA) else value
