"""Every address of the web system against every role: declared, denied by default, 404 outside one's scope."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from tests.web.addresses import EXAMPLES
from tests.web.kota import ACCOUNTS

from penata.faces.components.requests import is_public, permission_of
from penata.foundation.access.permissions import GRANTS

SOURCE = Path(__file__).parents[2] / "src" / "penata"
TEMPLATES = sorted((SOURCE / "faces").rglob("templates/**/*.html"))
GONE = (301, 302)
# The small agency has no uploaded file, no finished export, no act in the log: there is nothing to show at these.
NOTHING_YET = {"penetapan_naskah", "peta_berkas", "impor_perbaikan", "impor_temuan", "jejak_satu"}


def patterns(entries=None, prefix=""):
    for entry in get_resolver().url_patterns if entries is None else entries:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry
        elif entry.namespace != "api":
            yield from patterns(entry.url_patterns, prefix + str(entry.pattern))


OURS = [(route, entry) for route, entry in patterns() if not route.startswith("akun/")]
GUARDED = [(route, entry) for route, entry in OURS if permission_of(entry.callback)]


def names(entries):
    return sorted({entry.name for _route, entry in entries})


def test_every_address_is_declared():
    bare = [route for route, entry in patterns() if not (permission_of(entry.callback) or is_public(entry.callback))]
    assert bare == []


def test_every_address_has_a_name_and_is_written_as_people_write():
    assert [route for route, entry in OURS if not entry.name] == []
    odd = [route for route, _entry in OURS if re.search(r"[A-Z_]", re.sub(r"<[^>]*>", "", route))]
    assert odd == []


def test_every_address_with_a_blank_has_an_example():
    need = {entry.name for route, entry in GUARDED if "<" in route}
    assert sorted(need - set(EXAMPLES)) == []
    assert sorted(set(EXAMPLES) - need) == []


@pytest.mark.parametrize("account", [name for name, _peran, _unit in ACCOUNTS])
def test_role_and_address(account, kota, signed_in):
    """Who lacks the permission is refused, whoever has it sees the own and not what lies outside."""
    peran = next(peran for name, peran, _unit in ACCOUNTS if name == account)
    browser, wrong = signed_in(account), []
    for route, entry in GUARDED:
        permission = permission_of(entry.callback)
        example = EXAMPLES.get(entry.name)
        own, other = (example(kota) if example else ((), None)) if "<" in route else ((), None)
        try:
            address = reverse(entry.name, args=own)
        except NoReverseMatch:
            wrong.append((entry.name, "no address", own))
            continue
        if permission not in GRANTS[peran]:
            for answer in (browser.get(address), browser.post(address)):
                if answer.status_code != 403:
                    wrong.append((address, answer.status_code, "expected 403"))
            continue
        if account == "operator" and other is not None:
            outside = reverse(entry.name, args=other)
            for answer in (browser.get(outside), browser.post(outside)):
                if answer.status_code not in {404, 405}:
                    wrong.append((outside, answer.status_code, "expected 404"))
        if account == "analis":
            answer = browser.get(address)
            if answer.status_code not in {200, 405, *GONE} and entry.name not in NOTHING_YET:
                wrong.append((address, answer.status_code, "expected a page"))
    assert not wrong, "\n".join(map(str, wrong))


def test_strangers_see_nothing(kota, client):
    for route, entry in GUARDED:
        example = EXAMPLES.get(entry.name)
        address = reverse(entry.name, args=example(kota)[0] if example and "<" in route else ())
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/akun/login/"), address


def test_pages_of_every_role_keep_the_policy(kota, signed_in):
    """No inline script, style or handler, no other host, in what a browser really receives."""
    for account in ("analis", "operator", "pegawai", "auditor", "pengelola", "pimpinan"):
        browser = signed_in(account)
        for route, entry in GUARDED:
            if "<" in route:
                continue
            answer = browser.get(reverse(entry.name))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                faults = inline(answer.content.decode())
                assert faults == [], (entry.name, faults)


def inline(text):
    return re.findall(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|\sstyle=|\son[a-z]+=\"|(?:src|href)=\"https?://",
        text,
    )


def test_templates_are_free_of_inline_code():
    faults = {str(path.relative_to(SOURCE)): found for path in TEMPLATES if (found := inline(path.read_text()))}
    assert faults == {}


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in [*SOURCE.rglob("*.py"), *TEMPLATES])
    names = [str(path).split("/templates/")[1] for path in TEMPLATES]
    library = ("account/", "mfa/", "socialaccount/", "allauth/", "429.html")  # asked for by the accounts library
    # A part chosen by name is included as "topic/part_" ~ name.
    unused = [
        name
        for name in names
        if not name.startswith(library) and name not in text and f'{name.rpartition("_")[0]}_"' not in text
    ]
    assert not unused, "\n".join(unused)


@pytest.mark.django_db
def test_the_tables_are_those_of_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_guards_of_the_database_stand():
    wanted = {"organisasi_unitmasa", "jabatan_posisimasa", "pegawai_pemangku"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'x'")
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%tumpang_tindih%'")
        periods = {row[0] for row in cursor.fetchall()}
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        guarded = {row[0] for row in cursor.fetchall()}
    assert wanted <= periods
    assert {"audit_peristiwa", "audit_perubahan"} <= guarded
