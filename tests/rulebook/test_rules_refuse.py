"""Whatever is put into a rule, it answers or refuses in words: never a traceback, never a value JSON cannot carry."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penata.rulebook.legislation import Law, LegislationError
from penata.rulebook.rule import InputError, compute, rules

LAW = Law(date(2026, 12, 31))
NAMES = sorted(rules())
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**30), max_value=10**30)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=12)
    | st.sampled_from(
        ["ahli muda", "II.b", "III/c", "2026-01-31", "0001-01-01", "9999-12-31", "9" * 18, "NaN", "-", "1/9", "1/0",
         "Baik", "07:30", "99:99", "5 jam", "", " ", "\0", "²", "F1", 0, -1, 0.5, 1e308, 5e-324, -0.0]
    )
)  # fmt: skip
GARBAGE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


def _compute(name: str, inputs: dict[str, Any], law: Law = LAW) -> None:
    try:
        result = compute(name, inputs, law=law).result
    except InputError as refusal:
        assert str(refusal).strip(), "a refusal says what is wrong"
        assert len(str(refusal)) < 1000
        return
    json.dumps(result.values, allow_nan=False)
    assert all(isinstance(step, str) and step for step in result.steps)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_rule_can_be_computed(name: str) -> None:
    answer = compute(name, rules()[name].example, law=LAW)
    assert answer.result.values
    assert answer.result.steps
    json.dumps(answer.result.values, allow_nan=False)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_garbage_in_place_of_any_input_is_answered_or_refused(name: str, data: st.DataObject) -> None:
    asked = rules()[name]
    inputs = dict(asked.example)
    for key in data.draw(st.lists(st.sampled_from([item.key for item in asked.inputs]), min_size=1, max_size=3)):
        inputs[key] = data.draw(GARBAGE, label=key)
    _compute(name, inputs)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_garbage_deep_inside_an_input_is_answered_or_refused(name: str, data: st.DataObject) -> None:
    _compute(name, data.draw(_mutated(dict(rules()[name].example))))


def _mutated(value: Any) -> st.SearchStrategy[Any]:
    """Return *value* with leaves somewhere replaced, dropped or doubled."""
    if isinstance(value, dict):
        parts = {key: st.just(inner) | _mutated(inner) for key, inner in value.items()}
        return st.fixed_dictionaries(parts)
    if isinstance(value, list):
        whole = st.tuples(*(st.just(inner) | _mutated(inner) for inner in value)).map(list)
        return whole | whole.map(lambda items: items[:-1]) | whole.map(lambda items: items * 2) | GARBAGE
    return st.just(value) | SCALARS


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_or_missing_input_is_named(name: str) -> None:
    with pytest.raises(InputError, match="tidak_ada_begini"):
        compute(name, {**rules()[name].example, "tidak_ada_begini": 1}, law=LAW)
    required = [item.key for item in rules()[name].inputs if not item.optional]
    for key in required:
        with pytest.raises(InputError, match=key):
            compute(name, {k: v for k, v in rules()[name].example.items() if k != key}, law=LAW)


@pytest.mark.parametrize("name", NAMES)
def test_before_the_law_a_rule_says_so(name: str) -> None:
    try:
        compute(name, rules()[name].example, law=Law(date(1901, 1, 1)))
    except LegislationError as refusal:
        assert "belum berlaku" in str(refusal)
