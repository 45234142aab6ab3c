"""Talent: better on an axis never lowers the box, thresholds partition the scale, unknown stays unknown."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.legislation import Law, load_parameter
from penata.rulebook.rule import InputError, compute
from penata.rulebook.syarat import predikat_order
from penata.rulebook.talenta import (
    AXES,
    axis_level_column,
    box_column,
    status_of_predikat_column,
    succession_column,
    talent_value_column,
)

LAW = Law(date(2026, 12, 31))
marks = st.floats(0, 100)
VARIANTS = [(axis, name) for axis, parameter in AXES.items() for name in load_parameter(parameter).variants]


def test_the_nine_boxes_are_nine_and_rise_along_both_axes():
    rows, columns = np.divmod(np.arange(9), 3)
    boxes = box_column(rows, columns, law=LAW).reshape(3, 3)
    assert sorted(boxes.ravel().tolist()) == list(range(1, 10))
    assert (np.diff(boxes, axis=0) > 0).all()
    assert (np.diff(boxes, axis=1) > 0).all()


def test_an_unknown_axis_gives_no_box():
    assert box_column([-1, 2, -1], [2, -1, -1], law=LAW).tolist() == [0, 0, 0]
    assert axis_level_column([np.nan], "kinerja", law=LAW).tolist() == [-1]
    assert box_column([], [], law=LAW).shape == (0,)


@pytest.mark.parametrize(("axis", "variant"), VARIANTS)
@given(one=marks, other=marks)
def test_a_higher_mark_is_never_graded_lower(axis, variant, one, other):
    low, high = axis_level_column(sorted([one, other]), axis, law=LAW, variant=variant)
    assert 0 <= low <= high <= 2


@pytest.mark.parametrize(("axis", "variant"), VARIANTS)
def test_both_ends_of_the_scale_are_graded(axis, variant):
    assert axis_level_column([0, 100], axis, law=LAW, variant=variant).tolist() == [0, 2]


@given(st.lists(st.tuples(marks, marks), min_size=1, max_size=20))
def test_the_value_lies_between_the_axes_and_serves_a_column(pairs):
    kinerja, potensial = map(np.array, zip(*pairs, strict=True))
    values = talent_value_column(kinerja, potensial, law=LAW)
    assert (values >= np.minimum(kinerja, potensial) - 1e-9).all()
    assert (values <= np.maximum(kinerja, potensial) + 1e-9).all()
    assert values.tolist() == [float(talent_value_column(y, x, law=LAW)) for y, x in pairs]


def test_succession_groups_nest():
    boxes = np.arange(1, 10)
    national = succession_column(boxes, "nasional", law=LAW)
    assert (succession_column(boxes, "instansi", law=LAW) | ~national).all()
    assert national.any()


def test_predikat_to_status():
    order = predikat_order(["sangat baik", "baik", "butuh perbaikan", "kurang", "sangat kurang", None])
    assert status_of_predikat_column(order, law=LAW).tolist() == [2, 1, 0, 0, 0, -1]


@pytest.mark.parametrize(
    ("rule", "inputs", "named"),
    [
        ("talenta.nilai", {"Y": 80, "X": 70, "weights": [0.5, 0.6]}, "weights"),
        ("talenta.nilai", {"Y": 80, "X": 70, "weights": [1]}, "weights"),
        ("talenta.nilai", {"Y": 101, "X": 70}, "Y"),
        ("talenta.box", {"kinerja": "atas"}, "potensial"),
        ("talenta.box", {"kinerja": "hebat", "potensial": "tinggi"}, "kinerja"),
        ("talenta.box", {"pairs": [["atas"]]}, "pairs"),
        ("talenta.box", {}, "pairs"),
        ("talenta.rekomendasi", {"Y": 80}, "X"),
        ("talenta.rekomendasi", {"box": 10}, "box"),
        ("talenta.axis_X_411", {"kompetensi": 1, "potensi": 1, "kualifikasi": "SD", "integritas": 1}, "kualifikasi"),
        ("talenta.skp_two_years", {"year_n": "baik", "year_n_1": "baik", "map": {"kurang": 4}}, "year_n"),
    ],
)
def test_a_wrong_input_is_named(rule, inputs, named):
    with pytest.raises(InputError, match=named):
        compute(rule, inputs, law=LAW)


def test_weights_may_be_named():
    named = compute("talenta.nilai", {"Y": 80, "X": 60, "weights": {"X": 0.25, "Y": 0.75}}, law=LAW)
    assert named.result.values["nilai"] == 75
    assert named.parameters == ()
