"""The generated city looks like the public statistics, which stand in the sample's own data file."""

import polars as pl
import pytest

from penata.sample.templates import load
from penata.snapshot.vocabulary import GOLONGAN_PNS

TARGET = load("sasaran")
NEAR = TARGET["toleransi"]


@pytest.fixture(scope="module")
def holders(city):
    posts = city["posisi"].select("jabatan", "jenis", "jenjang", posisi="kode")
    catalogue = city["jabatan"].select(
        "rumpun", "golongan_min", "golongan_maks", "pendidikan_min", "bup", jabatan="nama"
    )
    years = (pl.lit(city.per) - pl.col("tanggal_lahir")).dt.total_days() / 365.25
    people = city["pegawai"].join(posts, on="posisi", how="left").join(catalogue, on="jabatan", how="left")
    return people.with_columns(usia=years)


def share(frame, condition):
    return frame.select(condition.fill_null(value=False).mean()).item()


def test_status(holders):
    for status in ("pppk", "pppk paruh waktu", "cpns"):
        assert share(holders, pl.col("status") == status) == pytest.approx(TARGET["status"][status], abs=0.001)


def test_sex(holders):
    assert share(holders, pl.col("jenis_kelamin") == "perempuan") == pytest.approx(TARGET["perempuan"], abs=0.005)


def test_kind_of_post(holders):
    teacher = pl.col("jabatan").str.contains("^Guru |^Kepala (Sekolah|Taman)")
    assert share(holders, teacher) == pytest.approx(TARGET["kelompok"]["guru"], abs=NEAR)
    assert share(holders, pl.col("jenis") == "fungsional") == pytest.approx(0.70, abs=NEAR)
    assert share(holders, pl.col("jenis") == "pelaksana") == pytest.approx(TARGET["kelompok"]["pelaksana"], abs=NEAR)
    official = pl.col("jenis").is_in(["jpt pratama", "administrator", "pengawas"])
    assert share(holders, official) == pytest.approx(TARGET["struktural"], abs=NEAR)


def test_education(holders):
    for level, wanted in TARGET["pendidikan"].items():
        assert share(holders, pl.col("pendidikan") == level) == pytest.approx(wanted, abs=0.012), level


def test_age_of_pns(holders):
    pns = holders.filter(pl.col("status") == "pns")
    edges, shares = TARGET["usia_pns"]["batas"], TARGET["usia_pns"]["bagian"]
    bands = zip(edges[:-1], edges[1:], shares, strict=True)
    assert all(
        abs(share(pns, (pl.col("usia") >= low) & (pl.col("usia") < high)) - wanted) < 0.02
        for low, high, wanted in bands
    )
    assert share(pns, pl.col("usia") >= 51) == pytest.approx(0.34, abs=NEAR)


def test_golongan_of_pns(holders):
    pns = holders.filter(pl.col("status") == "pns")
    for rank, wanted in TARGET["golongan_pns"].items():
        found = share(pns, pl.col("golongan").str.starts_with(f"{rank}/"))
        assert found == pytest.approx(wanted, abs=TARGET["toleransi_golongan"]), rank


def test_pension_wave_and_ending_contracts(city, holders):
    late = pl.col("jabatan").str.contains("^Guru |^Kepala (Sekolah|Taman)|Ahli Madya$") | (
        pl.col("jenis") == "jpt pratama"
    )
    leaving = holders.drop_nulls("posisi").with_columns(sisa=pl.when(late).then(60).otherwise(58) - pl.col("usia"))
    assert leaving["sisa"].min() > 0  # nobody is past retirement
    assert 0.10 < share(leaving, pl.col("sisa") <= 5) < 0.20
    assert (city["pegawai"].filter(pl.col("status").str.starts_with("pppk"))["kontrak_berakhir"] >= city.per).all()


def test_golongan_suits_the_post(holders):
    order = {name: place for place, name in enumerate(GOLONGAN_PNS)}
    pns = holders.filter((pl.col("status") == "pns") & (pl.col("jenis") != "pelaksana"))
    ranks = pns.select(pl.col("golongan", "golongan_min", "golongan_maks").replace_strict(order, return_dtype=pl.Int64))
    assert (ranks["golongan"] >= ranks["golongan_min"]).all()
    assert (ranks["golongan"] <= ranks["golongan_maks"]).all()


def test_staffing_has_work_for_a_placement(city):
    gap = city["posisi"].select(d=pl.col("bezetting") - pl.col("kebutuhan"))["d"]
    assert 0.03 < gap.clip(0).sum() / 10_000 < 0.08
    assert 0.12 < -gap.clip(upper_bound=0).sum() / 10_000 < 0.25
    schools = city["unit"].filter(pl.col("jenis") == "sekolah").select(unit="kode", jauh="terpencil")
    seats = city["posisi"].join(schools, on="unit").filter(pl.col("jabatan").str.starts_with("Guru"))
    filled = seats.group_by("jauh").agg(pl.col("bezetting").sum() / pl.col("kebutuhan").sum())
    by_place = dict(filled.iter_rows())
    assert by_place[True] < 0.75 < by_place[False]


def test_discipline_and_wishes(city):
    assert city["hukuman_disiplin"].height == pytest.approx(50, abs=5)
    assert city["minat"]["nip"].n_unique() / 10_000 == pytest.approx(TARGET["minat"]["bagian"], abs=0.03)
    assert 0.58 < city["asesmen"].height / 10_000 < 0.72
