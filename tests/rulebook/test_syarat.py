"""Requirements of appointments: columns agree with single people, more never hurts, unknown is never failed."""

from datetime import date
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.fungsional import transfer_age_allowed_column, transfer_age_limit_column
from penata.rulebook.golongan import order
from penata.rulebook.legislation import Law, NotInForceError
from penata.rulebook.pelaksana import requirement_of
from penata.rulebook.syarat import (
    JENJANG,
    Calon,
    Unmet,
    education_order,
    eligible_column,
    hukuman_order,
    post_key,
    predikat_order,
    requirement,
)

LAW = Law(date(2026, 12, 31))
JENIS = ("jpt utama", "jpt madya", "jpt pratama", "administrator", "pengawas", "pelaksana")


def person(**changes):
    """A person who meets every requirement of JPT pratama, with *changes*."""
    columns = {
        "pendidikan": education_order(["S-2"]),
        "pengalaman_bidang": [9.0],
        "tahun_jabatan": {"administrator": [4.0]},
        "usia": [45.0],
        "predikat": predikat_order([["baik", "sangat baik"]]),
        "hukuman": [0],
        "golongan": order(np.array(["IV/b"])),
        "status": ["pns"],
    }
    return Calon(**(columns | changes))


def test_the_model_person_is_eligible_and_fully_known():
    judged = eligible_column(requirement("jpt pratama", law=LAW), person())
    assert judged.failing.tolist() == [0]
    assert judged.unknown.tolist() == [0]
    assert judged.eligible.tolist() == [True]


@pytest.mark.parametrize(
    ("change", "bit"),
    [
        ({"pendidikan": education_order(["D-III"])}, Unmet.PENDIDIKAN),
        ({"pengalaman_bidang": [4.9]}, Unmet.PENGALAMAN),
        ({"tahun_jabatan": {"pengawas": [9.0]}}, Unmet.JABATAN),
        ({"tahun_jabatan": {"administrator": [1.9], "fungsional ahli madya": [1.9]}}, Unmet.JABATAN),
        ({"usia": [56.01]}, Unmet.USIA),
        ({"predikat": predikat_order([["baik", "butuh perbaikan"]])}, Unmet.PREDIKAT),
        ({"hukuman": hukuman_order(["sedang"])}, Unmet.HUKUMAN),
        ({"status": ["pppk"]}, Unmet.STATUS),
    ],
)
def test_one_missing_requirement_sets_exactly_its_bit(change, bit):
    judged = eligible_column(requirement("jpt pratama", law=LAW), person(**change))
    assert judged.failing.tolist() == [bit]
    assert judged.unknown.tolist() == [0]


@pytest.mark.parametrize(
    ("change", "bit"),
    [
        ({"pendidikan": [0]}, Unmet.PENDIDIKAN),
        ({"pengalaman_bidang": None}, Unmet.PENGALAMAN),
        ({"tahun_jabatan": None}, Unmet.JABATAN),
        ({"tahun_jabatan": {"administrator": [np.nan]}}, Unmet.JABATAN),
        ({"usia": [np.nan]}, Unmet.USIA),
        ({"predikat": predikat_order([["baik"]])}, Unmet.PREDIKAT),
        ({"predikat": predikat_order([["baik", None]])}, Unmet.PREDIKAT),
        ({"hukuman": None}, Unmet.HUKUMAN),
        ({"status": [None]}, Unmet.STATUS),
    ],
)
def test_what_is_not_told_is_unknown_and_not_failed(change, bit):
    judged = eligible_column(requirement("jpt pratama", law=LAW), person(**change))
    assert judged.failing.tolist() == [0]
    assert judged.unknown.tolist() == [bit]


def test_a_known_failure_outweighs_an_unknown_year():
    judged = eligible_column(requirement("jpt pratama", law=LAW), person(predikat=predikat_order([[None, "kurang"]])))
    assert judged.failing.tolist() == [Unmet.PREDIKAT]
    assert judged.unknown.tolist() == [0]


def test_golongan_counts_only_where_the_agency_asks_it_and_the_ladders_do_not_mix():
    asked = requirement("jpt pratama", law=Law(LAW.as_of, {"syarat.jpt_pratama": "dengan_golongan"}))
    plain = requirement("jpt pratama", law=LAW)
    for golongan, failing in (("IV/a", Unmet.GOLONGAN), ("IV/b", 0), ("XVII", Unmet.GOLONGAN)):
        candidate = person(golongan=order(np.array([golongan])))
        assert eligible_column(asked, candidate).failing.tolist() == [failing]
        assert eligible_column(plain, candidate).failing.tolist() == [0]


@pytest.mark.parametrize("jenis", JENIS)
@given(
    education=st.sampled_from(["SD", "SLTA", "D-III", "S-1", "S-2", None]),
    years=st.lists(st.floats(0, 40), min_size=3, max_size=3),
    age=st.floats(20, 65),
    predikat=st.lists(st.sampled_from(["baik", "kurang", None]), min_size=2, max_size=2),
    longer=st.floats(0, 10),
)
def test_more_years_or_education_never_hurts_and_more_age_never_helps(jenis, education, years, age, predikat, longer):
    syarat = requirement(jenis, law=LAW)
    keys = [post.key for post in syarat.jabatan_terakhir] or ["pelaksana"]

    def failing(extra, older, level):
        candidate = Calon(
            pendidikan=education_order([level]),
            pengalaman_bidang=[years[0] + extra],
            tahun_jabatan={key: [held + extra] for key, held in zip(keys, years[1:], strict=False)},
            usia=[age + older],
            predikat=predikat_order([predikat]),
            hukuman=[0],
            status=["pns"],
        )
        return int(eligible_column(syarat, candidate).failing[0])

    assert failing(longer, 0, education) & ~failing(0, 0, education) == 0
    assert failing(0, 0, "S-3") & ~failing(0, 0, education) == 0
    assert failing(0, 0, education) & ~failing(0, longer, education) == 0


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(30, 65), st.sampled_from(["S-1", "D-III", None])), max_size=12))
def test_a_column_judges_like_single_people_in_any_order(people):
    syarat = requirement("administrator", law=LAW)

    def judge(rows):
        return eligible_column(
            syarat,
            Calon(
                pendidikan=education_order([row[2] for row in rows]),
                tahun_jabatan={"pengawas": [row[0] for row in rows]},
                usia=[row[1] for row in rows],
                status=["pns"] * len(rows),
            ),
        )

    whole = judge(people)
    assert whole.failing.shape == whole.unknown.shape == (len(people),)
    assert [int(judge([row]).failing[0]) for row in people] == whole.failing.tolist()
    assert judge(people[::-1]).unknown.tolist() == whole.unknown.tolist()[::-1]


def test_a_whole_agency_is_judged_at_once():
    size = 60_000
    random = np.random.default_rng(7)
    candidate = Calon(
        pendidikan=education_order(random.choice(["SLTA", "S-1", "S-2"], size)),
        pengalaman_bidang=random.uniform(0, 30, size),
        tahun_jabatan={"administrator": random.uniform(0, 5, size)},
        usia=random.uniform(25, 60, size),
        predikat=random.integers(0, 6, (size, 2)),
        hukuman=random.integers(0, 4, size),
        status=random.choice(["pns", "pppk"], size),
    )
    start = perf_counter()
    judged = eligible_column(requirement("jpt pratama", law=LAW), candidate)
    assert perf_counter() - start < 2
    assert 0 < judged.eligible.sum() < size


@pytest.mark.parametrize(
    ("spelled", "level"),
    [("S1", 7), ("s-1", 7), ("Sarjana", 7), ("D-IV", 7), ("D IV / S1", 7), ("D3", 6), ("D-III", 6), ("SMA/SMK", 3),
     ("SLTA", 3), ("Magister", 8), ("S 3", 9), ("SD", 1), ("kursus", 0), ("", 0), (None, 0), (np.nan, 0)],
)  # fmt: skip
def test_spellings_of_education(spelled, level):
    assert education_order([spelled]).tolist() == [level]


def test_orders_keep_the_shape_of_what_they_are_given():
    assert predikat_order([]).shape == (0,)
    assert predikat_order([["Baik", None], ["SANGAT  BAIK", "cukup"]]).tolist() == [[4, 0], [5, 3]]
    assert hukuman_order([None, "Berat"]).tolist() == [0, 3]
    assert education_order("S2").tolist() == 8


def test_a_requirement_carries_its_basis_and_its_date():
    syarat = requirement("jpt pratama", law=LAW)
    assert syarat.basis.source == "pp-17-2020"
    assert requirement("jpt pratama", law=Law(date(2019, 1, 1))).basis.source == "pp-11-2017"
    with pytest.raises(NotInForceError):
        requirement("jpt pratama", law=Law(date(2001, 1, 1)))
    with pytest.raises(KeyError):
        requirement("bupati", law=LAW)
    with pytest.raises(KeyError):
        requirement("fungsional", "juru", law=LAW)


@pytest.mark.parametrize("jenjang", JENJANG)
def test_coming_from_the_same_rumpun_never_lowers_the_age(jenjang):
    usual = requirement("perpindahan fungsional", jenjang, law=LAW)
    related = requirement("perpindahan fungsional", jenjang, same_rumpun=True, law=LAW)
    assert related.usia_maks >= usual.usia_maks
    limits = transfer_age_limit_column([jenjang] * 2, [False, True], law=LAW)
    assert limits.tolist() == [usual.usia_maks, related.usia_maks]


def test_an_unknown_jenjang_has_no_age_and_is_not_allowed():
    assert np.isnan(transfer_age_limit_column(["", None], [False, False], law=LAW)).all()
    assert transfer_age_allowed_column(["juru"], [20], [True], law=LAW).tolist() == [False]


def test_the_exception_for_heritage_keepers_ends():
    keeper = "Juru Pelihara  Cagar Budaya"
    assert requirement_of(keeper, law=LAW).pendidikan_min == "SMP"
    assert requirement_of("Operator", law=LAW).pendidikan_min == "SLTA"
    assert requirement_of(keeper, law=Law(date(2030, 7, 15))).pendidikan_min == "SMP"
    assert requirement_of(keeper, law=Law(date(2030, 7, 16))).pendidikan_min == "SLTA"


def test_the_key_of_a_post():
    assert post_key("fungsional", "ahli muda") == "fungsional ahli muda"
    assert post_key("pengawas") == "pengawas"
