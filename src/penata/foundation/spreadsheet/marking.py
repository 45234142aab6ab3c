"""The user's own workbook with the offending cells marked, and a first sheet that lists all findings.

One xlsx of ordinary size keeps its formatting, formulas and widths (openpyxl). Larger ones, other formats and several
files come as a copy of the values of the sheets concerned (XlsxWriter in constant memory).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from penata.foundation.findings import Level
from penata.foundation.spreadsheet.container import Book, open_book
from penata.foundation.spreadsheet.titles import column_index, fold
from penata.language import N_, _

IN_PLACE_CELLS = 120_000  # used cells up to which openpyxl rewrites a workbook in a few seconds
NOTES = 5_000  # notes in one sheet; spreadsheet programs grow slow beyond, so further cells are only coloured
LINKS = 20_000  # links in the list of findings; the file format allows some 65,000
LIST_ROWS = 1_000_000  # findings that fit one sheet
LIST_SHEET = "Temuan"
AUTHOR = "Penata"
COLOURS: Mapping[str, str] = {"galat": "F8C9C4", "peringatan": "FCE7B2", "keterangan": "D5E8F0"}
LIST_COLUMNS: tuple[tuple[str, str, int], ...] = (  # column of a finding, title, width
    ("file", N_("Berkas"), 26),
    ("sheet", N_("Lembar"), 18),
    ("row", N_("Baris"), 8),
    ("column", N_("Kolom"), 8),
    ("header", N_("Judul kolom"), 22),
    ("value", N_("Nilai"), 22),
    ("level", N_("Tingkat"), 12),
    ("message", N_("Uraian"), 60),
    ("remedy", N_("Perbaikan"), 60),
    ("code", N_("Kode"), 8),
)


@dataclass(frozen=True)
class Mark:
    """What is to be seen at one cell: the gravest level and all texts."""

    level: str
    note: str


Marks = Mapping[tuple[str, str], Mapping[tuple[int, int], Mark]]  # by (file, sheet), then (row, column) from 0


def write_marked(paths: Sequence[Path], findings: pl.DataFrame, target: Path) -> Path:
    """Write the marked copy of *paths* with *findings* to *target* (xlsx) and return it.

    *findings* has the shape of :mod:`penata.foundation.findings`. The file appears whole or not at all. Raises
    RefusedFile when a file of *paths* can no longer be read, OSError when *target* cannot be written.
    """
    from penata.foundation.spreadsheet.marked_copy import write_copy
    from penata.foundation.spreadsheet.marked_original import can_keep, write_original

    books = [open_book(path) for path in paths]
    marks = place_marks(findings)
    partial = target.with_name(f".{target.name}.sebagian")
    try:
        kept = len(books) == 1 and can_keep(books[0]) and write_original(books[0], findings, marks, partial)
        if not kept:
            write_copy(books, findings, marks, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def place_marks(findings: pl.DataFrame) -> dict[tuple[str, str], dict[tuple[int, int], Mark]]:
    """Return the cells to mark per (file, sheet); a finding with a row but no column marks the first cell."""
    marks: dict[tuple[str, str], dict[tuple[int, int], Mark]] = {}
    located = findings.filter(pl.all_horizontal(pl.col("file", "sheet", "row").is_not_null()))
    for file, sheet, row, column, level, message, remedy in located.select(
        "file", "sheet", "row", "column", "level", "message", "remedy"
    ).iter_rows():
        cells = marks.setdefault((file, sheet), {})
        place = (row - 1, _index(column))
        text = f"{message} {remedy or ''}".strip()
        before = cells.get(place)
        graver = min((level, before.level), key=list(COLOURS).index) if before else level
        cells[place] = Mark(graver, f"{before.note}\n{text}" if before else text)
    return marks


def _index(column: str | None) -> int:
    letters = column or ""
    return column_index(letters) if letters.isascii() and letters.isupper() and len(letters) <= 3 else 0


def cell_name(row: int | None, column: str | None) -> str:
    """Return the cell that a finding links to, e.g. ``C12``."""
    index = _index(column)
    return f"{column if index and column else 'A'}{row or 1}"


def list_rows(findings: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the list of findings, in the order of :data:`LIST_COLUMNS`."""
    return findings.head(LIST_ROWS).select(name for name, _title, _width in LIST_COLUMNS)


def list_titles() -> list[str]:
    """Return the titles of the list of findings in the language in use."""
    return [_(title) for _name, title, _width in LIST_COLUMNS]


def is_list(name: str) -> bool:
    """Tell whether a sheet is the list of findings of an earlier marked copy."""
    return fold(name) == fold(LIST_SHEET)


def gravest(findings: pl.DataFrame) -> str:
    """Return one sentence that counts the findings by weight."""
    counts = {level: int((findings["level"] == level.value).sum()) for level in Level}
    return _("{galat} galat, {peringatan} peringatan, {keterangan} keterangan").format(
        galat=counts[Level.GALAT], peringatan=counts[Level.PERINGATAN], keterangan=counts[Level.KETERANGAN]
    )


def used_cells(book: Book) -> int:
    """Return how many cells with content *book* holds, as far as its inspection knows; 0 when it knows nothing."""
    return sum(area.cells for area in book.inspection.used.values()) if book.inspection else 0
