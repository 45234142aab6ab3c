"""The empty workbook: complete, helpful, and empty."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from penata.analysis.penataan import NEEDS
from penata.faces.cli.templat import templat
from penata.language import _
from penata.rulebook.legislation import Law
from penata.snapshot.help_sheet import accepted
from penata.snapshot.meanings import MEANINGS
from penata.snapshot.schema import TABLES, Kind
from penata.snapshot.sheets import allowed_words
from penata.snapshot.template import write_template
from penata.snapshot.validation import validate
from penata.snapshot.workbook import read_workbook

LONGEST_LIST = 255  # characters that a drop-down may hold in the file


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("templat") / "templat.xlsx"
    write_template(target, needs=NEEDS)
    return target


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[openpyxl.Workbook]:
    book = openpyxl.load_workbook(path)
    yield book
    book.close()


def test_help_first_then_one_sheet_per_table(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Petunjuk", *(table.title for table in TABLES.values())]


@pytest.mark.parametrize("name", list(TABLES))
def test_a_sheet_carries_header_notes_formats_and_choices_but_no_data(book: openpyxl.Workbook, name: str) -> None:
    table = TABLES[name]
    sheet = book[table.title]
    assert sheet.max_row == 1
    assert not sheet.protection.sheet
    offered = {next(iter(rule.sqref.ranges)).min_col for rule in sheet.data_validations.dataValidation}
    for index, column in enumerate(table.columns, start=1):
        cell = sheet.cell(1, index)
        assert cell.value == column.title
        assert cell.comment is not None
        assert accepted(column) in cell.comment.text
        assert ("Wajib diisi." in cell.comment.text) == column.required
        assert (index in offered) == bool(allowed_words(column))


def test_codes_and_days_are_formatted_before_anybody_types(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for table in TABLES.values():
        sheet = book[table.title]
        for index, column in enumerate(table.columns, start=1):
            letter = sheet.cell(1, index).column_letter
            group = next(d for d in sheet.column_dimensions.values() if d.min <= index <= d.max)
            wanted = {Kind.CODE: "@", Kind.NIP: "@", Kind.DATE: "dd-mm-yyyy"}.get(column.kind)
            if wanted:
                assert group.number_format == wanted, (table.name, letter)


def test_help_explains_every_column_and_every_result(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["Petunjuk"].iter_rows()]
    told = {(row[0], row[1]) for row in rows}
    for table in TABLES.values():
        for column in table.columns:
            assert (table.title, column.title) in told
    by_result = {str(row[0]).lower(): row[1] for row in reversed(rows) if row[0]}  # that table stands before the others
    for result, tables in NEEDS.items():
        assert by_result[_(result)] == ", ".join(TABLES[table].title for table in tables)


def test_meanings_cover_exactly_the_schema() -> None:
    assert {table: tuple(columns) for table, columns in MEANINGS.items()} == {
        table.name: tuple(column.name for column in table.columns) for table in TABLES.values()
    }


def test_every_list_of_words_fits_into_a_drop_down() -> None:
    for table in TABLES.values():
        for column in table.columns:
            words = allowed_words(column)
            assert len(",".join(words)) <= LONGEST_LIST
            assert not any("," in word for word in words)


def test_examples_are_valid_rows(tmp_path: Path) -> None:
    """Both example rows of every sheet, typed in, must pass reading and validation without an error."""
    path = tmp_path / "isi.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in TABLES.values():
        sheet = book.create_sheet(table.title)
        sheet.append([column.title for column in table.columns])
        sheet.append([column.example for column in table.columns])
        sheet.append([MEANINGS[table.name][column.name][1] for column in table.columns])
    units = book["Unit"]
    units.append(["U-00", "Kota Contoh"])
    book["Peta Jabatan"].append(["P-00012", "Kepala Bidang", "U-0101"])
    book.save(path)
    reading = read_workbook([path], per=date(2026, 12, 31), instansi="Contoh")
    grave = reading.findings.filter(reading.findings["level"] == "galat")
    assert grave.is_empty(), grave.select("code", "sheet", "row", "message").rows()
    assert reading.snapshot is not None
    again = validate(reading.snapshot.tables, per=date(2026, 12, 31), law=Law(date(2026, 12, 31)))
    assert again.refused == {}


def test_the_command_writes_once_and_overwrites_only_when_told(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    first = CliRunner().invoke(templat, ["--keluaran", str(target)])
    assert first.exit_code == 0
    assert "Petunjuk" in first.output
    before = target.read_bytes()
    second = CliRunner().invoke(templat, ["--keluaran", str(target)])
    assert second.exit_code == 2
    assert "--timpa" in second.output
    third = CliRunner().invoke(templat, ["--keluaran", str(target), "--timpa"])
    assert third.exit_code == 0
    assert target.read_bytes() == before


def test_the_command_refuses_what_it_cannot_write(tmp_path: Path) -> None:
    wrong = CliRunner().invoke(templat, ["--keluaran", str(tmp_path / "t.csv")])
    assert wrong.exit_code == 2
    nowhere = CliRunner().invoke(templat, ["--keluaran", str(tmp_path / "tidak" / "ada" / "t.xlsx")])
    assert nowhere.exit_code == 1
    assert "tidak dapat ditulis" in nowhere.output
    assert list(tmp_path.iterdir()) == []
