"""Values and conditions of a mapping file: how one field of ours comes out of columns of theirs.

Every value answers for a whole sheet at once: from the cells by folded title to a list with one cell per row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from penata.foundation.spreadsheet.cells import is_blank, shown
from penata.foundation.spreadsheet.titles import fold
from penata.language import _


class MappingError(ValueError):
    """A mapping file says something that has no meaning; the message is Indonesian and names the place."""


@dataclass(frozen=True)
class Table:
    """Cells of one sheet: ``cells`` by folded title, and the row number of each row as the spreadsheet shows it."""

    cells: Mapping[str, Sequence[Any]]
    rows: Sequence[int]

    def column(self, title: str) -> Sequence[Any]:
        """Return the cells under *title*; empty cells when the sheet has no such column."""
        return self.cells.get(fold(title), [""] * len(self.rows))

    @property
    def order(self) -> list[int]:
        """Return the place of each row (from 1) among all rows sorted by content, whatever order they came in."""
        contents = [tuple(shown(cell) for cell in row) for row in zip(*self.cells.values(), strict=True)]
        places = [0] * len(self.rows)
        for place, at in enumerate(sorted(range(len(contents)), key=contents.__getitem__), start=1):
            places[at] = place
        return places


@dataclass(frozen=True)
class Value:
    """Where a field comes from: the titles it reads (the first one is its place in messages) and how."""

    titles: tuple[str, ...]
    evaluate: Callable[[Table], list[Any]]


@dataclass(frozen=True)
class Condition:
    """Whether a row is meant: ``title`` names the column, ``holds`` judges one cell."""

    title: str
    holds: Callable[[Any], bool]

    def rows(self, table: Table) -> list[bool]:
        """Return for each row whether the condition holds."""
        return [self.holds(cell) for cell in table.column(self.title)]


def read_conditions(content: Any) -> list[Condition]:
    """Return the conditions in *content* (a list, or nothing); raises MappingError."""
    if content is None:
        return []
    if not isinstance(content, list):
        raise MappingError(_("“lewati” harus daftar syarat"))
    return [_read_condition(item) for item in content]


def _read_condition(content: Any) -> Condition:
    tests = {"sama", "tidak_sama", "kosong"}
    if not isinstance(content, dict) or "kolom" not in content or len(tests & content.keys()) != 1:
        raise MappingError(_("syarat harus menyebut “kolom” dan salah satu dari sama, tidak_sama, kosong"))
    title = str(content["kolom"])
    if "kosong" in content:
        wanted = bool(content["kosong"])
        return Condition(title, lambda cell: is_blank(cell) is wanted)
    key = "sama" if "sama" in content else "tidak_sama"
    words = content[key] if isinstance(content[key], list) else [content[key]]
    folded = {fold(word) for word in words}
    equal = key == "sama"
    return Condition(title, lambda cell: (fold(shown(cell)) in folded) is equal)


def read_value(content: Any) -> Value:
    """Return the value that *content* describes; raises MappingError."""
    if isinstance(content, str):
        return _column({"kolom": content})
    if isinstance(content, dict):
        for key, read in _READERS.items():
            if key in content:
                return read(content)
    raise MappingError(_("nilai {value} tidak dimengerti").format(value=content))


def _constant(content: Mapping[str, Any]) -> Value:
    _only(content, {"tetap"})
    constant = content["tetap"]
    return Value((), lambda table: [constant] * len(table.rows))


def _column(content: Mapping[str, Any]) -> Value:
    _only(content, {"kolom", "terjemah", "selain_itu", "kosongkan", "bila_kosong"})
    title = str(content["kolom"])
    translations = content.get("terjemah", {})
    if not isinstance(translations, dict):
        raise MappingError(_("“terjemah” harus berisi pasangan kata mereka dan kata kita"))
    words = {fold(theirs): ours for theirs, ours in translations.items()}
    emptied = {fold(word) for word in _list(content, "kosongkan")}

    def translate(cell: Any) -> Any:
        if not is_blank(cell) and fold(shown(cell)) in emptied:
            cell = ""
        if is_blank(cell):
            return content.get("bila_kosong", "")
        if words or "selain_itu" in content:
            return words.get(fold(shown(cell)), content.get("selain_itu", cell))
        return cell

    return Value((title,), lambda table: [translate(cell) for cell in table.column(title)])


def _pattern(content: Mapping[str, Any]) -> Value:
    _only(content, {"pola"})
    pattern = str(content["pola"])
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise MappingError(_("“pola” {pattern} tidak menutup kurungnya").format(pattern=pattern)) from error
    names = [name for _text, name, _spec, _conversion in parts if name]
    titles = tuple(name for name in names if name not in {"baris", "urut"})

    def evaluate(table: Table) -> list[Any]:
        columns: dict[str, Sequence[Any]] = {title: [shown(cell) for cell in table.column(title)] for title in titles}
        columns |= {"baris": table.rows} | ({"urut": table.order} if "urut" in names else {})
        return [
            "".join(text + (str(columns[name][at]) if name else "") for text, name, _spec, _conversion in parts)
            for at in range(len(table.rows))
        ]

    return Value(titles, evaluate)


def _joined(content: Mapping[str, Any]) -> Value:
    _only(content, {"gabung", "pemisah"})
    parts = [read_value(part) for part in _list(content, "gabung")]
    separator = str(content.get("pemisah", "; "))

    def evaluate(table: Table) -> list[Any]:
        answers = [part.evaluate(table) for part in parts]
        return [
            separator.join(shown(cell) for cell in cells if not is_blank(cell)) for cells in zip(*answers, strict=True)
        ]

    return Value(tuple(title for part in parts for title in part.titles), evaluate)


def _choice(content: Mapping[str, Any]) -> Value:
    _only(content, {"bila", "selain_itu"})
    cases = []
    for case in _list(content, "bila"):
        if not isinstance(case, dict) or "maka" not in case:
            raise MappingError(_("tiap “bila” harus mempunyai “maka”"))
        cases.append((_read_condition({k: v for k, v in case.items() if k != "maka"}), read_value(case["maka"])))
    otherwise = read_value(content.get("selain_itu", {"tetap": ""}))

    def evaluate(table: Table) -> list[Any]:
        answer = otherwise.evaluate(table)
        for condition, value in reversed(cases):
            chosen = value.evaluate(table)
            answer = [
                new if holds else old for holds, new, old in zip(condition.rows(table), chosen, answer, strict=True)
            ]
        return answer

    titles = [*otherwise.titles, *(title for _condition, value in cases for title in value.titles)]
    titles += [condition.title for condition, _value in cases]
    return Value(tuple(dict.fromkeys(titles)), evaluate)


def _list(content: Mapping[str, Any], key: str) -> list[Any]:
    items = content.get(key, [])
    if not isinstance(items, list):
        raise MappingError(_("“{key}” harus daftar").format(key=key))
    return items


def _only(content: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := content.keys() - allowed:
        raise MappingError(_("kunci {keys} tidak dikenal").format(keys=", ".join(sorted(map(str, unknown)))))


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Value]] = {
    "tetap": _constant,
    "bila": _choice,
    "pola": _pattern,
    "gabung": _joined,
    "kolom": _column,
}
