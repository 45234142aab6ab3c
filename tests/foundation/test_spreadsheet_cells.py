"""Cells: form is forgiven, content is not."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.foundation.spreadsheet.cells import (
    CellError,
    error_text,
    parse_code,
    parse_day,
    parse_decimal,
    parse_digits,
    parse_integer,
    parse_list,
    parse_text,
    parse_year,
    parse_yes_no,
)
from penata.foundation.spreadsheet.columns import parse_column
from penata.language import number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.234,5", 1234.5), ("1,5", 1.5), ("1.5", 1.5), ("1.234", 1234.0), ("1.234.567", 1234567.0), ("0.125", 0.125),
        ("12.50", 12.5), ("1234.567", 1234.567), ("1,234", 1.234), ("1,234,567", 1234567.0), ("1,234.5", 1234.5),
        ("1.234.567,89", 1234567.89), (" 1 234,5 ", 1234.5), ("1\u00a0234", 1234.0), ("Rp 1.500.000", 1500000.0),
        ("Rp. 2.500,75", 2500.75), ("-3,5", -3.5), ("−2", -2.0), ("600.00", 600.0), (7, 7.0), (2.25, 2.25), ("+4", 4.0),
        ("-", None), ("", None), ("  ", None), ("–", None), (None, None),
    ],
)  # fmt: skip
def test_numbers_as_indonesians_write_them(written: object, meant: float | None) -> None:
    assert parse_decimal(written) == meant


@pytest.mark.parametrize(
    "written", ["12 laporan", "1.23.456", "12.34,5", "1,2,3", "abc", "1e5", "nan", "inf", "5%", "1/2", "..", ",", "+"]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_decimal(written)
    assert caught.value.code == "B15"


@pytest.mark.parametrize(("written", "meant"), [("1.234", 1.234), ("1,234", 1234.0), ("7.125", 7.125), ("12", 12.0)])
def test_a_source_with_decimal_points_says_so(written: str, meant: float) -> None:
    assert parse_decimal(written, ".") == meant


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=1, max_value=2))
def test_what_we_write_for_people_reads_back(value: float, places: int) -> None:
    assert parse_decimal(number(value, places)) == pytest.approx(round(value, places), abs=1e-6)


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = parse_decimal(text)
    except CellError:
        return
    assert value is None or isinstance(value, float)


def test_whole_numbers() -> None:
    assert parse_integer("1.000") == 1000
    assert parse_integer(9.0) == 9
    with pytest.raises(CellError, match="B16"):
        parse_integer("1,5")


@pytest.mark.parametrize(
    "written",
    [
        "17-08-2025", "17/08/2025", "17.8.2025", "17 08 2025", "17 Agustus 2025", "17 agt 2025", "17-Agu-2025",
        "17 Aug 2025", "2025-08-17", "2025/8/17", "2025-08-17 00:00:00", "2025-08-17T00:00:00",
        "Minggu, 17 Agustus 2025", "17 Ags. 2025", 45886, 45886.5, "45886", date(2025, 8, 17),
        datetime.fromisoformat("2025-08-17 13:05"), "17 AGUSTUS 2025 08.30 WIB",
    ],
)  # fmt: skip
def test_dates_in_every_dress(written: object) -> None:
    assert parse_day(written) == date(2025, 8, 17)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("17-08-25", "B19"), ("17 Agustus '25", "B19"), ("31-02-2025", "B18"), ("08/17/2025", "B18"), ("besok", "B18"),
        (2025, "B18"), (1e12, "B18"), ("19900317", "B18"), ("00-08-2025", "B18"), ("17 Foo 2025", "B18"),
        (date(1212, 1, 1), "B18"),
    ],
)  # fmt: skip
def test_dates_that_are_none(written: object, code: str) -> None:
    with pytest.raises(CellError, match=code):
        parse_day(written)


def test_empty_dates_of_databases() -> None:
    assert parse_day("0000-00-00") is None


MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


@given(st.dates(min_value=date(1920, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    assert parse_day(day.strftime("%d-%m-%Y")) == day
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.day} {MONTHS[day.month - 1]} {day.year}") == day
    assert parse_day(float((day - date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize(
    "written",
    [
        "199003172015031004", "19900317 201503 1 004", "'199003172015031004", "19900317-201503-1-004",
        '"199003172015031004"', "\ufeff199003172015031004 ",
    ],
)  # fmt: skip
def test_nip_in_every_dress(written: str) -> None:
    assert parse_digits(written, 18) == "199003172015031004"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (1.99003172015031e17, "B13"), ("1.99003E+17", "B13"), ("1,99003E+17", "B13"), (199003172015031004, "B13"),
        (130123456.0, "B14"), ("12345", "B14"), ("19900317201503100A", "B14"), ("1990031720150310045", "B14"),
        ("١٩٩٠٠٣١٧٢٠١٥٠٣١٠٠٤", "B14"),
    ],
)  # fmt: skip
def test_nip_that_lost_its_digits(written: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_digits(written, 18)
    assert caught.value.code == code


def test_codes_stay_as_written() -> None:
    assert parse_code("1.10") == "1.10"
    assert parse_code(1010.0) == "1010"
    assert parse_code(" P-1 ") == "P-1"
    with pytest.raises(CellError, match="B13"):
        parse_code(2.0**53)


def test_words() -> None:
    assert [parse_yes_no(word) for word in ("Ya", "TIDAK", "v", 0.0, "-", "")] == [True, False, True, False, None, None]
    assert parse_text(" dua\n  baris ") == "dua baris"
    assert parse_text(12.0) == "12"
    assert parse_list("A;B\nC; -") == "A; B; C"
    assert parse_year("2025") == parse_year(2025.0) == 2025
    with pytest.raises(CellError, match="B20"):
        parse_year("25")
    with pytest.raises(CellError, match="B21"):
        parse_yes_no("mungkin")


def test_errors_of_formulas() -> None:
    assert error_text("#REF!") == "#REF!"
    assert error_text("Err:502") == "Err:502"
    assert error_text("#1 prioritas") is None
    parsed = parse_column(["1", "#DIV/0!", "x", "\0", True], parse_decimal)
    assert parsed.values == [1.0, None, None, None, None]
    assert {at: error.code for at, error in parsed.refused.items()} == {1: "B11", 2: "B15", 3: "B12", 4: "B15"}
