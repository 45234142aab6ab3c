"""Units, posisi, pegawai and pemangku of the sample as tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.rulebook.legislation import Law
from penata.sample.catalogue import Post
from penata.sample.chance import Bools, Chance, Ints, neighbours
from penata.sample.organisation import REMOTE, Organisation
from penata.sample.people import People
from penata.sample.service import PNS, STATUS
from penata.sample.staffing import Staffing
from penata.sample.templates import load
from penata.snapshot.vocabulary import PENDIDIKAN

_LONG_CODES_FROM = 100_000
_TIERS = ("pengawas", "administrator", "jpt")  # heights 0..2 of posts that a Plt may fill
_SCHOOL, _CLINIC, _HEIGHTS = 3, 4, 5  # heads of schools and of puskesmas; number of heights


@dataclass(frozen=True, slots=True)
class Agency:
    """Everything drawn so far. ``seats``/``units``: codes; ``need``: people wanted per seat, 0 where it is abolished;
    ``status`` of every seat; ``unplaced``: people without any posisi; ``home``: kecamatan (index) where people live.
    """

    org: Organisation
    people: People
    held: Ints
    need: Ints
    status: NDArray[np.str_]
    seats: NDArray[np.str_]
    units: list[str]
    unplaced: Bools
    home: Ints

    @classmethod
    def of(cls, org: Organisation, staffing: Staffing, people: People) -> "Agency":
        """Draw what remains: abolished and frozen seats, people without posisi, homes."""
        chance = people.roles.chance
        status = _seat_status(org, staffing, chance)
        area = np.array(org.unit_area)[np.array(org.seat_unit)]
        rng = chance.stream("domisili")
        elsewhere = rng.integers(0, len(org.areas), people.roles.size)
        near = rng.random(people.roles.size) < load("sasaran")["dekat_tempat_kerja"]
        return cls(
            org=org,
            people=people,
            held=staffing.held,
            need=np.where(status == "dihapus", 0, staffing.need),
            status=status,
            seats=_seat_codes(len(org.seat_post)),
            units=unit_codes(org),
            unplaced=_unplaced(people),
            home=np.where(near, area[people.seat], elsewhere),
        )

    @property
    def posts(self) -> list[Post]:
        """Posts of the catalogue."""
        return self.org.catalogue.posts

    @property
    def chance(self) -> Chance:
        """Source of random numbers."""
        return self.people.roles.chance

    @property
    def law(self) -> Law:
        """Law on the day of the data."""
        return self.people.roles.law

    @property
    def size(self) -> int:
        """Number of people."""
        return self.people.roles.size

    @property
    def seat_post(self) -> Ints:
        """Post of every seat."""
        return np.array(self.org.seat_post, np.int64)

    def each_seat(self, read: Callable[[Post], Any]) -> NDArray[Any]:
        """Return what *read* says of every seat's post."""
        return np.array([read(post) for post in self.posts])[self.seat_post]


def unit_codes(org: Organisation) -> list[str]:
    """Return codes that show the tree: ``U-00`` for the root, ``U-03.02.01`` below."""
    children = np.bincount(np.array(org.unit_parent[1:], np.int64), minlength=len(org.unit_name)).tolist()
    given = [0] * len(org.unit_name)
    codes = ["U-00"]
    for parent in org.unit_parent[1:]:
        given[parent] += 1
        number = f"{given[parent]:0{max(2, len(str(children[parent])))}d}"
        codes.append(f"U-{number}" if parent == 0 else f"{codes[parent]}.{number}")
    return codes


def _seat_codes(count: int) -> NDArray[np.str_]:
    width = 6 if count >= _LONG_CODES_FROM else 5
    return np.array([f"P-{number:0{width}d}" for number in range(1, count + 1)])


def _seat_status(org: Organisation, staffing: Staffing, chance: Chance) -> NDArray[np.str_]:
    """Abolish some seats of offices that few people hold, and freeze some that nobody holds."""
    target = load("sasaran")
    rng = chance.stream("status posisi")
    posts = org.catalogue.posts
    ordinary = np.array([posts[post].grup in ("jf", "pelaksana") for post in org.seat_post]) & ~np.array(
        org.seat_single
    )
    cut = ordinary & (staffing.held > 0) & (staffing.held <= target["posisi_dihapus_paling_banyak"])
    status = np.full(len(ordinary), "aktif", dtype="<U9")
    for mine, word in ((cut, "dihapus"), (ordinary & (staffing.held == 0), "dibekukan")):
        places = np.flatnonzero(mine)
        count = min(len(places), round(target[f"posisi_{word}"] * len(ordinary)))
        status[places[rng.permutation(len(places))[:count]]] = word
    return status


def _unplaced(people: People) -> Bools:
    """Mark a few people without any posisi (back from study leave, or newly transferred)."""
    able = people.roles.each(lambda post: post.grup in ("jf", "pelaksana")) & (people.status == PNS)
    marked: Bools = able & (
        people.roles.chance.stream("tanpa posisi").random(len(able)) < load("sasaran")["tanpa_posisi"]
    )
    return marked


def unit_table(agency: Agency) -> pl.DataFrame:
    """Return the table ``unit``."""
    org = agency.org
    return pl.DataFrame(
        {
            "kode": agency.units,
            "nama": org.unit_name,
            "jenis": org.unit_kind,
            "induk": [agency.units[parent] if parent >= 0 else None for parent in org.unit_parent],
            "wilayah": [f"Kecamatan {org.areas[area]}" for area in org.unit_area],
            "terpencil": [org.zone[area] == REMOTE for area in org.unit_area],
        }
    )


def workload_seats(agency: Agency) -> Bools:
    """Mark the seats whose workload was described."""
    drawn = agency.chance.stream("tanpa beban").random(len(agency.need)) >= load("sasaran")["tanpa_beban"]
    marked: Bools = drawn & (agency.status != "dihapus")
    return marked


def seat_table(agency: Agency) -> pl.DataFrame:
    """Return the table ``posisi``: the map with its printed bezetting and need, a few of which differ."""
    org, need = agency.org, agency.need
    target = load("sasaran")
    rng = agency.chance.stream("peta")
    other = (rng.random(len(need)) < target["tercetak_berbeda"]) & ~np.array(org.seat_single)
    shift = np.where(need > 2, rng.integers(-2, 4, len(need)), 1)
    printed = np.where(other & (need > 0), np.maximum(need + shift, 1), need)
    expert = agency.each_seat(lambda post: post.grup in ("jf", "nakes") and post.tingkat == "ahli muda")
    chosen = expert & (rng.random(len(need)) < target["ahli_kritis"])
    present = np.bincount(agency.people.seat[~agency.unplaced], minlength=len(need))
    posts = [agency.posts[post] for post in org.seat_post]
    return pl.DataFrame(
        {
            "kode": agency.seats,
            "jabatan": [post.nama for post in posts],
            "unit": [agency.units[unit] for unit in org.seat_unit],
            "atasan": [str(agency.seats[above]) if above >= 0 else None for above in org.seat_above],
            "jenis": [post.jenis for post in posts],
            "jenjang": [post.jenjang for post in posts],
            "kelas": [post.kelas for post in posts],
            "bezetting": present.astype(np.float64),
            "kebutuhan": printed.astype(np.float64),
            "kritis": agency.each_seat(lambda post: post.kritis) | chosen,
            "status": agency.status,
        }
    )


def people_table(agency: Agency) -> pl.DataFrame:
    """Return the table ``pegawai``."""
    people, target = agency.people, load("sasaran")
    rng = agency.chance.stream("pegawai")
    locked = rng.random(agency.size) < target["terkunci"]["bagian"]
    reasons = np.array(target["terkunci"]["alasan"])
    areas = np.array([f"Kecamatan {area}" for area in agency.org.areas])
    return pl.DataFrame(
        {
            "nip": people.nip,
            "nama": pl.Series(people.nama, dtype=pl.String),
            "jenis_kelamin": np.where(people.woman, "perempuan", "laki-laki"),
            "tanggal_lahir": people.birth,
            "status": np.array(STATUS)[people.status],
            "golongan": pl.Series(people.golongan, dtype=pl.String),
            "tmt_golongan": people.tmt_golongan,
            "pendidikan": np.array(PENDIDIKAN)[people.education],
            "bidang_studi": pl.Series(people.field, dtype=pl.String),
            "posisi": _unless(agency.unplaced, agency.seats[people.seat]),
            "tmt_jabatan": _unless(agency.unplaced, people.tmt_jabatan),
            "kontrak_berakhir": people.contract_end,
            "wilayah": areas[agency.home],
            "sertifikat": _certificates(people, rng),
            "terkunci": locked,
            "alasan_terkunci": _unless(~locked, reasons[rng.integers(0, len(reasons), agency.size)]),
        }
    )


def _unless(absent: Bools, values: NDArray[Any]) -> pl.Series:
    """Return *values* with nulls where *absent*."""
    frame = pl.DataFrame({"value": values, "absent": absent})
    return frame.select(pl.when(~pl.col("absent")).then("value")).to_series()


def _certificates(people: People, rng: np.random.Generator) -> pl.Series:
    """Return what people hold: the certificate of their post mostly, leadership training for most officials."""
    rule = load("sasaran")["sertifikat"]
    names = [post.sertifikat or rule["kepemimpinan"].get(post.tingkat) for post in people.roles.posts]
    share = people.roles.each(lambda post: rule["dimiliki"] if post.sertifikat else rule["kepemimpinan_dimiliki"])
    absent = rng.random(people.roles.size) >= share
    return _unless(absent, pl.Series(names, dtype=pl.String).gather(people.post).to_numpy())


def acting_table(agency: Agency) -> pl.DataFrame:
    """Return ``pemangku``: every definitive holder, and a Plt for most heads' seats that are empty."""
    people = agency.people
    rng = agency.chance.stream("pemangku")
    there = np.flatnonzero(~agency.unplaced)
    years = people.tmt_jabatan[there].astype("datetime64[Y]").astype(np.int64) + 1970
    definitive = pl.DataFrame(
        {
            "nip": people.nip[there],
            "posisi": agency.seats[people.seat[there]],
            "jenis": np.full(len(there), "definitif"),
            "tmt": people.tmt_jabatan[there],
        }
    ).with_columns(nomor_sk=pl.format("821.2/{}/{}", pl.Series(rng.integers(1, 4000, len(there))), pl.Series(years)))
    empty, deputy = _deputies(agency)
    begun = people.roles.today - rng.integers(5, 170, len(empty)).astype("timedelta64[D]")
    acting = pl.DataFrame(
        {"nip": people.nip[deputy], "posisi": agency.seats[empty], "jenis": np.full(len(empty), "plt"), "tmt": begun}
    ).with_columns(
        nomor_sk=pl.format(
            "821.2/PLT/{}/{}", pl.Series(rng.integers(1, 900, len(empty))), pl.lit(agency.law.as_of.year)
        )
    )
    return pl.concat([definitive, acting], how="vertical_relaxed")


def _deputies(agency: Agency) -> tuple[Ints, Ints]:
    """Return empty heads' seats that have a Plt, and the person: of the same office and height, else one lower."""
    rng = agency.chance.stream("plt")
    seat = agency.people.seat
    single, height = np.array(agency.org.seat_single), agency.each_seat(_height)
    empty = np.flatnonzero(single & (agency.held == 0) & (height >= 0))
    empty = empty[rng.random(len(empty)) < load("sasaran")["pengisian"]["plt"]]
    able = np.flatnonzero(single[seat] & (height[seat] >= 0))
    office_of = np.array(agency.org.unit_office)[np.array(agency.org.seat_unit)]
    order, starts, counts = neighbours(office_of[seat[able]] * _HEIGHTS + height[seat[able]])
    found = np.full(len(empty), -1, np.int64)
    for step in (1, 0):  # one height lower first, then overwritten by the same height where there is anybody
        wanted = office_of[empty] * _HEIGHTS + height[empty] - step
        known = np.append(counts, 0)[np.minimum(wanted, len(counts))] > 0
        known &= (step == 0) | ((height[empty] > 0) & (height[empty] < len(_TIERS)))
        places = starts[wanted[known]] + (rng.random(int(known.sum())) * counts[wanted[known]]).astype(np.int64)
        found[known] = able[order[places]]
    there = found >= 0
    once = np.sort(np.unique(found[there], return_index=True)[1])  # nobody acts in two posts
    return empty[there][once], found[there][once]


def _height(post: Post) -> int:
    """Return the height of a post that a Plt may fill, -1 for others."""
    if post.grup == "struktural":
        return _TIERS.index(post.tingkat)
    if post.nama in load("jabatan")["kepala_fungsional"]:
        return _SCHOOL if post.grup == "guru" else _CLINIC
    return -1
