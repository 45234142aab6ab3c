"""Every list for every role: the page, the export and the API show the same rows and columns, or all refuse."""

import csv
from io import BytesIO, StringIO

import pytest
from django.http import QueryDict
from django.urls import get_resolver
from openpyxl import load_workbook
from tests.web.kota import ACCOUNTS

from penata.foundation.listing import Ask, Selection, listings


def pages_of(listing, reader, ask=None):
    """All rows of a list, page by page as the screen turns them."""
    rows, after = [], ""
    while True:
        page = Selection(listing, reader, Ask(after=after, **(ask or {}))).page(3)
        rows += [dict(zip([column.name for column in page.columns], row, strict=True)) for row in page.rows]
        after = page.after
        if not after:
            return rows, page.columns


def api_rows(browser, listing, ask=""):
    rows, after = [], ""
    while True:
        answer = browser.get(f"/api/v1/{listing.name}/?jumlah=4&sesudah={after}{ask}")
        if answer.status_code != 200:
            return answer.status_code
        found = answer.json()
        rows += found["results"]
        after = found["next"]
        if not after:
            assert found["total"] == len(rows)
            return rows


def csv_lines(browser, listing):
    answer = browser.get(f"/ekspor/{listing.name}.csv")
    if answer.status_code != 200:
        return answer.status_code
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("account", [name for name, _peran, _unit in ACCOUNTS])
def test_page_export_and_api_agree(kota, signed_in, account):
    _ = get_resolver().url_patterns  # the lists are known once the addresses are read
    browser, reader = signed_in(account), kota.reader(account)
    assert len(listings()) > 10
    for listing in listings():
        api, lines = api_rows(browser, listing), csv_lines(browser, listing)
        if not reader.may(listing.permission):
            assert (listing.name, api, lines) == (listing.name, 403, 403)
            continue
        rows, columns = pages_of(listing, reader)
        shown = [{name: plain(value) for name, value in row.items()} for row in rows]
        assert [{key: row[key] for key in shown[0]} for row in api] == shown if shown else api == [], listing.name
        assert lines[0] == [column.title for column in columns], listing.name
        assert len(lines) - 1 == len(rows), listing.name
        book = load_workbook(BytesIO(b"".join(browser.get(f"/ekspor/{listing.name}.xlsx").streaming_content)))
        sheet = book.active
        assert [cell.value for cell in sheet[1]] == lines[0], listing.name
        assert sheet.max_row - 1 == len(rows), listing.name


def test_no_list_shows_a_column_that_the_role_may_not_see(kota, signed_in):
    _ = get_resolver().url_patterns
    for listing in listings():
        for account, _peran, _unit in ACCOUNTS:
            reader = kota.reader(account)
            secret = {c.name for c in listing.columns if c.permission and not reader.may(c.permission)}
            if not secret or not reader.may(listing.permission):
                continue
            ask = f"&kolom={','.join(c.name for c in listing.columns)}"
            answer = api_rows(signed_in(account), listing, ask)
            assert answer == 400 or not any(secret & set(row) for row in answer), (listing.name, account)


# [1,"a"], ["\0",1], ["\ud800",1], [1e400,1], nonsense, and a zero in every text that can be asked.
STRANGE = ("WzEsImEiXQ", "WyJcdTAwMDAiLDFd", "WyJcdWQ4MDAiLDFd", "WzFlNDAwLDFd", "\u00e9:\u2603", "a\0b")


@pytest.mark.parametrize("part", ["sesudah", "sebelum"])
def test_a_cursor_that_was_not_given_begins_at_the_first_page(kota, part):
    reader = kota.reader("analis")
    _ = get_resolver().url_patterns
    for listing in listings():
        if not reader.may(listing.permission):
            continue
        first = Selection(listing, reader, Ask()).page(3)
        for text in STRANGE:
            params = QueryDict(mutable=True)
            params[part] = text
            assert Selection(listing, reader, Ask.read(listing, reader, params)).page(3).rows == first.rows


def test_a_zero_in_a_question_is_named(kota, signed_in):
    browser = signed_in("analis")
    browser.get("/")
    reader = kota.reader("analis")
    for listing in listings():
        if reader.may(listing.permission):
            for name in ("cari", *(f.name for f in listing.filters)):
                answer = browser.get(f"/api/v1/{listing.name}/", {name: "a\0b", "jumlah": "1"})
                assert answer.status_code == 400, (listing.name, name)
                assert answer.json()["errors"][0]["isian"] == name


@pytest.mark.parametrize("asked", ["", "?cari=tidak-ada-sama-sekali"])
def test_the_table_that_is_fetched_alone_is_the_table_of_the_page(signed_in, asked):
    browser = signed_in("analis")
    for path in ("/pegawai/", "/jabatan/", "/peta-jabatan/daftar/"):
        page = browser.get(path + asked).content.decode()
        part = browser.get(path + asked, headers={"HX-Request": "true", "HX-Target": "daftar"}).content.decode()
        assert "<html" not in part
        assert part.strip() in page
