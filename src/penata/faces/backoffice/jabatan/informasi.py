"""Screens of informasi jabatan: the worklist, a new draft, one item after the other, the whole form, its PDF."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from penata.domain.jabatan.dokumen_informasi import informasi_pdf
from penata.domain.jabatan.informasi_actions import InformasiError, StaleError, copy_from, create_informasi, save_butir
from penata.domain.jabatan.informasi_butir import butir_of, find
from penata.domain.jabatan.informasi_queries import (
    BELUM,
    EDITABLE,
    INFORMASI,
    dikenal,
    find_informasi,
    langkah,
    sources,
    unit_name,
)
from penata.domain.jabatan.informasi_susunan import Butir
from penata.domain.jabatan.models import InformasiJabatan, Jabatan, PosisiMasa
from penata.domain.peraturan.queries import law
from penata.faces.backoffice.jabatan.forms import InformasiBaruForm
from penata.faces.backoffice.jabatan.isian import arranged, lembar, read_rows
from penata.faces.backoffice.jabatan.katalog import jabatan_or_404
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Ask, Selection
from penata.foundation.periods import in_force
from penata.language import _
from penata.rulebook.legislation import Law

WHOLE = "umum"  # for the jabatan wherever it stands
UNITS_OFFERED = 300


@screen(Permission.JABATAN_LIHAT)
def listed(request: ScreenRequest) -> HttpResponse:
    """Show the worklist."""
    reader = request.reader
    lacking_count = Selection(BELUM, reader, Ask()).count() if reader.may(Permission.JABATAN_ISI) else 0
    return list_page(
        request, INFORMASI, row_url=lambda key: reverse("informasi_satu", args=(key,)),
        template="jabatan/informasi_daftar.html", extra={"lacking_count": lacking_count},
    )  # fmt: skip


@screen(Permission.JABATAN_ISI)
def lacking(request: ScreenRequest) -> HttpResponse:
    """Show what has no informasi jabatan yet."""
    return list_page(request, BELUM, row_url=lambda key: reverse("informasi_baru_posisi", args=(key,)))


@screen(Permission.JABATAN_ISI)
def create_for_posisi(request: ScreenRequest, masa_id: int) -> HttpResponseRedirect:
    """Go on to a new form for the jabatan and unit of a posisi."""
    scope = request.reader.scope(Permission.JABATAN_ISI).filter("unit_id")
    masa = found_or_404(PosisiMasa.objects.filter(scope, pk=masa_id).first())
    return redirect(f"{reverse('informasi_baru', args=(masa.jabatan_id,))}?unit={masa.unit_id}")


@screen(Permission.JABATAN_ISI)
def create(request: ScreenRequest, jabatan_id: int) -> HttpResponse:
    """Begin a form for a jabatan in a unit."""
    reader, jabatan = request.reader, jabatan_or_404(jabatan_id)
    units = _units(reader, jabatan)
    if not units:
        raise Http404
    offered = [(str(s.id), f"{s.jabatan} · {s.unit or _('semua unit')} · {s.status}") for s in sources(reader, jabatan)]
    form = InformasiBaruForm(
        request.POST or None, units=units, sources=offered, initial={"unit": request.GET.get("unit", "")}
    )
    if request.method == "POST" and form.is_valid():
        unit, sumber = form.cleaned_data["unit"], form.cleaned_data["sumber"]
        try:
            made = create_informasi(
                jabatan_id=jabatan.pk, unit_id=None if unit == WHOLE else int(unit), by=reader,
                sumber_id=int(sumber) if sumber else None,
            )  # fmt: skip
        except InformasiError as error:
            form.add_error("unit", str(error))
        else:
            return redirect("informasi_satu", pk=made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "jabatan/informasi_baru.html", {"form": form, "jabatan": jabatan}, status=status)


def _units(reader: Reader, jabatan: Jabatan) -> list[tuple[str, str]]:
    scope = reader.scope(Permission.JABATAN_ISI)
    rows = PosisiMasa.objects.filter(in_force(reader.as_of), scope.filter("unit_id"), jabatan=jabatan)
    named = rows.annotate(nama=unit_name(reader)).order_by("nama", "unit_id")
    found = named.values_list("unit_id", "nama").distinct()[:UNITS_OFFERED]
    whole = [(WHOLE, _("Semua unit yang memiliki jabatan ini"))] if scope.whole else []
    return [*((str(pk), nama) for pk, nama in found), *whole]


@screen(Permission.JABATAN_LIHAT)
def detail(request: ScreenRequest, pk: int) -> HttpResponse:
    """Show the whole form, and what can be done with it."""
    informasi = informasi_or_404(request, pk)
    today = law(request.reader.today)
    known = dikenal(informasi, request.reader)
    scope = {p: informasi.unit_id in request.reader.scope(p) for p in (
        Permission.JABATAN_ISI, Permission.JABATAN_VERIFIKASI, Permission.JABATAN_TETAPKAN
    )}  # fmt: skip
    other = informasi.pengaju_id != request.reader.user.pk  # who hands in neither verifies nor sets
    context = _frame(informasi, known, today) | {
        "sheets": {b.kode: lembar(b, informasi.isi, today) for b in butir_of(today)},
        "may_edit": scope[Permission.JABATAN_ISI] and informasi.status in EDITABLE,
        "may_verify": other and scope[Permission.JABATAN_VERIFIKASI] and informasi.status == "diajukan",
        "may_return": scope[Permission.JABATAN_VERIFIKASI] and informasi.status in {"diajukan", "diverifikasi"},
        "may_set": other and scope[Permission.JABATAN_TETAPKAN] and informasi.status == "diverifikasi",
        "may_revise": scope[Permission.JABATAN_ISI] and informasi.status == "ditetapkan",
    }
    return render(request, "jabatan/informasi.html", context)


@screen(Permission.JABATAN_LIHAT)
def item(request: ScreenRequest, pk: int, kode: str) -> HttpResponse:
    """Show one item, or keep what was typed into it."""
    informasi, today = informasi_or_404(request, pk), law(request.reader.today)
    butir: Butir = found_or_404(find(kode, today))
    if request.method == "POST":
        return _save_item(request, informasi, butir, today)
    return _item_page(request, informasi, butir, today, {})


def _save_item(request: ScreenRequest, informasi: InformasiJabatan, butir: Butir, today: Law) -> HttpResponse:
    act, versi = request.POST.get("aksi", ""), request.POST.get("versi", "")
    rows = arranged(read_rows(butir, request.POST), act)
    seen = None if act == "timpa" else int(versi) if versi.isdecimal() else 0
    try:
        saved = save_butir(informasi_id=informasi.pk, kode=butir.kode, rows=rows, versi=seen, by=request.reader)
    except InformasiError as error:
        stale = isinstance(error, StaleError) and informasi.status in EDITABLE
        clash = {"error": str(error), "stale": stale, "seen": versi}
        if request.htmx:
            context = clash | {"sheets": lembar(butir, informasi.isi, today), "informasi": informasi}
            return render(request, "jabatan/informasi_bentrok.html", context, status=409)
        return _item_page(request, informasi, butir, today, clash | {"typed": rows}, status=409)
    if request.htmx:
        context = _frame(saved, dikenal(saved, request.reader), today) | {"butir": butir, "now": timezone.now()}
        return render(request, "jabatan/informasi_tersimpan.html", context)
    return redirect(_after(saved, butir, act, today))


def _after(informasi: InformasiJabatan, butir: Butir, act: str, today: Law) -> str:
    """Return where to go after saving: the next item, the overview, or the same item with a row more."""
    what, _colon, rest = act.partition(":")
    order = [b.kode for b in butir_of(today)]
    place = order.index(butir.kode)
    if act == "lanjut":
        if place + 1 < len(order):
            return reverse("informasi_butir", args=(informasi.pk, order[place + 1]))
        return reverse("informasi_satu", args=(informasi.pk,))
    here = reverse("informasi_butir", args=(informasi.pk, butir.kode))
    return f"{here}?tambah={rest}#tabel-{rest}" if what == "tambah" and rest.isidentifier() else here


def _item_page(
    request: ScreenRequest, informasi: InformasiJabatan, butir: Butir, today: Law, clash: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    may_edit = informasi.status in EDITABLE and informasi.unit_id in request.reader.scope(Permission.JABATAN_ISI)
    context = _frame(informasi, dikenal(informasi, request.reader), today) | {
        "butir": butir,
        "sheets": lembar(butir, clash.get("typed", informasi.isi), today, request.GET.get("tambah", "")),
        "stored": lembar(butir, informasi.isi, today),
        "may_edit": may_edit and not butir.known,
        "seen": clash.get("seen", informasi.versi),  # overwriting what others wrote stays a choice
        "error": clash.get("error", ""),
        "stale": clash.get("stale", False),
    }
    return render(request, "jabatan/informasi_butir.html", context, status=status)


def _frame(informasi: InformasiJabatan, known: Any, today: Law) -> dict[str, Any]:
    butir = butir_of(today)
    steps = langkah(butir, informasi.isi, known, informasi.catatan_butir, today)
    return {
        "informasi": informasi, "known": known, "steps": steps, "total": len(butir),
        "complete": sum(step.complete for step in steps), "form_law": today.parameter("anjab.butir_informasi"),
    }  # fmt: skip


@screen(Permission.JABATAN_ISI)
def copy(request: ScreenRequest, pk: int) -> HttpResponse:
    """Offer the likest forms, or copy one."""
    informasi = informasi_or_404(request, pk)
    request.reader.require(Permission.JABATAN_ISI, informasi.unit_id)
    offered = sources(request.reader, informasi.jabatan, without=informasi.pk)
    if request.method != "POST":
        return render(request, "jabatan/informasi_salin.html", {"informasi": informasi, "offered": offered})
    chosen = next((s for s in offered if str(s.id) == request.POST.get("sumber")), None)
    if chosen is None:
        messages.error(request, _("Pilih informasi jabatan yang akan disalin."))
        return redirect("informasi_salin", pk=pk)
    try:
        touched = copy_from(informasi_id=pk, sumber_id=chosen.id, timpa="timpa" in request.POST, by=request.reader)
    except InformasiError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("{n} butir terisi dari {name}.").format(n=len(touched), name=chosen.jabatan))
    return redirect("informasi_satu", pk=pk)


@screen(Permission.JABATAN_LIHAT)
def pdf(request: ScreenRequest, pk: int) -> HttpResponse:
    """Send the official form."""
    informasi = informasi_or_404(request, pk)
    known = dikenal(informasi, request.reader)
    return pdf_response(informasi_pdf(informasi, known, law(request.reader.today)), f"informasi-jabatan-{pk}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF that the browser shows."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def informasi_or_404(request: ScreenRequest, pk: int) -> InformasiJabatan:
    """Return a form the reader may see."""
    informasi: InformasiJabatan = found_or_404(find_informasi(request.reader, pk))
    return informasi
