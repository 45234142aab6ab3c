"""Offices of the sample: secretariats, inspectorate, dinas and badan with bidang, technical units and branches."""

from collections.abc import Mapping, Sequence
from typing import Any

from penata.sample.catalogue import jenjang_in_bidang, jenjang_of
from penata.sample.organisation import Organisation, Size
from penata.sample.templates import load

_GENERAL = ("Penelaah Teknis Kebijakan", "Pengolah Data dan Informasi", "Pengadministrasi Perkantoran")
# Relative need of one seat by jenjang, and of the posts of pelaksana.
_BY_JENJANG = {"ahli madya": 0.7, "ahli muda": 1.0, "ahli pertama": 1.3, "penyelia": 1.0, "mahir": 1.4, "terampil": 1.8}


def office(org: Organisation, described: Mapping[str, Any], size: Size) -> int:
    """Add one perangkat daerah as *described* and return its unit."""
    top = org.unit(described["nama"], described["jenis"], 0, 0)
    pattern = described.get("pola", described["jenis"])
    if pattern == "setda":
        _setda(org, top, described, size)
        return top
    titles = {
        "setwan": "Sekretaris Dewan Perwakilan Rakyat Daerah", "inspektorat": "Inspektur",
    }  # fmt: skip
    title = titles.get(pattern, f"Kepala {described['nama']}")
    org.head(org.catalogue.structural(title, "jpt", described["urusan"]), top)
    if pattern != "setwan":
        _secretariat(org, top, pattern.title())
    _madya(org, top, described)
    for place, (name, families) in enumerate(list(described["bidang"].items())[: size.bidang]):
        _bidang(org, top, described, name, families, place)
    for name, family in described.get("upt", {}).items():
        for number in range(size.counts["upt"]):
            _upt(org, top, described, (name, family), number, size)
    if described.get("sukudinas"):
        for number in range(size.counts["suku_dinas"]):
            _branch(org, top, described, number, size)
    return top


def numbered(name: str, number: int, count: int, word: str = "Wilayah") -> str:
    """Return *name* alone when there is one of it, else with its running number."""
    return f"{name} {word} {number + 1}" if count > 1 else name


def spread_area(org: Organisation, number: int, count: int) -> int:
    """Return the kecamatan of the *number*-th of *count* units spread evenly over the city."""
    return min(len(org.areas) - 1, (number * len(org.areas)) // max(count, 1))


def staff(org: Organisation, unit: int, names: Sequence[str], weight: float = 1.0, above: int | None = None) -> None:
    """Add seats for pelaksana posts."""
    for name in names:
        org.seat(org.catalogue.pelaksana(name), unit, weight, above=above)


def functional(
    org: Organisation, unit: int, family: str, jenjang: Sequence[str], weight: float = 1.0, above: int | None = None
) -> None:
    """Add seats for a functional family, one per jenjang that exists for it."""
    known = jenjang_of(family)
    for name in jenjang:
        if name in known:
            org.seat(org.catalogue.functional(family, name), unit, weight * _BY_JENJANG.get(name, 1.0), above=above)


def _setda(org: Organisation, top: int, described: Mapping[str, Any], size: Size) -> None:
    secretary = org.head(org.catalogue.structural("Sekretaris Daerah", "sekretaris daerah", "pemerintahan"), top)
    org.unit_head[0] = secretary  # offices report to the sekretaris daerah
    whole = size.bidang > len(described["asisten"])  # a small agency has one asisten with one bagian, no staf ahli
    for title in described["staf_ahli"] if whole else ():
        org.seat(org.catalogue.structural(title, "staf ahli", "pemerintahan"), top, above=secretary, single=True)
    for title, parts in list(described["asisten"].items())[0 if whole else -1 :]:
        wing = org.unit(title.replace("Asisten", "Asisten Bidang", 1), "asisten", top)
        org.head(org.catalogue.structural(title, "jpt", "pemerintahan"), wing)
        for name, families in list(parts.items()) if whole else [("Bagian Umum", parts["Bagian Umum"])]:
            part = org.unit(name, "bagian", wing)
            org.head(org.catalogue.structural(f"Kepala {name}", "administrator a", "pemerintahan"), part)
            for family in families:
                functional(org, part, family, jenjang_in_bidang(family))
            staff(org, part, _GENERAL, 1.2)
            if "Protokol" in name:
                staff(org, part, ("Penata Keprotokolan", "Pengelola Keprotokolan"))
            if "Hukum" in name:
                staff(org, part, ("Penyusun Materi Hukum dan Perundang-undangan",))
            if "Pengadaan" in name:
                staff(org, part, ("Pengelola Layanan Pengadaan",))
            if "Umum" in name:
                _subbagian(org, part, "Rumah Tangga dan Perlengkapan", "pemerintahan")


def _secretariat(org: Organisation, top: int, kind: str) -> None:
    """Add the secretariat of an office with its two subbagian."""
    unit = org.unit(f"Sekretariat {org.unit_name[top]}", "sekretariat", top)
    org.head(org.catalogue.structural(f"Sekretaris {kind}", "administrator a", "pemerintahan"), unit)
    names: list[str] = load("struktur")["subbagian"]
    for name, urusan in zip(names, ("kepegawaian", "keuangan"), strict=True):
        part = _subbagian(org, unit, name, urusan)
        if urusan == "kepegawaian":
            functional(org, part, "Arsiparis", ("terampil",), 0.5)
            functional(org, part, "Pranata Sumber Daya Manusia Aparatur", ("mahir",), 0.4)
        else:
            functional(org, part, "Perencana", ("ahli muda", "ahli pertama"), 0.6)
            functional(org, part, "Pranata Keuangan APBN", ("terampil",), 0.5)


def _subbagian(org: Organisation, above: int, name: str, urusan: str) -> int:
    part = org.unit(f"Subbagian {name} {org.unit_name[org.unit_office[above]]}", "subbagian", above)
    org.head(org.catalogue.structural(f"Kepala Subbagian {name}", "pengawas a", urusan), part)
    staff(org, part, ("Pengelola Umum Operasional",) if urusan == "kepegawaian" else (), 2.4)
    staff(org, part, (_GENERAL[0], _GENERAL[2]) if urusan == "kepegawaian" else _GENERAL[:2], 1.2)
    return part


def _madya(org: Organisation, top: int, described: Mapping[str, Any]) -> None:
    """Add one ahli madya of the leading family directly under the head of the office."""
    families = [family for listed in described["bidang"].values() for family in listed]
    leading = [family for family in families if "ahli madya" in jenjang_of(family)]
    if leading:
        functional(org, top, leading[0], ("ahli madya",))


def _bidang(
    org: Organisation, top: int, described: Mapping[str, Any], name: str, families: Sequence[str], place: int
) -> None:
    weight = float(described.get("bobot", 1.0))
    urusan = described["urusan"]
    if name.startswith(("Bagian", "Inspektur")):  # secretariat of the council, inspectorate
        title, kind, tier = name, "bagian", "administrator a"
        title = f"Kepala {name}" if name.startswith("Bagian") else name
    else:
        title, kind, tier = f"Kepala Bidang {name}", "bidang", "administrator b"
    unit = org.unit(name if kind == "bagian" else f"Bidang {name}", kind, top)
    org.head(org.catalogue.structural(title, tier, urusan), unit)
    for order, family in enumerate(families):
        jenjang = jenjang_in_bidang(family)
        functional(org, unit, family, jenjang if order == 0 else jenjang[:2], weight)
    if kind == "bagian" and title == name:
        return  # auditors have no further staff
    extra = described.get("pelaksana", ())
    own = extra.get(name, ()) if isinstance(extra, dict) else extra[place % max(len(extra), 1) :][:1]
    staff(org, unit, (_GENERAL[0], _GENERAL[1 + place % 2]), 1.3 * weight)
    staff(org, unit, own, 1.8 * weight)


def _upt(
    org: Organisation, top: int, described: Mapping[str, Any], kind: tuple[str, str], number: int, size: Size
) -> None:
    name, family = kind
    count = size.counts["upt"]
    unit = org.unit(numbered(f"UPT {name}", number, count), "upt", top, spread_area(org, number, count))
    org.head(org.catalogue.structural(f"Kepala UPT {name}", "pengawas a", described["urusan"]), unit)
    org.seat(
        org.catalogue.structural("Kepala Subbagian Tata Usaha UPT", "pengawas b", "pemerintahan"), unit, single=True
    )
    functional(org, unit, family, jenjang_in_bidang(family)[-2:])
    staff(org, unit, ("Pengadministrasi Perkantoran", "Operator Layanan Operasional"), 1.4)
    extra = described.get("pelaksana", ())
    staff(org, unit, extra[:1] if isinstance(extra, list) else (), 2.0)


def _branch(org: Organisation, top: int, described: Mapping[str, Any], number: int, size: Size) -> None:
    """Add a suku dinas: a branch of a large agency's office in one part of the city."""
    count = size.counts["suku_dinas"]
    short = described["nama"].removeprefix("Dinas ").removeprefix("Satuan ")
    unit = org.unit(f"Suku Dinas {short} Wilayah {number + 1}", "lain", top, spread_area(org, number, count))
    org.head(org.catalogue.structural(f"Kepala Suku Dinas {short}", "administrator a", described["urusan"]), unit)
    part = _subbagian(org, unit, "Tata Usaha Suku Dinas", "pemerintahan")
    org.unit_name[part] = f"Subbagian Tata Usaha {org.unit_name[unit]}"
    bidang = list(described["bidang"].items())
    for place, name in enumerate(load("struktur")["seksi_suku_dinas"]):
        part = org.unit(f"Seksi {name} {org.unit_name[unit]}", "seksi", unit)
        title = f"Kepala Seksi {name} Suku Dinas {short}"
        org.head(org.catalogue.structural(title, "pengawas a", described["urusan"]), part)
        for family in bidang[place % len(bidang)][1][:1]:
            functional(org, part, family, jenjang_in_bidang(family)[:2])
        staff(org, part, (_GENERAL[place % 2], _GENERAL[2]), 1.3)
