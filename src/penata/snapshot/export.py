"""Writing a snapshot for people: one workbook, or a folder of CSV files, that reads back to the same content."""

from datetime import date
from pathlib import Path

import polars as pl

from penata.language import _, day, number
from penata.snapshot.help_sheet import add_help
from penata.snapshot.schema import TABLES, Kind, Table
from penata.snapshot.sheets import (
    LAST_ROW,
    Progress,
    add_sheet,
    data_widths,
    finish_sheet,
    new_workbook,
    to_cells,
    write_rows,
)
from penata.snapshot.snapshot import Snapshot

ROOM = 500  # rows below the data that keep the drop-downs


class TooManyRowsError(ValueError):
    """A table has more rows than a sheet can hold; CSV has no such limit."""


def write_snapshot(
    snapshot: Snapshot, path: Path | str, *, with_help: bool = True, progress: Progress | None = None
) -> None:
    """Write *snapshot* as a workbook at *path*: a sheet per table that has rows, ready for editing and filtering.

    *progress* is told the share done, 0..1. The file appears whole or not at all; the same snapshot gives the same
    bytes. Raises TooManyRowsError when a table does not fit into a sheet, and OSError when the file cannot be written.
    """
    full = _tables(snapshot)
    for table in full:
        if snapshot[table.name].height >= LAST_ROW:
            raise TooManyRowsError(
                _(
                    "Lembar {sheet} berisi {count} baris, lebih banyak daripada yang muat; tulis sebagai folder CSV."
                ).format(sheet=table.title, count=number(snapshot[table.name].height))
            )
    total = max(1, sum(snapshot[table.name].height for table in full))
    written = 0

    def told(rows: int) -> None:
        nonlocal written
        written += rows
        if progress is not None:
            progress(written / total)

    with new_workbook(Path(path), title=_("Data penataan jabatan"), created=snapshot.per) as (workbook, style):
        if with_help:
            add_help(workbook, _about(snapshot.instansi, snapshot.per), needs={}, tables=full)
        for table in full:
            frame = snapshot[table.name]
            sheet = add_sheet(workbook, style, table, data_widths(table, frame))
            write_rows(sheet, to_cells(table, frame), told)
            finish_sheet(sheet, table, frame.height, room=ROOM)
        if not workbook.worksheets():
            workbook.add_worksheet(_("Kosong"))


def write_csv_folder(snapshot: Snapshot, folder: Path | str) -> tuple[Path, ...]:
    """Write one CSV file per table that has rows into *folder* and return the files.

    As Indonesian spreadsheets expect: semicolons, decimal commas, dd-mm-yyyy, UTF-8 with a byte order mark.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    files = []
    for table in _tables(snapshot):
        file = target / f"{table.name.replace('_', '-')}.csv"
        _to_text(table, snapshot[table.name]).write_csv(
            file, separator=";", decimal_comma=True, date_format="%d-%m-%Y", include_bom=True
        )
        files.append(file)
    return tuple(files)


def _tables(snapshot: Snapshot) -> list[Table]:
    return [table for table in TABLES.values() if snapshot[table.name].height]


def _to_text(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    words = {True: _("ya"), False: _("tidak")}
    yes_no = [column.name for column in table.columns if column.kind is Kind.YES_NO]
    spoken = frame.with_columns(pl.col(yes_no).replace_strict(words, return_dtype=pl.String)) if yes_no else frame
    return spoken.rename({column.name: column.title for column in table.columns})


def _about(instansi: str, per: date) -> str:
    return _("{instansi}, keadaan per {per}").format(instansi=instansi, per=day(per))
