"""The law with what the agency stated about it: each value carries the basis of the statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from penata.foundation.audit.record import plain
from penata.language import _
from penata.rulebook.legislation import Evidence, InForce, Law, cite, load_parameter


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that holds: what it says, since when and on what basis."""

    jenis: str
    isi: Mapping[str, Any]
    mulai: date
    dasar: str


@dataclass(frozen=True, slots=True)
class Stated(InForce):
    """A value that the agency confirmed against the text, chose among variants, or set by decree."""

    basis: str = ""
    said: str = ""  # konfirmasi, varian, nilai

    @property
    def citation(self) -> str:
        """Return the source together with the basis of the statement."""
        source = cite(self.source)
        if self.said == "nilai":
            return self.basis
        if self.said == "varian":
            return _("{source}, varian dipilih dengan {basis}").format(source=source, basis=self.basis)
        return _("{source}, dicocokkan dengan naskah: {basis}").format(source=source, basis=self.basis)


@dataclass(frozen=True)
class AgencyLaw(Law):
    """The law of a day as this agency has it. ``said`` holds the statements in force, by parameter."""

    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)

    def parameter(self, name: str, variant: str | None = None) -> InForce:
        """Return the value in force with its evidence and basis as stated."""
        said = self.said.get(name, ())
        if (
            variant and said
        ):  # a rule that asks for one variant by name means the regulation, not what a decree put over it
            found = stated(load_parameter(name).on(self.as_of, variant), said)
        else:
            found = stated(super().parameter(name, variant), said)
        self.used[name] = found
        return found

    def fresh(self) -> "AgencyLaw":
        """Return the same question with an empty record of use."""
        return AgencyLaw(self.as_of, self.settings, self.overlay, said=self.said)


def confirmation(found: InForce) -> dict[str, Any]:
    """Return what a confirmation of *found* stores: a value read in the text, of one variant from one day on."""
    return {"nilai": plain(found.value), "varian": found.variant, "sejak": found.since.isoformat()}


def stated(found: InForce, said: tuple[Said, ...]) -> InForce:
    """Return *found* as the statements leave it; a confirmation holds only for the very value that was read."""
    for row in reversed(said):
        if row.jenis == "nilai" and found.variant == "kebijakan":
            return _with(replace(found, since=row.mulai), row)
        if row.jenis == "konfirmasi" and dict(row.isi) == confirmation(found):
            return _with(replace(found, evidence=Evidence.TEXT), row)
    for row in reversed(said):
        if row.jenis == "varian" and row.isi.get("varian") == found.variant:
            return _with(found, row)
    return found


def _with(found: InForce, row: Said) -> Stated:
    values = {item.name: getattr(found, item.name) for item in fields(InForce)}
    return Stated(**values, basis=row.dasar, said=row.jenis)
