"""Tenure, JP, working hours, selection: bounds belong to the lawful side, columns agree with single values."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.jam_kerja import week_minutes
from penata.rulebook.legislation import Law
from penata.rulebook.mutasi import ALLOWED, OVERDUE, TOO_EARLY, UNKNOWN, tenure_state_column
from penata.rulebook.pelaksana import nomenclature_on
from penata.rulebook.pengembangan import jp_lawful_column
from penata.rulebook.rule import InputError, compute
from penata.rulebook.seleksi import final_score_column, shortlist

LAW = Law(date(2026, 12, 31))


def test_the_ends_of_the_lawful_tenure():
    bounds = LAW.value("mutasi.masa_jabatan")
    years = [np.nan, 0, bounds["minimal"] - 0.01, bounds["minimal"], bounds["maksimal"], bounds["maksimal"] + 0.01]
    states = [UNKNOWN, TOO_EARLY, TOO_EARLY, ALLOWED, ALLOWED, OVERDUE]
    assert tenure_state_column(years, law=LAW).tolist() == states
    assert tenure_state_column([], law=LAW).shape == (0,)


@given(st.lists(st.floats(0, 45), min_size=2))
def test_a_longer_tenure_never_goes_back(years):
    assert (np.diff(tenure_state_column(sorted(years), law=LAW)) >= 0).all()


@given(st.floats(0, 200), st.floats(0, 50))
def test_more_jp_helps_a_pns_and_may_only_hurt_a_pppk(jp, more):
    pns = jp_lawful_column([False, False], [jp, jp + more], law=LAW)
    pppk = jp_lawful_column([True, True], [jp, jp + more], law=LAW)
    assert pns[0] <= pns[1]
    assert pppk[0] >= pppk[1]


@given(st.lists(st.lists(st.floats(0, 100), min_size=4, max_size=4), min_size=1, max_size=10), st.floats(0.1, 9))
def test_final_scores_do_not_depend_on_the_scale_of_the_weights(scores, factor):
    weights = np.array([25.0, 20, 35, 20])
    found = final_score_column(scores, weights)
    assert np.allclose(found, final_score_column(scores, weights * factor), atol=0.0101)
    assert (found >= np.min(scores, axis=1) - 0.01).all()
    assert (found <= np.max(scores, axis=1) + 0.01).all()
    best = shortlist(found, law=LAW)
    assert len(best) == min(len(scores), LAW.value("seleksi.calon_diusulkan"))
    assert found[best].tolist() == sorted(found, reverse=True)[: len(best)]


def test_an_hour_more_each_day_is_five_hours_more_a_week():
    week = week_minutes(450, 960, 990, 60, 90)
    assert week_minutes(390, 960, 990, 60, 90) - week == 300


def test_the_day_decides_the_decree_and_the_record_shows_it():
    law = LAW.fresh()
    assert nomenclature_on(date(2025, 7, 14), law=law).value["keputusan"] == "KepmenPANRB 11/2024"
    assert nomenclature_on(date(2025, 7, 15), law=law).source == "kepmenpanrb-282-2025"
    assert list(law.used) == ["pelaksana.nomenklatur"]


@pytest.mark.parametrize(
    ("rule", "inputs", "named"),
    [
        ("mutasi.tenure", {"years_in_post": [1, -1]}, "years_in_post"),
        ("pengembangan.jp", {"status": "honorer", "jp": 3}, "status"),
        ("pengembangan.jp", {"cases": [["PNS"]]}, "jp"),
        ("pengembangan.jp", {"cases": [["PNS", 1, 2]]}, "cases"),
        ("pengembangan.jp", {"cases": [{"status": "PNS", "jam": 2}]}, "cases"),
        ("jam_kerja.week", {"end_mon_thu": "16", "end_fri": "16:00"}, "end_mon_thu"),
        ("jam_kerja.week", {"end_mon_thu": "24:00", "end_fri": "16:00"}, "end_mon_thu"),
        ("jam_kerja.week", {"end_mon_thu": "16:00", "end_fri": "07:45"}, "end_fri"),
        ("jpt.final_score", {"scores": {"makalah": 80}}, "weights"),
        ("jpt.final_score", {"scores": {"tes": 80}, "weights": {"tes": 1}}, "scores"),
        ("jpt.final_score", {"scores": {"makalah": 80}, "weights": {"makalah": 0}}, "weights"),
        ("jpt.panel_internal_share", {"external": 0, "internal": 0}, "external"),
        ("pelaksana.nomenclature_version", {"dates": "1990-01-01"}, "dates"),
        ("pelaksana.nomenclature_version", {"dates": "2026-02-30"}, "dates"),
        ("pelaksana.eligible", {"education": "kursus"}, "education"),
        ("administrator.eligible", {"education": "S1"}, "pengawas_years"),
        ("administrator.eligible", {"pengawas_years": 3}, "education"),
        ("jpt.pratama.eligible", {"education": "S1", "field_years": 5, "last_post": "lurah adat",
                                  "last_post_years": 2, "age": 50}, "last_post"),
        ("jpt.pratama.eligible", {"education": "S1", "field_years": 5, "last_post": "administrator",
                                  "last_post_years": 2, "age": 50, "golongan": "V/z"}, "golongan"),
        ("jf.perpindahan_age", {"cases": [["ahli sekali", 30]]}, "jenjang"),
        ("jf.perpindahan_age", {"jenjang": "ahli muda"}, "age"),
    ],
)  # fmt: skip
def test_a_wrong_input_is_named(rule, inputs, named):
    with pytest.raises(InputError, match=named):
        compute(rule, inputs, law=LAW)
