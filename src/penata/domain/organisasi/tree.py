"""The unit tree of one day, in memory: scope, subtree, path and order without a query per unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from penata.domain.organisasi.models import UnitMasa
from penata.foundation.access.reader import register_tree
from penata.foundation.audit.record import revision
from penata.foundation.memo import remember
from penata.foundation.periods import in_force

ROOM = "organisasi"


@dataclass(frozen=True, slots=True)
class Node:
    """One unit on the day."""

    id: int
    kode: str
    nama: str
    jenis: str
    induk_id: int | None


class Pohon:
    """The units in force on one day. ``order`` is preorder: parents before children, siblings by code."""

    def __init__(self, nodes: list[Node]) -> None:
        """Link the nodes; a node whose parent is not in force stands at the top."""
        self.by_id = {node.id: node for node in nodes}
        self.children: dict[int | None, list[Node]] = {}
        for node in sorted(nodes, key=lambda n: n.kode):
            parent = node.induk_id if node.induk_id in self.by_id else None
            self.children.setdefault(parent, []).append(node)

    @cached_property
    def by_code(self) -> dict[str, Node]:
        """The units by code."""
        return {node.kode: node for node in self.by_id.values()}

    @cached_property
    def order(self) -> list[tuple[Node, int]]:
        """Return (node, depth) in preorder; a cycle is left out."""
        out: list[tuple[Node, int]] = []
        stack = [(node, 0) for node in reversed(self.children.get(None, []))]
        while stack:
            node, depth = stack.pop()
            out.append((node, depth))
            stack.extend((child, depth + 1) for child in reversed(self.children.get(node.id, [])))
        return out

    def subtree(self, unit_id: int) -> frozenset[int]:
        """Return the unit and all below it; empty when it is not in force."""
        if unit_id not in self.by_id:
            return frozenset()
        found, stack = {unit_id}, [unit_id]
        while stack:
            for child in self.children.get(stack.pop(), []):
                if child.id not in found:
                    found.add(child.id)
                    stack.append(child.id)
        return frozenset(found)

    def path(self, unit_id: int | None) -> list[Node]:
        """Return the units from the top down to this one."""
        steps: list[Node] = []
        while unit_id in self.by_id and self.by_id[unit_id] not in steps:
            steps.append(self.by_id[unit_id])
            unit_id = steps[-1].induk_id
        return steps[::-1]

    def above(self, unit_ids: Iterable[int]) -> frozenset[int]:
        """Return these units, as far as they are in force, and all above them."""
        return frozenset(node.id for unit in unit_ids for node in self.path(unit))

    def perangkat_daerah(self, unit_id: int | None) -> Node | None:
        """Return the unit below the root in which this one lies (the root for itself)."""
        return self._offices.get(unit_id) if unit_id in self._offices else self._below_root(unit_id)

    @cached_property
    def _offices(self) -> dict[int | None, Node]:
        """The perangkat daerah of every unit that hangs below a root."""
        offices: dict[int | None, Node] = {}
        for node, depth in self.order:
            offices[node.id] = node if depth <= 1 else offices[node.induk_id]
        return offices

    def _below_root(self, unit_id: int | None) -> Node | None:
        steps = self.path(unit_id)
        return steps[min(1, len(steps) - 1)] if steps else None


def pohon(as_of: date) -> Pohon:
    """Return the tree of *as_of*, kept in this process until an organisational change."""
    return remember(("pohon", as_of, revision(ROOM)), lambda: _read(as_of))


def _read(as_of: date) -> Pohon:
    rows = UnitMasa.objects.filter(in_force(as_of)).values_list("unit_id", "unit__kode", "nama", "jenis", "induk_id")
    return Pohon([Node(*row) for row in rows])


register_tree(
    subtree=lambda unit_id, as_of: pohon(as_of).subtree(unit_id),
    above=lambda unit_ids, as_of: pohon(as_of).above(unit_ids),
)
