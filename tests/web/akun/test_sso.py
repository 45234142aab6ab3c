"""Single sign-on from end to end, against a small provider that answers over HTTP as OpenID Connect says."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from penata.foundation.access.models import User

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


class Provider(ThreadingHTTPServer):
    """Discovery, token and userinfo; ``claims`` is who signs in there."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.claims, self.asked = {}, []


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        if self.path == "/.well-known/openid-configuration":
            self.tell({
                "issuer": server.url, "authorization_endpoint": f"{server.url}/masuk",
                "token_endpoint": f"{server.url}/token", "userinfo_endpoint": f"{server.url}/siapa",
                "jwks_uri": f"{server.url}/kunci", "response_types_supported": ["code"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            })  # fmt: skip
        elif self.path == "/siapa" and self.headers["Authorization"] == "Bearer tiket":
            self.tell(server.claims)
        else:
            self.send_error(404)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(form)
        if self.path == "/token" and form["code"] == ["kode-sekali"]:
            self.tell({"access_token": "tiket", "token_type": "Bearer", "expires_in": 60})
        else:
            self.send_error(400)

    def tell(self, content):
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def provider(settings):
    server = Provider()
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc", "name": "SSO Kota", "client_id": "penata", "secret": "x",
                    "settings": {"server_url": server.url},
                }
            ]
        }
    }  # fmt: skip
    yield server
    server.shutdown()
    server.server_close()


def sign_in(code="kode-sekali"):
    """Go to the provider and come back with its code, as a browser does."""
    browser = Client()
    there = browser.post("/akun/oidc/oidc/login/?process=login")
    assert there.status_code == 302
    asked = parse_qs(urlsplit(there["Location"]).query)
    back = urlsplit(asked["redirect_uri"][0]).path
    return browser, browser.get(back, {"code": code, "state": asked["state"][0]}), asked


def signed_in_as(browser):
    key = browser.session.get("_auth_user_id")
    return User.objects.get(pk=key).username if key else None


@pytest.mark.parametrize("claim", ["nip", "preferred_username"])
def test_an_account_is_known_by_nip_or_user_name(kota, provider, claim):
    user = kota.user["operator"]
    user.nip = "199001012020121001"
    user.save()
    provider.claims = {"sub": "42", claim: user.nip if claim == "nip" else user.username}
    browser, _answer, asked = sign_in()
    assert signed_in_as(browser) == "operator"
    assert asked["client_id"] == ["penata"]
    assert set(asked["scope"][0].split()) >= {"openid"}
    assert provider.asked[0]["grant_type"] == ["authorization_code"]
    provider.claims = {"sub": "42"}  # once tied, the account is known by who the provider says it is
    assert signed_in_as(sign_in()[0]) == "operator"


@pytest.mark.parametrize(
    "claims", [{"sub": "7"}, {"sub": "7", "preferred_username": "orang-lain"}, {"sub": "7", "email": "a@b.go.id"}]
)
def test_who_has_no_account_is_not_given_one(kota, provider, claims):
    provider.claims = claims
    known = User.objects.count()
    browser, _answer, _asked = sign_in()
    assert signed_in_as(browser) is None
    assert User.objects.count() == known


def test_an_account_that_is_shut_stays_shut(kota, provider):
    User.objects.filter(pk=kota.user["operator"].pk).update(is_active=False)
    provider.claims = {"sub": "42", "preferred_username": "operator"}
    assert signed_in_as(sign_in()[0]) is None


def test_a_claim_that_means_two_accounts_means_none(kota, provider):
    User.objects.filter(pk=kota.user["operator"].pk).update(nip="199001012020121001")
    provider.claims = {"sub": "42", "nip": "199001012020121001", "preferred_username": "analis"}
    assert signed_in_as(sign_in()[0]) is None


def test_a_code_that_is_wrong_or_a_state_that_is_foreign_opens_nothing(kota, provider):
    provider.claims = {"sub": "42", "preferred_username": "operator"}
    assert signed_in_as(sign_in(code="curian")[0]) is None
    browser = Client()
    answer = browser.get("/akun/oidc/oidc/login/callback/", {"code": "kode-sekali", "state": "karangan"})
    assert answer.status_code < 500
    assert signed_in_as(browser) is None
