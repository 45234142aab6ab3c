"""Workload rows: what is missing for a load, and norms that cannot be meant."""

import polars as pl

from penata.language import _
from penata.snapshot.schema import BEBAN_KERJA
from penata.snapshot.validation.agency import Agency
from penata.snapshot.validation.catalogue import NORM_IMPLAUSIBLE, WORKLOAD_INCOMPLETE
from penata.snapshot.vocabulary import METODE_ABK

# Minutes of the calendar and the clock (not working time, which is law): a norm beyond a whole year is a slip.
MINUTES = {"menit": 1.0, "jam": 60.0, "hari": 1440.0, "minggu": 10080.0, "bulan": 43800.0, "tahun": 525600.0}


def check(agency: Agency) -> None:
    """Report workload rows without volume or norm (their posisi is flagged) and norms longer than a year."""
    frame = agency["beban_kerja"]
    _report_missing(agency, frame.filter(pl.col("volume").is_null()), "volume")
    by_task = pl.col("metode").is_null() | (pl.col("metode") == METODE_ABK[0])
    without = pl.col("norma_waktu").is_null()
    _report_missing(agency, frame.filter(by_task & without), "norma_waktu")
    # The other three methods divide by an ability or a ratio; a norm may stand in its place.
    _report_missing(agency, frame.filter(~by_task & without & pl.col("standar").is_null()), "standar")
    unit = pl.col("satuan_waktu").fill_null("menit")
    minutes = pl.col("norma_waktu") * unit.replace_strict(MINUTES, default=None, return_dtype=pl.Float64)
    agency.report(
        NORM_IMPLAUSIBLE, "beban_kerja", frame.filter(minutes > MINUTES["tahun"]), "norma_waktu", {"unit": unit}
    )


def _report_missing(agency: Agency, rows: pl.DataFrame, column: str) -> None:
    title = _(BEBAN_KERJA.column(column).title).lower()
    agency.report(WORKLOAD_INCOMPLETE, "beban_kerja", rows, column, {"kolom": title})
