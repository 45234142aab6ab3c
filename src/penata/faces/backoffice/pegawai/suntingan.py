"""Edits of one person: data, golongan, education, end of service."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from penata.domain.pegawai import actions
from penata.domain.pegawai.profil import Profil, profil
from penata.faces.backoffice.pegawai.forms import BerhentiForm, DataDiriForm, GolonganForm, PendidikanForm, VersionForm
from penata.faces.components.lists import found_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _


def _edited(request: ScreenRequest, nip: str) -> Profil:
    """Return the person to be edited, or answer 404 when the reader may not."""
    found: Profil = found_or_404(profil(request.reader, nip))
    return found_or_404(found if found.sunting else None)  # type: ignore[no-any-return]


def _form_page(
    request: ScreenRequest, found: Profil, form: VersionForm, title: str, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Show *form*, or do *act* with what it brings and return to the profile."""
    back = reverse("pegawai_profil", args=[found.pegawai.nip])
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except actions.PegawaiError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Data {nama} disimpan.").format(nama=found.pegawai.nama))
            return redirect(back if profil(request.reader, found.pegawai.nip) else reverse("pegawai"))
    return render(request, "pegawai/isian.html", {"profil": found, "form": form, "title": title, "kembali": back})


@screen(Permission.PEGAWAI_SUNTING)
def data_diri(request: ScreenRequest, nip: str) -> HttpResponse:
    """Edit the data of a person."""
    found = _edited(request, nip)
    form = DataDiriForm(request.POST or None, person=found.pegawai, private=found.pribadi)
    return _form_page(
        request, found, form, _("Ubah data diri"),
        lambda told: actions.update_data_diri(nip=nip, versi=told["versi"], data=form.data_diri(), by=request.reader),
    )  # fmt: skip


@screen(Permission.PEGAWAI_SUNTING)
def golongan(request: ScreenRequest, nip: str) -> HttpResponse:
    """Add a golongan."""
    found = _edited(request, nip)
    form = GolonganForm(request.POST or None, person=found.pegawai)
    return _form_page(
        request, found, form, _("Catat golongan"), lambda told: actions.add_golongan(nip=nip, by=request.reader, **told)
    )


@screen(Permission.PEGAWAI_SUNTING)
def pendidikan(request: ScreenRequest, nip: str) -> HttpResponse:
    """Add an education."""
    found = _edited(request, nip)
    form = PendidikanForm(request.POST or None, person=found.pegawai)
    return _form_page(
        request, found, form, _("Catat pendidikan"),
        lambda told: actions.add_pendidikan(nip=nip, by=request.reader, **told),
    )  # fmt: skip


@screen(Permission.PEGAWAI_SUNTING)
def berhenti(request: ScreenRequest, nip: str) -> HttpResponse:
    """Write down the end of service."""
    found = _edited(request, nip)
    form = BerhentiForm(request.POST or None, person=found.pegawai)
    return _form_page(
        request, found, form, _("Catat pemberhentian"),
        lambda told: actions.end_service(nip=nip, by=request.reader, **told),
    )  # fmt: skip
