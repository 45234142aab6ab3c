"""Containers: what is read, what is refused in one sentence, and never a traceback."""

import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from tests.foundation.odd_files import compound_file, ods_row, write_ods, write_xls

from penata.foundation.spreadsheet import RefusedFile, safety
from penata.foundation.spreadsheet.container import Sheet, list_files, open_book

HEADER = ["NIP", "Nama"]


def sheets(path: Path) -> list[Sheet]:
    return list(open_book(path).sheets())


def plain_workbook(path: Path, rows: int = 3) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Pegawai")
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows):
            sheet.write_row(row, 0, [f"n{row}", "Contoh"])
    return path


def test_xlsx_cells_errors_and_merges(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Satu")
        sheet.write_row(1, 1, HEADER)
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 2, '=""', None, "")
        sheet.merge_range(3, 1, 5, 1, "gabung")
        sheet.write_number(3, 30, 5)
        workbook.add_worksheet("Sembunyi").hide()
    first, hidden = sheets(path)
    assert first.rows[1][1:3] == HEADER
    assert first.rows[3][30] == 5.0
    assert first.errors == {(2, 1): "#DIV/0!"}
    assert first.merged == (((3, 1), (5, 1)),)
    assert hidden.hidden
    assert not hidden.rows


def test_formula_without_result(tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active["C4"] = "=1+1"
    workbook.save(tmp_path / "a.xlsx")
    assert sheets(tmp_path / "a.xlsx")[0].errors == {(3, 2): ""}


def test_errors_are_found_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "_PIECE", 97)  # cells are cut in two everywhere
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(50):
            sheet.write_formula(row, row, "=NA()", None, "#N/A")
    assert set(sheets(path)[0].errors) == {(row, row) for row in range(50)}
    used = next(iter(open_book(path).inspection.used.values()))
    assert (used.rows, used.columns, used.cells) == (50, 50, 50)


def test_200_000_formatted_empty_rows_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        look = workbook.add_format({"bg_color": "#FFFF00"})
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for row in range(1, 200_001):
            for column in range(4):
                sheet.write_blank(row, column, None, look)
    assert len(sheets(path)[0].rows) == 1


def test_cell_astray_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet().write(1_048_575, 16_383, "jauh")
    with pytest.raises(RefusedFile, match="tersesat"):
        open_book(path)


def test_bomb_by_declared_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_EXPANDED", 1000)
    with pytest.raises(RefusedFile, match="mengembang"):
        open_book(plain_workbook(tmp_path / "a.xlsx"))


def bomb(path: Path, part: str, size: int) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(part, b" " * size)
    return path


def test_bomb_by_ratio(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="mengembang"):
        open_book(bomb(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", 64 * 2**20))


def test_bomb_in_shared_strings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_PART", {"xl/sharedStrings.xml": 2**20})
    with pytest.raises(RefusedFile, match="mengembang"):
        open_book(bomb(tmp_path / "a.xlsx", "xl/sharedStrings.xml", 2**21))


def test_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", 64 * 2**20)
    true, false = (64 * 2**20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    content = path.read_bytes()
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, false))
    with pytest.raises(RefusedFile, match="mengembang"):
        open_book(path)


def test_archive_with_password(tmp_path: Path) -> None:
    path = plain_workbook(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(RefusedFile, match="kata sandi"):
        open_book(path)


def test_encrypted_office_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(compound_file({"EncryptedPackage": b"x" * 5000}))
    with pytest.raises(RefusedFile, match=r"Berkas a\.xlsx dilindungi kata sandi"):
        open_book(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\r\n  \r\n", "kosong"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xef\xbb\xbf<html><body><table></table></body></html>", "HTML"),
        (b"  <!DOCTYPE html><table>", "HTML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "bukan buku kerja"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "bukan buku kerja"),
        (b"PK\x03\x04 lalu berakhir", "rusak"),
    ],
)
def test_other_things_called_xlsx(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(RefusedFile, match=said) as caught:
        open_book(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("part", "said"),
    [("word/document.xml", "bukan buku kerja"), ("foto.jpg", "bukan buku kerja"), ("xl/workbook.bin", "xlsb")],
)
def test_other_archives(tmp_path: Path, part: str, said: str) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr(part, "<w/>")
    with pytest.raises(RefusedFile, match=said):
        open_book(path)


def test_truncated_at_every_place(tmp_path: Path) -> None:
    whole = plain_workbook(tmp_path / "a.xlsx").read_bytes()
    path = tmp_path / "b.xlsx"
    for length in range(4, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        with pytest.raises(RefusedFile):
            sheets(path)


def test_damaged_bytes_never_escape(tmp_path: Path) -> None:
    whole = plain_workbook(tmp_path / "a.xlsx").read_bytes()
    chance = random.Random(7)
    path = tmp_path / "b.xlsx"
    outcomes = set()
    for _round in range(200):
        damaged = bytearray(whole)
        for _byte in range(chance.choice([1, 5, 40])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(bytes(damaged))
        try:
            sheets(path)
            outcomes.add("read")
        except RefusedFile:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


def test_missing_and_forbidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedFile, match="tidak ditemukan"):
        open_book(tmp_path / "tidak-ada.xlsx")
    path = plain_workbook(tmp_path / "a.xlsx")

    def forbid(*args: object, **words: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbid)
    with pytest.raises(RefusedFile, match="tidak boleh dibaca"):
        open_book(path)


def test_folders(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="tidak berisi buku kerja"):
        list_files([tmp_path])
    for name in ("b.xlsx", "a.csv", "~$b.xlsx", ".c.xlsx", "README.txt", "catatan.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "dalam.xlsx").mkdir()
    assert [path.name for path in list_files([tmp_path, tmp_path / "a.csv"])] == ["a.csv", "b.xlsx"]
    with pytest.raises(RefusedFile):
        list_files([])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0)
    try:
        with pytest.raises(RefusedFile, match="tidak boleh dibaca"):
            list_files([tmp_path])
    finally:
        tmp_path.chmod(0o700)


def test_xls_by_content(tmp_path: Path) -> None:
    book = open_book(write_xls(tmp_path / "a.xlsx", "Pegawai", [HEADER, ["1", "Contoh"]]))
    assert (book.kind, book.misnamed, book.shows_errors) == ("xls", True, False)
    assert [list(row) for row in next(iter(book.sheets())).rows] == [HEADER, ["1", "Contoh"]]


def test_damaged_xls_never_escapes(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", "Pegawai", [HEADER, *[["1", "Contoh"]] * 20])
    whole = path.read_bytes()
    assert [len(sheet.rows) for sheet in sheets(path)] == [21]
    for length in (100, 600, 1300):
        path.write_bytes(whole[:length])
        with pytest.raises(RefusedFile):
            sheets(path)
    at = whole.rfind(b"\x04\x02") + 4  # the last cell, moved to row and column 65,535: an area of 100 GB
    path.write_bytes(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])
    with pytest.raises(RefusedFile, match="rusak"):
        sheets(path)


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_xls_with_password(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedFile, match=f"Berkas {name} dilindungi kata sandi"):
        sheets(write_xls(tmp_path / name, "Pegawai", [HEADER], locked=True))


def test_ods_with_error(tmp_path: Path) -> None:
    broken = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/>'
        "</table:table-row><table:table-row><table:table-cell/>"
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    )
    (sheet,) = sheets(write_ods(tmp_path / "a.ods", "Data & Lain", [ods_row(*HEADER), broken]))
    assert list(sheet.rows[0]) == HEADER
    assert sheet.errors == {(3, 1): "#DIV/0!"}


def test_ods_that_repeats_a_value_everywhere(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"'
        ' office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    with pytest.raises(RefusedFile, match="tersesat"):
        open_book(write_ods(tmp_path / "a.ods", "Data", [row]))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
    ],
)
def test_delimited_text(tmp_path: Path, separator: str, encode: Callable[[str], bytes]) -> None:
    path = tmp_path / "pegawai.csv"
    text = separator.join(["NIP", "Nama", "Nilai"]) + "\r\n" + separator.join(["1", '"Café, ""A"";|\tX"', '"1,5"'])
    path.write_bytes(encode(text))
    (sheet,) = sheets(path)
    assert list(sheet.rows) == [["NIP", "Nama", "Nilai"], ["1", 'Café, "A";|\tX', "1,5"]]
    assert sheet.name == "pegawai"


def test_separator_hint_and_quote_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nNIP;Nama\n1;a,b\n")
    assert list(sheets(path)[0].rows) == [[], ["NIP", "Nama"], ["1", "a,b"]]
    monkeypatch.setattr("penata.foundation.spreadsheet.delimited.MAX_FIELD", 50)
    path.write_text('a,b\n"' + "x" * 200)
    with pytest.raises(RefusedFile, match="csv"):
        sheets(path)


def test_stored_parts_are_measured_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", zlib.compress(b"x"))
    with pytest.raises(RefusedFile, match="rusak"):
        sheets(path)
