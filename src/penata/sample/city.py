"""An invented city government of any size, as tables: put together from organisation, people and their records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from penata.language import N_, _, day, number
from penata.rulebook.legislation import Law
from penata.sample import careers, competence
from penata.sample.catalogue import jabatan_table, standard_table
from penata.sample.chance import Chance
from penata.sample.offices import office
from penata.sample.organisation import Organisation, Size, lay_out
from penata.sample.people import People, populate
from penata.sample.roles import Roles
from penata.sample.services import districts, heads_of, health, schools
from penata.sample.staffing import Staffing, staff_seats
from penata.sample.tables import Agency, acting_table, people_table, seat_table, unit_table, workload_seats
from penata.sample.templates import load
from penata.sample.trainings import training_table, trainings_followed
from penata.sample.wishes import wishes_table
from penata.sample.workload import workload_table

SMALLEST, LARGEST = 50, 400_000
EARLIEST = date(2021, 1, 1)  # before it there were next to no PPPK, whom the public figures count
SIZE_REFUSED = N_("jumlah pegawai harus antara {least} dan {most}; diminta {asked}")
DAY_REFUSED = N_("tanggal data paling awal {first}; diminta {asked}")


class SampleError(ValueError):
    """The agency asked for cannot be made; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class City:
    """One agency before faults are planted."""

    instansi: str
    per: date
    tables: Mapping[str, pl.DataFrame]


def build_city(*, pegawai: int, benih: int, per: date, instansi: str | None = None) -> City:
    """Return a clean agency of *pegawai* people as of *per*. Raises SampleError when size or day is out of range."""
    if not SMALLEST <= pegawai <= LARGEST:
        refused = _(SIZE_REFUSED).format(least=number(SMALLEST), most=number(LARGEST), asked=number(pegawai))
        raise SampleError(refused)
    if per < EARLIEST:
        raise SampleError(_(DAY_REFUSED).format(first=day(EARLIEST), asked=day(per)))
    chance, law = Chance(benih), Law(per)
    name = instansi or str(load("nama")["instansi"])
    org = organise(name, pegawai, chance)
    staffing = staff_seats(org, pegawai, chance)
    seat = np.repeat(np.arange(len(org.seat_post)), staffing.held)
    people = populate(Roles(org.catalogue.posts, seat, np.array(org.seat_post)[seat], chance, law))
    return City(name, per, _tables(org, staffing, people))


def organise(instansi: str, pegawai: int, chance: Chance) -> Organisation:
    """Return units and seats of an agency of *pegawai* people."""
    size = Size.of(pegawai, chance)
    org, left = lay_out(size, chance, instansi)
    for described in load("struktur")["perangkat_daerah"][: size.offices]:
        office(org, described, size)
    schools(org, heads_of(org, "Dinas Pendidikan"), size, chance)
    health(org, heads_of(org, "Dinas Kesehatan"), size)
    districts(org, size, left)
    org.catalogue.complete()
    return org


def _tables(org: Organisation, staffing: Staffing, people: People) -> dict[str, pl.DataFrame]:
    """Return every table of the snapshot."""
    agency = Agency.of(org, staffing, people)
    posts, chance, law = agency.posts, agency.chance, agency.law
    talent = competence.strong(people)
    trainings = training_table(posts, agency.size)
    return {
        "unit": unit_table(agency),
        "jabatan": jabatan_table(posts, law=law),
        "posisi": seat_table(agency),
        "pegawai": people_table(agency),
        "pemangku": acting_table(agency),
        "beban_kerja": workload_table(
            posts, agency.seat_post, agency.need, workload_seats(agency), agency.seats, chance, law=law
        ),
        "standar_kompetensi": standard_table(posts, chance),
        "asesmen": competence.assessments(people, talent),
        "kompetensi_teknis": competence.technical_levels(people, talent),
        "riwayat_jabatan": careers.histories(org.catalogue, people, agency.unplaced),
        "predikat_kinerja": careers.ratings(people),
        "hukuman_disiplin": careers.penalties(people),
        "pelatihan": trainings,
        "riwayat_pelatihan": trainings_followed(people, trainings),
        "minat": wishes_table(agency),
    }
