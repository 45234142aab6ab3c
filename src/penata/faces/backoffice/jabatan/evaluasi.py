"""Screens of evaluasi jabatan: the list, the worksheet whose kelas follows the levels chosen, its workflow, its PDF."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from penata.domain.jabatan.dokumen_evaluasi import evaluasi_pdf
from penata.domain.jabatan.evaluasi import Hitungan, has_situasi, hitung
from penata.domain.jabatan.evaluasi_actions import (
    MOST_SITUASI,
    EvaluasiError,
    StaleError,
    create_evaluasi,
    delete_evaluasi,
    return_evaluasi,
    save_evaluasi,
    set_evaluasi,
    submit_evaluasi,
)
from penata.domain.jabatan.evaluasi_queries import EVALUASI, find_evaluasi, pembanding
from penata.domain.jabatan.models import EvaluasiJabatan, PosisiMasa
from penata.domain.jabatan.queries import standing_in
from penata.domain.peraturan.queries import law
from penata.faces.backoffice.jabatan.forms import TetapkanEvaluasiForm
from penata.faces.backoffice.jabatan.informasi import pdf_response
from penata.faces.backoffice.jabatan.informasi_alur import posted_version
from penata.faces.backoffice.jabatan.katalog import jabatan_or_404
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.provenance import Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.periods import in_force
from penata.language import _, number


@screen(Permission.JABATAN_LIHAT)
def listed(request: ScreenRequest) -> HttpResponse:
    """Show the evaluations."""
    return list_page(
        request, EVALUASI, row_url=lambda key: reverse("evaluasi_satu", args=(key,)),
        template="jabatan/evaluasi_daftar.html",
    )  # fmt: skip


@screen(Permission.JABATAN_ISI)
@require_POST
def create(request: ScreenRequest, jabatan_id: int) -> HttpResponse:
    """Begin an evaluation of a jabatan."""
    jabatan_or_404(jabatan_id)
    try:
        made = create_evaluasi(jabatan_id=jabatan_id, by=request.reader)
    except EvaluasiError as error:
        messages.error(request, str(error))
        return redirect("jabatan_satu", pk=jabatan_id)
    return redirect("evaluasi_satu", pk=made.pk)


@screen(Permission.JABATAN_LIHAT)
def worksheet(request: ScreenRequest, pk: int) -> HttpResponse:
    """Show the worksheet, or keep what was chosen."""
    evaluasi = _evaluasi(request, pk)
    if request.method != "POST":
        return _page(request, evaluasi, _computed(request, evaluasi))
    act, faktor, count = request.POST.get("aksi", ""), read_faktor(request.POST), read_situasi(request.POST)
    seen = None if act == "timpa" else posted_version(request)
    try:
        saved = save_evaluasi(evaluasi_id=pk, faktor=faktor, situasi_khusus=count, versi=seen, by=request.reader)
    except EvaluasiError as error:
        stale = isinstance(error, StaleError) and evaluasi.status == "draf"
        clash = {"error": str(error), "stale": stale, "seen": posted_version(request)}
        done = hitung(evaluasi.jalur, faktor, count, law(request.reader.today))
        return _page(request, evaluasi, done, clash, status=409)
    if request.htmx:
        return _page(request, saved, _computed(request, saved))
    messages.success(request, _("Evaluasi tersimpan."))
    return redirect("evaluasi_satu", pk=pk)


def read_faktor(post: QueryDict) -> dict[str, dict[str, Any]]:
    """Return factor -> level and reason, as posted under ``tingkat.F1`` and ``alasan.F1``."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in post.items():
        head, _dot, kode = name.partition(".")
        if head == "tingkat" and kode:
            found.setdefault(kode, {})["tingkat"] = int(str(value)) if str(value).isdecimal() else None
        elif head == "alasan" and kode:
            found.setdefault(kode, {})["alasan"] = str(value)
    return found


def read_situasi(post: QueryDict) -> int:
    """Return the number of special situations posted."""
    text = post.get("situasi_khusus", "")
    return min(int(text), MOST_SITUASI) if text.isdecimal() else 0


def _page(
    request: ScreenRequest, evaluasi: EvaluasiJabatan, done: Hitungan, clash: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    reader = request.reader
    may_fill = reader.may(Permission.JABATAN_ISI) and standing_in(reader, Permission.JABATAN_ISI, evaluasi.jabatan_id)
    handed_in = evaluasi.status == "diajukan"
    other = evaluasi.pengaju_id != reader.user.pk  # who hands in does not set
    context = {
        "evaluasi": evaluasi, "done": done, "error": "", "stale": False, "seen": evaluasi.versi,
        "has_situasi": has_situasi(evaluasi.jalur), "most_situasi": MOST_SITUASI,
        "may_edit": may_fill and evaluasi.status == "draf",
        "may_return": handed_in and None in reader.scope(Permission.JABATAN_VERIFIKASI),
        "may_set": handed_in and other and None in reader.scope(Permission.JABATAN_TETAPKAN),
    } | (clash or {})  # fmt: skip
    if request.htmx:
        return render(request, "jabatan/evaluasi_hasil.html", context, status=status)
    context |= {"compared": pembanding(evaluasi.jabatan)}
    return render(request, "jabatan/evaluasi.html", context, status=status)


@screen(Permission.JABATAN_LIHAT)
def origin(request: ScreenRequest, pk: int) -> HttpResponse:
    """Say how points and kelas follow from the levels."""
    evaluasi = _evaluasi(request, pk)
    done = _computed(request, evaluasi)
    asal = Asal(
        title=_("Kelas jabatan hasil evaluasi"),
        value="–" if done.kelas is None else str(done.kelas),
        formula=_("Nilai semua faktor dijumlahkan; kelas dibaca dari rentang nilai, tanpa interpolasi."),
        steps=done.steps,
        inputs=[Input(f"{f.kode} {f.nama}", "–" if f.poin is None else number(f.poin), f.alasan) for f in done.faktor],
        parameters=done.parameters,
    )
    return drawer(request, asal)


@screen(Permission.JABATAN_LIHAT)
def pdf(request: ScreenRequest, pk: int) -> HttpResponse:
    """Send the official form."""
    evaluasi = _evaluasi(request, pk)
    return pdf_response(evaluasi_pdf(evaluasi, _computed(request, evaluasi)), f"evaluasi-jabatan-{pk}.pdf")


@screen(Permission.JABATAN_ISI)
@require_POST
def submit(request: ScreenRequest, pk: int) -> HttpResponse:
    """Keep what the worksheet shows and hand the evaluation in."""
    _evaluasi(request, pk)
    try:
        saved = save_evaluasi(
            evaluasi_id=pk, faktor=read_faktor(request.POST), situasi_khusus=read_situasi(request.POST),
            versi=posted_version(request), by=request.reader,
        )  # fmt: skip
        submit_evaluasi(evaluasi_id=pk, versi=saved.versi, by=request.reader)
    except EvaluasiError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Evaluasi diajukan untuk ditetapkan."))
    return redirect("evaluasi_satu", pk=pk)


@screen(Permission.JABATAN_VERIFIKASI)
@require_POST
def send_back(request: ScreenRequest, pk: int) -> HttpResponse:
    """Give the evaluation back."""
    return _do(
        request, pk, _("Evaluasi dikembalikan dengan catatan."),
        lambda: return_evaluasi(
            evaluasi_id=pk, versi=posted_version(request), catatan=request.POST.get("catatan", ""), by=request.reader
        ),
    )  # fmt: skip


@screen(Permission.JABATAN_ISI)
@require_POST
def delete(request: ScreenRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    _evaluasi(request, pk)
    try:
        delete_evaluasi(evaluasi_id=pk, versi=posted_version(request), by=request.reader)
    except EvaluasiError as error:
        messages.error(request, str(error))
        return redirect("evaluasi_satu", pk=pk)
    messages.success(request, _("Draf evaluasi dihapus."))
    return redirect("evaluasi_jabatan")


@screen(Permission.JABATAN_TETAPKAN)
def establish(request: ScreenRequest, pk: int) -> HttpResponse:
    """Ask for the legal act and set the evaluation."""
    request.reader.require(Permission.JABATAN_TETAPKAN)
    evaluasi = _evaluasi(request, pk)
    posisi = PosisiMasa.objects.filter(in_force(request.reader.today), jabatan=evaluasi.jabatan_id).count()
    form = TetapkanEvaluasiForm(
        request.POST or None, request.FILES or None, posisi=posisi, initial={"versi": evaluasi.versi}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _establish(request, pk, form)
        except EvaluasiError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Evaluasi ditetapkan; kelas jabatan diperbarui."))
            return redirect("evaluasi_satu", pk=pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "jabatan/evaluasi_tetapkan.html", {"form": form, "evaluasi": evaluasi}, status=status)


@transaction.atomic
def _establish(request: ScreenRequest, pk: int, form: TetapkanEvaluasiForm) -> EvaluasiJabatan:
    data = form.cleaned_data
    return set_evaluasi(
        evaluasi_id=pk, versi=data["versi"], penetapan_id=form.penetapan(request.reader).pk, mulai=data["mulai"],
        terapkan_posisi=data["terapkan_posisi"], by=request.reader,
    )  # fmt: skip


def _evaluasi(request: ScreenRequest, pk: int) -> EvaluasiJabatan:
    evaluasi: EvaluasiJabatan = found_or_404(find_evaluasi(request.reader, pk))
    return evaluasi


def _computed(request: ScreenRequest, evaluasi: EvaluasiJabatan) -> Hitungan:
    basis = law(evaluasi.mulai or request.reader.today)
    return hitung(evaluasi.jalur, evaluasi.faktor, evaluasi.situasi_khusus, basis)


def _do(request: ScreenRequest, pk: int, done: str, act: Callable[[], EvaluasiJabatan]) -> HttpResponse:
    """Run one act on an evaluation the reader may see and say what came of it."""
    _evaluasi(request, pk)
    try:
        act()
    except EvaluasiError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("evaluasi_satu", pk=pk)
