"""Finding the header of a sheet: which row it is, and which column holds which field.

Titles are compared folded (without case, spaces, punctuation, line breaks) and again without their parentheses. A
header may span two rows: a group title above several columns is read together with the titles under it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from penata.foundation.spreadsheet.container import Sheet
from penata.foundation.spreadsheet.titles import fold, nearest, readings, single_line

SEARCHED_ROWS = 10  # rows with content among which a header is looked for
_NUMBERING = frozenset({"no", "nomor", "nourut", "nomorurut", "num", "urut"})


@dataclass(frozen=True, slots=True)
class Field:
    """Something looked for in a header: titles are ordered, the first is the one we print ourselves."""

    name: str
    titles: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class TitleRow:
    """A row (or two) that may be the header. ``forms``: per column the folded titles, best first."""

    first: int
    last: int
    titles: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Header:
    """A header that was found: rows from 0, column index per field, and what did not fit.

    ``repeated``: per field all columns that carry the same title. ``unused``: columns whose title says nothing to us.
    """

    first: int
    last: int
    titles: tuple[str, ...]
    columns: Mapping[str, int]
    repeated: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unused: tuple[int, ...] = ()

    def missing(self, fields: Sequence[Field]) -> list[Field]:
        """Return the required fields without a column."""
        return [item for item in fields if item.required and item.name not in self.columns]

    def nearest_title(self, wanted: Field) -> str | None:
        """Return the title of this header that is most like one of *wanted*, or None."""
        present = [title for title in self.titles if title]
        return next((found for title in wanted.titles if (found := nearest(title, present))), None)


def title_rows(sheet: Sheet) -> list[TitleRow]:
    """Return every row of *sheet* that may be the header, single rows before pairs of rows."""
    rows = [at for at, row in enumerate(sheet.rows[: 20 * SEARCHED_ROWS]) if any(_text(cell) for cell in row)]
    searched = rows[:SEARCHED_ROWS]
    single = [_single(sheet.rows[at], at) for at in searched]
    double = [pair for at in searched if at + 1 in searched for pair in _pair(sheet, at)]
    return [*single, *double]


def _text(cell: Any) -> str:
    return single_line(cell) if isinstance(cell, str) else ""


def _single(row: Sequence[Any], at: int) -> TitleRow:
    titles = tuple(_text(cell) for cell in row)
    return TitleRow(at, at, titles, tuple(tuple(readings(title)) for title in titles))


def _pair(sheet: Sheet, at: int) -> Iterator[TitleRow]:
    """Yield the header that rows *at* and the next one form together, if they can be one."""
    lower_cells = sheet.rows[at + 1]
    lower = [_text(cell) for cell in lower_cells]
    if any(cell not in ("", None) and not isinstance(cell, str) for cell in lower_cells):
        return
    upper = [_text(cell) for cell in sheet.rows[at]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    if not any(low and not up for up, low in zip(upper, lower, strict=True)):
        return
    for column in range(1, width):  # a group title reaches over the untitled columns to its right
        if not upper[column] and lower[column] and upper[column - 1] and lower[column - 1]:
            upper[column] = upper[column - 1]
    titles, forms = [], []
    for up, low in zip(upper, lower, strict=True):
        spoken = [low + " " + up, up + " " + low, low, up] if low and up else [low or up]
        titles.append(f"{up} {low}".strip())
        forms.append(tuple(dict.fromkeys(form for text in spoken for form in readings(text))))
    yield TitleRow(at, at + 1, tuple(titles), tuple(forms))


def find_header(rows: Sequence[TitleRow], fields: Sequence[Field]) -> Header | None:
    """Return the header among *rows* that names most of *fields* (required ones first), or None when none names any."""
    index: dict[str, list[tuple[int, str]]] = {}
    for item in fields:
        for rank, title in enumerate(dict.fromkeys(fold(title) for title in item.titles)):
            index.setdefault(title, []).append((rank, item.name))
    required = {item.name for item in fields if item.required}
    best: tuple[tuple[int, int], Header] | None = None
    for row in rows:
        header = _match(row, index)
        weight = (len(required & header.columns.keys()), len(header.columns))
        if header.columns and (best is None or weight > best[0]):
            best = (weight, header)
    return best[1] if best else None


def _match(row: TitleRow, index: Mapping[str, list[tuple[int, str]]]) -> Header:
    claims = sorted(
        (order, rank, column, name, form)
        for column, forms in enumerate(row.forms)
        for order, form in enumerate(forms)
        for rank, name in index.get(form, ())
    )
    taken: dict[str, int] = {}
    spoken: dict[str, str] = {}
    used: set[int] = set()
    repeated: dict[str, list[int]] = {}
    for _order, _rank, column, name, form in sorted(claims, key=lambda claim: (claim[1], claim[0], claim[2])):
        if column in used:
            continue
        if name not in taken:
            taken[name], spoken[name] = column, form
            used.add(column)
        elif spoken[name] == form:
            repeated.setdefault(name, [taken[name]]).append(column)
            used.add(column)
    unused = tuple(
        column
        for column, forms in enumerate(row.forms)
        if forms and column not in used and not _NUMBERING.intersection(forms)
    )
    return Header(
        row.first, row.last, row.titles, taken, {name: tuple(columns) for name, columns in repeated.items()}, unused
    )
