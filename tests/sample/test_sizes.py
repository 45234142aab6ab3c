import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penata.analysis.kebutuhan import compute_kebutuhan
from penata.rulebook.legislation import Law
from penata.sample import LARGEST, SampleError, generate
from penata.snapshot.schema import TABLES
from penata.snapshot.validation import validate

PER = date(2026, 12, 31)
ROOT = Path(__file__).parents[2]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(50, 2500), st.integers(0, 2**40), st.dates(date(2021, 1, 1), date(2032, 6, 30)))
def test_any_size_seed_and_day_gives_an_agency_that_validation_accepts(pegawai, benih, per):
    city = generate(pegawai=pegawai, benih=benih, per=per, anomali=0)
    assert city["pegawai"].height == pegawai
    assert all(city[name].height for name in TABLES)
    found = validate(city.tables, per=per, law=Law(per)).findings
    assert found.select("code", "message").rows() == []


def test_a_large_agency_keeps_the_shape():
    city = generate(pegawai=60_000, benih=1, per=PER, anomali=0)
    assert city["pegawai"].height == 60_000
    assert 13_000 < city["posisi"].height < 18_000
    assert city["pegawai"]["nip"].n_unique() == 60_000
    assert city["unit"]["nama"].is_duplicated().sum() == 0
    assert city["unit"].filter(pl.col("nama").str.starts_with("Suku Dinas")).height > 20


@pytest.mark.parametrize("pegawai", [49, LARGEST + 1, 0, -5])
def test_other_sizes_are_refused_in_one_sentence(pegawai):
    with pytest.raises(SampleError, match=r"antara 50 dan 400\.000"):
        generate(pegawai=pegawai, benih=1, per=PER)


def test_other_nonsense_is_refused():
    with pytest.raises(SampleError, match="anomali"):
        generate(pegawai=100, benih=1, per=PER, anomali=1.5)
    with pytest.raises(SampleError, match="galat"):
        generate(pegawai=100, benih=1, per=PER, galat=-0.1)
    with pytest.raises(SampleError, match="benih"):
        generate(pegawai=100, benih=-1, per=PER)
    with pytest.raises(SampleError, match="2021"):
        generate(pegawai=100, benih=1, per=date(2015, 1, 1))


def test_the_seed_decides_everything():
    first, again, other = (generate(pegawai=400, benih=seed, per=PER, galat=0.01) for seed in (5, 5, 6))
    assert first.digest == again.digest
    assert first.digest != other.digest


def test_another_process_with_other_hashes_gives_the_same_agency():
    program = (
        "from datetime import date; from penata.sample import generate; "
        "print(generate(pegawai=300, benih=9, per=date(2026, 12, 31), galat=0.01).digest)"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src"), "POLARS_MAX_THREADS": threads},
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    }  # fmt: skip
    assert len(digests) == 1
    assert digests.pop().strip() == generate(pegawai=300, benih=9, per=PER, galat=0.01).digest


def test_name_of_the_agency_can_be_chosen():
    city = generate(pegawai=60, benih=1, per=PER, instansi="Pemerintah Kabupaten Nirmala Tala")
    assert city.instansi == "Pemerintah Kabupaten Nirmala Tala"
    assert city.instansi in city["unit"]["nama"].to_list()


def test_computed_need_is_near_the_printed_one(city, law):
    need = compute_kebutuhan(city, law=law).posisi
    measured = need.filter(pl.col("asal") == "terhitung")
    assert measured.height > 0.9 * need.height
    assert 0.01 < measured["beda"].mean() < 0.10
    gap = (measured["kebutuhan_terhitung"] - measured["kebutuhan_tercetak"]).abs()
    assert gap.mean() < 0.2
    rows = city["beban_kerja"].group_by("posisi").len()["len"]
    assert rows.min() >= 5
    assert rows.max() <= 12


def test_all_four_methods_and_several_units_of_time_occur(city):
    assert city["beban_kerja"]["metode"].n_unique() == 4
    assert {"menit", "jam"} <= set(city["beban_kerja"]["satuan_waktu"].drop_nulls())
    assert {"tahun", "bulan"} <= set(city["beban_kerja"]["periode"].drop_nulls())
