import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from penata.sample.chance import Chance, apportion, bell, deal, favour, neighbours, pick, rake

weights = arrays(np.float64, st.integers(1, 30), elements=st.floats(0.01, 100))


@given(weights, st.integers(0, 5000))
def test_apportioned_parts_sum_to_the_total_and_stay_near_their_share(weights, total):
    parts = apportion(weights, total)
    assert parts.sum() == total
    assert (np.abs(parts - weights * total / weights.sum()) <= 1).all()


def test_nothing_is_apportioned_to_nobody():
    assert apportion(np.zeros(0), 5).tolist() == []
    assert apportion(np.array([0.0, 0.0]), 5).tolist() == [0, 0]
    assert apportion(np.array([1.0, 2.0]), 0).tolist() == [0, 0]


@given(arrays(np.float64, (3, 4), elements=st.floats(0.1, 9)), arrays(np.float64, 3, elements=st.floats(1, 500)))
def test_raking_meets_rows_exactly_and_columns_nearly(prior, rows):
    columns = np.array([0.1, 0.2, 0.3, 0.4])
    table = rake(prior, rows, columns)
    assert table.sum(axis=1) == pytest.approx(rows)
    assert table.sum(axis=0) / table.sum() == pytest.approx(columns, abs=1e-3)


def test_raking_keeps_what_is_impossible_impossible():
    table = rake(np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([50.0, 50.0]), np.array([0.6, 0.4]))
    assert table[0, 1] == 0
    assert table.sum(axis=0) == pytest.approx([60, 40])


def test_dealing_follows_the_table_to_less_than_one_person_a_cell():
    kind = np.repeat([0, 1], [200, 300])
    table = np.array([[1.0, 3.0], [2.0, 1.0]])
    dealt = deal(Chance(4).stream("x"), kind, table)
    counts = np.array([np.bincount(dealt[kind == row], minlength=2) for row in (0, 1)])
    assert np.abs(counts - [[50, 150], [200, 100]]).max() <= 1


def test_favoured_people_are_as_many_as_asked_and_never_without_weight():
    weight = np.array([0.0, 1.0, 5.0, 0.0, 2.0])
    assert favour(Chance(1).stream("x"), weight, 2).sum() == 2
    everybody = favour(Chance(1).stream("x"), weight, 9)
    assert everybody.tolist() == [False, True, True, False, True]


def test_picking_takes_from_the_own_list_and_none_from_an_empty_one():
    chosen = pick(Chance(2).stream("x"), [["a", "b"], [], ["c"]], np.array([0, 1, 2, 0]))
    assert chosen[0] in "ab"
    assert chosen[1] is None
    assert chosen[2] == "c"


@given(st.lists(st.integers(0, 9), max_size=40))
def test_neighbours_are_found_by_their_key(keys):
    order, start, count = neighbours(keys)
    for key in set(keys):
        assert [keys[place] for place in order[start[key] : start[key] + count[key]]] == [key] * keys.count(key)


def test_streams_are_named_and_repeat():
    assert Chance(7).stream("a").random() == Chance(7).stream("a").random()
    assert Chance(7).stream("a").random() != Chance(7).stream("b").random()
    assert Chance(7).stream("a").random() != Chance(8).stream("a").random()


def test_bell_is_centred_and_bounded():
    drawn = bell(Chance(3).stream("x"), 20_000)
    assert abs(drawn.mean()) < 0.03
    assert drawn.std() == pytest.approx(1, abs=0.02)
    assert np.abs(drawn).max() <= 3.5
