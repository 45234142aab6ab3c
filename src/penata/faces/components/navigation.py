"""The left navigation, by the cycle of the work; each topic brings its own entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.urls import reverse

from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.language import N_, _

GROUPS = (
    N_("Analisis"), N_("Profil"), N_("Penataan"), N_("Pengembangan"), N_("Pelaksanaan"), N_("Layanan"),
    N_("Perubahan"), N_("Evaluasi"), N_("Sistem"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads, what it needs, and under which part of the cycle it stands."""

    group: str
    title: str
    view: str  # name of the address
    permission: Permission
    icon: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as a page shows it."""

    title: str
    url: str
    icon: str
    here: bool


@cache
def address(name: str) -> str:
    """Return the address called *name*, one without an object; every page writes dozens of them."""
    return reverse(name)


@cache
def entries() -> tuple[Entry, ...]:
    """Return every entry of every topic."""
    topics: Sequence[str] = import_module("penata.faces.backoffice.urls").TOPICS
    found = [e for topic in topics for e in import_module(f"penata.faces.backoffice.{topic}.urls").MENU]
    return tuple(sorted(found, key=lambda e: (GROUPS.index(e.group), e.order, e.title)))


def menu(reader: Reader, path: str) -> list[tuple[str, list[Shown]]]:
    """Return the groups with the entries the reader may open."""
    allowed = [(e, address(e.view)) for e in entries() if reader.may(e.permission)]
    # The longest address that the path begins with is where one is.
    here = max((url for _entry, url in allowed if path.startswith(url)), key=len, default="")
    groups: dict[str, list[Shown]] = {}
    for entry, url in allowed:
        groups.setdefault(entry.group, []).append(Shown(_(entry.title), url, entry.icon, url == here))
    return [(_(name), shown) for name, shown in groups.items()]
