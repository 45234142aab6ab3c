"""Workload -> need: the kebutuhan pegawai of every posisi, unrounded and rounded, beside the printed one."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis.letak import count_bezetting, locate
from penata.rulebook import abk
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

DUST = 6  # decimals of a minute kept, so that the order in which rows are summed leaves no trace
# Posts that are there by the structure of the agency, whatever their workload.
STRUKTURAL = ("jpt utama", "jpt madya", "jpt pratama", "administrator", "pengawas")


@dataclass(frozen=True)
class Kebutuhan:
    """Need per posisi and effectiveness per unit.

    ``posisi``: kode; beban (minutes a year, null without a usable workload row); baris_beban (rows), baris_cacat (rows
    without volume or norma waktu); kebutuhan_hitung (unrounded people, null without workload); kebutuhan_terhitung
    (Int64 after the rounding policy); kebutuhan_tercetak (as the file brings it); kebutuhan (Float64, the one used:
    terhitung where there is workload, else tercetak, else null); asal ("terhitung", "tercetak", "tidak ada"); beda
    (Boolean: printed and computed both exist and differ); ej; kategori_ej (null without incumbents or workload).
    An abolished posisi (status dihapus) needs nobody: its ``kebutuhan`` is 0.
    ``unit``: unit, beban, bezetting, kebutuhan, eu, kategori_eu (own unit without its children; EU over the posisi that
    have a workload, so that unmeasured staff do not lower it).
    ``perangkat_daerah``: the same rolled up, key ``unit``.
    """

    posisi: pl.DataFrame
    unit: pl.DataFrame
    perangkat_daerah: pl.DataFrame


def compute_kebutuhan(snapshot: Snapshot, *, law: Law) -> Kebutuhan:
    """Compute the need of every posisi of *snapshot* under *law* (per method of the workload row, then summed)."""
    letak = locate(snapshot)
    bezetting, _origin = count_bezetting(snapshot)
    frame = (
        letak.posisi.select("kode", "jenis", "status", "unit", "perangkat_daerah", kebutuhan_tercetak="kebutuhan")
        .join(_workload(snapshot, law), on="kode", how="left", maintain_order="left")
        .join(bezetting.select("kode", "bezetting"), on="kode", how="left", maintain_order="left")
        .with_columns(pl.col("baris_beban", "baris_cacat").fill_null(0).cast(pl.Int64))
    )
    beban = _floats(frame["beban"])
    need = abk.need_column(beban, law=law)
    heads = frame["jenis"].is_in(STRUKTURAL).fill_null(value=False).to_numpy()
    rounded = abk.round_need_column(need, heads, law=law)
    ej, kategori = _effectiveness(beban, frame["bezetting"], law)
    frame = frame.with_columns(
        kebutuhan_hitung=_nullable(need),
        kebutuhan_terhitung=pl.Series(rounded).replace(abk.NO_NEED, None),
        ej=ej,
        kategori_ej=kategori,
    )
    computed, printed = pl.col("kebutuhan_terhitung"), pl.col("kebutuhan_tercetak")
    abolished = pl.col("status").eq_missing("dihapus")
    frame = frame.with_columns(
        kebutuhan=pl.when(abolished).then(0.0).otherwise(pl.coalesce(computed.cast(pl.Float64), printed)),
        asal=pl.when(computed.is_not_null())
        .then(pl.lit("terhitung"))
        .when(printed.is_not_null())
        .then(pl.lit("tercetak"))
        .otherwise(pl.lit("tidak ada")),
        beda=(computed.cast(pl.Float64) != printed).fill_null(value=False),
    )
    return Kebutuhan(
        posisi=frame.select(
            "kode", "beban", "baris_beban", "baris_cacat", "kebutuhan_hitung", "kebutuhan_terhitung",
            "kebutuhan_tercetak", "kebutuhan", "asal", "beda", "ej", "kategori_ej",
        ),
        unit=_rolled(frame, "unit", law),
        perangkat_daerah=_rolled(frame, "perangkat_daerah", law),
    )  # fmt: skip


def workload_minutes(snapshot: Snapshot, *, law: Law) -> pl.Series:
    """Return the minutes a year of every row of ``beban_kerja``, in its order; null where a row cannot be used."""
    rows = snapshot["beban_kerja"]
    minutes = abk.annual_minutes_column(
        _words(rows["metode"]), _floats(rows["volume"]), _words(rows["periode"]), _floats(rows["norma_waktu"]),
        _words(rows["satuan_waktu"]), _floats(rows["standar"]), law=law,
    )  # fmt: skip
    return _nullable(minutes)


def _workload(snapshot: Snapshot, law: Law) -> pl.DataFrame:
    """Return per posisi with workload rows: kode, beban (null when no row can be used), baris_beban, baris_cacat."""
    rows = snapshot["beban_kerja"].select("posisi", minutes=workload_minutes(snapshot, law=law))
    return rows.group_by(kode="posisi").agg(
        beban=pl.when(pl.col("minutes").is_not_null().any()).then(pl.col("minutes").sum().round(DUST)),
        baris_beban=pl.len(),
        baris_cacat=pl.col("minutes").null_count(),
    )


def _rolled(frame: pl.DataFrame, key: str, law: Law) -> pl.DataFrame:
    """Return workload, staff, need and effectiveness per *key*."""
    measured = pl.col("beban").is_not_null()
    sums = (
        frame.filter(pl.col(key).is_not_null())
        .group_by(unit=key)
        .agg(
            beban=pl.when(measured.any()).then(pl.col("beban").sum().round(DUST)),
            bezetting=pl.col("bezetting").sum(),
            kebutuhan=pl.when(pl.col("kebutuhan").is_not_null().any()).then(pl.col("kebutuhan").sum()),
            _measured=pl.col("bezetting").filter(measured).sum(),
        )
        .sort("unit")
    )
    eu, kategori = _effectiveness(_floats(sums["beban"]), sums["_measured"], law)
    return sums.drop("_measured").with_columns(eu=eu, kategori_eu=kategori)


def _effectiveness(beban: NDArray[np.float64], bezetting: pl.Series, law: Law) -> tuple[pl.Series, pl.Series]:
    ej = abk.ej_column(beban, bezetting.to_numpy().astype(np.float64), law=law)
    grades = pl.Series(abk.ej_grade_column(ej, law=law).tolist(), dtype=pl.String)
    return _nullable(ej), grades.replace("", None)


def _words(column: pl.Series) -> NDArray[np.str_]:
    return column.fill_null("").to_numpy().astype(np.str_)


def _floats(column: pl.Series) -> NDArray[np.float64]:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _nullable(values: NDArray[np.float64]) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64).fill_nan(None)
