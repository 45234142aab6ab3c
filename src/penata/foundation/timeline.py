"""Period rows as columns: what holds from a day on, with the old period closed and the new one opened.

One owner (a unit, a posisi) has periods that do not overlap. Writing values from a day on splits the period in force;
a period that began that very day is corrected in place; a period equal to its neighbour becomes one with it.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import models

from penata.foundation import bulk
from penata.foundation.journal import Journal, shaped

FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Written:
    """How many periods were opened, and how many corrected in place."""

    opened: int
    corrected: int


def write_periods(
    model: type[models.Model],
    owner: str,
    rows: pl.DataFrame,
    *,
    as_of: date,
    journal: Journal,
    penetapan_id: int | None = None,
) -> Written:
    """Make the values of *rows* (column *owner* and value columns) hold from *as_of* until the period's present end.

    *model* has the columns ``mulai``, ``selesai`` and ``penetapan_id``.
    """
    if rows.is_empty():
        return Written(0, 0)
    values = [name for name in rows.columns if name != owner]
    fresh = shaped(model, rows).join(_around(model, owner, rows[owner], values, as_of), on=owner, how="left")
    same_before = _equal(values, "_lama_") & pl.col("_lama_id").is_not_null()
    same_after = _equal(values, "_lanjut_") & pl.col("_lanjut_id").is_not_null()
    fresh = fresh.with_columns(_serap=same_before, _majukan=same_after & ~same_before, _mulai_ini=_began(as_of))
    begun = fresh.filter("_mulai_ini")
    older = fresh.filter(pl.col("_id").is_not_null() & ~pl.col("_mulai_ini"))
    joined = begun.filter(pl.col("_serap") | pl.col("_majukan"))
    act = pl.lit(penetapan_id, dtype=pl.Int64).alias("penetapan_id")

    # Old periods end before new ones begin: SQLite looks for overlap at every statement.
    journal.delete(model, joined["_id"].drop_nulls())
    journal.update(model, older.select(pl.col("_id").alias("id"), pl.lit(as_of).alias("selesai")))
    alone = ~pl.col("_serap") & ~pl.col("_majukan")
    corrected = begun.filter(alone)
    journal.update(model, corrected.select(pl.col("_id").alias("id"), *values, act))
    absorbed = fresh.filter("_serap")
    journal.update(model, absorbed.select(pl.col("_lama_id").alias("id"), pl.col("_akhir").alias("selesai")))
    advanced = fresh.filter("_majukan")
    journal.update(model, advanced.select(pl.col("_lanjut_id").alias("id"), pl.lit(as_of).alias("mulai")))
    opened = fresh.filter(alone & ~pl.col("_mulai_ini"))
    journal.insert(
        model, opened.select(owner, *values, pl.lit(as_of).alias("mulai"), pl.col("_akhir").alias("selesai"), act)
    )
    return Written(opened.height + advanced.height, corrected.height + absorbed.height)


def end_periods(model: type[models.Model], rows: pl.DataFrame, *, as_of: date, journal: Journal) -> int:
    """End the periods *rows* (columns id, mulai) on *as_of*; one that began that day never held and is deleted."""
    journal.delete(model, rows.filter(pl.col("mulai") >= as_of)["id"])
    running = rows.filter(pl.col("mulai") < as_of)
    journal.update(model, running.select("id", pl.lit(as_of).alias("selesai")))
    return rows.height


def _began(as_of: date) -> pl.Expr:
    return (pl.col("_mulai") == as_of).fill_null(value=False)


def _equal(values: list[str], prefix: str) -> pl.Expr:
    return pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{prefix}{name}")) for name in values)


def _around(model: type[models.Model], owner: str, owners: pl.Series, values: list[str], as_of: date) -> pl.DataFrame:
    """Return per owner the period in force (_id, _mulai), the one that ended on the day, and the one that follows.

    ``_akhir`` is where a period from *as_of* on has to end: at the end of the one in force, or where the next begins.
    """
    columns = ["id", owner, "mulai", "selesai", *values]
    paths = {item.column: item.attname for item in model._meta.concrete_fields}
    every = bulk.select(
        models.QuerySet(model).values_list(*(paths[name] for name in columns)), bulk.schema_of(model, columns)
    ).join(owners.unique().to_frame(), on=owner, how="semi")
    end = pl.col("selesai").fill_null(FAR)
    now = every.filter((pl.col("mulai") <= as_of) & (end > as_of)).select(
        owner, _id="id", _mulai="mulai", _selesai="selesai"
    )
    before = every.filter(pl.col("selesai") == as_of).select(
        owner, _lama_id="id", **{f"_lama_{name}": pl.col(name) for name in values}
    )
    follows = (
        every.filter(pl.col("mulai") > as_of)
        .sort("mulai")
        .unique(owner, keep="first", maintain_order=True)
        .select(owner, _lanjut_id="id", _lanjut_mulai="mulai", **{f"_lanjut_{name}": pl.col(name) for name in values})
    )
    # A follower counts as a neighbour only when nothing lies between it and what is written.
    return (
        owners.unique()
        .to_frame()
        .join(now, on=owner, how="left")
        .join(before, on=owner, how="left")
        .join(follows, on=owner, how="left")
        .with_columns(_akhir=pl.when(pl.col("_id").is_not_null()).then("_selesai").otherwise("_lanjut_mulai"))
        .with_columns(
            _lanjut_id=pl.when(pl.col("_lanjut_mulai").eq_missing(pl.col("_akhir"))).then("_lanjut_id"),
        )
    )
