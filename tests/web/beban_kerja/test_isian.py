"""Typed and pasted cells are read as an import reads them, and written so that they read back the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.beban_kerja.bahan import cells

from penata.domain.beban_kerja.isian import KOLOM, read_block, read_cells, read_row, written

settings.register_profile("isian", deadline=None)
settings.load_profile("isian")


def test_a_block_of_a_spreadsheet_is_understood():
    block = read_block(
        "Menyusun laporan\tlaporan\t1.234,5\tbln\t2\tJam\r\nMelayani\tberkas\t10\tharian\t0,5\tjam\r\n", "tugas"
    )
    assert block.salah == []
    assert block.kolom == KOLOM[:6]
    assert block.baris[0] == {
        "tugas": "Menyusun laporan", "hasil": "laporan", "volume": 1234.5, "periode": "bulan", "norma_waktu": 2.0,
        "satuan_waktu": "jam",
    }  # fmt: skip
    assert block.baris[1]["periode"] == "hari"


def test_a_block_may_begin_in_the_middle_and_have_ragged_rows():
    block = read_block("12\tbulan\n7\n", "volume")
    assert block.baris == [{"volume": 12.0, "periode": "bulan"}, {"volume": 7.0}]


def test_a_head_decides_the_columns():
    block = read_block("Waktu penyelesaian\tNo\tUraian tugas\n30\t1\tMenyusun laporan\n", "tugas")
    assert block.baris == [{"norma_waktu": 30.0, "tugas": "Menyusun laporan"}]
    assert block.kolom == ("norma_waktu", "tugas")


def test_quoted_cells_with_line_breaks_stay_one_cell():
    block = read_block('"Menyusun\nlaporan ""triwulan"""\tlaporan\t3\n', "tugas")
    assert block.baris == [{"tugas": 'Menyusun laporan "triwulan"', "hasil": "laporan", "volume": 3.0}]


def test_every_wrong_cell_is_named_by_row_and_column_and_nothing_is_given():
    block = read_block("A\tx\tdua\twindu\nB\ty\t3\tbulan\nC\tz\t-4\t\nD\t\t#REF!\t\n", "tugas")
    assert block.baris == []
    assert [(w.baris, w.kolom, w.nilai) for w in block.salah] == [
        (0, "volume", "dua"), (0, "periode", "windu"), (2, "volume", "-4"), (3, "volume", "#REF!"),
    ]  # fmt: skip
    assert all(w.pesan and w.saran for w in block.salah)


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\r\n"])
def test_an_empty_block_says_so(text):
    assert read_block(text, "tugas").salah[0].baris is None


def test_a_block_wider_than_the_grid_is_refused_whole():
    assert "kolom" in read_block("a\tb\tc\n", "metode").salah[0].pesan


def test_a_block_of_too_many_rows_is_refused_whole():
    assert "5001" in read_block("x\n" * 5_001, "tugas").salah[0].pesan


@pytest.mark.parametrize("text", ["9" * 400, "1e400", "1e15", "nan", "inf", "-1", "1 buah", "=1+1"])
def test_numbers_that_are_none_are_refused(text):
    _values, wrong = read_cells([{"volume": text}])
    assert [w.kolom for w in wrong] == ["volume"]


def test_a_row_needs_its_task_and_keeps_to_the_length_of_the_table():
    assert [w.kolom for w in read_row(cells(volume="3"))[1]] == ["tugas"]
    assert [w.kolom for w in read_row(cells("x", "h" * 201))[1]] == ["hasil"]
    assert [w.kolom for w in read_row(cells("x" * 2001))[1]] == ["tugas"]


def test_a_blank_cell_is_stored_as_the_table_wants_it():
    values, wrong = read_row(cells("Tugas", volume="-", metode=""))
    assert wrong == []
    assert (values["volume"], values["metode"], values["hasil"]) == (None, "", "")


@given(st.floats(0, 1e12, allow_nan=False))
def test_what_a_cell_shows_reads_back_as_the_same_number(value):
    (values,), wrong = read_cells([{"volume": written(value)}])
    assert wrong == []
    assert values["volume"] == value


@given(st.text(max_size=60), st.sampled_from(KOLOM))
def test_no_paste_brings_the_reader_down(text, first):
    block = read_block(text, first)
    assert block.salah or all(set(row) <= set(KOLOM) for row in block.baris)
