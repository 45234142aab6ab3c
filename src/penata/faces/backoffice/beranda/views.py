"""Home is work: what waits for me, then the agency at a glance."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission


@screen(Permission.BERANDA_LIHAT)
def home(request: ScreenRequest) -> HttpResponse:
    """Show what waits for the account."""
    return render(request, "beranda/beranda.html")


@screen(Permission.BERANDA_LIHAT)
def search(request: ScreenRequest) -> HttpResponse:
    """Search every list the account may see."""
    return render(request, "beranda/beranda.html")


@screen(Permission.BERANDA_LIHAT)
def work_list(request: ScreenRequest) -> HttpResponse:
    """Show the own background work."""
    return render(request, "beranda/beranda.html")


@screen(Permission.BERANDA_LIHAT)
def work(request: ScreenRequest, key: UUID) -> HttpResponse:
    """Show one piece of background work."""
    return render(request, "beranda/beranda.html")


@screen(Permission.BERANDA_LIHAT)
def notices(request: ScreenRequest) -> HttpResponse:
    """Show the own notifications."""
    return render(request, "beranda/beranda.html")


@screen(Permission.BERANDA_LIHAT)
def account(request: ScreenRequest) -> HttpResponse:
    """Show the own account."""
    return render(request, "beranda/beranda.html")
