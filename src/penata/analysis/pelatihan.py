"""Training plan: which people in which training, ranked by effect, under a budget and a limit of hours.

A pair of person and training closes the levels of a gap that the training reaches; its effect is those levels times the
weights of the policy for critical posisi and for proposed ones. Rights and limits in hours: PP 11/2017 (PNS, at least),
PP 49/2018 (PPPK, at most). The plan is for the year that begins the day after the snapshot.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from penata.analysis._pilihan import Items, Plan, choose
from penata.analysis.kesenjangan import SEKARANG, USULAN, Kesenjangan, shown
from penata.analysis.kursi import fold
from penata.analysis.peta import Peta
from penata.analysis.policy import Kebijakan
from penata.language import _
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

TERTUNDA = 1000  # rows listed of what was left out
UNLIMITED = np.iinfo(np.int64).max
JUTA = 1_000_000
ABOVE_PPPK_LIMIT = ("jpt utama", "jpt madya")  # the limit of PP 49/2018 does not hold for them


@dataclass(frozen=True)
class RencanaPelatihan:
    """The plan.

    ``rencana``, one row per training chosen, best first: kode, nama, kompetensi, bentuk, jp, biaya, peserta,
    total_biaya, total_jp, tingkat_tertutup (levels of gap closed), pengaruh (weighted effect), pengaruh_per_juta.
    ``peserta``, the cohort lists: kode, nip, nama, posisi, jabatan, unit, kompetensi, capaian, standar, pengaruh,
    alasan.
    ``tertunda``: the best candidates that the budget, the quota or the hours left out (one row per person and
    competence, at most 1,000): kode, nip, nama, posisi, jabatan, kompetensi, capaian, standar, pengaruh, sebab.
    ``tanpa_pelatihan``: kompetensi, orang: gaps for which the catalogue has no training that would raise the level.
    ``ringkas``: tahun, anggaran, terpakai, sisa, peserta, orang, tingkat_tertutup, tingkat_total, pengaruh, batas
    (proven upper bound of the effect), celah (share of the bound that is not proved unreachable), and for the right of
    PNS to training jp_minimal, pns, pns_terpenuhi (PNS who reach it with hours on file and planned).
    """

    rencana: pl.DataFrame
    peserta: pl.DataFrame
    tertunda: pl.DataFrame
    tanpa_pelatihan: pl.DataFrame
    ringkas: dict[str, Any]


def plan_training(
    snapshot: Snapshot, kesenjangan: Kesenjangan, peta: Peta, *, kebijakan: Kebijakan, law: Law
) -> RencanaPelatihan:
    """Choose trainings and participants with the greatest effect under budget, quota and hours per person.

    A level that is missing against both the post held and the proposed one counts once, where it weighs more. Among
    equals PNS who have not reached their hours go first, then the lower NIP.
    """
    people = _people(snapshot, kebijakan=kebijakan, law=law)
    catalogue = _catalogue(snapshot)
    gaps = _weighted_gaps(kesenjangan, peta, kebijakan)
    options = _options(gaps, catalogue, people)
    plan = choose(_items(options, people, catalogue, float(kebijakan.pelatihan.anggaran)))
    chosen = options.filter(pl.Series(plan.chosen, dtype=pl.Boolean))
    return RencanaPelatihan(
        rencana=_trainings(chosen, catalogue),
        peserta=_cohorts(chosen),
        tertunda=_left_out(options, chosen, people, catalogue, float(kebijakan.pelatihan.anggaran)),
        tanpa_pelatihan=_untrained(gaps, options),
        ringkas=_brief(snapshot, gaps, chosen, plan, people, kebijakan=kebijakan, law=law),
    )


def _year(snapshot: Snapshot) -> int:
    return (snapshot.per + timedelta(days=1)).year


def _people(snapshot: Snapshot, *, kebijakan: Kebijakan, law: Law) -> pl.DataFrame:
    """Return per person: orang (index), nip, nama, pns, jp_diikuti (hours on file), jp_sisa (hours still allowed)."""
    most = law.value("pengembangan.jp_pppk_maksimal")
    taken = (
        snapshot["riwayat_pelatihan"].filter(pl.col("tahun") == _year(snapshot)).group_by("nip").agg(pl.col("jp").sum())
    )
    exempt = snapshot.holders.filter(pl.col("jenis") == "definitif").select("nip", kode="posisi").join(
        snapshot["posisi"].filter(pl.col("jenis").is_in(ABOVE_PPPK_LIMIT)).select("kode"), on="kode", how="semi"
    )  # fmt: skip
    pppk = pl.col("status").str.starts_with("pppk").fill_null(value=False)
    bound = pl.when(pppk & ~pl.col("nip").is_in(exempt["nip"].implode())).then(
        pl.min_horizontal(pl.lit(kebijakan.pelatihan.jp_maks), pl.lit(most))
    )
    return (
        snapshot["pegawai"]
        .select("nip", "nama", "status")
        .sort("nip")
        .with_row_index("orang")
        .join(taken, on="nip", how="left", maintain_order="left")
        .with_columns(pl.col("jp").fill_null(0), pns=pl.col("status").is_in(["pns", "cpns"]).fill_null(value=False))
        .with_columns(jp_sisa=(bound.otherwise(pl.lit(kebijakan.pelatihan.jp_maks)) - pl.col("jp")).clip(0))
        .select("orang", "nip", "nama", "pns", jp_diikuti="jp", jp_sisa=pl.col("jp_sisa").cast(pl.Int64))
    )


def _catalogue(snapshot: Snapshot) -> pl.DataFrame:
    """Return the trainings on offer with their index and the folded competence."""
    return (
        snapshot["pelatihan"]
        .drop_nulls(["kode", "kompetensi", "level_akhir", "jp", "biaya"])
        .sort("kode")
        .with_columns(kunci=fold("kompetensi"), kuota=pl.col("kuota").fill_null(UNLIMITED))
        .with_row_index("pelatihan")
    )


def _weighted_gaps(kesenjangan: Kesenjangan, peta: Peta, kebijakan: Kebijakan) -> pl.DataFrame:
    """Return the gaps with unit, weight and folded competence."""
    posts = peta.posisi.select(posisi="kode", unit="nama_unit", kritis=pl.col("kritis").fill_null(value=False))
    policy = kebijakan.pelatihan
    return (
        kesenjangan.rincian.join(posts, on="posisi", how="left", maintain_order="left")
        .with_columns(pl.col("kritis").fill_null(value=False), kunci=fold("kompetensi"))
        .with_columns(
            bobot=pl.when("kritis").then(policy.bobot_kritis).otherwise(1.0)
            * pl.when(pl.col("terhadap") == USULAN).then(policy.bobot_diusulkan).otherwise(1.0)
        )
    )


def _options(gaps: pl.DataFrame, catalogue: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of person and training that close levels, sorted by nip, competence and training."""
    return (
        gaps.join(catalogue.select("pelatihan", "kode", "kunci", "level_akhir", "jp", "biaya"), on="kunci", how="inner")
        .with_columns(tertutup=pl.min_horizontal("level_akhir", "standar") - pl.col("capaian"))
        .filter(pl.col("tertutup") > 0)
        .with_columns(pengaruh=pl.col("tertutup") * pl.col("bobot"))
        .filter(pl.col("pengaruh") > 0)
        .sort(["nip", "kunci", "pelatihan", "pengaruh", "terhadap"], descending=[False, False, False, True, False])
        .unique(["nip", "kunci", "pelatihan"], keep="first", maintain_order=True)
        .join(people.select("orang", "nip", "pns", "jp_diikuti"), on="nip", maintain_order="left")
        .with_columns(perlu=pl.struct("nip", "kunci").rle_id().cast(pl.Int64))
    )


def _items(options: pl.DataFrame, people: pl.DataFrame, catalogue: pl.DataFrame, budget: float) -> Items:
    person = options["orang"].cast(pl.Int64).to_numpy()
    return Items(
        first=np.searchsorted(person, np.arange(people.height + 1)).astype(np.int64),
        person=person,
        need=options["perlu"].to_numpy(),
        training=options["pelatihan"].cast(pl.Int64).to_numpy(),
        hours=options["jp"].to_numpy(),
        effect=options["pengaruh"].to_numpy(),
        cost=options["biaya"].to_numpy(),
        favour=(options["pns"] & (options["jp_diikuti"] == 0)).to_numpy(),
        hours_left=people["jp_sisa"].to_numpy(),
        seats=catalogue["kuota"].to_numpy(),
        budget=budget,
    )


def _trainings(chosen: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """Return ``rencana``."""
    counted = chosen.group_by("pelatihan").agg(
        peserta=pl.len().cast(pl.Int64), tingkat_tertutup=pl.col("tertutup").sum(), pengaruh=pl.col("pengaruh").sum()
    )
    total = pl.col("biaya") * pl.col("peserta")
    return (
        catalogue.join(counted, on="pelatihan")
        .with_columns(total_biaya=total, total_jp=pl.col("jp") * pl.col("peserta"))
        .with_columns(
            pengaruh_per_juta=pl.when(pl.col("total_biaya") > 0).then(
                pl.col("pengaruh") * JUTA / pl.col("total_biaya")
            )
        )
        .sort(["pengaruh", "kode"], descending=[True, False])
        .select(
            "kode", "nama", "kompetensi", "bentuk", "jp", "biaya", "peserta", "total_biaya", "total_jp",
            "tingkat_tertutup", "pengaruh", "pengaruh_per_juta",
        )
    )  # fmt: skip


def _cohorts(chosen: pl.DataFrame) -> pl.DataFrame:
    """Return ``peserta`` with a sentence of reason."""
    return (
        chosen.with_columns(alasan=_reason())
        .sort("kode", "nip", "kunci")
        .select(
            "kode", "nip", "nama", "posisi", "jabatan", "unit", "kompetensi", "capaian", "standar", "pengaruh", "alasan"
        )
    )


def _reason() -> pl.Expr:
    """Return the sentence why somebody is on the list, column by column."""
    target = pl.when(pl.col("terhadap") == USULAN).then(pl.lit(shown(USULAN))).otherwise(pl.lit(shown(SEKARANG)))
    words = {
        "competence": pl.col("kompetensi"),
        "have": pl.col("capaian").cast(pl.String),
        "asked": pl.col("standar").cast(pl.String),
        "target": target,
        "critical": pl.when("kritis").then(pl.lit(_(" yang kritis"))).otherwise(pl.lit("")),
        "closed": pl.col("tertutup").cast(pl.String),
        "expired": pl.when("kedaluwarsa").then(pl.lit(_(" (asesmen kedaluwarsa)"))).otherwise(pl.lit("")),
    }
    sentence = _("{competence}: {have} dari {asked} untuk {target}{critical}; naik {closed} tingkat{expired}.")
    parts = re.split(r"\{(\w+)\}", sentence)  # text, name, text, name ...
    return pl.concat_str([words[part] if place % 2 else pl.lit(part) for place, part in enumerate(parts)])


def _left_out(
    options: pl.DataFrame, chosen: pl.DataFrame, people: pl.DataFrame, catalogue: pl.DataFrame, budget: float
) -> pl.DataFrame:
    """Return ``tertunda``: the best option of each need that got nothing, and which limit stood in its way."""
    spent = chosen.group_by("orang").agg(terpakai=pl.col("jp").sum())
    filled = chosen.group_by("pelatihan").agg(terisi=pl.len().cast(pl.Int64))
    rest = budget - float(chosen["biaya"].sum())
    return (
        options.join(chosen, on="perlu", how="anti", maintain_order="left")
        .sort(["pengaruh", "biaya", "nip", "kunci", "pelatihan"], descending=[True, False, False, False, False])
        .unique("perlu", keep="first", maintain_order=True)
        .head(TERTUNDA)
        .join(people.select("orang", "jp_sisa"), on="orang", maintain_order="left")
        .join(spent, on="orang", how="left", maintain_order="left")
        .join(catalogue.select("pelatihan", "kuota"), on="pelatihan", maintain_order="left")
        .join(filled, on="pelatihan", how="left", maintain_order="left")
        .with_columns(
            sebab=pl.when(pl.col("jp") > pl.col("jp_sisa") - pl.col("terpakai").fill_null(0))
            .then(pl.lit(_("batas JP pegawai dalam setahun")))
            .when(pl.col("terisi").fill_null(0) >= pl.col("kuota"))
            .then(pl.lit(_("kuota pelatihan penuh")))
            .when(pl.col("biaya") > rest)
            .then(pl.lit(_("anggaran tidak cukup")))
        )
        .select(
            "kode", "nip", "nama", "posisi", "jabatan", "kompetensi", "capaian", "standar", "pengaruh", "sebab"
        )
    )  # fmt: skip


def _untrained(gaps: pl.DataFrame, options: pl.DataFrame) -> pl.DataFrame:
    """Return ``tanpa_pelatihan``."""
    return (
        gaps.unique(["nip", "kunci"], keep="first", maintain_order=True)
        .join(options, on=["nip", "kunci"], how="anti")
        .group_by("kompetensi")
        .agg(orang=pl.len().cast(pl.Int64))
        .sort(["orang", "kompetensi"], descending=[True, False])
    )


def _brief(
    snapshot: Snapshot,
    gaps: pl.DataFrame,
    chosen: pl.DataFrame,
    plan: Plan,
    people: pl.DataFrame,
    *,
    kebijakan: Kebijakan,
    law: Law,
) -> dict[str, Any]:
    """Return ``ringkas``."""
    least = law.value("pengembangan.jp_pns_minimal")
    planned = chosen.group_by("orang").agg(direncanakan=pl.col("jp").sum())
    pns = people.filter("pns").join(planned, on="orang", how="left")
    reached = pns.filter(pl.col("jp_diikuti") + pl.col("direncanakan").fill_null(0) >= least)
    spent = float(chosen["biaya"].sum())
    levels = gaps.group_by("nip", "kunci").agg(pl.col("kesenjangan").max())
    return {
        "tahun": _year(snapshot),
        "anggaran": kebijakan.pelatihan.anggaran,
        "terpakai": spent,
        "sisa": kebijakan.pelatihan.anggaran - spent,
        "peserta": chosen.height,
        "orang": chosen["nip"].n_unique(),
        "tingkat_tertutup": int(chosen["tertutup"].sum()),
        "tingkat_total": int(levels["kesenjangan"].sum()),
        "pengaruh": plan.effect,
        "batas": plan.bound,
        "celah": (plan.bound - plan.effect) / plan.bound if plan.bound else 0.0,
        "jp_minimal": least,
        "pns": pns.height,
        "pns_terpenuhi": reached.height,
    }
