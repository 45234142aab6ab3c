"""The agency on one day: typed tables in canonical order, hashed.

Two snapshots with the same content have the same digest, whatever the order of their rows was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256

import polars as pl

from penata.snapshot.schema import TABLES


@dataclass(frozen=True)
class Snapshot:
    """Every table of :data:`penata.snapshot.schema.TABLES`, also those without rows, plus the day and the agency.

    ``given`` names the tables that the source really brought (an empty sheet counts as brought); ``refused`` counts the
    rows per table that were left out because of errors (``--lanjut``).
    """

    instansi: str
    per: date
    tables: Mapping[str, pl.DataFrame]
    given: frozenset[str] = frozenset()
    refused: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return the table *name*."""
        return self.tables[name]

    def has(self, *names: str) -> bool:
        """Tell whether every named table has at least one row."""
        return all(self.tables[name].height > 0 for name in names)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of day, agency and content, independent of the order in which rows came."""
        return digest(self.instansi, self.per, self.tables)


def build(
    instansi: str,
    per: date,
    tables: Mapping[str, pl.DataFrame],
    *,
    given: frozenset[str] | None = None,
    refused: Mapping[str, int] | None = None,
) -> Snapshot:
    """Return a snapshot with every table typed, completed and in canonical order.

    *tables* may leave tables and columns out; unknown tables or columns raise ValueError.
    """
    unknown = set(tables) - set(TABLES)
    if unknown:
        raise ValueError(f"not tables of a snapshot: {sorted(unknown)}")
    canonical = {name: canonicalise(name, tables.get(name, pl.DataFrame())) for name in TABLES}
    brought = frozenset(tables) if given is None else given
    return Snapshot(instansi, per, canonical, brought, dict(refused or {}))


def canonicalise(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return *frame* with exactly the columns, types and row order of table *name*."""
    table = TABLES[name]
    unknown = set(frame.columns) - {column.name for column in table.columns}
    if unknown:
        raise ValueError(f"not columns of {name}: {sorted(unknown)}")
    if not frame.width:
        return pl.DataFrame(schema=table.polars_schema)
    typed = frame.select(
        pl.col(column).cast(kind) if column in frame.columns else pl.lit(None, dtype=kind).alias(column)
        for column, kind in table.polars_schema.items()
    )
    # Sorting by the key first and by every other column after it makes the order total up to identical rows.
    rest = [column for column in typed.columns if column not in table.key]
    return typed.sort([*table.key, *rest], nulls_last=True)


def digest(instansi: str, per: date, tables: Mapping[str, pl.DataFrame]) -> str:
    """Return the SHA-256 over the canonical CSV of every table."""
    seal = sha256(f"penata-snapshot-1\n{instansi}\n{per.isoformat()}\n".encode())
    for name in sorted(tables):
        seal.update(f"\n[{name}]\n".encode())
        seal.update(tables[name].write_csv(null_value="\\N", float_precision=6).encode())
    return seal.hexdigest()
