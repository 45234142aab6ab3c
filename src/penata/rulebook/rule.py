"""Every rule of the rulebook under its name, so that one command can compute any of them and show how.

A rule module keeps plain functions on scalars and arrays; next to them stands one *face* per rule, registered here,
which turns named inputs (JSON) into a :class:`Result` with steps in Indonesian. The parameters it used are collected by
the :class:`~penata.rulebook.legislation.Law` it was given.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from penata.rulebook.legislation import InForce, Law


class InputError(ValueError):
    """An input of a rule is missing, unknown or out of range; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a rule: its key, what it means (Indonesian, with unit) and whether it may be left out."""

    key: str
    meaning: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """Answer of one rule: named values, and the steps by which a person can redo it by hand."""

    values: Mapping[str, Any]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by name, e.g. ``abk.tugas_per_tugas``."""

    name: str
    title: str
    inputs: tuple[Input, ...]
    example: Mapping[str, Any]
    compute: Callable[[Mapping[str, Any], Law], Result]


@dataclass(frozen=True, slots=True)
class Answer:
    """Result of a rule together with the parameters it read, in order of first use."""

    rule: Rule
    result: Result
    parameters: tuple[InForce, ...]


_rules: dict[str, Rule] = {}


def rule(
    name: str, title: str, *inputs: Input, example: Mapping[str, Any]
) -> Callable[[Callable[[Mapping[str, Any], Law], Result]], Callable[[Mapping[str, Any], Law], Result]]:
    """Register the decorated face as rule *name*. *example* must be computable as it stands."""

    def register(
        compute: Callable[[Mapping[str, Any], Law], Result],
    ) -> Callable[[Mapping[str, Any], Law], Result]:
        if name in _rules:
            raise ValueError(f"rule {name} is registered twice")
        _rules[name] = Rule(name, title, inputs, example, compute)
        return compute

    return register


def rules() -> Mapping[str, Rule]:
    """Return every rule by name, importing all modules of the rulebook first."""
    package = import_module("penata.rulebook")
    for module in iter_modules(package.__path__):
        import_module(f"penata.rulebook.{module.name}")
    return dict(sorted(_rules.items()))


def compute(name: str, inputs: Mapping[str, Any], *, law: Law) -> Answer:
    """Compute rule *name*. Raises KeyError for an unknown rule and InputError for wrong inputs."""
    chosen = rules()[name]
    known = {item.key for item in chosen.inputs}
    unknown = [key for key in inputs if key not in known]
    if unknown:
        raise InputError(f"masukan tidak dikenal: {', '.join(unknown)}; yang dikenal: {', '.join(sorted(known))}")
    missing = [item.key for item in chosen.inputs if not item.optional and item.key not in inputs]
    if missing:
        raise InputError(f"masukan belum ada: {', '.join(missing)}")
    asked = law.fresh()
    result = chosen.compute(inputs, asked)
    return Answer(chosen, result, tuple(asked.used.values()))
