"""Reconciliation with SIASN: upload, table of differences, decisions, application, what SIASN must mend."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from penata.domain.organisasi.pilihan import units_offered
from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai import rekonsiliasi_actions as actions
from penata.domain.pegawai import rekonsiliasi_daftar as daftar
from penata.domain.pegawai.actions import PegawaiError
from penata.domain.pegawai.models import Rekonsiliasi
from penata.domain.pegawai.rekonsiliasi import JENIS_TITLES
from penata.faces.backoffice.pegawai.forms import UnggahForm
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.spreadsheet.book import Field, Look, Sheet, write_book
from penata.language import _

WRONG_SHOWN = 50


def _row(request: ScreenRequest, key: int) -> Rekonsiliasi:
    row: Rekonsiliasi = found_or_404(daftar.mine(request.reader).select_related("pemilik").filter(pk=key).first())
    return row


@screen(Permission.PEGAWAI_SUNTING)
def reconciliations(request: ScreenRequest) -> HttpResponse:
    """Show every reconciliation the reader may open."""
    return list_page(
        request, daftar.REKONSILIASI, template="pegawai/rekonsiliasi_daftar.html",
        row_url=lambda key: reverse("rekonsiliasi_satu", args=[key]),
    )  # fmt: skip


@screen(Permission.PEGAWAI_SUNTING)
def upload(request: ScreenRequest) -> HttpResponse:
    """Take an export and begin its comparison."""
    units = units_offered(request.reader, Permission.PEGAWAI_SUNTING)
    form = UnggahForm(request.POST or None, request.FILES or None, units=units)
    if form.is_bound and form.is_valid():
        codes = {node.kode: node.id for node in pohon(request.reader.as_of).by_id.values()}
        unit_id = codes.get(form.cleaned_data["unit"])
        _begun, work = actions.begin(berkas=form.cleaned_data["berkas"], unit_id=unit_id, by=request.reader)
        return redirect("pekerjaan_satu", work.pk)
    return render(request, "pegawai/rekonsiliasi_unggah.html", {"form": form})


@screen(Permission.PEGAWAI_SUNTING)
def reconciliation(request: ScreenRequest, key: int) -> HttpResponse:
    """Show one reconciliation: what was read, the differences by column and kind, cells that could not be read."""
    row = _row(request, key)
    lines = daftar.table(request.reader, row)
    seen = {kind for line in lines for kind in line.jenis}
    context: dict[str, Any] = {
        "row": row, "lines": lines, "kinds": [(str(k), _(t)) for k, t in JENIS_TITLES.items() if str(k) in seen],
        "salah": row.salah[:WRONG_SHOWN], "terbuka": sum(line.terbuka for line in lines),
        "diputuskan": sum(line.jumlah - line.terbuka for line in lines), "siap": row.status == Rekonsiliasi.Status.SIAP,
    }  # fmt: skip
    return render(request, "pegawai/rekonsiliasi.html", context)


@screen(Permission.PEGAWAI_SUNTING)
def differences(request: ScreenRequest) -> HttpResponse:
    """Show the differences one by one."""
    return list_page(
        request, daftar.SELISIH, template="pegawai/rekonsiliasi_selisih.html",
        row_url=lambda key: reverse("rekonsiliasi_selisih_satu", args=[key]),
    )  # fmt: skip


@screen(Permission.PEGAWAI_SUNTING)
def difference(request: ScreenRequest, key: int) -> HttpResponse:
    """Lead from one difference to all of its person."""
    rows = actions.reachable(request.reader).filter(rekonsiliasi__in=daftar.mine(request.reader), pk=key)
    found = found_or_404(rows.first())
    return redirect("rekonsiliasi_pegawai", found.rekonsiliasi_id, found.nip)


@screen(Permission.PEGAWAI_SUNTING)
def person(request: ScreenRequest, key: int, nip: str) -> HttpResponse:
    """Show and decide all differences of one person."""
    row = _row(request, key)
    found = found_or_404(daftar.of_person(request.reader, row, nip) or None)
    if request.method == "POST":
        return _decide_person(request, row, nip, [s.pk for s in found])
    return render(
        request, "pegawai/rekonsiliasi_pegawai.html",
        {"row": row, "found": found, "siap": row.status == Rekonsiliasi.Status.SIAP, "judul_kolom": daftar.column_title,
         "kinds": {str(k): _(t) for k, t in JENIS_TITLES.items()}},
    )  # fmt: skip


def _decide_person(request: ScreenRequest, row: Rekonsiliasi, nip: str, keys: list[int]) -> HttpResponse:
    reason = request.POST.get("alasan", "")
    for choice in (actions.AMBIL, actions.PERTAHANKAN, ""):
        chosen = [key for key in keys if request.POST.get(f"putusan-{key}") == choice]
        if chosen:
            try:
                actions.decide(
                    rekonsiliasi_id=row.pk, keputusan=choice, alasan=reason, selisih=chosen, by=request.reader
                )
            except PegawaiError as error:
                messages.error(request, str(error))
                return redirect("rekonsiliasi_pegawai", row.pk, nip)
    messages.success(request, _("Keputusan disimpan; belum ada yang diterapkan."))
    return redirect("rekonsiliasi_satu", row.pk)


@screen(Permission.PEGAWAI_SUNTING)
@require_POST
def decide_column(request: ScreenRequest, key: int) -> HttpResponse:
    """Decide about all differences of one column and kind at once."""
    row, asked = _row(request, key), request.POST
    try:
        n = actions.decide(
            rekonsiliasi_id=row.pk, by=request.reader, kolom=asked.get("kolom", ""), jenis=asked.get("jenis", ""),
            keputusan=asked.get("keputusan", ""), alasan=asked.get("alasan", ""),
        )  # fmt: skip
        messages.success(request, _("{n} selisih diputuskan; belum ada yang diterapkan.").format(n=n))
    except PegawaiError as error:
        messages.error(request, str(error))
    return redirect("rekonsiliasi_satu", row.pk)


@screen(Permission.PEGAWAI_SUNTING)
@require_POST
def apply(request: ScreenRequest, key: int) -> HttpResponse:
    """Apply what was decided, in the background."""
    row = _row(request, key)
    try:
        return redirect("pekerjaan_satu", actions.queue_apply(rekonsiliasi_id=row.pk, by=request.reader).pk)
    except PegawaiError as error:
        messages.error(request, str(error))
        return redirect("rekonsiliasi_satu", row.pk)


@screen(Permission.PEGAWAI_SUNTING)
@require_POST
def drop(request: ScreenRequest, key: int) -> HttpResponse:
    """Drop a reconciliation."""
    row = _row(request, key)
    try:
        actions.drop(rekonsiliasi_id=row.pk, by=request.reader)
        messages.success(request, _("Rekonsiliasi dibatalkan; tidak ada data yang berubah karenanya."))
    except PegawaiError as error:
        messages.error(request, str(error))
    return redirect("rekonsiliasi_satu", row.pk)


@screen(Permission.PEGAWAI_SUNTING)
def corrections(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Write the workbook of what SIASN must mend."""
    row = _row(request, key)
    fields = (
        Field("nip", "NIP", 21), Field("nama", "NAMA", 30), Field("kolom", "KOLOM", 22),
        Field("siasn", "NILAI SIASN", 26), Field("lokal", "NILAI YANG BENAR", 26),
        Field("alasan", "ALASAN", 40, Look.WRAP),
    )  # fmt: skip
    caption = _("Dibandingkan per {day}").format(day=row.per.strftime("%d-%m-%Y"))
    sheet = Sheet(
        "Perbaikan SIASN", _("Usul perbaikan data SIASN"), caption, daftar.corrections(request.reader, row), fields
    )
    with TemporaryDirectory(prefix="penata-") as folder:
        path = Path(folder) / "perbaikan.xlsx"
        write_book(path, [sheet], author="Penata")
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"perbaikan-siasn-{row.pk}.xlsx")
