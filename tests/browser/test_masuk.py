"""Signing in: the way, the refusals, the throttle."""

from tests.browser.conftest import DESK, PHONE, no_sideways_scrolling, sign_in
from tests.web.kota import PASSWORD


def test_a_stranger_signs_in_and_comes_where_they_wanted_to_go(visit, axe, shot):
    page = visit()
    page.goto("/pekerjaan/")
    assert "/akun/login/" in page.url
    axe(page)
    shot(page, "masuk")
    page.fill("input[name=login]", "analis")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pekerjaan/")


def test_a_wrong_password_is_refused_without_telling_which_part_was_wrong(visit, axe, shot):
    page = visit()
    seen = []
    for account in ("auditor", "tidak-ada"):
        sign_in(page, account, "bukan-sandinya-1")
        assert "/akun/login/" in page.url
        seen.append(page.locator("main").inner_text().replace(account, "AKUN"))
    assert seen[0] == seen[1]
    assert "Nama pengguna atau sandi keliru" in seen[0]
    axe(page)
    shot(page, "masuk-ditolak")


def test_too_many_wrong_passwords_close_the_door_for_a_while(visit):
    page = visit()
    for number in range(6):
        sign_in(page, "evaluasi", f"tebakan-ke-{number}")
    sign_in(page, "evaluasi")
    assert "/akun/login/" in page.url


def test_signing_out_is_one_click_on_the_own_account(visit):
    page = visit()
    sign_in(page, "pimpinan")
    page.goto("/akun-saya/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_load_state()
    page.goto("/")
    assert "/akun/login/" in page.url


def test_signing_in_fits_a_phone_and_the_dark(visit, axe, shot):
    for size in (DESK, PHONE):
        page = visit(size=size, dark=True)
        page.goto("/akun/login/")
        no_sideways_scrolling(page)
        axe(page)
        shot(page, f"masuk-gelap-{size[0]}")
