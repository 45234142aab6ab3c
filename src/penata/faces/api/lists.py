"""Makes one address of the API out of each list: parameters, answer and errors follow from its declaration."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, create_model

from penata.foundation.access.reader import ForbiddenError
from penata.foundation.listing import PAGE, Ask, Column, Kind, Listing, Selection
from penata.language import _

MOST = 500  # rows of one answer
TYPES: dict[Kind, Any] = {
    Kind.TEXT: str, Kind.CODE: str, Kind.CHOICE: str, Kind.INTEGER: int, Kind.DECIMAL: float, Kind.DATE: date,
    Kind.YES_NO: bool,
}  # fmt: skip
OWN = ("cari", "urut", "kolom", "sesudah", "sebelum", "jumlah", "per")


class Fault(Schema):
    """One thing that is wrong: where, and what to do."""

    isian: str
    pesan: str


class Faults(Schema):
    """The shape of every error."""

    errors: list[Fault]


class ApiError(Exception):
    """A request that cannot be answered; carries the status and the faults."""

    def __init__(self, status: int, *faults: tuple[str, str]) -> None:
        """Keep what goes into the answer."""
        super().__init__(status)
        self.status = status
        self.faults = [{"isian": isian, "pesan": pesan} for isian, pesan in faults]


def add_list(router: Router, listing: Listing) -> None:
    """Add the address of *listing* to *router*."""
    router.add_api_operation(
        f"/{listing.name}/",
        ["GET"],
        _view(listing),
        response={200: _answer(listing), (400, 401, 403, 404, 429): Faults},
        exclude_unset=True,
        summary=listing.title,
        operation_id=f"daftar_{listing.name}",
        tags=[listing.title],
    )


def _plain(column: Column, value: Any) -> Any:
    """Return what is a code or word to people as text: a year or an hour is stored as a number or a time."""
    return value if value is None or TYPES[column.kind] is not str else str(value)


def _view(listing: Listing) -> Callable[..., Any]:
    known = {*OWN, *(f.name for f in listing.filters)}

    def view(request: HttpRequest, ask: Any) -> Any:
        if unknown := sorted(set(request.GET) - known):
            raise ApiError(400, *((name, _("Parameter tidak dikenal; hapus dari alamat.")) for name in unknown))
        reader = request.reader  # type: ignore[attr-defined]
        read = Ask.read(listing, reader, request.GET)
        try:
            selection = Selection(listing, reader, read)
        except ForbiddenError as error:
            raise ApiError(403, ("", _("Akun Anda tidak berwenang membaca daftar ini."))) from error
        page = selection.page(ask.jumlah)
        if page.wrong:
            raise ApiError(400, *((name, _("Nilai tidak dapat dipakai untuk saringan ini.")) for name in page.wrong))
        return {
            "results": [
                {column.name: _plain(column, value) for column, value in zip(page.columns, row, strict=True)}
                for row in page.rows
            ],
            "total": selection.count(),
            "next": page.after or None,
            "previous": page.before or None,
            "per": reader.as_of,
        }

    view.__annotations__["ask"] = Query[_question(listing)]  # type: ignore[misc]
    view.__name__ = f"daftar_{listing.name}"
    return view


def _question(listing: Listing) -> type[Schema]:
    sortable = [c.name for c in listing.columns if c.sortable] or [listing.order.lstrip("-")]
    orders = tuple(sign + name for name in sortable for sign in ("", "-"))
    fields: dict[str, Any] = {
        "cari": (str, Field("", max_length=200, description=listing.search_hint or "Kata yang dicari")),
        "urut": (Literal[("", *orders)], Field("", description="Urutan; tanda - berarti menurun")),
        "kolom": (str, Field("", max_length=1000, description="Nama kolom dipisah koma")),
        "sesudah": (str, Field("", max_length=500, description="Penanda halaman berikutnya dari `next`")),
        "sebelum": (str, Field("", max_length=500, description="Penanda halaman sebelumnya dari `previous`")),
        "jumlah": (int, Field(PAGE, ge=1, le=MOST, description="Banyaknya baris")),
        "per": (date | None, Field(None, description="Keadaan pada tanggal ini; bila kosong, hari ini")),
    }
    for f in listing.filters:
        fields[f.name] = (str, Field("", max_length=200, description=f.title))
    return create_model(f"Tanya_{listing.name}", __base__=Schema, __config__=None, **fields)


def _answer(listing: Listing) -> type[Schema]:
    columns: dict[str, Any] = {
        c.name: (TYPES[c.kind] | None, Field(None, title=c.title, description=c.help or None)) for c in listing.columns
    }
    row = create_model(f"Baris_{listing.name}", __base__=Row, **columns)
    return create_model(
        f"Daftar_{listing.name}",
        __base__=Schema,
        results=(list[row], ...),  # type: ignore[valid-type]
        total=(int, ...),
        next=(str | None, ...),
        previous=(str | None, ...),
        per=(date, ...),
    )


class Row(Schema):
    """A row holds only the columns that were asked for and that the account may see."""

    model_config = ConfigDict(extra="forbid")
