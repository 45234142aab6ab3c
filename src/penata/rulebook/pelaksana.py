"""Jabatan pelaksana: which decree names the posts on a day, and the education they ask.

Sources: Kepmen PANRB 11/2024, Kepmen PANRB 282/2025; the classes of the older decree stay until set anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from penata.language import N_, _, day
from penata.rulebook.cases import one_or_many, read_cases
from penata.rulebook.inputs import as_day, items, text
from penata.rulebook.legislation import InForce, Law, NotInForceError
from penata.rulebook.pengangkatan import EDUCATION, OPTIONAL, answer, asked_steps, judge, to_optional
from penata.rulebook.rule import Input, InputError, Result, rule
from penata.rulebook.syarat import Syarat, fold, requirement


def nomenclature_on(on: date, *, law: Law) -> InForce:
    """Return the decree that names the jabatan pelaksana on the day *on*, whatever day *law* is asked for."""
    found = Law(on, law.settings, law.overlay).parameter("pelaksana.nomenklatur")
    law.used[found.name] = found
    return found


def requirement_of(jabatan: str, *, law: Law) -> Syarat:
    """Return what is asked for one jabatan pelaksana, with the passing exception for some of them."""
    syarat = requirement("pelaksana", law=law)
    exception = syarat.basis.value.get("pengecualian")
    if exception and law.as_of <= exception["sampai"] and fold(jabatan) in map(fold, exception["jabatan"]):
        return replace(syarat, pendidikan_min=exception["pendidikan_min"])
    return syarat


@rule(
    "pelaksana.nomenclature_version",
    N_("Keputusan nomenklatur jabatan pelaksana yang berlaku pada suatu tanggal"),
    Input("dates", N_("tanggal TTTT-BB-HH; satu atau daftar")),
    example={"dates": ["2025-07-14", "2025-07-15"]},
)
def _nomenclature(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["dates"], list | tuple)
    decrees = []
    deadline = None
    steps = []
    for on in items(inputs, "dates", as_day):
        try:
            found = nomenclature_on(on, law=law)
        except NotInForceError as error:
            raise InputError(_("dates: {reason}").format(reason=error)) from error
        decrees.append(found.value["keputusan"])
        deadline = found.value["batas_penyesuaian"] or deadline
        steps.append(_("{day}: berlaku {decree}.").format(day=day(on), decree=decrees[-1]))
    if deadline:
        steps.append(_("Instansi menyesuaikan nomenklatur paling lambat {day}.").format(day=day(deadline)))
    return Result(
        {
            "decree": one_or_many(decrees, many=many),
            "adapt_deadline": deadline.isoformat() if deadline else None,
        },
        tuple(steps),
    )


@rule(
    "pelaksana.eligible",
    N_("Syarat pengangkatan dalam jabatan pelaksana"),
    *to_optional(EDUCATION),
    Input("jabatan", N_("nama jabatan pelaksana yang dituju"), optional=True),
    Input("status", N_("status pegawai: pns, cpns, pppk, pppk paruh waktu"), optional=True),
    *OPTIONAL,
    example={"education": "SLTA", "jabatan": "Pengadministrasi Perkantoran", "status": "pns"},
)
def _eligible(inputs: Mapping[str, Any], law: Law) -> Result:
    keys = ("education", "jabatan", "status", *(item.key for item in OPTIONAL if item.key != "cases"))
    cases, many = read_cases(inputs, keys)
    verdicts = []
    steps: list[str] = []
    for case in cases:
        syarat = requirement_of(text(case, "jabatan", default=""), law=law)
        verdicts.append(judge(syarat, case, needed=("education",)))
        steps += asked_steps(syarat)
    return answer(verdicts, tuple(dict.fromkeys(steps)), many=many)
