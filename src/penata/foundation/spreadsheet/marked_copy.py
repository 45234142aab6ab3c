"""A copy of the values of the sheets concerned, with marks: for large workbooks, other formats and several files."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from penata.foundation.spreadsheet.container import Book, Sheet
from penata.foundation.spreadsheet.marking import (
    AUTHOR,
    COLOURS,
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
)

_NAME_LENGTH = 31  # what the file format allows for the name of a sheet
_CELL_LENGTH = 32_767  # characters of a cell
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\']|[^\u0020-\uFFFF]")
_WIDTH = 16


def write_copy(books: Sequence[Book], findings: pl.DataFrame, marks: Marks, target: Path) -> None:
    """Write the list of findings and the sheets of *books* that have marks to *target*. Raises OSError."""
    names = _sheet_names(books, marks)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    try:
        with xlsxwriter.Workbook(str(target), options) as workbook:
            _list(workbook, findings, names)
            for book in books:
                for sheet in book.sheets() if any(file == book.file for file, _name in names) else ():
                    if (sheet.file, sheet.name) in names:
                        name = names.pop((sheet.file, sheet.name))
                        _copy(workbook, name, sheet, marks[sheet.file, sheet.name])
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _sheet_names(books: Sequence[Book], marks: Marks) -> dict[tuple[str, str], str]:
    """Return a unique sheet name per marked sheet; with several files the name begins with the file's."""
    taken = {LIST_SHEET.lower()}
    names = {}
    for file, sheet in sorted(marks):
        stem = Path(file).stem
        wanted = f"{stem} {sheet}" if len(books) > 1 and sheet != stem else sheet
        if is_list(sheet):
            continue
        plain = _NOT_IN_NAME.sub("_", wanted).strip()[:_NAME_LENGTH] or "Lembar"
        name, number = plain, 2
        while name.lower() in taken:
            ending = f" {number}"
            name, number = plain[: _NAME_LENGTH - len(ending)] + ending, number + 1
        taken.add(name.lower())
        names[file, sheet] = name
    return names


def _list(workbook: Any, findings: pl.DataFrame, names: Mapping[tuple[str, str], str]) -> None:
    sheet = workbook.add_worksheet(LIST_SHEET)
    head = workbook.add_format(
        {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B5D5E", "text_wrap": True, "valign": "vcenter"}
    )
    plain = workbook.add_format({"valign": "top"})
    wrapped = workbook.add_format({"valign": "top", "text_wrap": True})
    linked = workbook.add_format({"valign": "top", "font_color": "#0B5D5E", "underline": 1})
    levels = {level: workbook.add_format({"valign": "top", "bg_color": f"#{code}"}) for level, code in COLOURS.items()}
    for index, (title, (_name, _title, width)) in enumerate(zip(list_titles(), LIST_COLUMNS, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, title, head)
    rows = list_rows(findings)
    columns = rows.columns
    for number, values in enumerate(rows.iter_rows(named=True), start=1):
        for index, name in enumerate(columns):
            value = values[name]
            if value is None:
                continue
            style = {"level": levels[values["level"]], "message": wrapped, "remedy": wrapped}.get(name, plain)
            place = names.get((values["file"], values["sheet"]))
            if name == "row" and place and number < LINKS:
                address = cell_name(value, values["column"])
                sheet.write_url(number, index, f"internal:'{place}'!{address}", linked, str(value))
            elif isinstance(value, int):
                sheet.write_number(number, index, value, style)
            else:
                sheet.write_string(number, index, value[:_CELL_LENGTH], style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows.height, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_header(f"&C{gravest(findings)}")


def _copy(workbook: Any, name: str, sheet: Sheet, marks: Mapping[tuple[int, int], Mark]) -> None:
    page = workbook.add_worksheet(name)
    page.set_comments_author(AUTHOR)
    page.set_column(0, max((len(row) for row in sheet.rows[:100]), default=1), _WIDTH)
    styles = _Styles(workbook)
    by_row: dict[int, dict[int, Mark]] = {}
    for (row, column), mark in sorted(marks.items()):
        by_row.setdefault(row, {})[column] = mark
    noted = 0
    beyond: list[tuple[int, Sequence[Any]]] = [
        (row, []) for row in by_row if row >= len(sheet.rows)
    ]  # below the last row with content
    for number, cells in [*enumerate(sheet.rows), *beyond]:
        marked = by_row.get(number, {})
        for index, value in enumerate(cells):
            level = marked[index].level if index in marked else ""
            if value != "" or level:
                shown = sheet.errors.get((number, index), value) if value == "" else value
                _write(page, number, index, shown, styles, level)
        for index, mark in marked.items():
            if index >= len(cells):
                page.write_blank(number, index, None, styles.get(mark.level))
            if noted < NOTES:
                page.write_comment(number, index, mark.note[:_CELL_LENGTH], {"x_scale": 2.5, "y_scale": 1.5})
                noted += 1


class _Styles:
    """Formats of a copy, made when first needed."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Any] = {}

    def get(self, level: str, number_format: str = "") -> Any:
        """Return the format for a mark of *level* and *number_format*; None for neither."""
        key = (level, number_format)
        if key not in self._made:
            look = {"bg_color": f"#{COLOURS[level]}"} if level else {}
            look |= {"num_format": number_format} if number_format else {}
            self._made[key] = self._workbook.add_format(look) if look else None
        return self._made[key]


def _write(page: Any, row: int, column: int, value: Any, styles: _Styles, level: str) -> None:
    if isinstance(value, str):
        if value:
            page.write_string(row, column, value[:_CELL_LENGTH], styles.get(level))
        else:
            page.write_blank(row, column, None, styles.get(level))
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, styles.get(level))
    elif isinstance(value, int | float):
        page.write_number(row, column, value, styles.get(level))
    elif isinstance(value, datetime) and value.time() != time():
        page.write_datetime(row, column, value, styles.get(level, "dd-mm-yyyy hh:mm"))
    elif isinstance(value, date):
        page.write_datetime(row, column, value, styles.get(level, "dd-mm-yyyy"))
    elif isinstance(value, time | timedelta):
        page.write_datetime(row, column, value, styles.get(level, "hh:mm"))
