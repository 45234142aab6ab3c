"""Home is work: what waits for me, then the agency at a glance. And one search over everything."""

from django.http import HttpResponse
from django.shortcuts import render

from penata.domain.peta_jabatan.queries import agency_figures
from penata.faces.backoffice.beranda.finding import find
from penata.faces.backoffice.beranda.waiting import waiting
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.tasks import queries


@screen(Permission.BERANDA_LIHAT)
def home(request: ScreenRequest) -> HttpResponse:
    """Show what waits for the account and the figures of its scope."""
    context = {
        "waiting": waiting(request.reader),
        "figures": agency_figures(request.reader),
        "work": list(queries.recent_work(request.reader)[:5]),
    }
    return render(request, "beranda/beranda.html", context)


@screen(Permission.BERANDA_LIHAT)
def search(request: ScreenRequest) -> HttpResponse:
    """Search every list the account may see."""
    asked = request.GET.get("q", "").strip()[:200]
    return render(
        request, "beranda/cari.html", {"asked": asked, "groups": find(request.reader, asked) if asked else []}
    )


@screen(Permission.BERANDA_LIHAT)
def help_page(request: ScreenRequest) -> HttpResponse:
    """Show keys, signs and words."""
    return render(request, "beranda/bantuan.html")
