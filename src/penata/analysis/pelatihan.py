"""Training plan: which people in which training, ranked by effect, under a budget and a limit of hours."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from penata.analysis.kesenjangan import Kesenjangan
from penata.analysis.peta import Peta
from penata.analysis.policy import Kebijakan
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class RencanaPelatihan:
    """The plan.

    ``rencana``, one row per training chosen, best first: kode, nama, kompetensi, bentuk, jp, biaya, peserta,
    total_biaya, total_jp, tingkat_tertutup (levels of gap closed), pengaruh (weighted effect), pengaruh_per_juta.
    ``peserta``, the cohort lists: kode, nip, nama, posisi, jabatan, unit, kompetensi, capaian, standar, pengaruh,
    alasan.
    ``tertunda``: the best candidates that the budget, the quota or the hours left out, with the reason (column sebab).
    ``tanpa_pelatihan``: kompetensi, orang: gaps for which the catalogue has no training.
    ``ringkas``: anggaran, terpakai, sisa, peserta, orang, tingkat_tertutup, tingkat_total, batas (proven upper bound of
    the effect) and celah.
    """

    rencana: pl.DataFrame
    peserta: pl.DataFrame
    tertunda: pl.DataFrame
    tanpa_pelatihan: pl.DataFrame
    ringkas: dict[str, Any]


def plan_training(
    snapshot: Snapshot, kesenjangan: Kesenjangan, peta: Peta, *, kebijakan: Kebijakan, law: Law
) -> RencanaPelatihan:
    """Choose trainings and participants with the greatest effect under budget, quota and hours per person."""
    raise NotImplementedError
