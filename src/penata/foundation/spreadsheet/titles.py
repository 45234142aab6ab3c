"""Comparing titles the way people do: without case, spaces, punctuation or line breaks; and naming columns as Excel."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NEAR = 0.6  # similarity from which a title is worth naming as the nearest one


def fold(text: object) -> str:
    """Return only the letters and digits of *text*, in lower case, without accents: ``Gol./Ruang`` is ``golruang``."""
    plain = unicodedata.normalize("NFKD", str(text)).lower()
    return _NOT_WORD.sub("", plain)


def fold_words(text: object) -> str:
    """Return *text* folded word by word, words separated by one space: ``1. Data-Pegawai`` is ``1 data pegawai``."""
    plain = unicodedata.normalize("NFKD", str(text)).lower()
    return _NOT_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def readings(text: object) -> list[str]:
    """Return the folded forms under which a title may be known: as written, then without its parentheses."""
    written = str(text)
    forms = [fold(written), fold(_PARENTHESES.sub(" ", written))]
    return [form for form in dict.fromkeys(forms) if form]


def nearest(text: object, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like *text*, or None when nothing is alike."""
    folded = {fold(candidate): candidate for candidate in candidates}
    close = get_close_matches(fold(text), list(folded), n=1, cutoff=_NEAR)
    return folded[close[0]] if close else None


def column_letter(index: int) -> str:
    """Return the letters of column *index* (0 is A) as a spreadsheet shows them."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the index (A is 0) of the column called *letters*."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def single_line(text: object) -> str:
    """Return *text* on one line with single spaces, as it is quoted in a message."""
    return " ".join(str(text).split())
