"""Values of a rule made plain: for programs as JSON, for people as text."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from penata.language import _, day, number

_DIGITS = 12  # significant digits; what comes after them is the noise of binary arithmetic


def plain(value: Any) -> Any:
    """Return *value* with only dicts, lists, text, numbers, booleans and null; floats without binary noise."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.generic | np.ndarray):
        return plain(value.tolist())
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float | Decimal):
        return _number(float(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return str(value)


def _number(value: float) -> int | float | None:
    if not math.isfinite(value):
        return None
    short = float(f"{value:.{_DIGITS}g}")
    return int(short) if short.is_integer() else short


def spoken(value: Any) -> str:
    """Return *value* as people read it: numbers the Indonesian way, yes and no, dates in words."""
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if value is None:
        return "-"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int | float | Decimal):
        return _spoken_number(plain(value))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_inline(item)}" for key, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        rows = any(isinstance(item, Mapping) for item in value)
        return ("\n" if rows else "; ").join(map(_inline, value)) or "-"
    return str(value)


def _inline(value: Any) -> str:
    """Return *value* on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_inline(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        rows = any(isinstance(item, Mapping) for item in value)
        return (" / " if rows else "; ").join(map(_inline, value)) or "-"
    return spoken(value)


def _spoken_number(value: int | float | None) -> str:
    if value is None:
        return "-"
    decimals = f"{value:.6f}".rstrip("0").partition(".")[2]
    return number(value, len(decimals))
