"""Competence of the sample: assessments of core competences and technical levels."""

import numpy as np
import polars as pl

from penata.sample.catalogue import Post, technical
from penata.sample.chance import Bools, Floats, Ints, bell
from penata.sample.people import People
from penata.sample.service import YEAR
from penata.sample.templates import load
from penata.snapshot.vocabulary import KOMPETENSI_INTI, PENDIDIKAN

_TOP = 5
_VALID_YEARS = 3  # usual validity of an assessment


def strong(people: People) -> Bools:
    """Mark the hidden talents: strong, well educated people in low posts."""
    rng = people.roles.chance.stream("talenta")
    low = people.roles.each(lambda post: post.tingkat in ("pelaksana", "ahli pertama", "pengawas", "terampil"))
    good = low & (people.merit > 0.6) & (people.education >= PENDIDIKAN.index("S-1"))
    share = load("sasaran")["talenta"] * people.roles.size / max(int(good.sum()), 1)
    drawn: Bools = rng.random(people.roles.size) < share
    return good & drawn


def assessments(people: People, talent: Bools) -> pl.DataFrame:
    """Return ``asesmen`` of those who were assessed: nearly all officials, two thirds of the others."""
    rule = load("sasaran")["asesmen"]
    rng = people.roles.chance.stream("asesmen")
    share = people.roles.each(lambda post: rule.get(post.tingkat, rule["lain"]))
    who = np.flatnonzero((rng.random(people.roles.size) < share) & (people.service > 1))
    expired = rng.random(len(who)) < rule["kedaluwarsa"]
    recent, long_ago = (_VALID_YEARS - 0.1) * rng.random(len(who)), _VALID_YEARS + 0.1 + 1.6 * rng.random(len(who))
    ago = np.minimum(np.where(expired, long_ago, recent), people.service[who] - 0.1)
    day = people.roles.today - np.ceil(ago * YEAR).astype("timedelta64[D]")
    level = people.roles.each(lambda post: float(post.level))[who]
    centre = level + 0.35 * people.merit[who] - 0.18 + 1.1 * talent[who]
    scores = _levels(centre[:, None] + 0.5 * bell(rng, (len(who), len(KOMPETENSI_INTI))))
    potential = np.clip(63 + 10 * people.merit[who] + 5 * bell(rng, len(who)) + 9 * talent[who], 25, 98)
    official = people.roles.each(lambda post: post.grup == "struktural")[who]
    return pl.DataFrame(
        {
            "nip": people.nip[who],
            "tanggal": day,
            "metode": np.where(official, "assessment center", "penilaian berbasis komputer"),
            "berlaku_sampai": _valid_until(day),
            "potensi": np.round(potential, 1),
            **{name.replace(" ", "_"): scores[:, place] for place, name in enumerate(KOMPETENSI_INTI)},
        }
    )


def _valid_until(day: np.ndarray) -> np.ndarray:
    return (day.astype("datetime64[M]") + np.timedelta64(12 * _VALID_YEARS, "M")).astype("datetime64[D]")


def _levels(values: Floats) -> Ints:
    return np.clip(np.floor(values + 0.5), 1, _TOP).astype(np.int64)


def technical_levels(people: People, talent: Bools) -> pl.DataFrame:
    """Return ``kompetensi_teknis``: the own work for most, and for the misplaced what they once learned."""
    rule = load("sasaran")["asesmen"]
    rng = people.roles.chance.stream("teknis")
    skills = technical(people.roles.posts)
    names = sorted({name for listed in skills for name in listed})
    level = people.roles.each(lambda post: float(post.level))
    parts = []
    for turn in range(max(len(listed) for listed in skills)):
        listed_here = [names.index(listed[turn]) if turn < len(listed) else -1 for listed in skills]
        code = np.array(listed_here)[people.post]
        who = np.flatnonzero((code >= 0) & (rng.random(len(code)) < rule["teknis"]) & (people.service > 1))
        centre = level[who] - 0.1 - 0.25 * turn + 0.3 * people.merit[who] + 0.8 * talent[who]
        scores = _levels(centre - 0.9 * people.misplaced[who] + 0.55 * bell(rng, len(who)))
        parts.append((who, code[who], scores))
    learned = _learned(people, names, skills)
    wanted = (learned >= 0) & (people.service > 1)
    who = np.flatnonzero(wanted & (people.misplaced | (rng.random(len(learned)) < rule["bidang_studi"])))
    parts.append((who, learned[who], _levels(level[who] + 0.4 + 0.5 * bell(rng, len(who)))))
    person, code, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
    longest = np.maximum((people.service[person] - 0.9) * YEAR, 1)
    day = people.roles.today - np.minimum(1 + rng.integers(0, 1300, len(person)), longest).astype("timedelta64[D]")
    table = pl.DataFrame(
        {
            "nip": people.nip[person],
            "kompetensi": np.array(names)[code],
            "level": scores,
            "tanggal": day,
            "berlaku_sampai": _valid_until(day),
        }
    )
    return table.unique(["nip", "kompetensi"], keep="first", maintain_order=True)


def _learned(people: People, names: list[str], skills: list[tuple[str, ...]]) -> Ints:
    """Return the technical competence that belongs to each person's field of study, -1 where none does."""
    by_field: dict[str, int] = {}
    posts: list[Post] = people.roles.posts
    for post, listed in zip(posts, skills, strict=True):
        if post.jenis == "fungsional":
            by_field.setdefault(post.bidang_studi[0], names.index(listed[0]))
    known, code = np.unique(people.field.astype(str), return_inverse=True)
    found: Ints = np.array([by_field.get(name, -1) for name in known.tolist()])[code]
    return found
