"""Indeks profesionalitas ASN: four dimensions added up, and the category of the sum.

Source: Permen PANRB 38/2018, Peraturan BKN 8/2019. The tables carry the weights of the dimensions already
(kualifikasi 25, kompetensi 40, kinerja 30, disiplin 5).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.language import N_, _, number
from penata.rulebook.bands import FloatArray, IndexArray, band_index, round_result
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_choice, as_decimal, as_text, boolean, choice, items, text
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, InputError, Result, rule
from penata.rulebook.syarat import education_order, fold

_KINDS = ("structural", "functional", "pelaksana")
_HUKUMAN = ("none", "ringan", "sedang", "berat")


def qualification_column(education: ArrayLike, *, law: Law) -> FloatArray:
    """Return the score of kualifikasi for each education (n, as ``education_order``); unknown education NaN."""
    scores = law.value("ipasn.kualifikasi")
    by_order = np.full(int(education_order(list(scores)).max()) + 1, np.nan)
    for name, score in scores.items():
        by_order[int(education_order([name])[0])] = score
    found: FloatArray = by_order[np.asarray(education, dtype=np.int64)]
    return found


def competence_column(
    kind: ArrayLike, post_course: ArrayLike, technical: ArrayLike, seminar: ArrayLike, *, law: Law
) -> FloatArray:
    """Return the score of kompetensi: *kind* (n) names the group of jabatan, the others (n) say what was attended.

    *post_course* is the leadership course of the post held, or the course of the jabatan fungsional.
    """
    names = np.asarray(kind, dtype=object).astype(str)
    total = np.full(names.shape, np.nan)
    for name, scores in law.value("ipasn.kompetensi").items():
        points = (
            np.asarray(post_course, dtype=bool) * scores["diklat_jabatan"]
            + np.asarray(technical, dtype=bool) * scores["teknis_20jp"]
            + np.asarray(seminar, dtype=bool) * scores["seminar"]
        )
        total = np.where(names == name, points, total)
    return total


def performance_column(score: ArrayLike, *, law: Law) -> FloatArray:
    """Return the score of kinerja for each mark 0-100 (n), rounded to a whole number first; NaN stays NaN."""
    bands = law.value("ipasn.kinerja")
    places = band_index(round_result(score, 0), bands)
    return np.where(places < 0, np.nan, np.array([float(band["skor"]) for band in bands])[places])


def category_column(index: ArrayLike, *, law: Law) -> IndexArray:
    """Return the place in ``ipasn.kategori`` of each index (n) under the policy chosen; NaN is -1."""
    policy = law.value("ipasn.kategori")
    values = round_result(index, 0) if policy["bulatkan"] else np.asarray(index, dtype=np.float64)
    return band_index(values, policy["pita"], strict=not policy["batas_termasuk"])


def trained_jf_column(jf: ArrayLike, *, law: Law) -> NDArray[np.bool_]:
    """Tell for each name of a jabatan fungsional (n) whether it counts as trained without a functional course."""
    known = [fold(name) for name in law.value("ipasn.jf_dianggap_terlatih")]
    names = np.asarray(jf, dtype=object).astype(str)
    distinct, places = np.unique(names, return_inverse=True)
    trained = np.array([any(fold(str(name)).startswith(word) for word in known) for name in distinct], dtype=bool)
    return trained[places.reshape(-1)]


def _category(index: float, law: Law) -> str:
    return str(law.value("ipasn.kategori")["pita"][int(category_column(index, law=law))]["kategori"])


@rule(
    "ipasn.category",
    N_("Kategori indeks profesionalitas ASN"),
    Input("scores", N_("nilai indeks 0 sampai 100; satu angka atau daftar")),
    example={"scores": [100, 90, 80, 70, 60]},
)
def _category_face(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["scores"], list | tuple)
    scores = items(inputs, "scores", lambda value, key: float(as_decimal(value, key, maximum=100)))
    names = [_category(score, law) for score in scores]
    steps = tuple(
        _("Indeks {score}: {name}.").format(score=number(score, 2), name=name)
        for score, name in zip(scores, names, strict=True)
    )
    return Result({"category": one_or_many(names, many=many)}, steps)


def _education(inputs: Mapping[str, Any]) -> int:
    level = int(education_order([text(inputs, "pendidikan")])[0])
    if not level:
        raise InputError(_("pendidikan: '{value}' tidak dikenal; tulis misalnya SLTA, D-III, S-1, S-2").format(
            value=inputs["pendidikan"][:40]))  # fmt: skip
    return level


def _performance(inputs: Mapping[str, Any], law: Law) -> float:
    """Return the score of kinerja from a mark 0-100 or a predikat in words."""
    value = inputs["kinerja"]
    if isinstance(value, str):
        scores = law.value("ipasn.kinerja_predikat")
        return float(scores[as_choice(value, "kinerja", tuple(scores))])
    return float(performance_column(float(as_decimal(value, "kinerja", maximum=100)), law=law))


@rule(
    "ipasn.total",
    N_("Indeks profesionalitas seorang ASN"),
    Input("pendidikan", N_("pendidikan terakhir, misalnya S1")),
    Input("jabatan", N_("kelompok jabatan: structural, functional, pelaksana")),
    Input("jf", N_("nama jabatan fungsional, bila functional"), optional=True),
    Input("diklatpim", N_("sudah mengikuti diklat kepemimpinan sesuai jabatan"), optional=True),
    Input("diklat_fungsional", N_("sudah mengikuti diklat fungsional"), optional=True),
    Input("teknis_20jp", N_("mengikuti diklat teknis paling sedikit 20 JP tahun terakhir"), optional=True),
    Input("seminar", N_("mengikuti seminar, lokakarya atau sejenisnya"), optional=True),
    Input("kinerja", N_("nilai kinerja 0 sampai 100, atau predikat kinerja")),
    Input("disiplin", N_("hukuman disiplin: none, ringan, sedang, berat")),
    example={"pendidikan": "S1", "jabatan": "pelaksana", "teknis_20jp": True, "seminar": False,
             "kinerja": 80, "disiplin": "none"},
)  # fmt: skip
def _total(inputs: Mapping[str, Any], law: Law) -> Result:
    kind = choice(inputs, "jabatan", _KINDS)
    course = boolean(inputs, "diklat_fungsional" if kind == "functional" else "diklatpim", default=False)
    if kind == "functional":
        course = course or bool(trained_jf_column([text(inputs, "jf", default="")], law=law)[0])
    attended = [course, boolean(inputs, "teknis_20jp", default=False), boolean(inputs, "seminar", default=False)]
    parts = {
        "kualifikasi": float(qualification_column(_education(inputs), law=law)),
        "kompetensi": float(competence_column(kind, *attended, law=law)),
        "kinerja": _performance(inputs, law),
        "disiplin": float(law.value("ipasn.disiplin")[choice(inputs, "disiplin", _HUKUMAN)]),
    }
    total = float(round_result(sum(parts.values()), 2))
    category = _category(total, law)
    steps = [_("{part}: {score} poin.").format(part=part, score=number(score, 1)) for part, score in parts.items()]
    steps.append(
        _("Indeks = {terms} = {total}, kategori {category}.").format(
            terms=" + ".join(number(score, 1) for score in parts.values()), total=number(total, 1), category=category
        )
    )
    return Result({**parts, "total": total, "category": category}, tuple(steps))


@rule(
    "ipasn.jf_auto_trained",
    N_("Jabatan fungsional yang dianggap terlatih tanpa diklat fungsional"),
    Input("jf", N_("nama jabatan fungsional; satu atau daftar")),
    Input("functional_course", N_("sudah mengikuti diklat fungsional"), optional=True),
    example={"jf": ["dokter", "analis kepegawaian"], "functional_course": False},
)
def _auto_trained(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["jf"], list | tuple)
    names = items(inputs, "jf", as_text)
    attended = boolean(inputs, "functional_course", default=False)
    trained = [attended or bool(met) for met in trained_jf_column(names, law=law)]
    steps = tuple(
        _("{jf}: {verdict}.").format(jf=name, verdict=_("terhitung terlatih") if met else _("belum terlatih"))
        for name, met in zip(names, trained, strict=True)
    )
    return Result({"trained": one_or_many(trained, many=many)}, steps)
