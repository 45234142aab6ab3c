"""Worked examples in YAML that a civil servant can read and correct: ``cases/<topic>/*.yaml``.

Each file is a list of cases with ``name`` (a sentence), ``rule``, ``as_of``, ``inputs``, ``expected``, and optionally
``settings`` (variants chosen by the agency) and ``tolerance`` (absolute).
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from penata.rulebook.legislation import Law
from penata.rulebook.rule import compute, rules

FOLDER = Path(__file__).with_name("cases")
KEYS = {"name", "rule", "as_of", "inputs", "expected", "settings", "tolerance"}
DUST = 1e-9


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.parent.name}/{path.stem}: {case['name']}")
        for path in sorted(FOLDER.glob("**/*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, f"unknown keys {set(case) - KEYS}"
    assert case["expected"], "a case without expectations proves nothing"
    assert isinstance(case["as_of"], date)
    law = Law(case["as_of"], case.get("settings", {}))
    answer = compute(case["rule"], case["inputs"], law=law)
    for key, expected in case["expected"].items():
        assert key in answer.result.values, f"no {key} among {list(answer.result.values)}"
        found = answer.result.values[key]
        assert same(found, expected, case.get("tolerance", DUST)), f"{key}: {found!r}, expected {expected!r}"
    assert answer.result.steps


def test_every_case_has_its_own_name() -> None:
    names = [case.values[0]["name"] for case in _cases()]
    assert len(names) == len(set(names))


def test_every_rule_has_a_case() -> None:
    tried = {case.values[0]["rule"] for case in _cases()}
    assert set(rules()) - tried == set()


def same(found: Any, expected: Any, tolerance: float) -> bool:
    """Compare answers: exact, but numbers to within *tolerance* and the same shape throughout."""
    if isinstance(expected, bool) or expected is None or isinstance(found, bool):
        return found is expected
    if isinstance(expected, int | float):
        return isinstance(found, int | float) and abs(found - expected) <= tolerance * max(1.0, abs(expected))
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(found) == len(expected)
            and all(same(one, other, tolerance) for one, other in zip(found, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and set(found) == set(expected)
            and all(same(found[key], expected[key], tolerance) for key in expected)
        )
    return bool(found == expected)
