"""Formatted result workbooks: a title, a frozen header with filter, typed columns, written row by row.

Strings are written as strings: a cell that begins with ``=`` never becomes a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from penata.language import _

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
    SIGNED_TWO = "signed two"
    DAY = "day"
    SHARE = "share"


_NUMBERS = {
    Look.WHOLE: "#,##0",
    Look.ONE: "#,##0.0",
    Look.TWO: "#,##0.00",
    Look.MONEY: "#,##0",
    Look.SIGNED: '+#,##0;[Red]-#,##0;"0"',
    Look.SIGNED_TWO: '+#,##0.00;[Red]-#,##0.00;"0"',
    Look.DAY: "dd-mm-yyyy",
    Look.SHARE: "0.0%",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name in the frame, its header, least width in characters, look, and a note on the header.

    ``total``: the sum of the rows shown stands above the header, so that it follows the filter.
    """

    name: str
    title: str
    width: float = 12
    look: Look = Look.TEXT
    note: str = ""
    total: bool = False


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
    total: dict[Look, Format]


HEAD_ROW = 3  # zero-based: title, caption, the totals, then the header
WIDEST = 46.0  # characters to which a column of text grows before it wraps
PAD = 2.0  # characters of air beside a text
LINE = 13.5  # points of height of one line of text
SPARE = 1.08  # a line holds somewhat more characters than the width says
A4, A3, A3_FROM = 9, 8, 150.0  # paper codes of Excel, and the width in characters that asks for the larger
TALLEST = 30  # lines of a wrapped cell that a row grows to
SUM = 109  # SUBTOTAL function that adds what the filter shows


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
    cells[Look.TEXT] = book.add_format({**common, "indent": 1})
    cells[Look.WRAP] = book.add_format({**common, "indent": 1, "text_wrap": True})
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
        total={look: book.add_format({**common, "bold": True, "num_format": _NUMBERS.get(look, "@")}) for look in Look},
    )


def _write_sheet(target: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    rows = sheet.frame.select(field.name for field in sheet.fields).head(LARGEST)
    widths = [_width(field, rows[field.name]) for field in sheet.fields]
    looks = [_look(field, rows[field.name]) for field in sheet.fields]
    for index, (field, width, look) in enumerate(zip(sheet.fields, widths, looks, strict=True)):
        target.set_column(index, index, width, formats.cells[look])
        if field.note:
            target.write_comment(HEAD_ROW, index, field.note, {"x_scale": 2})
    target.write_string(0, 0, sheet.title, formats.title)
    target.write_string(1, 0, sheet.caption, formats.caption)
    _write_totals(target, sheet, rows, formats)
    longest = max((len(field.title) / width for field, width in zip(sheet.fields, widths, strict=True)), default=1.0)
    target.set_row(HEAD_ROW, 15.0 * min(max(ceil(longest * 1.3), 2), 4))
    for index, field in enumerate(sheet.fields):
        target.write_string(HEAD_ROW, index, field.title, formats.head)
    target.freeze_panes(HEAD_ROW + 1, min(2, len(sheet.fields)))
    target.autofilter(HEAD_ROW, 0, HEAD_ROW + max(rows.height, 1), len(sheet.fields) - 1)
    target.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # a NIP is text on purpose
    target.set_landscape()
    target.set_paper(A3 if sum(widths) > A3_FROM else A4)
    target.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    target.fit_to_pages(1, 0)
    target.repeat_rows(HEAD_ROW)
    target.set_footer("&L&A&R&P / &N")
    _write_rows(target, rows, [formats.cells[look] for look in looks], _heights(rows, widths, looks))
    if not rows.height:
        target.write_string(HEAD_ROW + 1, 0, _("Tidak ada."), formats.caption)


def _width(field: Field, column: pl.Series) -> float:
    """Return the width of a column: what was asked for, more where its text needs it."""
    if field.look is not Look.TEXT:
        return field.width
    return min(max(field.width, _longest(column) + PAD), max(WIDEST, field.width))


def _longest(column: pl.Series) -> float:
    return float(str(column.str.len_chars().max() or 0)) if column.dtype == pl.String else 0.0


def _look(field: Field, column: pl.Series) -> Look:
    """Return how a column is shown: text that outgrows its column wraps, and people have decimals if part-time."""
    if field.look is Look.TEXT and _longest(column) + PAD > max(WIDEST, field.width):
        return Look.WRAP
    parts = column.dtype.is_float() and bool((column != column.round()).any())
    if parts and field.look is Look.WHOLE:
        return Look.TWO
    return Look.SIGNED_TWO if parts and field.look is Look.SIGNED else field.look


def _heights(rows: pl.DataFrame, widths: Sequence[float], looks: Sequence[Look]) -> list[int]:
    """Return the number of lines of every row; none when no column wraps."""
    wrapped = [
        (pl.col(name).str.len_chars() / (width * SPARE)).ceil()
        for name, width, look in zip(rows.columns, widths, looks, strict=True)
        if look is Look.WRAP and rows[name].dtype == pl.String
    ]
    if not wrapped:
        return []
    lines = rows.select(pl.max_horizontal(*wrapped).fill_null(1).clip(1, TALLEST).cast(pl.Int64))
    return lines.to_series().to_list()


def _write_totals(target: Worksheet, sheet: Sheet, rows: pl.DataFrame, formats: _Formats) -> None:
    """Write the sums of the columns that ask for one: formulas that follow the filter, with their value stored."""
    row = HEAD_ROW - 1
    summed = [index for index, field in enumerate(sheet.fields) if field.total]
    if not summed or not rows.height:
        return
    target.write_string(row, 0, _("Jumlah"), formats.total[Look.TEXT])
    for index in summed:
        field = sheet.fields[index]
        letter = xl_col_to_name(index)
        formula = f"=SUBTOTAL({SUM},{letter}{HEAD_ROW + 2}:{letter}{HEAD_ROW + 1 + rows.height})"
        look = formats.total[_look(field, rows[field.name])]
        target.write_formula(row, index, formula, look, float(rows[field.name].sum() or 0))


def _write_rows(target: Worksheet, rows: pl.DataFrame, looks: Sequence[Format], lines: Sequence[int]) -> None:
    writers = [_writer(target, kind) for kind in rows.dtypes]
    columns = list(enumerate(zip(writers, looks, strict=True)))
    for offset, row in enumerate(rows.iter_rows(), start=HEAD_ROW + 1):
        if lines and lines[offset - HEAD_ROW - 1] > 1:
            target.set_row(offset, LINE * lines[offset - HEAD_ROW - 1] + 1.5)
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
        target.write_string(row, column, _("ya") if value else _("tidak"), look)

    return write
