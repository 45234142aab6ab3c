"""People: found, filtered, exported, read with the keyboard alone; the profile; a reconciliation."""

import csv
import re
from io import StringIO

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import PHONE, no_sideways_scrolling
from tests.web.kota import PEGAWAI, nip_of

DANU = nip_of(PEGAWAI[3][1], 4)
RANGGA = nip_of(PEGAWAI[11][1], 12)
DATA_ROWS = "#daftar tbody tr"


def test_from_the_menu_to_one_person(visit, axe, shot):
    page = visit("analis")
    page.goto("/")
    page.get_by_role("link", name="Pegawai", exact=True).click()
    expect(page.locator(DATA_ROWS)).to_have_count(len(PEGAWAI))
    axe(page)
    shot(page, "pegawai-daftar")
    page.fill("#cari", "danu")  # the list follows by itself
    expect(page.locator(DATA_ROWS)).to_have_count(1)
    assert "cari=danu" in page.url
    page.locator(DATA_ROWS).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Danu Wiratama")
    assert DANU in page.url
    axe(page)
    shot(page, "pegawai-profil")


def test_the_export_holds_exactly_the_rows_that_are_shown(visit):
    page = visit("analis")
    page.goto("/pegawai/?cari=a&status=pns")
    shown = page.locator(DATA_ROWS).count()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="csv", exact=True).click()
    lines = list(csv.reader(StringIO(downloading.value.path().read_text(encoding="utf-8-sig"))))
    assert len(lines) - 1 == shown > 0
    heads = [text.split(" ")[0] for text in page.locator("#daftar thead th").all_inner_texts()]
    assert [head.split(" ")[0] for head in lines[0]] == heads


def test_the_keyboard_alone_finds_a_person(visit):
    page = visit("analis")
    page.goto("/pegawai/")
    page.keyboard.press("/")
    page.keyboard.type("Tiara")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari/?q=Tiara")
    for _stop in range(60):
        page.keyboard.press("Tab")
        if "Tiara" in page.evaluate("document.activeElement.textContent") and page.evaluate(
            "document.activeElement.matches('main a')"
        ):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tiara Lestari")


def test_an_operator_sees_the_own_people_and_nobody_else(visit):
    page = visit("operator")
    page.goto("/pegawai/")
    names = page.locator("#daftar tbody").inner_text()
    assert "Danu Wiratama" in names
    assert "Rangga Saputra" not in names
    assert page.goto(f"/pegawai/{DANU}/").status == 200
    assert page.goto(f"/pegawai/{RANGGA}/").status == 404


def test_a_figure_says_where_it_comes_from(visit, axe):
    page = visit("analis")
    page.goto(f"/pegawai/{DANU}/")
    door = page.locator("a.berasal").first
    door.click()
    drawer = page.locator("#laci")
    expect(drawer).to_contain_text("Rumus")
    expect(drawer).to_contain_text("UU 20/2023")
    expect(drawer).to_contain_text("belum dicocokkan dengan naskah")
    axe(page)
    page.keyboard.press("Escape")
    expect(drawer).to_be_empty()
    expect(door).to_be_focused()


@pytest.mark.parametrize("dark", [False, True])
def test_list_and_profile_on_a_phone(visit, axe, shot, dark):
    page = visit("analis", size=PHONE, dark=dark)
    for path, name in (("/pegawai/", "daftar"), (f"/pegawai/{DANU}/", "profil")):
        page.goto(path)
        no_sideways_scrolling(page)
        axe(page)
        shot(page, f"pegawai-{name}-360-{'gelap' if dark else 'terang'}")


def test_a_siasn_export_is_reconciled_field_by_field(visit, axe, shot, tmp_path):
    export = tmp_path / "profil-siasn.csv"
    export.write_text(f"NIP,NAMA,TEMPAT LAHIR\n{DANU},Danu Wiratama Putra,Semarang\n", encoding="utf-8")
    page = visit("analis")
    page.goto("/rekonsiliasi/unggah/")
    axe(page)
    page.set_input_files("input[type=file]", export)
    page.get_by_role("button", name="Unggah dan bandingkan").click()
    page.wait_for_url(re.compile(r"/(rekonsiliasi|pekerjaan)/[^/]+/"))
    until_done(page)
    page.goto("/rekonsiliasi/selisih/")
    expect(page.locator(DATA_ROWS).filter(has_text="Danu Wiratama").first).to_be_visible(timeout=30_000)
    axe(page)
    shot(page, "rekonsiliasi-selisih")


def until_done(page, seconds=60):
    """Wait for background work whose page is open, whatever it is called."""
    for _turn in range(seconds):
        text = page.locator("main").inner_text()
        if not re.search(r"\b(antre|berjalan|sedang|menunggu giliran)\b", text, re.IGNORECASE):
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())
