"""Dated lookup of what the law says: regulations, parameters, citations.

Law is data. One YAML file per regulation in ``regulations/``; one YAML file per number or table in
``parameters/<topic>/``; each value begins on a day, cites a regulation and says how well it is known.
Functions of the rulebook receive one :class:`Law`: the day it is asked for and the variants that the agency chose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOM = Path(__file__).parent


class Evidence(StrEnum):
    """How well a value is known: read in the text, read about, or remembered."""

    TEXT = "text"
    SECONDARY = "secondary"
    MEMORY = "memory"


class LegislationError(LookupError):
    """A question that the legislation on file cannot answer."""


class UnknownParameterError(LegislationError):
    """No parameter of that name is on file."""


class NotInForceError(LegislationError):
    """The parameter exists, but no value of it was in force on the day asked for."""


class UnknownVariantError(LegislationError):
    """The parameter has no variant of that name."""


@dataclass(frozen=True, slots=True)
class Regulation:
    """Identity of one regulation."""

    code: str
    jenis: str
    nomor: str
    tahun: int
    tentang: str
    published: date | None
    in_force: date
    amends: tuple[str, ...] = ()
    repealed_by: str | None = None
    repealed_on: date | None = None

    @property
    def title(self) -> str:
        """Short citation as people write it, e.g. ``Permen PANRB 1/2020``."""
        return f"{self.jenis} {self.nomor}/{self.tahun}"


@dataclass(frozen=True, slots=True)
class InForce:
    """One value of a parameter as it stands on a day, with its legal basis.

    ``value`` is whatever the file holds: a number, a mapping or a list (a table). ``unit`` names the unit of measure.
    ``source`` is a regulation code, or ``agency`` where the law leaves the choice to the agency.
    """

    name: str
    description: str
    value: Any
    unit: str
    source: str
    evidence: Evidence
    since: date
    variant: str
    note: str = ""

    @property
    def citation(self) -> str:
        """Short citation of the source, for people."""
        return cite(self.source)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter file: all its variants and dated values."""

    name: str
    description: str
    unit: str
    verified_on: date
    default: str
    variants: Mapping[str, Mapping[date, Mapping[str, Any]]]
    choice: str = ""  # who chooses between variants and why several stand side by side

    def on(self, day: date, variant: str | None = None) -> InForce:
        """Return the value in force on *day*, of the default variant unless another is named.

        Raises UnknownVariantError or NotInForceError.
        """
        chosen = variant or self.default
        if chosen not in self.variants:
            names = ", ".join(self.variants)
            raise UnknownVariantError(f"{self.name}: varian '{chosen}' tidak dikenal; pilihan: {names}")
        dated = self.variants[chosen]
        begun = [start for start in dated if start <= day]
        if not begun:
            raise NotInForceError(f"{self.name} belum berlaku pada {day.isoformat()}; mulai {min(dated).isoformat()}")
        since = max(begun)
        entry = dated[since]
        if entry.get("ended"):
            raise NotInForceError(f"{self.name} tidak berlaku lagi sejak {since.isoformat()}")
        return InForce(
            name=self.name,
            description=self.description,
            value=entry["value"],
            unit=self.unit,
            source=str(entry["source"]),
            evidence=Evidence(entry["evidence"]),
            since=since,
            variant=chosen,
            note=str(entry.get("note", "")),
        )


@dataclass(frozen=True)
class Law:
    """What is asked of the law: the day, the agency's choices; and a record of what was answered.

    ``settings`` maps a parameter name to the variant that the agency chose by decree. ``overlay`` maps a parameter name
    to a value laid over it in memory (an agency setting, or a draft regulation being tried).
    Rules take it keyword-only; there is no default day.
    """

    as_of: date
    settings: Mapping[str, str] = field(default_factory=dict)
    overlay: Mapping[str, Any] = field(default_factory=dict)
    used: dict[str, InForce] = field(default_factory=dict, compare=False, repr=False)

    def parameter(self, name: str, variant: str | None = None) -> InForce:
        """Return the value of *name* in force on this day, and remember that it was used.

        Raises UnknownParameterError, UnknownVariantError or NotInForceError.
        """
        found = load_parameter(name).on(self.as_of, variant or self.settings.get(name))
        if name in self.overlay:
            found = InForce(
                name=name,
                description=found.description,
                value=self.overlay[name],
                unit=found.unit,
                source="agency",
                evidence=Evidence.TEXT,
                since=self.as_of,
                variant="kebijakan",
                note="",
            )
        self.used[name] = found
        return found

    def value(self, name: str, variant: str | None = None) -> Any:
        """Return only the value of :meth:`parameter`."""
        return self.parameter(name, variant).value

    def fresh(self) -> "Law":
        """Return the same question with an empty record of use."""
        return Law(self.as_of, self.settings, self.overlay)


def cite(source: str) -> str:
    """Return the citation of a regulation code for people; agency settings are named as such."""
    if source == "agency":
        return "kebijakan instansi"
    return regulations()[source].title


@cache
def regulations() -> Mapping[str, Regulation]:
    """Return every regulation on file by code."""
    return {path.stem: _regulation(path) for path in sorted((ROOM / "regulations").glob("*.yaml"))}


def _regulation(path: Path) -> Regulation:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Regulation(
        code=path.stem,
        jenis=str(raw["jenis"]),
        nomor=str(raw["nomor"]),
        tahun=int(raw["tahun"]),
        tentang=str(raw["tentang"]),
        published=raw.get("published"),
        in_force=raw["in_force"],
        amends=tuple(raw.get("amends") or ()),
        repealed_by=raw.get("repealed_by"),
        repealed_on=raw.get("repealed_on"),
    )


def parameter_names() -> Iterator[str]:
    """Yield the name of every parameter on file: ``<topic>.<file>``."""
    for path in sorted((ROOM / "parameters").glob("*/*.yaml")):
        yield f"{path.parent.name}.{path.stem}"


@cache
def load_parameter(name: str) -> Parameter:
    """Return the parameter *name*, raising UnknownParameterError when it is not on file."""
    topic, _, stem = name.partition(".")
    path = ROOM / "parameters" / topic / f"{stem}.yaml"
    if not stem or not path.is_file():
        raise UnknownParameterError(f"parameter '{name}' tidak ada di rulebook")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    variants = raw.get("variants") or {"baku": raw["values"]}
    return Parameter(
        name=name,
        description=str(raw["description"]),
        unit=str(raw["unit"]),
        verified_on=raw["verified_on"],
        default=str(raw.get("default", next(iter(variants)))),
        variants=variants,
        choice=str(raw.get("choice", "")),
    )
