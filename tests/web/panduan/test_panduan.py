"""The guides inside the system: for everybody, own role first, with pictures and links that are served."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from tests.web.kota import ACCOUNTS

from penata.faces.backoffice.panduan.naskah import GUIDES, anchor, picture_size, read

PAGES = ("panduan", *GUIDES)


def address(name):
    return reverse("panduan") if name == "panduan" else reverse("panduan_satu", args=(name,))


@pytest.mark.parametrize("name", PAGES)
def test_everybody_reads_every_guide(signed_in, name, django_assert_max_num_queries):
    browser = signed_in("pegawai")
    with django_assert_max_num_queries(8):
        answer = browser.get(address(name))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.content) < 60 * 1024
    assert html.count("<h1") == 1
    assert "style=" not in html  # the policy of the pages would drop it
    assert "<script>" not in html


@pytest.mark.parametrize("name", PAGES)
def test_links_and_pictures_of_a_guide_are_served(signed_in, name):
    browser = signed_in("auditor")
    html = browser.get(address(name)).content.decode()
    article = html[html.index("<article") : html.index("</article>")]
    for source, width in re.findall(r'<img src="/static/([^"]+)"[^>]* width="(\d+)"', article):
        assert finders.find(source), source
        assert int(width) >= 360
    assert article.count("<img") == len(re.findall(r'<img src="/static/panduan/[^"]+" alt="[^"]+"', article))
    for link in re.findall(r'<a href="((?!/static/)[^"]+)"', article):
        path, _mark, place = link.partition("#")
        page = browser.get(path) if path else None
        assert page is None or page.status_code == 200, link
        assert not place or f'id="{place}"' in (page.content.decode() if page else html), link


@pytest.mark.parametrize("account", [name for name, peran, _unit in ACCOUNTS if peran])
def test_the_guide_of_ones_own_role_stands_first(signed_in, kota, account):
    html = signed_in(account).get(reverse("panduan")).content.decode()
    own = html[html.index("Untuk peran Anda") : html.index("Pada halaman ini")]
    (peran,) = {row.peran for row in kota.user[account].penugasan.all()}
    expected = next(name for name, roles in GUIDES.items() if peran in roles)
    assert re.findall(r'href="([^"]+)"', own) == [address(expected)]


def test_the_frame_leads_to_the_guides(signed_in):
    assert f'href="{reverse("panduan")}"'.encode() in signed_in("pegawai").get("/").content


def test_a_guide_that_is_none_is_not_found(signed_in):
    assert signed_in("analis").get("/panduan/README/").status_code == 404
    assert signed_in("analis").get("/panduan/rahasia/").status_code == 404


def test_a_stranger_signs_in_first(client, db):
    assert client.get(reverse("panduan"))["Location"].startswith("/akun/login/")


def test_markup_in_a_guide_stays_text(tmp_path, settings):
    settings.PANDUAN = tmp_path
    (tmp_path / "coba.md").write_text("# Coba\n\n## Satu *hal*\n\n<b onclick=x>tebal</b> [x](javascript:alert(1))\n")
    read.cache_clear()
    guide = read("coba")
    read.cache_clear()
    assert guide.title == "Coba"
    assert "<b" not in guide.body
    assert 'href="javascript' not in guide.body


def test_names_of_headings_are_those_of_the_repository():
    assert anchor("Dari mana angka ini?") == "dari-mana-angka-ini"
    assert anchor("Sandi, faktor kedua, akun yang berhenti") == "sandi-faktor-kedua-akun-yang-berhenti"


def test_a_picture_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG" + bytes(40))
    with pytest.raises(ValueError, match=r"a\.png"):
        picture_size(path)
