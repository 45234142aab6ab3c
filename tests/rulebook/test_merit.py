"""Merit indices: bands cover the scale without gaps, the combination stays between its parts."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.legislation import Law
from penata.rulebook.merit import band_2025_column, band_kasn_2019_column, nism_column
from penata.rulebook.rule import InputError, compute

LAW = Law(date(2026, 12, 31))
shares = st.floats(0, 1)


@pytest.mark.parametrize("grade", [band_2025_column, band_kasn_2019_column])
@given(index=st.lists(st.floats(0, 1.2), min_size=2))
def test_every_index_has_a_band_that_rises_with_it(grade, index):
    bands = grade(sorted(index), law=LAW)
    assert (bands >= 0).all()
    assert (np.diff(bands) >= 0).all()


@given(shares, shares, st.floats(0.01, 5), st.floats(0, 5))
def test_the_combination_lies_between_its_parts_whatever_the_weights(maturity, survey, first, second):
    nism = float(nism_column(maturity, survey, (first, second)))
    assert min(maturity, survey) - 1e-9 <= nism <= max(maturity, survey) + 1e-9


@given(st.tuples(*[st.booleans()] * 3))
def test_each_open_gate_asks_one_question_more(gates):
    keys = ("tpp_paid", "accident_2y", "death_2y")
    found = compute("merit.questions_applicable_2026", dict(zip(keys, gates, strict=True)), law=LAW).result.values
    assert found["total"] == 30 + sum(gates)
    assert found["aspect_6"] == 4 + sum(gates)


@pytest.mark.parametrize(
    ("rule", "inputs", "named"),
    [
        ("merit.combine_2025", {"maturity": 0.5, "survey": 2}, "survey"),
        ("merit.combine_2025", {"maturity": 0.5, "survey": 0.5, "weights": [0, 0]}, "weights"),
        ("merit.combine_2025", {"maturity": 0.5, "survey": 0.5, "weights": [1]}, "weights"),
        ("merit.kasn2019_index", {"score": 401}, "score"),
        ("merit.kasn2019_index", {"score": 1, "divisor": 0}, "divisor"),
        ("merit.aspect_mean", {"scores": [None]}, "scores"),
        ("merit.aspect_mean", {"scores": [5]}, "scores"),
        ("merit.questions_applicable_2026", {"tpp_paid": "mungkin", "accident_2y": 1, "death_2y": 1}, "tpp_paid"),
    ],
)
def test_a_wrong_input_is_named(rule, inputs, named):
    with pytest.raises(InputError, match=named):
        compute(rule, inputs, law=LAW)
