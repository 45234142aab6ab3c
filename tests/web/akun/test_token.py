"""Keys for programs: shown once, reading what the owner may read, closed when they end or are withdrawn."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.kota import HARI

from penata.foundation.access.models import TokenApi
from penata.foundation.accounts.rules import AccountError
from penata.foundation.accounts.tokens import MOST_KEYS, create_token, revoke_token
from penata.foundation.audit.models import Peristiwa, Perubahan


def ask(client, text, path="/api/v1/pegawai/?jumlah=100"):
    return client.get(path, headers={"Authorization": f"Bearer {text}"})


@pytest.mark.parametrize("account", ["analis", "operator", "auditor"])
def test_a_key_reads_what_its_owner_reads(kota, signed_in, client, account):
    _row, text = create_token(nama="Dasbor", hari=30, by=kota.reader(account))
    answer = ask(client, text)
    assert answer.status_code == 200
    assert answer.json() == signed_in(account).get("/api/v1/pegawai/?jumlah=100").json()


def test_a_key_of_somebody_without_the_right_is_refused(kota, client):
    _row, text = create_token(nama="Dasbor", hari=30, by=kota.reader("pegawai"))
    assert ask(client, text).status_code == 403


def test_a_key_opens_the_api_and_no_page(kota, client):
    _row, text = create_token(nama="Dasbor", hari=30, by=kota.reader("analis"))
    assert ask(client, text, "/pegawai/").status_code == 302
    assert ask(client, text, "/ekspor/pegawai.csv").status_code == 302


def test_whoever_brings_a_key_is_judged_by_the_key_alone(kota, signed_in):
    _row, text = create_token(nama="Dasbor", hari=30, by=kota.reader("operator"))
    browser = signed_in("analis")
    assert ask(browser, "penata_salah").status_code == 401
    assert ask(browser, text).json() == signed_in("operator").get("/api/v1/pegawai/?jumlah=100").json()


def test_what_ends_what_is_withdrawn_and_what_is_shut_opens_nothing(kota, client):
    row, text = create_token(nama="Dasbor", hari=30, by=kota.reader("analis"))
    TokenApi.objects.update(selesai=HARI)
    assert ask(client, text).status_code == 401
    TokenApi.objects.update(selesai=HARI + timedelta(days=1))
    assert ask(client, text).status_code == 200
    kota.user["analis"].is_active = False
    kota.user["analis"].save()
    assert ask(client, text).status_code == 401
    kota.user["analis"].is_active = True
    kota.user["analis"].save()
    revoke_token(token_id=row.pk, by=kota.reader("analis"))
    assert ask(client, text).status_code == 401
    assert ask(client, text + "x").status_code == 401
    assert list(Peristiwa.objects.order_by("id").values_list("aksi", flat=True)) == [
        "akun.token-dibuat", "akun.token-dicabut",
    ]  # fmt: skip


def test_only_the_seal_is_kept(kota, client):
    _row, text = create_token(nama="Dasbor", hari=30, by=kota.reader("analis"))
    secret = text.removeprefix("penata_")
    assert not [row for row in TokenApi.objects.values_list() if secret in str(row)]
    assert not [row for row in Perubahan.objects.values_list() if secret in str(row)]
    ask(client, text)
    assert TokenApi.objects.get().dipakai is not None


def test_use_is_noted_without_writing_at_every_question(kota, client):
    _row, text = create_token(nama="Dasbor", hari=30, by=kota.reader("analis"))
    ask(client, text)
    before = TokenApi.objects.get().dipakai
    ask(client, text)
    assert TokenApi.objects.get().dipakai == before


@pytest.mark.parametrize(("nama", "hari"), [("", 30), ("  ", 30), ("Dasbor", 0), ("Dasbor", 3650)])
def test_a_key_needs_a_name_and_an_end(kota, nama, hari):
    with pytest.raises(AccountError):
        create_token(nama=nama, hari=hari, by=kota.reader("analis"))


def test_keys_are_few(kota):
    for number in range(MOST_KEYS):
        create_token(nama=f"Program {number}", hari=30, by=kota.reader("analis"))
    with pytest.raises(AccountError, match="Cabut"):
        create_token(nama="Satu lagi", hari=30, by=kota.reader("analis"))


def test_the_page_shows_the_key_once_and_withdraws_only_own_ones(kota, signed_in, client):
    browser = signed_in("analis")
    made = browser.post(reverse("token"), {"nama": "Dasbor", "hari": "30"}).content.decode()
    text = re.search(r"penata_[\w-]{40,}", made)[0]
    assert ask(client, text).status_code == 200
    assert text not in browser.get(reverse("token")).content.decode()
    key = TokenApi.objects.get().pk
    assert signed_in("auditor").post(reverse("token_cabut", args=[key])).status_code == 404
    assert browser.post(reverse("token_cabut", args=[key])).status_code == 302
    assert ask(client, text).status_code == 401


def test_the_page_names_only_what_the_account_may_read(signed_in):
    assert "/api/v1/pegawai/" in signed_in("analis").get(reverse("token")).content.decode()
    assert "/api/v1/pegawai/" not in signed_in("pegawai").get(reverse("token")).content.decode()
