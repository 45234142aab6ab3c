"""The sample city goes through a workbook into the database and comes out again as the same tables."""

from datetime import date
from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal
from tests.web.kota import HARI

from penata.domain import sheets
from penata.domain.pertukaran.actions import import_workbook
from penata.sample import generate
from penata.snapshot.export import write_snapshot
from penata.snapshot.schema import TABLES

PER = date(2026, 1, 2)


def brought_in(snapshot, by, folder: Path, **options):
    path = folder / "kota.xlsx"
    write_snapshot(snapshot, path)
    return import_workbook([path], as_of=PER, penetapan_id=None, by=by, abk_langsung=True, **options)


def test_a_city_comes_out_as_it_went_in(akun, tmp_path) -> None:
    city = generate(pegawai=500, benih=1, per=HARI, anomali=0.0)
    done = brought_in(city, akun, tmp_path)
    assert done.findings.filter(pl.col("level") == "galat").is_empty()
    seen = sheets.snapshot(city.instansi, HARI)
    for name in TABLES:
        assert_frame_equal(seen[name], city[name])
    assert seen.digest == city.digest


def test_what_differs_for_a_city_with_oddities_is_told(akun, tmp_path) -> None:
    """A jabatan that only the map names is learnt by the catalogue; nothing else is added or lost."""
    city = generate(pegawai=500, benih=1, per=HARI)
    done = brought_in(city, akun, tmp_path)
    seen = sheets.snapshot(city.instansi, HARI)
    learnt = seen["jabatan"].join(city["jabatan"], on="nama", how="anti")
    assert learnt.height == done.akibat["jabatan dibuat dalam katalog"] > 0
    assert set(learnt["nama"]) <= set(city["posisi"]["jabatan"])
    for name in TABLES:
        expected = (
            seen[name].filter(~pl.col("nama").is_in(learnt["nama"].implode())) if name == "jabatan" else seen[name]
        )
        assert_frame_equal(expected, city[name])


def test_the_second_import_of_the_same_file_changes_nothing(akun, tmp_path) -> None:
    city = generate(pegawai=200, benih=2, per=HARI)
    brought_in(city, akun, tmp_path)
    before = sheets.snapshot(city.instansi, HARI).digest
    again = brought_in(city, akun, tmp_path)
    written = {name: (row["baru"], row["berubah"], row["berakhir"]) for name, row in again.tabel.items()}
    assert written == dict.fromkeys(city.given, (0, 0, 0))
    assert sheets.snapshot(city.instansi, HARI).digest == before
    assert not again.journal.steps
