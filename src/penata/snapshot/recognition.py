"""Which table of the snapshot a sheet is: by its name, or by the titles of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from penata.foundation.spreadsheet.container import Sheet
from penata.foundation.spreadsheet.header import Field, Header, TitleRow, find_header
from penata.foundation.spreadsheet.titles import fold_words, nearest
from penata.snapshot.schema import TABLES, Table

# Sheets that we write ourselves beside the tables; reading them back says nothing.
OWN_SHEETS = frozenset({"temuan", "petunjuk", "bantuan", "panduan", "catatan"})
_FEWEST = 2  # columns that must be known before a sheet is recognised by its titles alone


@dataclass(frozen=True)
class Recognised:
    """A sheet and what it is taken for. ``header`` is None when the name says a table but no title fits."""

    table: Table
    header: Header | None
    by_name: bool


@cache
def fields_of(table: Table) -> tuple[Field, ...]:
    """Return what is looked for in the header of *table*."""
    return tuple(
        Field(
            column.name,
            tuple(dict.fromkeys((column.title, column.name.replace("_", " "), *column.aliases))),
            column.required,
        )
        for column in table.columns
    )


def recognise(sheet: Sheet, rows: Sequence[TitleRow]) -> Recognised | None:
    """Return the table that *sheet* with the title rows *rows* feeds, or None when neither name nor columns tell.

    The exact name of a table decides. A name that only contains one needs at least one required column; without a
    telling name all required columns must be there, and the table most of whose columns fit wins.
    """
    if (table := _named(sheet.name)) is not None:
        return Recognised(table, find_header(rows, fields_of(table)), by_name=True)
    if (table := _containing(sheet.name)) is not None:
        header = find_header(rows, fields_of(table))
        if header is not None and any(column.required and column.name in header.columns for column in table.columns):
            return Recognised(table, header, by_name=True)
    return _by_titles(rows)


def _by_titles(rows: Sequence[TitleRow]) -> Recognised | None:
    found: list[tuple[int, int, Recognised]] = []
    for place, table in enumerate(TABLES.values()):
        header = find_header(rows, fields_of(table))
        if header is None or header.missing(fields_of(table)) or len(header.columns) < _FEWEST:
            continue
        found.append((len(header.columns) - len(header.unused), -place, Recognised(table, header, by_name=False)))
    return max(found, key=lambda item: item[:2])[2] if found else None


@cache
def _names() -> dict[str, Table]:
    """Return folded sheet name to table; titles win over aliases."""
    aliases = {fold_words(alias): table for table in TABLES.values() for alias in table.aliases}
    own = {fold_words(name): table for table in TABLES.values() for name in (table.name, table.title)}
    return {**aliases, **own}


def _named(name: str) -> Table | None:
    return _names().get(fold_words(name))


def _containing(name: str) -> Table | None:
    """Return the table whose longest name stands within *name* as whole words (``2. Data Pegawai Dinas``)."""
    words = f" {fold_words(name)} "
    within = [known for known in _names() if f" {known} " in words]
    return _names()[max(within, key=len)] if within else None


def nearest_table(name: str) -> str | None:
    """Return the title of the table whose name is most like *name*."""
    close = nearest(name, _names())
    return _names()[close].title if close else None
