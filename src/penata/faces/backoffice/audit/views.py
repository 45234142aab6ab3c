"""The log on the screen: list of acts, one act, history of one object, verification."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from penata.faces.backoffice.audit import history, queries
from penata.faces.backoffice.audit.objects import sight
from penata.faces.backoffice.audit.words import kind_title
from penata.faces.backoffice.audit.work import CAUSES, KIND
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.tasks.models import Pekerjaan
from penata.foundation.tasks.run import start
from penata.language import _

NOTED = re.compile(r"^\s*(\d+)\s*[: ]\s*([0-9a-f]{64})\s*$")


class VerificationForm(forms.Form):
    """Optionally the number and seal that somebody noted after an earlier verification."""

    catatan = forms.CharField(required=False, max_length=120)

    def clean_catatan(self) -> tuple[int, str] | None:
        """Return number and seal."""
        text = self.cleaned_data["catatan"]
        if not text.strip():
            return None
        if found := NOTED.match(text.lower()):
            return int(found[1]), found[2]
        raise forms.ValidationError(_("Tulis seperti hasil pemeriksaan: nomor, titik dua, lalu sidik 64 karakter."))


@screen(Permission.AUDIT_LIHAT)
def acts(request: ScreenRequest) -> HttpResponse:
    """Show the acts."""
    return list_page(
        request, queries.JEJAK, row_url=lambda key: reverse("jejak_satu", args=[key]), template="audit/jejak.html"
    )


@screen(Permission.AUDIT_LIHAT)
def act(request: ScreenRequest, nomor: int) -> HttpResponse:
    """Show one act with everything it changed."""
    found = found_or_404(queries.one(request.reader, nomor))
    private = request.reader.scope(Permission.PEGAWAI_PRIBADI).whole
    as_of = request.reader.as_of
    told = history.tell([found], {}, as_of=as_of, private=private)[0]
    changes = history.of_act(nomor, as_of=as_of, private=private, after=_number(request, "sesudah") or 0)
    return render(request, "audit/peristiwa.html", {"act": found, "told": told, "changes": changes})


@screen(Permission.BERANDA_LIHAT)
def of_object(request: ScreenRequest, jenis: str, objek_id: str) -> HttpResponse:
    """Show the history of one object to whoever may see the object."""
    seen = sight(request.reader, jenis, objek_id)
    if not seen.seen:
        raise Http404
    found = history.of_object(
        jenis, objek_id, as_of=request.reader.as_of, private=seen.private, before=_number(request, "sebelum")
    )
    context = {
        "jenis": jenis,
        "objek_id": objek_id,
        "kind": kind_title(jenis),
        "history": found,
        "first": "sebelum" not in request.GET,
        "may_open": request.reader.may(Permission.AUDIT_LIHAT),
    }
    fragment = bool(request.htmx) and request.htmx.target == "riwayat"
    return render(request, "audit/riwayat_isi.html" if fragment else "audit/riwayat.html", context)


@screen(Permission.AUDIT_LIHAT)
def verification(request: ScreenRequest) -> HttpResponse:
    """Show the last verifications and offer a new one."""
    return _verification(request, VerificationForm())


@require_POST
@screen(Permission.AUDIT_LIHAT)
def verify(request: ScreenRequest) -> HttpResponseBase:
    """Start a verification in the background."""
    form = VerificationForm(request.POST)
    if not form.is_valid():
        return _verification(request, form)
    noted = form.cleaned_data["catatan"]
    masukan: dict[str, Any] = {"nomor": noted[0], "sidik": noted[1]} if noted else {}
    start(
        KIND, judul=_("Pemeriksaan keutuhan jejak audit"), by=request.user, masukan=masukan,
        alamat=reverse("jejak_verifikasi"),
    )  # fmt: skip
    messages.success(request, _("Pemeriksaan dimulai. Hasilnya tampil di halaman ini."))
    return redirect("jejak_verifikasi")


def _verification(request: ScreenRequest, form: VerificationForm) -> HttpResponse:
    runs = Pekerjaan.objects.filter(jenis=KIND).select_related("pemilik").order_by("-dibuat")[:10]
    return render(request, "audit/verifikasi.html", {"form": form, "runs": list(runs), "causes": CAUSES})


def _number(request: ScreenRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
