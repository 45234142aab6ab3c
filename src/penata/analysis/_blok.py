"""People in blocks: their order in memory, the blocks each posisi visits, and the refusals of those never visited."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.analysis import _kernel as kernel
from penata.analysis._kernel import NO_WAY, NOT_ASKED, PROMOSI, RULE_BITS, Aturan, KolomKursi, KolomOrang
from penata.analysis._sapuan import Visits

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


def reordered(kolom: KolomOrang, order: Int64) -> KolomOrang:
    """Return the columns of people in *order*, wishes included."""
    begin, end = kolom.minat_awal[:-1][order], kolom.minat_awal[1:][order]
    starts = np.concatenate([[0], np.cumsum(end - begin)]).astype(np.int64)
    wishes = np.repeat(begin - starts[:-1], end - begin) + np.arange(starts[-1])
    changed: dict[str, Any] = {
        name: np.ascontiguousarray(values[order])
        for name, values in kolom._asdict().items()
        if not name.startswith("minat_")
    }
    return KolomOrang(
        **changed,
        minat_awal=starts,
        minat_posisi=kolom.minat_posisi[wishes],
        minat_jabatan=kolom.minat_jabatan[wishes],
        minat_nilai=kolom.minat_nilai[wishes],
    )


def silenced(kolom: KolomKursi, unjudged: int) -> KolomKursi:
    """Return the columns of posts without the requirements that nobody could be judged by."""
    silent: dict[int, tuple[str, Any]] = {
        kernel.STATUS: ("status", 0),
        kernel.GOLONGAN_MIN: ("golongan_min", NOT_ASKED),
        kernel.GOLONGAN_MAKS: ("golongan_maks", NOT_ASKED),
        kernel.PENDIDIKAN: ("pendidikan", NOT_ASKED),
        kernel.MASA_TINGKAT: ("masa_min", NOT_ASKED),
        kernel.PENGALAMAN: ("pengalaman", NOT_ASKED),
        kernel.USIA: ("usia", NOT_ASKED),
        kernel.KINERJA: ("tahun_predikat", 0),
        kernel.SERTIFIKAT: ("sertifikat", 0),
    }
    changed = {
        name: np.full_like(getattr(kolom, name), nothing)
        for rule, (name, nothing) in silent.items()
        if unjudged >> rule & 1
    }
    if unjudged >> kernel.USIA & 1:
        changed["usia_serumpun"] = np.full_like(kolom.usia_serumpun, NOT_ASKED)
    return kolom._replace(**changed)


def find_visits(orang: KolomOrang, kursi: KolomKursi, aturan: Aturan, movable: int) -> Visits:
    """Return the blocks of people from which a way leads to each posisi.

    From a fungsional post only the block of the posisi's own rumpun is visited, unless people may change it.
    """
    tingkat = orang.tingkat[:movable].astype(np.int64)
    rumpun = orang.rumpun[:movable].astype(np.int64)
    width = int(max(rumpun.max(initial=0), kursi.rumpun.max(initial=0))) + 2
    keys = tingkat * width + rumpun + 1
    goals = [tuple(pair) for pair in np.stack([kursi.tingkat, kursi.rumpun, kursi.halangan != 0], axis=1).tolist()]
    blocks: dict[tuple[int, int, int], tuple[Int64, Int64]] = {}
    for goal, family, closed in set(goals):
        sources = np.zeros(0, np.int64) if closed else np.flatnonzero(aturan.jalur[:, goal] != NO_WAY)
        narrow = aturan.fungsional[sources] & (not (aturan.ganti_rumpun and aturan.fungsional[goal]))
        low = sources * width + np.where(narrow, family + 1, 0)
        high = np.where(narrow, low + 1, (sources + 1) * width)
        begin, end = np.searchsorted(keys, low), np.searchsorted(keys, high)
        blocks[goal, family, closed] = begin[end > begin], end[end > begin]
    counts = [len(blocks[goal][0]) for goal in goals]
    none = [np.zeros(0, np.int64)]
    return Visits(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.concatenate([blocks[goal][0] for goal in goals] or none).astype(np.int32),
        np.concatenate([blocks[goal][1] for goal in goals] or none).astype(np.int32),
    )


def all_refused(orang: KolomOrang, kursi: KolomKursi, aturan: Aturan, movable: int, visited: Int32) -> Int64:
    """Return first refusals per posisi and rule over everybody who does not hold it, also the people never visited."""
    m = len(kursi.halangan)
    out = visited.astype(np.int64)
    held, classes = orang.kursi, len(aturan.jalur)
    holders = np.bincount(held[held >= 0], minlength=m)
    closed = kursi.halangan != 0
    first_closed = _lowest_bit(kursi.halangan[closed])
    out[closed, first_closed] = len(held) - holders[closed]
    # People who may not move are refused by their own rule, except for the posisi they hold.
    fixed = np.flatnonzero(orang.halangan != 0)
    rule = _lowest_bit(orang.halangan[fixed])
    by_rule = np.bincount(rule, minlength=RULE_BITS)
    own = np.zeros((m, RULE_BITS), np.int64)
    sitting = held[fixed] >= 0
    np.add.at(own, (held[fixed][sitting], rule[sitting]), 1)
    out[~closed] += (by_rule - own)[~closed]
    # People without a way, and fungsional people of another rumpun, were never visited either.
    first = slice(0, movable)
    count = np.bincount(orang.tingkat[first], minlength=classes)
    open_posts = np.flatnonzero(~closed)
    goal = kursi.tingkat[open_posts]
    no_way = aturan.jalur[:, goal] == NO_WAY  # (T, posts)
    at_home = np.zeros(m, np.int64)
    home = held[first][held[first] >= 0]
    np.add.at(at_home, home, 1)
    out[open_posts, kernel.JALUR] += count @ no_way - np.where(
        no_way[goal, np.arange(len(goal))], at_home[open_posts], 0
    )
    width = int(max(orang.rumpun.max(initial=0), kursi.rumpun.max(initial=0))) + 2
    table = np.zeros((classes, width), np.int64)
    np.add.at(table, (orang.tingkat[first], orang.rumpun[first] + 1), 1)
    for a in np.flatnonzero(aturan.fungsional):
        reached = aturan.jalur[a, goal] != NO_WAY
        narrow = reached & ~(aturan.ganti_rumpun & aturan.fungsional[goal])
        missed = np.where(narrow, count[a] - table[a, kursi.rumpun[open_posts] + 1], 0)
        stopped = (aturan.jalur[a, goal] == PROMOSI) & (not aturan.promosi)
        out[open_posts, kernel.TANPA_PROMOSI] += np.where(stopped, missed, 0)
        out[open_posts, kernel.RUMPUN] += np.where(stopped, 0, missed)
    return out


def _lowest_bit(bits: Int64) -> Int64:
    """Return the place of the lowest bit set in each number."""
    lowest = (bits & -bits).astype(np.float64)
    return np.log2(lowest, where=lowest > 0, out=np.zeros(len(bits))).astype(np.int64)
