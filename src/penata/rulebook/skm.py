"""Survei kepuasan masyarakat: index of nine unsur, its mutu, and how many respondents to ask.

NRR of an unsur = sum of answers / respondents; IKM = sum over unsur of NRR x weight x 25. The weight is 1/n exactly;
the rounded weights in use elsewhere stand beside it as variants. Source: Permen PANRB 14/2017.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from penata.language import N_, _, number
from penata.rulebook.bands import FloatArray, IndexArray, band_index, round_result
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_decimal, as_integer, as_items, choice, first_of, given, integer, items, mapping
from penata.rulebook.legislation import Law, load_parameter
from penata.rulebook.rule import Input, InputError, Result, rule

_FRACTION = re.compile(r"(\d{1,6})/([1-9]\d{0,5})")
_LARGEST_POPULATION = 1_000_000_000
_MOST_ANSWERS = 10_000_000
_TOP = 100  # of the scale on which an IKM is written


def weight(unsur: int, *, law: Law, variant: str | None = None) -> float:
    """Return the weight of one of *unsur* elements under the variant of ``skm.bobot`` chosen."""
    policy = law.value("skm.bobot", variant)
    if policy["cara"] == "tetap":
        return float(policy["bobot"])
    exact = 1 / unsur
    return float(round_result(exact, policy["bobot"])) if policy["cara"] == "bulat" else exact


def ikm_column(nrr_sum: ArrayLike, unsur_weight: float, *, law: Law) -> FloatArray:
    """Return the IKM (25-100, two decimals) of each sum of NRR (n), with one weight for every unsur."""
    raw = np.asarray(nrr_sum, dtype=np.float64) * unsur_weight * law.value("skm.nilai_dasar")
    return round_result(raw, 2)


def mutu_index_column(ikm: ArrayLike, *, law: Law) -> IndexArray:
    """Return for each IKM (n) the index of its mutu in ``skm.kategori``; the IKM is rounded to two decimals first."""
    return band_index(round_result(ikm, 2), law.value("skm.kategori"))


def sample_size_column(population: ArrayLike, *, law: Law) -> IndexArray:
    """Return how many respondents to ask of each *population* (n), after Krejcie and Morgan, rounded half up."""
    fixed = law.value("skm.sampel")
    people = np.asarray(population, dtype=np.float64)
    spread = fixed["khi_kuadrat"] * fixed["proporsi"] * (1 - fixed["proporsi"])
    wanted = spread * people / (fixed["galat"] ** 2 * (people - 1) + spread)
    return round_result(wanted, 0).astype(np.int64)


def _mutu(ikm: FloatArray, law: Law) -> list[Mapping[str, Any]]:
    """Return the band of each IKM, refusing what lies outside the scale."""
    bands = law.value("skm.kategori")
    places = mutu_index_column(ikm, law=law)
    if (places < 0).any():
        raise InputError(
            _("ikm: nilai di bawah {least}; periksa skala jawaban").format(least=number(bands[0]["batas"]))
        )
    if (ikm > _TOP).any():
        raise InputError(_("weight: IKM melebihi {top}; periksa bobot dan jumlah unsur").format(top=_TOP))
    return [bands[place] for place in places]


def _as_ikm(value: Any, key: str) -> float:
    return float(as_decimal(value, key, maximum=100))


def _as_weight(value: Any, key: str) -> float:
    """Return a weight written as a number or as a fraction such as ``1/9``."""
    found = _FRACTION.fullmatch(value.strip()) if isinstance(value, str) else None
    exact = Decimal(0)
    share = float(Fraction(int(found[1]), int(found[2]))) if found else 0.0
    if not found:
        exact = as_decimal(value, key, maximum=1, positive=True)
        share = float(exact)
    if not 0 < share <= 1:
        raise InputError(_("{key}: bobot harus lebih dari 0 sampai 1, misalnya 1/9").format(key=key))
    return share


def _nrr(inputs: Mapping[str, Any], law: Law) -> tuple[list[float] | None, float, int]:
    """Return NRR per unsur (None when only their sum is given), their sum, and the number of unsur."""
    scale = law.value("skm.skala_jawaban")
    source = first_of(inputs, "nrr", "totals", "nrr_sum")
    if source == "nrr_sum":
        unsur = len(law.value("skm.unsur"))
        least, most = scale["terendah"] * unsur, scale["tertinggi"] * unsur
        return None, float(as_decimal(inputs["nrr_sum"], "nrr_sum", minimum=least, maximum=most)), unsur

    def read(value: Any, key: str) -> float:
        return float(as_decimal(value, key, minimum=scale["terendah"], maximum=scale["tertinggi"]))

    if source == "nrr":
        given_nrr = inputs["nrr"]
        values = list(mapping(inputs, "nrr").values()) if isinstance(given_nrr, Mapping) else given_nrr
        nrr = as_items(values, "nrr", read)
    else:
        people = integer(inputs, "respondents", minimum=1, maximum=_MOST_ANSWERS)
        totals = as_items(inputs["totals"], "totals", lambda value, key: float(as_decimal(value, key)))
        nrr = [read(total / people, f"totals[{place}]") for place, total in enumerate(totals)]
    return nrr, float(np.sum(nrr)), len(nrr)


def _values(nrr: list[float] | None, nrr_sum: float, unsur: int, law: Law) -> dict[str, Any]:
    """Return what every index shows: NRR, their sum, and the IKM under each weight in use."""
    values: dict[str, Any] = {}
    exact = float(ikm_column(nrr_sum, 1 / unsur, law=law))
    if nrr is not None:
        values["nrr"] = round_result(nrr, 4).tolist()
        # One figure stands for all where every unsur has the same.
        values["nrr_tertimbang_printed"] = one_or_many(
            round_result(np.array(nrr) / unsur, 2).tolist(), many=len(set(nrr)) > 1
        )
    values |= {"sum_nrr": float(round_result(nrr_sum, 4)), "ikm_exact": exact, "printed": exact}
    if unsur == len(law.value("skm.unsur")):
        for key, variant in (("ikm_0111", "0.111"), ("ikm_011", "0.11")):
            fixed = load_parameter("skm.bobot").on(law.as_of, variant).value["bobot"]
            values[key] = float(ikm_column(nrr_sum, fixed, law=law))
    return values


def _index_steps(nrr: list[float] | None, nrr_sum: float, weights: list[float], ikm: FloatArray, law: Law) -> list[str]:
    base = law.value("skm.nilai_dasar")
    steps = []
    if nrr is not None:
        told = " + ".join(number(value, 4) for value in nrr)
        steps.append(_("Jumlah NRR: {terms} = {total}.").format(terms=told, total=number(nrr_sum, 4)))
    else:
        steps.append(_("Jumlah NRR {total}.").format(total=number(nrr_sum, 4)))
    steps += [
        _("IKM = {total} x bobot {weight} x {base} = {ikm}.").format(
            total=number(nrr_sum, 4), weight=number(share, 6), base=base, ikm=number(value, 2)
        )
        for share, value in zip(weights, ikm, strict=True)
    ]
    return steps


def _mutu_step(ikm: float, band: Mapping[str, Any]) -> str:
    return _("IKM {ikm} (dua desimal) termasuk mutu {mutu}, {label}.").format(
        ikm=number(ikm, 2), mutu=band["mutu"], label=band["kinerja"]
    )


_UNIT = Input("unit", N_("nama unit pelayanan, sebagai keterangan"), optional=True)


@rule(
    "skm.ikm",
    N_("Indeks kepuasan masyarakat dari nilai rata-rata tiap unsur"),
    _UNIT,
    Input("nrr", N_("nilai rata-rata tiap unsur, 1 sampai 4, daftar atau nama dan nilai"), optional=True),
    Input("totals", N_("jumlah nilai jawaban tiap unsur; perlu respondents"), optional=True),
    Input("respondents", N_("jumlah responden"), optional=True),
    Input("nrr_sum", N_("jumlah NRR semua unsur bila rinciannya tidak ada"), optional=True),
    Input("weight", N_("bobot tiap unsur, misalnya 1/9 atau 0.111; tanpa isi: menurut varian"), optional=True),
    Input("weights", N_("beberapa bobot untuk dibandingkan"), optional=True),
    example={"respondents": 29, "totals": [105, 101, 100, 116, 102, 105, 106, 105, 115], "weight": "1/9"},
)
def _ikm(inputs: Mapping[str, Any], law: Law) -> Result:
    nrr, nrr_sum, unsur = _nrr(inputs, law)
    many = given(inputs, "weights")
    if many:
        weights = as_items(inputs["weights"], "weights", _as_weight)
    elif given(inputs, "weight"):
        weights = [_as_weight(inputs["weight"], "weight")]
    else:
        weights = [weight(unsur, law=law)]
    ikm = np.array([float(ikm_column(nrr_sum, share, law=law)) for share in weights])
    bands = _mutu(ikm, law)
    values = _values(nrr, nrr_sum, unsur, law)
    values["ikm"] = one_or_many(ikm.tolist(), many=many)
    values["mutu"] = one_or_many([band["mutu"] for band in bands], many=many)
    values["kinerja"] = one_or_many([band["kinerja"] for band in bands], many=many)
    steps = _index_steps(nrr, nrr_sum, weights, ikm, law)
    steps += [_mutu_step(value, band) for value, band in zip(ikm, bands, strict=True)]
    return Result(values, tuple(steps))


@rule(
    "skm.ikm_from_rows",
    N_("Indeks kepuasan masyarakat dari jawaban tiap responden"),
    _UNIT,
    Input("rows", N_("daftar responden, masing-masing daftar jawaban 1 sampai 4 untuk tiap unsur")),
    example={"rows": [[3, 3, 4, 4, 3, 3, 4, 3, 3], [4, 3, 3, 4, 3, 4, 4, 3, 3]]},
)
def _ikm_from_rows(inputs: Mapping[str, Any], law: Law) -> Result:
    scale = law.value("skm.skala_jawaban")

    def answer(value: Any, key: str) -> int:
        return as_integer(value, key, minimum=scale["terendah"], maximum=scale["tertinggi"])

    rows = as_items(inputs["rows"], "rows", lambda row, key: as_items(row, key, answer))
    if len({len(row) for row in rows}) > 1:
        raise InputError(_("rows: setiap responden harus menjawab unsur yang sama banyaknya"))
    answers = np.array(rows)
    totals = answers.sum(axis=0)
    nrr = totals / len(rows)
    found = _ikm({"nrr": nrr.tolist()}, law)
    steps = (_("{people} responden, {unsur} unsur; jumlah tiap unsur: {totals}.").format(
        people=len(rows), unsur=answers.shape[1], totals=", ".join(map(str, totals.tolist()))),)  # fmt: skip
    return Result({"totals": totals.tolist(), "respondents": len(rows), **found.values}, steps + found.steps)


@rule(
    "skm.unsur",
    N_("Nilai rata-rata satu unsur dari banyaknya tiap jawaban"),
    Input("counts", N_("banyaknya responden per nilai jawaban, misalnya {4: 15, 3: 12, 2: 2}")),
    Input("respondents", N_("jumlah responden; tanpa isi: jumlah semua jawaban"), optional=True),
    example={"respondents": 29, "counts": {"4": 15, "3": 12, "2": 2}},
)
def _unsur(inputs: Mapping[str, Any], law: Law) -> Result:
    scale = law.value("skm.skala_jawaban")
    allowed = [str(value) for value in range(scale["terendah"], scale["tertinggi"] + 1)]
    counts = mapping(inputs, "counts")
    if any(answer not in allowed for answer in counts):
        raise InputError(_("counts: nilai jawaban hanya {allowed}").format(allowed=", ".join(allowed)))
    people = {int(answer): as_integer(count, f"counts.{answer}", maximum=_MOST_ANSWERS)
              for answer, count in counts.items()}  # fmt: skip
    answered = sum(people.values())
    respondents = integer(inputs, "respondents", default=answered, minimum=1, maximum=_MOST_ANSWERS)
    if respondents != answered or not answered:
        raise InputError(_("respondents: {respondents} tidak sama dengan jumlah jawaban {answered}").format(
            respondents=respondents, answered=answered))  # fmt: skip
    total = sum(answer * count for answer, count in people.items())
    nrr = float(round_result(total / respondents, 4))
    share = float(round_result(100 * total / respondents / scale["tertinggi"], 2))
    terms = " + ".join(f"{answer} x {count}" for answer, count in sorted(people.items(), reverse=True))
    steps = (
        _("Jumlah nilai: {terms} = {total}.").format(terms=terms, total=total),
        _("NRR = {total} / {respondents} = {nrr}, atau {share} persen dari nilai tertinggi.").format(
            total=total, respondents=respondents, nrr=number(nrr, 4), share=number(share, 2)
        ),
    )
    return Result({"total": total, "nrr": nrr, "percent_of_4": share}, steps)


def _grade(inputs: Mapping[str, Any], law: Law) -> Result:
    """Return the mutu of one IKM or of several."""
    many = isinstance(inputs["ikm"], list | tuple)
    ikm = np.array(items(inputs, "ikm", _as_ikm))
    bands = _mutu(ikm, law)
    values = {
        "mutu": one_or_many([band["mutu"] for band in bands], many=many),
        "kinerja": one_or_many([band["kinerja"] for band in bands], many=many),
    }
    return Result(values, tuple(_mutu_step(value, band) for value, band in zip(ikm, bands, strict=True)))


_IKM = Input("ikm", N_("nilai IKM 25 sampai 100; satu angka atau daftar"))

rule("skm.mutu", N_("Mutu pelayanan dari nilai IKM"), _IKM, example={"ikm": 80.81})(_grade)
rule(
    "skm.category",
    N_("Mutu pelayanan beberapa layanan dari nilai IKM"),
    _IKM,
    Input("services", N_("nama layanan, sebagai keterangan"), optional=True),
    _UNIT,
    Input("respondents", N_("jumlah responden, sebagai keterangan"), optional=True),
    example={"ikm": [75.56, 86.29, 94.61]},
)(_grade)
rule(
    "skm.category_boundary",
    N_("Mutu pelayanan tepat pada batas tiap golongan"),
    _IKM,
    example={"ikm": [64.99, 65.0, 76.6, 76.61, 88.3, 88.31]},
)(_grade)


@rule(
    "skm.sample_size",
    N_("Jumlah responden menurut Krejcie dan Morgan"),
    Input("N", N_("jumlah pengguna layanan (populasi); satu angka atau daftar")),
    example={"N": [100, 500, 10000]},
)
def _sample_size(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["N"], list | tuple)
    people = items(inputs, "N", lambda value, key: as_integer(value, key, minimum=1, maximum=_LARGEST_POPULATION))
    sizes = sample_size_column(people, law=law).tolist()
    fixed = law.value("skm.sampel")
    spread = number(fixed["khi_kuadrat"] * fixed["proporsi"] * (1 - fixed["proporsi"]), 5)
    steps = tuple(
        _(
            "Populasi {people}: {spread} x {people} / ({error}^2 x ({people} - 1) + {spread}) = {size} responden."
        ).format(people=number(count), spread=spread, error=number(fixed["galat"], 2), size=number(size))
        for count, size in zip(people, sizes, strict=True)
    )
    return Result({"S": one_or_many(sizes, many=many)}, steps)


@rule(
    "skm.weight_policy",
    N_("Bobot tiap unsur menurut cara pembulatan"),
    Input("n_unsur", N_("jumlah unsur; satu angka atau daftar")),
    Input("policy", N_("cara: 1/n, round3, 0.111 atau 0.11; tanpa isi: menurut varian"), optional=True),
    example={"n_unsur": [9, 8, 14], "policy": "round3"},
)
def _weight_policy(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["n_unsur"], list | tuple)
    counts = items(inputs, "n_unsur", lambda value, key: as_integer(value, key, minimum=1, maximum=1000))
    policy = choice(inputs, "policy", tuple(load_parameter("skm.bobot").variants), default=None)
    shares = [weight(count, law=law, variant=policy) for count in counts]
    steps = tuple(
        _("{count} unsur: bobot {share}.").format(count=count, share=number(share, 6))
        for count, share in zip(counts, shares, strict=True)
    )
    return Result({"weight": one_or_many(shares, many=many)}, steps)
