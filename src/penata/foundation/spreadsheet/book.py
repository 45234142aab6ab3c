"""Formatted result workbooks: a title, a frozen header with filter, typed columns, written row by row.

Strings are written as strings: a cell that begins with ``=`` never becomes a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

LARGEST = 1_000_000  # rows of a sheet that Excel can still hold, header and title included


class Look(StrEnum):
    """How the values of a column are shown."""

    TEXT = "text"
    WRAP = "wrap"
    WHOLE = "whole"
    ONE = "one"
    TWO = "two"
    MONEY = "money"
    SIGNED = "signed"
    DAY = "day"
    SHARE = "share"


_NUMBERS = {
    Look.WHOLE: "#,##0",
    Look.ONE: "#,##0.0",
    Look.TWO: "#,##0.00",
    Look.MONEY: "#,##0",
    Look.SIGNED: '+#,##0;[Red]-#,##0;"0"',
    Look.DAY: "dd-mm-yyyy",
    Look.SHARE: "0.0%",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name in the frame, its header, width in characters, look, and a note on the header."""

    name: str
    title: str
    width: float = 12
    look: Look = Look.TEXT
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: tab name, title, a line below it, and the rows of *frame* as the *fields* show them."""

    tab: str
    title: str
    caption: str
    frame: pl.DataFrame
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    caption: Format
    head: Format
    cells: dict[Look, Format]


HEAD_ROW = 3  # zero-based: title, caption, an empty line, then the header


def write_book(path: Path, sheets: Sequence[Sheet], *, author: str) -> None:
    """Write *sheets* into the workbook *path*."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"author": author, "title": sheets[0].title if sheets else ""})
        formats = _formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.tab), sheet, formats)


def _formats(book: xlsxwriter.Workbook) -> _Formats:
    common = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    cells = {look: book.add_format({**common, "num_format": _NUMBERS.get(look, "@")}) for look in Look}
    cells[Look.TEXT] = book.add_format(common)
    cells[Look.WRAP] = book.add_format({**common, "text_wrap": True})
    return _Formats(
        title=book.add_format({**common, "bold": True, "font_size": 14, "font_color": "#0b5d5e"}),
        caption=book.add_format({**common, "font_color": "#5b6670"}),
        head=book.add_format(
            {
                **common,
                "bold": True,
                "bg_color": "#0b5d5e",
                "font_color": "#ffffff",
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
                "border_color": "#0b5d5e",
            }
        ),
        cells=cells,
    )


def _write_sheet(target: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for index, field in enumerate(sheet.fields):
        target.set_column(index, index, field.width, formats.cells[field.look])
        if field.note:
            target.write_comment(HEAD_ROW, index, field.note, {"x_scale": 2})
    target.write_string(0, 0, sheet.title, formats.title)
    target.write_string(1, 0, sheet.caption, formats.caption)
    target.set_row(HEAD_ROW, 30)
    for index, field in enumerate(sheet.fields):
        target.write_string(HEAD_ROW, index, field.title, formats.head)
    target.freeze_panes(HEAD_ROW + 1, min(2, len(sheet.fields)))
    rows = sheet.frame.select(field.name for field in sheet.fields).head(LARGEST)
    target.autofilter(HEAD_ROW, 0, HEAD_ROW + max(rows.height, 1), len(sheet.fields) - 1)
    target.set_landscape()
    target.set_paper(9)
    target.fit_to_pages(1, 0)
    target.repeat_rows(HEAD_ROW)
    target.set_footer("&L&A&R&P / &N")
    _write_rows(target, rows, [formats.cells[field.look] for field in sheet.fields])


def _write_rows(target: Worksheet, rows: pl.DataFrame, looks: Sequence[Format]) -> None:
    writers = [_writer(target, kind) for kind in rows.dtypes]
    columns = list(enumerate(zip(writers, looks, strict=True)))
    for offset, row in enumerate(rows.iter_rows(), start=HEAD_ROW + 1):
        for index, (write, look) in columns:
            value = row[index]
            if value is not None:
                write(offset, index, value, look)


def _writer(target: Worksheet, kind: Any) -> Any:
    """Return the writing function of a column: choosing it once per column is what makes large sheets fast."""
    if kind.is_numeric():
        return target.write_number
    if kind == pl.Date:
        return target.write_datetime
    if kind == pl.Boolean:
        return _write_yes_no(target)
    return target.write_string


def _write_yes_no(target: Worksheet) -> Any:
    def write(row: int, column: int, value: bool, look: Format) -> None:
        target.write_string(row, column, "ya" if value else "tidak", look)

    return write
