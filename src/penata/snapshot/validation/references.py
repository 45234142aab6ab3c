"""References between tables: names recognised, unknown keys reported, refused keys followed to their end."""

from dataclasses import dataclass

import polars as pl

from penata.snapshot.schema import TABLES
from penata.snapshot.validation.agency import Agency, Parts, named
from penata.snapshot.validation.catalogue import (
    AMBIGUOUS_UNIT,
    REFUSED_JABATAN,
    REFUSED_REFERENCE,
    REFUSED_SUPERIOR,
    UNKNOWN_JABATAN,
    UNKNOWN_REFERENCE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Column *column* of *table* holds the first key of *target*."""

    table: str
    column: str
    target: str


# posisi.unit may be written as a name, which the schema cannot say; it is a reference all the same.
UNIT_OF_POSISI = Reference("posisi", "unit", "unit")
REFERENCES = (
    UNIT_OF_POSISI,
    *(
        Reference(table.name, column.name, column.refers_to)
        for table in TABLES.values()
        for column in table.columns
        if column.refers_to not in {"", "jabatan"}
    ),
)
UPWARD = tuple(reference for reference in REFERENCES if reference.table == reference.target)  # within one tree
ACROSS = tuple(reference for reference in REFERENCES if reference.table != reference.target)
NAMED_UNITS = (UNIT_OF_POSISI, Reference("unit", "induk", "unit"))
JABATAN_NAMES = (("posisi", "jabatan"), ("standar_kompetensi", "jabatan"), ("minat", "jabatan"))


def resolve_names(agency: Agency) -> None:
    """Replace unit names by unit codes, and names of jabatan by the spelling of the catalogue, where one fits."""
    for reference in NAMED_UNITS:
        _resolve_unit(agency, reference)
    for table, column in JABATAN_NAMES:
        _resolve_jabatan(agency, table, column)


def check(agency: Agency) -> None:
    """Report references to keys that no row has."""
    for reference in REFERENCES:
        known = _keys(agency[reference.target], reference.target)
        if reference.table in agency.tables and len(known):
            rows = agency[reference.table].filter(~pl.col(reference.column).is_in(known.implode()))
            rows = rows.filter(~pl.col("_i").is_in(agency.refused_for(AMBIGUOUS_UNIT, reference.table).implode()))
            agency.report(UNKNOWN_REFERENCE, reference.table, rows, reference.column, _sheet(reference.target))
    _check_jabatan(agency)


def cascade(agency: Agency) -> None:
    """Refuse what refers to refused keys, until nothing changes; then cut the lines to refused superiors."""
    while any(_follow(agency, reference) for reference in ACROSS):
        pass
    for reference in UPWARD:
        gone = _gone(agency, reference.target)
        lost = agency.left(reference.table).filter(pl.col(reference.column).is_in(gone.implode()))
        agency.report(REFUSED_SUPERIOR, reference.table, lost, reference.column, _sheet(reference.target))
        _cut(agency, reference, lost["_i"])
    gone = _gone(agency, "jabatan")
    for table, column in JABATAN_NAMES:
        lost = agency.left(table).filter(pl.col(column).is_in(gone.implode()))
        agency.report(REFUSED_JABATAN, table, lost, column, _sheet("jabatan"))


def _follow(agency: Agency, reference: Reference) -> bool:
    """Refuse the rows that refer to a refused key; tell whether there were any."""
    gone = _gone(agency, reference.target)
    if reference.table not in agency.tables or not len(gone):
        return False
    lost = agency.left(reference.table).filter(pl.col(reference.column).is_in(gone.implode()))
    agency.report(REFUSED_REFERENCE, reference.table, lost, reference.column, _sheet(reference.target))
    return not lost.is_empty()


def _cut(agency: Agency, reference: Reference, rows: pl.Series) -> None:
    if len(rows):
        cut = pl.when(~pl.col("_i").is_in(rows.implode())).then(pl.col(reference.column)).alias(reference.column)
        agency.tables[reference.table] = agency.tables[reference.table].with_columns(cut)


def _keys(frame: pl.DataFrame, name: str) -> pl.Series:
    return frame[TABLES[name].key[0]].drop_nulls().unique()


def _gone(agency: Agency, name: str) -> pl.Series:
    """Return the keys that had a row and have none left."""
    if not len(agency.refused(name)):
        return _keys(agency[name].head(0), name)
    before, after = _keys(agency[name], name), _keys(agency.left(name), name)
    return before.filter(~before.is_in(after.implode()))


def _sheet(name: str) -> Parts:
    return {"sheet": TABLES[name].title}


def _fold(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def _resolve_unit(agency: Agency, reference: Reference) -> None:
    """Turn unit names into codes: a code wins over a name, and a name must belong to one unit only."""
    units = agency["unit"].filter(pl.col("kode").is_not_null())
    if units.is_empty() or reference.table not in agency.tables:
        return
    column = reference.column
    by_name = units.group_by(_fold(pl.col("nama")).alias("_name")).agg(
        pl.col("kode").n_unique().alias("_units"),
        pl.col("kode").min().alias("_code"),
        named(pl.col("kode")).alias("_candidates"),
    )
    frame = agency.tables[reference.table].with_columns(_fold(pl.col(column)).alias("_name"))
    frame = frame.join(by_name, on="_name", how="left", maintain_order="left")
    is_name = ~pl.col(column).is_in(units["kode"].implode()) & pl.col("_units").is_not_null()
    vague = frame.filter(is_name & (pl.col("_units") > 1))
    parts: Parts = {"count": pl.col("_units"), "candidates": pl.col("_candidates")}
    agency.report(AMBIGUOUS_UNIT, reference.table, vague, column, parts)
    resolved = pl.when(is_name & (pl.col("_units") == 1)).then("_code").otherwise(column).alias(column)
    agency.tables[reference.table] = frame.with_columns(resolved).drop("_name", "_units", "_code", "_candidates")


def _resolve_jabatan(agency: Agency, table: str, column: str) -> None:
    names = agency["jabatan"].select(pl.col("nama").alias("_spelling")).drop_nulls().unique()
    if names.is_empty() or table not in agency.tables:
        return
    # Two catalogue entries that differ only in case stay two: neither spelling is forced on the other.
    folded = names.with_columns(_fold(pl.col("_spelling")).alias("_name")).unique("_name", keep="none")
    frame = agency.tables[table].with_columns(_fold(pl.col(column)).alias("_name"))
    frame = frame.join(folded, on="_name", how="left", maintain_order="left")
    agency.tables[table] = frame.with_columns(pl.coalesce("_spelling", column).alias(column)).drop("_name", "_spelling")


def _check_jabatan(agency: Agency) -> None:
    """A name that is not in the catalogue is kept: the post exists, only its requirements are unknown."""
    catalogue = _keys(agency["jabatan"], "jabatan")
    if not len(catalogue):
        return
    on_map = agency["posisi"]["jabatan"].drop_nulls().unique()
    for table, column in JABATAN_NAMES:
        known = catalogue if table == "posisi" else pl.concat([catalogue, on_map]).unique()
        rows = agency[table].filter(~pl.col(column).is_in(known.implode()))
        agency.report(UNKNOWN_JABATAN, table, rows, column, _sheet("jabatan"))
