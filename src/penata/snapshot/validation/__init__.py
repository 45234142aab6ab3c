"""Validation across rows and tables: what single cells cannot show.

Every check is a column operation and all findings come at once. A finding of level ``galat`` refuses its row; rows of
other tables that refer to a refused key are refused in turn, until nothing changes. A posisi whose superior is refused
(and a unit whose parent is refused) stays, without that line, so that one wrong row does not take a whole tree along.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from penata.foundation.findings import Level
from penata.rulebook.legislation import Law
from penata.snapshot.validation import keys, people, references, seats, trees, values, workload
from penata.snapshot.validation.agency import FINDINGS_SCHEMA, Agency, open_tables


@dataclass(frozen=True)
class Validated:
    """Tables that hold, and everything that was found.

    ``tables``: the tables given, with every column of the schema, without refused rows; names of units and jabatan
    that were recognised are replaced by the unit code or the catalogue's spelling; provenance columns are kept.
    ``findings``: :data:`penata.foundation.findings.SCHEMA` plus ``_origin`` (Int32); ``column`` is our field name,
    ``row`` the ``_row`` of the table (null without provenance), ``file``, ``sheet`` and ``header`` are null.
    ``refused``: number of rows left out per table, those that the reader refused included; tables that lost none are
    absent.
    """

    tables: Mapping[str, pl.DataFrame]
    findings: pl.DataFrame
    refused: Mapping[str, int]


def validate(tables: Mapping[str, pl.DataFrame], *, per: date, law: Law) -> Validated:
    """Check *tables* as they stand on day *per* and return them without the rows that cannot be used.

    *tables* holds snapshot tables by name, with or without the provenance columns ``_origin`` and ``_row``; tables and
    columns may be missing. Rows marked in a Boolean column ``_refused`` were refused by the reader: they are not
    checked again, but what refers to them is. *law* answers what a NIP must look like. Raises ValueError for a table
    that is not part of a snapshot.
    """
    agency = open_tables(tables, per=per, law=law)
    references.resolve_names(agency)
    for check in (keys.check, values.check, trees.check, references.check, people.check, workload.check, seats.check):
        check(agency)
    references.cascade(agency)
    return _close(agency, tables)


def _close(agency: Agency, given: Mapping[str, pl.DataFrame]) -> Validated:
    """Take the refused and the repeated rows out and put the findings in order, gravest first, then by place."""
    kept, refused = {}, {}
    for name, frame in agency.tables.items():
        out = agency.refused(name)
        if len(out):
            refused[name] = len(out)
        gone = pl.concat([out, agency.repeated(name)])
        unasked = {"_origin", "_row", "_refused"} - (set(given[name].columns) - {"_refused"})
        kept[name] = frame.filter(~pl.col("_i").is_in(gone.implode())).drop("_i", *unasked)
    found = pl.concat([pl.DataFrame(schema=FINDINGS_SCHEMA), *agency.found])
    weight = pl.col("level").replace_strict({level.value: place for place, level in enumerate(Level)})
    order = [weight, "table", "_origin", "row", "column", "code", "subject", "message"]
    return Validated(kept, found.sort(order, nulls_last=True), refused)
