"""From where is this number: one shape for every computed figure, one drawer to show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from penata.language import N_
from penata.rulebook.legislation import Evidence, InForce

EVIDENCE: dict[Evidence, str] = {
    Evidence.TEXT: N_("dibaca pada naskah peraturan"),
    Evidence.SECONDARY: N_("dari sumber kedua, belum dicocokkan dengan naskah"),
    Evidence.MEMORY: N_("dari ingatan, belum dicocokkan dengan naskah"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One value that went in: what it is, how much, and where it stands."""

    label: str
    value: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Asal:
    """Where a figure comes from."""

    title: str
    value: str
    formula: str  # in words and numbers, as one would redo it by hand
    steps: Sequence[str] = ()
    inputs: Sequence[Input] = ()
    parameters: Sequence[InForce] = ()
    note: str = ""
    links: Sequence[tuple[str, str]] = field(default_factory=tuple)  # (text, url)


def drawer(request: HttpRequest, asal: Asal) -> HttpResponse:
    """Show *asal* in the drawer, or as a page of its own when opened without script."""
    template = "components/asal.html" if getattr(request, "htmx", False) else "components/asal_halaman.html"
    return render(request, template, {"asal": asal, "evidence": EVIDENCE})
