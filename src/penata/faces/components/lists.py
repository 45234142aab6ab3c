"""One list page, its fragment and its export, for every list."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from markupsafe import Markup, escape

from penata.faces.components.requests import ScreenRequest
from penata.faces.components.templating import number, short_day
from penata.foundation.listing import Ask, Column, Kind, Listing, Page, Selection
from penata.language import _
from penata.snapshot.vocabulary import shown

RowUrl = Callable[[Any], str]
NUMBERS = {Kind.INTEGER, Kind.DECIMAL}
STYLED = {*NUMBERS, Kind.DATE, Kind.CODE}  # the other kinds look like text


def list_page(
    request: ScreenRequest,
    listing: Listing,
    *,
    row_url: RowUrl | None = None,
    template: str = "components/daftar.html",
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Render the list as a page, or only its table when htmx asks for it."""
    ask = Ask.read(listing, request.reader, request.GET)
    selection = Selection(listing, request.reader, ask)
    page = selection.page()
    context = {
        "listing": listing,
        "ask": ask,
        "page": page,
        "total": selection.count(),
        "visible": listing.visible(request.reader),
        "choices": {f.name: f.choices(request.reader) for f in listing.filters if f.choices},
        "row_url": row_url,
        "body": body,
        "sort": {"name": selection.sort.name, "descending": selection.descending},
        **(extra or {}),
    }
    fragment = bool(request.htmx) and request.htmx.target == "daftar"
    response = render(request, "components/daftar_tabel.html" if fragment else template, context)
    response["Vary"] = "HX-Request, HX-Target"
    return response


def cell(column: Column, value: Any) -> str:
    """Return *value* as the table shows it."""
    if value is None or value == "":
        return "–"
    if column.kind in NUMBERS:
        return number(value)
    if column.kind is Kind.CHOICE:
        return shown(str(value))
    if column.kind is Kind.DATE and isinstance(value, date):
        return short_day(value)
    if column.kind is Kind.YES_NO:
        return _("ya") if value else _("tidak")
    return str(value)


def body(page: Page, row_url: RowUrl | None, difference: Callable[[Any], str]) -> Markup:
    """Return the rows of the table: hundreds of cells a page, which a template writes four times as slowly.

    *difference* writes the difference between holders and need. A phone shows each cell under its title.
    """
    styled = {column: f' class="jenis-{column.kind}"' for column in page.columns if column.kind in STYLED}
    heads = [f'<td{styled.get(column, "")} data-judul="{escape(_(column.title))}">' for column in page.columns]
    lines = []
    for key, row in zip(page.keys, page.rows, strict=True):
        texts = [
            difference(value) if column.name == "selisih" else escape(cell(column, value))
            for column, value in zip(page.columns, row, strict=True)
        ]
        if row_url:
            texts[0] = f'<a href="{escape(row_url(key))}">{texts[0]}</a>'
        cells = (f"{head}{text}</td>" for head, text in zip(heads, texts, strict=True))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return Markup("\n".join(lines))  # noqa: S704 - every text in it is escaped above


def found_or_404(value: Any) -> Any:
    """Return *value*, or answer 404 when there is none: outside one's scope a thing does not exist."""
    if value is None:
        raise Http404
    return value
