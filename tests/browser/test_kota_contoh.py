"""What a newcomer sees after ``./penata demo``: a whole city, with the accounts that were printed."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.browser.conftest import PHONE, no_sideways_scrolling, settled
from tests.browser.serving import run, serving

PEOPLE = 1_500  # more than 500 posisi, so that the map is printed by the worker
LARGEST = 60 * 1024  # bytes of HTML, before compression
ROW = "#daftar tbody tr"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The data folder that the demo filled, and what it printed."""
    folder = tmp_path_factory.mktemp("kota")
    told = run(folder / "data", "penata", "demo", "--pegawai", PEOPLE, "--keluaran", folder / "hasil", "--tanpa-server")
    return folder / "data", told


@pytest.fixture(scope="module")
def passwords(demo):
    return dict(re.findall(r"\b([a-z]+) +([a-z2-9]{4}(?:-[a-z2-9]{4}){3})\b", demo[1]))


@pytest.fixture(scope="module")
def server(demo, tmp_path_factory):
    with serving(demo[0], tmp_path_factory.mktemp("layanan") / "data") as running:
        yield running


@pytest.mark.parametrize(
    "account", ["pengelola", "analis", "operator", "atasan", "pegawai", "pimpinan", "evaluasi", "auditor"]
)
def test_every_printed_account_signs_in_and_finds_its_home(visit, axe, shot, account):
    page = visit(account)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    shot(page, f"kota-beranda-{account}")
    entries = page.locator("nav#menu a").evaluate_all("all => all.map(a => a.href)")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for entry in entries:
        assert page.goto(entry).status == 200, entry
        settled(page)
        no_sideways_scrolling(page)  # also with the long names of a real city


def test_turning_pages_there_and_back_shows_the_same_rows(visit):
    page = visit("analis")
    page.goto("/pegawai/")
    seen = [page.locator(ROW).all_inner_texts()]
    for _turn in range(3):
        before = page.url
        page.get_by_role("link", name="Berikutnya").click()
        page.wait_for_url(lambda url, before=before: url != before)
        seen.append(page.locator(ROW).all_inner_texts())
    assert len({row for rows in seen for row in rows}) == sum(len(rows) for rows in seen)
    page.get_by_role("link", name="Sebelumnya").click()
    page.wait_for_url("**sebelum=**")
    assert page.locator(ROW).all_inner_texts() == seen[2]


def test_the_map_of_the_city_begins_folded_and_is_searched(visit, axe, shot):
    page = visit("analis")
    page.goto("/peta-jabatan/")
    boxes = page.locator("#peta [role=treeitem]")
    expect(boxes.first).to_be_visible()
    settled(page)
    assert boxes.count() < 200
    axe(page)
    shot(page, "kota-peta")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})  # as a phone that is turned
    expect(boxes.first).to_be_in_viewport()  # what was in the middle is there still
    no_sideways_scrolling(page)
    shot(page, "kota-peta-360")


def test_the_whole_map_is_printed_by_the_worker(visit, shot):
    page = visit("analis")
    page.goto("/peta-jabatan/ekspor/")
    if page.locator("input[name=konsep]").count():  # the sample has a few findings on purpose
        page.locator("input[name=konsep]").first.check()
    page.locator("input[name=bentuk]").first.check()
    page.get_by_role("button", name="Buat berkas").click()
    page.wait_for_url(re.compile(r"/pekerjaan/[0-9a-f-]{36}/$"))
    result = page.get_by_role("link", name="Lihat hasil")
    expect(result).to_be_visible(timeout=120_000)
    shot(page, "kota-peta-cetak")
    with page.expect_download() as downloading:
        result.click()
    assert len(PdfReader(downloading.value.path()).pages) > 10


def test_a_page_of_the_city_stays_small(visit, server):
    page = visit("analis")
    for path in (
        "/",
        "/pegawai/",
        "/peta-jabatan/daftar/",
        "/jabatan/",
        "/organisasi/",
        "/mutu-data/",
        "/beban-kerja/",
    ):
        answer = page.goto(path)
        assert len(answer.body()) <= LARGEST, (path, len(answer.body()))
