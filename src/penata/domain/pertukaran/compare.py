"""What an import would change: every row of the file against the row of the database with the same key."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import polars as pl

from penata.domain.pertukaran.merging import DEFINITIF, GROUPS, Given
from penata.domain.sheets import Delta
from penata.snapshot.schema import TABLES


@dataclass(frozen=True)
class Comparison:
    """The delta of one table; ``new_at`` and ``changed_at`` are the places (_origin, _row) of its rows, row by row."""

    table: str
    delta: Delta
    new_at: pl.DataFrame
    changed_at: pl.DataFrame
    unchanged: int


def compare(
    given: Given, rows: Mapping[str, pl.DataFrame], current: Mapping[str, pl.DataFrame], refused: pl.DataFrame
) -> dict[str, Comparison]:
    """Compare the *rows* that hold with *current*, table by table in the order of the schema."""
    seated = _seated(rows, current)
    done = {}
    for name in TABLES:
        if name in seated:
            gone = _gone(name, given, seated[name], current[name], refused)
            done[name] = _compared(name, seated[name], current[name], gone, given.columns.get(name, ()))
    return done


def digest(comparisons: Mapping[str, Comparison]) -> str:
    """Return the SHA-256 of everything that would be written."""
    seal = sha256()
    for name, one in comparisons.items():
        for part in (one.delta.new, one.delta.changed, one.delta.before, one.delta.gone):
            seal.update(f"\n[{name}]\n".encode())
            seal.update(part.write_csv(null_value="\\N", quote_style="non_numeric").encode())
    return seal.hexdigest()


def _seated(rows: Mapping[str, pl.DataFrame], current: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return *rows* with the posisi of people as the holders say it, which is where the database keeps it."""
    if "pegawai" not in rows:
        return dict(rows)
    held = rows["pemangku"] if "pemangku" in rows else current["pemangku"]
    seats = (
        held.filter(pl.col("jenis") == DEFINITIF).unique("nip", keep="first").select("nip", _seat="posisi", _tmt="tmt")
    )
    stated = "pemangku" in rows
    people = rows["pegawai"].join(seats, on="nip", how="left", maintain_order="left")
    if stated:
        # Whom the file's holders do not name keeps the seat of the database, unless the own row empties it.
        known = current["pemangku"].filter(pl.col("jenis") == DEFINITIF).unique("nip", keep="first")
        known = known.select("nip", _kini="posisi", _kini_tmt="tmt")
        people = people.join(known, on="nip", how="left", maintain_order="left")
        stays = pl.col("posisi").is_not_null() & pl.col("_seat").is_null()
        people = people.with_columns(
            _seat=pl.when(stays).then("_kini").otherwise("_seat"),
            _tmt=pl.when(stays).then("_kini_tmt").otherwise("_tmt"),
        ).drop("_kini", "_kini_tmt")
    people = people.with_columns(posisi="_seat", tmt_jabatan="_tmt").drop("_seat", "_tmt")
    return {**rows, "pegawai": people}


def _gone(name: str, given: Given, rows: pl.DataFrame, now: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the database that the file ends: holders placed elsewhere, tasks of a posisi not named."""
    if name == "pemangku":
        placed = rows.filter(pl.col("jenis") == DEFINITIF).select("nip")
        emptied = given.emptied.join(refused, on=["_origin", "_row"], how="anti").select("nip")
        moved = now.filter(pl.col("jenis") == DEFINITIF).join(
            pl.concat([placed, emptied]).unique(), on="nip", how="semi"
        )
        return moved.join(rows, on=list(TABLES[name].key), how="anti")
    if name in GROUPS:
        key = list(TABLES[name].key)
        here = now.join(rows.select(GROUPS[name]).unique(), on=list(GROUPS[name]), how="semi")
        missing = _numbered(name, here).join(_numbered(name, rows), on=[*key, "_nth"], how="anti", nulls_equal=True)
        # A row whose correction was refused stays as it is.
        kept = given.tables[name].join(refused, on=["_origin", "_row"], how="semi")
        return missing.drop("_nth").join(kept, on=key, how="anti", nulls_equal=True)
    return now.clear()


def _numbered(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return *rows* with ``_nth``: their number among the rows of one key, in the order of their values."""
    key = list(TABLES[name].key)
    if TABLES[name].unique:
        return rows.with_columns(pl.int_range(pl.len()).over(key).alias("_nth"))
    placed = rows.with_row_index("_at").sort([*TABLES[name].polars_schema, "_at"], nulls_last=True)
    return placed.with_columns(pl.int_range(pl.len()).over(key).alias("_nth")).sort("_at").drop("_at")


def _compared(
    name: str, rows: pl.DataFrame, now: pl.DataFrame, gone: pl.DataFrame, columns: tuple[str, ...]
) -> Comparison:
    """Rows with one key are matched in the order of their values, so that shuffling a file changes nothing."""
    schema = list(TABLES[name].polars_schema)
    key, values = list(TABLES[name].key), [column for column in schema if column not in TABLES[name].key]
    known = _numbered(name, now).rename({column: f"_kini_{column}" for column in values}).with_columns(_ada=True)
    joined = _numbered(name, rows).join(known, on=[*key, "_nth"], how="left", nulls_equal=True, maintain_order="left")
    there = pl.col("_ada").fill_null(value=False)
    same = pl.all_horizontal(
        pl.lit(value=True), *(pl.col(column).eq_missing(pl.col(f"_kini_{column}")) for column in values)
    )
    new, changed = joined.filter(~there), joined.filter(there & ~same)
    delta = Delta(
        new=new.select(schema),
        changed=changed.select(schema),
        before=changed.select(*key, *(pl.col(f"_kini_{column}").alias(column) for column in values)).select(schema),
        gone=gone.select(schema),
        columns=columns,
    )
    at = ["_origin", "_row"]
    return Comparison(name, delta, new.select(at), changed.select(at), joined.height - new.height - changed.height)
