"""Completing tables from each other before they are checked: what one sheet leaves out, another often says.

Nothing is invented: a unit, a jabatan or a level appears only where some row of the files states it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from penata.foundation.spreadsheet.problems import finding
from penata.snapshot.schema import POLARS, TABLES
from penata.snapshot.tree import build_tree
from penata.snapshot.vocabulary import jenis_and_jenjang

_SHARED = ("jenis", "jenjang", "kelas")  # stated for a jabatan and for each posisi of it


@dataclass(frozen=True)
class Assembled:
    """Completed tables, and findings that say what was derived."""

    tables: Mapping[str, pl.DataFrame]
    findings: list[dict[str, Any]]


def assemble(tables: Mapping[str, pl.DataFrame]) -> Assembled:
    """Return *tables* (columns of the schema plus provenance) completed from each other.

    - jenis, jenjang and kelas of a posisi come from its jabatan where they are empty, and the other way round where all
      posisi of the jabatan agree;
    - without a table of jabatan, the jabatan named by posisi; without a table of unit, the units named by posisi, each
      under the unit of the superior of its topmost posisi.

    Derived rows carry the provenance of the posisi that they were derived from.
    """
    if "posisi" not in tables or not {"kode", "jabatan", "unit"} <= set(tables["posisi"].columns):
        return Assembled(dict(tables), [])
    done = dict(tables)
    found = []
    posisi = _complete(tables["posisi"], "posisi")
    if "jabatan" in tables:
        jabatan = _complete(tables["jabatan"], "jabatan")
        done["jabatan"] = _fill(jabatan, "nama", _agreed(posisi))
        stated = jabatan.rename({"nama": "jabatan"}).select("jabatan", *_SHARED)
        posisi = _fill(posisi, "jabatan", _agreed(stated))
    posisi = done["posisi"] = _jenjang_by_name(posisi)
    if "jabatan" not in tables:
        derived = _derive_jabatan(posisi)
        if derived.height:
            done["jabatan"] = derived
            found.append(finding("B41", table="jabatan", count=derived.height))
    if "unit" not in tables:
        done["unit"] = _derive_unit(posisi)
        found.append(finding("B40", table="unit", count=done["unit"].height))
    return Assembled(done, found)


def _complete(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return *frame* with every column of table *name*, absent ones null."""
    absent = [column for column in TABLES[name].columns if column.name not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=POLARS[column.kind]).alias(column.name) for column in absent)


def _name(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars().alias("_name")


def _agreed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return per jabatan the shared columns on which all its rows that state them agree."""
    return (
        frame.filter(pl.col("jabatan").is_not_null())
        .group_by(_name("jabatan"))
        .agg(
            pl.when(pl.col(name).drop_nulls().n_unique() == 1).then(pl.col(name).drop_nulls().min()).alias(f"_{name}")
            for name in _SHARED
        )
    )


def _fill(frame: pl.DataFrame, column: str, stated: pl.DataFrame) -> pl.DataFrame:
    """Fill empty shared columns of *frame* by the jabatan named in *column*."""
    joined = frame.with_columns(_name(column)).join(stated, on="_name", how="left", maintain_order="left")
    filled = joined.with_columns(pl.coalesce(name, f"_{name}").alias(name) for name in _SHARED)
    return filled.drop("_name", *(f"_{name}" for name in _SHARED))


def _jenjang_by_name(posisi: pl.DataFrame) -> pl.DataFrame:
    """Fill the empty jenjang of a fungsional post whose very name ends with it (``... Ahli Muda``)."""
    names = posisi.filter((pl.col("jenis") == "fungsional") & pl.col("jenjang").is_null())["jabatan"].drop_nulls()
    said = {name: jenis_and_jenjang(name)[1] for name in names.unique().sort().to_list()}
    if not said:
        return posisi
    table = pl.DataFrame({"jabatan": list(said), "_said": list(said.values())}, schema_overrides={"_said": pl.String})
    joined = posisi.join(table, on="jabatan", how="left", maintain_order="left")
    fungsional = pl.when(pl.col("jenis") == "fungsional").then(pl.col("_said"))
    return joined.with_columns(pl.coalesce("jenjang", fungsional).alias("jenjang")).drop("_said")


def _derive_jabatan(posisi: pl.DataFrame) -> pl.DataFrame:
    """Return one row per jabatan whose jenis the posisi state; what their rows do not agree on stays empty."""
    agreed = _agreed(posisi)
    provenance = [name for name in ("_origin", "_row") if name in posisi.columns]
    first = (
        posisi.filter(pl.col("jabatan").is_not_null())
        .sort("kode", *provenance, nulls_last=True)
        .with_columns(_name("jabatan"))
        .group_by("_name", maintain_order=True)
        .agg(pl.col("jabatan").min().alias("nama"), *(pl.col(name).first() for name in provenance))
    )
    derived = first.join(agreed.filter(pl.col("_jenis").is_not_null()), on="_name", maintain_order="left").drop("_name")
    return derived.rename({f"_{name}": name for name in _SHARED})


def _derive_unit(posisi: pl.DataFrame) -> pl.DataFrame:
    """Return one row per unit that posisi name, its name being its code.

    The parent of a unit is the unit of the superior of its topmost posisi. Depth falls strictly along that line and
    circles of reporting lines are cut, so no circle of units can arise.
    """
    provenance = [name for name in ("_origin", "_row") if name in posisi.columns]
    named = posisi.filter(pl.col("unit").is_not_null()).sort("kode", *provenance, nulls_last=True)
    lines = named.select("kode", "atasan", "unit").filter(pl.col("kode").is_not_null()).unique("kode", keep="first")
    tree = build_tree(lines["kode"].to_list(), lines["atasan"].to_list())
    depth = lines.select("kode", pl.Series("_depth", tree.depth))
    above = lines.select(pl.col("kode").alias("atasan"), pl.col("unit").alias("_above"))
    heads = (
        named.join(depth, on="kode", how="left", maintain_order="left")
        .sort("_depth", "kode", *provenance, nulls_last=True)
        .group_by("unit", maintain_order=True)
        .agg(pl.first("atasan", "_depth", *provenance))
        .join(above, on="atasan", how="left", maintain_order="left")
    )
    parent = pl.when((pl.col("_above") != pl.col("unit")) & (pl.col("_depth") > 0)).then("_above")
    return heads.select(pl.col("unit").alias("kode"), pl.col("unit").alias("nama"), parent.alias("induk"), *provenance)
