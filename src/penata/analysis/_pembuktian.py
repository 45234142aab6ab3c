"""The arrangement solved on the best pairs only, and proved for every lawful pair.

A pair left out could only improve the arrangement if its weight exceeded the prices of its person and its posisi. A
sweep over all lawful pairs looks for such pairs; they are added and the problem is solved again until none is left.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from penata.analysis._kursi_tersedia import Tersedia, build_problem
from penata.analysis._sapuan import price_test
from penata.analysis.kelayakan import Kelayakan, sparse_rows
from penata.language import _
from penata.placement.check import check
from penata.placement.problem import UNPLACED, Problem
from penata.placement.result import Result
from penata.placement.solve import solve

ADDED_PER_PERSON = 16  # pairs taken up in one round; more would come in the next


class PenempatanError(RuntimeError):
    """The independent check refused the solution; nothing may be reported as proved."""


@dataclass(frozen=True)
class Terbukti:
    """A proved solution: the pairs in the problem, the problem, the result, and what the proof took."""

    kelayakan: Kelayakan
    problem: Problem
    result: Result
    rounds: int
    added: int


def solve_proved(
    kelayakan: Kelayakan,
    tersedia: Tersedia,
    *,
    must_move: NDArray[np.bool_],
    progress: Callable[[float], None] = lambda share: None,
) -> Terbukti:
    """Return the best lawful arrangement, proved over every lawful pair.

    *must_move* (n): people who lose their seat for sure. Where some of them end in a reserve slot, the arrangement is
    sought once more without those slots, and taken if it leaves nobody without a slot: placing them comes before score.
    Raises PenempatanError when the independent check finds anything wrong.
    """
    first = _rounds(kelayakan, tersedia, np.zeros(len(must_move), np.bool_), progress)
    stranded = must_move & (first.result.assignment >= len(tersedia.capacity)) & (np.diff(first.kelayakan.indptr) > 0)
    if not stranded.any():
        return first
    second = _rounds(first.kelayakan, tersedia, stranded, progress)
    return first if (second.result.assignment == UNPLACED).any() else second


def _rounds(
    kelayakan: Kelayakan, tersedia: Tersedia, barred: NDArray[np.bool_], progress: Callable[[float], None]
) -> Terbukti:
    """Solve and test prices until no lawful pair is left that could matter."""
    move_cost = kelayakan.pasangan.kebijakan.penempatan.biaya_pindah
    rounds = added = 0
    while True:
        rounds += 1
        problem = build_problem(kelayakan, tersedia, move_cost, barred=barred)
        result = solve(problem)
        progress(1 - 0.5**rounds)
        people, posts = _offenders(kelayakan, problem, result)
        if not len(people):
            break
        rows = np.repeat(np.arange(len(kelayakan.indptr) - 1), np.diff(kelayakan.indptr))
        indptr, slot, score = sparse_rows(
            kelayakan.pasangan, np.concatenate([rows, people]), np.concatenate([kelayakan.slot, posts])
        )
        added += len(slot) - len(kelayakan.slot)
        kelayakan = replace(kelayakan, indptr=indptr, slot=slot, score=score)
    report = check(problem, result)
    if not report.sound:
        faults = ", ".join(f"{item.fault} ({item.count})" for item in report.violations)
        raise PenempatanError(
            _("Pemeriksaan ulang menolak hasil penempatan: {faults}. Laporkan kesalahan ini.").format(faults=faults)
        )
    return Terbukti(kelayakan, problem, result, rounds, added)


def _offenders(kelayakan: Kelayakan, problem: Problem, result: Result) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return lawful pairs (pegawai in order of NIP, posisi) worth more than their prices.

    When there is none, the prices prove the arrangement over all lawful pairs.
    """
    pasangan = kelayakan.pasangan
    m = len(pasangan.kursi)
    order = np.argsort(pasangan.place)
    posts, filled = price_test(
        pasangan.visits, pasangan.kolom_orang, pasangan.kolom_kursi, pasangan.aturan,
        result.u[order] - result.tiers.place * problem.must_place[order],
        result.v[:m] - result.tiers.critical * problem.critical[:m],
        kelayakan.terbaik[order], problem.move_cost, ADDED_PER_PERSON,
    )  # fmt: skip
    rows, places = np.nonzero(np.arange(posts.shape[1]) < filled[:, None])
    return order[rows], posts[rows, places].astype(np.int64)
