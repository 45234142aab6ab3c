"""What a screen may assume of a request, and the guard that lets nothing through that is not declared."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.views.generic import RedirectView
from django_htmx.middleware import HtmxDetails

from penata.foundation.access.models import User
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader


class ScreenRequest(HttpRequest):
    """A request of somebody who is signed in."""

    reader: Reader
    htmx: HtmxDetails
    user: User


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def screen(permission: Permission) -> Callable[[View], View]:
    """Declare that a view needs *permission* somewhere; where exactly is asked by the query or action it calls."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare that a view is open to everybody without account."""
    view.public = True  # type: ignore[attr-defined]
    return view


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """Return the permission a view declares."""
    return getattr(view, "permission", None)


def is_public(view: Callable[..., Any]) -> bool:
    """Tell whether a view is open: declared so, a mere redirect, or of the accounts library, which guards itself."""
    module = getattr(view, "__module__", "") or ""
    owner = getattr(view, "view_class", None)
    if getattr(view, "public", False) or owner is RedirectView:
        return True
    return module.startswith("allauth.") or getattr(owner, "__module__", "").startswith("allauth.")
