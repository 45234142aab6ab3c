"""Nobody changes by a file what they may not change by hand, and takes out what they may not see."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.web.kota import HARI, nip_of

from penata.domain import sheets
from penata.domain.beban_kerja.models import Abk, AbkBaris, AbkHasil
from penata.domain.pegawai.models import Pegawai
from penata.snapshot.schema import TABLES
from penata.snapshot.workbook import read_raw

BARU = nip_of(date(1999, 5, 4), 77)
TASK = {"tugas": "Mengolah data", "volume": 10.0, "periode": "bulan", "norma_waktu": 60.0, "satuan_waktu": "menit"}


def wrong(impor) -> set[tuple[str, str]]:
    return {(f["code"], f["subject"]) for f in impor.ringkasan["contoh_temuan"] if f["level"] == "galat"}


def test_an_operator_changes_only_own_units(kota, buku, unggah, terapkan) -> None:
    own, other = kota.pegawai["Danu Wiratama"], kota.pegawai["Rangga Saputra"]
    path = buku({"pegawai": [
        {"nip": own.nip, "nama": own.nama, "golongan": "III/d"},
        {"nip": other.nip, "nama": other.nama, "golongan": "III/d"},
    ]})  # fmt: skip
    browser, impor = unggah("operator", path)
    assert wrong(impor) == {("P06", other.nip)}
    terapkan(browser, impor, lanjut="ya")
    assert Pegawai.objects.get(pk=own.pk).golongan == "III/d"
    assert Pegawai.objects.get(pk=other.pk).golongan == "III/c"


def test_rows_of_others_that_stay_as_they_are_do_no_harm(kota, buku, unggah) -> None:
    rows = [{"nip": p.nip, "nama": p.nama, "golongan": "III/c"} for p in kota.pegawai.values()]
    rows[3]["golongan"] = "III/d"  # Danu Wiratama
    _browser, impor = unggah("operator", buku({"pegawai": rows}))
    assert not wrong(impor)
    assert impor.baris == 1


@pytest.mark.parametrize(
    ("name", "posisi"),
    [("Danu Wiratama", "P-022"), ("Rangga Saputra", "P-013"), ("Wahyu Nugraha", "P-013"), ("Danu Wiratama", None)],
    ids=["out of the unit", "into the unit", "from nowhere", "to nowhere"],
)
def test_an_operator_moves_nobody_over_the_border(kota, buku, unggah, name: str, posisi: str | None) -> None:
    person = kota.pegawai[name]
    filler = {"nip": kota.pegawai["Intan Prameswari"].nip, "nama": "Intan Prameswari", "posisi": "P-012"}
    _browser, impor = unggah(
        "operator", buku({"pegawai": [filler, {"nip": person.nip, "nama": person.nama, "posisi": posisi}]})
    )
    assert wrong(impor) == {("P06", person.nip)}


def test_an_operator_hires_into_own_units_with_everything_about_the_person(kota, buku, unggah, terapkan) -> None:
    path = buku({
        "pegawai": [{"nip": BARU, "nama": "Orang Baru", "posisi": "P-013"}],
        "predikat_kinerja": [{"nip": BARU, "tahun": 2025, "predikat": "baik"}],
    })  # fmt: skip
    browser, impor = unggah("operator", path)
    assert not wrong(impor)
    assert terapkan(browser, impor).status == "diterapkan"
    assert sheets.read("predikat_kinerja", HARI).height == 1


def test_what_hangs_on_a_row_out_of_bounds_falls_with_it(kota, buku, unggah) -> None:
    path = buku({
        "pegawai": [{"nip": BARU, "nama": "Orang Baru", "posisi": "P-022"}],
        "predikat_kinerja": [{"nip": BARU, "tahun": 2025, "predikat": "baik"}],
    })  # fmt: skip
    _browser, impor = unggah("operator", path)
    assert {code for code, _subject in wrong(impor)} == {"P06"}
    assert impor.baris == 0


@pytest.mark.parametrize("table", ["unit", "posisi", "jabatan"])
def test_an_operator_does_not_change_the_structure(kota, buku, unggah, table: str) -> None:
    rows = {
        "unit": {"kode": "U-0101", "nama": "Nama Lain", "induk": "U-01"},
        "posisi": {"kode": "P-012", "jabatan": "Analis Kebijakan Ahli Muda", "unit": "U-0101", "kebutuhan": 9},
        "jabatan": {"nama": "Pengelola Data", "jenis": "pelaksana", "kelas": 7},
    }
    _browser, impor = unggah("operator", buku({table: [rows[table]]}))
    assert {code for code, _subject in wrong(impor)} == {"P07"}
    assert impor.baris == 0


def test_workload_goes_into_the_open_abk_with_the_rest_of_its_unit(kota, buku, unggah, terapkan) -> None:
    ruling = Abk.objects.create(unit=kota.unit["U-0101"], tahun=2025, status="ditetapkan", mulai=date(2025, 1, 1))
    AbkBaris.objects.create(
        abk=ruling,
        posisi=kota.posisi["P-012"],
        tugas="Menelaah",
        volume=5,
        periode="bulan",
        norma_waktu=30,
        satuan_waktu="menit",
    )
    AbkBaris.objects.create(
        abk=ruling,
        posisi=kota.posisi["P-013"],
        tugas="Lama",
        volume=5,
        periode="bulan",
        norma_waktu=30,
        satuan_waktu="menit",
    )
    path = buku({"beban_kerja": [{"posisi": "P-013", **TASK}]})
    browser, impor = unggah("operator", path)
    told = impor.ringkasan["tabel"][0]
    assert (told["baru"], told["berakhir"]) == (1, 1)
    terapkan(browser, impor)
    opened = Abk.objects.get(status="draf")
    assert (opened.unit, opened.tahun, opened.jumlah_baris) == (kota.unit["U-0101"], HARI.year, 2)
    assert sorted(opened.baris.values_list("posisi__kode", "tugas")) == [
        ("P-012", "Menelaah"),
        ("P-013", "Mengolah data"),
    ]
    assert sheets.read("beban_kerja", HARI)["tugas"].to_list() == ["Menelaah", "Lama"]
    _browser, again = unggah("operator", path)
    assert again.baris == 0


def test_an_abk_under_examination_is_not_touched(kota, buku, unggah) -> None:
    Abk.objects.create(unit=kota.unit["U-0101"], tahun=HARI.year, status="diajukan", pengaju=kota.user["operator"])
    _browser, impor = unggah("operator", buku({"beban_kerja": [{"posisi": "P-013", **TASK}]}))
    assert wrong(impor) == {("P05", "P-013")}


def test_workload_is_set_at_once_only_by_who_may(kota, buku, unggah, terapkan, signed_in) -> None:
    path = buku({"beban_kerja": [{"posisi": "P-013", **TASK}]})
    assert 'name="langsung"' not in signed_in("operator").get("/impor/baru/").content.decode()
    _browser, ignored = unggah("operator", path, langsung="on")
    assert ignored.langsung is False
    browser, impor = unggah("analis", path, langsung="on")
    impor = terapkan(browser, impor)
    assert impor.status == "diterapkan"
    ruling = Abk.objects.get(status="ditetapkan")
    assert (ruling.mulai, ruling.selesai) == (HARI, None)
    found = AbkHasil.objects.get(abk=ruling)
    assert found.posisi == kota.posisi["P-013"]
    assert found.beban == pytest.approx(10 * 12 * 60)
    assert found.kebutuhan == ruling.kebutuhan


@pytest.mark.parametrize("table", list(TABLES))
def test_an_export_is_an_import_that_changes_nothing(kota, unggah, signed_in, tmp_path, table: str) -> None:
    Pegawai.objects.filter(pk=kota.pegawai["Danu Wiratama"].pk).update(terkunci=True, alasan_terkunci="=1+1")
    answer = signed_in("analis").get(f"/ekspor-tabel/{table}.xlsx")
    assert answer.status_code == 200
    path = tmp_path / f"{table}.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    if sheets.read(table, HARI).is_empty():
        return
    _browser, impor = unggah("analis", path)
    assert impor.status == "pratinjau", impor.pesan
    assert impor.baris == 0
    assert not impor.ringkasan["temuan"]["galat"]


def exported(browser, table: str, folder: Path) -> pl.DataFrame:
    path = folder / "keluar.xlsx"
    path.write_bytes(b"".join(browser.get(f"/ekspor-tabel/{table}.xlsx").streaming_content))
    return read_raw([path]).tables[table]


def test_an_export_holds_exactly_what_one_may_see(kota, signed_in, tmp_path) -> None:
    own = {"P-010", "P-011", "P-012", "P-013", "P-014", "P-015"}
    assert set(exported(signed_in("operator"), "posisi", tmp_path)["kode"]) == own
    people = exported(signed_in("operator"), "pegawai", tmp_path)
    assert set(people["posisi"]) <= own
    assert people.height == 8
    assert exported(signed_in("analis"), "pegawai", tmp_path).height == len(kota.pegawai)


@pytest.mark.parametrize(("account", "table", "status"), [
    ("pegawai", "pegawai", 403), ("pegawai", "posisi", 200), ("evaluasi", "asesmen", 403), ("auditor", "asesmen", 200),
    ("atasan", "hukuman_disiplin", 403), ("analis", "tidak-ada", 404),
])  # fmt: skip
def test_who_may_take_out_what(kota, signed_in, account: str, table: str, status: int) -> None:
    assert signed_in(account).get(f"/ekspor-tabel/{table}.xlsx").status_code == status


def test_many_rows_come_out_plainly_and_read_back_the_same(kota, signed_in, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("penata.faces.backoffice.pertukaran.tables.FORMATTED", 0)
    Pegawai.objects.filter(pk=kota.pegawai["Danu Wiratama"].pk).update(terkunci=True, alasan_terkunci="=1+1")
    seen = exported(signed_in("analis"), "pegawai", tmp_path).drop("_origin", "_row", "_refused").sort("nip")
    now = sheets.read("pegawai", HARI)
    assert seen.select(now.columns).equals(now)


def test_templates_are_empty_workbooks_of_the_same_shape(kota, signed_in, tmp_path) -> None:
    browser = signed_in("operator")
    for address in ("/ekspor-tabel/templat.xlsx", "/ekspor-tabel/templat.xlsx?tabel=pegawai"):
        assert b"".join(browser.get(address).streaming_content).startswith(b"PK")
    assert browser.get("/ekspor-tabel/templat.xlsx?tabel=entah").status_code == 404
    assert "Peta Jabatan" in browser.get("/ekspor-tabel/").content.decode()
