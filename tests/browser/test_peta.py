"""The map: seen, searched, printed. From the screen to an official PDF that is one that opens."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.browser.conftest import PHONE, no_sideways_scrolling


def test_the_map_shows_every_post_with_its_figures(visit, axe, shot):
    page = visit("analis")
    page.goto("/peta-jabatan/")
    boxes = page.locator("#peta [role=treeitem]")
    expect(boxes).to_have_count(10)
    expect(boxes.filter(has_text="Guru Ahli Pertama")).to_contain_text("−2")
    axe(page)
    shot(page, "peta")


def test_the_keyboard_walks_the_map(visit):
    page = visit("analis")
    page.goto("/peta-jabatan/")
    expect(page.locator("#peta [role=treeitem]")).to_have_count(10)
    tree = page.locator("[role=tree]").first
    tree.focus()
    before = tree.get_attribute("aria-activedescendant")
    for key in ("ArrowDown", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    after = tree.get_attribute("aria-activedescendant")
    assert after != before


@pytest.mark.parametrize("account", ["analis", "operator"])
def test_the_map_is_printed(visit, account, shot):
    """From the order to a PDF with the posts of one's own scope; the worker makes it."""
    page = visit(account)
    page.goto("/peta-jabatan/ekspor/")
    page.locator("input[name=bentuk]").first.check()
    page.get_by_role("button", name="Buat berkas").click()
    page.wait_for_url("**/pekerjaan/*/")
    link = page.locator("main a[href*='/peta-jabatan/ekspor/'], main a[href$='.pdf']").last
    expect(link).to_be_visible(timeout=60_000)
    shot(page, f"peta-cetak-{account}")
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert "Analis Kebijakan" in text.replace("\n", " ")
    assert ("Guru" in text) == (account == "analis")


def test_table_and_list_of_the_map_on_a_phone(visit, axe, shot):
    page = visit("analis", size=PHONE)
    for path in ("/peta-jabatan/", "/peta-jabatan/tabel/", "/peta-jabatan/daftar/"):
        page.goto(path)
        no_sideways_scrolling(page)
        axe(page)
        shot(page, f"peta-360-{path.strip('/').replace('/', '-')}")
