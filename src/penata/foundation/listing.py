"""Lists, declared once: the page, the export, the API and the search show the same rows to the same reader.

A :class:`Listing` names its rows (already cut to what the reader may see), columns, search, filters and order. Paging
is by key: the next page begins after the last row seen, so page 1,000 costs what page 1 costs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import QueryDict

from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import plain, revision
from penata.foundation.memo import remember

PAGE = 50


class Kind(StrEnum):
    """How a value is shown, aligned and written to a workbook."""

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"  # a word of a closed vocabulary, shown with a sign where it is a status


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``value`` is a field path or a function from the reader to a database expression.

    ``words``, given the reader, says what a value stands for: the name of a unit by its key, the sentence of a code.
    Words at hand need no join and no CASE of a thousand branches that the database would have to plan for every page.
    """

    name: str
    title: str
    value: str | Callable[[Reader], Combinable] = ""  # empty: the field called like the column
    kind: Kind = Kind.TEXT
    shown: bool = True  # before the reader chooses columns
    sortable: bool = False  # only where the order is cheap
    nullable: bool = False
    permission: Permission | None = None  # without it the column does not exist
    help: str = ""
    words: Callable[[Reader], Callable[[Any], Any]] | None = None

    def expression(self, reader: Reader) -> Combinable:
        """Return the database expression."""
        return self.value(reader) if callable(self.value) else F(self.value or self.name)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter; ``apply`` gets the value as the address bar holds it and raises ValueError when it cannot be used."""

    name: str
    title: str
    apply: Callable[[QuerySet[Any], Reader, str], QuerySet[Any]]
    choices: Callable[[Reader], Sequence[tuple[str, str]]] | None = None  # None: free text
    kind: str = "choice"  # choice, unit, text, date, yes_no


@dataclass(frozen=True)
class Listing:
    """One list. ``rows`` returns what the reader may see, as of the reader's day; nothing is added to it elsewhere.

    ``ruang`` names the rooms whose revision decides whether a remembered count is still true.
    """

    name: str  # in the address, the API and the file name
    title: str
    permission: Permission
    rows: Callable[[Reader], QuerySet[Any]]
    columns: tuple[Column, ...]
    order: str  # default; "-name" is descending
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_hint: str = ""
    filters: tuple[Filter, ...] = ()
    ruang: tuple[str, ...] = ()
    key: str = "pk"
    empty: str = ""  # what to do as long as there is nothing at all
    table: str = ""  # snapshot table that it exports and imports, if any

    def visible(self, reader: Reader) -> tuple[Column, ...]:
        """Return the columns that exist for *reader*."""
        return tuple(c for c in self.columns if c.permission is None or reader.may(c.permission))


@dataclass(frozen=True)
class Ask:
    """What is asked of a list; it lives in the address bar."""

    search: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    columns: tuple[str, ...] = ()
    after: str = ""
    before: str = ""
    wrong: tuple[str, ...] = ()  # names of what could not be understood and was left out

    @classmethod
    def read(cls, listing: Listing, reader: Reader, params: QueryDict) -> "Ask":
        """Understand the address bar; what is unknown is left out and named in ``wrong``."""
        visible = {c.name: c for c in listing.visible(reader)}
        # No text of ours holds the character zero, and PostgreSQL refuses a question that does.
        texts = {name: str(text) for name, text in params.items()}
        wrong = [name for name, text in texts.items() if "\0" in text]
        given = {name: text for name, text in texts.items() if "\0" not in text}
        order = given.get("urut", "")
        if order and not (order.lstrip("-") in visible and visible[order.lstrip("-")].sortable):
            wrong.append("urut")
            order = ""
        columns = tuple(name for name in given.get("kolom", "").split(",") if name in visible)
        filters = {f.name: text for f in listing.filters if (text := given.get(f.name, "").strip())}
        return cls(
            search=given.get("cari", "").strip()[:200], filters=filters, order=order, columns=columns,
            after=given.get("sesudah", ""), before=given.get("sebelum", ""), wrong=tuple(wrong),
        )  # fmt: skip

    def query(self, **change: str) -> str:
        """Return the address bar of this state with *change* applied; paging starts anew unless given."""
        state = {"cari": self.search, **self.filters, "urut": self.order, "kolom": ",".join(self.columns)} | change
        params = QueryDict(mutable=True)
        params.update({key: value for key, value in state.items() if value})
        return params.urlencode()


@dataclass(frozen=True)
class Page:
    """One page: rows are tuples in the order of ``columns``, with the key of each row in ``keys``."""

    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    keys: list[Any]
    after: str  # cursor of the next page, empty on the last
    before: str  # cursor of the previous page, empty on the first
    wrong: tuple[str, ...]


class Selection:
    """The rows of one list for one reader and one state."""

    def __init__(self, listing: Listing, reader: Reader, ask: Ask) -> None:
        """Cut the rows down; raises ForbiddenError when the reader may not see the list at all."""
        reader.require(listing.permission, anywhere=True)
        self.listing, self.reader, self.ask = listing, reader, ask
        self._wrong = list(ask.wrong)
        visible = listing.visible(reader)
        chosen = [c for name in ask.columns for c in visible if c.name == name]
        self.columns = tuple(chosen) or tuple(c for c in visible if c.shown)
        name = ask.order or listing.order
        self.descending = name.startswith("-")
        self.sort = next(c for c in visible if c.name == name.lstrip("-"))

    @property
    def _read(self) -> tuple[Column, ...]:
        """The columns that are read: those shown, and the one that orders."""
        return self.columns if self.sort in self.columns else (*self.columns, self.sort)

    # Made when they are asked for: a count that is remembered needs neither.
    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows without the columns, which counting need not look at."""
        rows = self.listing.rows(self.reader)
        for f in self.listing.filters:
            if f.name in self.ask.filters:
                try:
                    rows = f.apply(rows, self.reader, self.ask.filters[f.name])
                except ValueError:
                    self._wrong.append(f.name)
        return self.listing.search(rows, self.ask.search) if self.ask.search and self.listing.search else rows

    @property
    def wrong(self) -> tuple[str, ...]:
        """Names of what was asked and cannot be used."""
        _ = self.rows
        return tuple(self._wrong)

    @cached_property
    def found(self) -> QuerySet[Any]:
        """The rows with the columns."""
        columns = {f"kolom_{c.name}": c.expression(self.reader) for c in self._read}
        found: QuerySet[Any] = self.rows.annotate(**columns)
        return found

    def count(self) -> int:
        """Return how many rows there are, remembered until the data change."""
        who = self.reader.scope(self.listing.permission)
        asked = (self.ask.search, tuple(sorted(self.ask.filters.items())))
        owner = None if who.whole else self.reader.user.pk
        key = ("hitung", self.listing.name, self.reader.as_of, owner, who.units, *asked, revision(*self.listing.ruang))
        return remember(key, lambda: int(self.rows.count()))

    def page(self, size: int = PAGE) -> Page:
        """Return one page; a cursor that cannot be read begins at the first page."""
        cursor = self._read_cursor(self.ask.before or self.ask.after)
        backward = bool(self.ask.before) and cursor is not None
        rows = self._ordered(reverse=backward)
        if cursor is not None:
            rows = rows.filter(self._beyond(*cursor, reverse=backward))
        found = list(self._values(rows)[: size + 1])
        more = len(found) > size
        found = found[:size]
        if backward:
            found.reverse()
        place = 1 + self._read.index(self.sort)
        first = (cursor is None or not found) if not backward else not more
        last = not more if not backward else False
        return Page(
            columns=self.columns,
            rows=list(self._told(found)),
            keys=[row[0] for row in found],
            after="" if last or not found else self._cursor(found[-1][place], found[-1][0]),
            before="" if first else self._cursor(found[0][place], found[0][0]),
            wrong=self.wrong,
        )

    def everything(self, chunk: int = 5_000) -> Iterator[tuple[Any, ...]]:
        """Return all rows in order, a chunk at a time, as tuples in the order of ``columns``."""
        return self._told(self._values(self._ordered(reverse=False)).iterator(chunk_size=chunk))

    def _told(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Return what is shown of *rows* as they were read: key, columns, and the order unless it is a column."""
        shown = slice(1, 1 + len(self.columns))
        words = {at: c.words(self.reader) for at, c in enumerate(self.columns) if c.words is not None}
        for row in rows:
            told = row[shown]
            if words:
                told = tuple(words[at](value) if at in words else value for at, value in enumerate(told))
            yield told

    # A cursor is sealed for its list and order: what comes back is what was given, of the types that were compared.
    def _signer(self) -> Signer:
        return Signer(salt=f"penanda.{self.listing.name}.{self.sort.name}.{self.descending}")

    def _cursor(self, value: Any, key: Any) -> str:
        return self._signer().sign_object(plain([value, key]))

    def _read_cursor(self, text: str) -> tuple[Any, Any] | None:
        if not text:
            return None
        try:
            value, key = self._signer().unsign_object(text)
        except (BadSignature, ValueError):
            return None
        return value, key

    def _values(self, rows: QuerySet[Any]) -> Any:
        return rows.values_list(self.listing.key, *(f"kolom_{c.name}" for c in self._read))

    def _ordered(self, *, reverse: bool) -> QuerySet[Any]:
        name = F(f"kolom_{self.sort.name}")
        down = self.descending != reverse
        # Nulls come last when ascending and first when descending, so that turning the order round mirrors it.
        nulls = {"nulls_first" if down else "nulls_last": True} if self.sort.nullable else {}
        place = name.desc(**nulls) if down else name.asc(**nulls)
        ordered: QuerySet[Any] = self.found.order_by(place, f"-{self.listing.key}" if down else self.listing.key)
        return ordered

    def _beyond(self, value: Any, key: Any, *, reverse: bool) -> Q:
        name, down = f"kolom_{self.sort.name}", self.descending != reverse
        side = "lt" if down else "gt"
        tie = Q(**{f"{self.listing.key}__{side}": key})
        if value is None:
            same = Q(**{f"{name}__isnull": True}) & tie
            return same | Q(**{f"{name}__isnull": False}) if down else same
        # The first part repeats what the second says, in a form an index can be searched by.
        strict = Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | tie)
        return strict | Q(**{f"{name}__isnull": True}) if self.sort.nullable and not down else strict


_listings: dict[str, Listing] = {}


def register(listing: Listing) -> Listing:
    """Make *listing* known to the export, the API, the search and the tests."""
    if listing.name in _listings:
        raise ValueError(f"two lists are called {listing.name}")
    if told := [c.name for c in listing.columns if c.sortable and c.words]:
        raise ValueError(f"the database cannot order by words it does not know: {listing.name} {told}")
    _listings[listing.name] = listing
    return listing


def listings() -> tuple[Listing, ...]:
    """Return every list, by name."""
    return tuple(_listings[name] for name in sorted(_listings))


def listing(name: str) -> Listing:
    """Return the list called *name*; raises KeyError."""
    return _listings[name]
