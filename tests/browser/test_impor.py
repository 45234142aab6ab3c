"""An import as an analyst does it: export, change in Excel, upload, look, apply, take back."""

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect


@pytest.fixture
def changed_book(visit, tmp_path):
    """The workbook of people as the system exports it, with one name changed."""
    page = visit("analis")
    page.goto("/ekspor-tabel/")
    answer = page.request.get("/ekspor-tabel/pegawai.xlsx")
    assert answer.status == 200
    path = tmp_path / "pegawai.xlsx"
    path.write_bytes(answer.body())
    book = load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "Yoga Laksana"]
    assert cells
    cells[0].value = "Yoga Laksana Wibawa"
    book.save(path)
    return path


def test_a_changed_workbook_is_looked_at_applied_and_taken_back(visit, changed_book, axe, shot):
    page = visit("analis")
    page.goto("/impor/baru/")
    axe(page)
    page.set_input_files("input[name=berkas]", changed_book)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.wait_for_url(re.compile(r"/impor/\d+/"))
    apply = page.locator("form[action$='/terapkan/'] button")
    expect(apply).to_be_visible(timeout=60_000)
    axe(page)
    shot(page, "impor-pratinjau")
    assert not found(page, "Yoga Laksana Wibawa")  # nothing was written yet
    page.go_back()
    apply.click()
    undo = page.get_by_role("link", name="Urungkan impor")
    expect(undo).to_be_visible(timeout=60_000)
    axe(page)
    shot(page, "impor-diterapkan")
    address = page.url
    assert found(page, "Yoga Laksana Wibawa")
    page.goto(address)
    undo.click()
    axe(page)
    page.get_by_role("button", name="Urungkan sekarang").click()
    expect(page.locator("main")).to_contain_text(re.compile("diurungkan", re.IGNORECASE), timeout=60_000)
    assert not found(page, "Yoga Laksana Wibawa")
    assert found(page, "Yoga Laksana")


def found(page, name):
    page.goto(f"/pegawai/?cari={name.replace(' ', '+')}")
    return name in page.locator("#daftar").inner_text()


def test_a_file_that_is_none_is_refused_in_words(visit, tmp_path, axe):
    wrong = tmp_path / "catatan.xlsx"
    wrong.write_text("ini bukan buku kerja")
    page = visit("analis")
    page.goto("/impor/baru/")
    page.set_input_files("input[name=berkas]", wrong)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("catatan.xlsx", timeout=60_000)
    assert page.locator("form[action$='/terapkan/'] button").count() == 0
    axe(page)
