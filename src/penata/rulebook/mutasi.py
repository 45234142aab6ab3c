"""Masa jabatan before a mutasi: too early, allowed, or longer than the law wants anybody to stay.

Source: Peraturan BKN 5/2019.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.language import N_, _, number
from penata.rulebook.inputs import as_decimal, items
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, Result, rule

UNKNOWN, TOO_EARLY, ALLOWED, OVERDUE = range(4)
STATES = ("unknown", "too_early", "allowed", "overdue")
STATE_TEXT = (
    N_("masa jabatan tidak diketahui"),
    N_("belum boleh dimutasi"),
    N_("boleh dimutasi"),
    N_("sudah melewati masa jabatan paling lama"),
)


def tenure_state_column(years: ArrayLike, *, law: Law) -> NDArray[np.int8]:
    """Return for each number of *years* in the present post one of UNKNOWN (NaN), TOO_EARLY, ALLOWED, OVERDUE.

    Both ends of the lawful tenure are themselves allowed.
    """
    bounds = law.value("mutasi.masa_jabatan")
    held = np.asarray(years, dtype=np.float64)
    conditions = [np.isnan(held), held < bounds["minimal"], held > bounds["maksimal"]]
    return np.select(conditions, [UNKNOWN, TOO_EARLY, OVERDUE], ALLOWED).astype(np.int8)


@rule(
    "mutasi.tenure",
    N_("Keadaan masa jabatan terhadap batas mutasi"),
    Input("years_in_post", N_("lama menduduki jabatan sekarang, dalam tahun; satu angka atau daftar")),
    example={"years_in_post": [1.9, 2.0, 5.0, 5.1]},
)
def _tenure(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["years_in_post"], list | tuple)
    years = [float(value) for value in items(inputs, "years_in_post", as_decimal)]
    states = tenure_state_column(years, law=law)
    bounds = law.value("mutasi.masa_jabatan")
    steps = [
        _("Masa jabatan paling singkat {least} tahun dan paling lama {most} tahun; kedua batas masih termasuk.").format(
            least=bounds["minimal"], most=bounds["maksimal"]
        )
    ]
    steps += [
        _("{years} tahun: {state}.").format(years=number(held, 2), state=_(STATE_TEXT[state]))
        for held, state in zip(years, states, strict=True)
    ]
    names = [STATES[state] for state in states]
    return Result({"state": names if many else names[0]}, tuple(steps))
