"""Survey index: order and scale of the answers, weights, sample sizes against the printed table."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.legislation import Law
from penata.rulebook.rule import InputError, compute
from penata.rulebook.skm import ikm_column, mutu_index_column, sample_size_column, weight

LAW = Law(date(2026, 12, 31))
# Rows of the table of Krejcie and Morgan that agencies print; the last printed row (100,000: 384) is known to differ.
PRINTED = {
    10: 10, 15: 14, 20: 19, 25: 24, 30: 28, 35: 32, 40: 36, 45: 40, 50: 44, 55: 48, 60: 52, 65: 56, 70: 59, 75: 63,
    80: 66, 85: 70, 90: 73, 95: 76, 100: 80, 110: 86, 120: 92, 130: 97, 140: 103, 150: 108, 200: 132, 250: 152,
    300: 169, 400: 196, 500: 217, 1000: 278, 2000: 322, 5000: 357, 10000: 370, 20000: 377, 50000: 381, 75000: 382,
}  # fmt: skip
rows = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=12)


def test_the_printed_table_of_sample_sizes():
    assert sample_size_column(list(PRINTED), law=LAW).tolist() == list(PRINTED.values())


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=20))
def test_a_larger_population_never_needs_fewer_and_never_more_than_there_are(people):
    sizes = sample_size_column(sorted(people), law=LAW)
    assert (np.diff(sizes) >= 0).all()
    assert (sizes <= np.array(sorted(people))).all()
    assert (sizes >= 1).all()


@given(rows, st.randoms(use_true_random=False))
def test_the_index_ignores_the_order_of_respondents_and_keeps_its_scale(answers, random):
    found = compute("skm.ikm_from_rows", {"rows": answers}, law=LAW).result.values
    shuffled = answers[:]
    random.shuffle(shuffled)
    assert compute("skm.ikm_from_rows", {"rows": shuffled}, law=LAW).result.values == found
    assert 25 <= found["ikm"] <= 100
    assert found["ikm_011"] <= found["ikm_0111"] <= found["ikm_exact"]


@given(rows, st.integers(0, 8))
def test_a_better_answer_never_lowers_the_index(answers, unsur):
    better = [list(row) for row in answers]
    better[0][unsur] = 4
    before = compute("skm.ikm_from_rows", {"rows": answers}, law=LAW).result.values
    after = compute("skm.ikm_from_rows", {"rows": better}, law=LAW).result.values
    assert after["ikm"] >= before["ikm"]
    assert after["mutu"] <= before["mutu"]  # A before B


def test_totals_and_rows_and_means_agree():
    answers = [[3, 4, 2, 4, 3, 3, 4, 1, 2], [4, 4, 3, 4, 3, 2, 4, 3, 3]]
    by_rows = compute("skm.ikm_from_rows", {"rows": answers}, law=LAW).result.values
    totals = {"totals": by_rows["totals"], "respondents": 2}
    assert compute("skm.ikm", totals, law=LAW).result.values["ikm"] == by_rows["ikm"]
    assert compute("skm.ikm", {"nrr_sum": 28}, law=LAW).result.values["ikm"] == by_rows["ikm"]


@pytest.mark.parametrize(
    ("variant", "share"), [("1/n", 1 / 9), ("round3", 0.111), ("0.111", 0.111), ("0.11", 0.11), (None, 1 / 9)]
)
def test_weights_of_nine(variant, share):
    assert weight(9, law=LAW, variant=variant) == pytest.approx(share, abs=1e-15)


def test_a_column_of_offices():
    sums = np.array([9.0, 31.42, 36.0])
    assert ikm_column(sums, 1 / 9, law=LAW).tolist() == [25.0, 87.28, 100.0]
    assert mutu_index_column([25, 87.28, 100, np.nan], law=LAW).tolist() == [0, 2, 3, -1]
    assert ikm_column([], 1 / 9, law=LAW).shape == (0,)


@pytest.mark.parametrize(
    ("rule", "inputs", "named"),
    [
        ("skm.ikm", {"nrr": [5]}, "nrr"),
        ("skm.ikm", {"nrr": []}, "nrr"),
        ("skm.ikm", {"totals": [10]}, "respondents"),
        ("skm.ikm", {"totals": [10], "respondents": 20}, "totals"),
        ("skm.ikm", {"nrr": [4] * 9, "weight": "1/0"}, "weight"),
        ("skm.ikm", {"nrr": [4] * 9, "weight": 1}, "weight"),
        ("skm.ikm", {"nrr": [4] * 9, "weight": "0"}, "weight"),
        ("skm.ikm", {"nrr": [1] * 9, "weight": 0.01}, "ikm"),
        ("skm.ikm", {"unit": "Dinas"}, "nrr"),
        ("skm.ikm_from_rows", {"rows": [[1, 2], [1]]}, "rows"),
        ("skm.unsur", {"counts": {"5": 1}}, "counts"),
        ("skm.unsur", {"counts": {"4": 1}, "respondents": 3}, "respondents"),
        ("skm.unsur", {"counts": {"4": 0}}, "respondents"),
        ("skm.sample_size", {"N": 0}, "N"),
        ("skm.weight_policy", {"n_unsur": 9, "policy": "0.1"}, "policy"),
    ],
)
def test_a_wrong_input_is_named(rule, inputs, named):
    with pytest.raises(InputError, match=named):
        compute(rule, inputs, law=LAW)
