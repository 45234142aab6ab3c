"""Values on their own: numbers out of range, years and dates that cannot be, texts that are too long."""

import polars as pl

from penata.snapshot.schema import TABLES, Column, Kind
from penata.snapshot.validation.agency import Agency, Parts, shown
from penata.snapshot.validation.catalogue import (
    FUTURE_DATE,
    NEGATIVE,
    OUT_OF_RANGE,
    START_AFTER_END,
    TEXT_TOO_LONG,
    YEAR_IMPLAUSIBLE,
)

# Plausibility, not law: nothing a personnel office records is longer, or happened before the republic.
LONGEST_CODE = 100
LONGEST_TEXT = 4000
FIRST_YEAR = 1945

# What happened already cannot lie after the day of the snapshot.
HAPPENED = {
    "pegawai": ("tanggal_lahir", "tmt_golongan", "tmt_jabatan"),
    "pemangku": ("tmt",),
    "asesmen": ("tanggal",),
    "kompetensi_teknis": ("tanggal",),
    "riwayat_jabatan": ("mulai",),
    "hukuman_disiplin": ("mulai",),
}
PERIODS = {
    "asesmen": ("tanggal", "berlaku_sampai"),
    "kompetensi_teknis": ("tanggal", "berlaku_sampai"),
    "riwayat_jabatan": ("mulai", "selesai"),
    "hukuman_disiplin": ("mulai", "selesai"),
}


def check(agency: Agency) -> None:
    """Report values that cannot be, whatever stands in other rows."""
    for name, frame in agency.tables.items():
        for column in TABLES[name].columns:
            match column.kind:
                case Kind.INTEGER | Kind.DECIMAL:
                    _check_range(agency, name, frame, column)
                case Kind.YEAR:
                    _check_year(agency, name, frame, column)
                case Kind.CODE | Kind.NIP | Kind.CHOICE:
                    _check_length(agency, name, frame, column, LONGEST_CODE)
                case Kind.TEXT | Kind.LIST:
                    _check_length(agency, name, frame, column, LONGEST_TEXT)
        for happened in HAPPENED.get(name, ()):
            late = frame.filter(pl.col(happened) > agency.per)
            agency.report(FUTURE_DATE, name, late, happened, {"per": agency.per.strftime("%d-%m-%Y")})
        if name in PERIODS:
            _check_period(agency, name, frame, *PERIODS[name])


def _check_range(agency: Agency, name: str, frame: pl.DataFrame, column: Column) -> None:
    value = pl.col(column.name)
    low, high = column.minimum, column.maximum
    if column.kind is Kind.DECIMAL:
        frame = frame.filter(value.is_not_null())
        broken = ~value.is_finite()
    else:
        broken = pl.lit(value=False)
    if high is not None:
        floor = float("-inf") if low is None else low
        wrong = frame.filter(broken | (value < floor) | (value > high))
        agency.report(OUT_OF_RANGE, name, wrong, column.name, {"low": f"{low or 0:g}", "high": f"{high:g}"})
    elif low is not None:
        agency.report(NEGATIVE, name, frame.filter(broken | (value < low)), column.name, {"low": f"{low:g}"})


def _check_year(agency: Agency, name: str, frame: pl.DataFrame, column: Column) -> None:
    last = agency.per.year
    wrong = frame.filter(~pl.col(column.name).is_between(FIRST_YEAR, last))
    agency.report(YEAR_IMPLAUSIBLE, name, wrong, column.name, {"low": str(FIRST_YEAR), "high": str(last)})


def _check_length(agency: Agency, name: str, frame: pl.DataFrame, column: Column, limit: int) -> None:
    length = pl.col(column.name).str.len_chars()
    parts: Parts = {"length": length, "limit": str(limit), "value": pl.col(column.name).str.head(40) + "…"}
    agency.report(TEXT_TOO_LONG, name, frame.filter(length > limit), column.name, parts)


def _check_period(agency: Agency, name: str, frame: pl.DataFrame, start: str, end: str) -> None:
    first = TABLES[name].column(start)
    wrong = frame.filter(pl.col(end) < pl.col(start))
    agency.report(START_AFTER_END, name, wrong, end, {"start": first.title, "begun": shown(first)})
