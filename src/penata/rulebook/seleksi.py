"""Open selection for JPT: the final score of a candidate and the make-up of the panel.

Source: Permen PANRB 15/2019. The usual weights of the stages add up to 100 only at their upper ends, so every set of
weights is normalised.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.language import N_, _, number, percent
from penata.rulebook.bands import FloatArray, round_result
from penata.rulebook.inputs import as_decimal, decimal, given, integer, mapping
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, InputError, Result, rule


def final_score_column(scores: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Return the final score of each candidate, two decimals: *scores* (n, stages) 0-100, *weights* (stages)."""
    shares = np.asarray(weights, dtype=np.float64)
    return round_result(np.asarray(scores, dtype=np.float64) @ shares / shares.sum(), 2)


def shortlist(scores: ArrayLike, *, law: Law) -> NDArray[np.int64]:
    """Return the places of the best candidates in *scores* (n), best first, as many as are put to the PPK.

    Equal scores keep the order given; a panel has to say how it orders them.
    """
    order = np.argsort(-np.asarray(scores, dtype=np.float64), kind="stable")
    return order[: law.value("seleksi.calon_diusulkan")].astype(np.int64)


@rule(
    "jpt.final_score",
    N_("Nilai akhir calon dalam seleksi terbuka JPT"),
    Input("scores", N_("nilai 0 sampai 100 tiap tahap: assessment_center, makalah, wawancara, rekam_jejak")),
    Input("weights", N_("bobot tiap tahap; tanpa isi: bobot baku"), optional=True),
    example={"scores": {"assessment_center": 80, "makalah": 75, "wawancara": 85, "rekam_jejak": 90}},
)
def _final_score(inputs: Mapping[str, Any], law: Law) -> Result:
    legal = law.value("seleksi.bobot_tahap")
    scores = {stage: float(as_decimal(value, f"scores.{stage}", maximum=100))
              for stage, value in mapping(inputs, "scores").items()}  # fmt: skip
    chosen = mapping(inputs, "weights") if given(inputs, "weights") else {k: v["bobot"] for k, v in legal.items()}
    weights = {stage: float(as_decimal(value, f"weights.{stage}", maximum=100)) for stage, value in chosen.items()}
    for stage in (*scores, *weights):
        if stage not in legal:
            raise InputError(_("scores: tahap '{stage}' tidak dikenal; pilihan: {stages}").format(
                stage=stage[:40], stages=", ".join(legal)))  # fmt: skip
    if scores.keys() != weights.keys() or not sum(weights.values()) > 0:
        raise InputError(_("weights: setiap tahap yang dinilai perlu bobot, dan sebaliknya"))
    stages = list(scores)
    total = sum(weights.values())
    score = float(final_score_column([[scores[s] for s in stages]], [weights[s] for s in stages])[0])
    outside = [s for s in stages if not legal[s]["rentang"][0] <= 100 * weights[s] / total <= legal[s]["rentang"][1]]
    terms = " + ".join(f"{number(weights[s], 1)} x {number(scores[s], 2)}" for s in stages)
    steps = [_("({terms}) / {total} = {score}.").format(terms=terms, total=number(total, 1), score=number(score, 2))]
    if outside:
        steps.append(_("Di luar rentang bobot yang lazim: {stages}.").format(stages=", ".join(outside)))
    return Result({"score": score, "weights_outside_range": outside}, tuple(steps))


@rule(
    "jpt.panel_internal_share",
    N_("Bagian anggota internal dalam panitia seleksi JPT"),
    Input("external", N_("jumlah anggota dari luar instansi")),
    Input("internal", N_("jumlah anggota dari dalam instansi")),
    Input("max_internal", N_("bagian internal paling banyak, 0 sampai 1; tanpa isi: menurut aturan"), optional=True),
    example={"external": 3, "internal": 2},
)
def _panel(inputs: Mapping[str, Any], law: Law) -> Result:
    panel = law.value("seleksi.panitia")
    external = integer(inputs, "external", maximum=10_000)
    internal = integer(inputs, "internal", maximum=10_000)
    limit = float(decimal(inputs, "max_internal", default=panel["internal_paling_banyak"], maximum=1))
    total = external + internal
    if not total:
        raise InputError(_("external: panitia belum beranggota; isi jumlah anggota"))
    share = float(round_result(internal / total, 4))
    size_ok = panel["paling_sedikit"] <= total <= panel["paling_banyak"] and (total % 2 == 1 or not panel["ganjil"])
    steps = (
        _("Bagian internal = {internal} / {total} = {share}; paling banyak {limit}.").format(
            internal=internal, total=total, share=percent(share, 2), limit=percent(limit)
        ),
        _("Satu panitia beranggota {least} sampai {most} orang dan ganjil; {total} orang {verdict}.").format(
            least=panel["paling_sedikit"], most=panel["paling_banyak"], total=total,
            verdict=_("sesuai") if size_ok else _("tidak sesuai untuk satu panitia"),
        ),
    )  # fmt: skip
    within = internal / total <= limit
    return Result({"total": total, "share": share, "within": within, "size_ok": size_ok}, steps)


@rule(
    "jpt.shortlist",
    N_("Calon terbaik yang diserahkan panitia seleksi JPT kepada PPK"),
    Input("scores", N_("nilai akhir 0 sampai 100 tiap calon, nama dan nilai")),
    example={"scores": {"Calon A": 82.75, "Calon B": 79.1, "Calon C": 84, "Calon D": 80.2}},
)
def _shortlist(inputs: Mapping[str, Any], law: Law) -> Result:
    scores = {name: float(as_decimal(value, f"scores.{name[:40]}", maximum=100))
              for name, value in mapping(inputs, "scores").items()}  # fmt: skip
    names = list(scores)
    chosen = [names[place] for place in shortlist(list(scores.values()), law=law)]
    last = scores[chosen[-1]]
    tied = sorted(name for name, score in scores.items() if score == last and name not in chosen)
    steps = [
        _("Peringkat {rank}: {name}, nilai {score}.").format(rank=rank, name=name, score=number(scores[name], 2))
        for rank, name in enumerate(chosen, start=1)
    ]
    if tied:
        steps.append(_("Nilai sama dengan peringkat terakhir, panitia yang memutuskan: {names}.").format(
            names=", ".join(tied)))  # fmt: skip
    return Result({"shortlist": chosen, "tied": tied}, tuple(steps))
