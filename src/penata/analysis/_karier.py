"""Careers: stretches in posts, united where they overlap, counted in whole calendar months."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis._kamus import MONTHS, TINGKAT, catalogue, fold, tingkat_column, told_ids, with_rumpun
from penata.analysis._kernel import NO_TIME, PROMOSI, UNKNOWN
from penata.analysis.kursi import Kursi
from penata.snapshot.snapshot import Snapshot


def months_between(begin: NDArray[np.datetime64], end: date) -> NDArray[np.int64]:
    """Return the whole calendar months from each day to *end* (negative before it); NO_TIME where the day is NaT."""
    untold = np.isnat(begin)
    days = np.where(untold, np.datetime64(end, "D"), begin)
    month = days.astype("datetime64[M]")
    day = (days - month.astype("datetime64[D]")).astype(np.int64) + 1
    whole = (end.year - 1970) * MONTHS + end.month - 1 - month.astype(np.int64) - (day > end.day)
    return np.where(untold, NO_TIME, whole)


def careers(snapshot: Snapshot, base: pl.DataFrame, kursi: Kursi, per: date) -> pl.DataFrame:
    """Return every stretch of every career up to *per*: nip, tingkat, pokok, kunci_rumpun, mulai, selesai.

    The post held now counts from its TMT, whether or not the history lists it; overlaps are united later.
    """
    known = catalogue(snapshot).select("kunci_jabatan", pl.col("jenis", "jenjang", "rumpun").name.suffix("_katalog"))
    past = (
        snapshot["riwayat_jabatan"]
        .with_columns(kunci_jabatan=fold("jabatan"))
        .join(known, on="kunci_jabatan", how="left", maintain_order="left")
        .with_columns(pl.coalesce(name, f"{name}_katalog").alias(name) for name in ("jenis", "jenjang", "rumpun"))
    )
    posts = kursi.tabel.select(posisi="kode", jabatan="jabatan", jenis="jenis", jenjang="jenjang", rumpun="rumpun")
    now = (
        base.filter(pl.col("kursi").is_not_null())
        .select("nip", "posisi", mulai="tmt")
        .join(posts, on="posisi", how="left")
    )
    columns = ["nip", "jabatan", "jenis", "jenjang", "rumpun", "mulai", "selesai"]
    both = pl.concat([past.select(columns), now.with_columns(selesai=pl.lit(None, pl.Date)).select(columns)])
    ended = both.with_columns(selesai=pl.min_horizontal(pl.col("selesai").fill_null(per), pl.lit(per)))
    valid = with_rumpun(ended.filter(pl.col("mulai") <= pl.col("selesai")))
    return valid.select("nip", "pokok", "kunci_rumpun", "mulai", "selesai").with_columns(
        tingkat=pl.Series(tingkat_column(valid["jenis"], valid["jenjang"]))
    )


def last_post(
    nip: pl.DataFrame, career: pl.DataFrame, held: NDArray[np.int32], kursi: Kursi
) -> tuple[NDArray[np.int8], NDArray[np.int32], NDArray[np.int32]]:
    """Return class, rumpun and pokok of the post held; for people without one, of the last post of their history."""
    order = ["nip", "selesai", "mulai", "tingkat", "pokok", "kunci_rumpun"]
    last = career.sort(order).group_by("nip", maintain_order=True).last()
    past = nip.join(last, on="nip", how="left", maintain_order="left")
    tingkat = past["tingkat"].fill_null(0).to_numpy()
    rumpun = told_ids(past["kunci_rumpun"], kursi.kamus["rumpun"])
    pokok = told_ids(past["pokok"], kursi.kamus["pokok"])
    if not len(kursi):
        return tingkat.astype(np.int8), rumpun, pokok
    sits = held >= 0
    return (
        np.where(sits, kursi.kolom.tingkat[held], tingkat).astype(np.int8),
        np.where(sits, kursi.kolom.rumpun[held], rumpun).astype(np.int32),
        np.where(sits, kursi.kolom.pokok[held], pokok).astype(np.int32),
    )


def _months_by(career: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return the whole months of the union of the stretches of each group; overlaps count once."""
    ordered = career.sort(*keys, "mulai", "selesai")
    reached = pl.col("selesai").cum_max().over(keys).shift(1).over(keys)
    united = ordered.with_columns(baru=(pl.col("mulai") > reached).fill_null(value=True)).with_columns(
        bagian=pl.col("baru").cum_sum()
    )
    stretches = united.group_by(*keys, "bagian").agg(pl.col("mulai").min(), pl.col("selesai").max())
    whole = (
        (pl.col("selesai").dt.year().cast(pl.Int32) - pl.col("mulai").dt.year()) * MONTHS
        + pl.col("selesai").dt.month().cast(pl.Int32)
        - pl.col("mulai").dt.month()
        - (pl.col("mulai").dt.day() > pl.col("selesai").dt.day()).cast(pl.Int32)
    )
    return stretches.group_by(keys).agg(bulan=whole.sum())


def _wide(
    nip: pl.DataFrame, months: pl.DataFrame, column: str, width: int, told: NDArray[np.bool_]
) -> NDArray[np.int16]:
    """Return (n, width) months by the id in *column*; 0 where a career is told without it, UNKNOWN without a career."""
    out = np.where(told[:, None], 0, UNKNOWN).astype(np.int16) * np.ones((1, width), dtype=np.int16)
    rows = months.join(nip.with_row_index("i"), on="nip", how="inner")
    out[rows["i"].to_numpy(), rows[column].to_numpy()] = np.minimum(rows["bulan"].to_numpy(), np.iinfo(np.int16).max)
    return out


def _has_career(nip: pl.DataFrame, career: pl.DataFrame) -> NDArray[np.bool_]:
    return np.array(nip["nip"].is_in(career["nip"].unique().to_list()).to_numpy())


def tenure_column(nip: pl.DataFrame, career: pl.DataFrame, kursi: Kursi) -> NDArray[np.int16]:
    """Return (n, T): months in the posts that the law accepts as the last ones before class t, together."""
    told = _has_career(nip, career)
    out = np.where(told[:, None], 0, UNKNOWN).astype(np.int16) * np.ones((1, len(TINGKAT)), dtype=np.int16)
    for (target, by), asked in kursi.syarat.items():
        if by != PROMOSI or not asked.jabatan_terakhir:
            continue
        posts = tingkat_column(*zip(*((post.jenis, post.jenjang) for post in asked.jabatan_terakhir), strict=True))
        chosen = career.filter(pl.col("tingkat").is_in(posts.tolist())).with_columns(sasaran=pl.lit(0))
        out[:, target] = _wide(nip, _months_by(chosen, ["nip", "sasaran"]), "sasaran", 1, told)[:, 0]
    return out


def experience_column(nip: pl.DataFrame, career: pl.DataFrame, kursi: Kursi) -> NDArray[np.int16]:
    """Return (n, R + 1): months per rumpun of the map; the last column counts every post."""
    ids = kursi.kamus["rumpun"]
    told = _has_career(nip, career)
    keys = pl.DataFrame(
        {"kunci_rumpun": list(ids), "r": list(ids.values())}, schema={"kunci_rumpun": pl.String, "r": pl.Int64}
    )
    by_family = _months_by(career.join(keys, on="kunci_rumpun", how="inner"), ["nip", "r"])
    overall = _months_by(career.with_columns(r=pl.lit(len(ids), pl.Int64)), ["nip", "r"])
    return _wide(nip, pl.concat([by_family, overall]), "r", len(ids) + 1, told)
