"""The map: seen, walked, printed. From the login page to an official PDF that is one that opens."""

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.browser.conftest import DESK, PHONE, no_sideways_scrolling, sign_in
from tests.web.kota import ACCOUNTS

from penata.foundation.access.permissions import GRANTS, Permission

PRINTERS = [name for name, peran, _unit in ACCOUNTS if Permission.PETA_LIHAT in GRANTS[peran]]
ALL = {"Analis Kebijakan", "Guru Ahli"}
# Who prints a part of the agency prints the posts of that part and no others.
SCOPED = {"operator": {"Analis Kebijakan"}, "atasan": {"Analis Kebijakan"}, "operator-lain": {"Guru Ahli"}}
A3 = (842, 1191)  # points


def test_the_map_shows_every_post_with_its_figures(visit, axe, shot):
    page = visit("analis")
    page.goto("/peta-jabatan/")
    boxes = page.locator("#peta [role=treeitem]")
    expect(boxes).to_have_count(10)
    expect(boxes.filter(has_text="Guru Ahli Pertama")).to_contain_text("−2")
    axe(page)
    shot(page, "peta")


def test_the_keyboard_walks_the_map_and_a_screen_reader_follows(visit):
    page = visit("analis")
    page.goto("/peta-jabatan/")
    expect(page.locator("#peta [role=treeitem]")).to_have_count(10)
    tree = page.locator("[role=tree]").first
    tree.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#peta-ucap")).to_have_text(
        "P-010 · Kepala Dinas, Dinas Kesehatan, Kls 14, B 1, K 1, ✓ 0, sesuai"
    )
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("#peta-ucap")).to_contain_text("P-021 · Kepala Bidang")
    page.keyboard.press("Enter")
    expect(page.locator("#laci")).to_contain_text("P-021")
    # What the browser tells assistive technology: items of a tree, and the one with the focus by its name.
    debugger = page.context.new_cdp_session(page)
    told = [
        node["name"]["value"]
        for node in debugger.send("Accessibility.getFullAXTree")["nodes"]
        if node.get("role", {}).get("value") == "treeitem"
    ]
    assert len(told) == 10
    assert any(name.startswith("P-021 · Kepala Bidang, Bidang Sekolah Dasar") for name in told)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "360"])
@pytest.mark.parametrize("account", PRINTERS)
def test_from_the_login_page_to_a_printed_map(visit, shot, account, size):
    page = visit(size=size)
    sign_in(page, account)
    if size == PHONE:
        page.locator("[data-buka=menu]").click()
    page.locator("nav#menu").get_by_role("link", name="Peta jabatan", exact=True).click()
    expect(page.locator("#peta [role=treeitem]").first).to_be_visible()
    no_sideways_scrolling(page)
    page.get_by_role("link", name="Cetak dan ekspor").click()
    expect(page.get_by_role("button", name="Buat berkas")).to_be_visible()
    no_sideways_scrolling(page)
    page.get_by_label("PDF kertas A3, bentuk resmi").check()
    shot(page, f"peta-cetak-{account}-{size[0]}")
    with page.expect_download(timeout=30_000) as downloading:
        page.get_by_role("button", name="Buat berkas").click()
    assert downloading.value.suggested_filename.endswith(".pdf")
    sheets = PdfReader(downloading.value.path()).pages
    assert {tuple(sorted(map(round, sheet.mediabox[2:]))) for sheet in sheets} == {A3}
    text = " ".join("".join(sheet.extract_text() for sheet in sheets).split())
    assert {name for name in ALL if name in text} == SCOPED.get(account, ALL)


def test_table_and_list_of_the_map_on_a_phone(visit, axe, shot):
    page = visit("analis", size=PHONE)
    for path in ("/peta-jabatan/", "/peta-jabatan/tabel/", "/peta-jabatan/daftar/"):
        page.goto(path)
        no_sideways_scrolling(page)
        axe(page)
        shot(page, f"peta-360-{path.strip('/').replace('/', '-')}")
