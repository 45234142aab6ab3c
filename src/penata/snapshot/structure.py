"""Counting the structure of a map: the figures by which an import of somebody else's map is verified."""

from typing import Any

import polars as pl

from penata.snapshot.snapshot import Snapshot
from penata.snapshot.tree import build_tree

# Words that mappings put into posisi.keterangan, separated by "; ".
GRADE = "grade "
GROUP = "kelompok posisi"
UNDISCLOSED = "nama tidak diungkap"


def count_structure(snapshot: Snapshot) -> dict[str, Any]:
    """Return counts of the map in *snapshot*; groups of posts (marked in keterangan) are counted apart as junior.

    ``kedalaman_maks`` is the largest number of superiors above a post; ``rentang_kendali_maks`` the largest number of
    single posts under one superior; FTE is the number of posts that the map states (kebutuhan, else bezetting).
    """
    remarks = pl.col("keterangan").fill_null("").str.split("; ")
    posisi = snapshot["posisi"].with_columns(
        remarks.list.contains(GROUP).alias("_group"),
        remarks.list.contains(UNDISCLOSED).alias("_undisclosed"),
        remarks.list.eval(pl.element().filter(pl.element().str.starts_with(GRADE))).list.first().alias("_grade"),
        pl.coalesce("kebutuhan", "bezetting").fill_null(0.0).alias("_fte"),
    )
    single, groups = posisi.filter(~pl.col("_group")), posisi.filter("_group")
    codes = single["kode"].unique().sort()
    distinct = single.unique("kode", keep="first", maintain_order=True)
    tree = build_tree(distinct["kode"].to_list(), distinct["atasan"].to_list())
    unknown = pl.col("atasan").is_not_null() & ~pl.col("atasan").is_in(codes.implode())
    active = single.filter(pl.col("status").fill_null("aktif") != "dihapus")
    return {
        "posisi_senior": single.height,
        "nomor_posisi_unik": len(codes),
        "nomor_ganda": single.height - len(codes),
        "puncak": int(single["atasan"].is_null().sum()),
        "atasan_tak_dikenal": single.filter(unknown).height,
        "siklus": int(tree.cut.sum()),
        "kedalaman_maks": int(tree.depth.max(initial=0)),
        "lowong": active.filter(pl.col("bezetting") == 0).height,
        "dihapus": single.height - active.height,
        "tak_diungkap": int(single["_undisclosed"].sum()),
        "fte_senior": round(float(single["_fte"].sum()), 2),
        "baris_junior": groups.height,
        "fte_junior": round(float(groups["_fte"].sum()), 2),
        "junior_atasan_tak_dikenal": groups.filter(unknown).height,
        "rentang_kendali_maks": int(tree.children.max(initial=0)),
        "tingkat_grade": single["_grade"].drop_nulls().n_unique(),
    }
