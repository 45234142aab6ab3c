"""The tables under validation, and the one way in which a check reports what it found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter

import polars as pl

from penata.foundation.findings import SCHEMA, Level
from penata.language import _
from penata.rulebook.legislation import Law
from penata.snapshot.schema import TABLES, Column, Kind
from penata.snapshot.validation.catalogue import Check

PROVENANCE = {"_origin": pl.Int32, "_row": pl.Int64, "_refused": pl.Boolean}
FINDINGS_SCHEMA = {**SCHEMA, "_origin": pl.Int32}
Parts = dict[str, pl.Expr | str]  # what fills the places of a sentence
NAMED_AT_MOST = 5  # members of a group that a message names before it says that there are more


@dataclass
class Agency:
    """Tables under validation; checks only add findings, rows are taken out at the end.

    ``tables``: every table given, completed to the columns of the schema plus ``_origin`` (Int32), ``_row`` (Int64,
    both null without provenance), ``_refused`` (Boolean, the reader could not use this row and said why) and ``_i``
    (UInt32, position of the row in the table).
    """

    per: date
    law: Law
    tables: dict[str, pl.DataFrame]
    found: list[pl.DataFrame] = field(default_factory=list)
    _refused_by: dict[tuple[str, str], list[pl.Series]] = field(default_factory=dict)  # by code and table
    _repeated: dict[str, list[pl.Series]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return table *name*, empty when it was not given."""
        return self.tables[name] if name in self.tables else complete(name, pl.DataFrame())

    def refused(self, name: str) -> pl.Series:
        """Return the positions ``_i`` of the rows refused so far, each once, ascending."""
        return _positions(part for (_code, table), parts in self._refused_by.items() if table == name for part in parts)

    def repeated(self, name: str) -> pl.Series:
        """Return the positions ``_i`` of rows that only repeat another row."""
        return _positions(self._repeated.get(name, ()))

    def refused_for(self, check: Check, name: str) -> pl.Series:
        """Return the positions ``_i`` of the rows of table *name* that *check* refused."""
        return _positions(self._refused_by.get((check.code, name), ()))

    def left(self, name: str) -> pl.DataFrame:
        """Return table *name* without the rows refused so far."""
        return self[name].filter(~pl.col("_i").is_in(self.refused(name).implode()))

    def drop_repeated(self, name: str, rows: pl.DataFrame) -> None:
        """Leave *rows* out as repetitions; they do not count as refused."""
        self._repeated.setdefault(name, []).append(rows["_i"])

    def report(
        self,
        check: Check,
        table: str,
        rows: pl.DataFrame,
        column: str,
        parts: Parts | None = None,
    ) -> None:
        """Report *check* on *rows* of *table* at *column*, filling its sentence with *parts* (expressions over *rows*).

        ``value``, ``kolom`` and ``subject`` are always there. A ``galat`` refuses the rows. Rows that reading refused
        already are passed over: their cells were reported there.
        """
        rows = rows.filter(~pl.col("_refused"))
        if rows.is_empty():
            return
        field_ = TABLES[table].column(column)
        known: dict[str, pl.Expr] = {
            "value": shown(field_),
            "kolom": pl.lit(field_.title),
            "subject": pl.col(TABLES[table].key[0]).cast(pl.String),
            **{name: pl.lit(part) if isinstance(part, str) else part for name, part in (parts or {}).items()},
        }
        cells = {
            "code": pl.lit(check.code),
            "level": pl.lit(check.level.value),
            "row": pl.col("_row"),
            "column": pl.lit(column),
            "value": known["value"],
            "message": fill(_(check.message), known),
            "remedy": fill(_(check.remedy), known),
            "table": pl.lit(table),
            "subject": known["subject"],
            "_origin": pl.col("_origin"),
        }
        self.found.append(
            rows.select(cells.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in FINDINGS_SCHEMA.items())
        )
        if check.level is Level.GALAT:
            self.refuse(check.code, table, rows)

    def refuse(self, code: str, table: str, rows: pl.DataFrame) -> None:
        """Refuse *rows* of *table* because of the finding *code*."""
        self._refused_by.setdefault((code, table), []).append(rows["_i"])


def open_tables(tables: Mapping[str, pl.DataFrame], *, per: date, law: Law) -> Agency:
    """Return *tables* ready for checking. Raises ValueError for a name that is no table of a snapshot."""
    unknown = set(tables) - set(TABLES)
    if unknown:
        raise ValueError(f"not tables of a snapshot: {sorted(unknown)}")
    agency = Agency(per, law, {name: complete(name, tables[name]) for name in TABLES if name in tables})
    for name, frame in agency.tables.items():
        agency.refuse("reading", name, frame.filter("_refused"))
    return agency


def complete(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return *frame* with every column of table *name*, the provenance columns and the position ``_i``."""
    wanted = {**TABLES[name].polars_schema, **PROVENANCE}
    if not frame.width:
        return pl.DataFrame(schema={**wanted, "_i": pl.UInt32})
    return frame.select(
        pl.col(column).cast(kind) if column in frame.columns else pl.lit(None, dtype=kind).alias(column)
        for column, kind in wanted.items()
    ).with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("_i"), pl.col("_refused").fill_null(value=False))


def shown(column: Column) -> pl.Expr:
    """Return the value of *column* as people write it."""
    value = pl.col(column.name)
    match column.kind:
        case Kind.DATE:
            return value.dt.strftime("%d-%m-%Y")
        case Kind.DECIMAL:
            return value.cast(pl.String).str.strip_suffix(".0").str.replace(".", ",", literal=True)
        case Kind.YES_NO:
            return pl.when(value).then(pl.lit(_("ya"))).when(~value).then(pl.lit(_("tidak")))
        case Kind.TEXT | Kind.LIST:
            return pl.when(value.str.len_chars() > 80).then(value.str.head(79) + "…").otherwise(value)
        case _kind:
            return value.cast(pl.String)


def fill(template: str, parts: Mapping[str, pl.Expr]) -> pl.Expr:
    """Return *template* with its ``{name}`` places filled by expressions; a null part is written as nothing."""
    pieces: list[pl.Expr] = []
    for text, name, _spec, _conversion in Formatter().parse(template):
        if text:
            pieces.append(pl.lit(text))
        if name is not None:
            pieces.append(parts[name].cast(pl.String))
    return pl.concat_str(pieces, ignore_nulls=True)


def named(values: pl.Expr) -> pl.Expr:
    """Return an aggregation that writes the distinct *values* of a group, ascending, the first few by name."""
    distinct = values.drop_nulls().unique().sort()
    names = distinct.head(NAMED_AT_MOST).cast(pl.String).str.join(", ")
    return pl.when(distinct.len() > NAMED_AT_MOST).then(names + pl.lit(", …")).otherwise(names)


def _positions(parts: Iterable[pl.Series]) -> pl.Series:
    return pl.concat([pl.Series("_i", [], dtype=pl.UInt32), *parts]).unique().sort()
