"""Working hours of a five-day week: minutes worked between start and end without the breaks.

Source: Perpres 21/2023.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from penata.language import N_, _, number
from penata.rulebook.inputs import integer, text
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, InputError, Result, rule

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_DAYS_MON_THU = 4
_HOUR = 60


def week_minutes(start: int, end_mon_thu: int, end_fri: int, break_mon_thu: int, break_fri: int) -> int:
    """Return the minutes worked from Monday to Friday; clock times in minutes after midnight, breaks in minutes."""
    return _DAYS_MON_THU * (end_mon_thu - start - break_mon_thu) + (end_fri - start - break_fri)


def _clock(inputs: Mapping[str, Any], key: str, default: str | None = None) -> int:
    """Return the clock time under *key* in minutes after midnight."""
    written = text(inputs, key, default=default) if default else text(inputs, key)
    found = _CLOCK.fullmatch(written.strip())
    if not found:
        raise InputError(_("{key}: '{value}' bukan jam; tulis JJ:MM, misalnya 07:30").format(
            key=key, value=written[:20]))  # fmt: skip
    return int(found[1]) * _HOUR + int(found[2])


def _face(season: str) -> Callable[[Mapping[str, Any], Law], Result]:
    """Return the face for ordinary weeks or for Ramadan."""

    def compute(inputs: Mapping[str, Any], law: Law) -> Result:
        rest = law.value("jam_kerja.istirahat")[season]
        required = law.value("jam_kerja.menit_seminggu")[season]
        start = _clock(inputs, "start", law.value("jam_kerja.mulai")[season])
        ends = [_clock(inputs, key) for key in ("end_mon_thu", "end_fri")]
        breaks = [
            integer(inputs, "break_mon_thu", default=rest["senin_kamis"], maximum=600),
            integer(inputs, "break_fri", default=rest["jumat"], maximum=600),
        ]
        for key, end, pause in zip(("end_mon_thu", "end_fri"), ends, breaks, strict=True):
            if end - start <= pause:
                raise InputError(_("{key}: jam pulang harus lebih dari jam mulai ditambah istirahat").format(key=key))
        total = week_minutes(start, *ends, *breaks)
        parts = [end - start - pause for end, pause in zip(ends, breaks, strict=True)]
        steps = (
            _("Senin sampai Kamis: {gross} menit dikurangi istirahat {pause} menit = {net} menit sehari.").format(
                gross=ends[0] - start, pause=breaks[0], net=parts[0]
            ),
            _("Jumat: {gross} menit dikurangi istirahat {pause} menit = {net} menit.").format(
                gross=ends[1] - start, pause=breaks[1], net=parts[1]
            ),
            _("Seminggu: {days} x {first} + {friday} = {total} menit ({hours} jam).").format(
                days=_DAYS_MON_THU, first=parts[0], friday=parts[1], total=number(total), hours=number(total / _HOUR, 2)
            ),
            _("Kewajiban {required} menit; selisih {difference} menit.").format(
                required=number(required), difference=number(total - required)
            ),
        )
        values = {"minutes_week": total, f"meets_{required}": total >= required, "difference": total - required}
        return Result(values, steps)

    return compute


_INPUTS = (
    Input("start", N_("jam mulai, JJ:MM; tanpa isi: menurut aturan"), optional=True),
    Input("end_mon_thu", N_("jam pulang Senin sampai Kamis, JJ:MM")),
    Input("end_fri", N_("jam pulang Jumat, JJ:MM")),
    Input("break_mon_thu", N_("istirahat Senin sampai Kamis, menit; tanpa isi: menurut aturan"), optional=True),
    Input("break_fri", N_("istirahat Jumat, menit; tanpa isi: menurut aturan"), optional=True),
)

rule(
    "jam_kerja.week",
    N_("Jam kerja seminggu di luar istirahat"),
    *_INPUTS,
    example={"start": "07:30", "end_mon_thu": "16:00", "end_fri": "16:30"},
)(_face("biasa"))

rule(
    "jam_kerja.week_ramadan",
    N_("Jam kerja seminggu di luar istirahat pada bulan Ramadan"),
    *_INPUTS,
    example={"start": "08:00", "end_mon_thu": "15:00", "end_fri": "15:30"},
)(_face("ramadan"))
