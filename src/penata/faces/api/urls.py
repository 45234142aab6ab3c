"""Addresses of the read API, and the guard of each."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as Malformed
from ninja.security import HttpBearer, SessionAuth
from ninja.throttling import AuthRateThrottle

from penata import __version__
from penata.faces.api.lists import ApiError, add_list
from penata.faces.components.requests import public
from penata.foundation.access.reader import Reader
from penata.foundation.accounts.tokens import owner_of
from penata.foundation.listing import listings
from penata.language import _

RATE = "600/m"  # of one account


class Account(SessionAuth):
    """The account that is signed in."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return the account, or nothing; whoever brings a key is judged by the key."""
        if "Authorization" in request.headers:
            return None
        return request.user if request.user.is_authenticated and request.user.is_active else None


class Token(HttpBearer):
    """A program that holds a key of an account: it reads as that account does, and no more."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the account whose key it is, or nothing."""
        asked: Reader = request.reader  # type: ignore[attr-defined]
        user = owner_of(token, now=timezone.now(), today=asked.today)
        if user is not None:
            request.user = user
            request.reader = Reader(user, asked.as_of, asked.today)  # type: ignore[attr-defined]
        return user


api = NinjaAPI(
    title="Penata",
    version=__version__,
    description="Membaca semua daftar yang boleh dibaca akun ini, dengan baris dan kolom yang sama seperti di layar.",
    auth=[Account(csrf=False), Token()],  # reading only
    throttle=[AuthRateThrottle(RATE)],
    docs_url=None,  # the library's page loads scripts from other hosts
    urls_namespace="api",
)


def _refuse(request: HttpRequest, status: int, faults: list[dict[str, str]]) -> HttpResponse:
    return api.create_response(request, {"errors": faults}, status=status)


@api.exception_handler(ApiError)
def _our_own(request: HttpRequest, error: ApiError) -> HttpResponse:
    return _refuse(request, error.status, error.faults)


@api.exception_handler(Malformed)
def _malformed(request: HttpRequest, error: Malformed) -> HttpResponse:
    faults = [{"isian": str(fault["loc"][-1]), "pesan": str(fault["msg"])} for fault in error.errors]
    return _refuse(request, 400, faults)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _refuse(request, 400, [{"isian": "", "pesan": text} for text in error.messages])


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _refuse(
        request, 401, [{"isian": "", "pesan": _("Masuk dahulu dengan akun Anda, atau sertakan token yang berlaku.")}]
    )


@api.exception_handler(Throttled)
def _too_fast(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = _refuse(request, 429, [{"isian": "", "pesan": _("Terlalu banyak permintaan; ulangi sebentar lagi.")}])
    if error.wait:
        answer["Retry-After"] = str(int(error.wait) + 1)
    return answer


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refuse(request, error.status_code, [{"isian": "", "pesan": str(error)}])


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _refuse(request, 404, [{"isian": "", "pesan": _("Tidak ada, atau di luar lingkup Anda.")}])


def _declare() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("penata.domain.") and config.module is not None:
            for found in iter_modules(config.module.__path__, f"{config.name}."):
                import_module(found.name)  # a list may stand in any module of its app
    router = Router()
    for listing in listings():
        add_list(router, listing)
    api.add_router("", router)


_declare()
app_name = "api"
urlpatterns = api.urls[0]
for pattern in urlpatterns:
    # The library asks who it is, and the selection what they may see.
    public(cast(Callable[..., HttpResponse], pattern.callback))
