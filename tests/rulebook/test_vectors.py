"""Every published and derived example of the shared test vectors, where that file stands beside the project."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from penata.rulebook.legislation import Law
from penata.rulebook.rule import compute

PROJECT = Path(__file__).parents[2]
VECTORS = PROJECT.parent / "shared" / "law" / "test-vectors.yaml"
AS_OF = date(2026, 12, 31)
DUST = 1e-9  # printed decimals are compared as they stand

pytestmark = pytest.mark.skipif(not VECTORS.is_file(), reason="../shared/law/test-vectors.yaml tidak ada")


def _vectors() -> list[Any]:
    if not VECTORS.is_file():
        return []
    return list(yaml.safe_load(VECTORS.read_text(encoding="utf-8"))["vectors"])


def test_the_shared_file_has_vectors() -> None:
    assert len(_vectors()) > 80


@pytest.mark.parametrize("vector", _vectors(), ids=lambda vector: str(vector["id"]))
def test_vector(vector: dict[str, Any]) -> None:
    values = compute(vector["rule"], vector["inputs"], law=Law(AS_OF)).result.values
    for key, expected in vector["expected"].items():
        assert key in values, f"no {key} among {list(values)}"
        assert _same(values[key], expected), f"{key}: {values[key]!r}, expected {expected!r}"


def _same(found: Any, expected: Any) -> bool:
    if isinstance(expected, bool) or expected is None or isinstance(found, bool):
        return found is expected
    if isinstance(expected, int | float):
        return isinstance(found, int | float) and abs(found - expected) <= DUST * max(1.0, abs(expected))
    if isinstance(expected, list):
        return isinstance(found, list) and len(found) == len(expected) and all(map(_same, found, expected))
    if isinstance(expected, dict):
        return isinstance(found, dict) and found.keys() == expected.keys() and all(
            _same(found[key], value) for key, value in expected.items()
        )  # fmt: skip
    return bool(found == expected)
