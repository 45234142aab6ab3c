"""Findings: what is wrong, where, and what to do about it. One shape for reading, checking and integrity.

A collection of findings is a polars frame with the columns of :data:`SCHEMA`, so that checks over a whole agency stay
column operations. ``level`` is ``galat`` (the row cannot be used), ``peringatan`` (usable, flagged) or ``keterangan``.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import polars as pl


class Level(StrEnum):
    """Weight of a finding."""

    GALAT = "galat"
    PERINGATAN = "peringatan"
    KETERANGAN = "keterangan"


SCHEMA: dict[str, Any] = {
    "code": pl.String,  # stable code: B.. reading, V.. validation across rows, I.. integrity of the map
    "level": pl.String,
    "file": pl.String,  # file name without folders; null when the finding is about the agency, not a cell
    "sheet": pl.String,
    "row": pl.Int64,  # row number as Excel shows it (1 = first)
    "column": pl.String,  # column letter(s) as Excel shows them, or the header where there is no letter
    "header": pl.String,  # the user's own header text
    "value": pl.String,
    "message": pl.String,  # what is wrong, in Indonesian
    "remedy": pl.String,  # what to do
    "table": pl.String,  # snapshot table of the subject, e.g. posisi
    "subject": pl.String,  # key of the subject, e.g. the posisi code or the NIP
}


def empty() -> pl.DataFrame:
    """Return no findings."""
    return pl.DataFrame(schema=SCHEMA)


def findings(rows: Iterable[Mapping[str, Any]] | pl.DataFrame) -> pl.DataFrame:
    """Return *rows* as a findings frame; missing columns become null, unknown ones are an error."""
    frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(list(rows), infer_schema_length=None)
    unknown = set(frame.columns) - set(SCHEMA)
    if unknown:
        raise ValueError(f"not columns of a finding: {sorted(unknown)}")
    if frame.is_empty():
        return empty()  # a selection of nulls alone from no rows would be one row
    return frame.select(
        (pl.col(name).cast(kind, strict=False) if name in frame.columns else pl.lit(None, dtype=kind).alias(name))
        for name, kind in SCHEMA.items()
    )


def merge(*parts: pl.DataFrame) -> pl.DataFrame:
    """Return all findings together, gravest first, then by place."""
    weight = pl.col("level").replace_strict({"galat": 0, "peringatan": 1, "keterangan": 2}, return_dtype=pl.Int8)
    together = pl.concat([empty(), *parts])
    return together.sort(
        weight, "file", "sheet", "row", "column", "code", "subject", nulls_last=True, maintain_order=True
    )
