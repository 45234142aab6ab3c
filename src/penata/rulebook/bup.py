"""Batas usia pensiun and pension date.

BUP follows the jenis jabatan (UU 20/2023), for a pejabat fungsional the jenjang (PP 11/2017), for guru, dosen, peneliti
and perekayasa their own laws (UU 14/2005, UU 12/2012, UU 11/2019), and an agency's entry for one jabatan before all.
PPPK end at the same ages. Never the golongan: that is a widespread mistake.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.language import N_, _
from penata.language import day as written_day
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_choice, as_day, choice, day, given, integer, is_list, items, text
from penata.rulebook.jabatan import JENJANG_ORDER, as_jabatan
from penata.rulebook.legislation import Law
from penata.rulebook.lookup import rank_of
from penata.rulebook.rule import Input, InputError, Result, rule


def bup_column(
    jenis: NDArray[np.str_],
    jenjang: NDArray[np.str_],
    rumpun_or_name: NDArray[np.str_],
    override: NDArray[np.int16] | None = None,
    *,
    law: Law,
) -> NDArray[np.int16]:
    """Return the BUP in years (n); 0 where jenis, or the jenjang of a pejabat fungsional, is unknown.

    *rumpun_or_name* is the name of the jabatan (or its rumpun) by which own laws of a family are found. *override*
    holds the BUP that the catalogue gives for the jabatan, 0 for none.
    """
    by_jenis: Mapping[str, int] = law.value("bup.jenis")
    by_jenjang: Mapping[str, int] = law.value("bup.jenjang")
    functional = np.asarray(jenis) == "fungsional"
    ages = np.where(functional, rank_of(jenjang, by_jenjang), rank_of(jenis, by_jenis))
    own = _family_column(functional, jenjang, rumpun_or_name, law.value("bup.keluarga"))
    ages = np.where(own > 0, own, ages)
    return ages.astype(np.int16) if override is None else np.where(override > 0, override, ages).astype(np.int16)


def _family_column(
    functional: NDArray[np.bool_], jenjang: NDArray[np.str_], names: NDArray[np.str_], families: list[Mapping[str, Any]]
) -> NDArray[np.int16]:
    """Return the BUP by the law of the family (n), 0 where none applies; each distinct name is judged once."""
    distinct, where = np.unique(np.asarray(names, dtype=np.str_), return_inverse=True)
    family = np.array([_family(str(name), families) for name in distinct], dtype=np.int64)[where.reshape(-1)]
    ages = np.zeros(len(family), dtype=np.int16)
    for index, entry in enumerate(families):
        chosen = functional & (family == index)
        bup = entry["bup"]
        ages[chosen] = rank_of(np.asarray(jenjang)[chosen], bup) if isinstance(bup, Mapping) else int(bup)
    return ages


def _family(name: str, families: list[Mapping[str, Any]]) -> int:
    """Return the index of the family that *name* begins with, or -1."""
    folded = re.sub(r"[^a-z]+", " ", name.lower()).strip() + " "
    for index, entry in enumerate(families):
        if any(folded.startswith(f"{word} ") for word in entry["kata"]):
            return index
    return -1


def transition_2017(jenjang: str, old_bup: int, birth: NDArray[np.datetime64], *, law: Law) -> NDArray[np.int16]:
    """Return the BUP (n) of pejabat fungsional *jenjang* whose BUP was *old_bup* before 7 April 2017, by birth date."""
    rule_of = law.parameter("bup.transisi_2017")
    present = int(law.value("bup.jenjang")[jenjang])
    ages = np.full(len(birth), present, dtype=np.int16)
    madya, others = rule_of.value["ahli_madya"], rule_of.value["lainnya"]
    if jenjang == "ahli madya" and old_bup == madya["bup_lama"]:
        ages[birth < np.datetime64(madya["lahir_sebelum"])] = madya["bup"]
    if jenjang in others["jenjang"] and old_bup == others["bup_lama"]:
        first = rule_of.since
        ages[birth < np.datetime64(first.replace(year=first.year - int(others["usia_lebih_dari"])))] = others["bup"]
    return ages


def pension_date_column(birth: NDArray[np.datetime64], bup: NDArray[np.int16]) -> NDArray[np.datetime64]:
    """Return the pension dates (n, datetime64[D]): the first day of the month after the month in which BUP is reached.

    NaT where the birth date is NaT or the BUP is 0.
    """
    months = birth.astype("datetime64[M]") + (12 * bup.astype(np.int64) + 1)
    return np.where(bup > 0, months.astype("datetime64[D]"), np.datetime64("NaT", "D"))


@rule(
    "bup",
    N_("Batas usia pensiun menurut jabatan, dan tanggal pensiun bila tanggal lahir diberikan"),
    Input("jabatan", N_("satu jabatan atau daftar: JPT utama, administrator, JF ahli madya, pelaksana ...")),
    Input("status", N_("PNS atau PPPK; batasnya sama"), optional=True),
    Input("nama_jabatan", N_("nama jabatan atau rumpun, bagi guru, dosen, peneliti, perekayasa"), optional=True),
    Input("lahir", N_("tanggal lahir (TTTT-BB-HH), untuk tanggal pensiun"), optional=True),
    example={"jabatan": ["JPT pratama", "JF ahli madya", "pelaksana"], "lahir": "1970-05-20"},
)
def face_bup(inputs: Mapping[str, Any], law: Law) -> Result:
    """Give the BUP of each jabatan."""
    choice(inputs, "status", ("PNS", "CPNS", "PPPK"), default="PNS")
    pairs = items(inputs, "jabatan", as_jabatan)
    name = text(inputs, "nama_jabatan", default="")
    ages = bup_column(
        np.array([pair[0] for pair in pairs]),
        np.array([pair[1] for pair in pairs]),
        np.array([name] * len(pairs)),
        law=law,
    )
    for index, age in enumerate(ages):
        if not age:
            raise InputError(_("jabatan[{index}]: jenjang fungsional belum disebut; contoh: JF ahli muda").format(
                index=index))  # fmt: skip
    many = is_list(inputs, "jabatan")
    values: dict[str, Any] = {"bup": one_or_many([int(age) for age in ages], many=many)}
    steps = [
        _("{jabatan}: BUP {bup} tahun").format(jabatan=" ".join(pair).strip(), bup=int(age))
        for pair, age in zip(pairs, ages, strict=True)
    ]
    if given(inputs, "lahir"):
        born = _birth(day(inputs, "lahir"), "lahir")
        dates: list[date] = pension_date_column(np.full(len(ages), np.datetime64(born, "D")), ages).tolist()
        values["tanggal_pensiun"] = one_or_many([found.isoformat() for found in dates], many=many)
        steps += [
            _("Lahir {lahir}, BUP {bup}: pensiun {tanggal}, hari pertama bulan berikutnya").format(
                lahir=written_day(born), bup=int(age), tanggal=written_day(found)
            )
            for age, found in zip(ages, dates, strict=True)
        ]
    return Result(values, tuple(steps))


def _birth(born: date, key: str) -> date:
    """Return a birth date of somebody who may be in service."""
    if not 1900 <= born.year <= 2100:
        raise InputError(_("{key}: tahun {year} di luar 1900-2100").format(key=key, year=born.year))
    return born


@rule(
    "bup.jf_override",
    N_("Batas usia pensiun jabatan fungsional yang diatur undang-undangnya sendiri"),
    Input("family", N_("guru, dosen, guru besar, peneliti, perekayasa, atau nama jabatan lain")),
    Input("jenjang", N_("satu jenjang atau daftar")),
    example={"family": "peneliti", "jenjang": ["ahli madya", "ahli utama"]},
)
def face_override(inputs: Mapping[str, Any], law: Law) -> Result:
    """Give the BUP per jenjang of one family."""
    family = text(inputs, "family")
    levels = items(inputs, "jenjang", lambda value, key: as_choice(value, key, JENJANG_ORDER))
    ages = bup_column(np.full(len(levels), "fungsional"), np.array(levels), np.array([family] * len(levels)), law=law)
    steps = tuple(
        _("{family} {jenjang}: BUP {bup} tahun").format(family=family, jenjang=level, bup=int(age))
        for level, age in zip(levels, ages, strict=True)
    )
    return Result({"bup": one_or_many([int(age) for age in ages], many=is_list(inputs, "jenjang"))}, steps)


@rule(
    "bup.transition_2017",
    N_("Batas usia pensiun pejabat fungsional pada peralihan 7 April 2017"),
    Input("jenjang", N_("jenjang jabatan fungsional")),
    Input("old_bup", N_("BUP sebelum peralihan (tahun)")),
    Input("birth", N_("satu tanggal lahir atau daftar (TTTT-BB-HH)")),
    example={"jenjang": "ahli madya", "old_bup": 65, "birth": ["1957-04-06", "1957-04-07"]},
)
def face_transition(inputs: Mapping[str, Any], law: Law) -> Result:
    """Give the BUP by birth date under the transition."""
    jenjang = choice(inputs, "jenjang", JENJANG_ORDER)
    old = integer(inputs, "old_bup", minimum=50, maximum=75)
    born = items(inputs, "birth", lambda value, key: _birth(as_day(value, key), key))
    ages = transition_2017(jenjang, old, np.array(born, dtype="datetime64[D]"), law=law)
    steps = tuple(
        _("Lahir {lahir}, BUP lama {lama}: BUP {bup}").format(lahir=written_day(birth), lama=old, bup=int(age))
        for birth, age in zip(born, ages, strict=True)
    )
    return Result({"bup": one_or_many([int(age) for age in ages], many=is_list(inputs, "birth"))}, steps)
