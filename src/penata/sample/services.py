"""Services close to people: schools, puskesmas, hospitals, kecamatan and kelurahan."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from penata.sample.chance import Chance
from penata.sample.offices import functional, numbered, spread_area, staff
from penata.sample.organisation import REMOTE, Organisation, Size
from penata.sample.templates import load

_TURNS = 97  # any number larger than the patterns of jenjang


def schools(org: Organisation, parents: list[int], size: Size, chance: Chance) -> None:
    """Add schools below the education office (*parents*: the office, or its branches by part of the city)."""
    rng = chance.stream("sekolah")
    coordinators: dict[int, int] = {}
    for kind, school in load("struktur")["sekolah"].items():
        count = size.counts[kind]
        numbers: dict[int, int] = {}
        for number, draw in enumerate(rng.random((count, 2))):
            area = spread_area(org, number, count)
            parent = parents[area * len(parents) // len(org.areas)]
            numbers[area] = numbers.get(area, 0) + 1
            if area not in coordinators:
                coordinators[area] = _coordinator(org, parent, area)
            name = f"{school['nama']} {numbers[area]} {org.areas[area]}"
            breadth = (0.6 + 0.8 * draw[0]) * (0.6 if org.zone[area] == REMOTE else 1.0)
            unit = org.unit(name, "sekolah", coordinators[area], area)
            org.head(org.catalogue.head(school["kepala"]), unit)
            _teachers(org, unit, school, breadth, int(draw[1] * _TURNS))


def _coordinator(org: Organisation, parent: int, area: int) -> int:
    unit = org.unit(f"Koordinator Wilayah Pendidikan Kecamatan {org.areas[area]}", "upt", parent, area)
    org.head(org.catalogue.functional("Pengawas Sekolah", "ahli madya"), unit)
    return unit


def _teachers(org: Organisation, unit: int, school: Mapping[str, Any], breadth: float, turn: int) -> None:
    """Add the teachers' seats: for a subject only those jenjang that this school has."""
    for family, needs in school["guru"].items():
        for jenjang, need in needs.items():
            functional(org, unit, family, (jenjang,), need * breadth)
    patterns = load("struktur")["jenjang_guru"]
    for place, (family, weight) in enumerate(school.get("mata_pelajaran", {}).items()):
        for jenjang, need in patterns[(turn + place) % len(patterns)].items():
            functional(org, unit, family, (jenjang,), need * weight * breadth)
    staff(org, unit, school["pelaksana"], 1.1)


def health(org: Organisation, parents: list[int], size: Size) -> None:
    """Add puskesmas and hospitals below the health office (*parents* as for schools)."""
    count = size.counts["puskesmas"]
    seen: dict[int, int] = {}
    for number in range(count):
        area = spread_area(org, number, count)
        seen[area] = seen.get(area, 0) + 1
        name = f"Puskesmas {org.areas[area]}" + (f" {seen[area]}" if seen[area] > 1 else "")
        unit = org.unit(name, "puskesmas", parents[area * len(parents) // len(org.areas)], area)
        org.head(org.catalogue.head("Kepala Puskesmas"), unit)
        office = org.catalogue.structural("Kepala Subbagian Tata Usaha Puskesmas", "pengawas b", "kesehatan masyarakat")
        clerk = org.seat(office, unit, single=True)
        for family, jenjang, weight in load("struktur")["puskesmas"]:
            functional(org, unit, family, jenjang, weight)
        helpers = ("Pengadministrasi Perkantoran", "Operator Layanan Operasional", "Pengelola Layanan Kesehatan")
        staff(org, unit, helpers, 0.8, above=clerk)
    for number in range(size.counts["rumah_sakit"]):
        _hospital(org, parents[0], number, size.counts["rumah_sakit"])


def _hospital(org: Organisation, office: int, number: int, count: int) -> None:
    described: dict[str, Any] = load("struktur")["rumah_sakit"]
    name = numbered("Rumah Sakit Umum Daerah", number, count, "Nomor")
    name = f"RSUD {org.areas[spread_area(org, number, count)]}" if count > 1 else name
    unit = org.unit(name, "rumah sakit", office if office else 0, spread_area(org, number, count))
    org.head(org.catalogue.structural("Direktur Rumah Sakit Umum Daerah", "staf ahli", "kesehatan masyarakat"), unit)
    service = unit
    for title in described["wakil"]:
        wing = org.unit(f"{title} {name}", "asisten", unit)
        org.head(org.catalogue.structural(f"{title} Rumah Sakit", "administrator a", "kesehatan masyarakat"), wing)
        service = wing if service == unit else service
        for part_name in described["bidang"][title]:
            part = org.unit(f"{part_name} {name}", part_name.split()[0].lower(), wing)
            org.head(
                org.catalogue.structural(f"Kepala {part_name} Rumah Sakit", "administrator b", "kesehatan masyarakat"),
                part,
            )
            functional(org, part, "Administrator Kesehatan", ("ahli muda", "ahli pertama"))
            staff(
                org, part, ("Penelaah Teknis Kebijakan", "Pengolah Data dan Informasi", "Pengelola Layanan Kesehatan")
            )
    for title, seats in described["instalasi"].items():
        part = org.unit(f"{title} {name}" if count > 1 else title, "lain", service)
        lead = "Apoteker" if "Farmasi" in title else "Dokter"
        org.head(org.catalogue.functional(lead, "ahli madya"), part)
        for family, jenjang, weight in seats:
            functional(org, part, family, jenjang, float(weight))
        staff(org, part, ("Pengadministrasi Perkantoran", "Operator Layanan Kesehatan"), 1.2)


def districts(org: Organisation, size: Size, names: list[str]) -> None:
    """Add kecamatan with their kelurahan."""
    structure = load("struktur")
    left = iter(names)
    for area, kelurahan in enumerate(size.kelurahan):
        unit = org.unit(f"Kecamatan {org.areas[area]}", "kecamatan", 0, area)
        org.head(org.catalogue.structural("Camat", "administrator a", "kewilayahan"), unit)
        second = org.seat(
            org.catalogue.structural("Sekretaris Kecamatan", "administrator b", "kewilayahan"), unit, single=True
        )
        for name in structure["subbagian_kecamatan"]:
            post = org.catalogue.structural(f"Kepala Subbagian {name} Kecamatan", "pengawas b", "kewilayahan")
            clerk = org.seat(post, unit, above=second, single=True)
            staff(
                org,
                unit,
                ("Pengadministrasi Perkantoran",) if "Umum" in name else ("Pengolah Data dan Informasi",),
                above=clerk,
            )
        for place, name in enumerate(structure["seksi_kecamatan"]):
            post = org.catalogue.structural(f"Kepala Seksi {name} Kecamatan", "pengawas a", "kewilayahan")
            chief = org.seat(post, unit, single=True)
            staff(
                org,
                unit,
                (
                    (
                        "Penata Kelola Pemerintahan",
                        "Penelaah Teknis Kebijakan",
                        "Pranata Trantibum",
                        "Penelaah Teknis Kebijakan",
                    )[place],
                ),
                above=chief,
            )
        for _number in range(kelurahan):
            _kelurahan(org, unit, next(left))


def _kelurahan(org: Organisation, district: int, name: str) -> None:
    unit = org.unit(f"Kelurahan {name}", "kelurahan", district)
    org.head(org.catalogue.structural("Lurah", "pengawas a", "kewilayahan"), unit)
    second = org.seat(org.catalogue.structural("Sekretaris Kelurahan", "pengawas b", "kewilayahan"), unit, single=True)
    for title in load("struktur")["seksi_kelurahan"]:
        org.seat(
            org.catalogue.structural(f"Kepala Seksi {title} Kelurahan", "pengawas b", "kewilayahan"), unit, single=True
        )
    staff(org, unit, ("Pengadministrasi Perkantoran",), 0.9, above=second)
    staff(org, unit, ("Pranata Kewilayahan",), 0.8)


def heads_of(org: Organisation, name: str) -> list[int]:
    """Return the units under which services of the office *name* hang: its branches, else itself, else the root."""
    short = name.removeprefix("Dinas ")
    branches = [unit for unit, title in enumerate(org.unit_name) if title.startswith(f"Suku Dinas {short} Wilayah")]
    whole = [unit for unit, title in enumerate(org.unit_name) if title == name]
    return branches or whole or [0]


def instances(org: Organisation) -> dict[str, int]:
    """Count units by kind, for what the command prints."""
    kinds, counts = np.unique(np.array(org.unit_kind), return_counts=True)
    return dict(zip(kinds.tolist(), counts.tolist(), strict=True))
