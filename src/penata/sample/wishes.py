"""Wishes of people: which posisi they would like to hold."""

import numpy as np
import polars as pl

from penata.sample.chance import Ints, neighbours
from penata.sample.tables import Agency
from penata.sample.templates import load

_ROUNDS = ((1, True), (1, False), (2, False), (3, False))  # rank of the wish, and whether it is one near home


def wishes_table(agency: Agency) -> pl.DataFrame:
    """Return ``minat``: a quarter names one to three posisi, near home or of the same rumpun, and short of people."""
    rule = load("sasaran")["minat"]
    people, rng = agency.people, agency.chance.stream("minat")
    who = np.flatnonzero(rng.random(agency.size) < rule["bagian"])
    homesick = rng.random(agency.size) < rule["dekat_rumah"]
    parts = []
    for turn, near in _ROUNDS:
        again = rng.random(len(who)) < rule["berikut"] / max(turn - 1, 1)
        mine = who[homesick[who] == near] if turn == 1 else who[again]
        mine, chosen = _choose(agency, mine, near=near, rng=rng)
        other = chosen != people.seat[mine]
        parts.append((people.nip[mine[other]], agency.seats[chosen[other]], np.full(int(other.sum()), turn)))
    nip, posisi, ranks = (np.concatenate(column) for column in zip(*parts, strict=True))
    table = pl.DataFrame({"nip": nip, "urutan": ranks, "posisi": posisi})
    table = table.unique(["nip", "posisi"], keep="first", maintain_order=True).sort("nip", "urutan", "posisi")
    return table.with_columns(pl.int_range(1, pl.len() + 1).over("nip").alias("urutan"))


def _choose(agency: Agency, mine: Ints, *, near: bool, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return those who find a seat to wish for, and the seat: of two that fit, the one that lacks more people."""
    area = np.array(agency.org.unit_area)[np.array(agency.org.seat_unit)]
    if near:  # the same post in the kecamatan where they live
        width = int(area.max()) + 1
        key, wanted = agency.seat_post * width + area, agency.people.post[mine] * width + agency.home[mine]
    else:
        names = sorted({post.rumpun for post in agency.posts})
        rumpun = np.array([names.index(post.rumpun) for post in agency.posts])
        key, wanted = rumpun[agency.seat_post], rumpun[agency.people.post[mine]]
    order, starts, counts = neighbours(key)
    known = np.append(counts, 0)[np.minimum(wanted, len(counts))] > 0
    mine, wanted = mine[known], wanted[known]
    first, second = order[starts[wanted] + (rng.random((2, len(mine))) * counts[wanted]).astype(np.int64)]
    gap = agency.need - agency.held
    return mine, np.where(gap[second] > gap[first], second, first)
