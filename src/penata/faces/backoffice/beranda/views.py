"""Home is work: what waits for me, then the agency at a glance. And one search over everything."""

from django.http import HttpResponse
from django.shortcuts import render

from penata.domain.pegawai.profil import own_nip
from penata.domain.peta_jabatan.queries import agency_figures
from penata.domain.peta_jabatan.tren import agency_trend
from penata.faces.backoffice.beranda.finding import find
from penata.faces.backoffice.beranda.sparkline import lines
from penata.faces.backoffice.beranda.waiting import waiting
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.tasks import queries

NOTICES = 5  # messages shown on the home page


@screen(Permission.BERANDA_LIHAT)
def home(request: ScreenRequest) -> HttpResponse:
    """Show what waits for the account and the figures of its scope."""
    context = {
        "own_nip": own_nip(request.reader),
        "waiting": waiting(request.reader),
        "figures": agency_figures(request.reader),
        "notices": list(queries.unread(request.reader)[:NOTICES]),
        "work": list(queries.recent_work(request.reader)[:5]),
    }
    return render(request, "beranda/beranda.html", context)


@screen(Permission.BERANDA_LIHAT)
def trend(request: ScreenRequest) -> HttpResponse:
    """Show how the figures of home moved; home asks for it once it stands, for it may take a moment."""
    found = agency_trend(request.reader)
    context = {"lines": lines(found), "months": found.pensiun, "points": found.titik}
    return render(request, "beranda/tren_isi.html" if request.htmx else "beranda/tren.html", context)


@screen(Permission.BERANDA_LIHAT)
def search(request: ScreenRequest) -> HttpResponse:
    """Search every list the account may see."""
    asked = request.GET.get("q", "").strip()[:200]
    return render(
        request, "beranda/cari.html", {"asked": asked, "groups": find(request.reader, asked) if asked else []}
    )
