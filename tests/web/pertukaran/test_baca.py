"""Every table of a snapshot is read from the database as it stands on a day."""

from datetime import date

import pytest
from tests.web.kota import HARI, POSISI, UNITS, Kota

from penata.domain import sheets
from penata.snapshot.schema import TABLES


def test_every_table_of_the_schema_has_a_sheet(kota: Kota) -> None:
    assert [sheet.table for sheet in sheets.sheets()] == list(TABLES)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_sheet_reads_with_one_query_in_the_shape_of_the_schema(kota, table, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        frame = sheets.read(table, HARI)
    assert dict(frame.schema) == TABLES[table].polars_schema


def test_the_snapshot_of_a_day_holds_what_was_in_force(kota: Kota) -> None:
    seen = sheets.snapshot("Kota Harapan", HARI)
    assert seen["unit"]["kode"].to_list() == sorted(row[0] for row in UNITS)
    assert seen["posisi"].height == len(POSISI)
    assert seen["pegawai"].filter(nip=kota.pegawai["Danu Wiratama"].nip)["posisi"].item() == "P-012"
    assert seen["pemangku"].height == 13
    assert sheets.snapshot("Kota Harapan", date(2023, 1, 1))["posisi"].is_empty()
