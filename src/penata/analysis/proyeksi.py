"""Five years ahead: pensions and ending PPPK contracts against the need, per jabatan and unit."""

from dataclasses import dataclass

import polars as pl

from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.peta import Peta
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class Proyeksi:
    """``pegawai``: nip, posisi, bup (years), tanggal_pensiun, kontrak_berakhir, tahun_keluar (null beyond the horizon).

    ``jabatan`` and ``perangkat_daerah``, one row per key and year t=0..5 (0 = today): jabatan | perangkat_daerah, nama,
    tahun, bezetting, pensiun, kontrak_berakhir, kebutuhan, selisih (cumulative, without new hires).
    ``gelombang``: tahun, pensiun, kontrak_berakhir for the whole agency. ``tahun``: the six years.
    """

    pegawai: pl.DataFrame
    jabatan: pl.DataFrame
    perangkat_daerah: pl.DataFrame
    gelombang: pl.DataFrame
    tahun: tuple[int, ...]


def project(snapshot: Snapshot, kebutuhan: Kebutuhan, peta: Peta, *, law: Law) -> Proyeksi:
    """Count who leaves in each of the next five years and what that does to the gap (Peraturan BKN 9/2022)."""
    raise NotImplementedError
