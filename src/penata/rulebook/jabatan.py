"""Jenis and jenjang of jabatan: the words of the law, the words people write, and how levels compare.

UU 20/2023: jabatan manajerial (JPT utama, madya, pratama, administrator, pengawas) and nonmanajerial (fungsional,
pelaksana). Old eselon are translated by ``jabatan.eselon``; equalisation of jenjang by ``jabatan.setara``
(PermenPANRB 17/2021). Spelling is recognised with the newest tables on file, whatever day is asked for.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.language import N_, _
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_text, is_list, items
from penata.rulebook.legislation import Law, load_parameter
from penata.rulebook.lookup import by_jenis_or_jenjang, rank_of
from penata.rulebook.rule import Input, InputError, Result, rule

JENIS_ORDER: tuple[str, ...] = (
    "pelaksana",
    "fungsional",
    "pengawas",
    "administrator",
    "jpt pratama",
    "jpt madya",
    "jpt utama",
)  # fmt: skip - ascending
JENJANG_ORDER: tuple[str, ...] = (
    "pemula",
    "terampil",
    "mahir",
    "penyelia",
    "ahli pertama",
    "ahli muda",
    "ahli madya",
    "ahli utama",
)  # fmt: skip - ascending
_AHLI = ("pertama", "muda", "madya", "utama")
_KETERAMPILAN = ("penyelia", "mahir", "terampil", "pemula")
_JPT = re.compile(r"\b(?:jpt|jabatan pimpinan tinggi|pimpinan tinggi)\s+(utama|madya|pratama)\b")
_ESELON = re.compile(r"(?:\b(?:eselon|esselon|es|ess)\s*)(i{1,3}|iv|v|[1-5])\s*([ab])?\b")
_BARE_ESELON = re.compile(r"(i{1,3}|iv|v|[1-5])\s*([ab])")
_JENJANG_AHLI = re.compile(r"\bahli\s+(pertama|muda|madya|utama)\b")
_LAST_JENJANG = re.compile(r"\b(pertama|muda|madya|utama|penyelia|mahir|terampil|pemula)$")
_OLD_JENJANG = {"pelaksana pemula": "pemula", "pelaksana lanjutan": "mahir"}
# Heads of units carry words like "utama" in their titles without being functional (Sekretaris Utama).
_HEADS = re.compile(
    r"^(?:plt\s+|plh\s+)?(?:kepala|sekretaris|inspektur|direktur|wakil|deputi|asisten|staf ahli|camat|lurah)\b"
)
_STAFF = re.compile(r"\b(?:pelaksana|jfu|fungsional umum|klerek|operator|teknisi|staf|staff)\b")
_FUNGSIONAL = re.compile(r"\b(?:fungsional|jf|jft)\b")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}


def _fold(text: str) -> str:
    """Return *text* in lower case with single spaces for everything that is no letter or digit."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


@cache
def jenis_from_text(text: str) -> tuple[str | None, str | None]:
    """Return (jenis, jenjang) that *text* of a column "jenis" or "eselon" means; None where it does not tell.

    ``ESELON II / JPT Pratama`` is ("jpt pratama", None); ``Struktural`` alone tells nothing.
    """
    words = _fold(text)
    jpt = _JPT.search(words)
    if jpt:
        return f"jpt {jpt.group(1)}", None
    ahli = _JENJANG_AHLI.search(words)
    if ahli:
        return "fungsional", f"ahli {ahli.group(1)}"
    for old, new in _OLD_JENJANG.items():
        if words.endswith(old):
            return "fungsional", new
    last = _LAST_JENJANG.search(words)
    if last and last.group(1) in _KETERAMPILAN:
        return "fungsional", last.group(1)
    eselon = _ESELON.search(words) or _BARE_ESELON.fullmatch(words)
    if eselon:
        return jenis_of_eselon(_ROMAN.get(eselon.group(1), eselon.group(1).upper()), eselon.group(2)), None
    if _FUNGSIONAL.search(words) and "fungsional umum" not in words:
        return "fungsional", f"ahli {last.group(1)}" if last else None
    if re.search(r"\badministrator\b", words):
        return "administrator", None
    if re.fullmatch(r"(?:(?:pejabat|jabatan)\s+)?pengawas", words):
        return "pengawas", None
    return ("pelaksana", None) if _STAFF.search(words) else (None, None)


def jenis_of_eselon(level: str, ruang: str | None = None) -> str | None:
    """Return the jenis jabatan of an old eselon: ``II``, or ``II`` with ruang ``b``; None when there is no such one."""
    found = load_parameter("jabatan.eselon").on(date.max).value.get(f"{level}/{ruang}" if ruang else level)
    return None if found is None else str(found)


@cache
def jenjang_from_name(name: str) -> str | None:
    """Return the jenjang in the name of a jabatan (``Perawat Ahli Muda``, ``Arsiparis Terampil``), or None."""
    words = _fold(name)
    ahli = _JENJANG_AHLI.search(words)
    if ahli:
        return f"ahli {ahli.group(1)}"
    if _HEADS.match(words):
        return None
    for old, new in _OLD_JENJANG.items():
        if words.endswith(old):
            return new
    last = _LAST_JENJANG.search(words)
    if not last or words == last.group(1):
        return None
    return f"ahli {last.group(1)}" if last.group(1) in _AHLI else last.group(1)


def equivalent_level(jenis: NDArray[np.str_], jenjang: NDArray[np.str_], *, law: Law) -> NDArray[np.int16]:
    """Return a rank (n) by which jabatan of different jenis compare, 7 = JPT utama .. 1 = pelaksana, 0 unknown.

    A jabatan fungsional takes the rank of its jenjang; without jenjang it is unknown.
    """
    return rank_of(by_jenis_or_jenjang(jenis, jenjang), law.value("jabatan.setara"))


def as_jabatan(value: Any, key: str) -> tuple[str, str]:
    """Return (jenis, jenjang or "") of a text in the inputs of a rule; InputError when it tells nothing."""
    jenis, jenjang = jenis_from_text(as_text(value, key))
    if jenis is None:
        raise InputError(_("{key}: jenis jabatan '{value}' tidak dikenal; pilihan: {options}").format(
            key=key, value=str(value)[:40], options=", ".join(reversed(JENIS_ORDER))))  # fmt: skip
    return jenis, jenjang or ""


@rule(
    "jabatan.eselon",
    N_("Jenis jabatan dan tingkat setara dari eselon atau sebutan jabatan"),
    Input("eselon", N_("satu sebutan atau daftar: II.b, Eselon III/a, JPT Pratama, JF Ahli Muda")),
    example={"eselon": ["II.b", "Eselon IIIa", "JF Ahli Muda"]},
)
def face_eselon(inputs: Mapping[str, Any], law: Law) -> Result:
    """Translate spellings to jenis and jenjang, with the rank for comparing."""
    found = items(inputs, "eselon", as_jabatan)
    law.parameter("jabatan.eselon")
    levels = equivalent_level(np.array([pair[0] for pair in found]), np.array([pair[1] for pair in found]), law=law)
    steps = tuple(
        _("{jenis} {jenjang}: tingkat {level}").format(jenis=jenis, jenjang=jenjang, level=int(level))
        for (jenis, jenjang), level in zip(found, levels, strict=True)
    )
    columns: dict[str, list[Any]] = {
        "jenis": [jenis for jenis, _jenjang in found],
        "jenjang": [jenjang or None for _jenis, jenjang in found],
        "tingkat": [int(level) for level in levels],
    }
    many = is_list(inputs, "eselon")
    return Result({key: one_or_many(values, many=many) for key, values in columns.items()}, steps)
