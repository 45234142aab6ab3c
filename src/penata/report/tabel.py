"""Tables that several results show: what the charts draw, and what report, page and map print beside them."""

from collections.abc import Callable

import polars as pl

from penata.analysis.penataan import Penataan
from penata.analysis.peta import Peta
from penata.language import _, number

UNITS_CHARTED = 24
COMPETENCES_SHOWN = 15
BIN = 100  # points of fit per bar
LAST_BIN = 9
HUNDRED = 100
FOLLOWS_BEZETTING = frozenset({"bezetting", "selisih", "kurang", "lebih", "kosong", "plt"})
SUMS = ("posisi", "bezetting", "kebutuhan", "selisih", "kurang", "lebih", "kosong")


def per_office(done: Penataan) -> pl.DataFrame:
    """Return one row per perangkat daerah, the greatest shortage first; see :func:`offices`."""
    return offices(done.peta).sort("kurang", "lebih", "kode", descending=[True, True, False])


def offices(peta: Peta) -> pl.DataFrame:
    """Return per perangkat daerah, in the order of the map: kode, nama, and the columns of :func:`sums`.

    Every posisi counts in exactly one row, so the column sums are the agency's totals.
    """
    return peta.posisi.group_by(kode="perangkat_daerah", maintain_order=True).agg(
        pl.coalesce("nama_perangkat_daerah", "perangkat_daerah", pl.lit(_("tanpa unit"))).first().alias("nama"), *sums()
    )


def sums() -> tuple[pl.Expr, ...]:
    """Return what is summed over posisi: posisi, bezetting, kebutuhan, selisih, kurang, lebih, kosong.

    ``kebutuhan`` and ``selisih`` are null where no need is known; ``selisih`` counts posisi with a known need only, so
    it always is lebih - kurang.
    """
    known = pl.col("kebutuhan").is_not_null()
    gap = pl.col("selisih").fill_null(0.0)
    return (
        pl.len().cast(pl.Int64).alias("posisi"),
        pl.col("bezetting").sum(),
        pl.when(known.any()).then(pl.col("kebutuhan").sum()).alias("kebutuhan"),
        pl.when(known.any()).then(gap.sum()).alias("selisih"),
        gap.clip(upper_bound=0.0).sum().abs().alias("kurang"),
        gap.clip(lower_bound=0.0).sum().alias("lebih"),
        (pl.col("keadaan") == "kosong").sum().cast(pl.Int64).alias("kosong"),
    )


def totals(rows: pl.DataFrame) -> dict[str, float | None]:
    """Return the column sums of rows made by :func:`sums`; null where no row has a value."""
    return {name: total(rows[name]) if rows[name].count() else None for name in SUMS}


def total(column: pl.Series) -> float:
    """Return the sum of a column of numbers, nulls left out."""
    return float(column.sum())


def without_bezetting(rows: pl.DataFrame) -> pl.DataFrame:
    """Return *rows* of posisi or units with B, and all that follows from it, left open.

    For files that do not say who or how many are there: nobody counted is not the same as nobody there.
    """
    follows = [name for name in rows.columns if name.removesuffix("_kumulatif") in FOLLOWS_BEZETTING]
    state = [pl.lit("tanpa kebutuhan").alias("keadaan")] if "keadaan" in rows.columns else []
    return rows.with_columns(*(pl.lit(None, dtype=rows[name].dtype).alias(name) for name in follows), *state)


def years_ahead(done: Penataan) -> pl.DataFrame:
    """Return tahun, bezetting, kebutuhan, selisih of the whole agency, today first; no rows without a projection."""
    if done.proyeksi is None:
        return pl.DataFrame(schema={"tahun": pl.Int32, "bezetting": pl.Float64, "kebutuhan": pl.Float64})
    need = pl.col("kebutuhan")
    return (
        done.proyeksi.perangkat_daerah.group_by("tahun")
        .agg(pl.col("bezetting").sum(), pl.when(need.is_not_null().any()).then(need.sum()).alias("kebutuhan"))
        .with_columns(selisih=pl.col("bezetting") - pl.col("kebutuhan"))
        .sort("tahun")
    )


def fit_bins(done: Penataan) -> pl.DataFrame:
    """Return rentang, sekarang, usulan: how many of those who move fit how well, before and after, in points."""
    schema = {"rentang": pl.String, "sekarang": pl.Int64, "usulan": pl.Int64}
    if done.penempatan is None:
        return pl.DataFrame(schema=schema)
    moved = done.penempatan.usulan.filter(
        pl.col("skor_lama").is_not_null()
        & pl.col("skor_baru").is_not_null()
        & (pl.col("posisi_lama") != pl.col("posisi_baru"))
    )
    if not moved.height:
        return pl.DataFrame(schema=schema)
    # The full score of 1,000 belongs to the last bar.
    now, then = ((moved[name] // BIN).clip(upper_bound=LAST_BIN) for name in ("skor_lama", "skor_baru"))
    low = min(int(str(now.min())), int(str(then.min())))
    high = max(int(str(now.max())), int(str(then.max())))
    steps = range(low, high + 1)
    return pl.DataFrame(
        {
            "rentang": [f"{number(step * BIN)}–{number(step * BIN + BIN - (step < LAST_BIN))}" for step in steps],
            "sekarang": [int((now == step).sum()) for step in steps],
            "usulan": [int((then == step).sum()) for step in steps],
        },
        schema=schema,
    )


def figure(value: float | None) -> str:
    """Return a count of people: whole where it is whole, two decimals where posts are part-time."""
    if value is None:
        return "–"
    return number(value) if value == int(value) else number(value, 2)


def short_figure(value: float | None) -> str:
    """Return a count of people for the narrow columns of the map: at most one decimal, none from a hundred on."""
    if value is None:
        return "–"
    return number(value, 0 if value == int(value) or value >= HUNDRED else 1)


def signed(value: float | None, write: Callable[[float | None], str] = figure) -> str:
    """Return a difference with its sign."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "−" if value < 0 else "") + write(abs(value))
