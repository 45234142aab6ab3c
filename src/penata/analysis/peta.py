"""Peta jabatan: bezetting B, kebutuhan K and +/- of every posisi, rolled up over the reporting lines and the units."""

from dataclasses import dataclass

import polars as pl

from penata.analysis.kebutuhan import Kebutuhan
from penata.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class Peta:
    """The map as columns; roll-ups are computed, never stored.

    ``posisi`` in drawing order (preorder of the reporting lines): urut, kode, jabatan, jenis, jenjang, kelas, unit
    (code), nama_unit, perangkat_daerah (code of the unit below the root; the root itself for its own posisi),
    nama_perangkat_daerah, atasan, kedalaman, bezetting (definitive holders, or the printed figure where the file brings
    no people), plt, kebutuhan (null when unknown), selisih (B - K, null when K is unknown), keadaan ("kosong", "kurang",
    "sesuai", "lebih", "tanpa kebutuhan"), bawahan_langsung, bezetting_kumulatif, kebutuhan_kumulatif,
    selisih_kumulatif, kritis, status.
    ``unit`` in preorder of the tree: urut, kode, nama, jenis, induk, kedalaman, perangkat_daerah, posisi (count),
    bezetting, kebutuhan, kurang (missing people summed over posisi), lebih (surplus summed), kosong (posisi without
    any holder although needed), and the same five with ``_kumulatif`` over the subtree.
    ``asal_bezetting``: "pemangku" or "tercetak". ``total``: posisi, bezetting, kebutuhan, kurang, lebih, kosong,
    terisi (seats of K that are filled).
    """

    posisi: pl.DataFrame
    unit: pl.DataFrame
    asal_bezetting: str
    total: dict[str, float]


def build_peta(snapshot: Snapshot, kebutuhan: Kebutuhan) -> Peta:
    """Join need and holders per posisi and roll both up."""
    raise NotImplementedError
