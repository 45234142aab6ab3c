"""Service of people: years worked, golongan, first appointment, time in post and end of contract."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.sample.chance import Floats, Ints
from penata.sample.roles import Roles
from penata.sample.schooling import entry_education
from penata.sample.templates import load
from penata.snapshot.vocabulary import GOLONGAN_PNS, PENDIDIKAN

STATUS = ("pns", "cpns", "pppk", "pppk paruh waktu")
PNS, CPNS, PPPK, PART = range(4)  # places in STATUS; PPPK and above have a contract
YEAR = 365.25
_PROBATION = 1.3  # years after which nobody is CPNS any more
_MONTHS = np.array([0, 1, 2, 3, 11])  # in which appointments usually begin
Days = NDArray[np.datetime64]


def _rank_table(name: str) -> Ints:
    """Return a table of the data file by education as places in GOLONGAN_PNS."""
    table = load("sasaran")[name]
    return np.array([GOLONGAN_PNS.index(table[word]) for word in PENDIDIKAN])


def draw_service(roles: Roles, status: Ints, age: Floats, education: Ints) -> Floats:
    """Return years of service: as many as the golongan of the post needs, as few as the age allows."""
    target = load("sasaran")
    rng = roles.chance.stream("masa kerja")
    entered = entry_education(roles, education)
    earliest = np.array([target["usia_masuk"][name] for name in PENDIDIKAN], float)[entered]
    steps = roles.each(lambda post: GOLONGAN_PNS.index(post.golongan[0])) - _rank_table("golongan_awal")[entered]
    needed = np.maximum(steps, 0) * target["tahun_per_golongan_cepat"]
    entry = earliest + (target["usia_masuk_maks"] - earliest) * rng.random(roles.size) ** 1.7
    service = np.minimum(np.maximum(age - entry, needed + 0.5), age - earliest + 0.25)
    service = np.where(status == PNS, np.maximum(service, _PROBATION), service)
    contract = np.minimum(0.1 + 4.6 * rng.random(roles.size), age - 20.2)
    fresh = 0.15 + 0.7 * rng.random(roles.size)
    return np.where(status == CPNS, fresh, np.maximum(np.where(status >= PPPK, contract, service), 0.3))


def draw_levels(roles: Roles, status: Ints, education: Ints, service: Floats) -> Ints:
    """Return golongan (place in GOLONGAN_PNS, -1 for PPPK): by service, inside what post and education allow."""
    target = load("sasaran")
    lowest = roles.each(lambda post: GOLONGAN_PNS.index(post.golongan[0]))
    highest = roles.each(lambda post: GOLONGAN_PNS.index(post.golongan[1]))
    first = _rank_table("golongan_awal")[entry_education(roles, education)]
    earned = first + np.floor(service / target["tahun_per_golongan"]).astype(np.int64)
    senior = roles.each(lambda post: post.tingkat == "ahli madya")
    earned = np.where(senior, np.minimum(earned, np.maximum(_reach(roles), lowest)), earned)
    clerk = roles.each(lambda post: post.grup == "pelaksana")
    most = np.maximum(np.minimum(_rank_table("golongan_puncak")[education], highest), np.minimum(first, highest))
    level = np.where(clerk, np.clip(earned, np.minimum(first, highest), most), np.clip(earned, lowest, highest))
    level = np.where((status == CPNS) & ~clerk, np.maximum(first, lowest), level)
    return np.where(status >= PPPK, -1, level)


def _reach(roles: Roles) -> Ints:
    """Draw how far ahli madya come: most stop at IV/a."""
    shares: dict[str, float] = load("sasaran")["puncak_madya"]
    drawn = np.searchsorted(np.cumsum(list(shares.values()))[:-1], roles.chance.stream("puncak").random(roles.size))
    reached: Ints = np.array([GOLONGAN_PNS.index(name) for name in shares])[drawn]
    return reached


def rank_names(roles: Roles, status: Ints, level: Ints, education: Ints) -> NDArray[Any]:
    """Return the golongan as written: of PNS by *level*, of PPPK by the education at entry."""
    contract = roles.law.value("pppk.golongan_pendidikan")
    ranks = np.array([contract[name] for name in PENDIDIKAN], dtype=object)[entry_education(roles, education)]
    return np.where(status >= PPPK, ranks, np.array(GOLONGAN_PNS, dtype=object)[np.maximum(level, 0)])


def draw_start(roles: Roles, birth: Days, service: Floats) -> Days:
    """Return the first day of appointment: the first of a month in which appointments usually begin."""
    rng = roles.chance.stream("tmt pertama")
    raw = roles.today - np.floor(service * YEAR).astype("timedelta64[D]")
    month = _MONTHS[rng.integers(0, len(_MONTHS), roles.size)]
    start = raw.astype("datetime64[Y]").astype("datetime64[M]") + month
    latest = (roles.today - np.timedelta64(31, "D")).astype("datetime64[M]")
    start = np.where(start > latest, latest - rng.integers(0, 3, roles.size).astype("timedelta64[M]"), start)
    adult = birth.astype("datetime64[M]") + np.timedelta64(12 * 20 + 1, "M")  # nobody begins before turning twenty
    days: Days = np.maximum(start, np.minimum(adult, latest)).astype("datetime64[D]")
    return days


def draw_promotion(roles: Roles, status: Ints, start: Days, service: Floats) -> Days:
    """Return the day of the present golongan: the first of April or October, or the first day of appointment."""
    since = np.minimum(roles.chance.stream("tmt").random(roles.size) * 3.9, service)
    months = (roles.today - (since * YEAR).astype("timedelta64[D]")).astype("datetime64[M]").astype(np.int64)
    promoted = (months - (months % 12 - 3) % 6).astype("datetime64[M]").astype("datetime64[D]")
    return np.where(status == PNS, np.maximum(promoted, start), start)


def draw_post_begin(roles: Roles, status: Ints, start: Days, service: Floats) -> Days:
    """Return the first day in the present post: officials stay short, teachers and nurses long."""
    usual = load("sasaran")["masa_jabatan"]
    drawn = roles.chance.stream("masa jabatan").random(roles.size) ** 1.4
    tenure = np.minimum(0.15 + roles.each(lambda post: usual[post.grup]) * drawn, service)
    tenure = np.where(status == PNS, tenure, service)
    return np.maximum(start, roles.today - np.ceil(tenure * YEAR).astype("timedelta64[D]"))


def draw_contract_end(roles: Roles, status: Ints, start: Days) -> Days:
    """Return the last day of the contract: five years for most, one for part-time, renewed until after today."""
    rng = roles.chance.stream("kontrak")
    longest = load("sasaran")["kontrak_pppk_tahun"]
    years = np.where(rng.random(roles.size) < 0.75, longest, rng.integers(1, longest, roles.size))
    years = np.where(status == PART, 1, years)
    # Whole terms are counted in months, the month of today included, so that every contract runs beyond today.
    worked = (roles.today.astype("datetime64[M]") - start.astype("datetime64[M]")).astype(np.int64)
    total = (worked // (12 * years) + 1) * years
    end = (start.astype("datetime64[M]") + 12 * total).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.where(status >= PPPK, end, np.datetime64("NaT", "D"))
