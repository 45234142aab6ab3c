"""The shape of a parameter: an agency may set other figures, never another table."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any

from penata.language import _

Path = tuple[str, ...]


class ShapeError(ValueError):
    """A value has not the shape of the parameter; the message names the place and what belongs there."""


def fit(value: Any, like: Any, where: str = "") -> Any:
    """Return *value* with the keys and types of *like*: days from ISO text, keys that are numbers from text.

    Raises ShapeError. Where *like* holds nothing (null), any single value will do.
    """
    place = where or _("nilai")
    if isinstance(like, Mapping):
        return _fit_mapping(value, like, where, place)
    if isinstance(like, list):
        if not isinstance(value, list) or len(value) != len(like):
            raise ShapeError(_("{place}: harus {n} baris seperti nilai semula").format(place=place, n=len(like)))
        pairs = zip(value, like, strict=True)
        return [fit(part, model, f"{where}[{number}]") for number, (part, model) in enumerate(pairs, start=1)]
    return _fit_leaf(value, like, place)


def _fit_mapping(value: Any, like: Mapping[Any, Any], where: str, place: str) -> dict[Any, Any]:
    known = {str(key): key for key in like}
    given = {str(key): part for key, part in value.items()} if isinstance(value, Mapping) else {}
    if set(given) != set(known):
        raise ShapeError(_("{place}: isiannya harus {keys}").format(place=place, keys=", ".join(known)))
    return {key: fit(given[text], like[key], f"{where}.{text}".lstrip(".")) for text, key in known.items()}


def _fit_leaf(value: Any, like: Any, place: str) -> Any:
    if like is None:
        if not isinstance(value, Mapping | list):
            return value
    elif isinstance(like, bool):
        if isinstance(value, bool):
            return value
    elif isinstance(like, int | float):
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return value
    elif isinstance(like, date):
        return _day(value, place)
    elif isinstance(value, str) and value.strip():
        return value
    raise ShapeError(_("{place}: '{value}' tidak dapat dipakai di sini").format(place=place, value=value))


def _day(value: Any, place: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ShapeError(_("{place}: tulis tanggal seperti 2026-12-31").format(place=place)) from error


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every single value of a table with the way to it."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from leaves(part, (*path, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value, start=1):
            yield from leaves(part, (*path, str(number)))
    else:
        yield path, value


def with_leaves(like: Any, given: Mapping[Path, Any], path: Path = ()) -> Any:
    """Return *like* with its single values replaced by those of *given*."""
    if isinstance(like, Mapping):
        return {key: with_leaves(part, given, (*path, str(key))) for key, part in like.items()}
    if isinstance(like, list):
        return [with_leaves(part, given, (*path, str(number))) for number, part in enumerate(like, start=1)]
    return given[path]
