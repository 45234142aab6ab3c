"""The workflow of an informasi jabatan: handed in, verified or given back, set, begun anew, thrown away."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from penata.domain.jabatan.informasi_actions import (
    IncompleteError,
    InformasiError,
    delete_draft,
    return_informasi,
    revise_informasi,
    set_informasi,
    submit_informasi,
    verify_informasi,
)
from penata.domain.jabatan.models import InformasiJabatan
from penata.faces.backoffice.jabatan.forms import TetapkanForm
from penata.faces.backoffice.jabatan.informasi import informasi_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _

PREFIX = "catatan-"  # of the fields with a note on one item


@screen(Permission.JABATAN_ISI)
@require_POST
def submit(request: ScreenRequest, pk: int) -> HttpResponse:
    """Hand the form in; what is missing is marked on the form."""
    informasi = informasi_or_404(request, pk)
    try:
        submit_informasi(informasi_id=pk, versi=posted_version(request), by=request.reader)
    except IncompleteError as error:
        context = {"informasi": informasi, "missing": error.butir, "error": str(error)}
        return render(request, "jabatan/informasi_kurang.html", context, status=422)
    except InformasiError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Diajukan untuk diverifikasi."))
    return redirect("informasi_satu", pk=pk)


@screen(Permission.JABATAN_VERIFIKASI)
@require_POST
def verify(request: ScreenRequest, pk: int) -> HttpResponse:
    """Confirm the form."""
    return _do(
        request, pk, _("Terverifikasi; menunggu penetapan."),
        lambda: verify_informasi(informasi_id=pk, versi=posted_version(request), by=request.reader),
    )  # fmt: skip


@screen(Permission.JABATAN_VERIFIKASI)
@require_POST
def send_back(request: ScreenRequest, pk: int) -> HttpResponse:
    """Give the form back with notes."""
    notes = {name.removeprefix(PREFIX): str(text) for name, text in request.POST.items() if name.startswith(PREFIX)}
    return _do(
        request, pk, _("Dikembalikan kepada penyusun dengan catatan."),
        lambda: return_informasi(
            informasi_id=pk, versi=posted_version(request), catatan=request.POST.get("catatan", ""),
            catatan_butir=notes, by=request.reader,
        ),
    )  # fmt: skip


@screen(Permission.JABATAN_TETAPKAN)
def establish(request: ScreenRequest, pk: int) -> HttpResponse:
    """Ask for the legal act and set the form."""
    informasi = informasi_or_404(request, pk)
    request.reader.require(Permission.JABATAN_TETAPKAN, informasi.unit_id)
    form = TetapkanForm(request.POST or None, request.FILES or None, initial={"versi": informasi.versi})
    if request.method == "POST" and form.is_valid():
        try:
            _establish(request, pk, form)
        except InformasiError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Informasi jabatan ditetapkan."))
            return redirect("informasi_satu", pk=pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "jabatan/informasi_tetapkan.html", {"form": form, "informasi": informasi}, status=status)


@transaction.atomic
def _establish(request: ScreenRequest, pk: int, form: TetapkanForm) -> InformasiJabatan:
    data = form.cleaned_data
    return set_informasi(
        informasi_id=pk, versi=data["versi"], penetapan_id=form.penetapan(request.reader).pk, mulai=data["mulai"],
        by=request.reader,
    )  # fmt: skip


@screen(Permission.JABATAN_ISI)
@require_POST
def revise(request: ScreenRequest, pk: int) -> HttpResponse:
    """Begin a new draft from the form in force."""
    informasi_or_404(request, pk)
    try:
        draft = revise_informasi(informasi_id=pk, by=request.reader)
    except InformasiError as error:
        messages.error(request, str(error))
        return redirect("informasi_satu", pk=pk)
    return redirect("informasi_satu", pk=draft.pk)


@screen(Permission.JABATAN_ISI)
@require_POST
def delete(request: ScreenRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    informasi_or_404(request, pk)
    try:
        delete_draft(informasi_id=pk, versi=posted_version(request), by=request.reader)
    except InformasiError as error:
        messages.error(request, str(error))
        return redirect("informasi_satu", pk=pk)
    messages.success(request, _("Draf dihapus."))
    return redirect("informasi_jabatan")


def posted_version(request: ScreenRequest) -> int:
    """Return the version the writer saw; none is no version that exists."""
    text = request.POST.get("versi", "")
    return int(text) if text.isdecimal() else 0


def _do(request: ScreenRequest, pk: int, done: str, act: Callable[[], InformasiJabatan]) -> HttpResponse:
    """Run one act on a form the reader may see and say what came of it."""
    informasi_or_404(request, pk)
    try:
        act()
    except InformasiError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("informasi_satu", pk=pk)
