"""The file's rows laid over the tables of the database: what the agency would be if the import went through.

Every row carries where it came from: ``_origin`` and ``_row`` of the file, both null for a row of the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from penata.domain import sheets
from penata.domain.beban_kerja.sheet import BebanKerjaSheet
from penata.snapshot.assemble import assemble
from penata.snapshot.schema import TABLES

DEFINITIF = "definitif"
PLACE = {"_origin": pl.Int32, "_row": pl.Int64}
CORE = ("unit", "jabatan", "posisi", "pegawai", "pemangku")  # what rows of any table may refer to
REFERRED = ("unit", "jabatan", "posisi", "pegawai")
# Tables without a key of their own: what is replaced together.
GROUPS: Mapping[str, tuple[str, ...]] = {"beban_kerja": ("posisi",)}


@dataclass(frozen=True)
class Given:
    """What the file brings. ``tables`` hold whole rows; ``columns`` names what the file really said per table.

    ``emptied``: NIP of those whose row says that they hold no posisi any more, with the place of the row.
    """

    tables: Mapping[str, pl.DataFrame]
    columns: Mapping[str, tuple[str, ...]]
    emptied: pl.DataFrame


def prepare(raw: Mapping[str, pl.DataFrame], current: Mapping[str, pl.DataFrame]) -> Given:
    """Return the rows of the file completed: from each other, and by what the database says where the file is silent.

    *raw* are tables as :func:`penata.snapshot.workbook.read_raw` returns them, *current* those of the database.
    """
    columns = {
        name: tuple(column for column in TABLES[name].polars_schema if column in frame.columns)
        for name, frame in raw.items()
    }
    plain = {name: _plain(frame) for name, frame in raw.items()}
    spelled = _spelled(plain, current["jabatan"])
    filled = _filled(spelled, current)
    tables = {name: _completed(name, filled[name], columns[name], current[name]) for name in raw}
    return _with_holders(Given(tables, columns, _nobody()), current["pemangku"])


def merge(given: Given, current: Mapping[str, pl.DataFrame], refused: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return every table with the file's rows in the place of those they replace.

    *refused*: places of rows that do not count. Where the database has such a row it stays as it is; where it has not,
    the key alone is kept and marked ``_refused``, so that what refers to it can be told.
    """
    merged = {}
    for name, now in current.items():
        rows = given.tables.get(name)
        if rows is None:
            merged[name] = now
            continue
        key = list(GROUPS.get(name, TABLES[name].key))
        out = rows.join(refused, on=["_origin", "_row"], how="semi")
        good = rows.join(refused, on=["_origin", "_row"], how="anti")
        lost = out.join(now, on=key, how="anti", nulls_equal=True).select(
            *key, *PLACE, pl.lit(value=True).alias("_refused")
        )
        rest = now.join(good, on=key, how="anti", nulls_equal=True)
        if name == "pemangku":
            rest = _still_holding(rest, given, good, refused)
        parts = [good, lost, rest] if name in REFERRED else [good, rest]
        merged[name] = pl.concat(parts, how="diagonal")
    return merged


def _still_holding(rest: pl.DataFrame, given: Given, good: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """Return the holders of the database without the definitive ones whom the file places elsewhere."""
    elsewhere = pl.concat(
        [
            good.filter(pl.col("jenis") == DEFINITIF).select("nip"),
            given.emptied.join(refused, on=["_origin", "_row"], how="anti").select("nip"),
        ]
    ).unique()
    moved = rest.filter(pl.col("jenis") == DEFINITIF).join(elsewhere, on="nip", how="semi")
    return rest.join(moved, on=["nip", "posisi", "jenis"], how="anti")


def _nobody() -> pl.DataFrame:
    return pl.DataFrame(schema={"nip": pl.String, **PLACE})


def no_places() -> pl.DataFrame:
    """Return no places."""
    return pl.DataFrame(schema=PLACE)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return *frame* with empty text as null and without characters that a database refuses."""
    text = pl.col(pl.String).str.replace_all("\0", "", literal=True)
    return frame.with_columns(pl.when(text != "").then(text).name.keep())


def _fold(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def _spelled(tables: Mapping[str, pl.DataFrame], catalogue: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Spell jabatan as the catalogue does wherever their name is part of a key."""
    done = dict(tables)
    known = catalogue.select(_spelling="nama", _name=_fold("nama")).unique("_name", keep="none")
    for name, column in (("jabatan", "nama"), ("standar_kompetensi", "jabatan")):
        if name in done and column in done[name].columns:
            joined = (
                done[name].with_columns(_name=_fold(column)).join(known, on="_name", how="left", maintain_order="left")
            )
            done[name] = joined.with_columns(pl.coalesce("_spelling", column).alias(column)).drop("_name", "_spelling")
        if name == "jabatan" and name in done:
            fresh = done[name].select(_spelling="nama", _name=_fold("nama")).join(known, on="_name", how="anti")
            known = pl.concat([known, fresh]).unique("_name", keep="none")
    return done


def _filled(tables: Mapping[str, pl.DataFrame], current: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Fill jenis, jenjang and kelas of posisi from the jabatan and the other way round, as reading a folder does."""
    if "posisi" not in tables:
        return dict(tables)
    catalogue = current["jabatan"]
    if "jabatan" in tables:
        rest = catalogue.join(tables["jabatan"], on="nama", how="anti")
        catalogue = pl.concat([tables["jabatan"], rest], how="diagonal")
    done = dict(assemble({**tables, "jabatan": catalogue, "unit": tables.get("unit", current["unit"])}).tables)
    if "jabatan" in tables:
        done["jabatan"] = done["jabatan"].filter(pl.col("_row").is_not_null())
    return {name: done[name] for name in tables}


def _completed(name: str, rows: pl.DataFrame, columns: tuple[str, ...], now: pl.DataFrame) -> pl.DataFrame:
    """Return whole rows: columns that the file does not bring keep the value of the database."""
    table = TABLES[name]
    schema = table.polars_schema
    absent = [column for column in schema if column not in rows.columns]
    whole = rows.with_columns(pl.lit(None, dtype=schema[column]).alias(column) for column in absent)
    silent = [column for column in schema if column not in columns]
    if silent and table.unique and set(table.key) <= set(columns):
        known = now.unique(list(table.key), keep="first").select(
            *table.key,
            pl.lit(value=True).alias("_ada"),
            *(pl.col(column).alias(f"_kini_{column}") for column in silent),
        )
        joined = whole.join(known, on=list(table.key), how="left", nulls_equal=True, maintain_order="left")
        whole = joined.with_columns(
            pl.when("_ada").then(f"_kini_{column}").otherwise(column).alias(column) for column in silent
        )
    return whole.select(*schema, "_origin", "_row", pl.col("_refused").fill_null(value=False))


def _with_holders(given: Given, now: pl.DataFrame) -> Given:
    """Derive holders from the posisi that rows of people state; a row of the sheet of holders goes before it.

    Derived rows carry the place of the row of the person, so that what is wrong with them is shown there.
    """
    if "posisi" not in given.columns.get("pegawai", ()):
        return given
    sheet = given.tables.get("pemangku")
    people = given.tables["pegawai"]
    if sheet is not None:
        people = people.join(sheet.filter(pl.col("jenis") == DEFINITIF), on="nip", how="anti")
    stated = people.filter(pl.col("posisi").is_not_null()).select(
        "nip", "posisi", pl.lit(DEFINITIF).alias("jenis"), pl.col("tmt_jabatan").alias("tmt"),
        pl.lit(None, dtype=pl.String).alias("nomor_sk"), "_origin", "_row", "_refused",
    )  # fmt: skip
    says_tmt = "tmt_jabatan" in given.columns["pegawai"]
    brought = ("nip", "posisi", "jenis", *(("tmt",) if says_tmt else ()))
    derived = _completed("pemangku", stated, brought, now)
    emptied = people.filter(pl.col("posisi").is_null()).select("nip", *PLACE)
    rows = derived if sheet is None else pl.concat([sheet, derived])
    columns = {**given.columns, "pemangku": given.columns.get("pemangku", brought)}
    return replace(given, tables={**given.tables, "pemangku": rows}, columns=columns, emptied=emptied)


def read_current(tables: Iterable[str], as_of: date, *, langsung: bool) -> dict[str, pl.DataFrame]:
    """Return the named tables and the core ones as the database has them on *as_of*, in the order of the schema."""
    workload = BebanKerjaSheet()
    return {
        name: workload.compared(as_of, langsung=langsung) if name == workload.table else sheets.read(name, as_of)
        for name in TABLES
        if name in {*tables, *CORE}
    }
