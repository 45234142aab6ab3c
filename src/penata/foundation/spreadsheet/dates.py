"""Dates as people write them: Excel dates and serials, ISO, day-month-year, and months in words."""

import re
from datetime import date, datetime, timedelta

_EPOCH = date(1899, 12, 30)  # day 0 of Excel, which counts a 29 February 1900 that never was
FIRST_SERIAL, LAST_SERIAL = 7306, 109574  # 1920-01-01 .. 2199-12-31: what a date column can mean by a bare number
FIRST_YEAR, LAST_YEAR = 1900, 2199
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agt agst aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = "senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
_WEEKDAY = re.compile(rf"^(?:{_DAYS})\s*,\s*", re.IGNORECASE)
_TIME = re.compile(r"(?:T|\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:Z|wib|wita|wit)?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")
_IN_WORDS = re.compile(r"^(\d{1,2})[-/.\s]*([a-z]+)\.?[-/.,\s]*(\d{4}|'?\d{2})$", re.IGNORECASE)
_NO_DATE = frozenset({"0000-00-00", "00-00-0000", "00/00/0000"})  # what databases export for no date


class TwoDigitYearError(ValueError):
    """The year has two digits, so its century is a guess."""


def parse_date(value: object) -> date | None:
    """Return the day that *value* means; None for a database's empty date.

    Accepts a date, a datetime, an Excel serial number (1900 system, whole or with a time), and text: ISO,
    ``dd-mm-yyyy`` with ``-``, ``/``, ``.`` or spaces, ``17 Agustus 2025`` with Indonesian or English months, full or
    short, a weekday in front and a time behind. The day always comes before the month. Raises TwoDigitYearError for a
    year of two digits and ValueError for everything else.
    """
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, int | float):
        return _from_serial(float(value))
    text = _TIME.sub("", _WEEKDAY.sub("", str(value).strip()))
    if text in _NO_DATE:
        return None
    if match := _YEAR_FIRST.match(text):
        year, month, day = (int(part) for part in match.groups())
        return _plausible(date(year, month, day))
    if match := _DAY_FIRST.match(text):
        return _of_parts(match[1], int(match[2]), match[3])
    if (match := _IN_WORDS.match(text)) and match[2].lower() in _MONTHS:
        return _of_parts(match[1], _MONTHS[match[2].lower()], match[3].lstrip("'"))
    if re.fullmatch(r"\d{5}(?:[.,]0+)?", text):  # a serial number that was stored as text
        return _from_serial(float(text[:5]))
    raise ValueError(text)


def _of_parts(day: str, month: int, year: str) -> date:
    if len(year) == 2:
        raise TwoDigitYearError(year)
    return _plausible(date(int(year), month, int(day)))


def _from_serial(number: float) -> date:
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise ValueError(number)
    return _EPOCH + timedelta(days=int(number))


def _plausible(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day
