"""Workload -> need: the kebutuhan pegawai of every posisi, unrounded and rounded, beside the printed one."""

from dataclasses import dataclass

import polars as pl

from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class Kebutuhan:
    """Need per posisi and effectiveness per unit.

    ``posisi``: kode; beban (minutes a year, null without a usable workload row); baris_beban (rows), baris_cacat (rows
    without volume or norma waktu); kebutuhan_hitung (unrounded people, null without workload); kebutuhan_terhitung
    (Int64 after the rounding policy); kebutuhan_tercetak (as the file brings it); kebutuhan (Float64, the one used:
    terhitung where there is workload, else tercetak, else null); asal ("terhitung", "tercetak", "tidak ada"); beda
    (Boolean: printed and computed both exist and differ); ej; kategori_ej (null without incumbents or workload).
    ``unit``: unit, beban, bezetting, kebutuhan, eu, kategori_eu (own unit without its children).
    ``perangkat_daerah``: the same rolled up, key ``unit``.
    """

    posisi: pl.DataFrame
    unit: pl.DataFrame
    perangkat_daerah: pl.DataFrame


def compute_kebutuhan(snapshot: Snapshot, *, law: Law) -> Kebutuhan:
    """Compute the need of every posisi of *snapshot* under *law* (per method of the workload row, then summed)."""
    raise NotImplementedError
