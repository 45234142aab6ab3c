"""How effective working hours were derived, and where the printed derivations do not add up.

The law's own figure is a constant (``abk.waktu_kerja_efektif``) and is never recomputed from days and hours; this rule
redoes a derivation and sets the exact result beside what was printed and adopted.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from penata.language import N_, _, number
from penata.rulebook.abk import effective_minutes, published_derivation
from penata.rulebook.inputs import decimal, given, integer, text
from penata.rulebook.legislation import Law
from penata.rulebook.rounding import half_up, plain
from penata.rulebook.rule import Input, InputError, Result, rule

_MINUTES = 60  # in an hour
_WEEKS = 52  # in a calendar year, to tell a five-day week (104 days off) from a six-day week (52)
_CLOCK = re.compile(r"\s*(?:(\d{1,2})\s*(?:jam|j|h))?\s*(?:(\d{1,3})\s*(?:menit|mnt|m|min))?\s*", re.IGNORECASE)


@rule(
    "abk.effective_hours",
    N_("Penurunan jam kerja efektif setahun, dibandingkan dengan yang tercetak dan ditetapkan"),
    Input("days", N_("hari kerja efektif setahun"), optional=True),
    Input("hours_per_day_text", N_("waktu efektif sehari, misalnya 5 jam 30 menit"), optional=True),
    Input("week", N_("hari kerja seminggu: 5 atau 6"), optional=True),
    Input("calendar", N_("hari kalender setahun, sebagai ganti days"), optional=True),
    Input("weekend", N_("hari libur mingguan setahun"), optional=True),
    Input("holidays", N_("hari libur nasional"), optional=True),
    Input("leave", N_("hari cuti tahunan"), optional=True),
    Input("formal_week_hours", N_("jam kerja formal seminggu"), optional=True),
    Input("allowance", N_("kelonggaran, bagian dari jam formal (0-1)"), optional=True),
    Input("minutes_week", N_("menit kerja formal seminggu, sebagai ganti jam"), optional=True),
    Input("allowance_minutes", N_("kelonggaran setahun (menit)"), optional=True),
    example={"days": 235, "hours_per_day_text": "5 jam 30 menit", "week": 5},
)
def face_effective_hours(inputs: Mapping[str, Any], law: Law) -> Result:
    """Redo a derivation from days and a working day, or from the calendar and the formal week."""
    if given(inputs, "hours_per_day_text"):
        return _from_day(inputs, law)
    days, steps = _days(inputs)
    if given(inputs, "minutes_week"):
        return _from_minutes(inputs, days, steps)
    return _from_week(inputs, days, steps, law)


def _from_day(inputs: Mapping[str, Any], law: Law) -> Result:
    """Days times the length of a working day."""
    days, minutes = integer(inputs, "days", maximum=366), _minutes(text(inputs, "hours_per_day_text"))
    exact = Decimal(days) * minutes / _MINUTES
    steps = [_("{days} hari x {minutes} menit : 60 = {exact} jam").format(
        days=days, minutes=minutes, exact=number(float(exact), 2))]  # fmt: skip
    values: dict[str, Any] = {"exact": plain(exact, 2), "exact_from_print": plain(exact, 2)}
    entry, _known = published_derivation(days, minutes, law=law)
    if entry and "jam_minggu" in entry:
        week_days = int(entry["minggu"])
        by_week = Decimal(str(entry["jam_minggu"])) / week_days * days
        values[f"exact_{entry['jam_minggu']}h_over_{week_days}"] = plain(by_week, 2)
        steps.append(_("{jam} jam seminggu : {hari} hari x {days} = {exact} jam").format(
            jam=entry["jam_minggu"], hari=week_days, days=days, exact=number(float(by_week), 2)))  # fmt: skip
    return _compared(values, steps, exact, entry, ("printed", "adopted"), law)


def _from_week(inputs: Mapping[str, Any], days: int, steps: list[str], law: Law) -> Result:
    """Calendar days and the formal week less an allowance, the week rounded to whole hours as handbooks do."""
    formal = decimal(inputs, "formal_week_hours", positive=True, maximum=168)
    allowance = decimal(inputs, "allowance", maximum=1)
    week = formal * (1 - allowance)
    whole, week_days = half_up(week), _week_days(inputs)
    minutes = half_up(whole * _MINUTES / week_days)
    exact = days * minutes / _MINUTES
    steps += [
        _("{formal} jam x (1 - {allowance}) = {week} jam seminggu, dibulatkan {whole}").format(
            formal=number(float(formal), 2), allowance=number(float(allowance), 3),
            week=number(float(week), 3), whole=whole,
        ),
        _("{whole} jam : {week_days} hari = {minutes} menit sehari").format(
            whole=whole, week_days=week_days, minutes=minutes
        ),
        _("{days} hari x {minutes} menit : 60 = {exact} jam").format(
            days=days, minutes=minutes, exact=number(float(exact), 2)
        ),
    ]  # fmt: skip
    values = {
        "days": days,
        "effective_days": days,
        "week_hours": plain(week, 3),
        "week_hours_printed": plain(whole),
        "day": f"{int(minutes) // _MINUTES} h {int(minutes) % _MINUTES} min",
        "exact": plain(exact, 2),
    }
    entry, _known = published_derivation(days, float(minutes), law=law)
    return _compared(values, steps, exact, entry, ("year_printed", "adopted"), law)


def _from_minutes(inputs: Mapping[str, Any], days: int, steps: list[str]) -> Result:
    """Calendar days and formal minutes of a week, less an allowance for the year."""
    week_days = _week_days(inputs)
    minutes_day = decimal(inputs, "minutes_week", maximum=10080) / week_days
    gross = minutes_day * days
    allowance = (
        gross * decimal(inputs, "allowance", maximum=1)
        if given(inputs, "allowance") and not given(inputs, "allowance_minutes")
        else decimal(inputs, "allowance_minutes", default=Decimal(0), maximum=float(gross))
    )
    net = gross - allowance
    steps += [
        _("{days} hari x {minutes} menit = {gross} menit kotor").format(
            days=days, minutes=number(float(minutes_day), 2), gross=number(float(gross), 2)
        ),
        _("Dikurangi kelonggaran {allowance} menit = {net} menit = {hours} jam").format(
            allowance=number(float(allowance), 2), net=number(float(net), 2), hours=number(float(net / _MINUTES), 2)
        ),
    ]
    return Result(
        {
            "days": days,
            "effective_days": days,
            "minutes_day": plain(minutes_day, 4),
            "gross_minutes": plain(gross, 4),
            "net_minutes": plain(net, 4),
            "hours_year": plain(net / _MINUTES, 2),
        },
        tuple(steps),
    )


def _days(inputs: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Return the effective days: as given, or the calendar less days off."""
    if given(inputs, "days"):
        days = integer(inputs, "days", maximum=366)
        return days, [_("Hari kerja efektif {days}").format(days=days)]
    calendar = integer(inputs, "calendar", maximum=366)
    off = [integer(inputs, key, default=0, maximum=366) for key in ("weekend", "holidays", "leave")]
    days = calendar - sum(off)
    if days < 0:
        raise InputError(_("calendar: hari libur dan cuti melebihi hari kalender"))
    parts = " - ".join(str(part) for part in (calendar, *off))
    return days, [_("Hari kerja efektif: {parts} = {days}").format(parts=parts, days=days)]


def _week_days(inputs: Mapping[str, Any]) -> int:
    """Return the working days of a week: as given, else told by the days off in a year."""
    if given(inputs, "week"):
        return integer(inputs, "week", minimum=1, maximum=7)
    off = half_up(decimal(inputs, "weekend", default=Decimal(2 * _WEEKS)) / _WEEKS)
    if not 0 <= off <= 6:
        raise InputError(_("weekend: {value} hari libur mingguan setahun tidak mungkin").format(
            value=inputs["weekend"]))  # fmt: skip
    return 7 - int(off)


def _minutes(written: str) -> int:
    """Return the minutes of ``5 jam 30 menit``."""
    match = _CLOCK.fullmatch(written) if len(written) <= 40 else None
    if not match or not (match.group(1) or match.group(2)):
        raise InputError(_("hours_per_day_text: tidak terbaca; tulis misalnya '5 jam 30 menit'"))
    return int(match.group(1) or 0) * _MINUTES + int(match.group(2) or 0)


def _compared(
    values: dict[str, Any],
    steps: list[str],
    exact: Decimal,
    entry: Mapping[str, Any] | None,
    keys: tuple[str, str],
    law: Law,
) -> Result:
    """Add what was printed and adopted for this derivation, and the difference from the exact result."""
    printed_key, adopted_key = keys
    adopted = entry["ditetapkan"] if entry else effective_minutes(law=law) / _MINUTES
    values |= {printed_key: entry["tercetak"] if entry else None, adopted_key: plain(adopted)}
    if entry:
        values["difference"] = plain(Decimal(str(entry["tercetak"])) - exact, 2)
        steps.append(_("Tercetak {printed}, hitungan tepat {exact}: selisih {beda} jam").format(
            printed=entry["tercetak"], exact=number(float(exact), 2),
            beda=number(float(values["difference"]), 2)))  # fmt: skip
    steps.append(_("Yang ditetapkan {adopted} jam; pakai sebagai tetapan, jangan dihitung ulang").format(
        adopted=number(float(adopted), 0)))  # fmt: skip
    return Result(values, tuple(steps))
