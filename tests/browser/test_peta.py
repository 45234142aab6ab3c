"""The map: seen, searched, printed. From the screen to an official PDF that is one that opens."""

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
def test_the_map_is_printed(visit, account, axe):
    """From the order to a PDF with the posts of one's own scope."""
    page = visit(account)
    page.goto("/peta-jabatan/ekspor/")
    axe(page)
    page.locator("input[name=bentuk]").first.check()
    with page.expect_download(timeout=30_000) as downloading:
        page.get_by_role("button", name="Buat berkas").click()
    sheets = PdfReader(downloading.value.path()).pages
    text = " ".join("".join(sheet.extract_text() for sheet in sheets).split())
    assert "Analis Kebijakan" in text
    assert ("Guru Ahli" in text) == (account == "analis")


def test_table_and_list_of_the_map_on_a_phone(visit, axe, shot):
    page = visit("analis", size=PHONE)
    for path in ("/peta-jabatan/", "/peta-jabatan/tabel/", "/peta-jabatan/daftar/"):
        page.goto(path)
        no_sideways_scrolling(page)
        axe(page)
        shot(page, f"peta-360-{path.strip('/').replace('/', '-')}")
