"""How the figures of the map moved in the last twelve months, and who retires in the next twelve.

Everything that held at any time of the year is read once, as columns; each month is then the same arithmetic as today.
What is reckoned is kept until the data change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Q

from penata.domain.beban_kerja.models import Abk, AbkHasil
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.pegawai.models import Pemangku
from penata.domain.peta_jabatan import angka
from penata.domain.peta_jabatan.angka import compared, data_revision
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader, Scope
from penata.foundation.memo import remember
from penata.foundation.periods import not_ended

MONTHS = 12
FIGURES = ("posisi", "bezetting", "kebutuhan", "selisih", "kosong")
_SUMS = ("bezetting", "kebutuhan", "kurang", "lebih", "kosong")

_PERIOD = {"mulai": pl.Date, "selesai": pl.Date}
_SEATS = {
    "posisi_id": pl.Int64, "unit_id": pl.Int64, "tercetak": pl.Float64, "_bezetting": pl.Float64, "status": pl.String,
    **_PERIOD,
}  # fmt: skip
_HELD = {"posisi_id": pl.Int64, "berhenti": pl.Date, **_PERIOD}
_NEED = {"posisi_id": pl.Int64, "abk_id": pl.Int64, "ditetapkan": pl.Float64, **_PERIOD}


@dataclass(frozen=True, slots=True)
class Titik:
    """The figures on one day; None where they are not known: no posisi was in force, or no need is known."""

    hari: date
    posisi: float | None
    bezetting: float | None
    kebutuhan: float | None
    selisih: float | None
    kosong: float | None


@dataclass(frozen=True, slots=True)
class Tren:
    """The day itself and the same day of the twelve months before, oldest first; and pensions month by month."""

    titik: Sequence[Titik]
    pensiun: Sequence[tuple[date, int]]  # first of the month -> people; who should have left already in the first

    def values(self, name: str) -> list[float | None]:
        """Return one figure over time."""
        return [getattr(point, name) for point in self.titik]


def agency_trend(reader: Reader) -> Tren:
    """Return how the figures of what *reader* sees moved up to the reader's day, added up as the headline figures."""
    scope, as_of = reader.scope(Permission.PETA_LIHAT), reader.as_of
    months, leaving = remember(("tren", as_of, data_revision()), lambda: (_months(as_of), _leaving(as_of)))
    mine = _within(scope)
    known = pl.col("kebutuhan").is_not_null().any()
    sums = months.filter(mine).group_by("hari").agg(
        pl.col("posisi").sum(), *(pl.col(name).sum() for name in _SUMS if name != "kebutuhan"),
        kebutuhan=pl.when(known).then(pl.col("kebutuhan").sum()),
    )  # fmt: skip
    points = {row["hari"]: row for row in sums.iter_rows(named=True)}
    ahead = dict(leaving.filter(mine).group_by("bulan").agg(pl.col("orang").sum()).iter_rows())
    return Tren(
        tuple(_point(day, points.get(day)) for day in days(as_of)),
        tuple((month, ahead.get(month, 0)) for month in _months_ahead(as_of)),
    )


def days(as_of: date) -> list[date]:
    """Return the same day of each of the last twelve months, and *as_of*."""
    back = pl.select(pl.lit(as_of).dt.offset_by(pl.lit(pl.Series([f"-{n}mo" for n in range(MONTHS, -1, -1)]))))
    return [day for (day,) in back.iter_rows()]


def _point(day: date, row: dict[str, float | None] | None) -> Titik:
    if row is None:
        return Titik(day, *[None] * len(FIGURES))
    known = row["kebutuhan"] is not None
    gap = (row["lebih"] or 0.0) - (row["kurang"] or 0.0) if known else None
    return Titik(day, row["posisi"], row["bezetting"], row["kebutuhan"], gap, row["kosong"])


def _within(scope: Scope) -> pl.Expr:
    return pl.lit(value=True) if scope.whole else pl.col("unit_id").is_in(sorted(scope.units))


def _months(as_of: date) -> pl.DataFrame:
    """Return per unit and day the sums over its own posisi."""
    at = days(as_of)
    during = Q(mulai__lte=at[-1]) & not_ended(at[0])
    seats = bulk.select(
        PosisiMasa.objects.filter(during).values_list(
            "posisi_id", "unit_id", "kebutuhan", "bezetting", "status", "mulai", "selesai"
        ),
        _SEATS,
    )
    held = bulk.select(
        Pemangku.objects.filter(during, jenis="definitif").values_list(
            "posisi_id", "pegawai__berhenti", "mulai", "selesai"
        ),
        _HELD,
    )
    of_abk = Q(abk__mulai__lte=at[-1]) & (Q(abk__selesai__isnull=True) | Q(abk__selesai__gt=at[0]))
    need = bulk.select(
        AbkHasil.objects.filter(of_abk, abk__status=Abk.Status.DITETAPKAN)
        .order_by("-abk__mulai", "-abk_id")
        .values_list("posisi_id", "abk_id", "kebutuhan", "abk__mulai", "abk__selesai"),
        _NEED,
    )
    return pl.concat([_of_day(day, seats, held, need) for day in at])


def _of_day(day: date, seats: pl.DataFrame, held: pl.DataFrame, need: pl.DataFrame) -> pl.DataFrame:
    running = (pl.col("mulai") <= day) & (pl.col("selesai").is_null() | (pl.col("selesai") > day))
    staff = held.filter(running & (pl.col("berhenti").is_null() | (pl.col("berhenti") > day)))
    counted = staff.group_by("posisi_id").agg(definitif=pl.len().cast(pl.Float64))
    decided = need.filter(running).unique("posisi_id", keep="first", maintain_order=True)
    rows = (
        seats.filter(running)
        .join(counted, on="posisi_id", how="left")
        .join(decided.select("posisi_id", "ditetapkan"), on="posisi_id", how="left")
    )
    printed = staff.is_empty() and rows["_bezetting"].is_not_null().any()
    abolished = pl.col("status") == angka.DIHAPUS
    rows = rows.with_columns(
        bezetting=pl.col("_bezetting" if printed else "definitif").fill_null(0.0),
        kebutuhan=pl.when(abolished).then(0.0).otherwise(pl.coalesce("ditetapkan", "tercetak")),
    )
    known = pl.col("kebutuhan").is_not_null().any()
    sums = compared(rows).group_by("unit_id").agg(
        pl.len().alias("posisi"), *(pl.col(name).sum() for name in _SUMS if name != "kebutuhan"),
        kebutuhan=pl.when(known).then(pl.col("kebutuhan").sum()),
    )  # fmt: skip
    return sums.with_columns(hari=pl.lit(day))


def _leaving(as_of: date) -> pl.DataFrame:
    """Return per unit and month (its first day) how many definitive holders retire by age within twelve months."""
    ahead = _months_ahead(as_of)
    people = angka.retiring(as_of)
    month = pl.col("pensiun").dt.month_start().clip(ahead[0], ahead[-1])
    return people.group_by("unit_id", month.alias("bulan")).agg(orang=pl.len())


def _months_ahead(as_of: date) -> list[date]:
    """Return the first days of the twelve months after that of *as_of*: people retire on the first of a month."""
    first = pl.select(
        pl.lit(as_of.replace(day=1)).dt.offset_by(pl.lit(pl.Series([f"{n}mo" for n in range(1, MONTHS + 1)])))
    )
    return [day for (day,) in first.iter_rows()]
