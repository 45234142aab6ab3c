"""One ABK through the rulebook: minutes a year per row, need and effectiveness per posisi and for the unit.

No figure of law stands here: everything goes through :mod:`penata.rulebook.abk` under the law that is handed in, so
that the grid, the drawer, the frozen result and the whole-agency engine say the same.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis.kebutuhan import DUST, STRUKTURAL
from penata.rulebook import abk
from penata.rulebook.legislation import Law, NotInForceError

BARIS: dict[str, Any] = {
    "id": pl.Int64, "posisi_id": pl.Int64, "urut": pl.Int64, "tugas": pl.String, "hasil": pl.String,
    "volume": pl.Float64, "periode": pl.String, "norma_waktu": pl.Float64, "satuan_waktu": pl.String,
    "metode": pl.String, "standar": pl.Float64, "versi": pl.Int64,
}  # fmt: skip
POSISI: dict[str, Any] = {
    "posisi_id": pl.Int64, "kode": pl.String, "unit_id": pl.Int64, "status": pl.String, "jabatan_id": pl.Int64,
    "jabatan": pl.String, "jenis": pl.String, "kelas": pl.Int64, "tercetak": pl.Float64, "bezetting": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class JumlahUnit:
    """The unit in one line. ``eu`` is over the posisi that have a workload, as the whole-agency engine has it."""

    posisi: int
    baris: int
    cacat: int  # rows that cannot be counted
    beban: float | None  # minutes a year
    bezetting: int
    bezetting_terukur: int  # holders of the posisi that have a workload
    kebutuhan_hitung: float | None
    kebutuhan: int | None
    eu: float | None
    kategori: str
    label: str

    @property
    def selisih(self) -> int | None:
        """Return B - K; None without a need."""
        return None if self.kebutuhan is None else self.bezetting - self.kebutuhan


@dataclass(frozen=True)
class Hitungan:
    """What the rulebook says of one ABK.

    ``baris``: the rows with menit (null where a row cannot be counted) and orang. ``posisi``: the posisi with baris,
    cacat, beban, kebutuhan_hitung, kebutuhan (null without workload), selisih, ej, kategori, label.
    """

    baris: pl.DataFrame
    posisi: pl.DataFrame
    unit: JumlahUnit
    law: Law


def row_minutes(rows: pl.DataFrame, *, law: Law) -> pl.Series:
    """Return the minutes a year of every workload row; null where a row cannot be counted."""
    minutes = abk.annual_minutes_column(
        _words(rows["metode"]), _floats(rows["volume"]), _words(rows["periode"]), _floats(rows["norma_waktu"]),
        _words(rows["satuan_waktu"]), _floats(rows["standar"]), law=law,
    )  # fmt: skip
    return _nullable(np.where(np.isfinite(minutes), minutes, np.nan))


def compute(rows: pl.DataFrame, posisi: pl.DataFrame, *, law: Law) -> Hitungan:
    """Compute one ABK: *rows* with the columns of BARIS, *posisi* with those of POSISI."""
    minutes = row_minutes(rows, law=law)
    rows = rows.with_columns(menit=minutes, orang=_nullable(abk.need_column(_floats(minutes), law=law)))
    known = pl.col("menit").is_not_null()
    sums = rows.group_by("posisi_id").agg(
        baris=pl.len().cast(pl.Int64),
        cacat=(~known).sum().cast(pl.Int64),
        beban=pl.when(known.any()).then(pl.col("menit").sum().round(DUST)),
    )
    frame = posisi.join(sums, on="posisi_id", how="left", maintain_order="left").with_columns(
        pl.col("baris", "cacat").fill_null(0)
    )
    beban = _floats(frame["beban"])
    need = abk.need_column(beban, law=law)
    heads = frame["jenis"].is_in(STRUKTURAL).fill_null(value=False).to_numpy()
    rounded = pl.Series(abk.round_need_column(need, heads, law=law)).replace(abk.NO_NEED, None)
    ej = abk.ej_column(beban, frame["bezetting"].to_numpy(), law=law)
    grades = pl.Series(_grades(ej, law).tolist(), dtype=pl.String)
    frame = frame.with_columns(
        kebutuhan_hitung=_nullable(need),
        kebutuhan=rounded,
        selisih=pl.col("bezetting") - rounded,
        ej=_nullable(ej),
        kategori=grades,
        label=grades.replace_strict(labels(law), default="", return_dtype=pl.String),
    )
    return Hitungan(rows, frame, _unit(frame, law), law)


def with_frozen(found: Hitungan, hasil: pl.DataFrame) -> Hitungan:
    """Return *found* with the need that was frozen (posisi_id, beban, kebutuhan_hitung, kebutuhan) in its place.

    What was decided stays as it was decided, whatever the law or the policy would say of the same rows today.
    """
    names = ("beban", "kebutuhan_hitung", "kebutuhan")
    frame = found.posisi.drop(*names).join(hasil, on="posisi_id", how="left", maintain_order="left")
    frame = frame.with_columns(selisih=pl.col("bezetting") - pl.col("kebutuhan")).select(found.posisi.columns)
    return Hitungan(found.baris, frame, _unit(frame, found.law), found.law)


def labels(law: Law) -> dict[str, str]:
    """Return category letter to its word; empty on a day for which no scale is on file."""
    if not _has_scale(law):
        return {}
    return {str(band["kategori"]): str(band["label"]) for band in law.value("abk.kategori_ej")}


def _has_scale(law: Law) -> bool:
    """Tell whether the categories are in force: the need was reckoned for years before them."""
    try:
        law.parameter("abk.kategori_ej")
    except NotInForceError:
        return False
    return True


def _grades(ej: NDArray[np.float64], law: Law) -> NDArray[np.str_]:
    return abk.ej_grade_column(ej, law=law) if _has_scale(law) else np.full(len(ej), "")


def _unit(frame: pl.DataFrame, law: Law) -> JumlahUnit:
    measured = frame.filter(pl.col("beban").is_not_null())
    beban = float(measured["beban"].sum()) if measured.height else None
    staff = int(measured["bezetting"].sum())
    eu = abk.ej_column(np.array([np.nan if beban is None else beban]), np.array([staff]), law=law)
    kategori = str(_grades(eu, law)[0])
    return JumlahUnit(
        posisi=frame.height,
        baris=int(frame["baris"].sum()),
        cacat=int(frame["cacat"].sum()),
        beban=None if beban is None else round(beban, DUST),
        bezetting=int(frame["bezetting"].sum()),
        bezetting_terukur=staff,
        kebutuhan_hitung=float(measured["kebutuhan_hitung"].sum()) if measured.height else None,
        kebutuhan=int(measured["kebutuhan"].sum()) if measured.height else None,
        eu=None if np.isnan(eu[0]) else float(eu[0]),
        kategori=kategori,
        label=labels(law).get(kategori, ""),
    )


def _words(column: pl.Series) -> NDArray[np.str_]:
    return column.fill_null("").to_numpy().astype(np.str_)


def _floats(column: pl.Series) -> NDArray[np.float64]:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _nullable(values: NDArray[np.float64]) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64).fill_nan(None)
