"""Checks of the units."""

import polars as pl

from penata.analysis.integritas.bahan import Bahan, nothing, some
from penata.analysis.integritas.catalogue import check
from penata.foundation.findings import Level
from penata.language import N_


@check(
    "I13", N_("Unit tanpa kepala"), Level.PERINGATAN, table="unit",
    why=N_("Unit struktural dipimpin seorang pejabat struktural; tanpa dia tidak ada yang bertanggung jawab."),
    message=N_("Unit {nama} ({jenis}) mempunyai {n} posisi, tetapi tidak ada jabatan struktural yang memimpinnya."),
    remedy=N_("Tambahkan jabatan kepalanya, atau perbaiki jenis dan unit posisi yang ada."),
)  # fmt: skip
def headless(bahan: Bahan) -> pl.DataFrame:
    """Units of a kind that has a structural head, with posisi but without one."""
    kinds = bahan.setting("integritas.kepala_unit")["jenis_unit"]
    units = bahan.letak.unit.filter(pl.col("jenis").is_in(kinds)).select("kode", "nama", "jenis")
    own = bahan.posisi.group_by(kode="unit").agg(n=pl.len(), led=pl.col("kepala").any())
    return units.join(own, on="kode").filter(~pl.col("led")).select("nama", "jenis", "n", subject="kode")


@check(
    "I14", N_("Unit dengan beberapa kepala"), Level.PERINGATAN, table="unit",
    why=N_("Satu unit dipimpin satu pejabat; dua kepala membuat tanggung jawab kabur."),
    message=N_("Unit {nama} mempunyai {n} jabatan struktural yang beratasan di luar unit: {contoh}."),
    remedy=N_("Tetapkan satu kepala; yang lain beratasan padanya atau pindah ke unit sendiri."),
)  # fmt: skip
def several_heads(bahan: Bahan) -> pl.DataFrame:
    """Units with more than one head, where there is a tree of units to tell them apart."""
    if bahan.letak.datar:
        return nothing()
    heads = bahan.posisi.filter(pl.col("kepala") & pl.col("a_unit").is_not_null())
    groups = heads.group_by(subject="unit").agg(
        nama=pl.col("nama_unit").first(), n=pl.len(), contoh=some(pl.col("kode"))
    )
    return groups.filter(pl.col("n") > 1)


@check(
    "I15", N_("Unit tanpa posisi"), Level.KETERANGAN, table="unit",
    why=N_("Unit tanpa satu pun posisi, juga di bawahnya, tidak dapat bekerja atau belum dipetakan."),
    message=N_("Unit {nama} dan seluruh unit di bawahnya tidak mempunyai posisi."),
    remedy=N_("Petakan jabatannya, atau hapus unit itu."),
)  # fmt: skip
def empty_unit(bahan: Bahan) -> pl.DataFrame:
    """Listed units without any posisi in their subtree; only the topmost of such a branch is told."""
    tree = bahan.letak.susunan
    units = bahan.letak.unit
    own = units.select("kode").join(
        bahan.letak.posisi.group_by(kode="unit").agg(n=pl.len()), on="kode", how="left", maintain_order="left"
    )
    empty = tree.subtree_sum(own["n"].fill_null(0).cast(pl.Float64).to_numpy()) == 0
    above_empty = empty[tree.parent] & (tree.parent >= 0)
    return units.filter(pl.Series(empty & ~above_empty, dtype=pl.Boolean)).select("nama", subject="kode")


@check(
    "I16", N_("Nama unit berulang"), Level.PERINGATAN, table="unit",
    why=N_("Dua unit bernama sama di bawah induk yang sama tidak dapat dibedakan dalam surat dan laporan."),
    message=N_("{n} unit di bawah induk yang sama bernama {nama}: {contoh}."),
    remedy=N_("Gabungkan, atau bedakan namanya."),
)  # fmt: skip
def same_name(bahan: Bahan) -> pl.DataFrame:
    """Listed units with the same name (case and spaces aside) under the same parent."""
    folded = pl.col("nama").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    units = bahan.letak.unit.filter(pl.col("terdaftar")).with_columns(_name=folded)
    groups = units.group_by("induk", "_name").agg(
        nama=pl.col("nama").min(), n=pl.len(), contoh=some(pl.col("kode")), subject=pl.col("kode").min()
    )
    return groups.filter(pl.col("n") > 1).select("nama", "n", "contoh", "subject")


@check(
    "I17", N_("Posisi pada unit yang tidak terdaftar"), Level.PERINGATAN, table="unit",
    why=N_("Posisi dan pemangkunya menggantung pada unit yang sudah dihapus atau salah tulis."),
    message=N_("Unit {subject} tidak ada pada daftar unit, tetapi mempunyai {n} posisi "
               "dengan {orang} pemangku ({contoh})."),
    remedy=N_("Pindahkan posisi itu ke unit yang ada, atau daftarkan unitnya."),
)  # fmt: skip
def unlisted_unit(bahan: Bahan) -> pl.DataFrame:
    """Units that posisi name but the list of units does not; silent where the file brings no list."""
    if not bahan.snapshot.has("unit"):
        return nothing()
    unlisted = bahan.letak.unit.filter(~pl.col("terdaftar"))["kode"]
    rows = bahan.posisi.filter(pl.col("unit").is_in(unlisted.implode()))
    return rows.group_by(subject="unit").agg(
        n=pl.len(), orang=pl.col("bezetting").sum().cast(pl.Int64), contoh=some(pl.col("kode"))
    )
