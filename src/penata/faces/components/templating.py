"""The template environment of all pages: one engine, undefined names are errors, every text is escaped."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from penata import language
from penata.faces.components.accounts import asks_second_factor, sso
from penata.faces.components.navigation import address, menu
from penata.language import _
from penata.snapshot.vocabulary import shown

FACES = Path(__file__).parents[1]
MINUS = "\u2212"
ICONS = settings.NODE_MODULES / "@tabler" / "icons" / "icons"


def environment(**options: Any) -> Environment:
    """Return the environment; Django calls this once."""
    folders = [FACES / "components" / "templates", *sorted(FACES.glob("*/*/templates"))]
    options |= {"loader": ChoiceLoader([FileSystemLoader(folder) for folder in folders])}
    env = Environment(**options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701 - Django sets autoescape
    env.globals.update({"_": _, "url": _url, "static": static, "icon": icon, "current_language": language.current})
    env.filters.update(
        {
            "angka": number, "selisih": signed, "tanggal": day, "tanggal_pendek": short_day, "persen": share,
            "waktu": moment, "kata": shown, "iso": lambda value: value.isoformat(),
        }
    )  # fmt: skip
    return env


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page shows."""
    reader = getattr(request, "reader", None)
    signed_in = bool(reader and request.user.is_authenticated)
    return {
        "reader": reader if signed_in else None,
        "menu": menu(reader, request.path) if reader and signed_in else (),
        "user": request.user if signed_in else None,
        "messages": get_messages(request),
        "path": request.path,
        "asks_second_factor": bool(reader) and asks_second_factor(request),
        "sso": partial(sso, request),
    }


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else address(name)


def number(value: float | None, places: int | None = None) -> str:
    """Write a number the Indonesian way; nothing for what is unknown. Without *places* whole numbers stay whole."""
    if value is None:
        return "–"
    if places is None:  # judged as it is written: 1535.9999 is 1.536 and not 1.536,00
        places = 0 if round(float(value), 2).is_integer() else 2
    return language.number(value, places).replace("-", MINUS)


def signed(value: float | None) -> str:
    """Write a difference with its sign: +2, −1, 0."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "") + number(value)


def share(value: float | None, places: int = 1) -> str:
    """Write a share as a percentage."""
    return "–" if value is None else language.percent(value, places)


def day(value: date | None) -> str:
    """Write a date in words."""
    return "–" if value is None else language.day(value)


def short_day(value: date | None) -> str:
    """Write a date as people write it in tables: 17-08-2026."""
    return "–" if value is None else value.strftime("%d-%m-%Y")


def moment(value: datetime | None) -> str:
    """Write a moment in the time zone of the office."""
    return "–" if value is None else timezone.localtime(value).strftime("%d-%m-%Y %H:%M")


@cache
def icon(name: str, label: str = "") -> Markup:
    """Return an icon of Tabler as inline SVG; with *label* it speaks, without it is decoration."""
    source = (ICONS / "outline" / f"{name}.svg").read_text()
    body = source[source.index(">", source.index("<svg")) + 1 : source.rindex("</svg>")]
    speak = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg class="ikon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>'
    ).format(speak, Markup(body))  # noqa: S704 - the body is a file of ours, not input


Filter = Callable[..., str]
