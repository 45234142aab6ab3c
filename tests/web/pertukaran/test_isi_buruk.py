"""Bad content gets a clear finding at its cell; nothing is guessed, rounded, invented or lost without a word."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from tests.faces.mutilations import CASES, Bench
from tests.web.kota import HARI, Kota, nip_of

from penata.domain import sheets
from penata.domain.jabatan.models import Jabatan
from penata.domain.organisasi.models import Unit
from penata.domain.pegawai.models import Pegawai
from penata.domain.pertukaran.models import Impor

NIP = nip_of(date(1999, 5, 4), 77)


def codes(impor: Impor) -> dict[str, dict[str, Any]]:
    return {finding["code"]: finding for finding in impor.ringkasan["contoh_temuan"]}


def test_leading_zeros_survive(kota, buku, unggah, terapkan) -> None:
    rows = [
        {"kode": "0042", "nama": "Unit Berkode Nol", "induk": "U-00"},
        {"kode": "0043", "nama": "Anak", "induk": "0042"},
    ]
    browser, impor = unggah("analis", buku({"unit": rows}))
    terapkan(browser, impor)
    seen = sheets.read("unit", HARI)
    assert {"0042", "0043"} <= set(seen["kode"])
    assert seen.filter(kode="0043")["induk"].item() == "0042"


def test_a_nip_that_lost_its_digits_is_refused_and_not_rounded(kota, buku, unggah) -> None:
    _browser, impor = unggah("analis", buku({"pegawai": [{"nip": 199003172015031004, "nama": "Angka Rusak"}]}))
    assert impor.ringkasan["temuan"]["galat"] == 1
    assert not impor.baris
    assert impor.ringkasan["contoh_temuan"][0]["row"] == 2


@pytest.mark.parametrize("wrong", ["31-02-2020", "17 Meret 1990", "2020-13-01"])
def test_a_bad_date_is_refused_and_never_becomes_today(kota, buku, unggah, terapkan, wrong: str) -> None:
    browser, impor = unggah("analis", buku({"pegawai": [{"nip": NIP, "nama": "Orang Baru", "tanggal_lahir": wrong}]}))
    finding = impor.ringkasan["contoh_temuan"][0]
    assert (finding["level"], finding["header"], finding["value"], finding["row"]) == (
        "galat",
        "Tanggal lahir",
        wrong,
        2,
    )
    assert finding["remedy"]
    assert terapkan(browser, impor, lanjut="ya").status == "pratinjau"
    assert not Pegawai.objects.filter(nip=NIP).exists()


def test_an_unknown_unit_is_refused_and_not_created(kota, buku, unggah, terapkan) -> None:
    row = {"kode": "P-099", "jabatan": "Pengelola Data", "unit": "Dinas Entah", "atasan": "P-010"}
    browser, impor = unggah("analis", buku({"posisi": [row]}))
    assert codes(impor)["V04"]["value"] == "Dinas Entah"
    terapkan(browser, impor, lanjut="ya")
    assert Unit.objects.count() == len(kota.unit)
    assert "P-099" not in set(sheets.read("posisi", HARI)["kode"])


def test_a_unit_may_be_named_and_a_jabatan_spelled_otherwise(kota, buku, unggah, terapkan) -> None:
    row = {"kode": "P-099", "jabatan": "PENGELOLA  data", "unit": "bidang kesehatan masyarakat", "atasan": "P-014"}
    browser, impor = unggah("analis", buku({"posisi": [row]}))
    terapkan(browser, impor)
    seen = sheets.read("posisi", HARI).filter(kode="P-099").row(0, named=True)
    assert (seen["jabatan"], seen["unit"], seen["jenis"]) == ("Pengelola Data", "U-0102", "pelaksana")
    assert Jabatan.objects.count() == len(kota.jabatan)


def test_a_jabatan_of_unknown_kind_is_not_created(kota, buku, unggah) -> None:
    row = {"kode": "P-099", "jabatan": "Jabatan Entah", "unit": "U-0102", "atasan": "P-014"}
    _browser, impor = unggah("analis", buku({"posisi": [row]}))
    assert codes(impor)["P01"]["value"] == "Jabatan Entah"


def formula(folder: Path, kota: Kota, result: str) -> Path:
    path = folder / "rumus.xlsx"
    person = kota.pegawai["Danu Wiratama"]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Pegawai")
        for at, title in enumerate(("NIP", "Nama", "Golongan")):
            sheet.write(0, at, title)
        sheet.write_string(1, 0, person.nip)
        sheet.write_string(1, 1, person.nama)
        sheet.write_formula(1, 2, "=A9", None, result)
    return path


def test_a_formula_that_failed_is_told_and_does_not_become_empty(kota, unggah, tmp_path) -> None:
    _browser, impor = unggah("analis", formula(tmp_path, kota, "#REF!"))
    finding = next(f for f in impor.ringkasan["contoh_temuan"] if f["level"] == "galat")
    assert (finding["code"], finding["row"], finding["column"]) == ("B11", 2, "C")
    assert not impor.baris


def test_a_formula_is_read_as_its_result(kota, unggah, terapkan, tmp_path) -> None:
    browser, impor = unggah("analis", formula(tmp_path, kota, "III/d"))
    terapkan(browser, impor)
    assert Pegawai.objects.get(pk=kota.pegawai["Danu Wiratama"].pk).golongan == "III/d"


def test_the_error_workbook_opens_and_marks_the_cell(kota, buku, unggah, tmp_path) -> None:
    browser, impor = unggah("analis", buku({"pegawai": [{"nip": NIP, "nama": "Orang Baru", "golongan": "V/z"}]}))
    page = browser.get(f"/impor/{impor.pk}/").content.decode()
    assert f'href="/impor/{impor.pk}/perbaikan.xlsx"' in page
    answer = browser.get(f"/impor/{impor.pk}/perbaikan.xlsx")
    path = tmp_path / "perbaikan.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    book = load_workbook(path)
    assert book.sheetnames[0] == "Temuan"
    assert "V/z" in book["Pegawai"]["C2"].value
    assert book["Pegawai"]["C2"].comment is not None


def test_success_means_that_everything_promised_is_there(kota, buku, unggah, terapkan) -> None:
    """Twelve imports back to back: each says how many it wrote, and so many are there."""
    for n in range(12):
        rows = [{"nip": nip_of(date(1980 + n, 1, 1 + k), n * 10 + k), "nama": f"Orang {n} {k}"} for k in range(5)]
        before = Pegawai.objects.count()
        browser, impor = unggah("analis", buku({"pegawai": rows}))
        assert impor.baris == 5
        assert terapkan(browser, impor).status == "diterapkan"
        assert Pegawai.objects.count() == before + 5


def test_an_import_that_would_write_nothing_cannot_be_applied(kota, buku, unggah, terapkan) -> None:
    person = kota.pegawai["Danu Wiratama"]
    browser, impor = unggah("analis", buku({"pegawai": [{"nip": person.nip, "nama": person.nama}]}))
    assert impor.baris == 0
    assert terapkan(browser, impor).status == "pratinjau"
    assert "tidak ada yang perlu ditulis" in browser.get(f"/impor/{impor.pk}/").content.decode()


def test_text_longer_than_the_column_is_refused_on_every_database(kota, buku, unggah) -> None:
    rows = [{"nip": NIP, "nama": "N" * 201}, {"nip": nip_of(date(1999, 5, 5), 78), "nama": "Pas " * 40}]
    _browser, impor = unggah("analis", buku({"pegawai": rows}))
    assert codes(impor)["P03"]["row"] == 2
    assert impor.ringkasan["temuan"]["galat"] == 1


def test_two_people_on_one_leading_seat_are_refused(kota, buku, unggah) -> None:
    person = kota.pegawai["Danu Wiratama"]
    _browser, impor = unggah("analis", buku({"pegawai": [{"nip": person.nip, "nama": person.nama, "posisi": "P-010"}]}))
    assert codes(impor)["V22"]["header"] == "Kode posisi"
    assert not impor.baris


def test_what_the_file_makes_wrong_elsewhere_blocks_it(kota, buku, unggah, terapkan) -> None:
    """Two people hold P-013; making it a leading post for one leaves the holders of the database too many."""
    row = {
        "kode": "P-013",
        "jabatan": "Kepala Bidang",
        "unit": "U-0101",
        "atasan": "P-011",
        "jenis": "administrator",
        "kebutuhan": 1,
    }
    browser, impor = unggah("analis", buku({"posisi": [row]}))
    assert impor.ringkasan["terhalang"]
    assert "P08" in codes(impor)
    assert terapkan(browser, impor, lanjut="ya").status == "pratinjau"
    assert sheets.read("posisi", HARI).filter(kode="P-013")["jabatan"].item() == "Pengelola Data"


def test_a_refused_correction_leaves_what_refers_to_the_row_alone(kota, buku, unggah, terapkan) -> None:
    tables = {
        "posisi": [{"kode": "P-012", "jabatan": "Analis Kebijakan Ahli Muda", "unit": "Dinas Entah"}],
        "minat": [{"nip": kota.pegawai["Maya Puspita"].nip, "urutan": 1, "posisi": "P-012"}],
    }
    browser, impor = unggah("analis", buku(tables))
    told = {table["nama"]: table for table in impor.ringkasan["tabel"]}
    assert told["posisi"]["ditolak"] == 1
    assert (told["minat"]["baru"], told["minat"]["ditolak"]) == (1, 0)
    terapkan(browser, impor, lanjut="ya")
    assert sheets.read("minat", HARI).height == 1


def test_what_refers_to_a_refused_new_row_is_refused_too(kota, buku, unggah) -> None:
    tables = {
        "pegawai": [{"nip": NIP, "nama": "Orang Baru", "golongan": "V/z"}],
        "predikat_kinerja": [{"nip": NIP, "tahun": 2025, "predikat": "baik"}],
    }
    _browser, impor = unggah("analis", buku(tables))
    assert codes(impor)["V05"]["table"] == "predikat_kinerja"
    assert impor.baris == 0


def test_somebody_who_left_is_not_brought_back_by_a_file(kota, buku, unggah) -> None:
    person = kota.pegawai["Wahyu Nugraha"]
    Pegawai.objects.filter(pk=person.pk).update(berhenti=date(2026, 1, 1))
    _browser, impor = unggah("analis", buku({"pegawai": [{"nip": person.nip, "nama": person.nama}]}))
    assert "01-01-2026" in codes(impor)["P02"]["message"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kosong.xlsx", b""),
        ("bukan.xlsx", b"PK\x03\x04 bukan arsip"),
        ("gambar.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 300),
        ("dokumen.xlsx", b"%PDF-1.7 " + b"x" * 300),
        ("halaman.xls", b"<html><table><tr><td>NIP</td></tr></table></html>"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(
    kota, unggah, signed_in, tmp_path, name, content
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if not content:
        from django.core.files.uploadedfile import SimpleUploadedFile

        answer = signed_in("analis").post(
            "/impor/baru/", {"berkas": SimpleUploadedFile(name, b""), "per": HARI.isoformat()}
        )
        assert answer.status_code == 422
        return
    browser, impor = unggah("analis", path)
    assert impor.status == "ditolak"
    assert name in impor.pesan
    assert impor.pesan in browser.get(f"/impor/{impor.pk}/").content.decode()


def _city(kota: Kota, folder: Path) -> Bench:
    return Bench(sheets.snapshot("Kota Harapan", HARI), folder)


@pytest.mark.parametrize("name", sorted(CASES))
def test_mutilated_workbooks_never_break_the_import(kota, unggah, tmp_path, name: str) -> None:
    """Every broken workbook that the command line knows: refused, or read with findings; never an error of ours."""
    try:
        path, _outcome = CASES[name](_city(kota, tmp_path))
    except (LookupError, IndexError, ValueError) as error:
        pytest.skip(f"the small agency has no row for this case: {error}")
    if path.is_dir() or not path.exists() or not path.stat().st_size:
        pytest.skip("a browser sends files")
    before = sheets.snapshot("Kota", HARI).digest
    browser, impor = unggah("analis", path)
    assert impor.status in {"pratinjau", "ditolak"}
    assert browser.get(f"/impor/{impor.pk}/").status_code == 200
    assert sheets.snapshot("Kota", HARI).digest == before
