"""Who may be proposed for what: every hard rule as a bit, evaluated in blocks by a compiled kernel.

A requirement must be shown to be met: a datum that is missing for a person refuses, and says that it is missing. A
datum that nobody in the file has is not judged at all, and that is reported too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from penata.analysis import _kernel as kernel
from penata.analysis._aturan import RULES, AturanLayak
from penata.analysis._blok import all_refused, find_visits, reordered, silenced
from penata.analysis._kalimat import Kalimat
from penata.analysis._kamus import FUNGSIONAL, MONTHS
from penata.analysis._kernel import (
    FULL,
    PARTS,
    UNTOLD,
    Aturan,
    KolomKursi,
    KolomOrang,
)
from penata.analysis._sapuan import Visits, sweep
from penata.analysis._syarat_jabatan import ways
from penata.analysis.kursi import Kursi, describe_kursi
from penata.analysis.orang import Orang, describe_orang
from penata.analysis.policy import Kebijakan
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

__all__ = ["RULES", "AturanLayak", "Kelayakan", "Penolakan", "describe", "judge"]

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Penolakan:
    """One rule that refuses a pair: code, name, sentence and citation for people.

    ``tanpa_data``: it refuses only because a datum is missing. ``jalan``: what would lift it, empty for nothing.
    """

    kode: str
    nama: str
    kalimat: str
    dasar: str
    tanpa_data: bool
    jalan: str


@dataclass(frozen=True)
class Pasangan:
    """People and posts ready to be judged: features in order of NIP and code, and the arrays of the kernel.

    In the kernel people lie in block order; ``place[i]`` is where pegawai i (order of NIP) lies there.
    """

    orang: Orang
    kursi: Kursi
    kebijakan: Kebijakan
    law: Law
    kolom_orang: KolomOrang
    kolom_kursi: KolomKursi
    aturan: Aturan
    place: Int32
    movable: int  # people in blocks; the rest, who may not move, lie behind them

    @cached_property
    def visits(self) -> Visits:
        """Blocks that each posisi visits."""
        return find_visits(self.kolom_orang, self.kolom_kursi, self.aturan, self.movable)

    def refused_bits(self, people: ArrayLike, posts: ArrayLike) -> Int64:
        """Return all refusing bits of each pair of pegawai (order of NIP) and posisi (order of code)."""
        rows, goals = self._pairs(people, posts)
        out = np.empty(len(rows), np.int64)
        room = np.empty(len(rows), np.int8)
        kernel.refuse_into(rows, goals, self.kolom_orang, self.kolom_kursi, self.aturan, False, room, out)
        return out

    def scores(self, people: ArrayLike, posts: ArrayLike) -> Int32:
        """Return the score (0..1000) of each pair, lawful or not."""
        shares, _partial = self.parts(people, posts)
        out = np.empty(len(shares), np.int32)
        kernel.score_from(shares, len(shares), self.aturan.bobot, self.aturan.netral, out)
        return out

    def ways(self, people: ArrayLike, posts: ArrayLike) -> NDArray[np.int8]:
        """Return the way (MUTASI, PROMOSI ...) of each pair; NO_WAY when none leads there."""
        rows, goals = self._pairs(people, posts)
        out = np.empty(len(rows), np.int8)
        kernel.way_into(rows, goals, self.kolom_orang, self.kolom_kursi, self.aturan, out)
        return out

    def parts(self, people: ArrayLike, posts: ArrayLike) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
        """Return the seven parts (pairs, 7) of each pair, and whether its competence is only partly told.

        A part is 0..1000, UNKNOWN where the data for it are missing.
        """
        rows, goals = self._pairs(people, posts)
        out, partial = np.empty((len(rows), PARTS), np.int16), np.empty(len(rows), np.bool_)
        kernel.parts_into(rows, goals, self.kolom_orang, self.kolom_kursi, self.aturan, out, partial)
        return out, partial

    def _pairs(self, people: ArrayLike, posts: ArrayLike) -> tuple[Int32, Int32]:
        return self.place[np.asarray(people, dtype=np.int64)], np.ascontiguousarray(posts, dtype=np.int32)

    def refusals(self, i: int, j: int) -> tuple[Penolakan, ...]:
        """Return every rule that refuses pegawai *i* (order of NIP) for posisi *j*; none when the pair is lawful."""
        bits = int(self.refused_bits([i], [j])[0])
        words = Kalimat(self.orang, self.kursi, self.kebijakan.penempatan, self.law)
        by = int(self.ways([i], [j])[0])

        def refusal(rule: AturanLayak) -> Penolakan:
            untold = bool(bits >> (rule.bit + UNTOLD) & 1)
            return Penolakan(
                kode=rule.kode,
                nama=words.name(rule),
                kalimat=words.sentence(rule, i, j, by, untold=untold),
                dasar=words.basis(rule, j, by),
                tanpa_data=untold,
                jalan=words.remedy(rule, i, j, by, untold=untold),
            )

        return tuple(refusal(rule) for rule in RULES if bits >> rule.bit & 1)

    @property
    def tidak_dinilai(self) -> tuple[AturanLayak, ...]:
        """Rules that could not be judged because nobody in the file has the datum."""
        return tuple(rule for rule in RULES if self.orang.tidak_dinilai >> rule.bit & 1)


@dataclass(frozen=True)
class Kelayakan:
    """Eligible pairs with scores, and what is needed to answer "why not" for any pair.

    ``layak`` (m): lawful people per posisi, those who hold it not counted. ``ditolak`` (m, rules): how many people
    each rule was the first to refuse; ``layak`` and ``ditolak`` together count everybody. ``terbaik`` (n): best score
    of each person at another posisi, -1 without any. ``indptr``, ``slot``, ``score``: the pairs in the problem, in
    sparse rows by pegawai, staying included, posts ascending.
    """

    pasangan: Pasangan
    layak: Int64
    ditolak: Int64
    terbaik: Int64
    indptr: Int64
    slot: Int32
    score: Int32

    @property
    def per_posisi(self) -> pl.DataFrame:
        """Return kode, layak and one column per rule code: people whom it was the first to refuse."""
        refused = {rule.kode: self.ditolak[:, rule.bit] for rule in RULES}
        return pl.DataFrame({"kode": self.pasangan.kursi.kode, "layak": self.layak, **refused})

    @property
    def jumlah(self) -> int:
        """Lawful pairs in all, staying not counted."""
        return int(self.layak.sum())


def describe(snapshot: Snapshot, *, kebijakan: Kebijakan, law: Law) -> Pasangan:
    """Return people and posts of *snapshot* ready to be judged under *kebijakan*."""
    policy = kebijakan.penempatan
    kursi = describe_kursi(snapshot, law=law)
    orang = describe_orang(snapshot, kursi, kebijakan=policy, law=law)
    moves = orang.kolom.halangan == 0
    order = np.lexsort((orang.kolom.urutan, orang.kolom.golongan, orang.kolom.rumpun, orang.kolom.tingkat, ~moves))
    place = np.empty(len(orang), dtype=np.int32)
    place[order] = np.arange(len(orang), dtype=np.int32)
    unjudged = orang.tidak_dinilai
    bobot = kebijakan.bobot
    weights = (
        bobot.kompetensi,
        bobot.bidang_studi,
        bobot.pengalaman,
        bobot.kinerja,
        bobot.potensi,
        bobot.minat,
        bobot.jarak,
    )
    aturan = Aturan(
        jalur=ways(kursi.syarat, perpindahan=policy.perpindahan_jalur, law=law),
        fungsional=FUNGSIONAL,
        promosi=policy.promosi,
        ganti_rumpun=policy.ganti_rumpun_fungsional,
        turun_kelas=policy.turun_kelas,
        bidang_wajib=policy.bidang_studi_wajib and not unjudged >> kernel.BIDANG_STUDI & 1,
        wilayah_sendiri=policy.wilayah_sendiri,
        sisa_min=round(policy.sisa_masa_kerja_min * MONTHS),
        pengalaman_penuh=max(1, round(policy.pengalaman_penuh * MONTHS)),
        bobot=np.array(weights, dtype=np.int64),
        netral=round(policy.nilai_netral * FULL),
        sisa_dinilai=not unjudged >> kernel.SISA_MASA_KERJA & 1,
    )
    return Pasangan(
        orang, kursi, kebijakan, law, reordered(orang.kolom, order), silenced(kursi.kolom, unjudged), aturan, place,
        int(moves.sum()),
    )  # fmt: skip


def judge(
    pasangan: Pasangan,
    vacant: NDArray[np.bool_],
    critical: NDArray[np.bool_],
    unsettled: NDArray[np.bool_],
    *,
    progress: Callable[[float], None] = lambda share: None,
) -> Kelayakan:
    """Judge every pair, count them, and keep those with which to begin the search for the best arrangement.

    *vacant* (m): posts with an empty seat; *critical* (m); *unsettled* (n): people whose seat is not safe. Kept are the
    best posts of each person (for settled people only critical ones and those with a better score) and the best
    people of each vacant or critical posisi. Which pairs are kept decides how long the search takes, never what it
    finds: the price test adds whatever could matter.
    """
    policy = pasangan.kebijakan.penempatan
    lawful, refused, best, own_posts, own_filled, people, filled = sweep(
        pasangan.visits, pasangan.kolom_orang, pasangan.kolom_kursi, pasangan.aturan, vacant,
        policy.calon_per_pegawai, policy.calon_per_posisi,
    )  # fmt: skip
    progress(0.7)
    order = np.argsort(pasangan.place)  # block order -> order of NIP
    by_person = np.nonzero(np.arange(own_posts.shape[1]) < own_filled[:, None])
    rows, posts = order[by_person[0]], own_posts[by_person]
    gains = pasangan.scores(rows, posts) > _at_stake(pasangan)[rows]
    useful = gains | unsettled[rows] | critical[posts]
    rows, posts = rows[useful], posts[useful]
    by_post = np.nonzero((np.arange(people.shape[1]) < filled[:, None]) & (vacant | critical)[:, None])
    stays = _stays(pasangan)
    indptr, slot, score = sparse_rows(
        pasangan,
        np.concatenate([rows, order[people[by_post]], stays[0]]),
        np.concatenate([posts, by_post[0], stays[1]]),
    )
    counted = all_refused(pasangan.kolom_orang, pasangan.kolom_kursi, pasangan.aturan, pasangan.movable, refused)
    return Kelayakan(pasangan, lawful, counted, best[pasangan.place], indptr, slot, score)


def _at_stake(pasangan: Pasangan) -> Int64:
    """Return the score of each person (n) at the posisi held, 0 without one."""
    held = pasangan.orang.kolom.kursi
    people = np.flatnonzero(held >= 0)
    out = np.zeros(len(held), np.int64)
    out[people] = pasangan.scores(people, held[people])
    return out


def sparse_rows(pasangan: Pasangan, people: Int64, posts: Int64) -> tuple[Int64, Int32, Int32]:
    """Return the distinct pairs as sparse rows by pegawai (order of NIP), posts ascending, with their scores."""
    keys = np.unique(people.astype(np.int64) * max(1, len(pasangan.kursi)) + posts)
    rows, slot = np.divmod(keys, max(1, len(pasangan.kursi)))
    indptr = np.searchsorted(rows, np.arange(len(pasangan.orang) + 1)).astype(np.int64)
    slot = slot.astype(np.int32)
    return indptr, slot, pasangan.scores(rows, slot)


def _stays(pasangan: Pasangan) -> tuple[Int64, Int64]:
    """Return the pairs of people and the posts they hold, where those are not abolished."""
    held = pasangan.orang.kolom.kursi
    people = np.flatnonzero(held >= 0)
    open_ = (pasangan.kursi.kolom.halangan[held[people]] >> kernel.DIHAPUS) & 1 == 0
    return people[open_], held[people[open_]].astype(np.int64)
