"""Validation across rows: each check finds what it is for, and nothing else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from penata.foundation.findings import Level
from penata.rulebook.legislation import Law
from penata.sample import generate_with_ledger
from penata.snapshot.schema import TABLES
from penata.snapshot.validation import Validated, catalogue, validate

PER = date(2026, 12, 31)
LAW = Law(PER)
ANI, BUDI, CITRA = "199003172015031004", "198507212010012003", "199205142025212007"  # invented

AGENCY: Mapping[str, list[dict[str, Any]]] = {
    "unit": [
        {"kode": "U-0", "nama": "Kota Contoh"},
        {"kode": "U-1", "nama": "Dinas Kesehatan", "induk": "U-0"},
        {"kode": "U-2", "nama": "Bidang Umum", "induk": "U-1"},
    ],
    "jabatan": [
        {"nama": "Kepala Dinas", "jenis": "jpt pratama", "golongan_min": "IV/a", "golongan_maks": "IV/d"},
        {"nama": "Analis", "jenis": "pelaksana"},
    ],
    "posisi": [
        {"kode": "P-1", "jabatan": "Kepala Dinas", "unit": "U-1", "kelas": 14, "kebutuhan": 1.0},
        {"kode": "P-2", "jabatan": "Analis", "unit": "U-2", "atasan": "P-1", "kelas": 7, "kebutuhan": 2.0},
        {"kode": "P-3", "jabatan": "Analis", "unit": "U-2", "atasan": "P-2", "kelas": 7, "kebutuhan": 2.0},
    ],
    "pegawai": [
        {"nip": ANI, "nama": "Ani", "jenis_kelamin": "laki-laki", "tanggal_lahir": date(1990, 3, 17), "status": "pns",
         "golongan": "III/c", "posisi": "P-1", "tmt_jabatan": date(2024, 1, 2)},
        {"nip": BUDI, "nama": "Budi", "jenis_kelamin": "perempuan", "tanggal_lahir": date(1985, 7, 21), "status": "pns",
         "golongan": "III/d", "posisi": "P-2"},
        {"nip": CITRA, "nama": "Citra", "jenis_kelamin": "perempuan", "tanggal_lahir": date(1992, 5, 14),
         "status": "pppk", "golongan": "IX", "posisi": "P-2", "kontrak_berakhir": date(2030, 2, 28)},
    ],
    "beban_kerja": [
        {"posisi": "P-2", "tugas": "Menyusun laporan", "volume": 12.0, "norma_waktu": 240.0},
        {"posisi": "P-3", "tugas": "Menelaah usulan", "volume": 40.0, "norma_waktu": 3.0, "satuan_waktu": "jam"},
    ],
    "asesmen": [{"nip": ANI, "tanggal": date(2025, 5, 12), "potensi": 75.0, "integritas": 3}],
    "riwayat_jabatan": [{"nip": ANI, "jabatan": "Analis", "mulai": date(2015, 4, 1), "selesai": date(2024, 1, 1)}],
    "predikat_kinerja": [{"nip": ANI, "tahun": 2025, "predikat": "baik"}],
    "minat": [{"nip": BUDI, "urutan": 1, "posisi": "P-3"}],
}  # fmt: skip


def frames(
    changes: Mapping[str, list[dict[str, Any]]] | None = None, *, provenance: bool = True
) -> dict[str, pl.DataFrame]:
    """Return the agency as typed tables, header in row 1 and data from row 2; *changes* replace whole tables."""
    result = {}
    for name, rows in {**AGENCY, **(changes or {})}.items():
        frame = pl.DataFrame(rows, schema=TABLES[name].polars_schema)
        if provenance:
            frame = frame.with_columns(
                pl.lit(0, dtype=pl.Int32).alias("_origin"), pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("_row")
            )
        result[name] = frame
    return result


def changed(table: str, row: int, **values: Any) -> dict[str, list[dict[str, Any]]]:
    """Return *table* with the values of the row at Excel row *row* replaced."""
    rows = [dict(entry) for entry in AGENCY[table]]
    rows[row - 2] |= values
    return {table: rows}


def added(table: str, **values: Any) -> dict[str, list[dict[str, Any]]]:
    return {table: [*AGENCY.get(table, []), values]}


def run(changes: Mapping[str, list[dict[str, Any]]] | None = None) -> Validated:
    return validate(frames(changes), per=PER, law=LAW)


def places(result: Validated) -> set[tuple[str, str, int, str]]:
    found = result.findings
    return set(found.select("code", "table", "row", "column").iter_rows())


def test_a_sound_agency_has_no_findings_and_loses_nothing() -> None:
    result = run()
    assert result.findings.is_empty()
    assert result.refused == {}
    given = frames()
    for name, frame in result.tables.items():
        assert frame.select(given[name].columns).equals(given[name])


# The change, and every finding that it must bring: code, table, row, column.
CASES: list[tuple[str, dict[str, list[dict[str, Any]]], set[tuple[str, str, int, str]]]] = [
    ("two different rows under one code", added("jabatan", nama="Analis", jenis="fungsional"),
     {("V01", "jabatan", 3, "nama"), ("V01", "jabatan", 4, "nama"), ("V38", "posisi", 3, "jabatan"),
      ("V38", "posisi", 4, "jabatan")}),
    ("the same row twice", added("predikat_kinerja", nip=ANI, tahun=2025, predikat="baik"),
     {("V02", "predikat_kinerja", 3, "nip")}),
    ("required cell empty", changed("jabatan", 2, jenis=None),
     {("V03", "jabatan", 2, "jenis"), ("V38", "posisi", 2, "jabatan")}),
    ("blank name", changed("pegawai", 3, nama="  "), {("V03", "pegawai", 3, "nama"), ("V05", "minat", 2, "nip")}),
    ("unknown unit", changed("posisi", 4, unit="U-9"),
     {("V04", "posisi", 4, "unit"), ("V05", "beban_kerja", 3, "posisi"), ("V05", "minat", 2, "posisi")}),
    ("unknown superior", changed("posisi", 4, atasan="P-9"),
     {("V04", "posisi", 4, "atasan"), ("V05", "beban_kerja", 3, "posisi"), ("V05", "minat", 2, "posisi")}),
    ("unknown parent", added("unit", kode="U-3", nama="Seksi", induk="U-9"), {("V04", "unit", 5, "induk")}),
    ("unknown person", added("asesmen", nip="199912312020121001"), {("V04", "asesmen", 3, "nip")}),
    ("unknown seat", changed("beban_kerja", 2, posisi="P-9"), {("V04", "beban_kerja", 2, "posisi")}),
    ("superior of itself", changed("posisi", 4, atasan="P-3"),
     {("V08", "posisi", 4, "atasan"), ("V05", "beban_kerja", 3, "posisi"), ("V05", "minat", 2, "posisi")}),
    ("second root", added("unit", kode="U-3", nama="Lepas"), {("V10", "unit", 5, "induk")}),
    ("jabatan not in the catalogue", changed("posisi", 4, jabatan="Penyuluh"), {("V12", "posisi", 4, "jabatan")}),
    ("standard of an unknown jabatan",
     {"standar_kompetensi": [{"jabatan": "Penyuluh", "kompetensi": "integritas", "level": 3}]},
     {("V12", "standar_kompetensi", 2, "jabatan")}),
    ("impossible NIP", changed("pegawai", 3, nip="198513212010012003"),
     {("V13", "pegawai", 3, "nip"), ("V04", "minat", 2, "nip")}),
    ("birth date unlike the NIP", changed("pegawai", 3, tanggal_lahir=date(1985, 7, 12)),
     {("V14", "pegawai", 3, "tanggal_lahir")}),
    ("sex unlike the NIP", changed("pegawai", 3, jenis_kelamin="laki-laki"), {("V15", "pegawai", 3, "jenis_kelamin")}),
    ("PNS with an NI PPPK", changed("pegawai", 4, status="pns", golongan=None, kontrak_berakhir=None),
     {("V16", "pegawai", 4, "status")}),
    ("PPPK with a NIP", changed("pegawai", 3, status="pppk", golongan=None, kontrak_berakhir=PER),
     {("V16", "pegawai", 3, "status"), ("V05", "minat", 2, "nip")}),
    ("start of the post in the future", changed("pegawai", 2, tmt_jabatan=date(2027, 1, 1)),
     {("V17", "pegawai", 2, "tmt_jabatan"), ("V05", "asesmen", 2, "nip"), ("V05", "riwayat_jabatan", 2, "nip"),
      ("V05", "predikat_kinerja", 2, "nip")}),
    ("assessment in the future", changed("asesmen", 2, tanggal=date(2027, 1, 1)), {("V17", "asesmen", 2, "tanggal")}),
    ("a child on the payroll", changed("pegawai", 3, tanggal_lahir=date(2015, 7, 21)),
     {("V18", "pegawai", 3, "tanggal_lahir"), ("V14", "pegawai", 3, "tanggal_lahir"), ("V05", "minat", 2, "nip")}),
    ("older than anybody in service", changed("pegawai", 3, tanggal_lahir=date(1945, 7, 21)),
     {("V19", "pegawai", 3, "tanggal_lahir"), ("V14", "pegawai", 3, "tanggal_lahir"), ("V05", "minat", 2, "nip")}),
    ("ended before it began", changed("riwayat_jabatan", 2, selesai=date(2015, 3, 31)),
     {("V20", "riwayat_jabatan", 2, "selesai")}),
    ("PNS with a golongan of PPPK", changed("pegawai", 3, golongan="IX"),
     {("V21", "pegawai", 3, "golongan"), ("V05", "minat", 2, "nip")}),
    ("PPPK with a golongan of PNS", changed("pegawai", 4, golongan="III/a"), {("V21", "pegawai", 4, "golongan")}),
    ("kelas 25", changed("posisi", 4, kelas=25),
     {("V25", "posisi", 4, "kelas"), ("V05", "beban_kerja", 3, "posisi"), ("V05", "minat", 2, "posisi")}),
    ("level 9", changed("asesmen", 2, integritas=9), {("V25", "asesmen", 2, "integritas")}),
    ("potential that is not a number", changed("asesmen", 2, potensi=float("nan")), {("V25", "asesmen", 2, "potensi")}),
    ("negative volume", changed("beban_kerja", 2, volume=-1.0), {("V26", "beban_kerja", 2, "volume")}),
    ("endless volume", changed("beban_kerja", 2, volume=float("inf")), {("V26", "beban_kerja", 2, "volume")}),
    ("no volume", changed("beban_kerja", 2, volume=None), {("V27", "beban_kerja", 2, "volume")}),
    ("no norm", changed("beban_kerja", 2, norma_waktu=None), {("V27", "beban_kerja", 2, "norma_waktu")}),
    ("no ability for the method by result", changed("beban_kerja", 2, norma_waktu=None, metode="hasil kerja"),
     {("V27", "beban_kerja", 2, "standar")}),
    ("a norm above a year", changed("beban_kerja", 3, norma_waktu=9000.0), {("V28", "beban_kerja", 3, "norma_waktu")}),
    ("a year in the future", changed("predikat_kinerja", 2, tahun=2027), {("V29", "predikat_kinerja", 2, "tahun")}),
    ("a year of two digits", changed("predikat_kinerja", 2, tahun=25), {("V29", "predikat_kinerja", 2, "tahun")}),
    ("a text as long as a book", changed("beban_kerja", 2, tugas="a" * 4001), {("V30", "beban_kerja", 2, "tugas")}),
    ("an endless contract", changed("pegawai", 4, kontrak_berakhir=None), {("V31", "pegawai", 4, "kontrak_berakhir")}),
    ("a contract that is over", changed("pegawai", 4, kontrak_berakhir=date(2026, 12, 30)),
     {("V32", "pegawai", 4, "kontrak_berakhir")}),
    ("requirements upside down", changed("jabatan", 2, golongan_min="IV/d", golongan_maks="IV/a"),
     {("V33", "jabatan", 2, "golongan_maks"), ("V38", "posisi", 2, "jabatan")}),
    ("the same task twice",
     added("beban_kerja", posisi="P-2", tugas="Menyusun laporan", volume=12.0, norma_waktu=240.0),
     {("V34", "beban_kerja", 4, "tugas")}),
    ("in post as a child", changed("pegawai", 3, tmt_jabatan=date(2001, 1, 1)), {("V35", "pegawai", 3, "tmt_jabatan")}),
    ("an interest in nothing", changed("minat", 2, posisi=None), {("V36", "minat", 2, "posisi")}),
    ("kept in place, no reason", changed("pegawai", 3, terkunci=True), {("V37", "pegawai", 3, "alasan_terkunci")}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_flaw_brings_its_findings_and_no_others(
    changes: dict[str, list[dict[str, Any]]], expected: set[tuple[str, str, int, str]]
) -> None:
    result = run(changes)
    assert places(result) == expected
    grave = result.findings.filter(pl.col("level") == "galat").select("table", "row").unique()
    assert result.refused == dict(grave.group_by("table").len().iter_rows())
    for table, frame in result.tables.items():
        assert set(frame["_row"]).isdisjoint(grave.filter(pl.col("table") == table)["row"])


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_sentences_are_complete(case: tuple[str, Any, Any]) -> None:
    found = run(case[1]).findings
    for text in (*found["message"], *found["remedy"]):
        assert "{" not in text
        assert "None" not in text
        assert text.endswith(".")


def test_every_check_of_the_catalogue_has_its_own_code_and_a_case() -> None:
    checks = [value for value in vars(catalogue).values() if isinstance(value, catalogue.Check)]
    codes = [check.code for check in checks]
    assert codes == [f"V{place:02d}" for place in range(1, len(codes) + 1)]
    tried = {code for _name, _change, expected in CASES for code, *_rest in expected}
    elsewhere = {"V06", "V07", "V09", "V11", "V22", "V23", "V24"}  # the tests below
    assert tried | elsewhere == set(codes)


def test_a_cycle_names_its_members_and_spares_what_hangs_below() -> None:
    chain = [
        {"kode": "P-1", "jabatan": "Kepala Dinas", "unit": "U-1"},
        {"kode": "P-2", "jabatan": "Analis", "unit": "U-1", "atasan": "P-4"},
        {"kode": "P-3", "jabatan": "Analis", "unit": "U-1", "atasan": "P-2"},
        {"kode": "P-4", "jabatan": "Analis", "unit": "U-1", "atasan": "P-3"},
        {"kode": "P-5", "jabatan": "Analis", "unit": "U-1", "atasan": "P-4"},
    ]
    result = run({"posisi": chain, "pegawai": [], "beban_kerja": [], "minat": [], "asesmen": [], "riwayat_jabatan": [],
                  "predikat_kinerja": []})  # fmt: skip
    assert places(result) == {("V07", "posisi", row, "atasan") for row in (3, 4, 5)} | {("V06", "posisi", 6, "atasan")}
    cycle = result.findings.filter(pl.col("code") == "V07")
    assert set(cycle["message"]) == {"Garis atasan berputar tanpa ujung: P-2 → P-4 → P-3 → P-2."}
    left = result.tables["posisi"].select("kode", "atasan").rows()
    assert left == [("P-1", None), ("P-5", None)]


def test_a_long_cycle_is_told_in_part() -> None:
    ring = [
        {"kode": f"P-{i:02d}", "jabatan": "Analis", "unit": "U-1", "atasan": f"P-{(i + 1) % 30:02d}"} for i in range(30)
    ]
    empty = {name: [] for name in AGENCY if name not in {"unit", "jabatan"}}
    result = run(empty | {"posisi": ring})
    messages = result.findings.filter(pl.col("code") == "V07")["message"].unique().to_list()
    assert len(messages) == 1
    assert messages[0].endswith("P-07 → P-08 → ….")
    assert result.tables["posisi"].is_empty()


def test_two_units_under_each_other() -> None:
    units = [
        {"kode": "U-0", "nama": "Kota"},
        {"kode": "U-1", "nama": "Dinas", "induk": "U-2"},
        {"kode": "U-2", "nama": "Bidang", "induk": "U-1"},
    ]
    result = validate(frames({"unit": units}), per=PER, law=LAW)
    found = result.findings.filter(pl.col("code") == "V09")
    assert found["message"].to_list() == ["Susunan unit berputar tanpa ujung: U-1 → U-2 → U-1."] * 2
    assert result.refused["posisi"] == 3  # all of them sit in refused units
    assert result.refused["pegawai"] == 3  # and so do the people on them
    assert result.refused["asesmen"] == 1  # and what is known about those


def test_a_refused_parent_leaves_the_child_a_root() -> None:
    result = run(changed("unit", 3, nama=None))
    assert ("V06", "unit", 4, "induk") in places(result)
    assert result.tables["unit"].filter(pl.col("kode") == "U-2")["induk"].to_list() == [None]


def test_unit_names_stand_for_codes_when_only_one_unit_bears_them() -> None:
    units = [
        *AGENCY["unit"],
        {"kode": "U-3", "nama": "Seksi", "induk": "U-1"},
        {"kode": "U-4", "nama": "SEKSI", "induk": "U-1"},
    ]
    posisi = [dict(row) for row in AGENCY["posisi"]]
    posisi[0]["unit"], posisi[1]["unit"], posisi[2]["unit"] = "dinas  kesehatan", "U-2", "Seksi"
    result = run({"unit": units, "posisi": posisi, "minat": [], "beban_kerja": []})
    assert places(result) == {("V11", "posisi", 4, "unit")}
    assert "U-3, U-4" in result.findings["message"][0]
    assert result.tables["posisi"]["unit"].to_list() == ["U-1", "U-2"]


def test_jabatan_takes_the_spelling_of_the_catalogue() -> None:
    result = run(changed("posisi", 3, jabatan="ANALIS"))
    assert result.findings.is_empty()
    assert result.tables["posisi"]["jabatan"].to_list() == ["Kepala Dinas", "Analis", "Analis"]


def test_a_leading_seat_has_room_for_one() -> None:
    result = run(changed("pegawai", 3, posisi="P-1"))
    assert {("V22", "pegawai", 2, "posisi"), ("V22", "pegawai", 3, "posisi")} <= places(result)
    message = result.findings.filter(pl.col("code") == "V22")["message"][0]
    assert f"2 orang ({BUDI}, {ANI})" in message


def test_a_leading_seat_has_the_room_that_the_map_prints() -> None:
    changes = changed("pegawai", 3, posisi="P-1") | changed("posisi", 2, kebutuhan=2.0)
    assert "V22" not in run(changes).findings["code"]


def test_acting_holders_do_not_take_a_seat() -> None:
    holders = [
        {"nip": ANI, "posisi": "P-1", "jenis": "definitif"},
        {"nip": BUDI, "posisi": "P-2", "jenis": "definitif"},
        {"nip": BUDI, "posisi": "P-1", "jenis": "plt"},
        {"nip": CITRA, "posisi": "P-2", "jenis": "definitif"},
    ]
    assert run({"pemangku": holders}).findings.is_empty()


def test_one_person_on_two_seats_and_sheets_that_disagree() -> None:
    holders = [
        {"nip": ANI, "posisi": "P-1", "jenis": "definitif"},
        {"nip": ANI, "posisi": "P-3", "jenis": "definitif"},
        {"nip": BUDI, "posisi": "P-3", "jenis": "definitif"},
    ]
    assert places(run({"pemangku": holders})) == {
        ("V23", "pemangku", 2, "posisi"), ("V23", "pemangku", 3, "posisi"), ("V24", "pegawai", 3, "posisi"),
    }  # fmt: skip


def test_rows_that_the_reader_refused_are_not_reported_again_but_followed() -> None:
    given = frames(changed("posisi", 4, kelas=25))
    given["posisi"] = given["posisi"].with_columns((pl.col("_row") == 4).alias("_refused"))
    result = validate(given, per=PER, law=LAW)
    assert places(result) == {("V05", "beban_kerja", 3, "posisi"), ("V05", "minat", 2, "posisi")}
    assert result.refused == {"posisi": 1, "beban_kerja": 1, "minat": 1}
    assert "_refused" not in result.tables["posisi"].columns


def test_tables_without_provenance_and_without_rows_are_checked_too() -> None:
    result = validate(frames(changed("asesmen", 2, integritas=9), provenance=False), per=PER, law=LAW)
    assert result.findings.select("code", "row", "subject", "_origin").rows() == [("V25", None, ANI, None)]
    assert "_row" not in result.tables["asesmen"].columns
    empty = {name: pl.DataFrame() for name in TABLES}
    nothing = validate(empty, per=PER, law=LAW)
    assert nothing.findings.is_empty()
    assert nothing.tables["posisi"].is_empty()


def test_missing_sheets_are_not_missing_keys() -> None:
    only_map = {"posisi": frames()["posisi"], "beban_kerja": frames()["beban_kerja"]}
    assert validate(only_map, per=PER, law=LAW).findings.is_empty()


def test_the_order_of_rows_changes_nothing() -> None:
    changes = (
        changed("posisi", 4, kelas=25)
        | changed("pegawai", 3, posisi="P-1")
        | added("asesmen", nip=ANI, tanggal=date(2025, 5, 12))
    )
    straight = validate(frames(changes), per=PER, law=LAW)
    turned = validate({name: frame.reverse() for name, frame in frames(changes).items()}, per=PER, law=LAW)
    assert straight.findings.equals(turned.findings)
    assert straight.refused == turned.refused


def test_an_unknown_table_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="gaji"):
        validate({"gaji": pl.DataFrame()}, per=PER, law=LAW)


def test_findings_are_listed_gravest_first() -> None:
    found = run(changed("beban_kerja", 2, volume=None) | changed("posisi", 4, kelas=25)).findings
    levels = [list(Level).index(Level(level)) for level in found["level"]]
    assert levels == sorted(levels)


def test_every_error_that_the_generator_plants_is_found() -> None:
    snapshot, ledger = generate_with_ledger(pegawai=1500, benih=5, per=PER, galat=0.02)
    found = validate(snapshot.tables, per=PER, law=LAW).findings.filter(pl.col("level") == "galat")
    planted = ledger.filter(pl.col("macam") == "galat")
    assert planted["jenis"].n_unique() > 10
    missed = planted.join(found, left_on=["tabel", "subjek"], right_on=["table", "subject"], how="anti")
    assert missed.is_empty(), missed.rows()
    assert validate(snapshot.tables, per=PER, law=LAW).refused.keys() >= set(planted["tabel"])


def test_an_agency_without_planted_errors_is_refused_nothing() -> None:
    snapshot, _ledger = generate_with_ledger(pegawai=1500, benih=6, per=PER)
    assert validate(snapshot.tables, per=PER, law=LAW).refused == {}
