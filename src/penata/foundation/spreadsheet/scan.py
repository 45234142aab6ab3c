"""Scanning the XML of sheets as bytes, piece by piece: formula errors, formulas without result, and the used area."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from penata.foundation.spreadsheet.titles import column_index

NOT_COMPUTED = ""  # text of a formula whose result is not stored

LONGEST_CELL = 2**20  # bytes of one cell and of one row that may be cut in two; more is no cell of a person
LONGEST_ROW = 2**25
_CELL_END = b"</c>"
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FAR_CELL = re.compile(rb'<c r="([A-Z]{2,3})\d+"[^>]*[^/>]>')
_ERROR_CELL = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
_FORMULA_ONLY = re.compile(rb"<c\b([^>]*)><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>)?</c>")
_SHEET_OR_ROW = re.compile(
    rb'<table:table\b[^>]*?table:name="([^"]*)"|<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)', re.DOTALL
)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.DOTALL)
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_ODS_ERROR = b'value-type="error"'
_ODS_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)</text:p>")


@dataclass
class Used:
    """How far the content of a sheet reaches, how many cells have content, and those without a usable result.

    ``columns`` is never below 26 and may be too high, never too low; ``errors`` is by (row, column) from 0.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


class SheetScan:
    """One worksheet part of an xlsx file, called *name*."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._used = Used()
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Take the next *piece*; cells cut in two wait for the next one."""
        data = self._rest + piece
        cut = data.rfind(_CELL_END)
        if cut < 0:
            # Only unfinished or empty cells so far: enough of the end is kept to hold one begun cell.
            start = max(data.rfind(b"<c "), 0)
            self._rest = data[start:][-LONGEST_CELL:]
            return
        cut += len(_CELL_END)
        self._rest = data[cut:]
        self._look(data[:cut])

    def close(self) -> Mapping[str, Used]:
        """Return what was seen, under the name of the part."""
        return {self._name: self._used}

    def _look(self, data: bytes) -> None:
        used = self._used
        used.cells += data.count(_CELL_END)
        if last := _REFERENCE.search(data, max(data.rfind(b"<c "), 0)):
            used.rows = max(used.rows, int(last[2]))
            used.columns = max(used.columns, 26)
        for letters in set(_FAR_CELL.findall(data)):
            used.columns = max(used.columns, column_index(letters.decode()) + 1)
        if b't="e"' in data:
            for attributes, text in _ERROR_CELL.findall(data):
                self._note(attributes, text.decode())
        if b"<f" in data:
            for attributes in _FORMULA_ONLY.findall(data):
                if b't="str"' not in attributes:  # an empty text is a result
                    self._note(attributes, NOT_COMPUTED)

    def _note(self, attributes: bytes, text: str) -> None:
        if place := _REFERENCE.search(attributes):
            self._used.errors[int(place[2]) - 1, column_index(place[1].decode())] = text


class OdsScan:
    """The content part of an ods file: sheets follow each other, rows and cells are repeated by a number."""

    def __init__(self) -> None:
        self._sheets: dict[str, Used] = {}
        self._used = Used()
        self._rest = b""
        self._row = 0

    def feed(self, piece: bytes) -> None:
        """Take the next *piece*; rows cut in two wait for the next one."""
        data = self._rest + piece
        end = 0
        for part in _SHEET_OR_ROW.finditer(data):
            if part[1] is not None:
                self._used = self._sheets.setdefault(unescape(part[1].decode()), Used())
                self._row = 0
            else:
                self._look(part[2], part[3] or b"")
            end = part.end()
        self._rest = data[end:][-LONGEST_ROW:]

    def close(self) -> Mapping[str, Used]:
        """Return what was seen, by the name of the sheet."""
        return self._sheets

    def _look(self, attributes: bytes, body: bytes) -> None:
        repeated = _ROWS_REPEATED.search(attributes)
        self._row += int(repeated[1]) if repeated else 1
        if b"<text:p" not in body and b"office:value" not in body:
            return
        column = last = count = 0
        for cell in _CELL.finditer(body):
            times = _COLUMNS_REPEATED.search(cell[1])
            column += int(times[1]) if times else 1
            if cell[2] or b"office:value" in cell[1]:
                last, count = column, count + 1
            if _ODS_ERROR in cell[1]:
                text = _ODS_TEXT.search(cell[2] or b"")
                self._used.errors[self._row - 1, column - 1] = unescape(text[1].decode()) if text else "#N/A"
        self._used.rows = self._row
        self._used.columns = max(self._used.columns, last)
        self._used.cells += count
