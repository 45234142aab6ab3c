"""The empty workbook that an agency fills in: one sheet per table, with help, notes, drop-downs and formats."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from penata.language import _
from penata.snapshot.help_sheet import accepted, add_help
from penata.snapshot.meanings import meaning
from penata.snapshot.schema import TABLES, Column, Table
from penata.snapshot.sheets import add_sheet, finish_sheet, header_width, new_workbook

ROOM = 20_000  # empty rows that carry drop-downs
ISSUED = date(2026, 1, 1)  # stated in the file instead of the present moment, so that every copy is the same


def write_template(
    path: Path | str, *, needs: Mapping[str, Sequence[str]], tables: Sequence[Table] = tuple(TABLES.values())
) -> None:
    """Write the empty workbook of *tables* at *path*; *needs* names the tables that each result needs.

    The file appears whole or not at all. Raises OSError when it cannot be written.
    """
    with new_workbook(Path(path), title=_("Templat Penata"), created=ISSUED) as (workbook, style):
        add_help(workbook, _("Templat kosong untuk penataan jabatan"), needs=needs, tables=list(tables))
        for table in tables:
            widths = {column.name: header_width(column) + 2 for column in table.columns}
            sheet = add_sheet(workbook, style, table, widths, mark_optional=True)
            _add_notes(sheet, table)
            finish_sheet(sheet, table, 0, room=ROOM)


def _add_notes(sheet: Any, table: Table) -> None:
    for index, column in enumerate(table.columns):
        look = {"x_scale": 2, "y_scale": 1.6, "font_size": 9, "color": "#F1F7F7", "author": "Penata"}
        sheet.write_comment(0, index, _note(table, column), look)


def _note(table: Table, column: Column) -> str:
    lines = [_("Wajib diisi.") if column.required else _("Boleh kosong."), meaning(table.name, column.name)]
    lines.append(_("Isian: {accepted}").format(accepted=accepted(column)))
    if column.example not in {None, ""}:
        lines.append(_("Contoh: {example}").format(example=column.example))
    return "\n".join(lines)
