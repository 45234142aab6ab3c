"""The look of the workbooks of a snapshot: one sheet per table, headers, column formats, drop-downs and widths."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from penata.language import _
from penata.snapshot.schema import Column, Kind, Table
from penata.snapshot.vocabulary import VOCABULARIES

TEAL = "#0B5D5E"
PALE_TEAL = "#4F8A8B"
GREY = "#6B7280"
FONT = "Calibri"
LAST_ROW = 1_048_576  # rows of a sheet, header included: the limit of the file format
EPOCH = date(1899, 12, 30)  # day 0 of the file format
HEADER_HEIGHT = 32  # points: two lines
NARROWEST, WIDEST = 9, 48  # characters
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Style:
    """Formats of one workbook."""

    header: Any
    optional: Any  # header of a column that may be left empty
    text: Any
    day: Any
    number: Any
    plain: Any


@contextmanager
def new_workbook(path: Path, *, title: str, created: date) -> Iterator[tuple[Any, Style]]:
    """Open a workbook that appears at *path* when the block ends well, and not at all otherwise.

    It is written row by row in bounded memory. Text is never turned into a formula, a link or a number. The file states
    *created* instead of the present moment, so that equal content gives equal bytes. Raises OSError.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    partial = path.with_name(f".{path.name}.sebagian")
    partial.touch()  # a folder that cannot be written is found out before the work
    try:
        with TemporaryDirectory() as rows:
            options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": rows}
            workbook = xlsxwriter.Workbook(str(partial), options)
            workbook.set_properties({"title": title, "author": "Penata", "created": datetime.combine(created, time())})
            try:
                yield workbook, _style(workbook)
            finally:
                workbook.close()  # also after an error: it holds open files
        partial.replace(path)
    except FileCreateError as error:
        raise OSError(str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


def _style(workbook: Any) -> Style:
    band = {"bold": True, "font_color": "#FFFFFF", "valign": "vcenter", "text_wrap": True, "border": 1}
    band |= {"font_name": FONT, "font_size": 10, "border_color": "#D6E4E4"}
    cell = {"font_name": FONT, "font_size": 10, "valign": "top"}
    return Style(
        header=workbook.add_format({**band, "bg_color": TEAL}),
        optional=workbook.add_format({**band, "bg_color": PALE_TEAL}),
        text=workbook.add_format({**cell, "num_format": "@"}),
        day=workbook.add_format({**cell, "num_format": "dd-mm-yyyy", "align": "left"}),
        number=workbook.add_format({**cell, "num_format": "General"}),
        plain=workbook.add_format(cell),
    )


def add_sheet(
    workbook: Any, style: Style, table: Table, widths: Mapping[str, int], *, mark_optional: bool = False
) -> Any:
    """Add the sheet of *table* with its header and column formats and return it; row 1 is the first for data."""
    sheet = workbook.add_worksheet(table.title)
    sheet.set_row(0, HEADER_HEIGHT)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, widths[column.name], _format(style, column))
        look = style.optional if mark_optional and not column.required else style.header
        sheet.write_string(0, index, column.title, look)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _format(style: Style, column: Column) -> Any:
    match column.kind:
        case Kind.CODE | Kind.NIP:
            return style.text
        case Kind.DATE:
            return style.day
        case Kind.INTEGER | Kind.DECIMAL | Kind.YEAR:
            return style.number
        case _other:
            return style.plain


def finish_sheet(sheet: Any, table: Table, rows: int, *, room: int = 0) -> None:
    """Set the filter over *rows* of data, and the drop-downs over *room* further ones as well."""
    last = max(rows, 1)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    for index, column in enumerate(table.columns):
        words = allowed_words(column)
        if words:
            sheet.data_validation(
                1, index, min(last + room, LAST_ROW - 1), index,
                {
                    "validate": "list", "source": list(words), "error_type": "warning",
                    "error_title": _("Di luar pilihan"), "error_message": _("Pilih salah satu kata dari daftar."),
                },
            )  # fmt: skip


def allowed_words(column: Column) -> Sequence[str]:
    """Return the words that a cell of *column* may hold; empty when anything may stand there."""
    if column.kind is Kind.YES_NO:
        return (_("ya"), _("tidak"))
    return VOCABULARIES.get(column.vocabulary, ())


def header_width(column: Column) -> int:
    """Return a width in characters at which the title fits on two lines."""
    title = column.title
    longest_word = max(len(word) for word in title.split())
    return min(WIDEST, max(NARROWEST, longest_word + 4, len(title) // 2 + 5))


def data_widths(table: Table, frame: pl.DataFrame) -> dict[str, int]:
    """Return a width per column at which most of *frame* is readable."""
    sizes = frame.select(pl.all().cast(pl.String).str.len_chars().quantile(0.98).fill_null(0)).row(0, named=True)
    return {
        column.name: min(WIDEST, max(header_width(column), int(sizes[column.name]) + 2)) for column in table.columns
    }


def to_cells(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return *frame* as a workbook holds it: days as serial numbers, yes and no as words, empty text as nothing."""
    return frame.select(_to_cell(column) for column in table.columns)


def _to_cell(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    match column.kind:
        case Kind.DATE:
            return (value - EPOCH).dt.total_days()
        case Kind.YES_NO:
            return pl.when(value).then(pl.lit(_("ya"))).when(~value).then(pl.lit(_("tidak"))).alias(column.name)
        case Kind.INTEGER | Kind.DECIMAL | Kind.YEAR:
            return value
        case _text:
            return value.replace("", None)


def write_rows(sheet: Any, cells: pl.DataFrame, told: Callable[[int], None]) -> None:
    """Write *cells* from row 1 on; *told* learns how many rows were written since it was last told."""
    writers = [sheet.write_string if kind == pl.String else sheet.write_number for kind in cells.dtypes]
    at = range(len(writers))
    batch = 2000
    for start in range(0, cells.height, batch):
        part = cells.slice(start, batch)
        for row, values in enumerate(part.iter_rows(), start=start + 1):
            for index, write, value in zip(at, writers, values, strict=True):
                if value is not None:
                    write(row, index, value)
        told(part.height)
