"""Legal acts: the list, a new one, one with everything that rests on it, and its text."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from penata.domain.organisasi.models import Penetapan
from penata.domain.organisasi.queries import PENETAPAN
from penata.domain.organisasi.rincian import REST, acts_on, may_open_file, resting_on
from penata.faces.backoffice.organisasi.forms import ActForm
from penata.faces.backoffice.organisasi.views import aksi_title
from penata.faces.components.lists import list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import N_, _

KINDS = {  # what may rest on a legal act: its title and the address of one of it
    "unit": (N_("Unit"), "unit"),
    "posisi": (N_("Posisi"), "posisi"),
    "pemangku": (N_("Pemangku"), "pegawai_profil"),
    "abk": (N_("Analisis beban kerja"), "abk_satu"),
    "rancangan": (N_("Rancangan penataan"), "rancangan"),
}


@screen(Permission.ORGANISASI_LIHAT)
def act_list(request: ScreenRequest) -> HttpResponse:
    """Show the legal acts."""
    extra = {"editable": request.reader.may(Permission.ORGANISASI_SUNTING)}
    return list_page(
        request, PENETAPAN, row_url=lambda key: reverse("penetapan", args=[key]),
        template="organisasi/penetapan_daftar.html", extra=extra,
    )  # fmt: skip


@screen(Permission.ORGANISASI_SUNTING)
def act_new(request: ScreenRequest) -> HttpResponse:
    """Write a legal act down."""
    form = ActForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        act = form.penetapan(request.reader)
        messages.success(request, _("Penetapan {act} tercatat.").format(act=act))
        return redirect("penetapan", act.pk)
    context = {
        "form": form, "title": _("Catat penetapan"), "button": _("Catat penetapan"),
        "back": reverse("penetapan_daftar"),
    }  # fmt: skip
    return render(request, "organisasi/formulir.html", context, status=422 if form.is_bound else 200)


@screen(Permission.ORGANISASI_LIHAT)
def act_one(request: ScreenRequest, key: int) -> HttpResponse:
    """Show one legal act with everything that rests on it."""
    act = get_object_or_404(Penetapan, pk=key)
    context = {
        "act": act, "resting": resting_on(act, request.reader), "kinds": KINDS, "most": REST,
        "acts": acts_on("penetapan", str(act.pk)), "judul_aksi": aksi_title,
        "openable": bool(act.berkas) and may_open_file(act, request.reader),
    }  # fmt: skip
    return render(request, "organisasi/penetapan.html", context)


@screen(Permission.PEGAWAI_LIHAT)
def act_file(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Hand out the text of an act to whoever may see all the people it names."""
    act = get_object_or_404(Penetapan, pk=key)
    if not act.berkas or not may_open_file(act, request.reader):
        raise Http404
    return FileResponse(act.berkas.open("rb"), as_attachment=True, filename=act.berkas.name.rsplit("/", 1)[-1])
