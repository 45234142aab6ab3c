"""The way into a jabatan fungsional: the highest age and the requirements of a perpindahan from another post.

Source: Permen PANRB 1/2023; the ages were read for one JF, others may be stricter.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.language import N_, _, number
from penata.rulebook.bands import FloatArray
from penata.rulebook.cases import one_or_many, read_cases
from penata.rulebook.inputs import boolean, choice, decimal
from penata.rulebook.jabatan import JENJANG_ORDER
from penata.rulebook.legislation import Law
from penata.rulebook.pengangkatan import (
    AGE,
    EDUCATION,
    FIELD_YEARS,
    OPTIONAL,
    answer,
    asked_steps,
    judge,
    to_optional,
)
from penata.rulebook.rule import Input, Result, rule
from penata.rulebook.syarat import requirement

_SAME_FAMILY = " from same family"
_WAYS = ("perpindahan", "pengangkatan")
_JENJANG_INPUT = Input("jenjang", N_("jenjang yang dituju, misalnya ahli muda"), optional=True)
_FAMILY_INPUT = Input("same_family", N_("berasal dari JF lain dalam rumpun yang sama atau tidak"), optional=True)


def transfer_age_limit_column(jenjang: ArrayLike, same_family: ArrayLike, *, law: Law) -> FloatArray:
    """Return the highest age (years) for a perpindahan into each jenjang of the (n) text array; unknown jenjang NaN.

    *same_family* tells who comes from another JF of the same rumpun.
    """
    asked = law.value("syarat.perpindahan_fungsional")
    names = np.asarray(jenjang, dtype=object).astype(str)
    limits = np.full(names.shape, np.nan)
    for name, age in asked["usia_maks"].items():
        limits[names == name] = age
    for name, age in asked["usia_maks_rumpun_sama"].items():
        limits[(names == name) & np.asarray(same_family, dtype=bool)] = age
    return limits


def transfer_age_allowed_column(
    jenjang: ArrayLike, age: ArrayLike, same_family: ArrayLike, *, law: Law
) -> NDArray[np.bool_]:
    """Tell for each person whether the *age* (years) still allows a perpindahan into *jenjang*."""
    allowed: NDArray[np.bool_] = np.asarray(age, dtype=np.float64) <= transfer_age_limit_column(
        jenjang, same_family, law=law
    )
    return allowed


def _jenjang_of(case: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the jenjang and whether the person comes from the same rumpun, which may be written behind it."""
    value = case.get("jenjang")
    from_family = boolean(case, "same_family", default=False)
    if isinstance(value, str) and value.casefold().rstrip().endswith(_SAME_FAMILY):
        case = {**case, "jenjang": value.rstrip()[: -len(_SAME_FAMILY)]}
        from_family = True
    return choice(case, "jenjang", JENJANG_ORDER), from_family


@rule(
    "jf.perpindahan_age",
    N_("Batas usia perpindahan ke jabatan fungsional menurut jenjang"),
    _JENJANG_INPUT,
    *to_optional(AGE),
    _FAMILY_INPUT,
    Input("cases", N_("daftar kasus [jenjang, usia] bila lebih dari satu"), optional=True),
    example={"cases": [["ahli muda", 53], ["ahli madya", 56]]},
)
def _perpindahan_age(inputs: Mapping[str, Any], law: Law) -> Result:
    cases, many = read_cases(inputs, ("jenjang", "age", "same_family"))
    targets = [_jenjang_of(case) for case in cases]
    ages = [float(decimal(case, "age", maximum=120)) for case in cases]
    jenjang = [name for name, _family in targets]
    family = [same for _name, same in targets]
    limits = transfer_age_limit_column(jenjang, family, law=law)
    allowed = [bool(met) for met in transfer_age_allowed_column(jenjang, ages, family, law=law)]
    steps = [
        _("{jenjang}: usia {age} tahun, paling tinggi {limit} tahun: {verdict}.").format(
            jenjang=name,
            age=number(age, 1),
            limit=number(limit),
            verdict=_("masih boleh") if met else _("tidak boleh lagi"),
        )
        for name, age, limit, met in zip(jenjang, ages, limits, allowed, strict=True)
    ]
    values = {
        "allowed": one_or_many(allowed, many=many),
        "limit": one_or_many([float(limit) for limit in limits], many=many),
    }
    return Result(values, tuple(steps))


@rule(
    "fungsional.eligible",
    N_("Syarat pengangkatan dalam jabatan fungsional"),
    _JENJANG_INPUT,
    *to_optional(EDUCATION, FIELD_YEARS, AGE),
    Input("way", N_("perpindahan (dari jabatan lain) atau pengangkatan; tanpa isi: perpindahan"), optional=True),
    _FAMILY_INPUT,
    Input("status", N_("status pegawai: pns, cpns, pppk"), optional=True),
    *OPTIONAL,
    example={"jenjang": "ahli muda", "education": "S1", "field_years": 3, "age": 45, "performance_good_years": 2},
)
def _eligible(inputs: Mapping[str, Any], law: Law) -> Result:
    keys = ("jenjang", "education", "field_years", "age", "way", "same_family", "status",
            *(item.key for item in OPTIONAL if item.key != "cases"))  # fmt: skip
    cases, many = read_cases(inputs, keys)
    verdicts = []
    steps: list[str] = []
    for case in cases:
        jenjang, family = _jenjang_of(case)
        transfer = choice(case, "way", _WAYS, default=_WAYS[0]) == _WAYS[0]
        jenis = "perpindahan fungsional" if transfer else "fungsional"
        syarat = requirement(jenis, jenjang, same_rumpun=family, law=law)
        needed = ("education", "field_years", "age") if transfer else ("education",)
        verdicts.append(judge(syarat, case, needed=needed))
        steps += asked_steps(syarat)
    return answer(verdicts, tuple(dict.fromkeys(steps)), many=many)
