"""IP ASN: the dimensions stay within their weights, more never lowers the index, columns serve an agency."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.ip_asn import (
    category_column,
    competence_column,
    performance_column,
    qualification_column,
    trained_jf_column,
)
from penata.rulebook.legislation import Law
from penata.rulebook.rule import compute
from penata.rulebook.syarat import education_order

LAW = Law(date(2026, 12, 31))
KINDS = ("structural", "functional", "pelaksana")
person = st.fixed_dictionaries(
    {
        "pendidikan": st.sampled_from(["SD", "SMP", "SLTA", "D-I", "D-III", "S-1", "S-2", "S-3"]),
        "jabatan": st.sampled_from(KINDS),
        "diklatpim": st.booleans(),
        "diklat_fungsional": st.booleans(),
        "teknis_20jp": st.booleans(),
        "seminar": st.booleans(),
        "kinerja": st.floats(0, 100),
        "disiplin": st.sampled_from(["none", "ringan", "sedang", "berat"]),
    }
)


def total(inputs):
    return compute("ipasn.total", inputs, law=LAW).result.values


@given(person)
def test_the_index_lies_between_the_least_and_the_weights(inputs):
    found = total(inputs)
    assert 3 <= found["total"] <= 100
    assert found["kualifikasi"] <= 25
    assert found["kompetensi"] <= 40
    assert found["kinerja"] <= 30
    assert found["disiplin"] <= 5


@given(person, st.sampled_from(["diklatpim", "diklat_fungsional", "teknis_20jp", "seminar"]))
def test_one_more_course_never_lowers_the_index(inputs, course):
    assert total(inputs | {course: True})["total"] >= total(inputs)["total"]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_kinerja_rises_with_the_mark_and_every_mark_has_a_score(marks):
    scores = performance_column(sorted(marks), law=LAW)
    assert (np.diff(scores) >= 0).all()
    assert not np.isnan(scores).any()


@given(st.floats(0, 100))
def test_every_index_has_a_category_under_both_policies(index):
    assert category_column(index, law=LAW) >= 0
    assert category_column(index, law=Law(LAW.as_of, {"ipasn.kategori": "lebih_dari"})) >= 0


def test_columns_keep_unknown_unknown():
    scores = qualification_column(education_order(["S-3", "kursus", "SD"]), law=LAW)
    assert np.isnan(scores[1])
    assert scores[0] > scores[2]
    assert np.isnan(performance_column([np.nan], law=LAW)).all()
    assert np.isnan(competence_column(["lain"], [True], [True], [True], law=LAW)).all()
    assert category_column([np.nan], law=LAW).tolist() == [-1]
    assert trained_jf_column([], law=LAW).shape == (0,)
    assert trained_jf_column(["Dokter Ahli Muda", "Auditor", None], law=LAW).tolist() == [True, False, False]


def test_every_group_can_reach_the_whole_of_kompetensi():
    assert competence_column(KINDS, [True] * 3, [True] * 3, [True] * 3, law=LAW).tolist() == [40, 40, 40]
