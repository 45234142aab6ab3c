"""One list page, its fragment and its export, for every list."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from penata.faces.components.requests import ScreenRequest
from penata.foundation.listing import Ask, Column, Kind, Listing, Selection
from penata.language import _

RowUrl = Callable[[Any], str]


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
        "cell": cell,
        "sort": {"name": selection.sort.name, "descending": selection.descending},
        **(extra or {}),
    }
    fragment = bool(request.htmx) and request.htmx.target == "daftar"
    response = render(request, "components/daftar_tabel.html" if fragment else template, context)
    response["Vary"] = "HX-Request, HX-Target"
    return response


def cell(column: Column, value: Any) -> str:
    """Return *value* as the table shows it."""
    from penata.faces.components.templating import number, short_day

    if value is None or value == "":
        return "–"
    if column.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return number(value)
    if column.kind is Kind.DATE and isinstance(value, date):
        return short_day(value)
    if column.kind is Kind.YES_NO:
        return _("ya") if value else _("tidak")
    return str(value)


def found_or_404(value: Any) -> Any:
    """Return *value*, or answer 404 when there is none: outside one's scope a thing does not exist."""
    if value is None:
        raise Http404
    return value
