"""Files of the map: how ready it is, which form is wanted, and fetching what was made in the background."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from penata.domain.organisasi.pilihan import units_offered
from penata.domain.organisasi.tree import Node
from penata.domain.peta_jabatan import ekspor
from penata.domain.peta_jabatan.kesiapan import kesiapan
from penata.faces.backoffice.peta_jabatan.forms import unit_by_code
from penata.faces.backoffice.peta_jabatan.peta import chosen_unit
from penata.faces.components.lists import found_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission


@screen(Permission.PETA_LIHAT)
def order(request: ScreenRequest) -> HttpResponseBase:
    """Show how ready the map is and what can be made of it; make a small file at once, a large one later."""
    if request.method != "POST":
        return _page(request, chosen_unit(request))
    kode = request.POST.get("unit", "")
    unit_id = found_or_404(unit_by_code(request.reader, kode)) if kode else None
    wanted = ekspor.Pesanan(request.POST.get("bentuk", ""), unit_id, "konsep" in request.POST)
    try:
        ready = ekspor.check(request.reader, wanted)
        if ready.posisi > ekspor.AT_ONCE:
            row = ekspor.order_in_background(request.reader, wanted, lambda key: reverse("peta_berkas", args=[key]))
            return redirect("pekerjaan_satu", row.pk)
        return _made(request, wanted)
    except ekspor.EksporError as error:
        request.GET = request.POST
        return _page(request, chosen_unit(request), str(error))


@screen(Permission.PETA_LIHAT)
def fetch(request: ScreenRequest, key: UUID) -> FileResponse:
    """Give the file to whoever ordered it."""
    content, name = found_or_404(ekspor.finished_file(request.reader, key))
    return FileResponse(content, as_attachment=True, filename=name)


def _made(request: ScreenRequest, wanted: ekspor.Pesanan) -> FileResponse:
    with TemporaryDirectory(prefix="penata-") as name:
        made = ekspor.make(request.reader, wanted, Path(name))
        return FileResponse(made.open("rb"), as_attachment=True, filename=made.name)


def _page(request: ScreenRequest, unit: Node | None, error: str = "") -> HttpResponse:
    context = {
        "unit": unit,
        "units": units_offered(request.reader, Permission.PETA_LIHAT),
        "ready": kesiapan(request.reader, unit.id if unit else None),
        "forms": ekspor.BENTUK,
        "asked": request.POST.get("bentuk", "pdf-a3"),
        "error": error,
        "at_once": ekspor.AT_ONCE,
        "query": f"?unit={unit.kode}" if unit else "",
    }
    return render(request, "peta_jabatan/ekspor.html", context, status=422 if error else 200)
