"""What the checks look at: posisi beside their superior, holders beside their posisi, all as columns, made once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from penata.analysis.kebutuhan import STRUKTURAL, Kebutuhan
from penata.analysis.letak import Letak, locate
from penata.analysis.peta import Peta
from penata.analysis.proyeksi import exits
from penata.language import number
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

SHOWN = 5  # members of a group that a message names before it says that there are more


@dataclass(frozen=True)
class Bahan:
    """The agency under the checks. Frames that several checks read are made at first use."""

    snapshot: Snapshot
    kebutuhan: Kebutuhan
    peta: Peta
    law: Law

    def setting(self, name: str) -> Any:
        """Return the value of the parameter *name*, a setting of the agency."""
        return self.law.value(name)

    @cached_property
    def letak(self) -> Letak:
        """Where every posisi belongs."""
        return locate(self.snapshot)

    @cached_property
    def semua(self) -> pl.DataFrame:
        """All posisi by kode, with what the map and the need say about them, and their superior as ``a_`` columns.

        ``struktural``: of a structural jenis. ``kepala``: structural, and the superior sits in another unit or there is
        none. ``cetak_bezetting`` and ``cetak_kebutuhan`` are as printed; ``kedalaman`` is 0 for a root.
        """
        letak = self.letak
        figures = self.peta.posisi.select("kode", "bezetting", "plt", "kebutuhan", "keadaan", "bawahan_langsung")
        need = self.kebutuhan.posisi.select("kode", "beban", "baris_beban", "baris_cacat", "kebutuhan_hitung",
            "kebutuhan_terhitung", "beda", "ej")  # fmt: skip
        head_names = tuple(self.setting("integritas.kepala_unit")["bukan_kepala"])
        own = (
            letak.posisi.rename({"bezetting": "cetak_bezetting", "kebutuhan": "cetak_kebutuhan"})
            .with_columns(
                struktural=pl.col("jenis").is_in(STRUKTURAL).fill_null(value=False),
                kedalaman=pl.Series(letak.garis.depth),
                _up=pl.Series(letak.garis.parent).replace(-1, None),
            )
            .join(letak.unit.select(unit="kode", jenis_unit="jenis"), on="unit", how="left", maintain_order="left")
            .join(figures, on="kode", how="left", maintain_order="left")
            .join(need, on="kode", how="left", maintain_order="left")
        )
        seen = ("kode", "jabatan", "jenis", "kelas", "unit", "nama_unit", "perangkat_daerah", "struktural", "kedalaman")
        above = own.select(
            pl.int_range(pl.len(), dtype=pl.Int64).alias("_up"), *(pl.col(name).alias(f"a_{name}") for name in seen)
        )
        named = pl.col("jabatan").str.to_lowercase()
        leads = ~pl.any_horizontal(pl.lit(value=False), *(named.str.starts_with(name) for name in head_names))
        return (
            own.join(above, on="_up", how="left", maintain_order="left")
            .drop("_up")
            .with_columns(
                kepala=pl.col("struktural")
                & leads
                & (pl.col("a_unit").is_null() | (pl.col("a_unit") != pl.col("unit")))
            )
        )

    @cached_property
    def posisi(self) -> pl.DataFrame:
        """The rows of :attr:`semua` that are not abolished."""
        return self.semua.filter(pl.col("status").ne_missing("dihapus"))

    @cached_property
    def pemangku(self) -> pl.DataFrame:
        """All holders (nip, jenis_pemangku, tmt) with the pegawai, the posisi held and the catalogue's requirements."""
        people = self.snapshot["pegawai"].select(
            "nip", "nama", "golongan", "pendidikan", "bidang_studi", "tmt_jabatan",
            status_pegawai="status",
        )  # fmt: skip
        asked = self.snapshot["jabatan"].select(
            jabatan="nama", pendidikan_min="pendidikan_min", golongan_min="golongan_min"
        )
        return (
            self.snapshot.holders.select("nip", "posisi", "tmt", jenis_pemangku="jenis")
            .join(people, on="nip", how="inner")
            .join(self.semua, left_on="posisi", right_on="kode", how="inner")
            .join(asked, on="jabatan", how="left")
            .with_columns(tmt=pl.coalesce("tmt", pl.when(pl.col("jenis_pemangku") == "definitif").then("tmt_jabatan")))
            .sort("posisi", "jenis_pemangku", "nip")
        )

    @cached_property
    def definitif(self) -> pl.DataFrame:
        """The definitive rows of :attr:`pemangku`."""
        return self.pemangku.filter(pl.col("jenis_pemangku") == "definitif")

    @cached_property
    def keluar(self) -> pl.DataFrame:
        """When each pegawai retires or the contract ends."""
        return exits(self.snapshot, self.peta, law=self.law)


def some(codes: pl.Expr) -> pl.Expr:
    """Return an aggregation that names the distinct *codes* of a group in order, at most SHOWN of them."""
    distinct = codes.drop_nulls().unique().sort()
    names = distinct.head(SHOWN).cast(pl.String).str.join(", ")
    return pl.when(distinct.len() > SHOWN).then(names + pl.lit(", …")).otherwise(names)


def decimal(value: pl.Expr, places: int = 2) -> pl.Expr:
    """Return *value* with *places* decimals as people write it in the language in use."""
    sign = number(0.5, 1)[1]
    text = value.round(places).cast(pl.String)
    return text.str.strip_suffix(".0").str.replace(".", sign, literal=True)


def day(value: pl.Expr) -> pl.Expr:
    """Return a date as people write it in tables."""
    return value.dt.strftime("%d-%m-%Y")


def nothing() -> pl.DataFrame:
    """Return no rows, for a check whose tables the file does not bring."""
    return pl.DataFrame(schema={"subject": pl.String})
