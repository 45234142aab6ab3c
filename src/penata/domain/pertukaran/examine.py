"""Checks the file's rows against the state of the database: which hold, which are refused and why.

The checks of the snapshot run over the merged tables. Only what they say about rows of the file counts, and what the
file makes wrong in rows that were right before. A refused row leaves the row of the database as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from penata.domain.pertukaran.checks import CAUSED
from penata.domain.pertukaran.merging import Given, merge
from penata.foundation.findings import Level
from penata.language import _
from penata.rulebook.legislation import Law
from penata.snapshot.schema import TABLES
from penata.snapshot.validation import keys, people, references, seats, trees, values, workload
from penata.snapshot.validation.agency import FINDINGS_SCHEMA, Agency, open_tables

CHECKS = (keys.check, values.check, trees.check, references.check, people.check, workload.check, seats.check)
Extra = Callable[[Agency], None]  # a check that only an import makes
Step = Callable[[str], None]


@dataclass(frozen=True)
class Examined:
    """What became of the rows of the file.

    ``rows``: those that hold, per table, with their places. ``findings``: about rows of the file, and of code P08 about
    what the file would make wrong elsewhere (``blocked``: nothing can be written then). ``refused``: places of the rows
    that do not hold.
    """

    rows: Mapping[str, pl.DataFrame]
    findings: pl.DataFrame
    refused: pl.DataFrame
    blocked: bool


def examine(
    given: Given,
    current: Mapping[str, pl.DataFrame],
    *,
    per: date,
    law: Law,
    refused: pl.DataFrame,
    extra: Iterable[Extra] = (),
) -> Examined:
    """Check *given* laid over *current*; *refused* are places that are refused already, for reasons told elsewhere."""
    extra = tuple(extra)
    told: list[pl.DataFrame] = []
    out = pl.concat([refused, *(_places(frame.filter("_refused")) for frame in given.tables.values())]).unique()
    while True:
        agency = _checked(merge(given, current, out), per, law, extra)
        fresh = _refused(agency).join(out, on=["_origin", "_row"], how="anti")
        found = _found(agency)
        if fresh.is_empty():
            break
        told.append(found.join(fresh.rename({"_row": "row"}), on=["_origin", "row"], how="semi"))
        out = pl.concat([out, fresh])
    told.append(found.filter(pl.col("_origin").is_not_null()))
    caused = _caused(found, current, per, law, extra)
    final, out = _followed(given, current, out, per, law, told)
    rows = {
        name: final.tables[name]
        .filter(pl.col("_row").is_not_null() & ~pl.col("_refused"))
        .filter(~pl.col("_i").is_in(_repeated(final, name).implode()))
        .drop("_i", "_refused")
        for name in given.tables
    }
    every = pl.concat([*told, caused], how="diagonal").unique(maintain_order=True)
    return Examined(rows, every, out, not caused.is_empty())


def _repeated(agency: Agency, name: str) -> pl.Series:
    """Return the positions of rows of *name* that only repeat another row of the file word for word."""
    columns = [column.name for column in TABLES[name].columns]
    if not TABLES[name].unique:
        return agency[name]["_i"].clear()
    again = agency[name].filter(pl.col("_row").is_not_null()).filter(pl.int_range(pl.len()).over(columns) > 0)
    return again["_i"]


def _checked(merged: Mapping[str, pl.DataFrame], per: date, law: Law, extra: Iterable[Extra]) -> Agency:
    agency = open_tables(merged, per=per, law=law)
    references.resolve_names(agency)
    for check in (*CHECKS, *extra):
        check(agency)
    return agency


def _places(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("_origin", "_row").filter(pl.col("_row").is_not_null())


def _refused(agency: Agency) -> pl.DataFrame:
    """Return the places of the file's rows that were refused."""
    parts = [
        _places(frame.filter(pl.col("_i").is_in(agency.refused(name).implode())))
        for name, frame in agency.tables.items()
    ]
    return pl.concat(parts).unique()


def _found(agency: Agency) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=FINDINGS_SCHEMA), *agency.found])


def _followed(
    given: Given, current: Mapping[str, pl.DataFrame], out: pl.DataFrame, per: date, law: Law, told: list[pl.DataFrame]
) -> tuple[Agency, pl.DataFrame]:
    """Refuse what refers to rows that are refused and stand nowhere else, until nothing changes."""
    while True:
        agency = open_tables(merge(given, current, out), per=per, law=law)
        references.resolve_names(agency)
        agency.found.clear()
        references.cascade(agency)
        fresh = _refused(agency).join(out, on=["_origin", "_row"], how="anti")
        told.append(_found(agency).filter(pl.col("_origin").is_not_null()))
        if fresh.is_empty():
            return agency, out
        out = pl.concat([out, fresh])


def _caused(
    found: pl.DataFrame, current: Mapping[str, pl.DataFrame], per: date, law: Law, extra: Iterable[Extra]
) -> pl.DataFrame:
    """Return what the file makes wrong in rows of the database, told as one finding each."""
    elsewhere = found.filter(pl.col("_origin").is_null() & (pl.col("level") == Level.GALAT.value))
    if elsewhere.is_empty():
        return elsewhere
    before = _found(_checked(current, per, law, extra))
    new = elsewhere.join(before, on=["code", "table", "subject", "column"], how="anti", nulls_equal=True)
    message, remedy = _(CAUSED.message).split("{pesan}"), _(CAUSED.remedy).split("{perbaikan}")
    return new.with_columns(
        code=pl.lit(CAUSED.code),
        message=pl.lit(message[0]) + pl.col("message") + pl.lit(message[1]),
        remedy=pl.lit(remedy[0]) + pl.col("remedy") + pl.lit(remedy[1]),
    )
