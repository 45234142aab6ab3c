"""Absence: more days never bring a milder sanction; flexible days never count."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.disiplin import absence_step_column
from penata.rulebook.legislation import Law, NotInForceError
from penata.rulebook.rule import InputError, compute

LAW = Law(date(2026, 12, 31))
GRAVITY = {"none": 0, "ringan": 1, "sedang": 2, "berat": 3}


@pytest.mark.parametrize("as_of", [date(2015, 1, 1), date(2021, 8, 30), date(2021, 8, 31), date(2026, 12, 31)])
def test_more_days_are_never_milder(as_of):
    law = Law(as_of)
    assert (np.diff(absence_step_column(np.arange(367), law=law)) >= 0).all()
    levels = compute("disiplin.absence", {"days": list(range(367))}, law=law).result.values["level"]
    assert levels[0] == "none"
    assert sorted(levels, key=GRAVITY.__getitem__) == levels


@given(st.integers(0, 366))
def test_one_day_figure_agrees_with_the_column(days):
    alone = compute("disiplin.absence", {"days": days}, law=LAW).result.values
    listed = compute("disiplin.absence", {"days": [days]}, law=LAW).result.values
    assert [alone["level"]] == listed["level"]
    in_a_row = compute("disiplin.absence", {"days": days, "consecutive": True}, law=LAW).result.values
    assert GRAVITY[in_a_row["level"]] >= GRAVITY[alone["level"]]


@given(st.lists(st.sampled_from(["office", "wfh_assigned", "flexible_time", "absent_no_reason"]), min_size=1))
def test_only_unexcused_days_count(modes):
    found = compute("disiplin.flexible_day", {"days": [{"mode": mode} for mode in modes]}, law=LAW).result.values
    assert found["absence_count"] == modes.count("absent_no_reason")
    assert found["absence_count"] + found["working_days"] == len(modes)


def test_flexible_work_is_unknown_before_its_regulation():
    with pytest.raises(InputError, match="mode"):
        compute("disiplin.flexible_day", {"days": [{"mode": "wfh_assigned"}]}, law=Law(date(2025, 4, 20)))


def test_nothing_on_file_before_2010():
    with pytest.raises(NotInForceError):
        compute("disiplin.absence", {"days": 3}, law=Law(date(2009, 1, 1)))


@pytest.mark.parametrize("days", [-1, 367, 2.5, "3", None, [], [1, None]])
def test_impossible_days_are_refused(days):
    with pytest.raises(InputError, match="days"):
        compute("disiplin.absence", {"days": days}, law=LAW)
