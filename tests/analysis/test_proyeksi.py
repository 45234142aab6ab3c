"""Five years ahead: who leaves when, and the gap that is left."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.agency import PER, small_agency, tables

from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.peta import build_peta
from penata.analysis.proyeksi import project
from penata.rulebook.legislation import Law
from penata.snapshot.edits import ChangeKebutuhan, RemovePegawai, apply
from penata.snapshot.snapshot import build

LAW = Law(PER)
KADIS, KABID, PPPK = "196811041997031002", "196905201993032002", "199603052023212001"


def run(snapshot):
    law = Law(snapshot.per)
    kebutuhan = compute_kebutuhan(snapshot, law=law)
    return project(snapshot, kebutuhan, build_peta(snapshot, kebutuhan), law=law)


def person(snapshot, nip):
    return run(snapshot).pegawai.filter(pl.col("nip") == nip).row(0, named=True)


def with_pegawai(nip, **values):
    frame = tables()["pegawai"]
    here = pl.col("nip") == nip
    changed = frame.with_columns(
        pl.when(here).then(pl.lit(value, dtype=frame.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )
    return build("K", PER, tables() | {"pegawai": changed})


def test_known_people():
    snapshot = small_agency()
    kadis, kabid, pppk = (person(snapshot, nip) for nip in (KADIS, KABID, PPPK))
    assert (kadis["bup"], kadis["tanggal_pensiun"], kadis["tahun_keluar"]) == (60, date(2028, 12, 1), 2028)
    assert (kabid["bup"], kabid["tanggal_pensiun"], kabid["tahun_keluar"]) == (58, date(2027, 6, 1), 2027)
    assert (pppk["kontrak_berakhir"], pppk["tahun_keluar"]) == (date(2028, 4, 30), 2028)


def test_gap_of_a_jabatan_by_hand():
    rows = run(small_agency()).jabatan.filter(pl.col("jabatan") == "Perawat Terampil")
    assert rows["tahun"].to_list() == [2026, 2027, 2028, 2029, 2030, 2031]
    assert rows["kontrak_berakhir"].to_list() == [0, 1, 0, 0, 0, 0]
    assert rows["bezetting"].to_list() == [4, 3, 3, 3, 3, 3]
    assert rows["selisih"].to_list() == [1, 0, 0, 0, 0, 0]


def test_wave_and_perangkat_daerah_agree():
    done = run(small_agency())
    assert done.tahun == (2026, 2027, 2028, 2029, 2030, 2031)
    assert done.gelombang["pensiun"].to_list() == [0, 1, 1, 1, 0, 1]
    assert done.gelombang["kontrak_berakhir"].to_list() == [0, 1, 1, 0, 0, 0]
    per_year = done.perangkat_daerah.group_by("tahun").agg(pl.col("pensiun", "kontrak_berakhir").sum()).sort("tahun")
    assert per_year.select("pensiun", "kontrak_berakhir").equals(done.gelombang.select("pensiun", "kontrak_berakhir"))


# Vectors ABK-13 and ABK-14: existing, need, pensions and ending contracts per year, gap at the end of each year.
PUBLISHED = [
    (10, 12, [1, 0, 2], [0, 1, 0], [-3, -4, -6]),
    (12, 10, [1, 2], [0, 0], [1, -1]),
]


@pytest.mark.parametrize(("existing", "need", "bup", "contracts", "gaps"), PUBLISHED)
def test_rule_of_the_regulation(existing, need, bup, contracts, gaps):
    born = [date(PER.year + year - 58, 3, 5) for year, n in enumerate(bup, start=1) for _ in range(n)]
    ends = [date(PER.year + year, 6, 30) for year, n in enumerate(contracts, start=1) for _ in range(n)]
    stay = existing - len(born) - len(ends)
    births = born + [date(1995, 1, 1)] * (len(ends) + stay)
    contract_days = [None] * len(born) + ends + [None] * stay
    people = pl.DataFrame(
        {
            "nip": [f"{n:018d}" for n in range(existing)], "nama": "X", "tanggal_lahir": births,
            "kontrak_berakhir": contract_days, "posisi": "A",
        },
        schema_overrides={"kontrak_berakhir": pl.Date},
    )  # fmt: skip
    posisi = pl.DataFrame({"kode": ["A"], "jabatan": ["Klerek"], "jenis": ["pelaksana"], "kebutuhan": [float(need)]})
    rows = run(build("K", PER, {"posisi": posisi, "pegawai": people})).jabatan
    assert rows["selisih"].to_list()[0] == existing - need
    assert rows["selisih"].to_list()[1 : len(gaps) + 1] == gaps


def test_birth_date_of_the_nip_serves_where_none_is_given():
    assert person(with_pegawai(KABID, tanggal_lahir=None), KABID)["tanggal_pensiun"] == date(2027, 6, 1)


def test_age_of_the_catalogue_goes_before_the_rule():
    frame = tables()["jabatan"]
    own = pl.when(pl.col("nama") == "Dokter Ahli Muda").then(65).cast(pl.Int64).alias("bup")
    snapshot = build("K", PER, tables() | {"jabatan": frame.with_columns(own)})
    assert person(snapshot, "198706272014022001")["bup"] == 65


def test_person_without_posisi_is_judged_by_the_last_jabatan():
    row = person(small_agency(), "198112242008012001")
    assert (row["posisi"], row["bup"]) == (None, 58)
    without = build("K", PER, {name: frame for name, frame in tables().items() if name != "riwayat_jabatan"})
    assert person(without, "198112242008012001")["bup"] is None


def test_who_should_have_left_leaves_in_the_first_year():
    assert person(with_pegawai(KABID, tanggal_lahir=date(1960, 1, 1)), KABID)["tahun_keluar"] == 2027
    assert person(with_pegawai(PPPK, kontrak_berakhir=date(2025, 1, 31)), PPPK)["tahun_keluar"] == 2027


def test_a_pppk_leaves_at_whichever_comes_first():
    snapshot = with_pegawai(PPPK, kontrak_berakhir=date(2029, 12, 31), tanggal_lahir=date(1970, 2, 2))
    done = run(snapshot)
    assert done.pegawai.filter(pl.col("nip") == PPPK)["tahun_keluar"].to_list() == [2028]
    assert done.gelombang["pensiun"].to_list()[2] == 2


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2027, 12, 31), 2027), (date(2028, 1, 1), 2028), (date(2031, 12, 31), 2031), (date(2032, 1, 1), None)],
)
def test_years_are_calendar_years_of_a_snapshot_of_december(day, year):
    assert person(with_pegawai(PPPK, kontrak_berakhir=day), PPPK)["tahun_keluar"] == year


def test_years_follow_the_day_of_the_snapshot():
    snapshot = build("K", date(2026, 6, 30), tables())
    done = run(snapshot)
    assert done.tahun[0] == 2026
    row = done.pegawai.filter(pl.col("nip") == KABID).row(0, named=True)
    assert (row["tanggal_pensiun"], row["tahun_keluar"]) == (date(2027, 6, 1), 2027)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(tables()["pegawai"]["nip"].to_list()), unique=True, max_size=10), st.integers(0, 6))
def test_staff_of_every_year_is_what_the_year_before_left(gone, need):
    done = run(apply(small_agency(), [*map(RemovePegawai, gone), ChangeKebutuhan("P-15", float(need))]))
    for frame, key in ((done.jabatan, "jabatan"), (done.perangkat_daerah, "perangkat_daerah")):
        rows = frame.with_columns(before=pl.col("bezetting").shift().over(key)).filter(pl.col("tahun") > 2026)
        assert (rows["before"] - rows["pensiun"] - rows["kontrak_berakhir"] == rows["bezetting"]).all()
        assert (frame["bezetting"] - frame["kebutuhan"] == frame["selisih"]).all()
        assert (frame["bezetting"] >= 0).all()


def test_unknown_need_gives_no_gap():
    posisi = tables()["posisi"].with_columns(kebutuhan=pl.lit(None, dtype=pl.Float64))
    done = run(build("K", PER, {"posisi": posisi, "pegawai": tables()["pegawai"]}))
    assert done.jabatan["selisih"].null_count() == done.jabatan.height > 0


def test_order_of_rows_does_not_matter():
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=5) for name, frame in tables().items()}
    one, two = run(small_agency()), run(build("K", PER, shuffled))
    assert one.pegawai.equals(two.pegawai)
    assert one.jabatan.equals(two.jabatan)
    assert one.perangkat_daerah.equals(two.perangkat_daerah)


def test_person_held_twice_is_listed_once():
    twice = pl.DataFrame({"nip": [KABID], "posisi": ["P-09"], "jenis": ["definitif"]})
    pemangku = pl.concat([tables()["pemangku"], twice], how="diagonal")
    done = run(build("K", PER, tables() | {"pemangku": pemangku}))
    assert done.pegawai["nip"].is_unique().all()
    assert done.gelombang["pensiun"].sum() == 4


def test_nobody_and_nothing():
    done = run(build("K", PER, {}))
    assert done.gelombang.height == 6
    assert (done.pegawai.height, done.jabatan.height) == (0, 0)
