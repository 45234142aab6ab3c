"""The frame: home, the day of the data, the keyboard, the phone, the dark."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import PHONE, no_sideways_scrolling
from tests.web.kota import ACCOUNTS

EVERYBODY = [account for account, _peran, _unit in ACCOUNTS]


@pytest.mark.parametrize("account", EVERYBODY)
def test_every_role_has_a_home_that_axe_accepts(visit, axe, shot, account):
    page = visit(account)
    page.goto("/")
    assert page.locator("h1").count() == 1
    axe(page)
    shot(page, f"beranda-{account}")


@pytest.mark.parametrize("account", ["analis", "pegawai"])
def test_home_in_the_dark_and_on_a_phone(visit, axe, shot, account):
    page = visit(account, size=PHONE, dark=True)
    page.goto("/")
    no_sideways_scrolling(page)
    axe(page)
    shot(page, f"beranda-gelap-360-{account}")


def test_the_menu_of_a_phone_opens_and_leads_on(visit, axe):
    page = visit("analis", size=PHONE)
    page.goto("/")
    menu = page.locator("nav#menu")
    assert not menu.is_visible()
    page.locator("[data-buka=menu]").click()
    assert menu.is_visible()
    assert page.locator("[data-buka=menu]").get_attribute("aria-expanded") == "true"
    axe(page)


def test_the_day_of_the_data_changes_every_page_until_today_is_chosen_again(visit):
    page = visit("analis")
    page.goto("/")
    page.fill("input#per", "2025-06-30")  # goes off by itself
    page.wait_for_url("**/?per=2025-06-30")
    page.goto("/pekerjaan/")
    assert page.input_value("input#per") == "2025-06-30"
    page.click(".bukan-hari-ini")
    expect(page.locator(".bukan-hari-ini")).to_have_count(0)


def test_the_keyboard_alone_reaches_the_content_and_the_search(visit):
    page = visit("analis")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lewati"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "cari-semua"
    page.keyboard.type("Danu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari/?q=Danu")


def test_every_stop_of_the_keyboard_shows_where_it_is(visit):
    page = visit("analis")
    page.goto("/")
    for _stop in range(15):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [document.activeElement.tagName, s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        assert ring[0] == "BODY" or (ring[1] != "none" and ring[2] >= 2), ring


def test_a_page_that_does_not_exist_says_so_in_the_frame(visit, axe):
    page = visit("analis")
    answer = page.goto("/tidak-ada/")
    assert answer.status == 404
    axe(page)


def test_the_first_visit_is_light(visit):
    page = visit("analis")
    sizes = []
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length") or len(answer.body()))))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 500_000
