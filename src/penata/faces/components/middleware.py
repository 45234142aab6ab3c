"""Headers, language and the reader of every request; nothing undeclared gets through."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from penata import language
from penata.faces.components.errors import forbidden, not_in_force
from penata.faces.components.requests import is_public, permission_of
from penata.foundation.access.models import User
from penata.foundation.access.reader import ForbiddenError, Reader
from penata.foundation.audit.record import one_look
from penata.language import _
from penata.rulebook.legislation import NotInForceError

# Nothing from another host, nothing inline, nothing evaluated.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
LANGUAGES = ("id", "en")
Next = Callable[[HttpRequest], HttpResponseBase]


def security_headers(get_response: Next) -> Next:
    """Add the content security policy to every answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response

    return middleware


def speak_language(get_response: Next) -> Next:
    """Speak the language of the account, or of the cookie before signing in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        chosen = user.bahasa if isinstance(user, User) else request.COOKIES.get("bahasa", "id")
        chosen = chosen if chosen in LANGUAGES else "id"
        with language.speaking(chosen), translation.override(chosen):
            return get_response(request)

    return middleware


class ReaderMiddleware:
    """Puts the reader on the request, refuses screens that declare nothing, and turns a refusal into 403 or 404."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the reader at hand."""
        today = timezone.localdate()
        request.reader = Reader(_account(request), as_of(request, today), today)  # type: ignore[attr-defined]
        with one_look():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        """Let through what is public, or declared and permitted."""
        if is_public(view):
            return None
        if not request.user.is_authenticated:
            if getattr(request, "htmx", False):
                return HttpResponse(status=204, headers={"HX-Refresh": "true"})
            return redirect_to_login(request.get_full_path())
        permission = permission_of(view)
        if permission is None or not request.reader.may(permission):  # type: ignore[attr-defined]
            return forbidden(request)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Outside one's scope a thing does not exist; without the permission it is forbidden.

        A day on which the law needed was not in force yet is an answer too: another day has to be chosen.
        """
        if isinstance(error, NotInForceError):
            return not_in_force(request, str(error))
        if not isinstance(error, ForbiddenError):
            return None
        if request.reader.may(error.permission):  # type: ignore[attr-defined]
            raise Http404
        return forbidden(request)


def _account(request: HttpRequest) -> Any:
    return SimpleLazyObject(lambda: request.user)


def as_of(request: HttpRequest, today: date) -> date:
    """Return the day the pages show: ``?per=`` sets it for the session, ``?per=hari-ini`` returns to today.

    The API keeps nothing between two questions.
    """
    asked = request.GET.get("per")
    if request.path.startswith("/api/"):
        return _day(asked) or today
    if asked == "hari-ini":
        request.session.pop("per", None)
    elif asked:
        if day := _day(asked):
            request.session["per"] = day.isoformat()
        else:
            messages.error(request, _("Tanggal {value} tidak dikenali; tulis seperti 2026-12-31.").format(value=asked))
    kept = request.session.get("per")
    return date.fromisoformat(kept) if kept else today


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
