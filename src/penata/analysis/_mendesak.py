"""The most urgent posts: empty critical seats, holders about to leave, large shortages. The formula is the policy's."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis._usulan import Arrangement
from penata.analysis.peta import Peta
from penata.analysis.proyeksi import Proyeksi
from penata.language import _, number


def most_urgent(
    done: Arrangement, peta: Peta, proyeksi: Proyeksi, layak: NDArray[np.int64], *, per: date
) -> pl.DataFrame:
    """Return the posts with the highest urgency, highest first; posts without any urgency are left out.

    *layak* (m): lawful candidates who do not hold the posisi. See :class:`penata.analysis.policy.KebijakanMendesak`.
    """
    policy = done.pasangan.kebijakan.mendesak
    places = peta.posisi.select("kode", "jabatan", "nama_unit", "plt")
    table = done.pasangan.kursi.tabel.select("kode").join(places, on="kode", how="left", maintain_order="left")
    table = table.with_columns(
        kebutuhan=pl.Series(done.tersedia.need).fill_nan(None),
        kursi=pl.Series(done.tersedia.capacity.astype(np.int64)),
        bezetting=pl.Series(done.tersedia.holders.astype(np.int64)),
        kritis=pl.Series(done.tersedia.critical),
        calon_layak=pl.Series(layak),
    )
    leaving = _leaving(proyeksi, per, policy.tahun_pensiun)
    rows = (
        table.join(leaving, on="kode", how="left", maintain_order="left")
        .filter(pl.col("kursi") > 0)
        .with_columns(
            pl.col("keluar").fill_null(0),
            kurang=pl.max_horizontal(pl.col("kursi") - pl.col("bezetting"), 0),
        )
    )
    empty = pl.col("bezetting") == 0
    points = (
        pl.when(empty & pl.col("kritis")).then(policy.kritis_kosong).when(empty).then(policy.kosong).otherwise(0.0)
        + policy.pensiun * pl.min_horizontal(pl.col("keluar") / pl.col("kursi"), 1.0)
        + policy.kekurangan * pl.col("kurang") / pl.col("kursi")
        + policy.per_orang * pl.col("kurang")
    ) * pl.when("kritis").then(policy.pengali_kritis).otherwise(1.0)
    ranked = (
        rows.with_columns(skor_mendesak=points.round(3))
        .filter(pl.col("skor_mendesak") > 0)
        .sort("skor_mendesak", "kode", descending=[True, False])
        .head(policy.jumlah)
    )
    reasons = [_reason(row, policy.tahun_pensiun) for row in ranked.iter_rows(named=True)]
    return ranked.with_columns(sebab=pl.Series(reasons, dtype=pl.String)).select(
        "kode", "jabatan", "nama_unit", "kebutuhan", "bezetting", "sebab", "calon_layak", "skor_mendesak"
    )


def _leaving(proyeksi: Proyeksi, per: date, years: int) -> pl.DataFrame:
    """Return kode and how many of its holders retire or end their contract within *years* of *per*."""
    until = pl.lit(per).dt.offset_by(f"{years}y")
    first = pl.min_horizontal("tanggal_pensiun", "kontrak_berakhir")
    return (
        proyeksi.pegawai.filter((first <= until) & pl.col("posisi").is_not_null())
        .group_by(kode="posisi")
        .agg(keluar=pl.len().cast(pl.Int64))
    )


def _reason(row: dict[str, object], years: int) -> str:
    """Say in one sentence why the posisi is urgent."""
    said = []
    if row["bezetting"] == 0:
        said.append(_("posisi kritis kosong") if row["kritis"] else _("posisi kosong"))
    elif row["kurang"]:
        said.append(
            _("kurang {n} dari {seats} kursi").format(
                n=number(int(str(row["kurang"]))), seats=number(int(str(row["kursi"])))
            )
        )
    if row["bezetting"] == 0 and row["plt"]:
        said.append(_("baru dijabat Plt"))
    if row["keluar"]:
        said.append(
            _("{n} pemangku pensiun atau habis kontrak dalam {years} tahun").format(
                n=number(int(str(row["keluar"]))), years=years
            )
        )
    said.append(_("calon layak {n} orang").format(n=number(int(str(row["calon_layak"])))))
    return "; ".join(said)
