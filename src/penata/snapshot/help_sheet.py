"""The sheet "Petunjuk" of a workbook: how to fill it in, which result needs which sheet, what each column means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from penata.language import N_, _
from penata.snapshot.meanings import meaning, second_example
from penata.snapshot.schema import TABLES, Column, Kind, Table
from penata.snapshot.sheets import FONT, GREY, PALE_TEAL, TEAL, allowed_words

WIDTHS = (22, 30, 9, 58, 46, 28, 28)  # characters
LINE = 13.0  # points
STEPS = (
    N_("Isilah lembar yang datanya ada; lembar lain boleh dibiarkan kosong. Lembar Peta Jabatan selalu diperlukan."),
    N_("Satu baris untuk satu hal. Jangan menambah baris jumlah, menggabungkan sel, atau mengubah judul kolom."),
    N_("Judul berlatar hijau tua wajib diisi pada setiap baris; judul berlatar hijau muda boleh kosong."),
    N_("Kode dan NIP disimpan sebagai teks. Tempelkan dengan Tempel Khusus > Nilai supaya format kolom tidak berubah."),
    N_("Tanggal ditulis hari-bulan-tahun, misalnya 17-08-2026. Bilangan boleh ditulis 1.234,5."),
    N_("Kode unit, kode posisi, NIP dan nama jabatan harus ditulis sama pada semua lembar."),
    N_("Lembar Petunjuk ini hanya untuk dibaca; contoh di bawah tidak dihitung sebagai data."),
)


@dataclass(frozen=True, slots=True)
class _Looks:
    title: Any
    about: Any
    heading: Any
    band: Any
    name: Any
    cell: Any
    required: Any
    example: Any


def add_help(workbook: Any, about: str, *, needs: Mapping[str, Sequence[str]], tables: Sequence[Table]) -> None:
    """Add the sheet "Petunjuk" for *tables*; *needs* names the tables that each result needs (may be empty)."""
    sheet = workbook.add_worksheet(_("Petunjuk"))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    looks = _looks(workbook)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, _("Petunjuk pengisian"), looks.title)
    sheet.write_string(1, 0, about, looks.about)
    row = _write_steps(sheet, looks, 3)
    if needs:
        row = _write_needs(sheet, looks, row + 1, needs)
    row = _write_sheets(sheet, looks, row + 1, tables, needs)
    _write_columns(sheet, looks, row + 1, tables)


def accepted(column: Column) -> str:
    """Say what a cell of *column* may hold."""
    words = allowed_words(column)
    if words:
        return ", ".join(words)
    low, high = column.minimum, column.maximum
    bounds = ""
    if low is not None and high is not None:
        bounds = _(", {low} sampai {high}").format(low=f"{low:g}", high=f"{high:g}")
    elif low is not None:
        bounds = _(", paling kecil {low}").format(low=f"{low:g}")
    return _KINDS[column.kind]() + bounds


_KINDS = {
    Kind.TEXT: lambda: _("teks"),
    Kind.CODE: lambda: _("kode, sebagai teks"),
    Kind.NIP: lambda: _("18 angka, sebagai teks"),
    Kind.INTEGER: lambda: _("bilangan bulat"),
    Kind.DECIMAL: lambda: _("bilangan"),
    Kind.DATE: lambda: _("tanggal"),
    Kind.YEAR: lambda: _("tahun, empat angka"),
    Kind.CHOICE: lambda: _("pilihan"),
    Kind.YES_NO: lambda: _("ya atau tidak"),
    Kind.LIST: lambda: _("beberapa nilai, dipisah titik koma"),
}


def _looks(workbook: Any) -> _Looks:
    base = {"font_name": FONT, "font_size": 10, "valign": "top", "text_wrap": True}
    lined = {**base, "bottom": 1, "bottom_color": "#D6E4E4"}
    title = {"font_name": FONT, "bold": True, "font_color": TEAL}
    return _Looks(
        title=workbook.add_format({**title, "font_size": 20, "valign": "vcenter"}),
        about=workbook.add_format({"font_name": FONT, "font_size": 11, "font_color": GREY}),
        heading=workbook.add_format({**title, "font_size": 13, "bottom": 2, "bottom_color": PALE_TEAL}),
        band=workbook.add_format({**base, "bold": True, "font_color": "#FFFFFF", "bg_color": TEAL}),
        name=workbook.add_format({**lined, "bold": True}),
        cell=workbook.add_format(lined),
        required=workbook.add_format({**lined, "bold": True, "font_color": TEAL}),
        example=workbook.add_format({**lined, "italic": True, "font_color": GREY, "num_format": "@"}),
    )


def _write_heading(sheet: Any, looks: _Looks, row: int, text: str, last: int) -> int:
    sheet.set_row(row, 22)
    for index in range(last + 1):
        sheet.write_string(row, index, text if index == 0 else "", looks.heading)
    return row + 1


def _write_steps(sheet: Any, looks: _Looks, row: int) -> int:
    row = _write_heading(sheet, looks, row, _("Cara mengisi"), 4)
    for place, step in enumerate(STEPS, start=1):
        sheet.merge_range(row, 0, row, 4, f"{place}.  {_(step)}", looks.cell)
        row += 1
    return row


def _write_needs(sheet: Any, looks: _Looks, row: int, needs: Mapping[str, Sequence[str]]) -> int:
    row = _write_heading(sheet, looks, row, _("Hasil dan lembar yang diperlukan"), 4)
    sheet.write_string(row, 0, _("Hasil"), looks.band)
    sheet.merge_range(row, 1, row, 4, _("Lembar yang harus berisi"), looks.band)
    row += 1
    for result, tables in needs.items():
        sheet.write_string(row, 0, _(result).capitalize(), looks.name)
        titles = ", ".join(TABLES[table].title for table in tables)
        sheet.merge_range(row, 1, row, 4, titles, looks.cell)
        row += 1
    return row


def _write_sheets(
    sheet: Any, looks: _Looks, row: int, tables: Sequence[Table], needs: Mapping[str, Sequence[str]]
) -> int:
    row = _write_heading(sheet, looks, row, _("Lembar"), 4)
    sheet.write_string(row, 0, _("Lembar"), looks.band)
    sheet.merge_range(row, 1, row, 3, _("Isi"), looks.band)
    sheet.write_string(row, 4, _("Dipakai untuk") if needs else "", looks.band)
    row += 1
    for table in tables:
        served = ", ".join(_(result) for result, wanted in needs.items() if table.name in wanted)
        _set_height(sheet, row, {4: served})
        sheet.write_string(row, 0, table.title, looks.name)
        sheet.merge_range(row, 1, row, 3, _(table.help), looks.cell)
        sheet.write_string(row, 4, served, looks.cell)
        row += 1
    return row


def _write_columns(sheet: Any, looks: _Looks, row: int, tables: Sequence[Table]) -> None:
    row = _write_heading(sheet, looks, row, _("Kolom setiap lembar"), 6)
    header = (_("Lembar"), _("Kolom"), _("Wajib"), _("Arti"), _("Isian"), _("Contoh 1"), _("Contoh 2"))
    for index, text in enumerate(header):
        sheet.write_string(row, index, text, looks.band)
    formats = (looks.cell, looks.name, looks.required, looks.cell, looks.cell, looks.example, looks.example)
    for table in tables:
        for column in table.columns:
            row += 1
            cells = _describe(table, column)
            _set_height(sheet, row, dict(enumerate(cells)))
            for index, (text, look) in enumerate(zip(cells, formats, strict=True)):
                sheet.write_string(row, index, text, look)


def _describe(table: Table, column: Column) -> tuple[str, ...]:
    first, second = column.example, second_example(table.name, column.name)
    return (
        table.title,
        column.title,
        _("ya") if column.required else "",
        meaning(table.name, column.name),
        accepted(column),
        "" if first is None else str(first),
        str(second),
    )


def _set_height(sheet: Any, row: int, cells: Mapping[int, str]) -> None:
    """Make *row* as high as its longest cell needs: spreadsheets do not grow a row by themselves when they open it."""
    lines = max(ceil(len(text) / WIDTHS[index]) for index, text in cells.items())
    sheet.set_row(row, LINE * max(1, lines) + 2)
