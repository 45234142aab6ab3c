"""How many people every seat needs and has: shares per group, shortage far out, surplus in the centre."""

from dataclasses import dataclass

import numpy as np

from penata.sample.chance import Bools, Chance, Floats, Ints, apportion
from penata.sample.organisation import Organisation
from penata.sample.templates import load

_GROUPS = ("guru", "nakes", "jf", "pelaksana", "struktural")
_EMPTY_AT_MOST = 3  # a post that needs more people than this is never quite empty
_ZONES = ("pusat", "tepi", "terpencil")


@dataclass(frozen=True, slots=True)
class Staffing:
    """Per seat: ``need`` (people wanted), ``held`` (people there); both (seats)."""

    need: Ints
    held: Ints


def staff_seats(org: Organisation, pegawai: int, chance: Chance) -> Staffing:
    """Divide *pegawai* people over the seats of *org*; their sum is exactly *pegawai*."""
    rng = chance.stream("pengisian")
    target = load("sasaran")
    posts = org.catalogue.posts
    group = np.array([_GROUPS.index(posts[post].grup) for post in org.seat_post])
    zone = np.array(org.zone)[np.array(org.unit_area)[np.array(org.seat_unit)]]
    single = np.array(org.seat_single)
    manned = rng.random(len(single)) < target["pengisian"]["struktural"]
    manned[0] = True  # the sekretaris daerah, from whom every reporting line comes
    need = np.ones(len(single), np.int64)
    held = (single & manned).astype(np.int64)
    if held.sum() > pegawai:
        raise ValueError(f"{pegawai} people are too few for {int(held.sum())} heads")
    totals = _group_totals(group, single, held, pegawai)
    spread = 1.0 + target["pengisian"]["sebaran"] * (2.0 * rng.random(len(single)) - 1.0)
    luck, empty = rng.random((2, len(single)))
    for number, name in enumerate(_GROUPS[:-1]):
        mine = (group == number) & ~single
        filled = _filled(name, zone[mine]) * (empty[mine] >= target["pengisian"]["kosong"][name])
        need[mine], held[mine] = _divide(
            np.array(org.seat_weight)[mine], filled, spread[mine], luck[mine], int(totals[number])
        )
    return Staffing(need, held)


def _group_totals(group: Ints, single: Bools, held: Ints, pegawai: int) -> Ints:
    """Return how many people go to the ordinary seats of each group."""
    shares = load("sasaran")["kelompok"]
    wanted = np.zeros(len(_GROUPS) - 1)
    for number, name in enumerate(_GROUPS[:-1]):
        if ((group == number) & ~single).any():
            heads = held[(group == number) & single].sum()
            wanted[number] = max(shares[name] * pegawai - heads, 0.01 * pegawai)
    return apportion(wanted, pegawai - int(held.sum()))


def _filled(name: str, zone: Ints) -> Floats:
    rule = load("sasaran")["pengisian"][name]
    if isinstance(rule, dict):
        return np.array([rule[key] for key in _ZONES])[zone]
    return np.full(len(zone), float(rule))


def _divide(weight: Floats, filled: Floats, spread: Floats, luck: Floats, total: int) -> tuple[Ints, Ints]:
    """Return need and holders of the seats of one group; holders sum to *total*."""
    if not len(weight):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if not (weight * filled).any():
        filled = np.ones_like(filled)  # a handful of seats, all of them drawn empty
    share = weight * (total / (weight * filled).sum())
    need = np.maximum(1, np.floor(share + luck)).astype(np.int64)
    usual = np.where(filled > 0, filled, np.where(need > _EMPTY_AT_MOST, filled.max(), 0.0))
    return need, apportion(need * usual * spread, total)
