"""Reading the named inputs of a rule (JSON): right type and range, or an InputError that names the key and the remedy.

Each reader takes the inputs and a key, and returns the value or, where ``default`` is given, that default when the key
is absent or null.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, TypeVar

from penata.language import _
from penata.rulebook.rule import InputError

T = TypeVar("T")
_LARGEST = Decimal(10) ** 12  # beyond this an input is a slip of the hand, and floats would lose their cents
_LONGEST = 100_000  # items in one list


class _Required:
    """Marks that a key has no default."""


REQUIRED = _Required()


def given(inputs: Mapping[str, Any], key: str) -> bool:
    """Tell whether *key* was given with a value other than null."""
    return inputs.get(key) is not None


def as_decimal(
    value: Any, key: str, *, minimum: float | None = 0, maximum: float | None = None, positive: bool = False
) -> Decimal:
    """Return *value* as an exact decimal, refusing text, booleans, NaN and values out of range."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise InputError(_("{key}: '{value}' bukan angka; tulis sebagai angka").format(key=key, value=_show(value)))
    if isinstance(value, float) and not isfinite(value):
        raise InputError(_("{key}: harus angka yang berhingga").format(key=key))
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) > _LARGEST:
        raise InputError(_("{key}: terlalu besar; periksa satuannya").format(key=key))
    if positive and number <= 0:
        raise InputError(_("{key}: harus lebih besar dari 0").format(key=key))
    if minimum is not None and number < Decimal(str(minimum)):
        raise InputError(_("{key}: {value} terlalu kecil; paling sedikit {minimum}").format(
            key=key, value=value, minimum=minimum))  # fmt: skip
    if maximum is not None and number > Decimal(str(maximum)):
        raise InputError(_("{key}: {value} terlalu besar; paling banyak {maximum}").format(
            key=key, value=value, maximum=maximum))  # fmt: skip
    return number


def decimal(
    inputs: Mapping[str, Any],
    key: str,
    *,
    default: Any = REQUIRED,
    minimum: float | None = 0,
    maximum: float | None = None,
    positive: bool = False,
) -> Decimal:
    """Return the number under *key*; by default it may not be negative."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    return as_decimal(inputs[key], key, minimum=minimum, maximum=maximum, positive=positive)


def as_integer(value: Any, key: str, *, minimum: int | None = 0, maximum: int | None = None) -> int:
    """Return *value* as a whole number."""
    number = as_decimal(value, key, minimum=minimum, maximum=maximum)
    if number != int(number):
        raise InputError(_("{key}: {value} bukan bilangan bulat").format(key=key, value=value))
    return int(number)


def integer(
    inputs: Mapping[str, Any],
    key: str,
    *,
    default: Any = REQUIRED,
    minimum: int | None = 0,
    maximum: int | None = None,
) -> int:
    """Return the whole number under *key*."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    return as_integer(inputs[key], key, minimum=minimum, maximum=maximum)


def as_text(value: Any, key: str) -> str:
    """Return *value* as text."""
    if not isinstance(value, str):
        raise InputError(_("{key}: '{value}' bukan teks; tulis di antara tanda kutip").format(
            key=key, value=_show(value)))  # fmt: skip
    return value


def text(inputs: Mapping[str, Any], key: str, *, default: Any = REQUIRED) -> str:
    """Return the text under *key*."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    return as_text(inputs[key], key)


def as_choice(value: Any, key: str, options: Sequence[str]) -> str:
    """Return the one of *options* that *value* spells, ignoring case and surrounding spaces."""
    folded = as_text(value, key).strip().casefold()
    for option in options:
        if option.casefold() == folded:
            return option
    raise InputError(_("{key}: '{value}' tidak dikenal; pilihan: {options}").format(
        key=key, value=_show(value), options=", ".join(options)))  # fmt: skip


def choice(inputs: Mapping[str, Any], key: str, options: Sequence[str], *, default: Any = REQUIRED) -> str:
    """Return the option spelled under *key*."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    return as_choice(inputs[key], key, options)


def boolean(inputs: Mapping[str, Any], key: str, *, default: Any = REQUIRED) -> bool:
    """Return the yes or no under *key*: true/false, or the words ya/tidak."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    value = inputs[key]
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().casefold() in ("ya", "tidak"):
        return value.strip().casefold() == "ya"
    raise InputError(_("{key}: '{value}' bukan ya atau tidak; tulis true atau false").format(
        key=key, value=_show(value)))  # fmt: skip


def as_day(value: Any, key: str) -> date:
    """Return *value* (ISO text or a date) as a day."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(as_text(value, key).strip())
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(_("{key}: '{value}' bukan tanggal; tulis TTTT-BB-HH").format(
            key=key, value=_show(value))) from error  # fmt: skip


def day(inputs: Mapping[str, Any], key: str, *, default: Any = REQUIRED) -> date:
    """Return the day under *key*."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    return as_day(inputs[key], key)


def as_items(value: Any, key: str, read: Callable[[Any, str], T], *, length: int | None = None) -> list[T]:
    """Return the list *value* with every item read by *read*; ``length`` asks for exactly that many."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
        raise InputError(_("{key}: harus berupa daftar").format(key=key))
    if not value or len(value) > _LONGEST:
        raise InputError(_("{key}: daftar kosong atau terlalu panjang").format(key=key))
    if length is not None and len(value) != length:
        raise InputError(_("{key}: harus berisi {length} butir").format(key=key, length=length))
    return [read(item, f"{key}[{index}]") for index, item in enumerate(value)]


def items(inputs: Mapping[str, Any], key: str, read: Callable[[Any, str], T], *, default: Any = REQUIRED) -> list[T]:
    """Return the list under *key*; a single value counts as a list of one."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    value = inputs[key]
    return as_items(value if isinstance(value, list | tuple) else [value], key, read)


def as_mapping(value: Any, key: str) -> Mapping[str, Any]:
    """Return *value* as a mapping of text keys, not empty."""
    if not isinstance(value, Mapping) or not value:
        raise InputError(_("{key}: harus berupa pasangan nama dan nilai").format(key=key))
    return {str(name): item for name, item in value.items()}


def mapping(inputs: Mapping[str, Any], key: str, *, default: Any = REQUIRED) -> Mapping[str, Any]:
    """Return the mapping under *key*."""
    if not given(inputs, key):
        return _default(key, default)  # type: ignore[no-any-return]
    return as_mapping(inputs[key], key)


def first_of(inputs: Mapping[str, Any], *keys: str) -> str:
    """Return the first of *keys* that was given; InputError when none was."""
    for key in keys:
        if given(inputs, key):
            return key
    raise InputError(_("masukan belum ada: isi salah satu dari {keys}").format(keys=", ".join(keys)))


def is_list(inputs: Mapping[str, Any], key: str) -> bool:
    """Tell whether a list was given under *key*, so that the answer is a list too."""
    return isinstance(inputs.get(key), list | tuple)


def _default(key: str, default: Any) -> Any:
    if default is REQUIRED:
        raise InputError(_("masukan belum ada: {key}").format(key=key))
    return default


def _show(value: Any) -> str:
    """Return *value* short enough for a message."""
    try:
        shown = str(value)
    except (ValueError, InvalidOperation):  # integers beyond Python's limit for printing
        return "..."
    return shown if len(shown) <= 40 else shown[:37] + "..."
