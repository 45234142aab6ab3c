"""The unit tree as a screen shows it: rows of the open branches with their figures, never the whole tree at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from penata.domain.organisasi.models import Unit
from penata.domain.organisasi.tree import Node, Pohon, pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.memo import remember
from penata.foundation.periods import in_force, not_ended

BRANCH = 100  # children of one unit shown in the tree; more are in the list
MATCHES = 60  # units found by a search in the tree
OPEN = 2  # levels that are open at first


@dataclass(frozen=True, slots=True)
class Angka:
    """Figures of a unit with all below it."""

    unit: int = 0  # units below it
    posisi: int = 0
    pemangku: int = 0


@dataclass(frozen=True, slots=True)
class Cabang:
    """One row of the tree with the rows below it that are open. ``rest``: children left out of a long branch."""

    node: Node
    level: int  # 1 at the top, as assistive technology counts
    angka: Angka
    has_children: bool
    children: tuple["Cabang", ...] = ()
    rest: int = 0
    found: bool = False

    @property
    def open(self) -> bool:
        """Tell whether its children are shown."""
        return bool(self.children)


@dataclass(frozen=True)
class Susunan:
    """The rows of the tree and the figures of all of it; ``matches``: what the search found, also what is not shown."""

    rows: tuple[Cabang, ...]
    total: Angka
    matches: int = 0
    shown: int = 0


def offices(tree: Pohon) -> dict[int, list[int]]:
    """Return for every perangkat daerah of *tree* the ids of its units."""
    found: dict[int, list[int]] = {}
    for node, _depth in tree.order:
        office = tree.perangkat_daerah(node.id)
        if office is not None:
            found.setdefault(office.id, []).append(node.id)
    return found


def angka(as_of: date) -> dict[int, Angka]:
    """Return the figures of every unit with all below it, remembered until the data change; two queries."""
    key = ("angka susunan", as_of, revision("organisasi", "jabatan", "pegawai"))
    return remember(key, lambda: _sums(pohon(as_of), _own(as_of, held=False), _own(as_of, held=True)))


def _own(as_of: date, *, held: bool) -> dict[int, int]:
    """Return per unit its posisi, or the people who hold one of them definitively; the map counts the same ones."""
    rows = Unit.objects.filter(in_force(as_of, "posisi_masa__"))
    counted = Count("posisi_masa__posisi")
    if held:
        path = "posisi_masa__posisi__pemangku__"
        rows = Unit.objects.filter(
            in_force(as_of, "posisi_masa__"), in_force(as_of, path), not_ended(as_of, f"{path}pegawai__berhenti"),
            **{f"{path}jenis": "definitif"},
        )  # fmt: skip
        counted = Count("posisi_masa__posisi__pemangku")
    return dict(rows.values("pk").annotate(n=counted).values_list("pk", "n"))


def _sums(tree: Pohon, posisi: dict[int, int], pemangku: dict[int, int]) -> dict[int, Angka]:
    sums = {node.id: [0, posisi.get(node.id, 0), pemangku.get(node.id, 0)] for node, _depth in tree.order}
    for node, _depth in reversed(tree.order):
        if node.induk_id in sums:
            own, above = sums[node.id], sums[node.induk_id]
            above[0] += own[0] + 1
            above[1] += own[1]
            above[2] += own[2]
    return {key: Angka(*values) for key, values in sums.items()}


def susunan(reader: Reader, *, opened: str = "", search: str = "") -> Susunan:
    """Return the tree the reader may see: its first levels, the path to the unit *opened*, or what *search* finds."""
    tree, figures = pohon(reader.as_of), angka(reader.as_of)
    tops = _tops(tree, reader)
    total = _total(figures[node.id] for node in tops)
    if search:
        return _searched(tree, figures, tops, search, total, reader)
    target = tree.by_code.get(opened)
    path = {node.id for node in tree.path(target.id)} if target else set()
    rows = tuple(_row(tree, figures, node, 1, path) for node in tops)
    return Susunan(rows, total)


def branch(reader: Reader, kode: str) -> Cabang | None:
    """Return one unit with its children, for a branch that is opened; None outside the reader's scope."""
    tree = pohon(reader.as_of)
    node = tree.by_code.get(kode)
    if node is None or node.id not in reader.scope(Permission.ORGANISASI_LIHAT):
        return None
    tops = {top.id for top in _tops(tree, reader)}
    path = tree.path(node.id)
    above = next((i for i, step in enumerate(path) if step.id in tops), 0)
    return _row(tree, angka(reader.as_of), node, len(path) - above, {node.id})


def shown_units(rows: Iterable[Cabang]) -> list[int]:
    """Return the ids of the units of *rows* and of the open rows below them."""
    return [key for row in rows for key in (row.node.id, *shown_units(row.children))]


def _tops(tree: Pohon, reader: Reader) -> list[Node]:
    """Return the topmost units of the reader's scope."""
    scope = reader.scope(Permission.ORGANISASI_LIHAT)
    if scope.whole:
        return tree.children.get(None, [])
    return [node for node, _depth in tree.order if node.id in scope.units and node.induk_id not in scope.units]


def _total(parts: Iterable[Angka]) -> Angka:
    rows = list(parts)
    return Angka(sum(row.unit + 1 for row in rows), sum(row.posisi for row in rows), sum(row.pemangku for row in rows))


def _row(tree: Pohon, figures: dict[int, Angka], node: Node, level: int, path: set[int]) -> Cabang:
    children = tree.children.get(node.id, [])
    shown = children if level < OPEN or node.id in path else []
    rows = tuple(_row(tree, figures, child, level + 1, path) for child in _cut(shown, path))
    return Cabang(node, level, figures[node.id], bool(children), rows, max(len(shown) - len(rows), 0))


def _cut(children: Sequence[Node], path: set[int]) -> Sequence[Node]:
    """Return the first children, and whichever further one leads to what was asked for."""
    return [*children[:BRANCH], *(child for child in children[BRANCH:] if child.id in path)]


def _searched(
    tree: Pohon, figures: dict[int, Angka], tops: list[Node], search: str, total: Angka, reader: Reader
) -> Susunan:
    """Return only the units whose code or name holds every word, with the units above them."""
    words = search.lower().split()
    scope = reader.scope(Permission.ORGANISASI_LIHAT)
    found = [
        node.id for node, _depth in tree.order
        if node.id in scope and all(word in f"{node.kode} {node.nama}".lower() for word in words)
    ]  # fmt: skip
    hits = set(found[:MATCHES])
    kept = {step.id for key in hits for step in tree.path(key)}

    def row(node: Node, level: int) -> Cabang:
        children = [child for child in tree.children.get(node.id, []) if child.id in kept]
        return Cabang(
            node, level, figures[node.id], bool(tree.children.get(node.id)),
            tuple(row(child, level + 1) for child in children), found=node.id in hits,
        )  # fmt: skip

    rows = tuple(row(node, 1) for node in tops if node.id in kept)
    return Susunan(rows, total, matches=len(found), shown=len(hits))
