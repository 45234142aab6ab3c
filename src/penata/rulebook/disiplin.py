"""Absence without valid reason: days of a calendar year to level and sanction of hukuman disiplin.

Source: PP 94/2021 (before it PP 53/2010); a day of flexible work is a working day (Permen PANRB 4/2025).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from penata.language import N_, _
from penata.rulebook.bands import IndexArray, band_index
from penata.rulebook.inputs import as_choice, as_integer, as_items, as_mapping, boolean, integer, items
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, Result, rule

NONE = "none"
_LONGEST_YEAR = 366


def absence_step_column(days: ArrayLike, *, law: Law) -> IndexArray:
    """Return for each number of *days* (n) the index of its step in ``disiplin.ketidakhadiran``; -1 for no sanction."""
    return band_index(days, law.value("disiplin.ketidakhadiran"))


def _step(place: int, law: Law) -> Mapping[str, str]:
    """Return the step at *place*, or one that says there is no sanction."""
    if place < 0:
        return {"tingkat": NONE, "sanksi": NONE, "kode": NONE}
    step: Mapping[str, str] = law.value("disiplin.ketidakhadiran")[place]
    return step


@rule(
    "disiplin.absence",
    N_("Hukuman disiplin menurut jumlah hari tidak masuk kerja tanpa alasan yang sah"),
    Input("days", N_("hari kerja tidak masuk, kumulatif setahun; satu angka atau daftar")),
    Input("consecutive", N_("apakah hari-hari itu terus-menerus"), optional=True),
    Input("dates_in_year", N_("tahun kalender tempat hari-hari itu jatuh"), optional=True),
    example={"days": 5, "dates_in_year": 2026},
)
def _absence(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["days"], list | tuple)
    days = items(inputs, "days", lambda value, key: as_integer(value, key, maximum=_LONGEST_YEAR))
    integer(inputs, "dates_in_year", default=None, minimum=1900, maximum=9999)
    consecutive = boolean(inputs, "consecutive", default=False)
    found = [_step(int(place), law) for place in absence_step_column(np.array(days), law=law)]
    steps = [_("Hari tidak masuk dihitung kumulatif sejak Januari sampai Desember tahun berjalan.")]
    levels = [step["tingkat"] for step in found]
    sanctions = [step["kode" if many else "sanksi"] for step in found]
    salary_stop: list[str | None] = [None] * len(days)
    if consecutive:
        row = law.value("disiplin.ketidakhadiran_berturut")
        for place, count in enumerate(days):
            if count >= row["hari"]:
                levels[place], sanctions[place] = row["tingkat"], row["sanksi"]
                salary_stop[place] = row["penghentian_gaji"]
        steps.append(
            _(
                "Tidak masuk {days} hari kerja terus-menerus atau lebih: {sanction}; gaji berhenti bulan berikutnya."
            ).format(days=row["hari"], sanction=row["sanksi"])
        )
    for count, level, sanction in zip(days, levels, sanctions, strict=True):
        said = _("tidak ada hukuman") if level == NONE else f"{level}, {sanction}"
        steps.append(_("{days} hari: {said}.").format(days=count, said=said))
    values: Mapping[str, list[Any]] = {"level": levels, "sanction": sanctions, "salary_stop": salary_stop}
    return Result(values if many else {key: column[0] for key, column in values.items()}, tuple(steps))


@rule(
    "disiplin.flexible_day",
    N_("Hari yang dihitung sebagai tidak masuk kerja bila ada kerja fleksibel"),
    Input("days", N_("daftar hari, masing-masing dengan mode, misalnya wfh_assigned")),
    example={"days": [{"mode": "wfh_assigned"}, {"mode": "other_office"}, {"mode": "absent_no_reason"}]},
)
def _flexible_day(inputs: Mapping[str, Any], law: Law) -> Result:
    lists = law.value("disiplin.hari_kerja")
    modes = (*lists["tidak_dihitung"], *lists["dihitung"])

    def mode_of(value: Any, key: str) -> str:
        return as_choice(as_mapping(value, key).get("mode"), f"{key}.mode", modes)

    chosen = as_items(inputs["days"], "days", mode_of)
    counted = sum(mode in lists["dihitung"] for mode in chosen)
    steps = (
        _("Yang dihitung sebagai tidak masuk kerja: {modes}.").format(modes=", ".join(lists["dihitung"])),
        _("Dari {total} hari, {counted} hari dihitung tidak masuk dan {worked} hari tidak dihitung.").format(
            total=len(chosen), counted=counted, worked=len(chosen) - counted
        ),
    )
    return Result({"absence_count": counted, "working_days": len(chosen) - counted}, steps)
