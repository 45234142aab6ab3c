"""Kelas jabatan by factor evaluation (FES): levels of factors to points, points to one of seventeen classes.

PermenPAN 34/2011, PerKa BKN 21/2011: one table for jabatan manajerial, one for fungsional and pelaksana. The class is
read from ranges, without interpolation.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.language import N_, _, number
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_integer, integer, is_list, items, mapping
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, InputError, Result, rule

BELOW = 0  # class of a total below the lowest range
MANAJERIAL, NONMANAJERIAL = "kelas_jabatan.faktor_manajerial", "kelas_jabatan.faktor_nonmanajerial"


def factors(table: str, *, law: Law) -> Mapping[str, tuple[int, ...]]:
    """Return factor code to points of its levels 1..n for *table* (MANAJERIAL or NONMANAJERIAL)."""
    return {code: tuple(entry["nilai"]) for code, entry in law.value(table).items()}


def points_column(levels: NDArray[np.int64], table: str, *, law: Law) -> NDArray[np.int64]:
    """Return the total points (n) of *levels* (n, k), columns in the order of :func:`factors`, levels from 1.

    Raises IndexError for a level that the factor does not have.
    """
    total = np.zeros(len(levels), dtype=np.int64)
    for column, points in enumerate(factors(table, law=law).values()):
        if np.any((levels[:, column] < 1) | (levels[:, column] > len(points))):
            raise IndexError(f"level outside 1..{len(points)} in column {column}")
        total += np.array(points, dtype=np.int64)[levels[:, column] - 1]
    return total


def kelas_column(totals: NDArray[np.int64], *, law: Law) -> NDArray[np.int16]:
    """Return the kelas jabatan (n, 1..17) of total points, BELOW (0) under the lowest range."""
    lowest = np.array(law.value("kelas_jabatan.rentang"))
    return np.searchsorted(lowest, totals, side="right").astype(np.int16)


def _evaluate(inputs: Mapping[str, Any], table: str, law: Law) -> Result:
    """Add the points of every factor and read the class."""
    points = factors(table, law=law)
    given_levels = mapping(inputs, "levels")
    strange = [code for code in given_levels if code not in points]
    missing = [code for code in points if code not in given_levels]
    if strange or missing:
        raise InputError(_("levels: isi tepat faktor {factors}; {problem}").format(
            factors=", ".join(points),
            problem=_("belum ada {codes}").format(codes=", ".join(missing)) if missing
            else _("tidak dikenal {codes}").format(codes=strange[0][:40])))  # fmt: skip
    levels = {
        code: as_integer(given_levels[code], f"levels.{code}", minimum=1, maximum=len(points[code])) for code in points
    }
    steps = list(_special(inputs, levels, points, law)) if table == MANAJERIAL else []
    total = int(points_column(np.array([[levels[code] for code in points]]), table, law=law)[0])
    kelas = int(kelas_column(np.array([total]), law=law)[0])
    names = law.value(table)
    steps += [
        _("{code} {name}: tingkat {level} = {points}").format(
            code=code, name=names[code]["nama"], level=level, points=points[code][level - 1]
        )
        for code, level in levels.items()
    ]
    steps.append(_("Jumlah {total}: kelas jabatan {kelas}").format(total=number(total), kelas=kelas))
    return Result(
        {"total": total, "kelas": kelas, "points": {code: points[code][level - 1] for code, level in levels.items()}},
        tuple(steps),
    )


def _special(
    inputs: Mapping[str, Any], levels: dict[str, int], points: Mapping[str, tuple[int, ...]], law: Law
) -> tuple[str, ...]:
    """Raise the level of the last factor for special situations, in place; return the step that says so."""
    situations = integer(inputs, "situasi_khusus", default=0, maximum=20)
    if not situations:
        return ()
    extra = law.value("kelas_jabatan.situasi_khusus")
    code = str(extra["faktor"])
    if levels[code] > extra["tingkat_maks"] or situations < extra["situasi_min"]:
        return ()
    levels[code] = min(levels[code] + int(extra["naik"]), len(points[code]))
    return (_("{situations} situasi khusus: tingkat {code} naik menjadi {level}").format(
        situations=situations, code=code, level=levels[code]),)  # fmt: skip


@rule(
    "fes.managerial",
    N_("Nilai dan kelas jabatan manajerial"),
    Input("levels", N_("tingkat tiap faktor: {F1, F2, F3, F4A, F4B, F5, F6}")),
    Input("situasi_khusus", N_("banyaknya situasi khusus"), optional=True),
    example={"levels": {"F1": 3, "F2": 2, "F3": 2, "F4A": 3, "F4B": 3, "F5": 5, "F6": 3}},
)
def face_managerial(inputs: Mapping[str, Any], law: Law) -> Result:
    """Evaluate a jabatan manajerial."""
    return _evaluate(inputs, MANAJERIAL, law)


@rule(
    "fes.nonmanagerial",
    N_("Nilai dan kelas jabatan fungsional atau pelaksana"),
    Input("levels", N_("tingkat tiap faktor: F1 sampai F9")),
    example={"levels": {"F1": 5, "F2": 3, "F3": 3, "F4": 3, "F5": 3, "F6": 2, "F7": 2, "F8": 1, "F9": 1}},
)
def face_nonmanagerial(inputs: Mapping[str, Any], law: Law) -> Result:
    """Evaluate a jabatan fungsional or pelaksana."""
    return _evaluate(inputs, NONMANAJERIAL, law)


@rule(
    "fes.class_boundary",
    N_("Kelas jabatan dari nilai evaluasi"),
    Input("totals", N_("satu nilai atau daftar")),
    example={"totals": [1600, 1605]},
)
def face_boundary(inputs: Mapping[str, Any], law: Law) -> Result:
    """Read the class of totals; says where a total cannot come from the factors."""
    totals = items(inputs, "totals", lambda value, key: as_integer(value, key, maximum=100_000))
    found = [int(kelas) for kelas in kelas_column(np.array(totals), law=law)]
    unit = int(law.value("kelas_jabatan.langkah_nilai"))
    steps = []
    for total, kelas in zip(totals, found, strict=True):
        steps.append(
            _("Nilai {total}: kelas {kelas}").format(total=number(total), kelas=kelas)
            if kelas
            else _("Nilai {total}: di bawah kelas terendah").format(total=number(total))
        )
        if total % unit:
            steps.append(_("Nilai {total} bukan kelipatan {unit}; periksa penjumlahannya").format(
                total=number(total), unit=unit))  # fmt: skip
    return Result(
        {"kelas": one_or_many([kelas or None for kelas in found], many=is_list(inputs, "totals"))}, tuple(steps)
    )
