"""Every page that a role can reach by its own links: none is dead, none is grave for axe, none overflows a phone."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from tests.browser.conftest import DESK, PHONE, no_sideways_scrolling, settled
from tests.web.kota import ACCOUNTS

# The role that sees most comes first: the pictures are of the fullest pages.
EVERYBODY = sorted(
    (name for name, _peran, _unit in ACCOUNTS if name != "operator-lain"), key=lambda name: name != "analis"
)
MOST = 200  # kinds of pages of one role: more means that addresses of one kind are not known as such
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


def contents(answer):
    """What a page shows inside the frame, without what is new on every answer."""
    main = re.search(r"<main.*</main>", answer.text(), re.DOTALL)
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", main[0]) if main else answer.text()


@pytest.fixture(scope="module")
def examined():
    """The contents that were looked at: for another role only the frame around them differs. And what has a picture."""
    return set()


@pytest.mark.parametrize("account", EVERYBODY)
def test_every_page_of_a_role(visit, server, axe, shot, examined, account):
    page = visit(account)
    waiting, seen, wrong = [urljoin(server.url, "/")], set(), []
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if kind(address) in seen or LEAVES.match(path):
            continue
        first = not seen  # the frame of a role is always looked at
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
        waiting += links(page, server.url)
        if (shown := contents(answer)) in examined and not first:
            continue
        examined.add(shown)
        settled(page)
        name = f"semua-{kind(address).strip('/').replace('/', '-') or f'beranda-{account}'}"
        wrong += faults(page, axe, shot if name not in examined else None, name)
        examined.add(name)
    assert len(seen) < MOST, sorted(seen)
    assert wrong == [], "\n".join(wrong)


def faults(page, axe, shot, name):
    """Look at a page on a desk and on a phone, and leave it on a desk.

    A kind of page that is new (*shot*) is looked at on both, in the light and in the dark, and has its pictures taken;
    for another object or role of the same kind the desk must please axe and the phone must hold the page.
    """
    found = []
    again = ((DESK, False, [axe]), (PHONE, False, [no_sideways_scrolling]))
    new = ((DESK, False, [axe]), (DESK, True, []), (PHONE, True, [axe, no_sideways_scrolling]), (PHONE, False, []))
    for size, dark, looks in new if shot else again:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if dark else "light")
        for look in looks:
            try:
                look(page)
            except AssertionError as error:
                found.append(f"{page.url} ({size[0]} px): {error}")
        if shot:
            shot(page, f"{name}-{size[0]}-{'gelap' if dark else 'terang'}")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return found
