"""The agency on one day: typed tables in canonical order, hashed.

Two snapshots with the same content have the same digest, whatever the order of their rows and columns was.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

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

    @cached_property
    def holders(self) -> pl.DataFrame:
        """Return who holds what, with the columns of the table ``pemangku``.

        Rows of ``pemangku`` count first; a pegawai without a definitive row there holds the posisi that the table
        ``pegawai`` names, so files that bring no sheet of holders, or one for Plt only, work alike.
        """
        definitive = self["pemangku"].filter(pl.col("jenis") == "definitif")
        named = (
            self["pegawai"]
            .filter(pl.col("posisi").is_not_null())
            .join(definitive, on="nip", how="anti")
            .select("nip", "posisi", jenis=pl.lit("definitif"), tmt="tmt_jabatan")
        )
        return canonicalise("pemangku", pl.concat([self["pemangku"], named], how="diagonal"))


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
    """Return *frame* with exactly the columns, types and row order of table *name*.

    Empty text and NaN become null and negative zero becomes zero: they are the same content to a person.
    Unknown columns and infinite numbers raise ValueError.
    """
    table = TABLES[name]
    unknown = set(frame.columns) - {column.name for column in table.columns}
    if unknown:
        raise ValueError(f"not columns of {name}: {sorted(unknown)}")
    if not frame.width:
        return pl.DataFrame(schema=table.polars_schema)
    typed = frame.select(
        _plain(pl.col(column).cast(kind), kind).alias(column)
        if column in frame.columns
        else pl.lit(None, dtype=kind).alias(column)
        for column, kind in table.polars_schema.items()
    )
    infinite = [item.name for item in typed.select(pl.col(pl.Float64)) if item.is_infinite().any()]
    if infinite:
        raise ValueError(f"{name}: infinite numbers in {infinite}")
    # Sorting by the key first and by every other column after it makes the order total up to identical rows.
    rest = [column for column in typed.columns if column not in table.key]
    return typed.sort([*table.key, *rest], nulls_last=True)


def _plain(value: pl.Expr, kind: Any) -> pl.Expr:
    if kind == pl.String:
        return pl.when(value != "").then(value)
    if kind == pl.Float64:
        return value.fill_nan(None) + 0.0  # -0.0 + 0.0 is 0.0
    return value


def digest(instansi: str, per: date, tables: Mapping[str, pl.DataFrame]) -> str:
    """Return the SHA-256 over day, agency and the canonical CSV of every table, all of it quoted unambiguously.

    Text is always quoted and a null never is, so no text can pass for a null or for the end of a row. Floats are
    written in the shortest form that reads back as the same number.
    """
    seal = sha256(json.dumps(["penata-snapshot-1", instansi, per.isoformat()]).encode())
    for name in sorted(tables):
        seal.update(f"\n[{name}]\n".encode())
        seal.update(tables[name].write_csv(null_value="\\N", quote_style="non_numeric").encode())
    return seal.hexdigest()
