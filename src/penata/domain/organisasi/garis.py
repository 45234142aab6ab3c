"""Where a unit may hang: on every day of a period, under a unit that is there and does not lie below it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from penata.domain.organisasi.errors import UnitError
from penata.domain.organisasi.models import UnitMasa
from penata.foundation.periods import not_ended
from penata.language import _


@dataclass(frozen=True, slots=True)
class _Period:
    induk_id: int | None
    mulai: date
    selesai: date | None

    def holds(self, day: date) -> bool:
        return self.mulai <= day and (self.selesai is None or self.selesai > day)


def check_parent(unit_id: int | None, induk_id: int | None, mulai: date, selesai: date | None) -> None:
    """Refuse a parent that is not there, or lies below the unit itself, on any day of the period."""
    if induk_id is None:
        return
    later = UnitMasa.objects.filter(not_ended(mulai))
    periods: dict[int, list[_Period]] = {}
    for unit, above, first, end in later.values_list("unit_id", "induk_id", "mulai", "selesai"):
        periods.setdefault(unit, []).append(_Period(above, first, end))
    if unit_id is not None:
        own = [p if not p.holds(mulai) else replace(p, induk_id=induk_id, mulai=mulai) for p in periods[unit_id]]
        periods[unit_id] = own
    for day in _days(periods.values(), mulai, selesai):
        at: int | None = induk_id
        steps = 0
        while at is not None:
            if at == unit_id:
                raise UnitError(_("Induk itu berada di bawah unit ini sendiri. Pilih induk di luar bawahannya."))
            row = next((p for p in periods.get(at, ()) if p.holds(day)), None)
            if row is None:
                raise UnitError(
                    _("Induk itu tidak berlaku pada {day}. Pilih induk lain, atau tanggal lain.").format(
                        day=day.strftime("%d-%m-%Y")
                    )
                )
            at, steps = row.induk_id, steps + 1
            if steps > len(periods):
                raise UnitError(_("Susunan unit di atas induk itu melingkar. Perbaiki susunan itu lebih dahulu."))


def _days(periods: Iterable[list[_Period]], mulai: date, selesai: date | None) -> list[date]:
    """Return the days within the period on which anything in the tree changes."""
    edges = {edge for rows in periods for p in rows for edge in (p.mulai, p.selesai) if edge is not None}
    return [mulai, *sorted(day for day in edges if day > mulai and (selesai is None or day < selesai))]
