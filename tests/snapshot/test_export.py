"""Writing a snapshot: what stands in the cells, and that it reads back to the same content."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest

from penata.snapshot import export
from penata.snapshot.export import TooManyRowsError, write_csv_folder, write_snapshot
from penata.snapshot.schema import PEGAWAI, POSISI, TABLES, Kind
from penata.snapshot.snapshot import Snapshot, build
from penata.snapshot.workbook import read_workbook

PER = date(2026, 12, 31)


@pytest.fixture
def snapshot() -> Snapshot:
    posisi = pl.DataFrame(
        {
            "kode": ["1.10", "P-2"],
            "jabatan": ["Kepala Dinas", '=HYPERLINK("http://contoh.invalid")'],
            "unit": ["U-1", "U-1"],
            "atasan": [None, "1.10"],
            "jenis": ["jpt pratama", "pelaksana"],
            "kelas": [14, 7],
            "kebutuhan": [1.0, 2.5],
            "kritis": [True, False],
            "keterangan": ["", "dua\tkata <b> & 'kutip'"],
        }
    )
    people = pl.DataFrame(
        {
            "nip": ["199003172015031004", "199205142025212007"],
            "nama": ["Ani", "Citra"],
            "tanggal_lahir": [date(1990, 3, 17), date(1992, 5, 14)],
            "posisi": ["1.10", None],
        }
    )
    unit = pl.DataFrame(
        {"kode": ["U-1"], "nama": ["Dinas Contoh"], "terpencil": [None]}, schema_overrides={"terpencil": pl.Boolean}
    )
    jabatan = pl.DataFrame({"nama": ["Kepala Dinas"], "jenis": ["jpt pratama"], "kelas": [14]})
    return build("Kota Contoh", PER, {"unit": unit, "jabatan": jabatan, "posisi": posisi, "pegawai": people})


@pytest.fixture
def book(snapshot: Snapshot, tmp_path: Path) -> Iterator[openpyxl.Workbook]:
    write_snapshot(snapshot, tmp_path / "data.xlsx")
    book = openpyxl.load_workbook(tmp_path / "data.xlsx")
    yield book
    book.close()


def _part(path: Path, name: str) -> bytes:
    with ZipFile(path) as archive:
        return archive.read(name)


def test_a_sheet_for_every_table_with_rows(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Petunjuk", "Unit", "Jabatan", "Peta Jabatan", "Pegawai"]
    sheet = book["Peta Jabatan"]
    assert [cell.value for cell in sheet[1]] == [column.title for column in POSISI.columns]
    assert sheet.max_row == 3
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:L3"
    header = sheet["A1"]
    assert header.font.bold
    assert header.fill.fgColor.rgb == "FF0B5D5E"


def test_codes_stay_text_days_are_days_and_nothing_becomes_a_formula(book: openpyxl.Workbook, tmp_path: Path) -> None:
    rows = {row[0].value: row for row in book["Peta Jabatan"].iter_rows(min_row=2)}
    assert rows["1.10"][0].data_type == "s"
    assert rows["1.10"][0].number_format == "@"
    jabatan = rows["P-2"][1]
    assert jabatan.value == '=HYPERLINK("http://contoh.invalid")'
    assert b"<f>" not in _part(tmp_path / "data.xlsx", "xl/worksheets/sheet4.xml")
    names = [column.name for column in POSISI.columns]
    assert [rows[code][names.index("kritis")].value for code in ("1.10", "P-2")] == ["ya", "tidak"]
    assert rows["P-2"][names.index("kebutuhan")].value == 2.5
    assert rows["1.10"][names.index("keterangan")].value is None
    first = next(book["Pegawai"].iter_rows(min_row=2))
    names = [column.name for column in PEGAWAI.columns]
    assert first[names.index("nip")].value == "199003172015031004"
    birth = first[names.index("tanggal_lahir")]
    assert birth.value.date() == date(1990, 3, 17)
    assert birth.number_format == "dd-mm-yyyy"


def test_choices_offer_their_words(book: openpyxl.Workbook) -> None:
    rules = book["Peta Jabatan"].data_validations.dataValidation
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in rules}
    at = {column.name: f"{chr(65 + index)}2" for index, column in enumerate(POSISI.columns)}
    assert set(offered) == {at["jenis"], at["jenjang"], at["kritis"], at["status"]}
    assert offered[at["status"]] == '"aktif,dibekukan,dihapus"'


def test_the_same_snapshot_gives_the_same_bytes(snapshot: Snapshot, tmp_path: Path) -> None:
    write_snapshot(snapshot, tmp_path / "a.xlsx")
    write_snapshot(snapshot, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_nothing_of_this_machine_or_hour_is_in_the_file(snapshot: Snapshot, tmp_path: Path) -> None:
    write_snapshot(snapshot, tmp_path / "a.xlsx")
    assert b"2026-12-31T00:00:00Z" in _part(tmp_path / "a.xlsx", "docProps/core.xml")


def test_the_workbook_reads_back_to_the_same_content(snapshot: Snapshot, tmp_path: Path) -> None:
    complete = build("Kota Contoh", PER, _sound(snapshot))
    write_snapshot(complete, tmp_path / "data.xlsx")
    reading = read_workbook([tmp_path / "data.xlsx"], per=PER, instansi="Kota Contoh")
    assert reading.snapshot is not None, reading.findings
    assert reading.snapshot.digest == complete.digest


def test_the_csv_folder_reads_back_to_the_same_content(snapshot: Snapshot, tmp_path: Path) -> None:
    complete = build("Kota Contoh", PER, _sound(snapshot))
    files = write_csv_folder(complete, tmp_path / "csv")
    assert [file.name for file in files] == ["unit.csv", "jabatan.csv", "posisi.csv", "pegawai.csv"]
    assert "14-05-1992" in files[-1].read_text(encoding="utf-8-sig")
    reading = read_workbook([tmp_path / "csv"], per=PER, instansi="Kota Contoh")
    assert reading.snapshot is not None, reading.findings
    assert reading.snapshot.digest == complete.digest


def _sound(snapshot: Snapshot) -> dict[str, pl.DataFrame]:
    """Return the tables with only what a reader keeps as it stands: one space between words, no empty text."""
    tables = {name: frame for name, frame in snapshot.tables.items() if frame.height}
    tables["posisi"] = tables["posisi"].with_columns(keterangan=pl.lit("catatan"))
    return tables


def test_an_empty_snapshot_is_a_workbook_too(tmp_path: Path) -> None:
    write_snapshot(build("Kota Contoh", PER, {}), tmp_path / "kosong.xlsx", with_help=False)
    assert openpyxl.load_workbook(tmp_path / "kosong.xlsx").sheetnames == ["Kosong"]
    assert write_csv_folder(build("Kota Contoh", PER, {}), tmp_path / "csv") == ()


def test_a_table_that_does_not_fit_is_refused_before_anything_is_written(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "LAST_ROW", 2)
    with pytest.raises(TooManyRowsError, match="Peta Jabatan"):
        write_snapshot(snapshot, tmp_path / "data.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_leaves_the_former_file_whole(snapshot: Snapshot, tmp_path: Path) -> None:
    target = tmp_path / "data.xlsx"
    write_snapshot(snapshot, target)
    before = target.read_bytes()

    def stop(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_snapshot(snapshot, target, progress=stop)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["data.xlsx"]


def test_progress_rises_to_one(snapshot: Snapshot, tmp_path: Path) -> None:
    shares: list[float] = []
    write_snapshot(snapshot, tmp_path / "data.xlsx", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_every_kind_of_column_is_written_somewhere() -> None:
    assert {column.kind for table in TABLES.values() for column in table.columns} == set(Kind)
