"""A reorganisation from the first line of a draft to the unit in force, by the people who may do each step."""

import re

from playwright.sync_api import expect
from tests.browser.conftest import PHONE, no_sideways_scrolling


def test_a_draft_becomes_the_organisation(visit, axe, shot):
    page = visit("analis")
    page.goto("/rancangan/")
    page.goto("/rancangan/baru/")
    page.fill("[name=nama]", "Penataan Dinas Kesehatan")
    page.fill("[name=mulai]", "2027-01-01")
    page.get_by_role("button", name="Buat rancangan").click()
    page.wait_for_url(re.compile(r"/rancangan/\d+/$"))
    address = page.url
    page.get_by_role("link", name="Bentuk unit").click()
    page.fill("[name=kode_unit]", "U-0103")
    page.fill("[name=nama]", "Bidang Pencegahan Penyakit")
    page.select_option("[name=jenis]", "bidang")
    page.fill("[name=induk]", "U-01")
    axe(page)
    page.get_by_role("button", name="Tambahkan").click()
    page.wait_for_url(address)
    expect(page.locator("main")).to_contain_text("Bidang Pencegahan Penyakit")
    axe(page)
    shot(page, "rancangan")
    page.goto(address + "bandingkan/")
    expect(page.locator("main")).to_contain_text("Bidang Pencegahan Penyakit")
    axe(page)
    shot(page, "rancangan-bandingkan")
    page.goto(address)
    page.get_by_role("link", name="Ajukan").or_(page.get_by_role("button", name="Ajukan")).first.click()
    page.wait_for_load_state()
    submit(page, "Ajukan")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("diajukan")

    leader = visit("pimpinan")
    leader.goto(address + "berlakukan/")
    axe(leader)
    for name, text in (
        ("penetapan_jenis", "Peraturan Wali Kota"), ("penetapan_nomor", "30 Tahun 2026"),
        ("penetapan_tanggal", "2026-11-20"), ("penetapan_tentang", "Susunan organisasi"),
    ):  # fmt: skip
        if leader.locator(f"[name={name}]").count():
            leader.fill(f"[name={name}]", text)
    submit(leader, "Berlakukan")
    leader.goto(address)
    expect(leader.locator("main")).to_contain_text("berlaku")
    shot(leader, "rancangan-berlaku")

    page.goto("/organisasi/unit/U-0103/?per=2027-01-02")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bidang Pencegahan Penyakit")
    page.goto("/organisasi/unit/U-0103/?per=2026-12-31")
    expect(page.locator("main")).to_contain_text("Unit ini tidak berlaku pada 31 Desember 2026")
    page.goto("/?per=hari-ini")


def submit(page, name):
    """Press the button of the main form whose name begins with *name*, if the page asks once more."""
    button = page.locator("main form[method=post] button").filter(has_text=re.compile(f"^\\s*{name}"))
    if button.count():
        button.first.click()
        page.wait_for_load_state()


def test_the_tree_opens_with_the_keyboard_and_fits_a_phone(visit, axe, shot):
    for size in ((1280, 720), PHONE):
        page = visit("operator", size=size)
        page.goto("/organisasi/")
        expect(page.locator("main")).to_contain_text("Dinas Kesehatan")
        no_sideways_scrolling(page)
        axe(page)
        shot(page, f"organisasi-{size[0]}")


def test_the_tree_by_keyboard_alone(visit):
    page = visit("analis")
    page.goto("/organisasi/")
    page.locator("[role=treeitem]").first.focus()

    def standing():
        return page.evaluate("document.activeElement.dataset.kode")

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)
        return standing()

    assert press("ArrowDown") == "U-01"
    assert press("End") == "U-02"
    assert press("Home") == "U-00"
    page.keyboard.type("dinas p")
    assert standing() == "U-02"
    assert press("ArrowLeft") == "U-00"  # a closed branch leads to the unit above it
    press("ArrowDown", "*")  # every branch beside it opens, and the reader stays where they were
    expect(page.locator("[role=treeitem][data-kode=U-0101]")).to_be_visible()
    expect(page.locator("[role=treeitem][data-kode=U-0201]")).to_be_visible()
    expect(page.locator("[role=treeitem][data-kode=U-01]")).to_be_focused()
    assert press("ArrowRight") == "U-0101"
    assert press("ArrowLeft", "ArrowLeft") == "U-01"
    expect(page.locator("[role=treeitem][data-kode=U-0101]")).to_be_hidden()
