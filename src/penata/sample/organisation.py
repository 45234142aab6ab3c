"""Units and posisi of an invented city as they grow: who sits under whom, where, with which relative need.

Grown unit by unit (thousands at most); people are never touched here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from penata.sample.catalogue import Catalogue
from penata.sample.chance import Chance
from penata.sample.templates import load

CENTRE, EDGE, REMOTE = 0, 1, 2  # zones of the city: centre, edge, remote
_CENTRE_SHARE, _REMOTE_FROM = 0.42, 0.86  # of the kecamatan, ordered from the centre outwards


@dataclass
class Organisation:
    """Units and seats as parallel lists; a seat is one posisi.

    ``seat_single``: the seat is for one person (heads). ``seat_weight``: relative need among seats of its group.
    """

    catalogue: Catalogue = field(default_factory=Catalogue)
    unit_name: list[str] = field(default_factory=list)
    unit_kind: list[str] = field(default_factory=list)
    unit_parent: list[int] = field(default_factory=list)
    unit_area: list[int] = field(default_factory=list)
    unit_office: list[int] = field(default_factory=list)  # the perangkat daerah it belongs to (unit index)
    unit_head: list[int] = field(default_factory=list)  # seat of its head, -1 when it has none
    seat_post: list[int] = field(default_factory=list)
    seat_unit: list[int] = field(default_factory=list)
    seat_above: list[int] = field(default_factory=list)
    seat_weight: list[float] = field(default_factory=list)
    seat_single: list[bool] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    zone: list[int] = field(default_factory=list)

    def unit(self, name: str, kind: str, parent: int, area: int | None = None) -> int:
        """Add a unit and return its index; it lies in its parent's kecamatan unless told otherwise."""
        here = len(self.unit_name)
        self.unit_name.append(name)
        self.unit_kind.append(kind)
        self.unit_parent.append(parent)
        self.unit_area.append(area if area is not None else self.unit_area[parent] if parent >= 0 else 0)
        self.unit_office.append(here if parent <= 0 else self.unit_office[parent])
        self.unit_head.append(-1)
        return here

    def seat(self, post: int, unit: int, weight: float = 1.0, *, above: int | None = None, single: bool = False) -> int:
        """Add a posisi under the head of its unit, unless *above* names another seat."""
        here = len(self.seat_post)
        self.seat_post.append(post)
        self.seat_unit.append(unit)
        self.seat_above.append(self.superior(unit) if above is None else above)
        self.seat_weight.append(weight)
        self.seat_single.append(single)
        return here

    def head(self, post: int, unit: int) -> int:
        """Add the seat of the head of *unit*, under the head of the unit above."""
        parent = self.unit_parent[unit]
        here = self.seat(post, unit, above=self.superior(parent) if parent >= 0 else -1, single=True)
        self.unit_head[unit] = here
        return here

    def superior(self, unit: int) -> int:
        """Return the seat of the nearest head at or above *unit*, -1 when there is none."""
        while unit >= 0:
            if self.unit_head[unit] >= 0:
                return self.unit_head[unit]
            unit = self.unit_parent[unit]
        return -1


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each kind of unit an agency of this size has; ``bidang`` limits the parts of every office."""

    offices: int
    bidang: int
    kecamatan: int
    kelurahan: tuple[int, ...]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, pegawai: int, chance: Chance) -> "Size":
        """Return the sizes for *pegawai* people."""
        scale = load("struktur")["skala"]
        offices = len(load("struktur")["perangkat_daerah"])
        full = scale["perangkat_daerah"]
        wanted = offices * min(1.0, (pegawai / full["penuh"]) ** full["pangkat"])

        def count(name: str) -> int:
            rule = scale[name]
            return max(1, round(pegawai * rule["per_pegawai"])) if pegawai >= rule["mulai"] else 0

        names = [name for name, rule in scale.items() if "per_pegawai" in rule]
        counts = {name: count(name) for name in names}
        rule = scale["kelurahan_per_kecamatan"]
        spread = chance.stream("kelurahan").random(counts["kecamatan"])
        low, high = rule["paling_sedikit"], rule["paling_banyak"]
        mean = rule["rata"] if pegawai >= full["penuh"] else low
        kelurahan = np.clip(np.floor(mean + 2.4 * (spread - 0.5) + 0.5), low, high).astype(int)
        parts = 2 if pegawai < full["ringkas"] else 9
        return cls(max(2, round(wanted)), parts, counts["kecamatan"], tuple(kelurahan.tolist()), counts)


def lay_out(size: Size, chance: Chance, instansi: str) -> tuple[Organisation, list[str]]:
    """Return an organisation with its root unit and kecamatan, and the names left for kelurahan."""
    places = _places(chance, max(size.kecamatan, 1) + sum(size.kelurahan))
    org = Organisation()
    org.areas = places[: max(size.kecamatan, 1)]
    ranks = np.arange(len(org.areas)) / max(len(org.areas) - 1, 1)
    org.zone = np.select([ranks < _CENTRE_SHARE, ranks > _REMOTE_FROM], [CENTRE, REMOTE], EDGE).tolist()
    org.unit(instansi, "pemerintah daerah", -1, 0)
    return org, places[len(org.areas) :]


def _places(chance: Chance, count: int) -> list[str]:
    """Return *count* different invented place names."""
    parts = load("nama")["tempat"]
    single = [first + last for first in parts["depan"] for last in parts["akhir"]]
    order = chance.stream("tempat").permutation(len(single))
    names = [single[place] for place in order]
    names += [f"{name} {side}" for side in parts["arah"] for name in names]
    if count > len(names):
        raise ValueError(f"no more than {len(names)} place names can be made")
    return names[:count]
