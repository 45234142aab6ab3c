"""Careers: posts held before, yearly predikat and discipline."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.sample.catalogue import Catalogue, Post
from penata.sample.chance import Bools, Ints, bell
from penata.sample.ladders import origins, predecessors
from penata.sample.people import People
from penata.sample.templates import load

_STEPS = 4  # posts held before the present one, at most
_PREDIKAT_YEARS = 3
_AWAY_DAYS = 45  # since when people without posisi have none
_SHORTEST_DAYS = 500  # what is left of a career is not cut into shorter pieces


def histories(catalogue: Catalogue, people: People, unplaced: Bools) -> pl.DataFrame:
    """Return ``riwayat_jabatan``: the present post and up to four before it, back to the first appointment.

    The last post of people who are *unplaced* has ended.
    """
    rng = people.roles.chance.stream("riwayat")
    posts = catalogue.posts
    before, origin = predecessors(catalogue), origins(catalogue, people)
    person, post, begun = np.arange(len(people.post)), people.post, people.tmt_jabatan
    left_post = np.maximum(people.roles.today - np.timedelta64(_AWAY_DAYS, "D"), begun)
    parts = [_spell(person, post, begun, np.where(unplaced, left_post, np.datetime64("NaT", "D")))]
    for step in range(_STEPS):
        going = (begun - people.start[person]).astype(np.int64) > _SHORTEST_DAYS
        person, post, begun = person[going], post[going], begun[going]
        left = (begun - people.start[person]).astype(np.int64)
        drawn = before.draw(rng, post)
        post = np.where((origin[person] >= 0) & (step == 0), origin[person], drawn)
        last = (step == _STEPS - 1) | (left < 3 * _SHORTEST_DAYS)
        length = np.where(last, left, np.maximum(365, (left * (0.3 + 0.35 * rng.random(len(left)))).astype(np.int64)))
        end = begun - np.timedelta64(1, "D")
        begun = begun - length.astype("timedelta64[D]")
        parts.append(_spell(person, post, begun, end))
    spells = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return pl.DataFrame(
        {
            "nip": people.nip[spells["person"]],
            "jabatan": _gather(posts, "nama", spells["post"]),
            "jenis": _gather(posts, "jenis", spells["post"]),
            "jenjang": _gather(posts, "jenjang", spells["post"]),
            "rumpun": _gather(posts, "rumpun", spells["post"]),
            "mulai": spells["begun"],
            "selesai": spells["ended"],
        },
        schema_overrides={"jenjang": pl.String, "mulai": pl.Date, "selesai": pl.Date},
    )


def _spell(
    person: Ints, post: Ints, begun: NDArray[np.datetime64], ended: NDArray[np.datetime64]
) -> dict[str, NDArray[Any]]:
    return {"person": person, "post": post, "begun": begun, "ended": ended}


def _gather(posts: list[Post], name: str, which: Ints) -> pl.Series:
    """Return attribute *name* of the posts *which* as text."""
    return pl.Series(name, [getattr(post, name) for post in posts], dtype=pl.String).gather(which)


def ratings(people: People) -> pl.DataFrame:
    """Return ``predikat_kinerja`` of the last three whole years in service."""
    rng = people.roles.chance.stream("predikat")
    names = list(load("sasaran")["predikat"])
    shares = np.array([load("sasaran")["predikat"][name] for name in names], float)
    per = people.roles.law.as_of
    last = per.year if (per.month, per.day) == (12, 31) else per.year - 1
    parts = []
    for year in range(last - _PREDIKAT_YEARS + 1, last + 1):
        there = np.flatnonzero(people.start <= np.datetime64(f"{year}-07-01"))
        score = 0.75 * people.merit[there] + 0.65 * bell(rng, len(there))
        rank = np.empty(len(there))
        rank[np.argsort(-score, kind="stable")] = (np.arange(len(there)) + 0.5) / max(len(there), 1)
        word = np.searchsorted(np.cumsum(shares / shares.sum())[:-1], rank)
        parts.append(
            pl.DataFrame(
                {"nip": people.nip[there], "tahun": np.full(len(there), year), "predikat": np.array(names)[word]}
            )
        )
    return pl.concat(parts)


def penalties(people: People) -> pl.DataFrame:
    """Return ``hukuman_disiplin``: few people, mostly light, some still running."""
    rng = people.roles.chance.stream("disiplin")
    rule = load("sasaran")["hukuman"]
    count = max(1, round(rule["bagian"] * len(people.nip)))
    lots = rng.random(len(people.nip)) + 0.35 * people.merit + 9.0 * (people.service < 2)
    who = np.sort(np.argsort(lots, kind="stable")[: 4 * count][rng.permutation(min(4 * count, len(lots)))[:count]])
    who = who[people.service[who] >= 2]
    level = np.searchsorted(np.cumsum([rule["ringan"], rule["sedang"]]), rng.random(len(who)))
    begun = people.roles.today - rng.integers(20, 700, len(who)).astype("timedelta64[D]")
    months = np.array([6, 12, 12])[level]
    end = (begun.astype("datetime64[M]") + months).astype("datetime64[D]") + np.timedelta64(14, "D")
    return pl.DataFrame(
        {
            "nip": people.nip[who],
            "tingkat": np.array(["ringan", "sedang", "berat"])[level],
            "mulai": begun,
            "selesai": end,
        }
    )
