"""Running the system: an account from its making to its first sign-in, a delegation, a parameter, the audit trail."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect
from tests.browser.conftest import sign_in


def test_an_account_is_given_a_role_and_signs_in(visit, axe, shot):
    page = visit("pengelola")
    page.goto("/akun-pengguna/baru/")
    page.fill("[name=username]", "operator-baru")
    page.fill("[name=nama]", "Sari Widuri")
    axe(page)
    page.get_by_role("button", name="Buat akun").click()
    page.wait_for_load_state()
    password = re.search(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b", page.locator("main").inner_text())[0]
    axe(page)
    shot(page, "akun-baru")
    page.goto("/akun-pengguna/?cari=operator-baru")
    page.locator("#daftar tbody a").first.click()
    page.wait_for_url(re.compile(r"/akun-pengguna/\d+/$"))
    form = page.locator("form[action$='/peran/']")
    form.locator("[name=peran]").select_option("operator")
    form.locator("[name=unit]").fill("U-02")
    form.locator("[name=mulai]").fill("2026-01-01")
    form.locator("[name=dasar]").fill("Surat Tugas 800/1/2026")
    form.get_by_role("button", name="Beri peran").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Dinas Pendidikan")
    axe(page)

    theirs = visit()
    sign_in(theirs, "operator-baru", password)
    theirs.goto("/pegawai/")
    names = theirs.locator("#daftar tbody").inner_text()
    assert "Rangga Saputra" in names
    assert "Danu Wiratama" not in names


def test_a_role_is_lent_and_taken_back(visit, axe, shot):
    lender = visit("analis")
    lender.goto("/delegasi/")
    today = date.fromisoformat(lender.input_value("input#per"))
    lender.fill("[name=kepada]", "evaluasi")
    lender.fill("[name=unit]", "U-02")
    lender.fill("[name=mulai]", today.isoformat())
    lender.fill("[name=selesai]", (today + timedelta(days=7)).isoformat())
    lender.fill("[name=dasar]", "Cuti tahunan")
    axe(lender)
    lender.get_by_role("button", name="Delegasikan", exact=True).click()
    lender.wait_for_load_state()
    shot(lender, "delegasi")

    borrower = visit("evaluasi")
    borrower.goto("/impor/")
    assert borrower.title().startswith(("Impor", "Riwayat impor"))
    borrower.goto("/pemberitahuan/")
    expect(borrower.locator("main")).to_contain_text("mendelegasikan")

    lender.goto("/delegasi/")
    lender.locator("form[action$='/akhiri/'] button").first.click()
    lender.wait_for_load_state()
    assert borrower.goto("/impor/").status == 403


def test_a_parameter_is_compared_with_the_text(visit, axe, shot):
    page = visit("analis")
    page.goto("/peraturan/")
    axe(page)
    page.goto("/peraturan/parameter/abk.waktu_kerja_efektif/")
    form = page.locator("form[action$='/cocokkan/']")
    page.get_by_text("Cocokkan dengan naskah").first.click()
    form.locator("[name=dasar]").fill("Lembaran naskah asli, halaman 12")
    form.get_by_role("button").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Lembaran naskah asli, halaman 12")
    axe(page)
    shot(page, "parameter")


def test_the_audit_trail_is_read_and_verified(visit, axe, shot):
    visit("analis").goto("/")
    page = visit("auditor")
    page.goto("/jejak/")
    axe(page)
    shot(page, "jejak")
    page.goto("/jejak/verifikasi/")
    page.get_by_role("button", name="Periksa sekarang").click()
    page.wait_for_load_state()
    page.goto("/jejak/verifikasi/")
    for _second in range(60):
        if "utuh" in page.locator("main").inner_text().lower().replace("keutuhan", ""):
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("main")).to_contain_text(re.compile(r"(?<!ke)utuh", re.IGNORECASE))
    axe(page)
