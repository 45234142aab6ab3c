"""Pages of the workload: the worklist, opening an ABK, the grid, posisi by posisi, checks and the workflow."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST

from penata.domain.beban_kerja import actions
from penata.domain.beban_kerja.kewajaran import TITLES
from penata.domain.beban_kerja.models import Abk
from penata.domain.beban_kerja.queries import ABK, Lembar, find_units, flags, may_fill
from penata.faces.backoffice.beban_kerja import sajian
from penata.faces.backoffice.beban_kerja.forms import BukaForm, KembalikanForm, TetapkanForm
from penata.faces.backoffice.beban_kerja.sheets import abk_or_404, sheet_or_404
from penata.faces.components.lists import list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.language import _
from penata.rulebook.legislation import NotInForceError

PAGE = 40  # lines shown at once


@screen(Permission.ABK_LIHAT)
def worklist(request: ScreenRequest) -> HttpResponse:
    """Show the ABK the reader may see."""
    return list_page(
        request, ABK, row_url=lambda key: reverse("abk_satu", args=[key]), template="beban_kerja/daftar.html",
        extra={"may_open": request.reader.may(Permission.ABK_ISI)},
    )  # fmt: skip


@screen(Permission.ABK_ISI)
def new(request: ScreenRequest) -> HttpResponse:
    """Open the ABK of a unit, and of the units below it when asked."""
    form = BukaForm(request.POST or None, reader=request.reader)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.create_abk(
                unit_id=data["unit"], tahun=data["tahun"], with_below=data["bawahan"], by=request.reader
            )
        except actions.AbkError as error:
            form.add_error(None, str(error))
        else:
            if len(made) > 1:
                messages.success(request, _("{n} ABK dibuka.").format(n=len(made)))
                return redirect("abk")
            return redirect("abk_satu", made[0].pk)
    return render(request, "beban_kerja/baru.html", {"form": form})


@screen(Permission.ABK_ISI)
def units(request: ScreenRequest) -> HttpResponse:
    """Suggest units while one types."""
    found = find_units(request.reader, Permission.ABK_ISI, request.GET.get("unit", "")[:100])
    return HttpResponse(format_html_join("", '<option value="{}"></option>', ((text,) for _id, text in found)))


@screen(Permission.ABK_LIHAT)
def one(request: ScreenRequest, abk_id: int) -> HttpResponse:
    """Show the grid of one ABK; its rows come by themselves."""
    return render(request, "beban_kerja/lembar.html", sheet_context(request, sheet_or_404(request, abk_id)))


@screen(Permission.ABK_LIHAT)
def checks(request: ScreenRequest, abk_id: int) -> HttpResponse:
    """Show everything that should be looked at again."""
    sheet = sheet_or_404(request, abk_id)
    found = flags(sheet)
    names = dict(sheet.hitungan.posisi.select("posisi_id", "jabatan").iter_rows())
    counts = found.group_by("kode", "level", maintain_order=True).len().rows()
    page = page_number(request)
    shown = found.slice((page - 1) * PAGE, PAGE).rows(named=True)
    extra = {"tanda": shown, "counts": counts, "nama": names, "hal": page, "lagi": page * PAGE < found.height}
    return render(request, "beban_kerja/pemeriksaan.html", {**sheet_context(request, sheet), **extra, "titles": TITLES})


@screen(Permission.ABK_LIHAT)
@require_POST
def move(request: ScreenRequest, abk_id: int, langkah: str) -> HttpResponse:
    """Take one step of the workflow."""
    abk = abk_or_404(request, abk_id)
    versi = whole(request.POST.get("versi"))
    steps: dict[str, tuple[Callable[..., Any], str]] = {
        "ajukan": (actions.submit_abk, _("ABK diajukan untuk diverifikasi.")),
        "tarik": (actions.withdraw_abk, _("Pengajuan ditarik; ABK dapat diubah lagi.")),
        "verifikasi": (actions.verify_abk, _("ABK diverifikasi; menunggu penetapan.")),
        "kembalikan": (actions.return_abk, _("ABK dikembalikan kepada penyusun.")),
        "hapus": (actions.delete_abk, _("ABK dihapus.")),
    }
    if langkah not in steps:
        raise Http404
    action, said = steps[langkah]
    more = {"catatan": request.POST.get("catatan", "")} if langkah == "kembalikan" else {}
    try:
        action(abk_id=abk.pk, versi=versi, by=request.reader, **more)
    except actions.IncompleteError as error:
        messages.error(request, str(error))
        return redirect("abk_pemeriksaan", abk_id)
    except actions.AbkError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
        if langkah == "hapus":
            return redirect("abk")
    return redirect("abk_satu", abk_id)


@screen(Permission.ABK_TETAPKAN)
def decree(request: ScreenRequest, abk_id: int) -> HttpResponse:
    """Put a verified ABK into force by a legal act."""
    sheet = sheet_or_404(request, abk_id)
    request.reader.require(Permission.ABK_TETAPKAN, sheet.abk.unit_id)
    form = TetapkanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            act = form.penetapan(request.reader)
            actions.record_penetapan(
                abk_id=abk_id, versi=whole(request.POST.get("versi")), penetapan_id=act.pk,
                mulai=form.cleaned_data["mulai"], by=request.reader,
            )  # fmt: skip
        except actions.AbkError as error:
            form.add_error(None, str(error))
        except NotInForceError:
            form.add_error("mulai", _("Belum ada aturan ABK yang berlaku pada tanggal itu."))
        else:
            messages.success(request, _("ABK ditetapkan; kebutuhannya berlaku sejak tanggal itu."))
            return redirect("abk_satu", abk_id)
    return render(request, "beban_kerja/penetapan.html", {**sheet_context(request, sheet), "form": form})


def page_number(request: ScreenRequest) -> int:
    """Return which page of a long list is asked for."""
    raw = request.GET.get("hal", "1")
    return max(1, int(raw)) if raw.isdigit() and len(raw) < 6 else 1


def whole(text: str | None) -> int:
    """Return the whole number that a form brought; 0 for anything else."""
    return int(text) if text and text.isdigit() else 0


def sheet_context(request: ScreenRequest, sheet: Lembar) -> dict[str, Any]:
    """Return what every page of one ABK shows: its head, its figures and what the reader may do now."""
    return {
        "sheet": sheet,
        "abk": sheet.abk,
        "unit": sajian.unit(sheet),
        "tone": sajian.STATUS_TONE[sheet.abk.status],
        "heads": sajian.heads(),
        "may_fill": may_fill(sheet.abk, request.reader),
        "steps": _steps(sheet.abk, request.reader),
        "kembalikan": KembalikanForm(),
        "sajian": sajian,
    }


def _steps(abk: Abk, reader: Reader) -> set[str]:
    """Return the steps of the workflow that the reader may take now."""
    s = Abk.Status

    def may(permission: Permission) -> bool:
        return reader.may(permission) and abk.unit_id in reader.scope(permission)

    found = set()
    if may(Permission.ABK_ISI):
        found |= {"ajukan"} if abk.status in {s.DRAF, s.DIKEMBALIKAN} else set()
        found |= {"hapus"} if abk.status == s.DRAF else set()
        found |= {"tarik"} if abk.status == s.DIAJUKAN else set()
    if may(Permission.ABK_VERIFIKASI):
        found |= {"verifikasi"} if abk.status == s.DIAJUKAN and abk.pengaju_id != reader.user.pk else set()
        found |= {"kembalikan"} if abk.status in {s.DIAJUKAN, s.DIVERIFIKASI} else set()
    if may(Permission.ABK_TETAPKAN) and abk.status == s.DIVERIFIKASI and abk.pengaju_id != reader.user.pk:
        found.add("tetapkan")
    return found
