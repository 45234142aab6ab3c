"""The map on the screen: frame, places of the boxes, their text, findings, search, list and indented table."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from penata.domain.organisasi.pilihan import units_offered
from penata.domain.organisasi.tree import Node, pohon
from penata.domain.peraturan.queries import law
from penata.domain.peta_jabatan import layar
from penata.domain.peta_jabatan.daftar import POSISI
from penata.domain.peta_jabatan.posisi import findings_on_map
from penata.domain.peta_jabatan.queries import agency_figures, unit_figures
from penata.domain.peta_jabatan.susunan import bagian
from penata.domain.peta_jabatan.tabel import table_page
from penata.faces.backoffice.peta_jabatan.forms import unit_by_code
from penata.faces.components.lists import list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.rulebook.abk import projection_years

LEVELS = range(1, 100)


def chosen_unit(request: ScreenRequest) -> Node | None:
    """Return the unit in the address bar, None for the whole; 404 for one outside the scope or not in force."""
    kode = request.GET.get("unit", "").strip()
    if not kode:
        return None
    found = unit_by_code(request.reader, kode)
    if found is None:
        raise Http404
    return pohon(request.reader.as_of).by_id[found]


def frame(request: ScreenRequest, unit: Node | None) -> dict[str, Any]:
    """Return what map and table have in common: the unit, its figures, the choice of units."""
    reader = request.reader
    figures = unit_figures(reader, [unit.id])[unit.id] if unit else agency_figures(reader)
    return {
        "unit": unit,
        "trail": pohon(reader.as_of).path(unit.id)[:-1] if unit else [],
        "figures": figures,
        "units": units_offered(reader, Permission.PETA_LIHAT),
        "query": f"?unit={unit.kode}" if unit else "",
        "may_edit": reader.may(Permission.ORGANISASI_SUNTING),
    }


@screen(Permission.PETA_LIHAT)
def show(request: ScreenRequest) -> HttpResponse:
    """Show the frame of the map; the drawing follows as data."""
    horizon = projection_years(law=law(request.reader.as_of))
    return render(request, "peta_jabatan/peta.html", frame(request, chosen_unit(request)) | {"horizon": horizon})


@screen(Permission.PETA_LIHAT)
def plan(request: ScreenRequest) -> JsonResponse:
    """Return where every box stands that shows, and what is written in the upper ones."""
    unit = chosen_unit(request)
    levels = request.GET.get("dalam", "")
    view = layar.View(
        int(levels) if levels.isdecimal() and int(levels) in LEVELS else None,
        frozenset(_numbers(request, "buka")),
        frozenset(_numbers(request, "tutup")),
        next(iter(_numbers(request, "fokus")), None),
    )
    return _data(layar.plan(request.reader, unit.id if unit else None, view))


@screen(Permission.PETA_LIHAT)
def texts(request: ScreenRequest) -> JsonResponse:
    """Return what is written in the boxes asked for."""
    unit = chosen_unit(request)
    return _data(layar.asked_texts(request.reader, unit.id if unit else None, list(_numbers(request, "id"))))


@screen(Permission.PETA_LIHAT)
def findings(request: ScreenRequest) -> JsonResponse:
    """Return which posisi of the unit have findings, and which codes."""
    unit = chosen_unit(request)
    return _data(findings_on_map(request.reader, unit.id if unit else None))


@screen(Permission.PETA_LIHAT)
def search(request: ScreenRequest) -> HttpResponse:
    """Show the posisi found, each with its superiors so that the map can open them."""
    unit = chosen_unit(request)
    text = request.GET.get("q", "").strip()[:100]
    hits = layar.find(request.reader, unit.id if unit else None, text)
    return render(request, "peta_jabatan/cari.html", {"hits": hits, "text": text, "most": layar.FOUND})


@screen(Permission.PETA_LIHAT)
def listed(request: ScreenRequest) -> HttpResponse:
    """Show the list of posisi."""
    extra = {"may_edit": request.reader.may(Permission.ORGANISASI_SUNTING), "query": ""}
    return list_page(
        request,
        POSISI,
        row_url=lambda kode: reverse("posisi", args=[kode]),
        template="peta_jabatan/daftar.html",
        extra=extra,
    )


@screen(Permission.PETA_LIHAT)
def table(request: ScreenRequest) -> HttpResponse:
    """Show the posisi in map order, indented, with what lies below each of them."""
    unit = chosen_unit(request)
    part = bagian(request.reader, unit.id if unit else None)
    page = table_page(part, request.GET.get("sesudah", ""))
    return render(request, "peta_jabatan/tabel.html", frame(request, unit) | {"page": page})


def _numbers(request: ScreenRequest, name: str) -> Iterable[int]:
    return (
        int(text)
        for text in request.GET.get(name, "").split(",")
        if text.isascii() and text.isdecimal() and len(text) < 19
    )


def _data(value: Any) -> JsonResponse:
    response = JsonResponse(value, safe=False, json_dumps_params={"separators": (",", ":"), "ensure_ascii": False})
    response["Cache-Control"] = "private, no-cache"
    return response
