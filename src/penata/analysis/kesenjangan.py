"""Competency gaps: each person against the post held and the post proposed, competence by competence."""

from dataclasses import dataclass

import polars as pl

from penata.analysis.penempatan import Penempatan
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class Kesenjangan:
    """The gaps.

    ``rincian``, one row per person, competence and target with a gap: nip, nama, posisi, jabatan, terhadap ("sekarang"
    or "usulan"), kompetensi, standar, capaian (null when never assessed), kesenjangan (levels), kedaluwarsa.
    ``pegawai``: nip, posisi, jpm (percent), kategori_jpm, kesenjangan (levels summed), belum_dinilai (competences).
    ``kompetensi``: kompetensi, orang (with a gap), tingkat (levels summed). ``cakupan``: share of people assessed.
    """

    rincian: pl.DataFrame
    pegawai: pl.DataFrame
    kompetensi: pl.DataFrame
    cakupan: float


def measure_kesenjangan(snapshot: Snapshot, penempatan: Penempatan | None, *, law: Law) -> Kesenjangan:
    """Compare assessed levels with the standard of the post held and, where there is one, of the post proposed."""
    raise NotImplementedError
