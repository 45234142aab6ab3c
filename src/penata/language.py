"""Texts for people: marked in Indonesian, translated by gettext; numbers and dates as Indonesians write them.

The floor of the house: every room may import it. Source strings are Indonesian; the English catalogue lives in
``locale/en``. ``PENATA_BAHASA`` or :func:`use` chooses the language of a process, :func:`speaking` that of one request.
"""

import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE_FOLDER = Path(__file__).parent / "locale"
_spoken: ContextVar[str | None] = ContextVar("language", default=None)


def use(language: str) -> None:
    """Choose the language of this process: ``id`` (the source strings) or ``en``."""
    os.environ["PENATA_BAHASA"] = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak *language* inside the block, whatever the process speaks: one request or one task."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def current() -> str:
    """Return the language in use."""
    return _spoken.get() or os.environ.get("PENATA_BAHASA", "id")


@cache
def catalogue(language: str) -> _gettext.NullTranslations:
    """Return the texts of *language*; Indonesian, the source, has none."""
    source = LOCALE_FOLDER / language / "penata.po"
    if source.is_file():
        # Compiled in memory: a few milliseconds, and no generated file can grow stale beside its source.
        compiled = BytesIO()
        with source.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language))
        compiled.seek(0)
        return _gettext.GNUTranslations(compiled)
    return _gettext.NullTranslations()


def _(message: str) -> str:
    """Translate *message*; placeholders are filled by the caller with ``str.format``."""
    return catalogue(current()).gettext(message)


def N_(message: str) -> str:
    """Mark *message* for translation without translating it (tables of texts at module level)."""
    return message


def number(value: float, places: int = 0) -> str:
    """Write *value* the Indonesian way with *places* decimals: 1234.5 with 1 place is ``1.234,5``."""
    return _written(round(value, places) + 0.0, places, current())


# A page writes hundreds of numbers, the same ones again and again.
@lru_cache(maxsize=8_192)
def _written(value: float, places: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(value, format=pattern, locale=_locale(language), decimal_quantization=False))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def percent(share: float, places: int = 1) -> str:
    """Write a share (0.123) as a percentage (``12,3 %``)."""
    return f"{number(100 * share, places)} %"


def day(value: date) -> str:
    """Write a date in words: ``17 Agustus 2026``."""
    return str(format_date(value, format="d MMMM yyyy", locale=_locale(current())))
