"""Fixtures of the browser journeys: a served system, the system's Chromium, and what no page may do.

Every page of every journey is watched: a request to another host, a script error, a violation of the content security
policy, a missing file, or an answer of 500 fails the journey. ``PENATA_LAYAR`` names the folder of the screenshots.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.serving import ROOT, run, serving
from tests.web.kota import PASSWORD

SHOTS = Path(os.environ.get("PENATA_LAYAR", ROOT / "uji" / "layar"))
CHROMIUM = os.environ.get("PENATA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--font-render-hinting=none",
]  # fmt: skip
DESK, PHONE = (1280, 720), (360, 740)
GRAVE = {"serious", "critical"}


LONGEST = ("test_semua_halaman.py", "test_kota_contoh.py")


def pytest_collection_modifyitems(items):
    """The journeys of a file go on where the one before ended: they keep their order; the longest files begin."""
    places = [at for at, item in enumerate(items) if Path(__file__).parent in Path(str(item.fspath)).parents]
    journeys = [items[at] for at in places]
    journeys.sort(key=lambda item: (item.path.name not in LONGEST, item.path.name, item.location[1]))
    for at, item in zip(places, journeys, strict=True):
        items[at] = item
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "no Chromium: install the package chromium, or name the program in PENATA_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """The folder of a freshly filled system; journeys work on copies."""
    folder = tmp_path_factory.mktemp("isi") / "data"
    folder.mkdir()
    run(folder, "tests.browser.seed")
    return folder


@pytest.fixture(scope="module")
def server(seeded, tmp_path_factory):
    """A system of this file's own, so that files of journeys cannot disturb each other."""
    with serving(seeded, tmp_path_factory.mktemp("layanan") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def cookies():
    """What the accounts that signed in to this file's system hold."""
    return {}


class Watcher:
    """Writes down what a page must not do."""

    def __init__(self, home):
        self.home, self.wrong = home, []
        self.expected = set()  # refusals that a journey asks for on purpose: status and end of the address

    def watch(self, context):
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))

    def _request(self, request):
        if not request.url.startswith((self.home, "data:", "blob:", "about:", "chrome-error:")):
            self.wrong.append(f"another host: {request.url}")

    def _response(self, response):
        document = response.request.resource_type == "document"
        if any(response.status == status and response.url.endswith(end) for status, end in self.expected):
            return
        if response.status >= (500 if document else 400):
            self.wrong.append(f"{response.status}: {response.url}")

    def _console(self, message):
        # A missing file is already known as an answer; the page of a 404 is asked for on purpose.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"console: {message.text}")


@pytest.fixture(scope="module")
def passwords():
    """Passwords that are not the one of the small agency; a file that serves something else overrides this."""
    return {}


@pytest.fixture
def visit(chromium, server, cookies, passwords):
    """Open a window: ``visit("analis", size=PHONE, dark=True)`` is signed in, ``visit()`` is a stranger's."""
    opened, watcher = [], Watcher(server.url)

    def window(account=None, *, size=DESK, dark=False, **options):
        kept = {"storage_state": cookies[account]} if account in cookies else {}
        context = chromium.new_context(
            base_url=server.url, viewport={"width": size[0], "height": size[1]}, locale="id-ID",
            color_scheme="dark" if dark else "light", timezone_id="Asia/Jakarta", accept_downloads=True,
            reduced_motion="reduce", **kept, **options,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        opened.append(context)
        watcher.watch(context)
        page = context.new_page()
        if account and account not in cookies:
            sign_in(page, account, passwords.get(account, PASSWORD))
            cookies[account] = context.storage_state()
        return page

    window.expect = lambda status, end: watcher.expected.add((status, end))
    yield window
    for context in opened:
        context.close()
    assert watcher.wrong == []


def sign_in(page, account, password=PASSWORD):
    page.goto("/akun/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.locator(
        "form:has(input[name=password]) button[type=submit], form:has(input[name=password]) button"
    ).first.click()
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def axe_source():
    folder = Path(os.environ.get("PENATA_NODE_MODULES", ROOT / "node_modules"))
    return (folder / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def axe(axe_source):
    """Fail when axe finds anything serious or critical on the page as it is now."""

    def look(page):
        # The policy of the pages forbids script elements and eval, so the debugger's own door is used.
        debugger = page.context.new_cdp_session(page)
        debugger.send("Runtime.evaluate", {"expression": axe_source})
        answer = debugger.send(
            "Runtime.evaluate",
            {
                "expression": "axe.run(document, {resultTypes: ['violations']})"
                ".then(found => found.violations.map(v => ({id: v.id, impact: v.impact, help: v.help,"
                " nodes: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200) + ' | ' + (n.any[0] || {}).message)})))",
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        debugger.detach()
        assert "exceptionDetails" not in answer, answer
        grave = [found for found in answer["result"]["value"] if found["impact"] in GRAVE]
        assert grave == [], page.url

    return look


@pytest.fixture
def shot():
    """Keep a picture of the page for people to look at."""

    def keep(page, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    return keep


def no_sideways_scrolling(page):
    page.wait_for_load_state()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    # Who sticks out is looked for only to be named.
    names = page.evaluate(
        "() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 6).map(e => `${e.tagName} ${e.id} ${e.getAttribute('class')}`)"
    )
    assert wide <= 0, f"{page.url} is {wide} px wider than the window: {names}"


def settled(page):
    """Wait until nothing is being fetched: no drawing, no fragment, no picture in sight."""
    expect(page.locator("[aria-busy=true], .htmx-request")).to_have_count(0)
    page.wait_for_function("[...document.images].every(image => image.complete || image.loading === 'lazy')")
