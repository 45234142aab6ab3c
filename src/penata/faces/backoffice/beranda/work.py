"""Background work and messages of the account."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from penata.faces.components.lists import found_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.tasks import actions, queries
from penata.foundation.tasks.models import Pekerjaan
from penata.foundation.tasks.run import cancel
from penata.language import _

GOING = {Pekerjaan.Status.ANTRE, Pekerjaan.Status.BERJALAN}


@screen(Permission.BERANDA_LIHAT)
def work_list(request: ScreenRequest) -> HttpResponse:
    """Show the latest work."""
    rows = list(queries.recent_work(request.reader))
    return render(request, "beranda/pekerjaan.html", {"rows": rows, "going": GOING})


@screen(Permission.BERANDA_LIHAT)
def one(request: ScreenRequest, key: UUID) -> HttpResponse:
    """Show one piece of work; the part that moves asks for itself every second or two."""
    row: Pekerjaan = found_or_404(queries.one_work(request.reader, key))
    fragment = bool(request.htmx) and request.htmx.target == "kemajuan"
    template = "beranda/pekerjaan_kemajuan.html" if fragment else "beranda/pekerjaan_satu.html"
    response = render(request, template, {"row": row, "going": row.status in GOING})
    if fragment and row.status not in GOING:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@screen(Permission.BERANDA_LIHAT)
def stop(request: ScreenRequest, key: UUID) -> HttpResponseBase:
    """Ask the work to stop."""
    row: Pekerjaan = found_or_404(queries.one_work(request.reader, key))
    if cancel(row):
        messages.success(request, _("Pembatalan diminta; data tidak diubah."))
    else:
        messages.warning(request, _("Pekerjaan sudah selesai sehingga tidak dapat dibatalkan."))
    return redirect("pekerjaan_satu", key)


@screen(Permission.BERANDA_LIHAT)
def notice_list(request: ScreenRequest) -> HttpResponse:
    """Show messages, newest first."""
    rows = list(queries.notices(request.reader, _moment(request.GET.get("sebelum"))))
    older = rows[queries.RECENT - 1].dibuat.isoformat() if len(rows) > queries.RECENT else ""
    return render(request, "beranda/pemberitahuan.html", {"rows": rows[: queries.RECENT], "older": older})


@require_POST
@screen(Permission.BERANDA_LIHAT)
def read_all(request: ScreenRequest) -> HttpResponseBase:
    """Mark every message as read."""
    actions.mark_read(by=request.reader)
    return redirect("pemberitahuan")


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
