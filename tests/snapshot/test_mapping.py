"""Mapping files: their columns become our fields, and what they cannot mean is said in one sentence."""

from datetime import date
from pathlib import Path

import pytest

from penata.foundation.spreadsheet import RefusedFile
from penata.snapshot.mapping import read_mapping, shipped_mappings
from penata.snapshot.structure import count_structure
from penata.snapshot.workbook import Raw, read_raw, read_workbook

PER = date(2026, 12, 31)

MAPPING = """
nama: uji
bentuk:
  - nama: peta
    kenali: [ID, Title, Boss]
    desimal: "."
    instansi: Body
    lewati:
      - {kolom: State, sama: [archived, draft]}
      - {kolom: ID, kosong: true}
    keluaran:
      - tabel: posisi
        kolom:
          kode: {pola: "X-{ID}"}
          jabatan: Title
          unit: {kolom: Team, terjemah: {hq: Kantor Pusat}, bila_kosong: Umum}
          atasan: {kolom: Boss, kosongkan: [none]}
          jenis: {kolom: Kind, terjemah: {manager: administrator}, selain_itu: pelaksana}
          bezetting: {bila: [{kolom: Holder, sama: vacant, maka: {tetap: 0}}], selain_itu: FTE}
          kelas: {tetap: 7}
          keterangan: {gabung: [Holder, {kolom: Note}, {tetap: uji}], pemisah: " / "}
      - tabel: beban_kerja
        lewati:
          - {kolom: Task, kosong: true}
          - {kolom: Kind, tidak_sama: [staff]}
        kolom:
          posisi: {pola: "X-{ID}"}
          tugas: Task
          volume: {tetap: 1}
          satuan_waktu: {tetap: jam}
"""
ROWS = """id,TITLE,Boss,Team,Kind,FTE,Holder,Note,Task,State,Body
1,Head,None,HQ,manager,1,Name A,,,active,Body A
2,Clerk,X-1,,staff,1.234,Name B,remark,filing,active,Body A
3,Clerk,X-1,Field,staff,2,Vacant,,posting,active,Body A
4,Old,X-1,Field,staff,2,Name C,,x,Archived,Body A
"""


def read(tmp_path: Path, mapping: str = MAPPING, rows: str = ROWS) -> Raw:
    (tmp_path / "uji.yaml").write_text(mapping)
    (tmp_path / "data.csv").write_text(rows)
    return read_raw([tmp_path / "data.csv"], mapping=read_mapping(tmp_path / "uji.yaml"))


def test_everything_a_mapping_can_say(tmp_path: Path) -> None:
    raw = read(tmp_path)
    posisi = raw.tables["posisi"]
    assert posisi.select("kode", "jabatan", "unit", "atasan", "jenis", "bezetting", "kelas", "keterangan").rows() == [
        ("X-1", "Head", "Kantor Pusat", None, "administrator", 1.0, 7, "Name A / uji"),
        ("X-2", "Clerk", "Umum", "X-1", "pelaksana", 1.234, 7, "Name B / remark / uji"),
        ("X-3", "Clerk", "Field", "X-1", "pelaksana", 0.0, 7, "Vacant / uji"),
    ]
    beban = raw.tables["beban_kerja"]
    assert beban.select("posisi", "tugas", "volume", "satuan_waktu", "_row").rows() == [
        ("X-2", "filing", 1.0, "jam", 3), ("X-3", "posting", 1.0, "jam", 4),
    ]  # fmt: skip
    assert raw.instansi == "Body A"
    assert sorted(raw.findings["code"]) == ["B30", "B31", "B31"]
    assert raw.origins[0].columns["bezetting"] == ("F", "FTE")
    assert "kelas" not in raw.origins[0].columns


def test_a_bad_cell_of_a_mapped_file_is_named_in_their_words(tmp_path: Path) -> None:
    raw = read(tmp_path, rows=ROWS.replace("1.234", "satu"))
    (found,) = raw.findings.filter(code="B15").rows(named=True)
    assert (found["row"], found["column"], found["header"], found["value"]) == (3, "F", "FTE", "satu")


def test_optional_columns_may_be_absent(tmp_path: Path) -> None:
    raw = read(tmp_path, rows="ID,Title,Boss\n1,Head,None\n")
    assert raw.tables["posisi"].select("unit", "jenis", "bezetting").rows() == [("Umum", None, None)]
    assert "bezetting" not in raw.origins[0].columns


def test_generated_codes_survive_another_row_order(tmp_path: Path) -> None:
    mapping = MAPPING.replace("X-{ID}", "X-{urut}")
    header, *rows = ROWS.splitlines()
    first = read(tmp_path, mapping).tables["posisi"]
    second = read(tmp_path, mapping, "\n".join([header, *reversed(rows)])).tables["posisi"]
    assert dict(first.select("kode", "keterangan").rows()) == dict(second.select("kode", "keterangan").rows())


def test_a_mapping_that_fits_nothing(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="tidak cocok dengan lembar mana pun"):
        read(tmp_path, rows="a,b\n1,2\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nama: uji", "- satu", "YAML"),
        ("bentuk:", "bentk:", "bentk"),
        ("kenali: [ID, Title, Boss]", "kenali: []", "kenali"),
        ("tabel: posisi", "tabel: posisiku", "posisiku"),
        ("jabatan: Title", "jabatn: Title", "jabatn"),
        ("          jabatan: Title\n", "", "jabatan"),
        ('desimal: "."', "desimal: titik", "desimal"),
        ("{tetap: 7}", "{tetp: 7}", "tetp"),
        ("{tetap: 7}", "7", "7"),
        ("{kolom: ID, kosong: true}", "{kolom: ID}", "sama, tidak_sama, kosong"),
        ("{tetap: 7}", "{tetap: 7, kolom: X}", "kolom"),
        ("lewati:\n          - {kolom: Task, kosong: true}", "lewati: ya\n          -", "YAML"),
        ("maka: {tetap: 0}", "lalu: {tetap: 0}", "maka"),
        ("{gabung: [Holder,", "{gabung: Holder, x: [", "x"),
        ('{pola: "X-{ID}"}', '{pola: "X-{ID"}', "pola"),
        ("terjemah: {hq: Kantor Pusat}", "terjemah: [hq]", "terjemah"),
        ("kosongkan: [none]", "kosongkan: 5", "kosongkan"),
    ],
)
def test_what_a_mapping_cannot_mean(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in MAPPING
    with pytest.raises(RefusedFile, match=said) as caught:
        read(tmp_path, MAPPING.replace(old, new, 1))
    assert "\n" not in str(caught.value)


def test_mapping_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="tidak dapat dibuka"):
        read_mapping(tmp_path / "tiada.yaml")
    (tmp_path / "biner.yaml").write_bytes(b"\xff\xfe\x00nama")
    with pytest.raises(RefusedFile, match="YAML"):
        read_mapping(tmp_path / "biner.yaml")


def test_shipped_mappings_are_understood() -> None:
    assert [mapping.name for mapping in shipped_mappings()] == ["organogram-uk", "peta-datar"]


FLAT = "posisi,atasan,jabatan,unit,jenis,kelas,bezetting,kebutuhan\nA,,Kepala,Kantor,JPT Pratama,15,1,1\n"
WORK = "posisi,tugas,volume,menit\nA,Memimpin,1.00,600.00\nA,Menilai,,\n"


def test_the_flat_shape_is_known_by_its_columns(tmp_path: Path) -> None:
    (tmp_path / "satu.csv").write_text(FLAT)
    (tmp_path / "dua.csv").write_text(WORK)
    reading = read_workbook([tmp_path], per=PER)
    snapshot = reading.snapshot
    assert snapshot is not None
    assert snapshot["posisi"].select("kode", "jenis", "kebutuhan").rows() == [("A", "jpt pratama", 1.0)]
    assert snapshot["beban_kerja"].select("volume", "periode", "norma_waktu", "satuan_waktu").rows() == [
        (1.0, "tahun", 600.0, "menit"), (None, "tahun", None, "menit"),
    ]  # fmt: skip
    assert set(reading.findings.filter(file="dua.csv", row=3)["level"]) == {"peringatan"}


SENIOR = """Post Unique Reference,Name,Grade (or equivalent),Job Title,Organisation,Unit,Reports to Senior Post,FTE
T-1,Name One,S3,Chief,Body,Office,XX,1
T-2,N/D,S2,Director,Body,Office,T-1,0.5
T-3,Vacant,S2,Director,Body,Field,T-1,1
T-4,Eliminated,S1,Deputy,Body,Field,T-3,1
T-5,N/D,S1,Deputy,Body,Field,T-9,1
"""
JUNIOR = """Organisation,Unit,Reporting Senior Post,Grade,Generic Job Title,Number of Posts in FTE
Body,Office,T-2,B1,Clerk,4.25
Body,Office,T-2,B1,Clerk,4.25
Body,Field,T-8,B2,Driver,1.125
"""


def test_the_organogram_shape_and_its_hard_cases(tmp_path: Path) -> None:
    (tmp_path / "senior.csv").write_text(SENIOR)
    (tmp_path / "junior.csv").write_text(JUNIOR)
    posisi = read_raw([tmp_path]).tables["posisi"]
    assert posisi.height == 8
    assert posisi["kode"].n_unique() == 8
    reading = read_workbook([tmp_path], per=PER, proceed=True)
    assert reading.snapshot is not None
    assert reading.findings.filter(level="galat").select("file", "row", "value").rows() == [
        ("junior.csv", 4, "T-8"), ("senior.csv", 6, "T-9"),
    ]  # fmt: skip
    counted = count_structure(reading.snapshot)
    assert (counted["posisi_senior"], counted["baris_junior"], counted["puncak"]) == (4, 2, 1)
    assert (counted["lowong"], counted["dihapus"], counted["tak_diungkap"]) == (1, 1, 1)
    assert (counted["fte_senior"], counted["fte_junior"]) == (2.5, 8.5)
    assert (counted["kedalaman_maks"], counted["rentang_kendali_maks"], counted["tingkat_grade"]) == (2, 2, 3)
