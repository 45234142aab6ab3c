"""Signing in: who gets in, what a stranger learns, what is refused."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.web.akun.masuk import code_now, give_totp, prove, sign_in
from tests.web.kota import PASSWORD

from penata.foundation.access.models import User


@pytest.fixture(autouse=True)
def _no_attempts_yet(db):
    cache.clear()


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def same_page(one, two):
    hide = re.compile(r'(name="csrfmiddlewaretoken" value|value|X-CSRFToken)"?[=:] ?"[^"]*"')
    return hide.sub("", text_of(one)) == hide.sub("", text_of(two))


def test_the_right_password_opens_and_leads_on(kota, client):
    answer = sign_in(client, "operator", next="/jejak/")
    assert (answer.status_code, answer["Location"]) == (302, "/jejak/")
    assert client.get("/").status_code == 200


def test_unknown_account_and_wrong_password_get_the_same_answer(kota, client):
    wrong, unknown = (
        sign_in(Client(), "analis", "salah-salah-salah"),
        sign_in(Client(), "tidak-ada", "salah-salah-salah"),
    )
    assert wrong.status_code == unknown.status_code == 200
    assert "Nama pengguna atau sandi keliru." in text_of(wrong)
    assert same_page(wrong, unknown)


def test_after_five_failures_even_the_right_password_waits_and_is_told(kota, client):
    for _n in range(5):
        assert "sandi keliru" in text_of(sign_in(client, "analis", "salah-salah-salah"))
    answer = sign_in(client, "analis")
    assert "Terlalu banyak percobaan masuk" in text_of(answer)
    assert client.get("/").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "auditor").status_code == 302  # others are not locked out


def test_an_unknown_account_is_throttled_the_same_way(kota, client):
    for _n in range(5):
        sign_in(client, "tidak-ada", "salah-salah-salah")
    assert "Terlalu banyak percobaan masuk" in text_of(sign_in(client, "tidak-ada", "salah-salah-salah"))


def test_one_address_that_hammers_is_told_to_wait(kota, client):
    for _n in range(60):
        sign_in(client, "", "")
    answer = sign_in(client, "analis")
    assert answer.status_code == 429
    assert "Terlalu banyak permintaan" in text_of(answer)


@pytest.mark.parametrize(
    "target",
    ["https://contoh.example/", "//contoh.example", "https:contoh.example", "/\\contoh.example", "javascript:alert(1)"],
)
def test_no_way_leads_to_another_host(kota, client, target):
    answer = sign_in(client, "operator", next=target)
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_the_session_is_a_new_one_after_signing_in(kota, client):
    client.get("/?per=2025-01-01")
    client.get(reverse("account_login"))
    session = client.session
    session["per"] = "2025-01-01"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, "operator")
    assert client.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/").status_code == 302


def test_an_inactive_account_stays_outside(kota, client):
    User.objects.filter(username="operator").update(is_active=False)
    answer = client.post(reverse("account_login"), {"login": "operator", "password": PASSWORD}, follow=True)
    assert "Akun tidak aktif" in text_of(answer)
    assert client.get("/").status_code == 302
    assert "sandi keliru" in text_of(sign_in(Client(), "operator", "salah-salah-salah"))


def test_nobody_signs_up(kota, client):
    page = client.get(reverse("account_signup"))
    assert "Pendaftaran tidak dibuka" in text_of(page)
    client.post(
        reverse("account_signup"),
        {"username": "baru", "password1": "sandi-baru-sekali-9", "password2": "sandi-baru-sekali-9"},
    )
    assert not User.objects.filter(username="baru").exists()


def test_the_code_of_the_app_is_needed_and_used_once(kota, client):
    give_totp(kota.user["operator"])
    answer = sign_in(client, "operator", next="/akun-saya/")
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/").status_code == 302  # the password alone opens nothing
    page = client.get(reverse("mfa_authenticate"))
    assert "Faktor kedua" in text_of(page)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    code = code_now()
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/akun-saya/")
    assert client.get("/").status_code == 200
    other = Client()
    sign_in(other, "operator")
    if code == code_now():
        assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
        assert other.get("/").status_code == 302


def test_a_recovery_code_opens_once(kota, client):
    code = give_totp(kota.user["operator"]).get_unused_codes()[0]
    sign_in(client, "operator")
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get("/").status_code == 200
    again = Client()
    sign_in(again, "operator")
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert again.get("/").status_code == 302


def test_wrong_codes_are_throttled(kota, client):
    give_totp(kota.user["operator"])
    sign_in(client, "operator")
    for _n in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Terlalu banyak" in text_of(client.post(reverse("mfa_authenticate"), {"code": code_now()}))


def test_putting_up_the_app_by_hand(kota, client):
    sign_in(client, "analis")
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    assert "Sandi keliru." in text_of(client.post(reverse("account_reauthenticate"), {"password": "salah"}))
    prove(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'class="rahasia">([A-Z2-7]+)<', page.content.decode()).group(1)
    assert "data:image/svg+xml;base64," in text_of(page)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())
    assert len(codes) == 10
    assert client.get(reverse("mfa_download_recovery_codes")).content.decode().split() == codes
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()


def test_roles_that_decide_are_asked_for_a_second_factor(kota, client):
    sign_in(client, "analis")
    for address, asked in (("/", True), ("/akun-saya/", True), ("/pegawai/", False), ("/beban-kerja/", False)):
        assert ("sebaiknya dilindungi faktor kedua" in text_of(client.get(address))) is asked, address
    give_totp(kota.user["analis"])
    assert "sebaiknya dilindungi faktor kedua" not in text_of(client.get("/"))
    other = Client()
    sign_in(other, "operator")
    assert "sebaiknya dilindungi faktor kedua" not in text_of(other.get("/"))


def test_the_setting_makes_it_an_obligation(kota, settings, signed_in):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = signed_in("pimpinan")
    assert browser.get("/")["Location"] == reverse("mfa_index")
    assert browser.get(reverse("mfa_index")).status_code == 200
    assert browser.get("/sehat/").status_code == 200
    assert signed_in("operator").get("/").status_code == 200
    give_totp(kota.user["pimpinan"])
    assert browser.get("/").status_code == 200


def test_a_forgotten_password_tells_nothing_and_sends_our_words(kota, client):
    User.objects.filter(username="operator").update(email="operator@contoh.example")
    known = client.post(reverse("account_reset_password"), {"email": "operator@contoh.example"}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": "lain@contoh.example"}, follow=True)
    assert same_page(known, unknown)
    assert [m.subject for m in mail.outbox] == [
        "Sandi baru untuk akun Penata", "Alamat surel tidak tercatat di Penata"
    ]  # fmt: skip
    link = re.search(r"https?://\S+", mail.outbox[0].body).group()
    form = client.get(link, follow=True)
    assert "Sandi baru" in text_of(form)
    where = form.request["PATH_INFO"]
    client.post(where, {"password1": "sandi-baru-sekali-9", "password2": "sandi-baru-sekali-9"})
    assert sign_in(Client(), "operator", "sandi-baru-sekali-9").status_code == 302
    assert "Tautan tidak berlaku" in text_of(Client().get(link, follow=True))


def test_sso_is_offered_only_when_the_settings_name_it(kota, client, settings):
    assert "Masuk melalui" not in text_of(client.get(reverse("account_login")))
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc", "name": "SSO Kota", "client_id": "penata", "secret": "x",
                    "settings": {"server_url": "https://sso.contoh.example/realm"},
                }
            ]
        }
    }  # fmt: skip
    page = client.get(reverse("account_login") + "?next=/jejak/")
    assert "Masuk melalui SSO Kota" in text_of(page)
    assert "next=%2Fjejak%2F" in text_of(page)
    assert "form-action 'self' https://sso.contoh.example;" in page["Content-Security-Policy"]
    assert "https://sso" not in client.get("/sehat/")["Content-Security-Policy"]


PAGES = (
    "account_logout", "account_change_password", "account_email", "account_reauthenticate", "mfa_index",
    "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "socialaccount_connections",
    "account_reset_password", "account_reset_password_done", "account_inactive", "account_signup",
    "account_email_verification_sent", "socialaccount_login_cancelled", "socialaccount_login_error",
    "account_reset_password_from_key_done", "mfa_generate_recovery_codes", "mfa_view_recovery_codes",
    "mfa_deactivate_totp", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_set_password",
)  # fmt: skip
INLINE = re.compile(
    r"<script(?![^>]*(src=|type=\"application/json\"))|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize("factor", [False, True])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_ours_without_inline_code(kota, client, monkeypatch, name, factor):
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda _user: [])
    sign_in(client, "operator")
    prove(client)
    if factor:
        give_totp(kota.user["operator"])
        user = kota.user["operator"]
        Authenticator.objects.create(
            user=user, type="webauthn", data={"name": "Laptop", "credential": {"clientExtensionResults": {}}}
        )
    answer = client.get(reverse(name))
    while answer.status_code == 302:
        answer = client.get(answer["Location"])
    assert answer.status_code in {200, 401, 404}
    page = answer.content.decode()
    assert "penata/penata.css" in page
    assert "· Penata</title>" in page
    assert not INLINE.search(page)


def test_a_page_with_a_key_of_the_account(kota, client):
    sign_in(client, "operator")
    key = Authenticator.objects.create(
        user=kota.user["operator"], type="webauthn",
        data={"name": "Laptop kantor", "credential": {"clientExtensionResults": {}}},
    )  # fmt: skip
    prove(client)
    assert "Laptop kantor" in text_of(client.get(reverse("mfa_list_webauthn")))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 200
        other = Client()
        sign_in(other, "auditor")
        prove(other)
        assert other.get(reverse(name, args=[key.pk])).status_code == 404
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Rumah"})
    assert "Rumah" in text_of(client.get(reverse("mfa_list_webauthn")))
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()
