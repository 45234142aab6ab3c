"""Keys: what must be filled, what must be unique, and rows that merely repeat another."""

import polars as pl

from penata.language import _
from penata.snapshot.schema import TABLES, Column, Table
from penata.snapshot.validation.agency import Agency, Parts, fill, named, shown
from penata.snapshot.validation.catalogue import DUPLICATE_KEY, REPEATED_ROW, REPEATED_TASK, REQUIRED_EMPTY


def check(agency: Agency) -> None:
    """Report empty required cells, keys used twice and repeated rows."""
    for name, frame in agency.tables.items():
        table = TABLES[name]
        for column in table.columns:
            if column.required:
                agency.report(REQUIRED_EMPTY, name, frame.filter(_empty(column)), column.name)
        if table.unique:
            _check_unique(agency, table, frame)
    _check_tasks(agency)


def _empty(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    is_text = column.name in {"kode", "nama", "nip", "tugas"}
    return value.is_null() | (value.str.strip_chars() == "") if is_text else value.is_null()


def _check_unique(agency: Agency, table: Table, frame: pl.DataFrame) -> None:
    """Rows under one key: identical ones count once, different ones are all refused (nobody knows which is right)."""
    key = list(table.key)
    filled = pl.all_horizontal(pl.col(column.name).is_not_null() for column in table.columns if column.required)
    twice = frame.filter(filled).filter(pl.struct(key).is_duplicated())
    if twice.is_empty():
        return
    content = [column.name for column in table.columns]
    twice = twice.sort("_origin", "_row", "_i").with_columns(
        pl.struct(content).n_unique().over(key).alias("_kinds"),
        pl.len().over(key).alias("_count"),
        pl.int_range(pl.len()).over(key).alias("_nth"),
        named(pl.col("_row")).over(key).alias("_rows"),
    )
    parts: Parts = {
        "kolom": " + ".join(_(table.column(name).title) for name in key),
        "kunci": " + ".join(_(table.column(name).title).lower() for name in key),
        "value": pl.concat_str([shown(table.column(name)) for name in key], separator=" + ", ignore_nulls=True),
        "count": pl.col("_count"),
        "rows": pl.when(pl.col("_rows") != "").then(fill(_(" (baris {rows})"), {"rows": pl.col("_rows")})),
    }
    agency.report(DUPLICATE_KEY, table.name, twice.filter(pl.col("_kinds") > 1), key[0], parts)
    repeated = twice.filter((pl.col("_kinds") == 1) & (pl.col("_nth") > 0))
    agency.report(REPEATED_ROW, table.name, repeated, key[0], parts)
    agency.drop_repeated(table.name, repeated)


def _check_tasks(agency: Agency) -> None:
    """A task may be listed twice on purpose, but twice with the same figures deserves a look."""
    content = ["posisi", "tugas", "volume", "periode", "norma_waktu", "satuan_waktu", "metode", "standar"]
    tasks = agency["beban_kerja"].filter(pl.col("tugas").is_not_null() & pl.col("volume").is_not_null())
    twice = tasks.filter(pl.struct(content).is_duplicated()).sort("_origin", "_row", "_i")
    again = twice.with_columns(
        pl.len().over(content).alias("_count"), pl.int_range(pl.len()).over(content).alias("_nth")
    ).filter(pl.col("_nth") > 0)
    agency.report(REPEATED_TASK, "beban_kerja", again, "tugas", {"count": pl.col("_count")})
