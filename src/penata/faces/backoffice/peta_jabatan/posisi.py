"""The page of one posisi, and what may be done to it and to who holds it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from penata.domain.jabatan.models import PosisiMasa
from penata.domain.peta_jabatan import actions, holders
from penata.domain.peta_jabatan.actions import PosisiError
from penata.domain.peta_jabatan.posisi import findings_of, holds, masa_of, rincian
from penata.faces.backoffice.peta_jabatan.forms import (
    AkhiriForm,
    AngkatForm,
    LepasForm,
    PosisiBaruForm,
    PosisiForm,
)
from penata.faces.components.lists import found_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _


@screen(Permission.PETA_LIHAT)
def show(request: ScreenRequest, kode: str) -> HttpResponse:
    """Show one posisi."""
    detail = found_or_404(rincian(request.reader, kode))
    return render(request, "peta_jabatan/posisi.html", {"p": detail, **_rights(request, detail.masa)})


@screen(Permission.PETA_LIHAT)
def brief(request: ScreenRequest, kode: str) -> HttpResponse:
    """Show one posisi in the drawer of the map."""
    detail = found_or_404(rincian(request.reader, kode))
    if not request.htmx:
        return redirect("posisi", kode)
    findings = findings_of(request.reader, kode)
    return render(request, "peta_jabatan/ringkas.html", {"p": detail, "findings": findings})


@screen(Permission.PETA_LIHAT)
def findings(request: ScreenRequest, kode: str) -> HttpResponse:
    """Show what the checks of the map say of one posisi."""
    found_or_404(masa_of(request.reader, kode))
    context = {"findings": findings_of(request.reader, kode), "kode": kode}
    template = "peta_jabatan/temuan.html" if request.htmx else "peta_jabatan/temuan_halaman.html"
    return render(request, template, context)


@screen(Permission.ORGANISASI_SUNTING)
def create(request: ScreenRequest) -> HttpResponse:
    """Add a posisi."""
    first = {
        "mulai": request.reader.as_of,
        "status": "aktif",
        "unit": request.GET.get("unit", ""),
        "atasan": request.GET.get("atasan", ""),
    }
    form = PosisiBaruForm(request.POST or None, request.FILES or None, initial=first, as_of=request.reader.as_of)

    def act() -> HttpResponse:
        data = form.cleaned_data
        made = actions.create_posisi(
            kode=data["kode"], jabatan_id=data["jabatan"].pk, unit_id=data["unit"], isi=form.isi(), mulai=data["mulai"],
            penetapan_id=form.penetapan(request.reader).pk, by=request.reader,
        )  # fmt: skip
        messages.success(request, _("Posisi {kode} dibuat.").format(kode=made.kode))
        return redirect("posisi", made.kode)

    back = reverse("peta_jabatan")
    return _answer(
        request, form, act, {"title": _("Posisi baru"), "button": _("Buat posisi"), "back": back, "trail": []}
    )


@screen(Permission.ORGANISASI_SUNTING)
def change(request: ScreenRequest, kode: str) -> HttpResponse:
    """Change what a posisi is, from a day on."""
    masa = _editable(request, kode, Permission.ORGANISASI_SUNTING)
    first = {
        "mulai": request.reader.as_of, "kelas": masa.kelas, "kebutuhan": masa.kebutuhan, "status": masa.status,
        "kritis": bool(masa.kritis), "keterangan": masa.keterangan, "atasan": masa.atasan.kode if masa.atasan else "",
        "dilihat": actions.stamp(masa),
    }  # fmt: skip
    form = PosisiForm(request.POST or None, request.FILES or None, initial=first)

    def act() -> HttpResponse:
        actions.change_posisi(
            kode=kode, dilihat=form.cleaned_data["dilihat"], isi=form.isi(), mulai=form.cleaned_data["mulai"],
            penetapan_id=form.penetapan(request.reader).pk, by=request.reader,
        )  # fmt: skip
        messages.success(request, _("Perubahan disimpan."))
        return redirect("posisi", kode)

    return _answer(request, form, act, _about(masa, _("Ubah posisi"), _("Simpan perubahan")))


@screen(Permission.ORGANISASI_SUNTING)
def end(request: ScreenRequest, kode: str) -> HttpResponse:
    """Take a posisi off the map from a day on."""
    masa = _editable(request, kode, Permission.ORGANISASI_SUNTING)
    form = AkhiriForm(request.POST or None, request.FILES or None, initial={"selesai": request.reader.as_of})

    def act() -> HttpResponse:
        penetapan = form.penetapan(request.reader)
        actions.end_posisi(
            kode=kode, selesai=form.cleaned_data["selesai"], penetapan_id=penetapan.pk, by=request.reader
        )
        messages.success(request, _("Posisi {kode} diakhiri.").format(kode=kode))
        return redirect("peta_jabatan")

    return _answer(request, form, act, _about(masa, _("Akhiri posisi"), _("Akhiri posisi")))


@screen(Permission.PEGAWAI_SUNTING)
def appoint(request: ScreenRequest, kode: str) -> HttpResponse:
    """Let somebody hold a posisi."""
    masa = _editable(request, kode, Permission.PEGAWAI_SUNTING)
    form = AngkatForm(request.POST or None, request.FILES or None, initial={"mulai": request.reader.as_of})

    def act() -> HttpResponse:
        data = form.cleaned_data
        row = holders.appoint(
            kode=kode, nip=data["nip"], jenis=data["jenis"], mulai=data["mulai"], tmt=data["tmt"],
            nomor_sk=data["nomor_sk"], pindahkan=data["pindahkan"], penetapan_id=_act_id(form, request),
            by=request.reader,
        )  # fmt: skip
        messages.success(request, _("{nama} memangku posisi ini.").format(nama=row.pegawai.nama))
        return redirect("posisi", kode)

    return _answer(request, form, act, _about(masa, _("Angkat pemangku"), _("Angkat")))


@screen(Permission.PEGAWAI_SUNTING)
def release(request: ScreenRequest, kode: str, pemangku: int) -> HttpResponse:
    """Let a holder leave."""
    masa = _editable(request, kode, Permission.PEGAWAI_SUNTING)
    row = found_or_404(next((h for h in _detail(request, kode).pemangku if h.pk == pemangku), None))
    form = LepasForm(request.POST or None, request.FILES or None, initial={"selesai": request.reader.as_of})

    def act() -> HttpResponse:
        data = form.cleaned_data
        holders.release(
            pemangku_id=row.pk, selesai=data["selesai"], alasan=data["alasan"], penetapan_id=_act_id(form, request),
            by=request.reader,
        )  # fmt: skip
        messages.success(request, _("{nama} dilepas dari posisi ini.").format(nama=row.pegawai.nama))
        return redirect("posisi", kode)

    title = _("Lepaskan {nama}").format(nama=row.pegawai.nama)
    return _answer(request, form, act, _about(masa, title, _("Lepaskan")))


def _answer(
    request: ScreenRequest, form: Form, act: Callable[[], HttpResponse], context: dict[str, Any]
) -> HttpResponse:
    """Act if the form is whole; else, or when the act is refused, show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except PosisiError as error:
            form.add_error(None, str(error))
    status = 422 if form.errors else 200
    return render(request, "peta_jabatan/formulir.html", {"form": form, **context}, status=status)


def _editable(request: ScreenRequest, kode: str, permission: Permission) -> PosisiMasa:
    """Return the period in force; 404 where the reader may not change it, or it is not in force."""
    masa = masa_of(request.reader, kode)
    if masa is None or not holds(masa, request.reader.as_of) or masa.unit_id not in request.reader.scope(permission):
        raise Http404
    return masa


def _detail(request: ScreenRequest, kode: str) -> Any:
    return found_or_404(rincian(request.reader, kode))


def _act_id(form: AngkatForm | LepasForm, request: ScreenRequest) -> int | None:
    act = form.penetapan_if_any(request.reader)
    return act.pk if act else None


def _about(masa: PosisiMasa, title: str, button: str) -> dict[str, Any]:
    page = reverse("posisi", args=[masa.posisi.kode])
    name = f"{masa.jabatan.nama} ({masa.posisi.kode})"
    return {"title": title, "button": button, "back": page, "trail": [(name, page)]}


def _rights(request: ScreenRequest, masa: PosisiMasa) -> dict[str, bool]:
    reader = request.reader
    now = holds(masa, reader.as_of)
    return {
        "may_edit": now and masa.unit_id in reader.scope(Permission.ORGANISASI_SUNTING),
        "may_appoint": now and masa.unit_id in reader.scope(Permission.PEGAWAI_SUNTING),
    }
