"""Placement of an agency: eligible pairs and scores -> problem -> solve -> checked proposal, explained."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis import _kernel as kernel
from penata.analysis._kernel import PENEMPATAN, PERPINDAHAN, PROMOSI
from penata.analysis._kursi_tersedia import Tersedia, seats, slot_names
from penata.analysis._mendesak import most_urgent
from penata.analysis._pembuktian import PenempatanError, Terbukti, solve_proved
from penata.analysis._usulan import Arrangement, posisi_rows, summary, usulan_rows
from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.kelayakan import Kelayakan, Pasangan, describe, judge
from penata.analysis.peta import Peta
from penata.analysis.policy import Kebijakan
from penata.analysis.proyeksi import Proyeksi
from penata.placement.explain import chains
from penata.placement.problem import UNPLACED, Problem
from penata.placement.result import Result
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

__all__ = ["Penempatan", "PenempatanError", "arrange_people", "propose"]


@dataclass(frozen=True)
class Penempatan:
    """The proposal.

    ``usulan``, one row per pegawai who takes part: nip, nama, posisi_lama, jabatan_lama, unit_lama, kelas_lama,
    posisi_baru, jabatan_baru, unit_baru, kelas_baru, skor_lama (0..1000, null when without posisi), skor_baru,
    kenaikan, jenis ("tetap", "mutasi", "promosi", "perpindahan fungsional", "penempatan", "kelebihan", "belum
    tertempatkan"), rantai (number of the chain of moves, null when staying), urutan_rantai, alasan (one sentence).
    Somebody who stays as kelebihan keeps posisi, kelas and score; posisi_baru is null for belum tertempatkan.
    ``posisi``, one row per posisi of the map: kode, kebutuhan, bezetting_sekarang, bezetting_usulan, selisih_sekarang,
    selisih_usulan, harga_kursi (price of one further seat, points of score), kritis, kursi_kritis (critical seats that
    one further seat would fill, besides the points).
    ``mendesak``: the most urgent posts: kode, jabatan, nama_unit, kebutuhan, bezetting, sebab, calon_layak (count),
    skor_mendesak.
    ``ringkas``: figures by name (pindah, skor_rata_sebelum, skor_rata_sesudah, kritis_terisi_sebelum, ..._sesudah,
    kekurangan_sebelum, ..._sesudah, kelebihan_sebelum, ..._sesudah, nilai, batas, celah; see ``_usulan.summary``).
    ``problem``/``result``: arrays; candidate k is ``nip[k]``, slot j is ``kode_posisi[j]``. Behind the posisi stand the
    reserve slots ("kelebihan KODE", "tanpa posisi") of those who have no needed seat.
    """

    usulan: pl.DataFrame
    posisi: pl.DataFrame
    mendesak: pl.DataFrame
    ringkas: dict[str, Any]
    kelayakan: Kelayakan
    problem: Problem
    result: Result
    nip: tuple[str, ...]
    kode_posisi: tuple[str, ...]


def propose(
    snapshot: Snapshot,
    kebutuhan: Kebutuhan,
    peta: Peta,
    proyeksi: Proyeksi,
    *,
    kebijakan: Kebijakan,
    law: Law,
    progress: Callable[[float], None] = lambda share: None,
) -> Penempatan:
    """Return the best lawful arrangement of the agency, proved and explained.

    Raises PenempatanError when the independent check finds anything wrong with the solution.
    """
    progress(0.0)
    pasangan = describe(snapshot, kebijakan=kebijakan, law=law)
    progress(0.1)
    tersedia = seats(pasangan, kebutuhan)
    unsettled = tersedia.unsettled(pasangan.orang.kolom.kursi)
    kelayakan = judge(
        pasangan,
        tersedia.vacant,
        tersedia.critical,
        unsettled,
        progress=lambda share: progress(0.1 + 0.3 * share),
    )
    progress(0.4)
    proved = arrange_people(kelayakan, tersedia, progress=lambda share: progress(0.4 + 0.5 * share))
    progress(0.9)
    outcome = _outcome(pasangan, tersedia, proved)
    usulan = usulan_rows(outcome)
    posisi = posisi_rows(outcome)
    done = Penempatan(
        usulan=usulan,
        posisi=posisi,
        mendesak=most_urgent(outcome, peta, proyeksi, proved.kelayakan.layak, per=snapshot.per),
        ringkas=summary(outcome, usulan, posisi, proved),
        kelayakan=proved.kelayakan,
        problem=proved.problem,
        result=proved.result,
        nip=tuple(pasangan.orang.nip),
        kode_posisi=slot_names(pasangan.kursi.kode, tersedia),
    )
    progress(1.0)
    return done


def arrange_people(
    kelayakan: Kelayakan, tersedia: Tersedia, *, progress: Callable[[float], None] = lambda share: None
) -> Terbukti:
    """Return the proved arrangement for the seats offered; who must move is placed before score counts."""
    kursi, held = kelayakan.pasangan.kursi, kelayakan.pasangan.orang.kolom.kursi
    abolished = np.append(kursi.kolom.halangan >> kernel.DIHAPUS & 1, 1).astype(bool)
    must_move = abolished[held]  # the last entry is for people without posisi
    if not kelayakan.pasangan.kebijakan.penempatan.kelebihan_boleh_tetap:
        must_move = must_move | (tersedia.reserve_slot[held] != UNPLACED)
    return solve_proved(kelayakan, tersedia, must_move=must_move, progress=progress)


def _outcome(pasangan: Pasangan, tersedia: Tersedia, proved: Terbukti) -> Arrangement:
    """Return what the arrangement means for each person: the posisi, whether as kelebihan, the way and the chain."""
    held = pasangan.orang.kolom.kursi
    m = len(pasangan.kursi)
    given = proved.result.assignment
    reserve = (given >= m) | (given == UNPLACED)
    abolished = np.append(pasangan.kursi.kolom.halangan >> kernel.DIHAPUS & 1, 1).astype(bool)[held]
    stays = reserve & ~abolished & pasangan.kebijakan.penempatan.kelebihan_boleh_tetap
    goal = np.where(reserve, np.where(stays, held, UNPLACED), given).astype(np.int32)
    # Somebody without a new seat is no link: nobody takes an abolished seat or one of too many.
    linked = chains(proved.problem, replace(proved.result, assignment=np.where(reserve, held, given).astype(np.int32)))
    return Arrangement(
        pasangan=pasangan,
        tersedia=tersedia,
        result=proved.result,
        goal=goal,
        surplus=stays,
        jenis=_kinds(pasangan, held, goal, stays),
        chain=linked.chain,
        order=linked.position,
    )


def _kinds(
    pasangan: Pasangan, held: NDArray[np.int32], goal: NDArray[np.int32], surplus: NDArray[np.bool_]
) -> NDArray[np.str_]:
    """Name what happens to each person."""
    placed = np.flatnonzero(goal != UNPLACED)
    way = np.zeros(len(goal), dtype=np.int8)
    way[placed] = pasangan.ways(placed, goal[placed])
    functional = np.append(pasangan.aturan.fungsional[pasangan.kursi.kolom.tingkat], False)[goal]
    conditions = [
        surplus, goal == UNPLACED, goal == held, (held == UNPLACED) | (way == PENEMPATAN), way == PROMOSI,
        (way == PERPINDAHAN) & functional,
    ]  # fmt: skip
    names = ["kelebihan", "belum tertempatkan", "tetap", "penempatan", "promosi", "perpindahan fungsional"]
    return np.select(conditions, names, "mutasi")
