"""Marking in the user's own xlsx workbook, which keeps its look."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import polars as pl
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from penata.foundation.spreadsheet.container import Book
from penata.foundation.spreadsheet.marking import (
    AUTHOR,
    COLOURS,
    IN_PLACE_CELLS,
    LINKS,
    LIST_COLUMNS,
    LIST_SHEET,
    NOTES,
    Mark,
    Marks,
    cell_name,
    gravest,
    is_list,
    list_rows,
    list_titles,
    used_cells,
)

_FILLS = {level: PatternFill("solid", start_color=colour, end_color=colour) for level, colour in COLOURS.items()}
_OURS = {f"00{colour}" for colour in COLOURS.values()}
_HEADER_FILL = PatternFill("solid", start_color="0B5D5E", end_color="0B5D5E")
_NOTE_SIZE = (360, 120)  # points, width and height


def can_keep(book: Book) -> bool:
    """Tell whether *book* is a workbook that can be rewritten with its look in reasonable time."""
    return book.kind == "xlsx" and used_cells(book) <= IN_PLACE_CELLS


def write_original(book: Book, findings: pl.DataFrame, marks: Marks, target: Path) -> bool:
    """Write *book* with its marks to *target*; return False when openpyxl does not understand the workbook.

    Marks of an earlier round are taken away first, so a corrected marked workbook can be read and marked again.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on parts that openpyxl leaves out, such as newer kinds of validation
            workbook = load_workbook(book.path)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, BadZipFile):
        return False  # written by a program with its own ideas of the format
    for name in [name for name in workbook.sheetnames if is_list(name)]:
        del workbook[name]
    for sheet in workbook.worksheets:
        _clear(sheet)
        _mark(sheet, marks.get((book.file, sheet.title), {}))
    _list(workbook.create_sheet(LIST_SHEET, 0), findings, set(workbook.sheetnames))
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == LIST_SHEET
    workbook.save(target)
    return True


def _clear(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
            if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in _OURS:
                cell.fill = PatternFill()


def _mark(sheet: Worksheet, marks: Mapping[tuple[int, int], Mark]) -> None:
    covered = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    for count, ((row, column), mark) in enumerate(sorted(marks.items())):
        at = covered.get((row + 1, column + 1), (row + 1, column + 1))
        cell = sheet.cell(*at)
        cell.fill = _FILLS[mark.level]
        if count < NOTES:
            told = f"{cell.comment.text}\n" if cell.comment is not None else ""
            comment = Comment(told + mark.note, AUTHOR)
            comment.width, comment.height = _NOTE_SIZE
            cell.comment = comment


def _list(sheet: Worksheet, findings: pl.DataFrame, present: set[str]) -> None:
    sheet.append(list_titles())
    for index, (_name, _title, width) in enumerate(LIST_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        head: Any = sheet.cell(1, index)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEADER_FILL
        head.alignment = Alignment(wrap_text=True, vertical="center")
    names = [name for name, _title, _width in LIST_COLUMNS]
    level_at, sheet_at, row_at, column_at = (names.index(name) for name in ("level", "sheet", "row", "column"))
    for number, values in enumerate(list_rows(findings).iter_rows(), start=2):
        for index, value in enumerate(values, start=1):
            cell: Any = sheet.cell(number, index)
            cell.value, cell.data_type = value, "n" if isinstance(value, int) or value is None else "s"
            cell.alignment = Alignment(wrap_text=index in {8, 9}, vertical="top")
        sheet.cell(number, level_at + 1).fill = _FILLS[values[level_at]]
        if values[sheet_at] in present and values[row_at] is not None and number <= LINKS:
            link: Any = sheet.cell(number, row_at + 1)
            name = str(values[sheet_at]).replace("'", "''")
            place = f"'{name}'!{cell_name(values[row_at], values[column_at])}"
            link.hyperlink = Hyperlink(ref=link.coordinate, location=place)
            link.font = Font(color="0B5D5E", underline="single")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    if sheet.oddHeader is not None:
        sheet.oddHeader.center.text = gravest(findings)
