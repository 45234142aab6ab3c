"""Real files of other shapes; skipped where the shared reference data are not at hand."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from penata.snapshot.structure import count_structure
from penata.snapshot.workbook import read_workbook

PER = date(2026, 12, 31)
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
UK, AGENCY = DATA / "uk-organogram", DATA / "real-agency-part"
pytestmark = pytest.mark.shared


@pytest.mark.skipif(not UK.is_dir(), reason=f"no shared data at {UK}")
@pytest.mark.parametrize("body", ["crown_prosecution_service-2011-09-30", "ofsted-2011-09-30"])
def test_counts_of_the_uk_organograms(body: str) -> None:
    with (UK / "acuan_struktur.csv").open(encoding="utf-8") as file:
        (expected,) = [row for row in csv.DictReader(file) if row.pop("berkas") == body]
    reading = read_workbook([UK / f"{body}-senior.csv", UK / f"{body}-junior.csv"], per=PER)
    assert reading.snapshot is not None
    assert count_structure(reading.snapshot) == {name: float(value) for name, value in expected.items()}


@pytest.mark.skipif(not UK.is_dir(), reason=f"no shared data at {UK}")
def test_the_uk_folder_is_known_without_being_named() -> None:
    reading = read_workbook([UK], per=PER)
    assert reading.snapshot is not None
    assert reading.snapshot["posisi"].height == 71 + 38 + 1132 + 171
    assert reading.findings.filter(code="B30").height == 4


@pytest.mark.skipif(not AGENCY.is_dir(), reason=f"no shared data at {AGENCY}")
def test_a_real_agency() -> None:
    reading = read_workbook([AGENCY], per=PER, proceed=True)
    snapshot = reading.snapshot
    assert snapshot is not None
    posisi = snapshot["posisi"]
    assert (posisi.height, posisi["bezetting"].sum(), posisi["kebutuhan"].sum()) == (684, 731, 1856)
    assert posisi.select(pl.col("jenis", "kelas", "unit").null_count()).row(0) == (0, 0, 0)
    assert snapshot["beban_kerja"].height == 3092
    assert reading.findings.filter(level="peringatan")["row"].n_unique() == 4
