"""The checks that need the database: keys, lengths, people who left, ABK under examination."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import connection, models

from penata.domain import sheets
from penata.domain.beban_kerja.sheet import BebanKerjaSheet
from penata.domain.jabatan.models import Jabatan
from penata.domain.pegawai.models import Pegawai
from penata.domain.pegawai.reach import not_left
from penata.domain.pertukaran import checks
from penata.domain.pertukaran.examine import Extra
from penata.foundation import bulk
from penata.snapshot.schema import TABLES, Kind
from penata.snapshot.validation.agency import Agency, Parts, shown
from penata.snapshot.validation.references import ACROSS, UPWARD


def own_checks(as_of: date, *, langsung: bool) -> Sequence[Extra]:
    """Return the checks for an import that holds from *as_of*."""
    left = bulk.select(
        Pegawai.objects.exclude(not_left(as_of)).values_list("nip", "berhenti"), {"nip": pl.String, "hari": pl.Date}
    )
    busy = BebanKerjaSheet().locked(as_of)
    found: list[Extra] = [_unknown_keys, _jabatan_without_kind, _fits]
    if left.height:
        found.append(lambda agency: _left(agency, left))
    if busy.height and not langsung:
        found.append(lambda agency: _locked(agency, busy))
    return found


def _of_file(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("_row").is_not_null())


def _unknown_keys(agency: Agency) -> None:
    """A reference into a table without any row: the checks of a folder take the table for one that was not brought."""
    for reference in (*ACROSS, *UPWARD):
        if reference.table in agency.tables and agency[reference.target].is_empty():
            rows = _of_file(agency[reference.table]).filter(pl.col(reference.column).is_not_null())
            title = TABLES[reference.target].title
            agency.report(checks.UNKNOWN_KEY, reference.table, rows, reference.column, {"sheet": title})


def _jabatan_without_kind(agency: Agency) -> None:
    posisi = _of_file(agency["posisi"]).filter(pl.col("jabatan").is_not_null())
    new = posisi.filter(~pl.col("jabatan").is_in(agency["jabatan"]["nama"].drop_nulls().implode()))
    silent = new.filter(pl.col("jenis").is_null().all().over("jabatan"))
    agency.report(checks.JABATAN_WITHOUT_KIND, "posisi", silent, "jabatan")


def _left(agency: Agency, left: pl.DataFrame) -> None:
    for name, table in TABLES.items():
        if name in agency.tables and "nip" in table.polars_schema:
            gone = _of_file(agency[name]).join(left, on="nip")
            agency.report(checks.LEFT, name, gone, "nip", {"hari": pl.col("hari").dt.strftime("%d-%m-%Y")})


def _locked(agency: Agency, busy: pl.DataFrame) -> None:
    rows = _of_file(agency["beban_kerja"]).join(busy, on="posisi")
    agency.report(checks.ABK_LOCKED, "beban_kerja", rows, "posisi", {"status": pl.col("status")})


def _fits(agency: Agency) -> None:
    """Whether text and numbers fit the columns of the database."""
    for name in agency.tables:
        rows = _of_file(agency[name])
        if rows.is_empty():
            continue
        for column in TABLES[name].columns:
            item = _stored(name, column.name)
            limit = getattr(item, "max_length", None)
            if limit and column.kind is not Kind.NIP:
                length = pl.col(column.name).str.len_chars()
                # What is longer than any text may be was said already.
                long = rows.filter(length > limit)
                parts: Parts = {"length": length, "limit": str(limit), "value": pl.col(column.name).str.head(40) + "…"}
                agency.report(checks.TOO_LONG, name, long, column.name, parts)
            elif item is not None and column.kind in {Kind.INTEGER, Kind.YEAR}:
                most = connection.ops.integer_field_range(item.get_internal_type())[1]
                if most is not None:
                    large = rows.filter(pl.col(column.name) > most)
                    value = shown(column)
                    agency.report(checks.TOO_LARGE, name, large, column.name, {"limit": str(most), "value": value})


def _stored(table: str, column: str) -> models.Field[Any, Any] | None:
    """Return the field of the database that holds a column, None where it is kept as a reference."""
    if (table, column) == ("posisi", "jabatan"):
        return Jabatan._meta.get_field("nama")
    for model in sheets.sheet(table).models:
        for item in model._meta.concrete_fields:
            if item.name == column and not isinstance(item, models.ForeignKey):
                return item
    return None
