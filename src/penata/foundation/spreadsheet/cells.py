"""What one cell means. Form is forgiven, content is not: a parser returns the value, None for an empty cell, or
raises :class:`CellError` with the code of a finding (see ``problems.py``).

Numbers in text cells follow Indonesian writing:

- a comma alone is the decimal comma: ``1,5`` and also ``1,234``;
- points in groups of three are thousands: ``1.234`` and ``1.234.567`` are whole numbers;
- any other single point is a decimal point: ``1.5``, ``0.125``, ``12.50``, ``1234.567``;
- with both signs the last one is the decimal sign: ``1.234,5`` and ``1,234.5``.

A numeric cell is a number and is never interpreted. A source that always writes decimal points says so with
``decimal="."`` (mapping files do), and then every point is a decimal point and commas are thousands.
"""

import re
from collections.abc import Callable
from datetime import date, datetime

from penata.foundation.spreadsheet.dates import TwoDigitYearError, parse_date
from penata.foundation.spreadsheet.titles import single_line

Parser = Callable[[object], object | None]

UNCOMPUTED = "\0"  # stands in a cell whose formula has no stored result
EXACT = 2**53  # from here on a spreadsheet's numbers no longer hold every digit
_BLANK = frozenset({"", "-", "--", "---", "–", "—", "_", "''", '""'})
_ERRORS = re.compile(
    r"#(?:REF!|N/A|NA|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|BLOCKED!|FIELD!|CONNECT!)|Err:\d+"
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+]?\d+", re.IGNORECASE)
_NIP_DRESS = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060'’‘`\"“”.\-‐‑–_/]+")
_THOUSANDS_POINT = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
_THOUSANDS_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_YES = frozenset({"ya", "y", "iya", "yes", "true", "benar", "1", "v", "✓", "✔", "√", "ada"})
_NO = frozenset({"tidak", "t", "tdk", "no", "n", "false", "salah", "0", "bukan", "tidak ada"})


class CellError(ValueError):
    """A cell whose content cannot be used; ``code`` names the finding."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def is_blank(value: object) -> bool:
    """Tell whether a cell says nothing: empty, spaces, or a dash."""
    return value is None or (isinstance(value, str) and value.strip() in _BLANK)


def shown(value: object) -> str:
    """Return the cell as a person sees it, for messages and for text columns."""
    if isinstance(value, datetime):
        return value.strftime("%d-%m-%Y") if value.time() == datetime.min.time() else value.strftime("%d-%m-%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < EXACT else repr(value)
    return single_line(value)


def parse_text(value: object) -> str | None:
    """Return the text on one line with single spaces."""
    return None if is_blank(value) else shown(value)


def parse_code(value: object) -> str | None:
    """Return an identifier as written. A number is taken over only while all its digits are certain (else B13)."""
    if is_blank(value):
        return None
    if isinstance(value, float) and abs(value) >= EXACT:
        raise CellError("B13")
    return shown(value)


def parse_digits(value: object, length: int) -> str | None:
    """Return a number of *length* digits kept as text, without spaces, dashes, points, apostrophes and quotes.

    Raises CellError B13 for what a spreadsheet has already rounded, B14 for another length or other characters.
    """
    if isinstance(value, str) and len(value) == length and value.isascii() and value.isdigit():
        return value
    if is_blank(value):
        return None
    if isinstance(value, int | float):
        if abs(value) >= EXACT:
            raise CellError("B13")
        value = shown(value)
    if _SCIENTIFIC.fullmatch(str(value).strip().strip("'\"")):
        raise CellError("B13")
    bare = _NIP_DRESS.sub("", str(value))
    if len(bare) != length or not (bare.isascii() and bare.isdigit()):
        raise CellError("B14", count=len(bare))
    return bare


def parse_decimal(value: object, decimal: str = ",") -> float | None:
    """Return the number; *decimal* is the decimal sign of the source where the writing alone is ambiguous."""
    if is_blank(value):
        return None
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str):
        raise CellError("B15")
    text = re.sub(r"[\s\u00a0\u202f]+", "", value.replace("−", "-"))
    text = re.sub(r"^Rp\.?", "", text, flags=re.IGNORECASE)
    plain = _without_groups(text, decimal)
    if not _PLAIN.fullmatch(plain):
        raise CellError("B15")
    return float(plain)


def _without_groups(text: str, decimal: str) -> str:
    """Return *text* with thousands signs removed and a decimal point; unfit text comes back unfit."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        sign, group = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
        whole, _, rest = text.rpartition(sign)
        groups = _THOUSANDS_POINT if group == "." else _THOUSANDS_COMMA
        return whole.replace(group, "") + "." + rest if groups.fullmatch(whole) else text
    if decimal == ".":
        return text.replace(",", "") if _THOUSANDS_COMMA.fullmatch(text) else text
    if commas:
        return text.replace(",", "") if commas > 1 and _THOUSANDS_COMMA.fullmatch(text) else text.replace(",", ".")
    return text.replace(".", "") if _THOUSANDS_POINT.fullmatch(text) else text


def parse_integer(value: object, decimal: str = ",") -> int | None:
    """Return the whole number; a fraction raises CellError B16."""
    number = parse_decimal(value, decimal)
    if number is None:
        return None
    if not number.is_integer() or abs(number) >= EXACT:
        raise CellError("B16")
    return int(number)


def parse_day(value: object) -> date | None:
    """Return the date (see :func:`penata.foundation.spreadsheet.dates.parse_date`)."""
    if is_blank(value):
        return None
    try:
        return parse_date(value)
    except TwoDigitYearError:
        raise CellError("B19") from None
    except (ValueError, OverflowError):
        raise CellError("B18") from None


def parse_year(value: object) -> int | None:
    """Return a year of four digits."""
    if is_blank(value):
        return None
    text = shown(value) if isinstance(value, str | int | float) else ""
    if not re.fullmatch(r"\d{4}", text):
        raise CellError("B20")
    return int(text)


def parse_yes_no(value: object) -> bool | None:
    """Return whether the cell says yes."""
    if is_blank(value):
        return None
    word = shown(value).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError("B21")


def parse_list(value: object) -> str | None:
    """Return several values, separated by semicolons or line breaks, joined by ``; ``."""
    if is_blank(value):
        return None
    parts = [single_line(part) for part in re.split(r"[;\n]", value if isinstance(value, str) else shown(value))]
    return "; ".join(part for part in parts if part not in _BLANK) or None


def error_text(value: object) -> str | None:
    """Return the formula error that a text cell holds (``#REF!``, ``Err:502``), or None."""
    if isinstance(value, str) and value[:1] in "#E" and _ERRORS.fullmatch(value.strip()):
        return value.strip()
    return None
