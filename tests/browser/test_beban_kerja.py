"""The entry grid as an operator uses it: keyboard, paste, undo, two people at once, a phone, and without script."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import PHONE, no_sideways_scrolling

SAVED = "Semua perubahan tersimpan"
PASTE = """([text, selector]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector(selector).dispatchEvent(event);
}"""
COPY = """(selector) => {
  const data = new DataTransfer();
  const event = new ClipboardEvent("copy", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector(selector).dispatchEvent(event);
  return data.getData("text/plain");
}"""


@pytest.fixture(scope="module")
def opened(server):
    """Addresses of ABK that were opened, by code of the unit."""
    return {}


def sheet(page, opened, unit="U-0101", year="2026"):
    """Open the grid of a unit, and the ABK itself when it is not there yet."""
    if (unit, year) not in opened:
        page.goto("/beban-kerja/baru/")
        page.fill("#id_unit", unit)
        page.fill("#id_tahun", year)
        page.locator(".formulir button.utama").click()
        page.wait_for_url(re.compile(r"/beban-kerja/\d+/$"))
        opened[unit, year] = page.url
    else:
        page.goto(opened[unit, year])
    page.wait_for_selector("[data-siap=ya]")
    return page


def cell(page, row, column):
    return page.locator("tr[data-key]").nth(row).locator(f".k{column}")


def tasks(page):
    return page.locator("tr[data-key] .k1").all_inner_texts()


def saved(page):
    expect(page.locator("[data-keadaan]")).to_have_text(SAVED)


def paste(page, text):
    page.evaluate(PASTE, [text, "tr[data-key] [tabindex='0']"])


def test_typing_moving_and_the_figures_that_follow(visit, opened, shot):
    page = sheet(visit("operator"), opened)
    page.locator("[data-kosong]").first.click()
    page.keyboard.type("Menyusun rencana kerja")
    for text in ("dokumen", "4", "tahun", "12"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.type("jam")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("[data-unit=beban]")).to_have_text("2.880")
    assert cell(page, 0, 9).inner_text() == "2.880"
    cell(page, 0, 3).click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.keyboard.press("End")
    page.keyboard.type("0")
    page.keyboard.press("Escape")  # not taken over
    assert cell(page, 0, 5).inner_text() == "12"
    page.keyboard.press("Control+z")
    expect(cell(page, 0, 6)).to_have_text("")
    page.keyboard.press("Control+y")
    expect(cell(page, 0, 6)).to_have_text("jam")
    saved(page)
    page.reload()
    page.wait_for_selector("[data-siap=ya]")
    assert cell(page, 0, 1).inner_text() == "Menyusun rencana kerja"
    assert cell(page, 0, 9).inner_text() == "2.880"
    shot(page, "abk-lembar")


def test_paste_copy_fill_and_undo(visit, opened):
    page = sheet(visit("operator"), opened, "U-0102")
    page.locator("[data-kosong]").last.click()
    page.keyboard.press("Escape")
    paste(page, "Tugas A\tlaporan\t1.234,5\tbln\t2\tjam\r\nTugas B\tsurat\t10\thari\t30\tmnt\r\nTugas C\t\t3\r\n")
    expect(page.locator("tr[data-key]")).to_have_count(3)
    saved(page)
    assert cell(page, 0, 4).inner_text() == "bulan"
    assert page.evaluate(COPY, "tr[data-key] [tabindex='0']").splitlines()[0].split("\t")[:4] == [
        "Tugas A",
        "laporan",
        "1.234,5",
        "bulan",
    ]
    # A block with a fault changes nothing and names the cell.
    cell(page, 0, 1).click()
    paste(page, "Tugas X\tlaporan\tdua\r\nTugas Y\tsurat\t5\r\n")
    page.wait_for_selector("[data-salah]:not([hidden])")
    assert "Baris 1, Volume: “dua”" in page.inner_text("[data-salah]")
    assert tasks(page) == ["Tugas A", "Tugas B", "Tugas C"]
    cell(page, 1, 4).click()
    for _row in range(1):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    assert cell(page, 2, 4).inner_text() == "hari"
    page.keyboard.press("Control+Delete")
    assert tasks(page) == ["Tugas A"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert tasks(page) == ["Tugas A", "Tugas B", "Tugas C"]
    assert cell(page, 2, 4).inner_text() == ""
    cell(page, 0, 1).click()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Tugas sisipan")
    page.keyboard.press("Enter")
    saved(page)
    page.reload()
    page.wait_for_selector("[data-siap=ya]")
    assert tasks(page) == ["Tugas B", "Tugas A", "Tugas sisipan", "Tugas C"]


def test_a_cell_that_cannot_be_read_says_so_and_is_not_lost(visit, opened):
    page = sheet(visit("operator"), opened, "U-0102")
    cell(page, 0, 3).click()
    page.keyboard.type("sepuluh")
    page.keyboard.press("Enter")
    page.wait_for_selector("td[aria-invalid=true]")
    assert "bilangan" in cell(page, 0, 3).get_attribute("title")
    assert page.inner_text("[data-keadaan]") == "1 sel perlu diperbaiki"
    page.keyboard.press("Control+z")
    saved(page)


def test_two_people_on_the_same_row(visit, opened):
    mine = sheet(visit("operator"), opened, "U-0102")
    theirs = sheet(visit("analis"), opened, "U-0102")
    cell(theirs, 0, 2).click()
    theirs.keyboard.type("berkas")
    theirs.keyboard.press("Enter")
    cell(theirs, 3, 2).click()
    theirs.keyboard.type("naskah")
    theirs.keyboard.press("Enter")
    saved(theirs)
    cell(mine, 0, 2).click()
    mine.keyboard.type("dokumen")
    mine.keyboard.press("Enter")
    mine.wait_for_selector("[data-konflik]:not([hidden])")
    assert "Analis" in mine.inner_text("[data-konflik]")
    assert "1 baris juga diubah orang lain" in mine.inner_text("[data-keadaan]")
    assert cell(mine, 3, 2).inner_text() == "naskah"  # what they did elsewhere is here already
    mine.locator("[data-pilih=saya]").click()
    saved(mine)
    theirs.reload()
    theirs.wait_for_selector("[data-siap=ya]")
    assert cell(theirs, 0, 2).inner_text() == "dokumen"


def focused(page, what):
    return page.evaluate("what => document.activeElement.matches(what)", what)


def tab_to(page, what, stops=80):
    for _stop in range(stops):
        page.keyboard.press("Tab")
        if focused(page, what):
            return
    raise AssertionError(f"{what} is not reached with Tab")


def test_an_abk_is_made_filled_and_left_with_the_keyboard_alone(visit, opened, shot):
    page = visit("operator")
    page.goto("/beban-kerja/baru/")
    tab_to(page, "#id_unit")
    page.keyboard.type("U-01")
    tab_to(page, "#id_tahun")
    page.keyboard.press("Control+a")
    page.keyboard.type("2026")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/beban-kerja/\d+/$"))
    opened["U-01", "2026"] = page.url
    page.wait_for_selector("[data-siap=ya]")
    tab_to(page, "[data-kosong]")
    page.keyboard.press("Enter")
    for task in (("Memimpin dinas", "laporan", "12"), ("Membina pegawai", "kegiatan", "48")):
        for text in (*task, "tahun", "20"):
            page.keyboard.type(text)
            page.keyboard.press("Tab")
        page.keyboard.type("jam")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")  # a row below
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")  # the last row was one too many
    saved(page)
    assert tasks(page) == ["Memimpin dinas", "Membina pegawai"]
    expect(page.locator("[data-unit=beban]")).to_have_text("72.000")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not focused(page, "#tabel-abk *")
    page.keyboard.press("Shift+Tab")
    assert focused(page, "#tabel-abk *")
    shot(page, "abk-papan-tik")


def test_who_comes_second_is_told(visit, opened, shot):
    """Two people submit the same ABK while a third types in it: one does, the others are told, and nothing is lost."""
    visit.expect(409, "/simpan/")
    mine, theirs, typing = (sheet(visit(who), opened, "U-01") for who in ("operator", "analis", "operator"))
    mine.get_by_role("button", name="Ajukan").click()
    expect(mine.locator("main")).to_contain_text("ABK diajukan untuk diverifikasi.")
    theirs.get_by_role("button", name="Ajukan").click()
    expect(theirs.locator("#pesan")).to_contain_text("ABK ini berubah sejak halaman Anda dibuka")
    shot(theirs, "abk-kedua-mengajukan")
    cell(typing, 0, 3).click()
    typing.keyboard.type("13")
    typing.keyboard.press("Enter")
    expect(typing.locator("[data-keadaan]")).to_contain_text("ABK ini sudah diajukan; barisnya tidak dapat diubah lagi")
    shot(typing, "abk-kedua-mengisi")
    typing.on("dialog", lambda dialog: dialog.accept())  # asks before what is not saved is left
    typing.reload()
    typing.wait_for_selector("[data-siap=ya]")
    assert cell(typing, 0, 3).inner_text() == "12"
    assert tasks(typing) == ["Memimpin dinas", "Membina pegawai"]


def test_tab_leaves_the_grid(visit, opened):
    page = sheet(visit("operator"), opened, "U-0102")
    cell(page, 0, 1).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('tr[data-key]') === null")


def test_the_drawer_opens_from_a_figure(visit, opened):
    page = sheet(visit("operator"), opened)
    cell(page, 0, 9).click()
    page.wait_for_selector("#laci .rumus")
    assert "2.880 menit" in page.inner_text("#laci")


def test_on_a_phone_a_task_is_a_card(visit, opened, shot):
    page = sheet(visit("operator", size=PHONE, has_touch=True), opened)
    no_sideways_scrolling(page)
    cell(page, 0, 3).tap()
    page.locator(".diubah input").fill("5")
    page.keyboard.press("Enter")
    saved(page)
    shot(page, "abk-lembar-hp")
    page.goto(opened["U-0101", "2026"] + "posisi/")
    no_sideways_scrolling(page)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(visit, opened, axe, dark):
    page = sheet(visit("operator", dark=dark), opened)
    page.wait_for_timeout(400)
    axe(page)
    for path in ("posisi/", "pemeriksaan/"):
        page.goto(opened["U-0101", "2026"] + path)
        axe(page)
    for path in ("/beban-kerja/", "/beban-kerja/baru/", "/beban-kerja/banding/", "/beban-kerja/rasio/"):
        page.goto(path)
        axe(page)


def test_without_script_there_is_a_form(visit, opened):
    page = visit("operator", java_script_enabled=False)
    page.goto(opened["U-0101", "2026"])
    page.get_by_role("link", name="Isi lewat formulir per posisi").click()
    page.locator(".tabel a").first.click()
    page.locator("input[name$=-tugas]").last.fill("Tugas tanpa skrip")
    page.locator("form.polos button.utama").click()
    page.wait_for_load_state()
    assert "Tersimpan." in page.inner_text("main")
    assert page.locator("input[value='Tugas tanpa skrip']").count() == 1
