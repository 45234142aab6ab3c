"""Headers: found wherever they stand, however they are written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from penata.foundation.spreadsheet.body import read_body
from penata.foundation.spreadsheet.container import Sheet
from penata.foundation.spreadsheet.header import Field, Header, find_header, title_rows
from penata.foundation.spreadsheet.titles import column_index, column_letter, fold, nearest

FIELDS = (
    Field("nip", ("NIP", "Nomor Induk Pegawai"), required=True),
    Field("nama", ("Nama", "Nama lengkap"), required=True),
    Field("golongan", ("Golongan", "Gol/Ruang")),
    Field("tmt", ("TMT golongan",)),
    Field("jumlah", ("Bezetting (B)", "B")),
)


def sheet(rows: Sequence[Sequence[Any]], **words: Any) -> Sheet:
    return Sheet("a.xlsx", Path("a.xlsx"), "Pegawai", rows, **words)


def header(rows: Sequence[Sequence[Any]]) -> Header | None:
    return find_header(title_rows(sheet(rows)), FIELDS)


def data(page: Sheet) -> tuple[list[int], dict[str, list[Any]]]:
    found = find_header(title_rows(page), FIELDS)
    assert found is not None
    columns = found.columns
    keys = [columns[name] for name in ("nip", "nama") if name in columns]
    filled = [at for name, at in columns.items() if name != "jumlah"]
    body = read_body(page, found, columns.values(), keys=keys, filled=filled)
    return body.rows, {name: body.cells[at] for name, at in columns.items()}


@pytest.mark.parametrize("above", range(10))
def test_header_in_each_of_ten_rows(above: int) -> None:
    found = header([*[["DAFTAR PEGAWAI"]] * above, ["No", "NIP", "Nama"], [1, "x", "y"]])
    assert found is not None
    assert (found.last, found.columns) == (above, {"nip": 1, "nama": 2})


def test_header_in_the_eleventh_row_is_not_looked_for() -> None:
    assert header([*[["judul"]] * 10, ["NIP", "Nama"]]) is None


@pytest.mark.parametrize(
    "title", ["gol/ruang", "GOL / RUANG", "Gol.\nRuang", "  Gol-Ruang :", "Gol/Ruang (akhir)", "gol_ruang*"]
)
def test_titles_in_every_dress(title: str) -> None:
    found = header([["NIP", "Nama", title]])
    assert found is not None
    assert found.columns["golongan"] == 2


def test_letter_in_parentheses_is_part_of_our_own_title_only() -> None:
    found = header([["NIP", "Nama", "Bezetting"], ["1", "2", "3"]])
    assert found is not None
    assert found.unused == (2,)
    assert header([["NIP", "Nama", "bezetting (b)"]]).columns["jumlah"] == 2  # type: ignore[union-attr]


def test_two_rows_under_a_group_title() -> None:
    rows = [
        ["DAFTAR", "", "", "", ""],
        ["No", "NIP", "Nama", "Golongan", ""],
        ["", "", "", "Ruang", "TMT"],
        [1, "a", "b", "III/c", "01-01-2020"],
    ]
    found = header(rows)
    assert found is not None
    assert (found.first, found.last) == (1, 2)
    assert found.columns == {"nip": 1, "nama": 2, "golongan": 3, "tmt": 4}
    assert data(sheet(rows))[0] == [3]


def test_text_rows_are_not_taken_for_a_second_header() -> None:
    rows = [["NIP", "Nama", ""], ["satu", "dua", "Gol/Ruang"], ["x", "y", "z"]]
    found = header(rows)
    assert found is not None
    assert found.last in {0, 1}
    assert data(sheet([["NIP", "Nama"], ["satu", "dua"], ["x", "y"]]))[0] == [1, 2]


def test_title_twice_and_titles_unknown() -> None:
    found = header([["NIP", "Nama", "nip", "Warna", "No."]])
    assert found is not None
    assert found.repeated == {"nip": (0, 2)}
    assert found.unused == (3,)


def test_missing_title_and_the_nearest_one() -> None:
    found = header([["NIP", "Nma", "Golongan"]])
    assert found is not None
    (lacking,) = found.missing(FIELDS)
    assert (lacking.name, found.nearest_title(lacking)) == ("nama", "Nma")


def test_rows_that_are_no_data() -> None:
    rows = [
        ["No", "NIP", "Nama", "B"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["", "", "", ""],
        [1.0, "a", "b", 1.0],
        ["", "-", " ", ""],
        [2.0, "c", "d", 2.0],
        ["No", "NIP", "Nama", "B"],
        [3.0, "e", "Jumlah Sari", 2.0],
        ["JUMLAH", "", "", 5.0],
        ["", "Total", "", 5.0],
        ["", "", "Sub Total:", 5.0],
        ["Grand total seluruhnya", "", "", 5.0],
    ]
    numbers, cells = data(sheet(rows))
    assert numbers == [3, 5, 7]
    assert cells["jumlah"] == [1.0, 2.0, 2.0]


def test_numbers_alone_are_no_row_of_column_numbers() -> None:
    assert data(sheet([["NIP", "Nama", "B"], [1.0, 7.0, 3.0]]))[0] == [1]


def test_merged_cells_fill_their_rows_but_counts_do_not() -> None:
    rows = [["NIP", "Nama", "B"], ["a", "b", 3.0], ["", "c", ""], ["", "d", ""], ["e", "f", 1.0]]
    merged = (((1, 0), (3, 0)), ((1, 2), (3, 2)))
    _numbers, cells = data(sheet(rows, merged=merged))
    assert cells["nip"] == ["a", "a", "a", "e"]
    assert cells["jumlah"] == [3.0, "", "", 1.0]


def test_ragged_rows_and_formula_errors() -> None:
    rows = [["NIP", "Nama", "B"], ["a"], ["b", "", ""]]
    _numbers, cells = data(sheet(rows, errors={(2, 1): "#REF!", (2, 2): ""}))
    assert cells == {"nip": ["a", "b"], "nama": ["", "#REF!"], "jumlah": ["", "\0"]}


def test_names_of_columns() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_index(column_letter(at)) == at for at in range(0, 17000, 7))
    assert fold("  Gol./Ruang\n(Akhír) ") == "golruangakhir"
    assert nearest("fungsionl", ["fungsional", "pelaksana"]) == "fungsional"
    assert nearest("zzz", ["fungsional"]) is None
