"""Peta jabatan: bezetting B, kebutuhan K and +/- of every posisi, rolled up over the reporting lines and the units."""

from dataclasses import dataclass

import polars as pl

from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.letak import Letak, count_bezetting, locate
from penata.snapshot.snapshot import Snapshot
from penata.snapshot.tree import Tree

FIGURES = ("bezetting", "kebutuhan", "kurang", "lebih", "kosong")
KNOWN = pl.col("kebutuhan").is_not_null()


@dataclass(frozen=True)
class Peta:
    """The map as columns; roll-ups are computed, never stored.

    ``posisi`` in drawing order (preorder of the reporting lines): urut, kode, jabatan, jenis, jenjang, kelas, unit
    (code), nama_unit, perangkat_daerah (code of the unit below the root; the root itself for its own posisi),
    nama_perangkat_daerah, atasan, kedalaman, bezetting (definitive holders, or the printed figure where the file brings
    no people), plt, kebutuhan (null when unknown), selisih (B - K, null when K is unknown), keadaan ("kosong",
    "kurang", "sesuai", "lebih", "tanpa kebutuhan"), bawahan_langsung, bezetting_kumulatif, kebutuhan_kumulatif,
    selisih_kumulatif, kritis, status.
    ``unit`` in preorder of the tree: urut, kode, nama, jenis, induk, kedalaman, perangkat_daerah, posisi (count),
    bezetting, kebutuhan, kurang (missing people summed over posisi), lebih (surplus summed), kosong (posisi without
    any holder although needed), and the same five with ``_kumulatif`` over the subtree.
    ``asal_bezetting``: "pemangku" or "tercetak". ``total``: posisi, bezetting, kebutuhan, kurang, lebih, kosong,
    terisi (seats of K that are filled).

    Cumulative figures include the row itself; an unknown need counts as nothing, and where none below is known the
    cumulative need and difference are null.
    """

    posisi: pl.DataFrame
    unit: pl.DataFrame
    asal_bezetting: str
    total: dict[str, float]


def build_peta(snapshot: Snapshot, kebutuhan: Kebutuhan) -> Peta:
    """Join need and holders per posisi and roll both up."""
    letak = locate(snapshot)
    bezetting, asal = count_bezetting(snapshot)
    posisi = (
        letak.posisi.drop("kebutuhan", "bezetting")
        .join(bezetting, on="kode", how="left", maintain_order="left")
        .join(kebutuhan.posisi.select("kode", "kebutuhan"), on="kode", how="left", maintain_order="left")
        .with_columns(selisih=pl.col("bezetting") - pl.col("kebutuhan"))
        .with_columns(
            keadaan=_state(),
            kurang=pl.max_horizontal(-pl.col("selisih"), 0.0).fill_null(0.0),
            lebih=pl.max_horizontal(pl.col("selisih"), 0.0).fill_null(0.0),
            kosong=((pl.col("kebutuhan") > 0) & (pl.col("bezetting") == 0)).fill_null(value=False),
        )
    )
    return Peta(
        posisi=_posisi_rows(posisi, letak.garis),
        unit=_unit_rows(posisi, letak),
        asal_bezetting=asal,
        total={
            "posisi": float(posisi.height),
            **{name: float(posisi[name].sum()) for name in FIGURES},
            "terisi": float(posisi.select(pl.min_horizontal("bezetting", "kebutuhan").filter(KNOWN)).sum().item()),
        },
    )


def _state() -> pl.Expr:
    need, staff = pl.col("kebutuhan"), pl.col("bezetting")
    return (
        pl.when(need.is_null())
        .then(pl.lit("tanpa kebutuhan"))
        .when((need > 0) & (staff == 0))
        .then(pl.lit("kosong"))
        .when(staff < need)
        .then(pl.lit("kurang"))
        .when(staff > need)
        .then(pl.lit("lebih"))
        .otherwise(pl.lit("sesuai"))
    )


def _posisi_rows(posisi: pl.DataFrame, garis: Tree) -> pl.DataFrame:
    """Return the posisi in preorder with what lies below each of them summed up."""
    return (
        posisi.with_columns(
            kedalaman=pl.Series(garis.depth),
            bawahan_langsung=pl.Series(garis.children),
            urut=pl.Series(garis.place) + 1,
            bezetting_kumulatif=_below(garis, posisi["bezetting"]),
            kebutuhan_kumulatif=_below(garis, posisi["kebutuhan"]),
        )
        .with_columns(selisih_kumulatif=pl.col("bezetting_kumulatif") - pl.col("kebutuhan_kumulatif"))
        .sort("urut")
        .select(
            "urut", "kode", "jabatan", "jenis", "jenjang", "kelas", "unit", "nama_unit", "perangkat_daerah",
            "nama_perangkat_daerah", "atasan", "kedalaman", "bezetting", "plt", "kebutuhan", "selisih", "keadaan",
            "bawahan_langsung", "bezetting_kumulatif", "kebutuhan_kumulatif", "selisih_kumulatif", "kritis", "status",
        )
    )  # fmt: skip


def _unit_rows(posisi: pl.DataFrame, letak: Letak) -> pl.DataFrame:
    """Return the units in preorder with the figures of their own posisi and of all below them."""
    own = posisi.group_by(kode="unit").agg(
        posisi=pl.len().cast(pl.Int64),
        bezetting=pl.col("bezetting").sum(),
        kebutuhan=pl.when(KNOWN.any()).then(pl.col("kebutuhan").sum()),
        kurang=pl.col("kurang").sum(),
        lebih=pl.col("lebih").sum(),
        kosong=pl.col("kosong").sum().cast(pl.Int64),
    )
    counted = ("posisi", "bezetting", "kurang", "lebih", "kosong")
    unit = letak.unit.join(own, on="kode", how="left", maintain_order="left").with_columns(pl.col(counted).fill_null(0))
    tree = letak.susunan
    return (
        unit.with_columns(
            urut=pl.Series(tree.place) + 1,
            kedalaman=pl.Series(tree.depth),
            **{f"{name}_kumulatif": _below(tree, unit[name]).cast(unit[name].dtype) for name in FIGURES},
        )
        .sort("urut")
        .select(
            "urut", "kode", "nama", "jenis", "induk", "kedalaman", "perangkat_daerah", "posisi", *FIGURES,
            *(f"{name}_kumulatif" for name in FIGURES),
        )
    )  # fmt: skip


def _below(tree: Tree, values: pl.Series) -> pl.Series:
    """Return *values* summed over the subtree of each node; null where no value in it is known."""
    sums = pl.Series(tree.subtree_sum(values.cast(pl.Float64).fill_null(0.0).to_numpy()))
    known = pl.Series(tree.subtree_sum(values.is_not_null().cast(pl.Float64).to_numpy()))
    return pl.select(pl.when(known > 0).then(sums)).to_series()
