"""Marked copies: the user's own workbook, cells coloured, notes attached, all findings listed."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from openpyxl import load_workbook

from penata.foundation.findings import findings
from penata.foundation.spreadsheet import marking
from penata.foundation.spreadsheet.marking import COLOURS, place_marks, write_marked


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "asli.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Pegawai '1' x")
        sheet.set_column(0, 0, 33)
        sheet.write_row(0, 0, ["NIP", "Nama", "Jumlah"], bold)
        sheet.write_row(1, 0, ["1", "Contoh", 2])
        sheet.write_formula(2, 2, "=C2*2", None, 4)
        sheet.merge_range(3, 0, 5, 0, "gabung")
        book.add_worksheet("Lain").write(0, 0, "tetap")
    return path


def found(path: Path, **other: Any) -> pl.DataFrame:
    place = {"file": path.name, "sheet": "Pegawai '1' x"}
    rows = [
        {**place, "code": "B14", "level": "galat", "row": 2, "column": "A", "message": "salah", "remedy": "betulkan"},
        {**place, "code": "V15", "level": "peringatan", "row": 2, "column": "A", "message": "aneh", "remedy": "lihat"},
        {**place, "code": "V27", "level": "peringatan", "row": 3, "column": "C", "message": "=kosong", "value": "=1+1"},
        {**place, "code": "B13", "level": "galat", "row": 6, "column": "A", "message": "dalam gabungan"},
        {**place, "code": "V03", "level": "galat", "row": 3, "column": "Jenis jabatan", "message": "tak berkolom"},
        {"code": "B41", "level": "keterangan", "message": "tentang berkas"},
    ]
    return findings([{**row, **other} for row in rows])


def test_the_workbook_itself_is_marked(workbook: Path, tmp_path: Path) -> None:
    target = write_marked([workbook], found(workbook), tmp_path / "temuan.xlsx")
    book = load_workbook(target)
    assert book.sheetnames == ["Temuan", "Pegawai '1' x", "Lain"]
    page = book["Pegawai '1' x"]
    assert page["A2"].fill.start_color.rgb.endswith(COLOURS["galat"])
    assert page["A2"].comment.text.splitlines() == ["salah betulkan", "aneh lihat"]
    assert page["C3"].value == "=C2*2"
    assert page["C3"].fill.start_color.rgb.endswith(COLOURS["peringatan"])
    assert page["A3"].comment.text == "tak berkolom"
    assert page["A4"].comment.text == "dalam gabungan"
    assert page["A1"].font.bold
    assert page.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert page["B2"].comment is None
    listed = book["Temuan"]
    assert [cell.value for cell in listed[1]][:5] == ["Berkas", "Lembar", "Baris", "Kolom", "Judul kolom"]
    assert listed.max_row == 7
    assert listed["F4"].value == "=1+1"
    assert listed["F4"].data_type == "s"
    assert listed["C2"].hyperlink.location == "'Pegawai ''1'' x'!A2"
    assert listed.freeze_panes == "A2"
    assert listed.auto_filter.ref is not None
    assert not list(tmp_path.glob(".*"))


def test_marks_of_the_last_round_go(workbook: Path, tmp_path: Path) -> None:
    first = write_marked([workbook], found(workbook), tmp_path / "temuan.xlsx")
    nothing = found(workbook).clear()
    again = load_workbook(write_marked([first], nothing, tmp_path / "lagi.xlsx"))
    assert again.sheetnames == ["Temuan", "Pegawai '1' x", "Lain"]
    page = again["Pegawai '1' x"]
    assert page["A2"].comment is None
    assert page["A2"].fill.fill_type is None


def test_a_large_workbook_is_copied(workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("penata.foundation.spreadsheet.marked_original.IN_PLACE_CELLS", 1)
    book = load_workbook(write_marked([workbook], found(workbook), tmp_path / "temuan.xlsx"))
    assert book.sheetnames == ["Temuan", "Pegawai _1_ x"]
    page = book["Pegawai _1_ x"]
    assert [cell.value for cell in page[2]] == ["1", "Contoh", 2]
    assert page["C3"].value == 4
    assert page["A2"].comment.text.startswith("salah betulkan")
    assert page["C3"].fill.start_color.rgb.endswith(COLOURS["peringatan"])
    assert page["A6"].comment.text == "dalam gabungan"
    assert book["Temuan"]["C2"].hyperlink.location == "'Pegawai _1_ x'!A2"


def test_csv_and_several_files(workbook: Path, tmp_path: Path) -> None:
    text = tmp_path / "beban.csv"
    text.write_text("posisi,tugas\nP-1,=SUM(A1)\n")
    more = findings(
        [
            {
                "code": "B15",
                "level": "galat",
                "file": "beban.csv",
                "sheet": "beban",
                "row": 2,
                "column": "B",
                "message": "x",
            }
        ]
    )
    both = pl.concat([found(workbook), more])
    book = load_workbook(write_marked([workbook, text], both, tmp_path / "temuan.xlsx"))
    assert book.sheetnames == ["Temuan", "asli Pegawai _1_ x", "beban"]
    assert book["beban"]["B2"].value == "=SUM(A1)"
    assert book["beban"]["B2"].data_type == "s"
    assert book["beban"]["B2"].comment.text == "x"


def test_long_names_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / f"{'berkas-dengan-nama-panjang' * 2}.csv"
    path.write_text("a,b\n1,2\n")
    rows = [
        {
            "code": "B15",
            "level": "galat",
            "file": path.name,
            "sheet": path.stem,
            "row": 2,
            "column": "A",
            "message": "x",
        }
    ]
    book = load_workbook(write_marked([path], findings(rows), tmp_path / "t.xlsx"))
    assert len(book.sheetnames[1]) == 31


def test_no_findings(workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(write_marked([workbook], found(workbook).clear(), tmp_path / "temuan.xlsx"))
    assert book["Temuan"].max_row == 1


def test_a_target_that_cannot_be_written_leaves_nothing(workbook: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.csv"
    text.write_text("a,b\n")
    for paths in ([workbook], [text]):
        with pytest.raises(OSError, match="tiada"):
            write_marked(paths, found(workbook), tmp_path / "tiada" / "temuan.xlsx")


def test_the_gravest_level_colours_the_cell(workbook: Path) -> None:
    marks = place_marks(found(workbook))
    assert marks[workbook.name, "Pegawai '1' x"][1, 0].level == "galat"
    assert marking.cell_name(7, "AB") == "AB7"
    assert marking.cell_name(None, "Jenis jabatan") == "A1"
