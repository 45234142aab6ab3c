"""Placement of an agency: eligible pairs and scores -> problem -> solve -> checked proposal, explained."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.kelayakan import Kelayakan
from penata.analysis.peta import Peta
from penata.analysis.policy import Kebijakan
from penata.analysis.proyeksi import Proyeksi
from penata.placement.problem import Problem
from penata.placement.result import Result
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class Penempatan:
    """The proposal.

    ``usulan``, one row per pegawai who takes part: nip, nama, posisi_lama, jabatan_lama, unit_lama, kelas_lama,
    posisi_baru, jabatan_baru, unit_baru, kelas_baru, skor_lama (0..1000, null when without posisi), skor_baru,
    kenaikan, jenis ("tetap", "mutasi", "promosi", "perpindahan fungsional", "penempatan", "kelebihan", "belum
    tertempatkan"), rantai (number of the chain of moves, null when staying), urutan_rantai, alasan (one sentence).
    ``posisi``, one row per posisi of the map: kode, kebutuhan, bezetting_sekarang, bezetting_usulan, selisih_sekarang,
    selisih_usulan, harga_kursi (price of one further seat, points), kritis.
    ``mendesak``: the ten most urgent posts: kode, jabatan, nama_unit, kebutuhan, bezetting, sebab, calon_layak (count),
    skor_mendesak.
    ``ringkas``: figures by name (pindah, skor_rata_sebelum, skor_rata_sesudah, kritis_terisi_sebelum, ..._sesudah,
    kekurangan_sebelum, ..._sesudah, kelebihan_sebelum, ..._sesudah, nilai, batas, celah).
    ``problem``/``result``: arrays; candidate k is ``nip[k]``, slot j is ``kode_posisi[j]``.
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
    """Return the best lawful arrangement of the agency, proved and explained."""
    raise NotImplementedError
