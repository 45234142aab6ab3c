"""Angka kredit of a pejabat fungsional by conversion of the predikat kinerja.

PermenPANRB 1/2023, Peraturan BKN 3/2023. A year gives predikat (percent) times the koefisien of the jenjang; a shorter
period its twelfths. Yearly values are exact, periodic and cumulative ones rounded half-up to ``ak.desimal``.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.language import N_, _, number
from penata.rulebook.cases import one_or_many, read_cases
from penata.rulebook.golongan import normalise, order
from penata.rulebook.inputs import REQUIRED, as_decimal, boolean, choice, decimal, first_of, integer, items, text
from penata.rulebook.jabatan import JENJANG_ORDER
from penata.rulebook.kinerja import as_predikat
from penata.rulebook.legislation import Law
from penata.rulebook.lookup import number_of
from penata.rulebook.rounding import half_up, half_up_column, plain
from penata.rulebook.rule import Input, InputError, Result, rule

_MONTHS = 12  # in a year
_PERCENT = 100
_PREDIKAT = Input("predikat", N_("predikat kinerja, misalnya Baik"), optional=True)
_JENJANG = Input("jenjang", N_("jenjang jabatan fungsional, misalnya ahli muda"), optional=True)
_KOEFISIEN = Input("koefisien", N_("koefisien per tahun; tanpa isian menurut jenjang"), optional=True)


def annual_column(jenjang: NDArray[np.str_], predikat: NDArray[np.str_], *, law: Law) -> NDArray[np.float64]:
    """Return the angka kredit of one year (n); NaN where jenjang or predikat is unknown."""
    percent = number_of(predikat, law.value("ak.predikat_persen"))
    return number_of(jenjang, law.value("ak.koefisien")) * percent / _PERCENT


def periodic_column(
    jenjang: NDArray[np.str_], predikat: NDArray[np.str_], months: NDArray[np.int64], *, law: Law
) -> NDArray[np.float64]:
    """Return the angka kredit of *months* (n, 1..12) in the period, rounded to ``ak.desimal``."""
    return half_up_column(annual_column(jenjang, predikat, law=law) * months / _MONTHS, int(law.value("ak.desimal")))


def ak_dasar(jenjang: str, golongan: str, *, law: Law) -> Decimal:
    """Return the basic angka kredit with which *golongan* begins inside *jenjang*: one threshold per pangkat passed.

    Raises ValueError when the golongan does not belong to the jenjang.
    """
    entry = law.value("ak.ambang")[jenjang]
    return Decimal(str(entry["pangkat"])) * list(entry["golongan"]).index(golongan)


def _annual(case: Mapping[str, Any], law: Law) -> tuple[Decimal, str]:
    """Return the exact angka kredit of one year and the step that shows it."""
    predikat = as_predikat(case, "predikat", law, default=REQUIRED)
    percent = Decimal(str(law.value("ak.predikat_persen")[predikat]))
    table = law.value("ak.koefisien")
    first_of(case, "koefisien", "jenjang")
    jenjang = choice(case, "jenjang", list(table), default=None)
    by_law = Decimal(str(table[jenjang])) if jenjang else None
    koefisien = decimal(case, "koefisien", default=by_law, maximum=1000)
    found = percent * koefisien / _PERCENT
    step = _("{predikat} {percent} % x koefisien {koefisien} = {ak}").format(
        predikat=predikat.title(), percent=percent, koefisien=number(float(koefisien), 2), ak=number(float(found), 4)
    )
    if by_law is not None and koefisien != by_law:
        step += _(" (koefisien {jenjang} menurut rulebook {by_law})").format(
            jenjang=jenjang, by_law=number(float(by_law), 2)
        )
    return found, step


@rule(
    "ak.annual",
    N_("Angka kredit satu tahun"),
    _JENJANG,
    _KOEFISIEN,
    _PREDIKAT,
    Input("cases", N_("daftar [jenjang, koefisien, predikat] bila lebih dari satu"), optional=True),
    example={"jenjang": "ahli pertama", "predikat": "Sangat Baik"},
)
def face_annual(inputs: Mapping[str, Any], law: Law) -> Result:
    """Predikat times koefisien."""
    cases, many = read_cases(inputs, ("jenjang", "koefisien", "predikat"))
    found = [_annual(case, law) for case in cases]
    return Result(
        {"ak": one_or_many([plain(ak) for ak, _step in found], many=many)}, tuple(step for _ak, step in found)
    )


@rule(
    "ak.periodic",
    N_("Angka kredit periodik (kurang dari setahun)"),
    _JENJANG,
    _KOEFISIEN,
    _PREDIKAT,
    Input("months", N_("bulan dalam periode (1-12)")),
    example={"jenjang": "ahli pertama", "predikat": "Baik", "months": 2},
)
def face_periodic(inputs: Mapping[str, Any], law: Law) -> Result:
    """Twelfths of the yearly angka kredit."""
    months = integer(inputs, "months", minimum=1, maximum=_MONTHS)
    annual, step = _annual(inputs, law)
    places = int(law.value("ak.desimal"))
    exact = annual * months / _MONTHS
    return Result(
        {"ak": plain(exact, places)},
        (
            step,
            _("{months}/12 x {annual} = {exact}, dibulatkan {ak}").format(
                months=months,
                annual=number(float(annual), 4),
                exact=number(float(exact), 4),
                ak=number(float(half_up(exact, places)), places),
            ),
        ),
    )


@rule(
    "ak.accumulate",
    N_("Angka kredit kumulatif"),
    Input("parts", N_("daftar angka kredit")),
    example={"parts": [18.75, 2.08]},
)
def face_accumulate(inputs: Mapping[str, Any], law: Law) -> Result:
    """Sum of the parts."""
    parts = items(inputs, "parts", lambda value, key: as_decimal(value, key, maximum=1e6))
    total = half_up(sum(parts, Decimal(0)), int(law.value("ak.desimal")))
    written = " + ".join(number(float(part), 3) for part in parts)
    return Result({"ak": plain(total)}, (_("{parts} = {total}").format(parts=written, total=total),))


def _golongan(inputs: Mapping[str, Any]) -> str:
    found = normalise(text(inputs, "golongan"))
    if found is None or "/" not in found:
        raise InputError(_("golongan: tulis golongan ruang PNS, misalnya III/c"))
    return found


@rule(
    "ak.perpindahan",
    N_("Angka kredit pada perpindahan dari jabatan administrasi ke jabatan fungsional"),
    Input("from", N_("jabatan asal, misalnya pelaksana atau administrator"), optional=True),
    Input("golongan", N_("golongan ruang sekarang")),
    Input("target", N_("jenjang yang dituju")),
    _PREDIKAT,
    Input("tahun_dalam_pangkat", N_("masa kepangkatan (tahun)"), optional=True),
    Input("pangkat_puncak", N_("sudah di pangkat puncak jabatan administrasi (ya/tidak)"), optional=True),
    example={"from": "pengawas", "golongan": "III/d", "target": "ahli muda", "pangkat_puncak": True},
)
def face_perpindahan(inputs: Mapping[str, Any], law: Law) -> Result:
    """Convert the years in rank; a pelaksana above the golongan of the jenjang gets the fixed amount first."""
    text(inputs, "from", default="")
    rules_of = law.value("ak.perpindahan")
    target, golongan = choice(inputs, "target", list(JENJANG_ORDER)), _golongan(inputs)
    predikat = as_predikat(inputs, "predikat", law, default=rules_of["predikat"])
    if golongan in law.value("ak.ambang")[target]["golongan"]:
        return _within(inputs, target, golongan, predikat, law)
    fixed = rules_of["pelaksana_di_atas_jenjang"].get(target)
    following = rules_of["jenjang_berikut"].get(target)
    if fixed is None or following is None or not _above(golongan, target, law):
        raise InputError(_("golongan: {golongan} tidak termasuk jenjang {target} ({range})").format(
            golongan=golongan, target=target,
            range=", ".join(law.value("ak.ambang")[target]["golongan"])))  # fmt: skip
    wait, later = int(rules_of["tahun_sebelum_jenjang_berikut"]), _years(following, predikat, None, law)
    key = following.replace(" ", "_")
    steps = (
        _("Golongan {golongan} di atas jenjang {target}: diberikan {fixed} angka kredit").format(
            golongan=golongan, target=target, fixed=fixed
        ),
        _("Setelah paling sedikit {wait} tahun, predikat minimal baik, ada kebutuhan, dan lulus uji kompetensi, ke "
          "{following}: {later} angka kredit").format(wait=wait, following=following, later=number(float(later), 2)),
    )  # fmt: skip
    return Result({"ak": plain(Decimal(fixed)), f"then_{key}_after_years": wait, f"ak_on_{key}": plain(later)}, steps)


def _above(golongan: str, jenjang: str, law: Law) -> bool:
    """Tell whether *golongan* lies above every golongan of *jenjang*."""
    present, highest = order(np.array([golongan, law.value("ak.ambang")[jenjang]["golongan"][-1]]))
    return bool(present > highest)


def _years(jenjang: str, predikat: str, years: Decimal | None, law: Law) -> Decimal:
    """Return predikat times koefisien times years in rank; None stands for the years counted at the peak rank."""
    percent = Decimal(str(law.value("ak.predikat_persen")[predikat]))
    koefisien = Decimal(str(law.value("ak.koefisien")[jenjang]))
    counted = Decimal(law.value("ak.perpindahan")["tahun_pangkat_puncak"]) if years is None else years
    return half_up(percent * koefisien * counted / _PERCENT, int(law.value("ak.desimal")))


def _within(inputs: Mapping[str, Any], target: str, golongan: str, predikat: str, law: Law) -> Result:
    """Angka kredit of someone whose golongan belongs to the jenjang."""
    peak = boolean(inputs, "pangkat_puncak", default=False)
    if not peak:
        first_of(inputs, "tahun_dalam_pangkat", "pangkat_puncak")
    years = None if peak else decimal(inputs, "tahun_dalam_pangkat", maximum=40)
    converted, basic = _years(target, predikat, years, law), ak_dasar(target, golongan, law=law)
    steps = (
        _("{predikat} x koefisien {target} x {years} = {ak}").format(
            predikat=predikat.title(),
            target=target,
            years=_("tahun pangkat puncak") if peak else _("{n} tahun").format(n=years),
            ak=number(float(converted), 2),
        ),
        _("Angka kredit dasar {golongan}: {basic}").format(golongan=golongan, basic=number(float(basic), 2)),
    )
    return Result({"ak": plain(converted), "ak_dasar": plain(basic), "total": plain(converted + basic)}, steps)


@rule(
    "ak.kenaikan_pangkat",
    N_("Kecukupan angka kredit untuk naik pangkat dan naik jenjang"),
    Input("jenjang", N_("jenjang jabatan fungsional")),
    Input("golongan", N_("golongan ruang sekarang")),
    Input("ak", N_("angka kredit kumulatif dalam jenjang, termasuk angka kredit dasar")),
    example={"jenjang": "ahli muda", "golongan": "III/c", "ak": 112.5},
)
def face_kenaikan(inputs: Mapping[str, Any], law: Law) -> Result:
    """Compare with the thresholds of the next pangkat and the next jenjang."""
    table = law.value("ak.ambang")
    jenjang, golongan = choice(inputs, "jenjang", list(table)), _golongan(inputs)
    have = decimal(inputs, "ak", maximum=1e6)
    ranks = list(table[jenjang]["golongan"])
    if golongan not in ranks:
        raise InputError(_("golongan: {golongan} tidak termasuk jenjang {jenjang} ({ranks})").format(
            golongan=golongan, jenjang=jenjang, ranks=", ".join(ranks)))  # fmt: skip
    whole = table[jenjang]["jenjang"]
    last = golongan == ranks[-1]
    step_up = ak_dasar(jenjang, golongan, law=law) + Decimal(str(table[jenjang]["pangkat"]))
    need = None if last and whole is None else step_up
    steps, values = [], dict[str, Any]()
    for what, bound in (("pangkat", need), ("jenjang", None if whole is None else Decimal(str(whole)))):
        values[f"{what}_minimum"] = None if bound is None else plain(bound)
        values[f"{what}_selisih"] = None if bound is None else plain(have - bound)
        values[f"{what}_cukup"] = None if bound is None else have >= bound
        steps.append(
            _("Naik {what}: tidak ada lagi dalam jenjang {jenjang}").format(what=what, jenjang=jenjang)
            if bound is None
            else _("Naik {what}: perlu {bound}, ada {have}, selisih {gap}").format(
                what=what,
                bound=number(float(bound), 2),
                have=number(float(have), 3),
                gap=number(float(have - bound), 3),
            )
        )
    return Result(values, tuple(steps))


@rule(
    "ak.pendidikan",
    N_("Tambahan angka kredit karena pendidikan lebih tinggi"),
    Input("jenjang", N_("jenjang jabatan fungsional")),
    example={"jenjang": "ahli muda"},
)
def face_pendidikan(inputs: Mapping[str, Any], law: Law) -> Result:
    """A share of the angka kredit that one pangkat asks for."""
    table = law.value("ak.ambang")
    jenjang = choice(inputs, "jenjang", list(table))
    share, bound = Decimal(str(law.value("ak.pendidikan"))), Decimal(str(table[jenjang]["pangkat"]))
    found = share * bound / _PERCENT
    step = _("{share} % x {bound} = {ak}").format(share=share, bound=bound, ak=number(float(found), 2))
    return Result({"ak": plain(found)}, (step,))


@rule(
    "ak.integrasi",
    N_("Angka kredit integrasi dari angka kredit konvensional"),
    Input("konvensional", N_("angka kredit konvensional yang terkumpul")),
    Input("nilai_dasar", N_("nilai dasar golongan menurut tabel penyesuaian")),
    example={"konvensional": 265.5, "nilai_dasar": 200},
)
def face_integrasi(inputs: Mapping[str, Any], law: Law) -> Result:
    """Conventional angka kredit less the basic value of the golongan."""
    have, basic = decimal(inputs, "konvensional", maximum=1e6), decimal(inputs, "nilai_dasar", maximum=1e6)
    if basic > have:
        raise InputError(_("nilai_dasar: melebihi angka kredit konvensional; periksa golongannya"))
    found = half_up(have - basic, int(law.value("ak.desimal")))
    return Result({"ak": plain(found)}, (_("{have} - {basic} = {ak}").format(have=have, basic=basic, ak=found),))
