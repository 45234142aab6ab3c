"""Where every posisi belongs: its unit, its perangkat daerah, its place in the reporting lines, and who sits there.

Files name units by code or by name, with or without a list of units; this module makes one answer of it.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.rulebook.jabatan import jenjang_from_name
from penata.snapshot.snapshot import Snapshot
from penata.snapshot.tree import Tree, build_tree

PEMERINTAH_DAERAH = "pemerintah daerah"


@dataclass(frozen=True)
class Letak:
    """Two trees and where they meet.

    ``posisi``, by kode: kode, jabatan, jenis, jenjang, kelas (from the catalogue where the map leaves them empty, the
    jenjang also from the name of a jabatan fungsional),
    unit (code), nama_unit, perangkat_daerah, nama_perangkat_daerah, atasan, kritis, status, kebutuhan and bezetting
    (both as printed), katalog (Boolean: the jabatan is in the catalogue). ``garis``: the tree of these rows.
    ``unit``, by kode: kode, nama, jenis, induk, terdaftar (Boolean: on the list of units), perangkat_daerah.
    ``susunan``: the tree of these rows. ``datar``: the file brings no tree of units; ``induk`` then follows the
    reporting lines.
    """

    posisi: pl.DataFrame
    garis: Tree
    unit: pl.DataFrame
    susunan: Tree
    datar: bool


def locate(snapshot: Snapshot) -> Letak:
    """Return where every posisi and unit of *snapshot* belongs.

    The perangkat daerah of a unit is its ancestor just below the top of the agency, the top itself for its own posisi.
    The top is the root of jenis pemerintah daerah, else the only root with children; without a top every root is a
    perangkat daerah. Without a tree of units the reporting lines decide in the same way, posisi by posisi.
    """
    posisi = _described(snapshot).sort("kode")
    garis = build_tree(posisi["kode"].to_list(), posisi["atasan"].to_list())
    posisi, unit = _matched(snapshot, posisi)
    datar = unit["induk"].is_null().all()
    if datar:
        unit = _hung(unit, posisi, garis)
    susunan = build_tree(unit["kode"].to_list(), unit["induk"].to_list())
    if datar and bool((garis.children > 0).any()):
        posisi = _perangkat_by_lines(posisi, garis)
        place = pl.Series("_place", garis.place)
        first = posisi.with_columns(place).sort("_place").unique("unit", keep="first", maintain_order=True)
        unit = unit.join(first.select(kode="unit", perangkat_daerah="perangkat_daerah"), on="kode", how="left")
        unit = unit.with_columns(pl.col("perangkat_daerah").fill_null(pl.col("kode"))).sort("kode")
    else:
        unit = unit.with_columns(perangkat_daerah=_perangkat_by_units(unit, susunan))
        posisi = posisi.join(
            unit.select(unit="kode", perangkat_daerah="perangkat_daerah"), on="unit", how="left", maintain_order="left"
        )
    names = unit.select(perangkat_daerah="kode", nama_perangkat_daerah="nama")
    return Letak(
        posisi.join(names, on="perangkat_daerah", how="left", maintain_order="left"), garis, unit, susunan, datar
    )


def count_bezetting(snapshot: Snapshot) -> tuple[pl.DataFrame, str]:
    """Return per posisi (all of them, by kode) bezetting (Float64) and plt (Int64), and whence bezetting was counted.

    Definitive holders count ("pemangku"); where the file links no people to posisi, the printed figure ("tercetak").
    """
    held = snapshot.holders.group_by("posisi").agg(
        definitif=(pl.col("jenis") == "definitif").sum(), plt=(pl.col("jenis") == "plt").sum()
    )
    frame = snapshot["posisi"].select("kode", "bezetting").join(held, left_on="kode", right_on="posisi", how="left")
    counted = bool((snapshot.holders["jenis"] == "definitif").any()) or frame["bezetting"].is_null().all()
    bezetting = pl.col("definitif") if counted else pl.col("bezetting")
    return (
        frame.select(
            "kode", bezetting=bezetting.fill_null(0).cast(pl.Float64), plt=pl.col("plt").fill_null(0).cast(pl.Int64)
        ).sort("kode"),
        "pemangku" if counted else "tercetak",
    )


def _described(snapshot: Snapshot) -> pl.DataFrame:
    catalogue = snapshot["jabatan"].select(
        "nama", *(pl.col(name).alias(f"_{name}") for name in ("jenis", "jenjang", "kelas"))
    )
    names = snapshot["posisi"]["jabatan"].drop_nulls().unique().sort()
    told = {name: jenjang_from_name(name) for name in names}
    by_name = pl.DataFrame(
        {"jabatan": told.keys(), "_told": told.values()}, schema=dict.fromkeys(("jabatan", "_told"), pl.String)
    )
    return (
        snapshot["posisi"]
        .join(by_name, on="jabatan", how="left")
        .join(catalogue.with_columns(katalog=True), left_on="jabatan", right_on="nama", how="left")
        .with_columns(
            *(pl.coalesce(name, f"_{name}").alias(name) for name in ("jenis", "jenjang", "kelas")),
            katalog=pl.col("katalog").fill_null(value=False),
        )
        .with_columns(jenjang=pl.coalesce("jenjang", pl.when(pl.col("jenis") == "fungsional").then("_told")))
        .select(
            "kode", "jabatan", "jenis", "jenjang", "kelas", "unit", "atasan", "kritis", "status", "kebutuhan",
            "bezetting", "katalog",
        )
    )  # fmt: skip


def _matched(snapshot: Snapshot, posisi: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return *posisi* with the unit as a code and its name, and all units, with those that no list knows added."""
    listed = snapshot["unit"].select("kode", "nama", "jenis", "induk", terdaftar=True)
    by_name = listed.sort("kode").unique("nama", keep="first", maintain_order=True).select(unit="nama", _kode="kode")
    known = listed["kode"].implode()
    posisi = posisi.join(by_name, on="unit", how="left", maintain_order="left").with_columns(
        unit=pl.when(pl.col("unit").is_in(known)).then("unit").otherwise(pl.coalesce("_kode", "unit"))
    )
    loose = (
        posisi.filter(pl.col("unit").is_not_null() & ~pl.col("unit").is_in(known))
        .select(kode="unit", nama="unit", terdaftar=False)
        .unique()
    )
    unit = pl.concat([listed, loose], how="diagonal").sort("kode")
    names = unit.select(unit="kode", nama_unit="nama")
    return posisi.drop("_kode").join(names, on="unit", how="left", maintain_order="left"), unit


def _hung(unit: pl.DataFrame, posisi: pl.DataFrame, garis: Tree) -> pl.DataFrame:
    """Hang each unit under the unit of the superior of its topmost posisi."""
    codes = posisi["unit"]
    above = codes.gather(np.maximum(garis.parent, 0)) if len(codes) else codes
    top = (
        posisi.select(
            "unit",
            _above=pl.when(pl.Series(garis.parent) >= 0).then(above),
            _depth=pl.Series(garis.depth),
            _place=pl.Series(garis.place),
        )
        .sort("_depth", "_place")
        .unique("unit", keep="first", maintain_order=True)
        .filter(pl.col("_above") != pl.col("unit"))
    )
    return (
        unit.drop("induk")
        .join(top.select(kode="unit", induk="_above"), on="kode", how="left")
        .select("kode", "nama", "jenis", "induk", "terdaftar")
        .sort("kode")
    )


def _perangkat_by_lines(posisi: pl.DataFrame, garis: Tree) -> pl.DataFrame:
    own_top = ~garis.missing & ~garis.cut  # a line broken by an error does not make a second top
    below = _below_top(garis, own_top)
    unit = posisi["unit"]
    return posisi.with_columns(perangkat_daerah=pl.coalesce(unit.gather(below), unit))


def _perangkat_by_units(unit: pl.DataFrame, susunan: Tree) -> pl.Series:
    regional = (unit["jenis"] == PEMERINTAH_DAERAH).fill_null(value=False).to_numpy() & (susunan.parent < 0)
    tops = regional if regional.any() else np.ones(unit.height, bool)
    return unit["kode"].gather(_below_top(susunan, tops, several=bool(regional.any())))


def _below_top(tree: Tree, candidates: NDArray[np.bool_], *, several: bool = False) -> NDArray[np.int64]:
    """Return for every node the node below the top of its tree, or the root of its tree where that is no top.

    A top is a root among *candidates* with children; unless *several* are allowed it must be the only one.
    """
    tops = candidates & (tree.parent < 0) & (tree.children > 0)
    if not several and np.count_nonzero(tops) != 1:
        tops = np.zeros_like(tops)
    root = tree.ancestor_at(0)
    return np.where(tops[root], tree.ancestor_at(1), root) if len(root) else root
