"""The rows under a header: which of them are data, and their cells column by column.

Left out are empty rows, a row of column numbers under the header, headers repeated in the middle of the table, and rows
of totals. Merged cells give their value to the whole area where the field says so.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from penata.foundation.spreadsheet.cells import UNCOMPUTED, is_blank
from penata.foundation.spreadsheet.container import Sheet
from penata.foundation.spreadsheet.header import Header
from penata.foundation.spreadsheet.titles import fold, fold_words

_TOTAL = re.compile(r"(?:\S{1,3} )?(?:grand |sub ?)?(?:jumlah|jml|total)\b")
_ONLY_TOTAL = frozenset(
    {
        "jumlah", "jml", "total", "subtotal", "subjumlah", "grandtotal", "jumlahtotal", "totaljumlah",
        "jumlahkeseluruhan", "totalkeseluruhan", "jumlahseluruhnya", "jumlahbebankerja",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """Data rows of one sheet: ``rows`` are their positions from 0, ``cells`` holds one per row by column index."""

    rows: list[int]
    cells: Mapping[int, list[Any]]
    totals: tuple[int, ...] = ()

    def only(self, kept: Sequence[bool]) -> "Body":
        """Return the body with the rows for which *kept* is true."""
        return Body(
            [row for row, keep in zip(self.rows, kept, strict=True) if keep],
            {at: [cell for cell, keep in zip(cells, kept, strict=True) if keep] for at, cells in self.cells.items()},
            self.totals,
        )


def read_body(
    sheet: Sheet, header: Header, columns: Collection[int], *, keys: Collection[int], filled: Collection[int]
) -> Body:
    """Return the data rows of *sheet* under *header*.

    *columns*: the column indices wanted. *keys*: those that identify a row; a row that says nothing in them may be a
    total. *filled*: those whose merged areas pass their value on to every row.
    """
    start = header.last + 1
    height = len(sheet.rows) - start
    if height <= 0 or not columns:
        return Body([], {at: [] for at in columns})
    cells = {at: _column(sheet, at, start) for at in columns}
    candidates = _with_content(cells, [at for at in keys if at in cells], height)
    candidates = _drop_column_numbers(sheet, candidates, start)
    totals = _totals(sheet, cells, keys, candidates, start)
    repeated = _repeated_headers(cells, header, keys, candidates)
    kept = [at for at in candidates if at not in totals and at not in repeated]
    _fill_merged(sheet, cells, filled, start)
    whole = len(kept) == height
    return Body(
        [start + at for at in kept],
        {column: values if whole else [values[at] for at in kept] for column, values in cells.items()},
        tuple(sorted(start + at for at in totals)),
    )


def _column(sheet: Sheet, at: int, start: int) -> list[Any]:
    values = [row[at] if at < len(row) else "" for row in sheet.rows[start:]]
    for (row, column), text in sheet.errors.items():
        if column == at and 0 <= row - start < len(values) and values[row - start] == "":
            values[row - start] = text or UNCOMPUTED
    return values


def _with_content(cells: Mapping[int, list[Any]], keys: Sequence[int], height: int) -> list[int]:
    first = cells[keys[0]] if keys else next(iter(cells.values()))
    others = list(cells.values())
    return [
        at for at in range(height)
        if not is_blank(first[at]) or any(not is_blank(values[at]) for values in others)
    ]  # fmt: skip


def _drop_column_numbers(sheet: Sheet, candidates: list[int], start: int) -> list[int]:
    """Leave out a first row that only numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    if not candidates:
        return candidates
    numbers = []
    for cell in sheet.rows[start + candidates[0]]:
        if is_blank(cell):
            continue
        text = str(cell).strip(" ()[].").removesuffix(".0")
        if not text.isdecimal():
            return candidates
        numbers.append(int(text))
    consecutive = len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers))
    return candidates[1:] if consecutive and numbers[0] <= 2 else candidates


def _totals(
    sheet: Sheet, cells: Mapping[int, list[Any]], keys: Collection[int], candidates: list[int], start: int
) -> set[int]:
    words = {at: {value for value in _words(cells[at]) if fold(value) in _ONLY_TOTAL} for at in keys if at in cells}
    first_key = next((cells[at] for at in keys if at in cells), None)
    found = {at for column, said in words.items() if said for at in candidates if cells[column][at] in said}
    if first_key is not None:
        for at in candidates:
            if is_blank(first_key[at]) and at not in found:
                texts = (cell for cell in sheet.rows[start + at] if isinstance(cell, str) and not is_blank(cell))
                if _TOTAL.match(fold_words(next(texts, ""))):
                    found.add(at)
    return found


def _repeated_headers(
    cells: Mapping[int, list[Any]], header: Header, keys: Collection[int], candidates: list[int]
) -> set[int]:
    titled = [(cells[at], fold(header.titles[at])) for at in keys if at in cells and header.titles[at]]
    if not titled:
        return set()
    first, title = titled[0]
    same = {value for value in _words(first) if fold(value) == title}
    if not same:
        return set()
    return {
        at for at in candidates
        if first[at] in same and all(fold(values[at]) == name for values, name in titled)
    }  # fmt: skip


def _words(values: Sequence[Any]) -> set[str]:
    """Return the distinct texts among *values* that do not begin with a digit, as codes and numbers do."""
    return {value for value in set(values) if isinstance(value, str) and value and not value[0].isdigit()}


def _fill_merged(sheet: Sheet, cells: Mapping[int, list[Any]], filled: Collection[int], start: int) -> None:
    for (top, left), (bottom, _right) in sheet.merged:
        if left in filled and left in cells and top >= start:
            values = cells[left]
            for at in range(top - start + 1, min(bottom - start + 1, len(values))):
                values[at] = values[top - start]
