"""Result workbooks: text stays text, long text stays readable, totals follow the filter."""

from datetime import date

import openpyxl
import polars as pl
import pytest

from penata.foundation.spreadsheet.book import Field, Look, Sheet, write_book


@pytest.fixture
def written(tmp_path):
    def write(frame, *fields):
        path = tmp_path / "buku.xlsx"
        write_book(path, [Sheet("Lembar", "Judul", "Keterangan", frame, fields)], author="Kota Contoh")
        return openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)

    return write


def test_every_kind_of_value_is_written_as_what_it_is(written):
    frame = pl.DataFrame(
        {
            "teks": ["=1+1", "http://contoh.id", None],
            "nip": ["199003172015031004", None, "1"],
            "hari": [date(2026, 12, 31), None, None],
            "ya": [True, False, None],
            "angka": [1.0, None, float("nan")],
        }
    )
    fields = [
        Field("teks", "Teks"), Field("nip", "NIP", 20), Field("hari", "Hari", look=Look.DAY), Field("ya", "Ya?"),
        Field("angka", "Angka", look=Look.WHOLE),
    ]  # fmt: skip
    book, values = written(frame, *fields)
    sheet = book["Lembar"]
    assert [cell.value for cell in sheet[4]] == ["Teks", "NIP", "Hari", "Ya?", "Angka"]
    assert [cell.data_type for cell in sheet[5]][:2] == ["s", "s"]
    assert sheet["A6"].hyperlink is None
    assert [cell.value for cell in values["Lembar"][5]][1:4] == ["199003172015031004", sheet["C5"].value, "ya"]
    assert sheet["C5"].is_date
    assert sheet["D6"].value == "tidak"
    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref == "A4:E7"


def test_totals_stand_above_the_header_and_follow_the_filter(written):
    frame = pl.DataFrame({"nama": ["a", "b"], "orang": [2, 3], "selisih": [-1.5, 0.5]})
    fields = [
        Field("nama", "Nama"), Field("orang", "Orang", look=Look.WHOLE, total=True),
        Field("selisih", "±", look=Look.SIGNED, total=True),
    ]  # fmt: skip
    book, values = written(frame, *fields)
    assert book["Lembar"]["B3"].value == "=SUBTOTAL(109,B5:B6)"
    assert [cell.value for cell in values["Lembar"][3]] == ["Jumlah", 5, -1]
    assert "0.00" in book["Lembar"]["C5"].number_format
    assert "0.00" not in book["Lembar"]["B5"].number_format


def test_long_text_wraps_and_its_row_grows(written):
    frame = pl.DataFrame({"pendek": ["a", "b"], "panjang": ["kata " * 60, "satu"]})
    book, _values = written(frame, Field("pendek", "Pendek"), Field("panjang", "Panjang", 20))
    sheet = book["Lembar"]
    assert sheet["B5"].alignment.wrap_text
    assert sheet.row_dimensions[5].height > 60
    assert sheet.row_dimensions[6].height is None
    assert 40 < sheet.column_dimensions["B"].width < 50


def test_a_sheet_without_rows_says_so(written):
    book, _values = written(pl.DataFrame({"nama": []}, schema={"nama": pl.String}), Field("nama", "Nama", total=False))
    assert book["Lembar"]["A5"].value == "Tidak ada."


def test_a_wide_sheet_asks_for_larger_paper(written):
    narrow, _values = written(pl.DataFrame({"a": ["x"]}), Field("a", "A", 20))
    assert narrow["Lembar"].page_setup.paperSize == 9
    wide, _values = written(
        pl.DataFrame({name: ["x"] for name in "abcde"}), *(Field(name, name, 40) for name in "abcde")
    )
    assert wide["Lembar"].page_setup.paperSize == 8
    assert wide["Lembar"].page_setup.orientation == "landscape"
