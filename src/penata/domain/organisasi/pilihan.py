"""Units in lists: the choice by which they are cut (``unit=KODE``, one meaning everywhere), and their names."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from penata.domain.organisasi.susunan import offices
from penata.domain.organisasi.tree import ROOM, pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.listing import Filter
from penata.foundation.memo import remember
from penata.language import N_

OFFERED = 120  # units in the choice; deeper ones are reached from their own pages


def units_offered(reader: Reader, permission: Permission) -> Sequence[tuple[str, str]]:
    """Return code and indented name of the units to choose from: whole levels of the tree, as many as fit."""
    scope = reader.scope(permission)

    def make() -> Sequence[tuple[str, str]]:
        seen = [(node, depth) for node, depth in pohon(reader.as_of).order if node.id in scope]
        levels = sorted({depth for _node, depth in seen})
        fits = [level for level in levels if sum(depth <= level for _node, depth in seen) <= OFFERED]
        top, deepest = min(levels, default=0), max(fits or levels[:1], default=0)
        return tuple((node.kode, "\u2003" * (depth - top) + node.nama) for node, depth in seen if depth <= deepest)

    who = None if scope.whole else scope.units
    return remember(("pilihan unit", reader.as_of, who, revision(ROOM)), make)


def subtree_of(reader: Reader, kode: str) -> frozenset[int]:
    """Return the ids of the unit *kode* on the reader's day and of all below it; raises ValueError."""
    tree = pohon(reader.as_of)
    if kode not in tree.by_code:
        raise ValueError(kode)
    return tree.subtree(tree.by_code[kode].id)


def unit_filter(
    permission: Permission,
    apply: Callable[[QuerySet[Any], Reader, str], QuerySet[Any]] | None = None,
) -> Filter:
    """Return the filter; without *apply* it cuts by ``unit_id`` of the rows."""
    return Filter(
        "unit", N_("Unit dan bawahannya"), apply or _within, lambda reader: units_offered(reader, permission), "unit"
    )


def _within(rows: QuerySet[Any], reader: Reader, kode: str) -> QuerySet[Any]:
    return rows.filter(unit_id__within=subtree_of(reader, kode))


def named_unit(reader: Reader) -> Callable[[int | None], str]:
    """Return what tells the name of a unit on the reader's day by its id; of none, or one not there, empty."""
    units = pohon(reader.as_of).by_id
    return lambda unit: units[unit].nama if unit in units else ""


def named_office(reader: Reader) -> Callable[[int | None], str]:
    """Return what tells the name of the perangkat daerah in which a unit lies on the reader's day, by the unit's id."""

    def make() -> dict[int | None, str]:
        tree = pohon(reader.as_of)
        return {unit: tree.by_id[top].nama for top, units in offices(tree).items() for unit in units}

    names = remember(("nama kantor", reader.as_of, revision(ROOM)), make)
    return lambda unit: names.get(unit, "")
