"""Predikat kinerja from the ratings of hasil kerja and perilaku kerja (PermenPANRB 6/2022)."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.language import N_, _
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_choice, as_items, as_text, choice, given, items
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, InputError, Result, rule

RATING = ("bawah", "sesuai", "atas")  # di bawah, sesuai, di atas ekspektasi
MISCONDUCT = "kurang"  # the predikat that perilaku below expectation gives in spite of good results


def predikat_column(hasil: NDArray[np.str_], perilaku: NDArray[np.str_], *, law: Law) -> NDArray[np.str_]:
    """Return the predikat (n) of ratings ``bawah``, ``sesuai``, ``atas``; empty where a rating is unknown."""
    matrix: Mapping[str, Mapping[str, str]] = law.value("kinerja.matriks_predikat")
    row, column = (_rank(np.asarray(ratings)) for ratings in (hasil, perilaku))
    table = np.array([*(matrix[first][second] for first in RATING for second in RATING), ""])
    return table[np.where((row < 0) | (column < 0), -1, row * len(RATING) + column)]


def _rank(ratings: NDArray[np.str_]) -> NDArray[np.int64]:
    return np.select([ratings == rating for rating in RATING], range(len(RATING)), -1)


def _as_rating(value: Any, key: str) -> str:
    """Read a rating, also as ``di atas ekspektasi``."""
    words = as_text(value, key).casefold().replace("ekspektasi", "").strip()
    return as_choice(words.removeprefix("di").strip(), key, RATING)


def _as_pair(value: Any, key: str) -> list[str]:
    return as_items(value, key, _as_rating, length=2)


@rule(
    "kinerja.predikat",
    N_("Predikat kinerja dari hasil kerja dan perilaku kerja"),
    Input("pairs", N_("daftar [hasil kerja, perilaku]: atas, sesuai, bawah"), optional=True),
    Input("hasil_kerja", N_("atas, sesuai, atau bawah ekspektasi"), optional=True),
    Input("perilaku", N_("atas, sesuai, atau bawah ekspektasi"), optional=True),
    example={"hasil_kerja": "sesuai", "perilaku": "atas"},
)
def face_predikat(inputs: Mapping[str, Any], law: Law) -> Result:
    """Look the predikat up in the matrix."""
    many = given(inputs, "pairs")
    if many:
        pairs = items(inputs, "pairs", _as_pair)
    elif given(inputs, "hasil_kerja") and given(inputs, "perilaku"):
        pairs = [[_as_rating(inputs[key], key) for key in ("hasil_kerja", "perilaku")]]
    else:
        raise InputError(_("masukan belum ada: isi pairs, atau hasil_kerja dan perilaku"))
    columns = np.array(pairs).T
    found = [str(predikat) for predikat in predikat_column(columns[0], columns[1], law=law)]
    steps = tuple(
        _("Hasil kerja {hasil} ekspektasi, perilaku {perilaku} ekspektasi: {predikat}").format(
            hasil=pair[0], perilaku=pair[1], predikat=predikat.title()
        )
        for pair, predikat in zip(pairs, found, strict=True)
    )
    return Result(
        {
            "predikat": one_or_many([predikat.title() for predikat in found], many=many),
            "penyimpangan": one_or_many([predikat == MISCONDUCT for predikat in found], many=many),
        },
        steps,
    )


def as_predikat(inputs: Mapping[str, Any], key: str, law: Law, *, default: Any) -> str:
    """Read a predikat in lower case; ``Cukup``, the older word, is ``butuh perbaikan``."""
    if given(inputs, key) and as_text(inputs[key], key).strip().casefold() == "cukup":
        return "butuh perbaikan"
    return choice(inputs, key, list(law.value("ak.predikat_persen")), default=default)
