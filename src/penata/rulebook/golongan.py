"""Golongan ruang and pangkat of PNS, golongan of PPPK: order, names, and the spellings people use.

PNS: I/a .. IV/e (PP 99/2000); PPPK: I .. XVII (PP 49/2018, Perpres 98/2020). The two ladders are not comparable, so
their order numbers lie apart.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.language import N_, _
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_text, is_list, items
from penata.rulebook.legislation import Law, load_parameter
from penata.rulebook.lookup import rank_of
from penata.rulebook.rule import Input, InputError, Result, rule

_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
GOLONGAN_PNS = tuple(f"{roman}/{ruang}" for roman in _ROMAN[:4] for ruang in ("abcde" if roman == "IV" else "abcd"))
GOLONGAN_PPPK = _ROMAN
PPPK_OFFSET = 100  # PPPK order numbers start after it
_ORDER = {name: index for index, name in enumerate(GOLONGAN_PNS, start=1)} | {
    name: PPPK_OFFSET + index for index, name in enumerate(GOLONGAN_PPPK, start=1)
}
_PNS = re.compile(r"(?<![a-z0-9])(iv|i{1,3}|[1-4])[\s/.,\\_-]*\(?([a-e])\)?(?![a-z0-9])", re.IGNORECASE)
_PPPK = re.compile(r"(?:(?:golongan|gol|pppk|p3k)[\s.:/-]*)*([ivx]+|1[0-7]|[1-9])", re.IGNORECASE)
_PENDIDIKAN = {"D1": "D-I", "D2": "D-II", "D3": "D-III", "D4": "D-IV", "S1": "S-1", "S2": "S-2", "S3": "S-3"}
_PENDIDIKAN |= {"DI": "D-I", "DII": "D-II", "DIII": "D-III", "DIV": "D-IV", "SMA": "SLTA", "SMK": "SLTA", "SLTP": "SMP"}


def order(golongan: NDArray[np.str_]) -> NDArray[np.int16]:
    """Return the rank of each golongan (n): PNS I/a..IV/e 1..17, PPPK I..XVII 101..117, 0 unknown or empty."""
    return rank_of(golongan, _ORDER)


def pangkat(golongan: str, *, law: Law) -> str:
    """Return the pangkat of a golongan of PNS; empty for PPPK and unknown golongan."""
    return str(law.value("golongan.pangkat").get(golongan, ""))


def golongan_pppk(pendidikan: str, *, law: Law) -> str | None:
    """Return the golongan in which a PPPK with *pendidikan* (S-1, SLTA ...) starts; None for an unknown word."""
    folded = re.sub(r"[^A-Z0-9]", "", pendidikan.upper())
    word = _PENDIDIKAN.get(folded, folded)
    found = law.value("pppk.golongan_pendidikan").get(word)
    return None if found is None else str(found)


def normalise(text: str) -> str | None:
    """Return the official spelling of the golongan in *text*, or None.

    Understands ``III a``, ``IIIa``, ``3c``, ``Penata (III/c)``, ``Penata Tk. I - III/d``, a pangkat without golongan,
    and ``IX``, ``9`` or ``Gol. IX`` of a PPPK.
    """
    found = [f"{_roman(level)}/{ruang.lower()}" for level, ruang in _PNS.findall(text)]
    if found:
        return found[-1] if found[-1] in _ORDER else None
    match = _PPPK.fullmatch(text.strip(" .()"))
    if match:
        roman = _roman(match.group(1))
        return roman if roman in _ORDER else None
    return _by_pangkat(text)


def _roman(level: str) -> str:
    return _ROMAN[int(level) - 1] if level.isdigit() else level.upper()


def _by_pangkat(text: str) -> str | None:
    """Return the golongan whose pangkat is written in *text*; names do not change with the day asked for."""
    names = load_parameter("golongan.pangkat").on(date.max).value
    folded = _fold_pangkat(text)
    return next((str(golongan) for golongan, name in names.items() if _fold_pangkat(name) == folded), None)


def _fold_pangkat(text: str) -> str:
    letters = re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
    return re.sub(r"\b(tingkat|tkt|tk)\s*(i|1)\b", "tk1", letters).replace(" ", "")


def _as_golongan(value: Any, key: str) -> str:
    found = normalise(as_text(value, key))
    if found is None:
        raise InputError(_("{key}: golongan '{value}' tidak dikenal; contoh: III/c atau IX").format(
            key=key, value=str(value)[:40]))  # fmt: skip
    return found


@rule(
    "golongan.pangkat",
    N_("Pangkat dan urutan sebuah golongan ruang"),
    Input("golongan", N_("satu golongan atau daftar, misalnya III/c, 3c, Penata (III/c), IX")),
    example={"golongan": ["III/c", "IVa", "IX"]},
)
def face_pangkat(inputs: Mapping[str, Any], law: Law) -> Result:
    """Normalise golongan and name the pangkat."""
    found = items(inputs, "golongan", _as_golongan)
    names = [pangkat(golongan, law=law) for golongan in found]
    steps = tuple(
        _("{golongan}: pangkat {pangkat}").format(golongan=golongan, pangkat=name or _("tidak ada (PPPK)"))
        for golongan, name in zip(found, names, strict=True)
    )
    urutan = [int(rank) for rank in order(np.array(found))]
    columns: dict[str, list[Any]] = {"golongan": found, "pangkat": names, "urutan": urutan}
    many = is_list(inputs, "golongan")
    return Result({key: one_or_many(values, many=many) for key, values in columns.items()}, steps)


@rule(
    "pppk.golongan_by_education",
    N_("Golongan PPPK menurut pendidikan"),
    Input("education", N_("satu tingkat pendidikan atau daftar: SD, SMP, SLTA, D1..D4, S1..S3")),
    example={"education": ["SLTA", "S1"]},
)
def face_golongan_pppk(inputs: Mapping[str, Any], law: Law) -> Result:
    """Look the golongan up for each education."""
    levels = items(inputs, "education", as_text)
    found = [golongan_pppk(level, law=law) for level in levels]
    for index, (level, golongan) in enumerate(zip(levels, found, strict=True)):
        if golongan is None:
            raise InputError(_("education[{index}]: '{value}' tidak dikenal; pilihan: {options}").format(
                index=index, value=level[:40], options=", ".join(law.value("pppk.golongan_pendidikan"))))  # fmt: skip
    steps = tuple(
        _("Pendidikan {pendidikan}: golongan {golongan}").format(pendidikan=level, golongan=golongan)
        for level, golongan in zip(levels, found, strict=True)
    )
    return Result({"golongan": one_or_many(found, many=is_list(inputs, "education"))}, steps)
