"""Every page that a role can reach by its own links: none is dead, none is grave for axe, none overflows a phone."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from tests.browser.conftest import DESK, PHONE, no_sideways_scrolling
from tests.web.kota import ACCOUNTS

EVERYBODY = [account for account, _peran, _unit in ACCOUNTS if account != "operator-lain"]
MOST = 150  # pages of one role
FILES = re.compile(r"\.(pdf|xlsx|csv|svg|png|json)$|/(pdf|naskah)/$")
LEAVES = re.compile(r"^/(akun/(login|logout|reauthenticate)|static/)")


def kind(address):
    """Pages of one kind look the same for every object: addresses without their numbers, codes and questions."""
    path = urlsplit(address).path
    path = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}/", "/#/", path)
    path = re.sub(r"/parameter/[^/]+", "/parameter/#", path)
    return re.sub(r"/(?=[^/]*\d)[^/]+", "/#", path)


def links(page, home):
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    return [href.partition("#")[0] for href in found if href.startswith(home)]


@pytest.mark.parametrize("account", EVERYBODY)
def test_every_page_of_a_role(visit, server, axe, shot, account):
    page = visit(account)
    waiting, seen, wrong = [urljoin(server.url, "/")], set(), []
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if kind(address) in seen or LEAVES.match(path):
            continue
        seen.add(kind(address))
        if FILES.search(path):
            answer = page.request.get(address)
            if answer.status != 200:
                wrong.append(f"{answer.status} {address}")
            continue
        answer = page.goto(address)
        if answer.status != 200:
            wrong.append(f"{answer.status} {address}")
            continue
        for look in (lambda: axe(page), lambda: page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]}),
                     lambda: page.emulate_media(color_scheme="dark"), lambda: axe(page),
                     lambda: no_sideways_scrolling(page)):  # fmt: skip
            try:
                look()
            except AssertionError as error:
                wrong.append(f"{address}: {error}")
        shot(page, f"semua-{account}-{kind(address).strip('/').replace('/', '-') or 'beranda'}")
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.emulate_media(color_scheme="light")
        waiting += links(page, server.url)
    assert len(seen) < MOST, sorted(seen)
    assert wrong == [], "\n".join(wrong)
