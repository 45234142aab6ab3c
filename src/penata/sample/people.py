"""People of the sample: status, age, sex, name and number of every holder, drawn so that totals come out.

Numbers belong to nobody: real sequences inside one birth date, month of appointment and sex begin at 001 and never
come near 900, so every number here carries a sequence of 900 or more (and passes every check).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.rulebook.nip import compose_column
from penata.sample import service as work
from penata.sample.catalogue import retirement_ages
from penata.sample.chance import Bools, Floats, Ints, bell, deal, favour, rake
from penata.sample.roles import Roles
from penata.sample.schooling import draw_education, draw_fields
from penata.sample.service import CPNS, PART, PNS, PPPK, YEAR, Days
from penata.sample.templates import load

FIRST_SEQUENCE = 900
_SEQUENCES = 100
_PPPK_CODE = 21  # digits 13-14 of a first contract


@dataclass(frozen=True, slots=True)
class People:
    """Columns about n people, on the seats and posts of ``roles``; ``status`` is a place in STATUS.

    ``merit``: hidden strength, mean 0, from which performance, potential and assessments follow.
    ``misplaced``: the field of study belongs to other work. ``service``: years since the first appointment.
    """

    roles: Roles
    nip: NDArray[np.str_]
    nama: NDArray[Any]
    woman: Bools
    birth: Days
    status: Ints
    golongan: NDArray[Any]
    start: Days
    tmt_golongan: Days
    tmt_jabatan: Days
    contract_end: Days
    education: Ints
    field: NDArray[Any]
    misplaced: Bools
    merit: Floats
    service: Floats

    @property
    def post(self) -> Ints:
        """Place of everybody's post among the posts."""
        return self.roles.post

    @property
    def seat(self) -> Ints:
        """Seat that everybody sits on."""
        return self.roles.seat


def populate(roles: Roles) -> People:
    """Draw everybody as of the day of the law of *roles*."""
    status = _status(roles)
    age = _ages(roles, status)
    woman = _women(roles)
    education = draw_education(roles, age)
    misplaced, field = draw_fields(roles, education)
    birth = roles.today - np.floor(age * YEAR).astype("timedelta64[D]")
    start = work.draw_start(roles, birth, work.draw_service(roles, status, age, education))
    service = np.maximum((roles.today - start).astype(np.int64) / YEAR, 0.0)
    level = work.draw_levels(roles, status, education, service)
    return People(
        roles=roles,
        nip=_numbers(birth, start, status, woman),
        nama=_names(roles, woman),
        woman=woman,
        birth=birth,
        status=status,
        golongan=work.rank_names(roles, status, level, education),
        start=start,
        tmt_golongan=work.draw_promotion(roles, status, start, service),
        tmt_jabatan=work.draw_post_begin(roles, status, start, service),
        contract_end=work.draw_contract_end(roles, status, start),
        education=education,
        field=field,
        misplaced=misplaced,
        merit=bell(roles.chance.stream("mutu"), roles.size),
        service=service,
    )


def _status(roles: Roles) -> Ints:
    """Draw who is PNS, CPNS, PPPK or PPPK paruh waktu."""
    target = load("sasaran")
    rng = roles.chance.stream("status")
    likely, heads = target["pppk_menurut_tingkat"], load("jabatan")["kepala_fungsional"]
    contract = roles.each(lambda post: 0.0 if post.nama in heads else float(likely.get(post.tingkat, 0)))
    clerk = roles.each(lambda post: float(post.tingkat == "pelaksana"))
    young = roles.each(lambda post: float(post.tingkat in ("ahli pertama", "terampil", "pelaksana")))
    status = np.full(roles.size, PNS)
    for code, weight in ((PPPK, contract), (PART, clerk), (CPNS, young)):
        count = round(target["status"][work.STATUS[code]] * roles.size)
        status[favour(rng, weight * (status == PNS), count)] = code
    return status


def _ages(roles: Roles, status: Ints) -> Floats:
    """Draw ages in years: bands fitted to the public figures, then evenly inside the band, below retirement."""
    target = load("sasaran")
    rng = roles.chance.stream("usia")
    edges = np.array(target["usia_pns"]["batas"], float)
    tiers = list(target["usia_menurut_tingkat"])
    tier = roles.each(lambda post: tiers.index(post.tingkat))
    prior = np.array([target["usia_menurut_tingkat"][name] for name in tiers], float)
    band = rng.integers(0, 3, roles.size)  # CPNS are young; the others are drawn below
    for mine, margin in ((status == PNS, target["usia_pns"]), (status >= PPPK, target["usia_pppk"])):
        rows = np.bincount(tier[mine], minlength=len(tiers)).astype(float)
        band[mine] = deal(rng, tier[mine], rake(prior, rows, np.array(margin["bagian"], float)))
    high = np.minimum(edges[band + 1], retirement_ages(roles.posts, law=roles.law)[roles.post])
    age = edges[band] + (high - edges[band] - 0.05) * rng.random(roles.size)
    asked = roles.each(lambda post: target["usia_masuk"][post.pendidikan])
    youngest = asked + np.where(status == PNS, 1.6, 0.6)
    return np.where(age < youngest, youngest + 1.5 * rng.random(roles.size), age)


def _women(roles: Roles) -> Bools:
    """Draw who is a woman: shares by group, some by kind of work, fitted to the public figure."""
    target = load("sasaran")
    by_group, by_work = target["perempuan_menurut_kelompok"], target["perempuan_menurut_rumpun"]
    share = roles.each(lambda post: by_work.get(post.family, by_work.get(post.rumpun, by_group[post.grup])))
    values, kind = np.unique(share, return_inverse=True)
    rows = np.bincount(kind, minlength=len(values)).astype(float)
    wanted = np.array([1.0 - target["perempuan"], target["perempuan"]])
    table = rake(np.stack([1.0 - values, values], axis=1), rows, wanted)
    women: Bools = deal(roles.chance.stream("kelamin"), kind, table) == 1
    return women


def _numbers(birth: Days, start: Days, status: Ints, woman: Bools) -> NDArray[np.str_]:
    """Return NIPs whose sequence counts from 900 among people who share the other fifteen digits."""
    month = start.astype("datetime64[M]").astype(np.int64) % 12 + 1
    code, sex = np.where(status >= PPPK, _PPPK_CODE, month), np.where(woman, 2, 1)
    year = start.astype("datetime64[Y]").astype(np.int64) + 1970
    key = ((birth.astype(np.int64) * 10_000 + year) * 100 + code) * 10 + sex
    order = np.argsort(key, kind="stable")
    fresh = np.diff(key[order], prepend=key.min() - 1) != 0
    begun = np.maximum.accumulate(np.where(fresh, np.arange(len(key)), 0))
    turn = np.empty(len(key), np.int64)
    turn[order] = np.arange(len(key)) - begun
    assert turn.max() < _SEQUENCES  # 400,000 people share these digits a few at a time
    spread = birth.astype(np.int64) * 7 % (_SEQUENCES - int(turn.max()))
    return compose_column(birth, year, code, sex, FIRST_SEQUENCE + turn + spread)


def _names(roles: Roles, woman: Bools) -> NDArray[Any]:
    """Return invented names: a first name by sex and a family-like name."""
    parts = load("nama")
    rng = roles.chance.stream("nama")

    def draw(kind: str) -> NDArray[Any]:
        whole = [first + last for first in parts[kind]["depan"] for last in parts[kind]["akhir"]]
        return np.array(whole, dtype=object)[rng.integers(0, len(whole), roles.size)]

    men, women, family = draw("pria"), draw("wanita"), draw("keluarga")
    names: NDArray[Any] = np.where(woman, women, men) + " " + family
    return names
