"""How the accounts library behaves here: nobody signs up, and some roles are asked for a second factor."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as social_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from penata.faces.components.middleware import POLICY, Next
from penata.faces.components.requests import is_public
from penata.foundation.access.models import User
from penata.foundation.access.permissions import Peran
from penata.foundation.access.reader import Reader
from penata.language import N_, _

# These roles see or decide about the whole agency: a stolen password alone must not be enough.
SECOND_FACTOR_ROLES = frozenset({Peran.PENGELOLA, Peran.ANALIS, Peran.PIMPINAN})
ASKED = "minta_faktor_kedua"
ASKED_ON = frozenset({"beranda", "akun_saya"})  # seen at every sign-in, in the way of no work
ERRORS = {
    "too_many_login_attempts": N_(
        "Terlalu banyak percobaan masuk yang gagal. Tunggu lima menit lalu coba lagi, atau hubungi pengelola sistem."
    ),
    "username_password_mismatch": N_("Nama pengguna atau sandi keliru."),
    "incorrect_password": N_("Sandi keliru."),
    "rate_limited": N_("Terlalu banyak permintaan. Tunggu beberapa menit lalu coba lagi."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed for sign-up; says in our own words what went wrong; notes who should have a second factor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given, not taken."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return the error of the library, in our own words where they say more."""
        if code in ERRORS:
            return ValidationError(_(ERRORS[code]), code=code)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is written: it names Penata itself."""
        return subject

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and note for the frame whether this account should be asked for a second factor."""
        super().login(request, user)
        if lacks_second_factor(request.reader):  # type: ignore[attr-defined]
            request.session[ASKED] = True


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the account in the authenticator app by what its owner types when signing in."""

    def get_totp_label(self, user: Any) -> str:
        """Return the user name."""
        return str(user.get_username())


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens accounts that exist, matched by NIP or username; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are given, not taken."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the identity to the account of the same username or NIP, once."""
        if sociallogin.is_existing:
            return
        data = sociallogin.account.extra_data
        claims = data.get("userinfo", data)
        names = {str(claims[key]) for key in ("nip", "preferred_username") if claims.get(key)}
        found = User.objects.filter(username__in=names, is_active=True) | User.objects.filter(
            nip__in=names, is_active=True
        )
        if len(accounts := list(found.distinct()[:2])) == 1:
            sociallogin.connect(request, accounts[0])


def sso(request: HttpRequest) -> list[tuple[str, str]]:
    """Return name and address of each single sign-on that the settings name, in which one goes on to ``next``."""
    onward = {"next": target} if (target := get_next_redirect_url(request)) else {}
    return [
        (provider.name, provider.get_login_url(request, process="login", **onward))
        for provider in social_adapter().list_providers(request)
    ]


def lacks_second_factor(reader: Reader) -> bool:
    """Tell whether the account has a role that should have a second factor, and has none."""
    if not SECOND_FACTOR_ROLES & {Peran(row.peran) for row in reader.penugasan}:
        return False
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=reader.user.pk, type__in=kinds).exists()


def asks_second_factor(request: HttpRequest) -> bool:
    """Tell whether this page should ask for a second factor; no query before there is something to ask."""
    here = request.resolver_match.url_name if request.resolver_match else None
    if here not in ASKED_ON or not request.user.is_authenticated or not request.session.get(ASKED):
        return False
    if lacks_second_factor(request.reader):  # type: ignore[attr-defined]
        return True
    del request.session[ASKED]
    return False


class AccountsMiddleware:
    """Holds back whom the settings oblige to a second factor; lets the sign-in form lead to the single sign-on."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; browsers hold ``form-action`` against the redirect too, so the sign-on server must be named."""
        response = self.get_response(request)
        module = getattr(getattr(request.resolver_match, "func", None), "__module__", "") or ""
        if module.startswith("allauth.") and (origin := _sso_origin()):
            response.headers["Content-Security-Policy"] = POLICY.replace(
                "form-action 'self'", f"form-action 'self' {origin}"
            )
        return response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Send to the page of the second factor whoever must have one and has none."""
        if not settings.SECOND_FACTOR_REQUIRED or is_public(view) or not request.user.is_authenticated:
            return None
        if not lacks_second_factor(request.reader):  # type: ignore[attr-defined]
            return None
        messages.warning(request, _("Peran Anda mewajibkan faktor kedua. Pasang dahulu sebelum melanjutkan."))
        return redirect("mfa_index")


def _sso_origin() -> str:
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    parts = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return " ".join(sorted({f"{part.scheme}://{part.netloc}" for part in parts}))
