"""A sheet that feeds a table, and how its cells become typed columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from penata.foundation.spreadsheet.cells import (
    CellError,
    Parser,
    is_blank,
    parse_code,
    parse_day,
    parse_decimal,
    parse_digits,
    parse_integer,
    parse_list,
    parse_text,
    parse_year,
    parse_yes_no,
    shown,
)
from penata.foundation.spreadsheet.columns import parse_column
from penata.foundation.spreadsheet.problems import finding
from penata.foundation.spreadsheet.titles import column_letter, nearest
from penata.language import _
from penata.snapshot.schema import POLARS, TABLES, Column, Kind
from penata.snapshot.vocabulary import VOCABULARIES, jenis_and_jenjang, resolve

NIP_LENGTH = 18  # what Kind.NIP means; the inner order of the digits is the rulebook's business


@dataclass(frozen=True)
class Origin:
    """One sheet that fed a table. ``header_row`` counts from 1; ``columns``: field to (column letter, user's title)."""

    table: str
    file: str
    path: Path
    sheet: str
    header_row: int
    columns: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Fed:
    """Cells of one field; ``column`` is where they stand in the sheet, None for a constant of a mapping."""

    cells: Sequence[Any]
    column: int | None
    title: str


@dataclass(frozen=True)
class Source:
    """Cells of one sheet for one table, row by row; ``rows`` are row numbers as the spreadsheet shows them."""

    table: str
    file: str
    path: Path
    sheet: str
    header_row: int
    rows: Sequence[int]
    fields: Mapping[str, Fed]
    decimal: str = ","

    @property
    def origin(self) -> Origin:
        """Return the provenance shared by all rows of this source."""
        columns = {
            name: (column_letter(fed.column), fed.title) for name, fed in self.fields.items() if fed.column is not None
        }
        return Origin(self.table, self.file, self.path, self.sheet, self.header_row, MappingProxyType(columns))


def type_source(source: Source, index: int) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """Return the typed table of *source* with ``_origin`` (*index*), ``_row`` and ``_refused``, and its findings.

    A cell that cannot be understood is null and its row is marked ``_refused``.
    """
    table = TABLES[source.table]
    refused = [False] * len(source.rows)
    series: list[pl.Series] = []
    found: list[dict[str, Any]] = []
    for column in table.columns:
        fed = source.fields.get(column.name)
        if fed is None:
            continue
        parsed = parse_column(fed.cells, parser_of(column, source.decimal))
        series.append(pl.Series(column.name, parsed.values, dtype=POLARS[column.kind]))
        for at, error in parsed.refused.items():
            refused[at] = True
            found.append(_cell_finding(source, column, fed, at, error))
        if column.kind is Kind.CODE:
            found.extend(_rounded_codes(source, column, fed))
    frame = pl.DataFrame(series) if series else pl.DataFrame({"_row": source.rows}).drop("_row")
    frame = frame.with_columns(
        pl.lit(index, dtype=pl.Int32).alias("_origin"),
        pl.Series("_row", source.rows, dtype=pl.Int64),
        pl.Series("_refused", refused, dtype=pl.Boolean),
    )
    return _with_jenjang(frame, source), found


def parser_of(column: Column, decimal: str = ",") -> Parser:
    """Return how a cell of *column* is understood; *decimal* as in :mod:`penata.foundation.spreadsheet.cells`."""
    parsers: Mapping[Kind, Parser] = {
        Kind.TEXT: parse_text,
        Kind.CODE: parse_code,
        Kind.NIP: partial(parse_digits, length=NIP_LENGTH),
        Kind.INTEGER: partial(parse_integer, decimal=decimal),
        Kind.DECIMAL: partial(parse_decimal, decimal=decimal),
        Kind.DATE: parse_day,
        Kind.YEAR: parse_year,
        Kind.CHOICE: partial(_parse_choice, vocabulary=column.vocabulary),
        Kind.YES_NO: parse_yes_no,
        Kind.LIST: parse_list,
    }
    return parsers[column.kind]


def _parse_choice(value: object, vocabulary: str) -> str | None:
    if is_blank(value):
        return None
    word = resolve(vocabulary, shown(value))
    if word is None:
        raise CellError("B22", allowed=", ".join(VOCABULARIES[vocabulary]), vocabulary=vocabulary)
    return word


def _cell_finding(source: Source, column: Column, fed: Fed, at: int, error: CellError) -> dict[str, Any]:
    value = shown(fed.cells[at]).strip("\0")
    near = nearest(value, VOCABULARIES[column.vocabulary]) if error.code == "B22" else None
    words = {
        "title": fed.title or column.title,
        "near": _(" Yang paling mirip: “{word}”.").format(word=near) if near else "",
        **_place(source, column, fed, at, value),
        **error.words,
    }
    return finding(error.code, **words)


def _place(source: Source, column: Column, fed: Fed, at: int, value: str) -> dict[str, Any]:
    key = source.fields.get(TABLES[source.table].key[0])
    return {
        "file": source.file,
        "sheet": source.sheet,
        "row": source.rows[at],
        "column": column_letter(fed.column) if fed.column is not None else column.name,
        "header": fed.title,
        "value": value,
        "table": source.table,
        "subject": parse_text(key.cells[at]) if key is not None else None,
    }


def _rounded_codes(source: Source, column: Column, fed: Fed) -> list[dict[str, Any]]:
    """Report codes stored as fractions: 1.10 has become 1.1 before we saw it."""
    if float not in set(map(type, fed.cells)):
        return []
    return [
        finding("B23", **_place(source, column, fed, at, shown(cell)))
        for at, cell in enumerate(fed.cells)
        if isinstance(cell, float) and not cell.is_integer()
    ]


def _with_jenjang(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Fill an empty jenjang from a jenis column that says it: ``Fungsional Ahli Muda``."""
    fed = source.fields.get("jenis")
    columns = {column.name: column for column in TABLES[source.table].columns}
    if fed is None or "jenjang" not in columns or columns["jenis"].vocabulary != "jenis_jabatan":
        return frame
    known = {cell: jenis_and_jenjang(cell)[1] for cell in set(fed.cells) if isinstance(cell, str)}
    said = pl.Series("_said", [known.get(cell) for cell in fed.cells], dtype=pl.String)
    if "jenjang" not in frame.columns:
        return frame.with_columns(said.alias("jenjang"))
    return frame.with_columns(pl.coalesce("jenjang", said).alias("jenjang"))
