"""Several cases in one question: a list of mappings, or of rows in the order of named keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from penata.language import _
from penata.rulebook.inputs import as_items, given
from penata.rulebook.rule import InputError


def read_cases(inputs: Mapping[str, Any], keys: Sequence[str]) -> tuple[list[Mapping[str, Any]], bool]:
    """Return the cases to judge, and whether ``cases`` was given.

    Without ``cases`` the inputs themselves are the one case. What stands beside ``cases`` holds for every case.
    """
    if not given(inputs, "cases"):
        return [inputs], False
    shared = {key: value for key, value in inputs.items() if key != "cases"}

    def read(case: Any, key: str) -> Mapping[str, Any]:
        if isinstance(case, Mapping) and all(name in keys for name in case):
            return shared | dict(case)
        if isinstance(case, list | tuple) and len(case) <= len(keys):
            return shared | dict(zip(keys, case, strict=False))
        raise InputError(_("{key}: setiap kasus berisi {keys}").format(key=key, keys=", ".join(keys)))

    return as_items(inputs["cases"], "cases", read), True


def one_or_many(values: Sequence[Any], *, many: bool) -> Any:
    """Return the list when *many* values were asked for, else the single value."""
    return list(values) if many else values[0]
