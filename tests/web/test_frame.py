"""The frame: who gets in, what it shows, what it refuses."""

import pytest
from django.urls import reverse
from tests.web.kota import ACCOUNTS


@pytest.mark.parametrize("account", [name for name, _peran, _unit in ACCOUNTS])
def test_everybody_has_a_home(signed_in, account):
    page = signed_in(account).get("/")
    assert page.status_code == 200
    assert b"Beranda" in page.content


def test_a_stranger_is_sent_to_sign_in(client, db):
    answer = client.get(reverse("beranda"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/login/")


def test_policy_forbids_inline_and_other_hosts(client, db):
    policy = client.get("/sehat/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_day_is_kept_and_wrong_day_named(signed_in):
    browser = signed_in("analis")
    assert b'value="2025-06-30"' in browser.get("/?per=2025-06-30").content
    assert b'value="2025-06-30"' in browser.get("/").content
    assert b"tidak dikenali" in browser.get("/?per=besok").content
    assert b'value="2026-11-21"' in browser.get("/?per=hari-ini").content


def test_a_day_before_the_law_is_an_answer_not_a_failure(signed_in):
    page = signed_in("analis").get("/?per=1900-01-01")
    assert page.status_code == 409
    assert "Pilih tanggal lain" in page.content.decode()
