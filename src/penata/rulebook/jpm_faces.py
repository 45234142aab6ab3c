"""Rules of the JPM by name. The reckoning is in ``jpm``."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from penata.language import N_, _, number
from penata.rulebook import jpm
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import (
    as_decimal,
    as_items,
    as_mapping,
    choice,
    decimal,
    first_of,
    given,
    integer,
    is_list,
    items,
    mapping,
)
from penata.rulebook.jabatan import as_jabatan
from penata.rulebook.legislation import Law
from penata.rulebook.rounding import half_up, plain
from penata.rulebook.rule import Input, InputError, Result, rule

_STANDARD = Input("standard", N_("tingkat standar per kompetensi: daftar atau {kompetensi: tingkat}"))
_ACHIEVED = Input("achieved", N_("tingkat capaian, bentuk sama; null berarti belum dinilai"))
_LEVELS = {"standard": [3, 3, 3, 2], "achieved": [3, 2, 3, 3]}
_TOP_LEVEL = 100  # an agency may use a finer scale than 0-5


def _level(value: Any, key: str) -> float:
    return np.nan if value is None else float(as_decimal(value, key, maximum=_TOP_LEVEL))


def _pair(inputs: Mapping[str, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return (achieved, standard) as one-row matrices; competences are matched by place or by name."""
    if isinstance(inputs["standard"], Mapping):
        asked, got = mapping(inputs, "standard"), as_mapping(inputs["achieved"], "achieved")
        standard = [_level(value, f"standard.{name[:40]}") for name, value in asked.items()]
        achieved = [_level(got.get(name), f"achieved.{name[:40]}") for name in asked]
    else:
        standard = as_items(inputs["standard"], "standard", _level)
        achieved = as_items(inputs["achieved"], "achieved", _level, length=len(standard))
    if not np.nansum(np.where(np.isnan(achieved), np.nan, standard)) > 0:
        raise InputError(_("standard: tidak ada kompetensi yang berstandar dan sudah dinilai"))
    return np.array([achieved]), np.array([standard])


def _sums(inputs: Mapping[str, Any], law: Law) -> Result:
    achieved, standard = _pair(inputs)
    value = float(jpm.ratio_of_sums_column(achieved, standard, law=law)[0])
    capped = float(jpm.ratio_of_sums_capped_column(achieved, standard, law=law)[0])
    unknown = np.isnan(achieved) | np.isnan(standard)
    got, asked = float(np.sum(achieved[~unknown])), float(np.sum(standard[~unknown]))
    step = _("Jumlah capaian {got} : jumlah standar {asked} x 100 = {jpm} %").format(
        got=number(got, 0), asked=number(asked, 0), jpm=number(value, 2)
    )
    values = {
        "sum_achieved": plain(got),
        "sum_standard": plain(asked),
        "jpm": plain(value, 2),
        "jpm_capped": plain(capped, 2),
        "not_assessed": int(np.count_nonzero(unknown)),
    }
    return Result(values, (step,))


@rule("jpm.ratio_of_sums", N_("JPM sebagai rasio jumlah"), _STANDARD, _ACHIEVED, example=_LEVELS)
def face_sums(inputs: Mapping[str, Any], law: Law) -> Result:
    """Sum of achieved over sum of standard levels."""
    return _sums(inputs, law)


@rule(
    "jpm.ratio_of_sums_uncapped",
    N_("JPM sebagai rasio jumlah, tanpa batas 100 persen"),
    _STANDARD,
    _ACHIEVED,
    example={"standard": [2, 2, 2], "achieved": [3, 3, 2]},
)
def face_sums_uncapped(inputs: Mapping[str, Any], law: Law) -> Result:
    """Show the raw value beside the capped one."""
    return _sums(inputs, law)


@rule("jpm.mean_of_ratios", N_("JPM sebagai rerata rasio per kompetensi"), _STANDARD, _ACHIEVED, example=_LEVELS)
def face_mean(inputs: Mapping[str, Any], law: Law) -> Result:
    """Average the ratio of each competence, each at most 100 percent."""
    achieved, standard = _pair(inputs)
    value = float(jpm.mean_of_ratios_column(achieved, standard, law=law)[0])
    step = _("Rerata rasio tiap kompetensi (paling tinggi 100 %) = {jpm} %").format(jpm=number(value, 2))
    return Result({"jpm": plain(value, 2)}, (step,))


def _categories(inputs: Mapping[str, Any], purpose: str, law: Law) -> Result:
    values = np.array([float(item) for item in items(inputs, "jpm", as_decimal)])
    found = [str(category) for category in jpm.category_column(values, purpose, law=law)]
    steps = tuple(
        _("JPM {jpm} %: {category}").format(jpm=number(float(value), 2), category=category)
        for value, category in zip(values, found, strict=True)
    )
    return Result({"category": one_or_many(found, many=is_list(inputs, "jpm"))}, steps)


@rule(
    "jpm.category.selection",
    N_("Kategori JPM untuk seleksi: MS, MMS, KMS"),
    Input("jpm", N_("satu JPM atau daftar (persen)")),
    example={"jpm": [80, 79.99, 67.99]},
)
def face_selection(inputs: Mapping[str, Any], law: Law) -> Result:
    """Grade for filling a post."""
    return _categories(inputs, "seleksi", law)


@rule(
    "jpm.category.mapping",
    N_("Kategori JPM untuk pemetaan: optimal, cukup optimal, kurang optimal"),
    Input("jpm", N_("satu JPM atau daftar (persen)")),
    example={"jpm": [90, 78, 77.99]},
)
def face_mapping(inputs: Mapping[str, Any], law: Law) -> Result:
    """Grade for mapping of competence."""
    return _categories(inputs, "pemetaan", law)


@rule(
    "jpm.combined_pass",
    N_("JPM gabungan uji kompetensi teknis dengan manajerial dan sosial kultural, dan kelulusannya"),
    Input("teknis", N_("nilai teknis (persen)")),
    Input("mansoskul", N_("nilai manajerial dan sosial kultural (persen)")),
    Input("jenjang", N_("ahli pertama, ahli muda, atau ahli madya"), optional=True),
    Input("weights", N_("bobot {teknis, mansoskul}, jumlah 100; tanpa isian menurut jenjang"), optional=True),
    example={"jenjang": "ahli muda", "teknis": 70, "mansoskul": 66},
)
def face_combined(inputs: Mapping[str, Any], law: Law) -> Result:
    """Weigh both parts and compare with the bound."""
    if first_of(inputs, "weights", "jenjang") == "weights":
        chosen = mapping(inputs, "weights")
        weights = {part: decimal(chosen, part) for part in ("teknis", "mansoskul")}
    else:
        table = law.value("jpm.pembobotan")
        chosen = table[choice(inputs, "jenjang", list(table))]
        weights = {part: Decimal(str(chosen[part])) for part in ("teknis", "mansoskul")}
    if sum(weights.values()) != 100:
        raise InputError(_("weights: jumlah bobot {total}, seharusnya 100").format(total=sum(weights.values())))
    total = sum((weights[part] * decimal(inputs, part, maximum=1000) for part in weights), Decimal(0)) / 100
    bound = Decimal(str(law.value("jpm.lulus")))
    steps = (
        _("{wt} % x teknis + {wm} % x manajerial dan sosial kultural = {jpm}").format(
            wt=weights["teknis"], wm=weights["mansoskul"], jpm=number(float(total), 2)
        ),
        _("Batas lulus {bound}: {verdict}").format(
            bound=number(float(bound), 0), verdict=_("lulus") if total >= bound else _("tidak lulus")
        ),
    )
    return Result({"jpm": plain(total, 2), "pass": total >= bound}, steps)


@rule(
    "jpm.agency_share",
    N_("Bagian pegawai yang memenuhi standar kompetensi"),
    Input("meeting_standard", N_("pegawai yang memenuhi standar")),
    Input("assessed", N_("pegawai yang dinilai")),
    Input("target", N_("sasaran (persen)"), optional=True),
    example={"meeting_standard": 57, "assessed": 100, "target": 55},
)
def face_share(inputs: Mapping[str, Any], _law: Law) -> Result:
    """Share in percent, and how far it reaches the target."""
    assessed = integer(inputs, "assessed", minimum=1)
    meeting = integer(inputs, "meeting_standard", maximum=assessed)
    share = Decimal(100) * meeting / assessed
    values: dict[str, Any] = {"share": plain(share, 2)}
    steps = [_("{meeting} dari {assessed} = {share} %").format(
        meeting=meeting, assessed=assessed, share=number(float(share), 2))]  # fmt: skip
    if given(inputs, "target"):
        target = decimal(inputs, "target", minimum=0.01, maximum=100)
        achievement = half_up(100 * share / target, 1)
        values["achievement"] = plain(achievement)
        steps.append(_("Capaian terhadap sasaran {target} %: {achievement} %").format(
            target=number(float(target), 2), achievement=number(float(achievement), 1)))  # fmt: skip
    return Result(values, tuple(steps))


@rule(
    "jpm.standar",
    N_("Tingkat kompetensi manajerial dan sosial kultural yang lazim"),
    Input("jabatan", N_("satu jabatan atau daftar: JPT pratama, administrator, JF ahli muda ...")),
    example={"jabatan": ["JPT pratama", "JF ahli muda", "pelaksana"]},
)
def face_standard(inputs: Mapping[str, Any], law: Law) -> Result:
    """Look the usual standard level up."""
    pairs = items(inputs, "jabatan", as_jabatan)
    levels = jpm.standard_level_column(
        np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs]), law=law
    )
    found = [int(level) or None for level in levels]
    steps = tuple(
        _("{jabatan}: tingkat {level}").format(jabatan=" ".join(pair).strip(), level=level or "-")
        for pair, level in zip(pairs, found, strict=True)
    )
    return Result({"level": one_or_many(found, many=is_list(inputs, "jabatan"))}, steps)
