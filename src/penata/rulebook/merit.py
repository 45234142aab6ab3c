"""Index of the merit system: the present one (NISM, five levels) and the former one of KASN, for reading old results.

The weights of the aspects are not known, so no index is computed from single answers; only the parts that are read
about are combined. Sources: Permen PANRB 19/2025, Peraturan KASN 9/2019.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from penata.language import N_, _, number
from penata.rulebook.bands import FloatArray, IndexArray, band_index, round_result
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_decimal, as_items, boolean, decimal, given, items
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, InputError, Result, rule

_GATES = {
    "tpp_paid": N_("Tunjangan kinerja atau TPP dibayarkan"),
    "accident_2y": N_("Ada kecelakaan kerja dalam dua tahun terakhir"),
    "death_2y": N_("Ada kematian pegawai dalam dua tahun terakhir"),
}
_ASPECTS = ("aspect_5", "aspect_6", "aspect_7", "aspect_8")


def nism_column(maturity: ArrayLike, survey: ArrayLike, weights: tuple[float, float]) -> FloatArray:
    """Return the NISM (n) of maturity and survey indices (n), each 0-1, under their two *weights*."""
    first = np.asarray(maturity, dtype=np.float64) * weights[0]
    second = np.asarray(survey, dtype=np.float64) * weights[1]
    return np.asarray((first + second) / (weights[0] + weights[1]))


def band_2025_column(nism: ArrayLike, *, law: Law) -> IndexArray:
    """Return the index in ``merit.kategori_2025`` of each NISM (n), rounded to two decimals first."""
    return band_index(round_result(nism, 2), law.value("merit.kategori_2025"))


def band_kasn_2019_column(index: ArrayLike, *, law: Law) -> IndexArray:
    """Return the index in ``merit.kategori_kasn_2019`` of each former index (n), rounded to two decimals first."""
    return band_index(round_result(index, 2), law.value("merit.kategori_kasn_2019"))


def _as_index(value: Any, key: str) -> float:
    return float(as_decimal(value, key, maximum=10))


@rule(
    "merit.band_2025",
    N_("Tingkat sistem merit dari nilai indeks"),
    Input("nism", N_("nilai indeks sistem merit; satu angka atau daftar")),
    example={"nism": [0.4, 0.41, 0.8, 1.01]},
)
def _band(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["nism"], list | tuple)
    nism = items(inputs, "nism", _as_index)
    bands = law.value("merit.kategori_2025")
    names = [bands[place]["kategori"] for place in band_2025_column(nism, law=law)]
    steps = tuple(
        _("Indeks {value} dibulatkan {rounded}: tingkat {name}.").format(
            value=number(value, 4), rounded=number(float(round_result(value, 2)), 2), name=name
        )
        for value, name in zip(nism, names, strict=True)
    )
    return Result({"band": one_or_many(names, many=many)}, steps)


@rule(
    "merit.combine_2025",
    N_("Nilai indeks sistem merit dari kematangan dan survei"),
    Input("maturity", N_("indeks kematangan, 0 sampai 1")),
    Input("survey", N_("indeks survei kepuasan dan keterikatan, 0 sampai 1")),
    Input("weights", N_("dua bobot; tanpa isi: menurut aturan"), optional=True),
    example={"maturity": 0.8, "survey": 0.6},
)
def _combine(inputs: Mapping[str, Any], law: Law) -> Result:
    maturity = float(decimal(inputs, "maturity", maximum=10))
    survey = float(decimal(inputs, "survey", maximum=1))
    if given(inputs, "weights"):
        pair = as_items(inputs["weights"], "weights", lambda value, key: float(as_decimal(value, key)), length=2)
        if not sum(pair) > 0:
            raise InputError(_("weights: jumlah bobot harus lebih dari 0"))
        weights = (pair[0], pair[1])
    else:
        legal = law.value("merit.bobot_nism")
        weights = (float(legal["maturity"]), float(legal["survey"]))
    nism = float(round_result(nism_column(maturity, survey, weights), 4))
    band = law.value("merit.kategori_2025")[int(band_2025_column(nism, law=law))]["kategori"]
    steps = (
        _("NISM = ({first} x {maturity} + {second} x {survey}) / {total} = {nism}.").format(
            first=number(weights[0], 2), maturity=number(maturity, 4), second=number(weights[1], 2),
            survey=number(survey, 4), total=number(sum(weights), 2), nism=number(nism, 4),
        ),
        _("Indeks {nism} termasuk tingkat {band}.").format(nism=number(nism, 2), band=band),
    )  # fmt: skip
    return Result({"nism": nism, "band": band}, steps)


@rule(
    "merit.kasn2019_index",
    N_("Indeks dan kategori sistem merit menurut aturan lama"),
    Input("score", N_("jumlah skor penilaian")),
    Input("divisor", N_("skor tertinggi sebagai pembagi; tanpa isi: menurut varian"), optional=True),
    example={"score": 329},
)
def _kasn(inputs: Mapping[str, Any], law: Law) -> Result:
    divisor = decimal(inputs, "divisor", default=None, positive=True, maximum=1000)
    top = float(law.value("merit.pembagi_kasn_2019") if divisor is None else divisor)
    score = float(decimal(inputs, "score", maximum=1000))
    if score > top:
        raise InputError(_("score: {score} melebihi skor tertinggi {top}").format(
            score=number(score, 2), top=number(top)))  # fmt: skip
    index = float(round_result(score / top, 6))
    rounded = float(round_result(index, 2))
    category = law.value("merit.kategori_kasn_2019")[int(band_kasn_2019_column(index, law=law))]["kategori"]
    steps = (
        _("Indeks = {score} / {top} = {index}, dua desimal {rounded}.").format(
            score=number(score, 2), top=number(top), index=number(index, 5), rounded=number(rounded, 2)
        ),
        _("Indeks {rounded} termasuk kategori {category}.").format(rounded=number(rounded, 2), category=category),
    )
    return Result({"index": index, "index_2dp": rounded, "category": category}, steps)


@rule(
    "merit.questions_applicable_2026",
    N_("Banyaknya pertanyaan kertas kerja merit yang berlaku bagi instansi"),
    Input("tpp_paid", N_("instansi membayar tunjangan kinerja atau TPP: ya atau tidak")),
    Input("accident_2y", N_("ada kecelakaan kerja dalam dua tahun terakhir: ya atau tidak")),
    Input("death_2y", N_("ada kematian pegawai dalam dua tahun terakhir: ya atau tidak")),
    example={"tpp_paid": "ya", "accident_2y": "tidak", "death_2y": "tidak"},
)
def _questions(inputs: Mapping[str, Any], law: Law) -> Result:
    table = law.value("merit.pertanyaan_2026")
    counts = {aspect: int(table[aspect]) for aspect in _ASPECTS}
    steps = []
    for key, label in _GATES.items():
        applies = boolean(inputs, key)
        if not applies:
            counts[table["bersyarat"][key]] -= 1
        steps.append(
            _("{label}: {answer}, pertanyaan lanjutannya {effect}.").format(
                label=_(label),
                answer=_("ya") if applies else _("tidak"),
                effect=_("berlaku") if applies else _("gugur"),
            )
        )
    total = sum(counts.values()) + int(table["aspek_1_4"])
    steps.append(
        _("Aspek 1 sampai 4: {first}; aspek 5 sampai 8: {rest}; jumlah {total} pertanyaan.").format(
            first=table["aspek_1_4"], rest=", ".join(str(count) for count in counts.values()), total=total
        )
    )
    return Result({**counts, "total": total}, tuple(steps))


@rule(
    "merit.aspect_mean",
    N_("Rata-rata nilai pertanyaan yang dijawab dalam satu aspek"),
    Input("scores", N_("nilai tiap pertanyaan, 0 sampai 4; pertanyaan yang gugur dikosongkan (null)")),
    example={"scores": [3, 4, 2, 4]},
)
def _aspect_mean(inputs: Mapping[str, Any], _law: Law) -> Result:
    def read(value: Any, key: str) -> float | None:
        return None if value is None else float(as_decimal(value, key, maximum=4))

    answered = [score for score in as_items(inputs["scores"], "scores", read) if score is not None]
    if not answered:
        raise InputError(_("scores: belum ada pertanyaan yang dijawab"))
    mean = float(round_result(np.mean(answered), 2))
    steps = (
        _("({terms}) / {count} = {mean}.").format(
            terms=" + ".join(number(score, 2) for score in answered), count=len(answered), mean=number(mean, 2)
        ),
    )
    return Result({"mean": mean, "answered": len(answered)}, steps)
