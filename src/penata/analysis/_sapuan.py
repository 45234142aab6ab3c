"""Sweeps over every pair that can be lawful: the first one keeps the best pairs, the second one tests prices."""

from typing import Any, NamedTuple, get_args

import numpy as np
from numba import njit

from penata.analysis._kernel import (
    PARTS,
    RULE_BITS,
    WAYS,
    Aturan,
    Bools,
    Int32,
    Int64,
    KolomKursi,
    KolomOrang,
    Whole,
    parts_into,
    refuse_into,
    score_from,
    way_into,
)


@njit(cache=True, inline="always")
def _tie(i: Whole, j: Whole) -> Whole:
    """Return 31 well mixed bits of a pair: equal scores then spread over posts instead of crowding on the first."""
    mixed = np.uint64(i) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(j) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.int64(mixed >> np.uint64(33))


@njit(cache=True)
def _keep(keys: Int64, items: Int32, filled: Whole, key: Whole, item: Whole) -> Whole:
    """Put (key, item) on a min-heap of fixed room that keeps the greatest keys; return how many it holds now."""
    room = len(keys)
    if filled < room:
        at = filled
        filled += 1
        while at > 0 and keys[(at - 1) >> 1] > key:
            keys[at], items[at] = keys[(at - 1) >> 1], items[(at - 1) >> 1]
            at = (at - 1) >> 1
    elif key <= keys[0]:
        return filled
    else:
        at = 0
        while True:
            child = 2 * at + 1
            if child >= room:
                break
            if child + 1 < room and keys[child + 1] < keys[child]:
                child += 1
            if keys[child] >= key:
                break
            keys[at], items[at] = keys[child], items[child]
            at = child
    keys[at], items[at] = key, item
    return filled


class Visits(NamedTuple):
    """Blocks each posisi visits: people ``dari[k]:sampai[k]`` for k in ``awal[j]:awal[j + 1]``."""

    awal: Int64
    dari: Int32
    sampai: Int32


@njit(cache=True)
def sweep(
    visits: Visits,
    orang: KolomOrang,
    kursi: KolomKursi,
    aturan: Aturan,
    vacant: Bools,
    per_person: int,
    per_post: int,
) -> tuple[Any, ...]:
    """Judge every pair that can be lawful; count all, keep the best of each person and of each posisi.

    Returns lawful pairs per posisi (m), first refusals per posisi and rule (m, RULE_BITS) among the people visited, the
    best score of each person at another posisi (n, -1 for none), and the kept pairs: (n, per_person) posts, (n) how
    many, (m, per_post) people, (m) how many. Equal scores prefer posts with an empty seat, then a fixed mixing of the
    pair. People who hold a posisi are not counted for it.
    """
    n, m = len(orang.kursi), len(kursi.halangan)
    held, order = orang.kursi, orang.urutan
    lawful = np.zeros(m, np.int64)
    best = np.full(n, -1, np.int64)
    refused = np.zeros((m, RULE_BITS), np.int32)
    own_keys = np.empty((n, per_person), np.int64)
    own_posts = np.empty((n, per_person), np.int32)
    own_filled = np.zeros(n, np.int32)
    post_people = np.empty((m, per_post), np.int32)
    post_filled = np.zeros(m, np.int32)
    keys = np.empty(per_post, np.int64)
    people, posts, chosen = np.arange(n).astype(np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    bits, points, by = np.empty(n, np.int64), np.empty(n, np.int32), np.empty(n, np.int8)
    shares, partial = np.empty((n, PARTS), np.int16), np.empty(n, np.bool_)
    for j in range(m):
        filled = 0
        empty = np.int64(1) if vacant[j] else np.int64(0)
        for k in range(visits.awal[j], visits.awal[j + 1]):
            low, high = visits.dari[k], visits.sampai[k]
            posts[: high - low] = j
            refuse_into(people[low:high], posts[: high - low], orang, kursi, aturan, True, by, bits)
            count = 0
            for i in range(low, high):
                verdict = bits[i - low]
                if held[i] == j:
                    continue
                if verdict:
                    rule = 0
                    while not (verdict >> rule) & 1:
                        rule += 1
                    refused[j, rule] += 1
                else:
                    chosen[count] = i
                    count += 1
            lawful[j] += count
            parts_into(chosen[:count], posts[:count], orang, kursi, aturan, shares, partial)
            score_from(shares, count, aturan.bobot, aturan.netral, points)
            for place in range(count):
                i = chosen[place]
                score = np.int64(points[place])
                best[i] = max(best[i], score)
                tie = _tie(order[i], j)
                key = (score << 32) | (empty << 31) | tie
                own_filled[i] = _keep(own_keys[i], own_posts[i], own_filled[i], key, np.int32(j))
                filled = _keep(keys, post_people[j], filled, (score << 31) | tie, i)
        post_filled[j] = filled
    return lawful, refused, best, own_posts, own_filled, post_people, post_filled


@njit(cache=True)
def price_test(
    visits: Visits,
    orang: KolomOrang,
    kursi: KolomKursi,
    aturan: Aturan,
    profit: Int64,
    price: Int64,
    best: Int64,
    move_cost: int,
    per_person: int,
) -> tuple[Any, ...]:
    """Find the lawful pairs worth more than their prices: those that a better arrangement would have to use.

    *profit* (n) and *price* (m) are u and v less the tiers that the person or the posisi adds to every pair; *best* (n)
    is the best score of the person at any other posisi. Returns the worst offenders of each person: (n, per_person)
    posts and (n) how many. A pair that was part of the solve never offends, so no list of those pairs is needed.
    """
    n, m = len(orang.kursi), len(kursi.halangan)
    held, order = orang.kursi, orang.urutan
    keys = np.empty((n, per_person), np.int64)
    found_posts = np.empty((n, per_person), np.int32)
    filled = np.zeros(n, np.int32)
    chosen, posts = np.empty(n, np.int32), np.empty(n, np.int32)
    bits, points, by = np.empty(n, np.int64), np.empty(n, np.int32), np.empty(n, np.int8)
    shares, partial = np.empty((n, PARTS), np.int16), np.empty(n, np.bool_)
    least = profit.copy()  # score at which a pair of this person exceeds its price, but for the price of the posisi
    for i in range(n):
        if held[i] >= 0:
            least[i] += move_cost
    for j in range(m):
        for k in range(visits.awal[j], visits.awal[j + 1]):
            count = 0
            for i in range(visits.dari[k], visits.sampai[k]):
                if least[i] + price[j] < best[i] and held[i] != j:
                    chosen[count] = i
                    count += 1
            posts[:count] = j
            refuse_into(chosen[:count], posts[:count], orang, kursi, aturan, True, by, bits)
            kept = 0
            for place in range(count):
                if bits[place] == 0:
                    chosen[kept] = chosen[place]
                    kept += 1
            parts_into(chosen[:kept], posts[:kept], orang, kursi, aturan, shares, partial)
            score_from(shares, kept, aturan.bobot, aturan.netral, points)
            for place in range(kept):
                i = chosen[place]
                gain = points[place] - least[i] - price[j]
                if gain > 0:
                    key = (min(gain, np.int64(1) << 31) << 31) | _tie(order[i], j)
                    filled[i] = _keep(keys[i], found_posts[i], filled[i], key, np.int32(j))
    return found_posts, filled


_WIDE = {
    "masa": 2, "pengalaman": 1, "sisa": 1, "predikat": 2, "sertifikat": 1, "kompetensi": 1, "bidang": 1, "masa_min": 2,
    "usia": WAYS, "status": WAYS, "hukuman": WAYS, "tahun_predikat": WAYS,
}  # fmt: skip


def _scalar(kind: Any) -> Any:
    """Return the scalar type of an array annotation; how deep it stands in NDArray differs between Python versions."""
    for part in get_args(kind):
        if isinstance(part, type) and issubclass(part, np.generic):
            return part
        if (found := _scalar(part)) is not None:
            return found
    return None


def _blank(columns: Any, wide: set[str]) -> Any:
    """Return *columns* (KolomOrang or KolomKursi) about one row of zeros, the names of *wide* with two dimensions."""
    made = {}
    for name, kind in columns.__annotations__.items():
        dtype = _scalar(kind)
        rows = 2 if name.endswith("_awal") else 1
        made[name] = np.zeros((rows, _WIDE.get(name, WAYS)) if name in wide else rows, dtype)
    return columns(**made)


def warm_up() -> None:
    """Compile every kernel by judging one person for one posisi, so that the first user does not wait."""
    orang = _blank(KolomOrang, {"masa", "pengalaman", "sisa", "predikat", "sertifikat", "kompetensi"})
    kursi = _blank(
        KolomKursi,
        {"bidang", "masa_min", "pengalaman", "usia", "status", "hukuman", "predikat", "tahun_predikat", "sertifikat"},
    )
    aturan = Aturan(
        jalur=np.ones((2, 2), np.int8),
        fungsional=np.zeros(2, np.bool_),
        promosi=True,
        ganti_rumpun=False,
        turun_kelas=False,
        bidang_wajib=True,
        wilayah_sendiri=False,
        sisa_min=0,
        pengalaman_penuh=1,
        bobot=np.full(PARTS, 10, np.int64),
        netral=0,
        sisa_dinilai=True,
    )
    visits = Visits(np.array([0, 1], np.int64), np.zeros(1, np.int32), np.ones(1, np.int32))
    pair, none = np.zeros(1, np.int32), np.zeros(1, np.int64)
    by, shares = np.zeros(1, np.int8), np.zeros((1, PARTS), np.int16)
    way_into(pair, pair, orang, kursi, aturan, by)
    refuse_into(pair, pair, orang, kursi, aturan, True, by, none)
    parts_into(pair, pair, orang, kursi, aturan, shares, np.zeros(1, np.bool_))
    score_from(shares, 1, aturan.bobot, aturan.netral, pair.copy())
    sweep(visits, orang, kursi, aturan, np.zeros(1, np.bool_), 1, 1)
    price_test(visits, orang, kursi, aturan, none, none, none, 0, 1)
