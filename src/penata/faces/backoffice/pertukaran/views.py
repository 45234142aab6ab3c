"""Imports: the history, a new one, one from reading to undo, and what its titles mean."""

import csv
from collections.abc import Iterator
from io import StringIO

import polars as pl
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from penata.domain.pertukaran import queries, uploads
from penata.domain.pertukaran.actions import ImporError
from penata.domain.pertukaran.models import Impor
from penata.faces.backoffice.pertukaran.forms import UploadForm, said, sheet_choices
from penata.faces.components.exports import FORMULA
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.findings import SCHEMA
from penata.foundation.spreadsheet.marking import LIST_COLUMNS
from penata.language import _
from penata.snapshot.schema import TABLES

TONES = {
    "diterapkan": "baik", "pratinjau": "perlu", "ditolak": "buruk", "dibaca": "perlu", "menerapkan": "perlu",
    "mengurungkan": "perlu", "diurungkan": "", "dibuang": "",
}  # fmt: skip
GOING = {Impor.Status.DIBACA, Impor.Status.MENERAPKAN, Impor.Status.MENGURUNGKAN}


@screen(Permission.DATA_IMPOR)
def history(request: ScreenRequest) -> HttpResponse:
    """Show the imports one may see."""
    return list_page(
        request, queries.IMPOR, row_url=lambda key: reverse("impor", args=[key]), template="pertukaran/riwayat.html"
    )


@screen(Permission.DATA_IMPOR)
def new(request: ScreenRequest) -> HttpResponseBase:
    """Take files in and have them read."""
    form = UploadForm(request.POST or None, request.FILES or None, reader=request.reader)
    if request.method == "POST" and form.is_valid():
        act = form.penetapan_if_any(request.reader)
        try:
            impor = uploads.create_impor(
                files=form.cleaned_data["berkas"], per=form.cleaned_data["per"], penetapan_id=act.pk if act else None,
                langsung=form.cleaned_data.get("langsung", False), by=request.reader,
            )  # fmt: skip
            return redirect("impor", impor.pk)
        except ImporError as error:
            form.add_error("berkas", str(error))
    return render(request, "pertukaran/baru.html", {"form": form}, status=422 if form.is_bound else 200)


@screen(Permission.DATA_IMPOR)
def one(request: ScreenRequest, key: int) -> HttpResponse:
    """Show one import as it stands: being read, its preview, or what it did."""
    impor = _found(request, key)
    state = uploads.state_of(impor)
    work = impor.pekerjaan
    context = {
        "impor": impor, "state": state, "tone": TONES.get(state, ""), "going": state in GOING, "row": work,
        "own_work": work is not None and work.pemilik_id == request.user.pk,
        "may": queries.may_act(request.reader, impor), "told": impor.ringkasan, "marked": impor.marked.exists(),
        "titles": {name: table.title for name, table in TABLES.items()},
        "trouble": impor.pesan or (work.galat if work and state != impor.status else ""),
        "chain": impor.peristiwa_id if request.reader.may(Permission.AUDIT_LIHAT) else None,
    }  # fmt: skip
    return render(request, "pertukaran/impor.html", context)


@screen(Permission.DATA_IMPOR)
def mapping(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Ask what the titles of the sheets mean, and read again."""
    impor = _found(request, key)
    sheets = impor.ringkasan.get("lembar", [])
    choices = sheet_choices(sheets, request.POST.dict())
    trouble = ""
    if "simpan" in request.POST:
        try:
            uploads.map_titles(impor_id=key, lembar=said(choices, sheets), by=request.reader)
            return redirect("impor", key)
        except ImporError as error:
            trouble = str(error)
    context = {"impor": impor, "sheets": choices, "tables": TABLES, "trouble": trouble}
    return render(request, "pertukaran/pemetaan.html", context, status=422 if trouble else 200)


@require_POST
@screen(Permission.DATA_IMPOR)
def read_again(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Read the files once more against the data of now."""
    _found(request, key)
    return _done(request, key, lambda: uploads.reread(impor_id=key, by=request.reader))


@require_POST
@screen(Permission.DATA_IMPOR)
def apply(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Put the preview into effect."""
    _found(request, key)
    lanjut, isi = bool(request.POST.get("lanjut")), request.POST.get("isi", "")
    return _done(request, key, lambda: uploads.confirm(impor_id=key, isi=isi, lanjut=lanjut, by=request.reader))


@require_POST
@screen(Permission.DATA_IMPOR)
def discard(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Throw the uploaded files away."""
    _found(request, key)
    return _done(request, key, lambda: uploads.discard(impor_id=key, by=request.reader))


@screen(Permission.DATA_IMPOR)
def undo(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Ask once more, then take the import back."""
    impor = _found(request, key)
    if request.method == "POST":
        return _done(request, key, lambda: uploads.ask_undo(impor_id=key, by=request.reader))
    if impor.status != Impor.Status.DITERAPKAN or not queries.may_act(request.reader, impor):
        return redirect("impor", key)
    return render(request, "pertukaran/urungkan.html", {"impor": impor})


@screen(Permission.DATA_IMPOR)
def marked(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Hand out the workbook to correct."""
    impor = _found(request, key)
    if not impor.marked.exists():
        raise Http404
    return FileResponse(impor.marked.open("rb"), as_attachment=True, filename=f"perbaikan-impor-{key}.xlsx")


@screen(Permission.DATA_IMPOR)
def findings(request: ScreenRequest, key: int) -> HttpResponseBase:
    """Hand out everything that was found as a list."""
    impor = _found(request, key)
    if not impor.findings.exists():
        raise Http404
    response = StreamingHttpResponse(_lines(pl.read_parquet(impor.findings)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="temuan-impor-{key}.csv"'
    return response


def _lines(found: pl.DataFrame) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["\ufeff" + _(LIST_COLUMNS[0][1]), *(_(title) for _name, title, _width in LIST_COLUMNS[1:])])
    names = [name for name, _title, _width in LIST_COLUMNS if name in SCHEMA]
    for row in found.select(names).iter_rows():
        # A cell that begins like a formula would be run by the spreadsheet that opens it.
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row])
        if buffer.tell() > 2**16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _found(request: ScreenRequest, key: int) -> Impor:
    found: Impor = found_or_404(queries.one(request.reader, key))
    return found


def _done(request: ScreenRequest, key: int, act: object) -> HttpResponseBase:
    assert callable(act)
    try:
        act()
    except ImporError as error:
        messages.error(request, str(error))
    return redirect("impor", key)
