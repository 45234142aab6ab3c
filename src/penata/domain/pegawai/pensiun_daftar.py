"""Who retires when: the list, the counts ahead and the months of the chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from penata.domain.organisasi.pilihan import named_office, named_unit, unit_filter
from penata.domain.pegawai.models import Pegawai
from penata.domain.pegawai.pensiun import WINDOWS, monthly, months_ahead
from penata.domain.pegawai.queries import (
    BY_JENIS,
    age_on,
    by_kritis,
    find,
    golongan_on,
    in_unit,
    jenis_on,
    listed,
    text,
)
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.listing import Ask, Column, Filter, Kind, Listing, Selection, register
from penata.foundation.memo import remember
from penata.language import N_, _

PASSED = "lewat"
ROOMS = ("pegawai", "jabatan", "organisasi", "mutu")


def _rows(reader: Reader) -> QuerySet[Pegawai]:
    """Return who reaches the age limit within the longest window, or has passed it and is still on the books."""
    return listed(reader).filter(tanggal_pensiun__lte=months_ahead(reader.as_of, WINDOWS[-1]))


def _within(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    if value == PASSED:
        return rows.filter(tanggal_pensiun__lte=reader.as_of)
    if value not in {str(months) for months in WINDOWS}:
        raise ValueError(value)
    return rows.filter(tanggal_pensiun__gt=reader.as_of, tanggal_pensiun__lte=months_ahead(reader.as_of, int(value)))


def _windows(_reader: Reader) -> Sequence[tuple[str, str]]:
    ahead = [(str(months), _("dalam {n} bulan").format(n=months)) for months in WINDOWS]
    return [*ahead, (PASSED, _("sudah lewat, masih tercatat"))]


PENSIUN = register(
    Listing(
        name="pensiun",
        title=N_("Pensiun"),
        permission=Permission.PEGAWAI_LIHAT,
        rows=_rows,
        columns=(
            Column("nip", N_("NIP"), kind=Kind.CODE),
            Column("nama", N_("Nama"), sortable=True),
            Column("tanggal_pensiun", N_("Tanggal pensiun"), kind=Kind.DATE, sortable=True),
            Column("bup", N_("BUP"), kind=Kind.INTEGER, nullable=True),
            Column("jabatan", N_("Jabatan"), text("masa__jabatan__nama")),
            Column("unit", N_("Unit"), "masa__unit_id", words=named_unit),
            Column("perangkat_daerah", N_("Perangkat daerah"), "masa__unit_id", words=named_office),
            Column("kritis", N_("Posisi kritis"), "masa__kritis", Kind.YES_NO, nullable=True),
            Column("umur", N_("Umur"), age_on, Kind.INTEGER, shown=False, nullable=True),
            Column("jenis", N_("Jenis jabatan"), jenis_on, Kind.CHOICE, shown=False, nullable=True),
            Column("golongan", N_("Golongan"), golongan_on, Kind.CODE, shown=False),
            Column("status", N_("Status"), kind=Kind.CHOICE, shown=False),
            Column("kontrak_berakhir", N_("Akhir kontrak PPPK"), kind=Kind.DATE, shown=False, nullable=True),
            Column("posisi", N_("Kode posisi"), text("kursi__posisi__kode"), Kind.CODE, shown=False),
        ),
        order="tanggal_pensiun",
        search=find,
        search_hint=N_("Awal NIP, atau kata dari nama, jabatan, unit"),
        filters=(
            Filter("dalam", N_("Pensiun"), _within, _windows),
            unit_filter(Permission.PEGAWAI_LIHAT, in_unit),
            BY_JENIS,
            Filter("kritis", N_("Posisi kritis"), by_kritis, kind="yes_no"),
        ),
        ruang=ROOMS,
        key="nip",
    )
)


@dataclass(frozen=True)
class Gelombang:
    """How many retire: ``bulan`` has every month of the longest window, ``lewat`` who passed the limit already."""

    bulan: tuple[tuple[date, int], ...]
    lewat: int

    def within(self, as_of: date) -> list[tuple[int, int]]:
        """Return (months, how many) for each window."""
        ends = [(span, months_ahead(as_of, span)) for span in WINDOWS]
        return [(span, sum(n for day, n in self.bulan if day <= end)) for span, end in ends]

    def yearly(self) -> dict[int, int]:
        """Return how many retire in each calendar year."""
        years: dict[int, int] = {}
        for day, n in self.bulan:
            years[day.year] = years.get(day.year, 0) + n
        return years


def gelombang(reader: Reader, params: QueryDict) -> Gelombang:
    """Return the wave of pensions under the filters of the list, but for the window."""
    ask = Ask.read(PENSIUN, reader, params)
    asked = Ask(search=ask.search, filters={k: v for k, v in ask.filters.items() if k != "dalam"})

    def make() -> Gelombang:
        counts = dict(monthly(Selection(PENSIUN, reader, asked).rows))
        # Pension begins on the first of a month.
        starts = (months_ahead(reader.as_of.replace(day=1), step) for step in range(1, WINDOWS[-1] + 1))
        ahead = tuple((start, counts.get(start, 0)) for start in starts)
        return Gelombang(ahead, sum(n for day, n in counts.items() if day <= reader.as_of))

    scope = reader.scope(Permission.PEGAWAI_LIHAT)
    state = (asked.search, tuple(sorted(asked.filters.items())))
    return remember(("gelombang pensiun", reader.as_of, scope, state, revision(*ROOMS)), make)
