"""The tables of a snapshot as the database holds them: each app registers how its tables are read and written.

This is the seam between database and columns. Screens, exports, the engines and undo read a table here; imports write
it here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import polars as pl
from django.db.models import Model

from penata.foundation.access.permissions import Permission
from penata.foundation.journal import Journal
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, build


@dataclass(frozen=True)
class Delta:
    """What is to be written into one table on one day, as whole rows of the snapshot table.

    ``before`` holds the rows of ``changed`` as they stood, in the same order. ``gone``: rows to be ended; only holders
    and tasks of a posisi end by an import. ``columns``: the columns that the source really brought.
    """

    new: pl.DataFrame
    changed: pl.DataFrame
    before: pl.DataFrame
    gone: pl.DataFrame
    columns: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Return how many rows will be written."""
        return self.new.height + self.changed.height + self.gone.height


@dataclass(frozen=True)
class Writing:
    """Under what a delta is written: the day it takes effect, the legal act behind it, and where it is noted.

    ``langsung``: workload goes in force at once instead of into the open ABK. ``by_id``: the account that writes.
    """

    as_of: date
    penetapan_id: int | None = None
    langsung: bool = False
    by_id: int | None = None
    journal: Journal = field(default_factory=Journal)


class Sheet(Protocol):
    """One table of the snapshot in the database."""

    @property
    def table(self) -> str:
        """Return the name of the table."""
        ...

    @property
    def permission(self) -> Permission:
        """Return what one needs to write it."""
        ...

    @property
    def view_permission(self) -> Permission:
        """Return what one needs to take it out."""
        ...

    @property
    def ruang(self) -> tuple[str, ...]:
        """Return the rooms whose revision moves on."""
        ...

    @property
    def models(self) -> tuple[type[Model], ...]:
        """Return the tables of the database that it writes; the first one holds its columns."""
        ...

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the whole table as it stands on *as_of*, with the columns of the snapshot schema."""
        ...

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write, inside the caller's transaction; return side effects as name -> count (e.g. jabatan created)."""
        ...


_sheets: dict[str, Sheet] = {}


def register(sheet: Sheet) -> None:
    """Make *sheet* known."""
    if sheet.table not in TABLES:
        raise ValueError(f"not a table of a snapshot: {sheet.table}")
    _sheets[sheet.table] = sheet


def sheet(table: str) -> Sheet:
    """Return the sheet of *table*; raises KeyError."""
    return _sheets[table]


def sheets() -> tuple[Sheet, ...]:
    """Return every sheet in the order of the schema, in which they can be written."""
    return tuple(_sheets[name] for name in TABLES if name in _sheets)


def read(table: str, as_of: date) -> pl.DataFrame:
    """Return *table* as it stands on *as_of*."""
    return _sheets[table].read(as_of)


def snapshot(instansi: str, as_of: date, tables: Iterable[str] | None = None) -> Snapshot:
    """Return the agency on *as_of* as columns; only the named *tables* when given."""
    names = list(_sheets if tables is None else tables)
    return build(instansi, as_of, {name: read(name, as_of) for name in names}, given=frozenset(names))
