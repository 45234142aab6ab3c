"""Informasi jabatan: made from what is known, filled item by item with drafts that save themselves, sent, printed."""

import re
from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader


def test_an_operator_fills_an_informasi_jabatan(visit, axe, shot):
    page = visit("operator")
    page.goto("/informasi-jabatan/belum/")
    page.get_by_role("link", name="Analis Kebijakan Ahli Muda").first.click()
    axe(page)
    page.get_by_role("button", name="Buat draf").click()
    page.wait_for_url(re.compile(r"/informasi-jabatan/\d+/(butir/.*)?$"))
    key = re.search(r"/informasi-jabatan/(\d+)/", page.url)[1]
    page.goto(f"/informasi-jabatan/{key}/butir/ikhtisar/")
    axe(page)
    field = page.locator("main textarea").first
    field.fill("Menyiapkan bahan kebijakan pelayanan kesehatan.")
    field.blur()
    page.wait_for_timeout(2500)  # the draft saves itself
    page.goto(f"/informasi-jabatan/{key}/butir/ikhtisar/")
    expect(page.locator("main textarea").first).to_have_value("Menyiapkan bahan kebijakan pelayanan kesehatan.")
    page.goto(f"/informasi-jabatan/{key}/")
    axe(page)
    shot(page, "informasi-jabatan")
    answer = page.request.get(f"/informasi-jabatan/{key}/pdf/")
    assert answer.status == 200
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert "kebijakan pelayanan kesehatan" in " ".join(text.split())


def test_the_catalogue_is_searched(visit, axe):
    page = visit("operator")
    page.goto("/jabatan/")
    page.fill("#cari", "guru")
    expect(page.locator("#daftar tbody tr")).to_have_count(1)
    page.locator("#daftar tbody tr a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guru Ahli Pertama")
    axe(page)
