"""From files to a snapshot: what people really bring, and what they are told about it."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from penata.foundation.findings import SCHEMA
from penata.foundation.spreadsheet import RefusedFile
from penata.snapshot.schema import TABLES
from penata.snapshot.workbook import Raw, Reading, locate, read_raw, read_workbook

PER = date(2026, 12, 31)
ANI, BUDI = "199003172015031004", "198507212010012003"  # invented
Rows = Sequence[Sequence[Any]]

UNIT: Rows = [["Kode unit", "Nama unit", "Kode induk"], ["U-0", "Kota Contoh", ""], ["U-1", "Dinas Kesehatan", "U-0"]]
JABATAN: Rows = [
    ["Nama jabatan", "Eselon", "Kls"],
    ["Kepala Dinas", "II.b", 14],
    ["Analis Ahli Muda", "Fungsional Ahli Muda", 9],
]
PETA: Rows = [
    ["No", "Kode\nPosisi", "NAMA JABATAN", "Unit Kerja", "Atasan", "Bezetting", "Formasi"],
    [1, "P-1", "Kepala Dinas", "Dinas Kesehatan", "", 1, 1],
    [2, "P-2", "Analis Ahli Muda", "U-1", "P-1", "1", "2,0"],
]
PEGAWAI: Rows = [
    ["NIP Baru", "Nama Lengkap", "L/P", "Gol/Ruang", "Tgl. Lahir", "Pendidikan Terakhir", "Posisi", "Status"],
    [f"'{ANI}", "Contoh A", "L", "Penata (III/c)", "17 Maret 1990", "Strata 1", "P-2", "PNS"],
    [BUDI, "Contoh B", "wanita", "iva", date(1985, 7, 21), "s2", "P-1", "pns"],
]
WHOLE = {"Unit": UNIT, "Jabatan": JABATAN, "Peta Jabatan": PETA, "Data Pegawai": PEGAWAI}


def write(path: Path, sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            if name in hidden:
                page.hide()
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(row, column, cell, day)
                    else:
                        page.write(row, column, cell)
    return path


def read(tmp_path: Path, sheets: dict[str, Rows], **words: Any) -> Reading:
    return read_workbook([write(tmp_path / "buku.xlsx", sheets)], per=PER, **words)


def raw(tmp_path: Path, sheets: dict[str, Rows], **words: Any) -> Raw:
    return read_raw([write(tmp_path / "buku.xlsx", sheets, **words)])


def codes(found: pl.DataFrame) -> list[str]:
    return sorted(found["code"].to_list())


def test_a_workbook_as_people_write_it(tmp_path: Path) -> None:
    reading = read(tmp_path, WHOLE)
    assert codes(reading.findings.filter(pl.col("level") == "galat")) == []
    snapshot = reading.snapshot
    assert snapshot is not None
    assert snapshot.instansi == "Kota Contoh"
    assert snapshot.given == {"unit", "jabatan", "posisi", "pegawai"}
    assert snapshot["posisi"].select("kode", "jenis", "jenjang", "kelas", "unit", "bezetting", "kebutuhan").rows() == [
        ("P-1", "jpt pratama", None, 14, "U-1", 1.0, 1.0),
        ("P-2", "fungsional", "ahli muda", 9, "U-1", 1.0, 2.0),
    ]
    pegawai = snapshot["pegawai"].select("nip", "jenis_kelamin", "tanggal_lahir", "status", "golongan", "pendidikan")
    assert pegawai.rows() == [
        (BUDI, "perempuan", date(1985, 7, 21), "pns", "IV/a", "S-2"),
        (ANI, "laki-laki", date(1990, 3, 17), "pns", "III/c", "S-1"),
    ]
    assert [(origin.table, origin.sheet, origin.header_row) for origin in reading.origins] == [
        ("unit", "Unit", 1), ("jabatan", "Jabatan", 1), ("posisi", "Peta Jabatan", 1), ("pegawai", "Data Pegawai", 1),
    ]  # fmt: skip
    assert reading.origins[3].columns["golongan"] == ("D", "Gol/Ruang")


def test_row_order_does_not_matter(tmp_path: Path) -> None:
    first = read(tmp_path, WHOLE).snapshot
    mixed = {name: [rows[0], *random.Random(3).sample(rows[1:], len(rows) - 1)] for name, rows in WHOLE.items()}
    second = read(tmp_path, mixed).snapshot
    assert first is not None
    assert second is not None
    assert first.digest == second.digest


def test_tables_are_typed_even_when_empty(tmp_path: Path) -> None:
    tables = raw(tmp_path, {"Pegawai": PEGAWAI[:1], "Unit": UNIT}).tables
    assert tables["pegawai"].height == 0
    assert tables["pegawai"].schema["tanggal_lahir"] == pl.Date
    assert tables["unit"].select("_origin", "_row", "_refused").rows() == [(1, 2, False), (1, 3, False)]
    assert tables["unit"].schema["_origin"] == pl.Int32


BAD_CELLS: list[tuple[str, str, Any, str, str]] = [
    ("Peta Jabatan", "F3", "dua", "B15", "Bezetting"),
    ("Peta Jabatan", "F3", "1.2.3", "B15", "Bezetting"),
    ("Peta Jabatan", "F3", "#REF!", "B11", "Bezetting"),
    ("Jabatan", "C2", 9.5, "B16", "Kls"),
    ("Jabatan", "B2", "Eselon VIII", "B22", "Eselon"),
    ("Data Pegawai", "A3", 1.98507212010012e17, "B13", "NIP Baru"),
    ("Data Pegawai", "A3", "1.98507E+17", "B13", "NIP Baru"),
    ("Data Pegawai", "A3", "19850721", "B14", "NIP Baru"),
    ("Data Pegawai", "C3", "x", "B22", "L/P"),
    ("Data Pegawai", "D3", "V/z", "B22", "Gol/Ruang"),
    ("Data Pegawai", "E3", "21-07-85", "B19", "Tgl. Lahir"),
    ("Data Pegawai", "E3", "31 Februari 1985", "B18", "Tgl. Lahir"),
    ("Data Pegawai", "H3", "honorer", "B22", "Status"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "code", "header"), BAD_CELLS)
def test_a_bad_cell_is_named_with_its_place(
    tmp_path: Path, sheet: str, cell: str, value: Any, code: str, header: str
) -> None:
    rows = [list(row) for row in WHOLE[sheet]]
    rows[int(cell[1]) - 1][ord(cell[0]) - 65] = value
    reading = read(tmp_path, {**WHOLE, sheet: rows})
    assert reading.snapshot is None
    (found,) = reading.findings.filter(pl.col("code") == code).rows(named=True)
    assert (found["file"], found["sheet"], found["row"]) == ("buku.xlsx", sheet, int(cell[1]))
    assert (found["column"], found["header"], found["level"]) == (cell[0], header, "galat")
    assert found["remedy"]
    assert list(reading.findings.columns) == list(SCHEMA)


def test_unknown_word_names_the_choices_and_the_nearest(tmp_path: Path) -> None:
    rows = [*PEGAWAI[:2], [*PEGAWAI[2][:5], "Sarjna", *PEGAWAI[2][6:]]]
    (found,) = read(tmp_path, {**WHOLE, "Data Pegawai": rows}).findings.filter(code="B22").rows(named=True)
    assert "“Sarjna” bukan pilihan" in found["message"]
    assert "S-1" in found["remedy"]
    rows = [*PEGAWAI[:2], [*PEGAWAI[2][:7], "pppk paruh waktuu"]]
    (found,) = read(tmp_path, {**WHOLE, "Data Pegawai": rows}).findings.filter(code="B22").rows(named=True)
    assert "pppk paruh waktu”" in found["message"]


def test_proceeding_leaves_the_refused_rows_out(tmp_path: Path) -> None:
    rows = [*PEGAWAI[:2], [BUDI, "Contoh B", "x", *PEGAWAI[2][3:]]]
    snapshot = read(tmp_path, {**WHOLE, "Data Pegawai": rows}, proceed=True).snapshot
    assert snapshot is not None
    assert snapshot["pegawai"]["nip"].to_list() == [ANI]
    assert snapshot.refused == {"pegawai": 1}


def test_what_refers_to_an_unreadable_row_is_told_so(tmp_path: Path) -> None:
    peta = [*PETA[:1], [1, "P-1", "Kepala Dinas", "U-1", "", "satu", 1], PETA[2]]
    reading = read(tmp_path, {**WHOLE, "Peta Jabatan": peta}, proceed=True)
    assert reading.snapshot is not None
    assert reading.snapshot["posisi"]["kode"].to_list() == ["P-2"]
    assert "V03" not in codes(reading.findings)
    assert reading.findings.filter(sheet="Data Pegawai", row=3)["level"].to_list() == ["galat"]


def test_formula_errors_and_formulas_without_result(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = "Unit"
    for row in UNIT:
        page.append(list(row))
    page["B3"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    found = read_raw([tmp_path / "a.xlsx"]).findings
    assert found.select("code", "row", "column").rows() == [("B12", 3, "B")]
    with xlsxwriter.Workbook(str(tmp_path / "b.xlsx")) as other:
        sheet = other.add_worksheet("Unit")
        for at, cells in enumerate(UNIT):
            sheet.write_row(at, 0, cells)
        sheet.write_formula("B3", "=NA()", None, "#N/A")
    found = read_raw([tmp_path / "b.xlsx"]).findings
    assert found.select("code", "row", "column", "value").rows() == [("B11", 3, "B", "#N/A")]


def test_sheets_that_are_not_read(tmp_path: Path) -> None:
    sheets = {**WHOLE, "Rekap Anggaran": [["a", "b"], [1, 2]], "Pegawai Lama": PEGAWAI, "Temuan": [["x"]], "Kosong": []}
    result = raw(tmp_path, sheets, hidden=["Pegawai Lama"])
    assert result.skipped == (("buku.xlsx", "Rekap Anggaran"), ("buku.xlsx", "Pegawai Lama"))
    assert codes(result.findings) == ["B05", "B06"]


def test_sheets_are_known_by_their_titles(tmp_path: Path) -> None:
    result = raw(tmp_path, {"Sheet1": PEGAWAI, "Sheet2": PETA, "Lembar 3": UNIT})
    assert [origin.table for origin in result.origins] == ["pegawai", "posisi", "unit"]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("PEGAWAI", "pegawai"), ("1. Data Pegawai Dinas", "pegawai"), ("Bezetting", "posisi"),
        ("peta_jabatan", "posisi"), ("ABK", "beban_kerja"), ("Riwayat Jabatan", "riwayat_jabatan"),
        ("Standar Kompetensi Jabatan", "standar_kompetensi"),
    ],
)  # fmt: skip
def test_sheets_are_known_by_their_names(tmp_path: Path, name: str, table: str) -> None:
    titles = [column.title for column in TABLES[table].columns if column.required]
    assert [origin.table for origin in raw(tmp_path, {name: [titles, ["x"] * len(titles)]}).origins] == [table]


def test_every_table_reads_back_from_its_own_titles(tmp_path: Path) -> None:
    for table in TABLES.values():
        titles = [column.title for column in table.columns]
        (origin,) = raw(tmp_path, {"Lembar1": [titles, ["x" for _title in titles]]}).origins
        assert origin.table == table.name
        assert list(origin.columns) == [column.name for column in table.columns]


def test_every_alias_names_one_column_of_its_table(tmp_path: Path) -> None:
    from penata.foundation.spreadsheet.titles import fold
    from penata.snapshot.recognition import fields_of

    for table in TABLES.values():
        owners: dict[str, set[str]] = {}
        for field in fields_of(table):
            for title in field.titles:
                owners.setdefault(fold(title), set()).add(field.name)
        assert {title: names for title, names in owners.items() if len(names) > 1} == {}


def test_missing_required_column(tmp_path: Path) -> None:
    rows = [["NIP", "Nma Pegawai"], [ANI, "Contoh"]]
    (found,) = raw(tmp_path, {"Pegawai": rows}).findings.rows(named=True)
    assert (found["code"], found["sheet"], found["row"]) == ("B01", "Pegawai", 1)
    assert "“Nama”" in found["message"]
    assert "“Nma Pegawai”" in found["message"]


def test_no_header_at_all(tmp_path: Path) -> None:
    (found,) = raw(tmp_path, {"Pegawai": [["a"], ["b"]]}).findings.rows(named=True)
    assert found["code"] == "B03"


def test_title_twice(tmp_path: Path) -> None:
    rows = [["NIP", "Nama", "NIP"], [ANI, "A", ANI], [BUDI, "B", ANI]]
    (found,) = raw(tmp_path, {"Pegawai": rows}).findings.rows(named=True)
    assert (found["code"], found["level"], found["column"]) == ("B02", "galat", "C")
    same = [["NIP", "Nama", "NIP"], [ANI, "A", ANI]]
    assert raw(tmp_path, {"Pegawai": same}).findings.is_empty()


def test_rows_above_and_below_the_table(tmp_path: Path) -> None:
    rows = [
        ["DAFTAR PEGAWAI"], ["PEMERINTAH KOTA CONTOH"], [], *PEGAWAI[:1], [str(at) for at in range(1, 9)], *PEGAWAI[1:],
        [], ["Jumlah", 2],
    ]  # fmt: skip
    result = raw(tmp_path, {"Pegawai": rows})
    assert result.instansi == "Pemerintah Kota Contoh"
    assert result.tables["pegawai"]["_row"].to_list() == [6, 7]
    assert codes(result.findings) == ["B07"]
    assert result.origins[0].header_row == 4


def test_unused_columns_are_said_once(tmp_path: Path) -> None:
    rows = [[*PEGAWAI[0], "Warna", "Hobi"], *PEGAWAI[1:]]
    (found,) = raw(tmp_path, {"Pegawai": rows}).findings.rows(named=True)
    assert (found["code"], found["level"]) == ("B04", "keterangan")
    assert "Warna (I), Hobi (J)" in found["message"]


def test_eselon_beside_a_jenis_that_says_struktural(tmp_path: Path) -> None:
    rows = [
        ["Kode posisi", "Nama jabatan", "Unit", "Jenis jabatan", "Eselon"],
        ["P-1", "Kepala Bidang", "Dinas", "Struktural", "III.b"],
        ["P-2", "Operator", "Dinas", "Pelaksana", ""],
    ]
    assert raw(tmp_path, {"Peta": rows}).tables["posisi"]["jenis"].to_list() == ["administrator", "pelaksana"]


def test_codes_that_became_fractions(tmp_path: Path) -> None:
    rows = [UNIT[0], [1.1, "Dinas", ""], ["1.10", "Badan", ""]]
    result = raw(tmp_path, {"Unit": rows})
    assert result.tables["unit"]["kode"].to_list() == ["1.1", "1.10"]
    assert [(row["code"], row["level"]) for row in result.findings.rows(named=True)] == [("B23", "peringatan")]


def test_several_files_and_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "dinas-a.xlsx", {"Pegawai": [PEGAWAI[0], PEGAWAI[1]], "Unit": UNIT})
    write(tmp_path / "dinas-b.xlsx", {"Pegawai": [PEGAWAI[0], PEGAWAI[2]]})
    (tmp_path / "peta.csv").write_text(
        "Kode posisi;Nama jabatan;Unit;Bezetting\nP-1;Kepala;U-1;1,5\n", encoding="cp1252"
    )
    result = read_raw([tmp_path])
    assert [(origin.table, origin.file) for origin in result.origins] == [
        ("pegawai", "dinas-a.xlsx"), ("unit", "dinas-a.xlsx"), ("pegawai", "dinas-b.xlsx"), ("posisi", "peta.csv"),
    ]  # fmt: skip
    assert result.tables["pegawai"]["_origin"].to_list() == [0, 2]
    assert result.tables["posisi"]["bezetting"].to_list() == [1.5]
    assert [path.name for path in result.paths] == ["dinas-a.xlsx", "dinas-b.xlsx", "peta.csv"]


def test_nothing_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="Tidak ada lembar yang dikenal"):
        raw(tmp_path, {"Lembar1": [["a", "b"], [1, 2]]})
    with pytest.raises(RefusedFile, match="Tidak ada lembar yang dikenal"):
        raw(tmp_path, {"Lembar1": []})


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    path = write(tmp_path / "baru.xlsx", {"Unit": UNIT}).rename(tmp_path / "lama.csv")
    result = read_raw([path])
    assert result.tables["unit"]["nama"].to_list() == ["Kota Contoh", "Dinas Kesehatan"]
    (found,) = result.findings.rows(named=True)
    assert (found["code"], found["level"], found["file"]) == ("B08", "keterangan", "lama.csv")


def test_units_and_jabatan_are_derived_from_the_map(tmp_path: Path) -> None:
    peta = [
        ["Kode posisi", "Nama jabatan", "Unit", "Kode posisi atasan", "Jenis jabatan", "Kelas jabatan"],
        ["P-1", "Kepala Dinas", "Dinas", "", "JPT Pratama", 14],
        ["P-2", "Kepala Bidang", "Bidang", "P-1", "Administrator", 11],
        ["P-3", "Operator", "Bidang", "P-2", "Pelaksana", 5],
        ["P-4", "Operator", "Dinas", "P-1", "Pelaksana", 6],
        ["P-5", "Juru", "Seksi", "P-3", "", ""],
    ]
    reading = read(tmp_path, {"Peta": peta})
    snapshot = reading.snapshot
    assert snapshot is not None
    assert codes(reading.findings) == ["B40", "B41"]
    assert snapshot["unit"].select("kode", "induk").rows() == [
        ("Bidang", "Dinas"),
        ("Dinas", None),
        ("Seksi", "Bidang"),
    ]
    assert snapshot["jabatan"].select("nama", "jenis", "kelas").rows() == [
        ("Kepala Bidang", "administrator", 11), ("Kepala Dinas", "jpt pratama", 14), ("Operator", "pelaksana", None),
    ]  # fmt: skip
    assert snapshot.given == {"posisi"}
    assert snapshot.instansi == "Dinas"


def test_a_circle_of_superiors_makes_no_circle_of_units(tmp_path: Path) -> None:
    peta = [
        ["Kode posisi", "Nama jabatan", "Unit", "Kode posisi atasan"],
        ["P-1", "A", "Satu", "P-2"], ["P-2", "B", "Dua", "P-3"], ["P-3", "C", "Tiga", "P-1"],
    ]  # fmt: skip
    found = read(tmp_path, {"Peta": peta}).findings
    assert found.filter(pl.col("table") == "unit")["level"].to_list() == ["keterangan"]


def test_findings_without_origin_stay_without_place() -> None:
    bare = pl.DataFrame(schema={**SCHEMA, "_origin": pl.Int32})
    row = {"code": "V01", "level": "galat", "message": "x", "column": "nip", "table": "pegawai", "_origin": None}
    located = locate(pl.concat([bare, pl.DataFrame([row], schema_overrides={"_origin": pl.Int32})], how="diagonal"), [])
    assert located.row(0, named=True)["file"] is None
    assert located.columns == list(SCHEMA)


def test_progress_ends_at_one(tmp_path: Path) -> None:
    told: list[float] = []
    read(tmp_path, WHOLE, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_instansi_given_wins(tmp_path: Path) -> None:
    snapshot = read(tmp_path, WHOLE, instansi="Kota Lain").snapshot
    assert snapshot is not None
    assert snapshot.instansi == "Kota Lain"
