"""Catalogue of broken workbooks: each case damages a valid one in one way and says what must come of it.

A case receives a :class:`Bench` with the cells of a valid workbook, changes or replaces them, saves, and returns the
file to read with the :class:`Outcome` that is right: a finding with its place, a refusal in one sentence, or the very
same agency (forgiven).
"""

import random
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import xlsxwriter
from tests.foundation import odd_files  # files that no library writes

from penata.snapshot.export import write_csv_folder
from penata.snapshot.schema import TABLES, Kind
from penata.snapshot.snapshot import Snapshot


@dataclass(frozen=True)
class Outcome:
    """What must come of a case. ``code``: a finding that must be there, at ``sheet`` and ``row`` where given.

    ``refusal``: words that the sentence of refusal must hold. ``forgiven``: the agency read is the agency written.
    ``errors``: whether the run must stop.
    """

    code: str = ""
    sheet: str | None = None
    row: int | None = None
    refusal: str = ""
    forgiven: bool = False
    errors: bool = True
    says: str = ""  # words that message or remedy of the finding must hold


@dataclass(frozen=True)
class Formula:
    """A formula cell with the result that the file stores."""

    text: str
    result: str | float


@dataclass
class Bench:
    """The cells of a valid workbook by sheet title, row 1 being the header, and a folder to save into."""

    snapshot: Snapshot
    folder: Path
    sheets: dict[str, list[list[Any]]] = field(default_factory=dict)
    finish: Callable[[Any], None] = lambda book: None  # last touches on the open workbook

    def __post_init__(self) -> None:
        for name, table in TABLES.items():
            frame = self.snapshot[name]
            if frame.height:
                yes_no = [column.name for column in table.columns if column.kind is Kind.YES_NO]
                words = frame.with_columns(
                    pl.col(yes_no).replace_strict({True: "ya", False: "tidak"}, return_dtype=pl.String)
                ) if yes_no else frame  # fmt: skip
                header = [column.title for column in table.columns]
                self.sheets[table.title] = [header, *(list(row) for row in words.iter_rows())]

    def rows(self, table: str) -> list[list[Any]]:
        return self.sheets[TABLES[table].title]

    def at(self, table: str, column: str) -> int:
        return [entry.name for entry in TABLES[table].columns].index(column)

    def find(self, table: str, **wanted: Any) -> int:
        """Return the number (as a spreadsheet shows it) of the first data row with these values; ... means filled."""
        for number, row in enumerate(self.rows(table)[1:], start=2):
            cells = {name: row[self.at(table, name)] for name in wanted}
            if all(cells[name] is not None if value is ... else cells[name] == value for name, value in wanted.items()):
                return number
        raise LookupError(f"{table} has no row with {wanted}")

    def get(self, table: str, row: int, column: str) -> Any:
        return self.rows(table)[row - 1][self.at(table, column)]

    def set(self, table: str, row: int, column: str, value: Any) -> None:
        self.rows(table)[row - 1][self.at(table, column)] = value

    def add(self, table: str, **values: Any) -> int:
        self.rows(table).append([values.get(column.name) for column in TABLES[table].columns])
        return len(self.rows(table))

    def save(self, name: str = "data.xlsx", only: list[str] | None = None) -> Path:
        path = self.folder / name
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            day = book.add_format({"num_format": "dd-mm-yyyy"})
            for title, rows in self.sheets.items():
                if only is None or title in only:
                    sheet = book.add_worksheet(title)
                    for number, row in enumerate(rows):
                        for index, value in enumerate(row):
                            _write(sheet, number, index, value, day)
            self.finish(book)
        return path


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, None, value.result)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


Case = Callable[[Bench], tuple[Path, Outcome]]
CASES: dict[str, Case] = {}


def case(name: str) -> Callable[[Case], Case]:
    """Put a case into the catalogue under a sentence."""

    def register(act: Case) -> Case:
        assert name not in CASES
        CASES[name] = act
        return act

    return register


def cell(
    name: str, table: str, column: str, value: Any, code: str, *, errors: bool = True, says: str = "", **where: Any
) -> None:
    """Put a case into the catalogue that only replaces one cell; *where* picks the row."""

    @case(name)
    def act(bench: Bench) -> tuple[Path, Outcome]:
        row = bench.find(table, **(where or {TABLES[table].key[0]: ...}))
        bench.set(table, row, column, value)
        return bench.save(), Outcome(code, TABLES[table].title, row, errors=errors, says=says)


# --- cells -----------------------------------------------------------------------------------------------------------

cell("NIP with a thirteenth month", "pegawai", "nip", "199013172015031004", "V13", says="tanggal lahir")
cell("NIP of 17 digits", "pegawai", "nip", "19900317201503100", "B14", says="18 angka")
cell("NIP turned into a number by the spreadsheet", "pegawai", "nip", 1.99003172015031e17, "B13", says="Teks")
cell("NIP copied in scientific notation", "pegawai", "nip", "1,99003E+17", "B13", says="Teks")
cell("NIP of letters", "pegawai", "nip", "belum ada", "B14")
cell("NIP empty", "pegawai", "nip", None, "V03", says="wajib")
cell("PNS with the number of a PPPK", "pegawai", "status", "pppk", "V16", status="pns")
cell("golongan that does not exist", "pegawai", "golongan", "V/f", "B22", says="III/a")
cell("golongan of a PPPK on a PNS", "pegawai", "golongan", "IX", "V21", status="pns")
cell("born in the future", "pegawai", "tanggal_lahir", date(2031, 1, 1), "V17")
cell("born last year", "pegawai", "tanggal_lahir", date(2025, 1, 1), "V18")
cell("31 February", "pegawai", "tanggal_lahir", "31-02-1990", "B18", says="17-08-2025")
cell("a birth year of two digits", "pegawai", "tanggal_lahir", "17-03-90", "B19")
cell("start of the post next year", "pegawai", "tmt_jabatan", date(2027, 1, 1), "V17", tmt_jabatan=...)
cell("birth date unlike the NIP", "pegawai", "tanggal_lahir", date(1980, 1, 1), "V14", errors=False)
cell("a PPPK without end of contract", "pegawai", "kontrak_berakhir", None, "V31", errors=False, status="pppk")
cell("education misspelt", "pegawai", "pendidikan", "Sarjanna", "B22", says="S-1")
cell("text in a column of numbers", "posisi", "kebutuhan", "tiga orang", "B15", says="1.234,5")
cell("half a kelas", "posisi", "kelas", 8.5, "B16")
cell("kelas 25", "posisi", "kelas", 25, "V25", says="17")
cell("negative need", "posisi", "kebutuhan", -2, "V26")
cell("formula error", "posisi", "kebutuhan", Formula("=1/0", "#DIV/0!"), "B11", says="#DIV/0!")
cell("formula error in a key", "posisi", "unit", Formula("=VLOOKUP(1,A:B,2,0)", "#N/A"), "B11")
cell("code of a posisi lost", "posisi", "kode", None, "V03")
cell("superior unknown", "posisi", "atasan", "P-TIDAK-ADA", "V04", says="Peta Jabatan", atasan=...)
cell("unit unknown", "posisi", "unit", "Dinas Antah Berantah", "V04", says="Unit")
cell("jenis of nobody's invention", "posisi", "jenis", "kepala suku", "B22")
cell("neither yes nor no", "posisi", "kritis", "barangkali", "B21")
cell("unit under an unknown parent", "unit", "induk", "U-TIDAK-ADA", "V04", induk=...)
cell("unit without parent", "unit", "induk", None, "V10", errors=False, induk=...)
cell("unit without name", "unit", "nama", None, "V03")
cell("negative volume", "beban_kerja", "volume", -12, "V26")
cell("no volume", "beban_kerja", "volume", None, "V27", errors=False, says="ditandai")
cell("no norm", "beban_kerja", "norma_waktu", None, "V27", errors=False)
cell("norm longer than a year", "beban_kerja", "norma_waktu", 9_000_000, "V28", errors=False)
cell("workload of an unknown posisi", "beban_kerja", "posisi", "P-TIDAK-ADA", "V04")
cell("level 9", "asesmen", "integritas", 9, "V25", says="5")
cell("assessment of an unknown person", "asesmen", "nip", "199001012015031999", "V04", says="Pegawai")
cell("predikat misspelt", "predikat_kinerja", "predikat", "bagus sekali", "B22", says="sangat baik")
cell("predikat of a year to come", "predikat_kinerja", "tahun", 2031, "V29")
cell("year of two digits", "predikat_kinerja", "tahun", 25, "B20")
cell("ended before it began", "riwayat_jabatan", "selesai", date(1990, 1, 1), "V20", selesai=...)
cell("training that lasts nothing", "pelatihan", "jp", 0, "V25")
cell("holder of no kind", "pemangku", "jenis", "sementara", "B22")
cell("a text as long as a book", "beban_kerja", "tugas", "panjang " * 2000, "V30")


@case("formula without a stored result")
def _uncomputed(bench: Bench) -> tuple[Path, Outcome]:
    bench.set("posisi", 2, "kebutuhan", Formula("=1+1", 0))
    parts = _parts(bench.save())
    for name, content in parts.items():  # as programs write it that cannot calculate
        parts[name] = content.replace(b"<f>1+1</f><v>0</v>", b"<f>1+1</f><v />")
    return _bytes(bench, _archive(parts)), Outcome("B12", "Peta Jabatan", 2, says="simpan")


@case("the reporting line turns in a circle")
def _posisi_cycle(bench: Bench) -> tuple[Path, Outcome]:
    row = bench.find("posisi", atasan=...)
    below, above = bench.get("posisi", row, "kode"), bench.get("posisi", row, "atasan")
    bench.set("posisi", bench.find("posisi", kode=above), "atasan", below)
    return bench.save(), Outcome("V07", "Peta Jabatan", row, says="→")


@case("a posisi is its own superior")
def _own_superior(bench: Bench) -> tuple[Path, Outcome]:
    row = bench.find("posisi", atasan=...)
    bench.set("posisi", row, "atasan", bench.get("posisi", row, "kode"))
    return bench.save(), Outcome("V08", "Peta Jabatan", row)


@case("two units stand under each other")
def _unit_cycle(bench: Bench) -> tuple[Path, Outcome]:
    row = bench.find("unit", induk=...)
    parent = bench.find("unit", kode=bench.get("unit", row, "induk"))
    bench.set("unit", parent, "induk", bench.get("unit", row, "kode"))
    return bench.save(), Outcome("V09", "Unit", row, says="→")


@case("one code for two posisi")
def _code_twice(bench: Bench) -> tuple[Path, Outcome]:
    first = bench.find("posisi", kode=...)
    row = bench.add(
        "posisi", kode=bench.get("posisi", first, "kode"), jabatan="Penjaga", unit=bench.get("unit", 2, "kode")
    )
    return bench.save(), Outcome("V01", "Peta Jabatan", row, says=f"baris {first}, {row}")


@case("one NIP for two people")
def _nip_twice(bench: Bench) -> tuple[Path, Outcome]:
    row = bench.add("pegawai", nip=bench.get("pegawai", 2, "nip"), nama="Orang Lain")
    return bench.save(), Outcome("V01", "Pegawai", row)


@case("two definitive holders of one leading seat")
def _seat_twice(bench: Bench) -> tuple[Path, Outcome]:
    leading = bench.find("posisi", jenis="administrator")
    seat = bench.get("posisi", leading, "kode")
    first = bench.find("pemangku", posisi=seat, jenis="definitif")
    other = next(row for row in range(2, len(bench.rows("pemangku"))) if bench.get("pemangku", row, "posisi") != seat)
    bench.set("pemangku", other, "posisi", seat)
    return bench.save(), Outcome("V22", "Pemangku", first, says="2 orang")


@case("one person on two seats")
def _two_seats(bench: Bench) -> tuple[Path, Outcome]:
    first = bench.find("pemangku", jenis="definitif")
    other = next(
        code for code in (row[0] for row in bench.rows("posisi")[1:]) if code != bench.get("pemangku", first, "posisi")
    )
    row = bench.add("pemangku", nip=bench.get("pemangku", first, "nip"), posisi=other, jenis="definitif")
    return bench.save(), Outcome("V23", "Pemangku", row, says="Plt")


@case("a unit named by a name that two units bear")
def _ambiguous_unit(bench: Bench) -> tuple[Path, Outcome]:
    units = [bench.find("unit", induk=...), len(bench.rows("unit"))]
    for row in units:
        bench.set("unit", row, "nama", "Bidang Umum")
    bench.set("posisi", 2, "unit", "Bidang Umum")
    return bench.save(), Outcome("V11", "Peta Jabatan", 2, says="kodenya")


@case("a refused posisi takes its workload along")
def _cascade(bench: Bench) -> tuple[Path, Outcome]:
    row = bench.find("beban_kerja", posisi=...)
    bench.set("posisi", bench.find("posisi", kode=bench.get("beban_kerja", row, "posisi")), "kelas", 25)
    return bench.save(), Outcome("V05", "Beban Kerja", row)


# --- sheets and headers ----------------------------------------------------------------------------------------------


@case("a required column is missing")
def _column_missing(bench: Bench) -> tuple[Path, Outcome]:
    at = bench.at("posisi", "unit")
    for row in bench.rows("posisi"):
        del row[at]
    return bench.save(), Outcome("B01", "Peta Jabatan", 1, says="Unit")


@case("a header renamed beyond recognition")
def _header_renamed(bench: Bench) -> tuple[Path, Outcome]:
    bench.rows("pegawai")[0][bench.at("pegawai", "nip")] = "Zzz 17"
    return bench.save(), Outcome("B01", "Pegawai", 1, says="NIP")


@case("the header far below the tenth row")
def _header_too_low(bench: Bench) -> tuple[Path, Outcome]:
    bench.sheets["Pegawai"] = [[None]] * 4 + [["catatan"]] * 11 + bench.rows("pegawai")
    return bench.save(), Outcome("B03", "Pegawai", says="sepuluh baris")


@case("one header twice with different contents")
def _header_twice(bench: Bench) -> tuple[Path, Outcome]:
    for number, row in enumerate(bench.rows("posisi")):
        row.append("Kelas jabatan" if number == 0 else 3)
    return bench.save(), Outcome("B02", "Peta Jabatan", 1)


@case("a sheet with a header and nothing else")
def _only_header(bench: Bench) -> tuple[Path, Outcome]:
    bench.sheets = {title: rows[:1] for title, rows in bench.sheets.items()}
    return bench.save(), Outcome(refusal="belum berisi")


@case("nothing but an empty sheet")
def _empty_sheet(bench: Bench) -> tuple[Path, Outcome]:
    bench.sheets = {"Sheet1": []}
    return bench.save(), Outcome(refusal="templat")


@case("a workbook about something else")
def _other_subject(bench: Bench) -> tuple[Path, Outcome]:
    bench.sheets = {"Resep": [["Bahan", "Takaran"], ["gula", 3], ["tepung", 5]]}
    return bench.save(), Outcome(refusal="templat")


# --- forgiven --------------------------------------------------------------------------------------------------------

SAME = Outcome(forgiven=True, errors=False)


@case("nothing broken")
def _untouched(bench: Bench) -> tuple[Path, Outcome]:
    return bench.save(), SAME


@case("title rows with merged cells above the header")
def _title_rows(bench: Bench) -> tuple[Path, Outcome]:
    rows = bench.rows("pegawai")
    titles = [["DAFTAR PEGAWAI"], ["PEMERINTAH KOTA"], ["Keadaan 31 Desember 2026"], [], [], [], []]
    bench.sheets["Pegawai"] = [*titles, *rows]

    def merge(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Pegawai")
        for row in range(3):
            sheet.merge_range(row, 0, row, 6, titles[row][0])

    bench.finish = merge
    return bench.save(), SAME


@case("headers in capitals, with line breaks and other words")
def _header_dress(bench: Bench) -> tuple[Path, Outcome]:
    for rows in bench.sheets.values():
        rows[0] = [f"  {str(title).upper()}\n" for title in rows[0]]
    bench.rows("pegawai")[0][bench.at("pegawai", "golongan")] = "Gol./Ruang"
    bench.rows("posisi")[0][bench.at("posisi", "kebutuhan")] = "Formasi"
    return bench.save(), SAME


@case("sheets in another order")
def _sheet_order(bench: Bench) -> tuple[Path, Outcome]:
    bench.sheets = dict(reversed(bench.sheets.items()))
    return bench.save(), SAME


@case("rows in another order")
def _row_order(bench: Bench) -> tuple[Path, Outcome]:
    for rows in bench.sheets.values():
        body = rows[1:]
        random.Random(3).shuffle(body)
        rows[1:] = body
    return bench.save(), SAME


@case("columns in another order")
def _column_order(bench: Bench) -> tuple[Path, Outcome]:
    for title, rows in bench.sheets.items():
        bench.sheets[title] = [row[::-1] for row in rows]
    return bench.save(), SAME


@case("columns that nobody knows")
def _unknown_columns(bench: Bench) -> tuple[Path, Outcome]:
    for number, row in enumerate(bench.rows("pegawai")):
        row += ["Warna kesukaan", "Nomor sepatu"] if number == 0 else ["biru", 41]
    return bench.save(), Outcome("B04", "Pegawai", 1, forgiven=True, errors=False, says="Nomor sepatu")


@case("a sheet that nobody knows")
def _unknown_sheet(bench: Bench) -> tuple[Path, Outcome]:
    bench.sheets["Resep"] = [["Bahan", "Takaran"], ["gula", 3]]
    return bench.save(), Outcome("B06", "Resep", forgiven=True, errors=False)


@case("one table on two sheets")
def _two_sheets(bench: Bench) -> tuple[Path, Outcome]:
    rows = bench.sheets.pop("Pegawai")
    bench.sheets |= {"Pegawai Dinas": rows[:40], "Pegawai Kecamatan": [rows[0], *rows[40:]]}
    return bench.save(), SAME


@case("the tables in several files of one folder")
def _several_files(bench: Bench) -> tuple[Path, Outcome]:
    titles = list(bench.sheets)
    bench.save("satu.xlsx", only=titles[:4])
    bench.save("dua.xlsx", only=titles[4:])
    return bench.folder, SAME


@case("200,000 empty rows below the data")
def _empty_rows(bench: Bench) -> tuple[Path, Outcome]:
    def drag(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Pegawai")
        look = book.add_format({"bg_color": "#FFFFFF"})
        for row in range(len(bench.rows("pegawai")), 200_000):
            sheet.write_blank(row, 0, None, look)

    bench.finish = drag
    return bench.save(), SAME


@case("empty rows between the data and a row of totals below")
def _totals(bench: Bench) -> tuple[Path, Outcome]:
    rows = bench.rows("posisi")
    total = [None] * len(rows[0])
    total[1], total[bench.at("posisi", "kebutuhan")] = "JUMLAH", 999
    bench.sheets["Peta Jabatan"] = [*rows[:9], [], [], *rows[9:], total]
    return bench.save(), Outcome("B07", "Peta Jabatan", len(rows) + 3, forgiven=True, errors=False)


@case("a row that was pasted twice")
def _row_twice(bench: Bench) -> tuple[Path, Outcome]:
    bench.rows("pegawai").append(list(bench.rows("pegawai")[4]))
    return bench.save(), Outcome("V02", "Pegawai", len(bench.rows("pegawai")), forgiven=True, errors=False)


@case("everything as text, the way people type it")
def _as_text(bench: Bench) -> tuple[Path, Outcome]:
    for rows in bench.sheets.values():
        for row in rows[1:]:
            row[:] = [_typed(value) for value in row]
    return bench.save(), SAME


def _typed(value: Any) -> Any:
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value).replace(".", ",")
    return value


@case("dates in words")
def _dates_in_words(bench: Bench) -> tuple[Path, Outcome]:
    from penata.language import day

    for row in bench.rows("pegawai")[1:]:
        row[:] = [day(value) if isinstance(value, date) else value for value in row]
    return bench.save(), SAME


@case("NIP with spaces and an apostrophe")
def _nip_dressed(bench: Bench) -> tuple[Path, Outcome]:
    at = bench.at("pegawai", "nip")
    for row in bench.rows("pegawai")[1:]:
        row[at] = f"'{row[at][:8]} {row[at][8:14]} {row[at][14]} {row[at][15:]}"
    return bench.save(), SAME


@case("truth values instead of words")
def _booleans(bench: Bench) -> tuple[Path, Outcome]:
    for rows in bench.sheets.values():
        for row in rows[1:]:
            row[:] = [
                {"ya": True, "tidak": False}.get(value, value) if isinstance(value, str) else value for value in row
            ]
    return bench.save(), SAME


@case("choices in capitals and short forms")
def _short_forms(bench: Bench) -> tuple[Path, Outcome]:
    short = {"laki-laki": "L", "perempuan": "P", "pns": "PNS", "pppk": "P3K", "S-1": "S1", "D-III": "D3"}
    for row in bench.rows("pegawai")[1:]:
        row[:] = [short.get(value, value) if isinstance(value, str) else value for value in row]
    return bench.save(), SAME


@case("formulas with their results stored")
def _formulas(bench: Bench) -> tuple[Path, Outcome]:
    at = bench.at("posisi", "kebutuhan")
    for row in bench.rows("posisi")[1:]:
        if row[at] is not None:
            row[at] = Formula(f"=0+{row[at]}", row[at])
    return bench.save(), SAME


@case("units named instead of coded")
def _unit_names(bench: Bench) -> tuple[Path, Outcome]:
    code, name = bench.at("unit", "kode"), bench.at("unit", "nama")
    names = [row[name].casefold() for row in bench.rows("unit")[1:]]
    by_code = {row[code]: row[name] for row in bench.rows("unit")[1:] if names.count(row[name].casefold()) == 1}
    at = bench.at("posisi", "unit")
    for row in bench.rows("posisi")[1:]:
        row[at] = by_code.get(row[at], row[at])
    return bench.save(), SAME


@case("a folder of CSV files with semicolons and decimal commas")
def _csv_semicolons(bench: Bench) -> tuple[Path, Outcome]:
    write_csv_folder(bench.snapshot, bench.folder / "csv")
    return bench.folder / "csv", SAME


@case("CSV files with commas, in an old Windows encoding")
def _csv_windows(bench: Bench) -> tuple[Path, Outcome]:
    import csv

    for title, rows in bench.sheets.items():
        with (bench.folder / f"{title}.csv").open("w", encoding="cp1252", newline="") as file:
            csv.writer(file).writerows([["" if value is None else value for value in row] for row in rows])
    return bench.folder, SAME


@case("xlsx renamed to xls")
def _xlsx_as_xls(bench: Bench) -> tuple[Path, Outcome]:
    path = bench.save("data.xls")
    return path, Outcome("B08", forgiven=True, errors=False, says=".xlsx")


@case("xls renamed to xlsx")
def _xls_as_xlsx(bench: Bench) -> tuple[Path, Outcome]:
    rows = [["Kode posisi", "Nama jabatan", "Unit"], ["P-1", "Kepala Dinas", "Dinas Contoh"]]
    path = odd_files.write_xls(bench.folder / "data.xlsx", "Peta Jabatan", rows)
    return path, Outcome("B08", errors=False, says=".xlsx")


@case("text that begins like a formula")
def _injection(bench: Bench) -> tuple[Path, Outcome]:
    bench.set("pegawai", 2, "nama", '=HYPERLINK("http://contoh.invalid";"klik")')
    bench.set("pegawai", 2, "bidang_studi", "@SUM(A1:A9)")
    bench.set("pegawai", 2, "pendidikan", "=cmd|' /C calc'!A0")
    return bench.save(), Outcome("B22", "Pegawai", 2)


# --- files -----------------------------------------------------------------------------------------------------------


@case("a file of 0 bytes")
def _no_bytes(bench: Bench) -> tuple[Path, Outcome]:
    return _bytes(bench, b""), Outcome(refusal="kosong")


@case("a file that is not there")
def _no_file(bench: Bench) -> tuple[Path, Outcome]:
    return bench.folder / "tidak-ada.xlsx", Outcome(refusal="tidak ditemukan")


@case("a folder without any workbook")
def _empty_folder(bench: Bench) -> tuple[Path, Outcome]:
    (bench.folder / "kosong").mkdir()
    return bench.folder / "kosong", Outcome(refusal="tidak berisi")


@case("a download that broke off")
def _truncated(bench: Bench) -> tuple[Path, Outcome]:
    whole = bench.save("utuh.xlsx").read_bytes()
    return _bytes(bench, whole[: len(whole) * 2 // 3]), Outcome(refusal="rusak")


@case("a flipped byte in the middle")
def _flipped(bench: Bench) -> tuple[Path, Outcome]:
    whole = bytearray(bench.save("utuh.xlsx").read_bytes())
    with ZipFile(BytesIO(bytes(whole))) as archive:
        part = max(archive.infolist(), key=lambda item: item.compress_size)
    middle = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    whole[middle : middle + 8] = bytes(byte ^ 0xFF for byte in whole[middle : middle + 8])
    return _bytes(bench, bytes(whole)), Outcome(refusal="rusak")


@case("random bytes")
def _noise(bench: Bench) -> tuple[Path, Outcome]:
    return _bytes(bench, random.Random(11).randbytes(4000)), Outcome(refusal="bukan buku kerja")


@case("a password")
def _password(bench: Bench) -> tuple[Path, Outcome]:
    return _bytes(
        bench, odd_files.compound_file({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"?" * 5000})
    ), Outcome(refusal="kata sandi")


@case("a web page called xls")
def _web_page(bench: Bench) -> tuple[Path, Outcome]:
    page = b"<html><table><tr><td>Kode posisi</td></tr></table></html>"
    return _bytes(bench, page, "laporan.xls"), Outcome(refusal="HTML")


@case("a PDF called xlsx")
def _pdf(bench: Bench) -> tuple[Path, Outcome]:
    return _bytes(bench, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), Outcome(refusal="PDF")


@case("an archive without a workbook")
def _other_archive(bench: Bench) -> tuple[Path, Outcome]:
    return _bytes(bench, _archive({"word/document.xml": b"<w:document/>"})), Outcome(refusal="bukan buku kerja")


@case("an archive that expands without end")
def _bomb(bench: Bench) -> tuple[Path, Outcome]:
    parts = _parts(bench.save("utuh.xlsx"))
    sheet = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    parts[sheet] = parts[sheet].replace(b"</sheetData>", b"</sheetData>" + b" " * (160 * 2**20))
    return _bytes(bench, _archive(parts)), Outcome(refusal="mengembang")


@case("an archive that lies about its size")
def _lying_bomb(bench: Bench) -> tuple[Path, Outcome]:
    parts = _parts(bench.save("utuh.xlsx"))
    sheet = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    whole = bytearray(_archive(parts | {sheet: parts[sheet] + b" " * (160 * 2**20)}))
    place = whole.rfind(b"PK\x01\x02")
    while place >= 0:  # the size in every entry of the directory
        length = struct.unpack_from("<H", whole, place + 28)[0]
        if bytes(whole[place + 46 : place + 46 + length]) == sheet.encode():
            struct.pack_into("<I", whole, place + 24, 1000)
        place = whole.rfind(b"PK\x01\x02", 0, place)
    return _bytes(bench, bytes(whole)), Outcome(refusal="Berkas")


@case("entities that multiply")
def _entities(bench: Bench) -> tuple[Path, Outcome]:
    parts = _parts(bench.save("utuh.xlsx"))
    laughs = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(9)
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbook ", laughs + b"]><workbook ", 1)
    return _bytes(bench, _archive(parts)), Outcome(refusal="Berkas")


@case("a stray cell at the far end of the sheet")
def _stray_cell(bench: Bench) -> tuple[Path, Outcome]:
    bench.finish = lambda book: book.get_worksheet_by_name("Pegawai").write_string(1_048_575, 16_383, "x")
    return bench.save(), Outcome(refusal="1.048.576")


def _bytes(bench: Bench, content: bytes, name: str = "data.xlsx") -> Path:
    path = bench.folder / name
    path.write_bytes(content)
    return path


def _parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path.unlink()
    return parts


def _archive(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
