"""The guides: where to begin, and one guide for each role; one's own role stands first."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from penata.faces.backoffice.panduan.naskah import BEGINNING, GUIDES, Guide, read
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Peran, Permission


@screen(Permission.BERANDA_LIHAT)
def index(request: ScreenRequest) -> HttpResponse:
    """Show what everybody should know, and the guides."""
    return _page(request, BEGINNING)


@screen(Permission.BERANDA_LIHAT)
def one(request: ScreenRequest, name: str) -> HttpResponse:
    """Show the guide of a role."""
    if name not in GUIDES:
        raise Http404
    return _page(request, name)


def _page(request: ScreenRequest, name: str) -> HttpResponse:
    held = {Peran(row.peran) for row in request.reader.penugasan}
    own: list[tuple[str, Guide]] = []
    others: list[tuple[str, Guide]] = []
    for key, roles in GUIDES.items():
        (own if roles & held else others).append((key, read(key)))
    context = {"name": name, "guide": read(name), "own": own, "others": others, "beginning": name == BEGINNING}
    return render(request, "panduan/panduan.html", context)
