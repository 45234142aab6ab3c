"""Drafts of a reorganisation: the list, the editor, the comparison, and the way to the decision."""

from collections.abc import Callable
from typing import Any

import polars as pl
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from penata.domain.organisasi import reorganisasi as draft
from penata.domain.organisasi.errors import OrganisasiError
from penata.domain.organisasi.models import Rancangan
from penata.domain.organisasi.queries import RANCANGAN, drafts
from penata.domain.organisasi.reorganisasi_banding import SIGNS, Banding, compare
from penata.domain.organisasi.reorganisasi_berlaku import enforce_rancangan
from penata.domain.organisasi.reorganisasi_kalimat import sentences
from penata.domain.organisasi.reorganisasi_uji import RUANG, base_day, tried
from penata.domain.organisasi.rincian import acts_on
from penata.domain.peraturan.queries import law
from penata.faces.backoffice.organisasi.forms import DraftForm, EnforceForm, NoteForm
from penata.faces.backoffice.organisasi.rancangan_forms import FORMS, GROUPS, NAMES, SplitForm
from penata.faces.backoffice.organisasi.views import SUGGESTIONS, aksi_title, asked_text
from penata.faces.components.lists import list_page
from penata.faces.components.provenance import Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.faces.components.templating import number, signed
from penata.foundation.access.permissions import Permission
from penata.foundation.audit.record import revision
from penata.foundation.memo import remember
from penata.language import N_, _

LIHAT, SUNTING, TETAPKAN = Permission.RANCANGAN_LIHAT, Permission.ORGANISASI_SUNTING, Permission.ORGANISASI_TETAPKAN
STEPS = 80  # edits on one page of the editor
PEOPLE = 40  # people on one page of the comparison
FIGURES = {  # column, title, formula, note
    "bezetting": (
        "b",
        N_("Bezetting sesudah perubahan"), N_("Jumlah pemangku definitif semua posisi sesudah perubahan"),
        N_("Plt dan Plh tidak dihitung. Masukan memuat perangkat daerah yang angkanya berubah."),
    ),
    "kebutuhan": (
        "k",
        N_("Kebutuhan sesudah perubahan"), N_("Jumlah kebutuhan semua posisi sesudah perubahan"),
        N_("Per posisi dari analisis beban kerja yang berlaku, selain itu kebutuhan yang ditetapkan pada peta."),
    ),
}  # fmt: skip
TONES = {"draf": "", "diajukan": "perlu", "berlaku": "baik", "dibatalkan": "buruk"}


@screen(LIHAT)
def draft_list(request: ScreenRequest) -> HttpResponse:
    """Show the drafts."""
    extra = {"editable": request.reader.may(SUNTING)}
    return list_page(
        request, RANCANGAN, row_url=lambda key: reverse("rancangan", args=[key]),
        template="organisasi/rancangan_daftar.html", extra=extra,
    )  # fmt: skip


@screen(SUNTING)
def draft_new(request: ScreenRequest) -> HttpResponse:
    """Begin a draft."""
    form = DraftForm(request.POST or None, initial={"mulai": request.reader.as_of})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        row = draft.create_rancangan(
            nama=data["nama"], mulai=data["mulai"], keterangan=data["keterangan"], by=request.reader
        )
        return redirect("rancangan", row.pk)
    return _form(request, form, _("Rancangan baru"), _("Buat rancangan"), reverse("rancangan_daftar"))


@screen(SUNTING)
def draft_change(request: ScreenRequest, key: int) -> HttpResponse:
    """Change name or day of a draft."""
    row = _row(request, key)
    initial = {"nama": row.nama, "mulai": row.mulai, "keterangan": row.keterangan, "versi": row.versi}
    form = DraftForm(request.POST or None, initial=initial)

    def act() -> None:
        data = form.cleaned_data
        draft.change_rancangan(
            rancangan_id=key, versi=data["versi"] or 0, nama=data["nama"], mulai=data["mulai"],
            keterangan=data["keterangan"], by=request.reader,
        )  # fmt: skip

    return _answer(request, row, form, act, (_("Ubah rancangan"), _("Simpan"), _("Rancangan disimpan.")))


@screen(LIHAT)
def draft_one(request: ScreenRequest, key: int) -> HttpResponse:
    """Show the editor: every edit as a sentence, with what stands in its way."""
    row = _row(request, key)
    uji = tried(row)
    said = sentences(uji)
    page = _page(request)
    first = (page - 1) * STEPS
    steps = [
        {"n": n, "said": said[n], "step": uji.steps[n], "error": str(uji.errors.get(n, ""))}
        for n in range(first, min(first + STEPS, len(said)))
    ]
    writable = row.status == Rancangan.Status.DRAF and request.reader.may(SUNTING)
    context = {
        "row": row, "steps": steps, "total": len(said), "errors": sorted(uji.errors), "page": page, "size": STEPS,
        "pages": -(-len(said) // STEPS), "writable": writable, "tones": TONES,
        "cancellable": row.status in draft.OPEN and request.reader.may(SUNTING),
        "decidable": row.status == Rancangan.Status.DIAJUKAN and None in request.reader.scope(TETAPKAN),
        "groups": [(title, [(slug, FORMS[slug]) for slug in slugs]) for title, slugs in GROUPS],
        "acts": acts_on("rancangan", str(row.pk)), "judul_aksi": aksi_title,
    }  # fmt: skip
    return render(request, "organisasi/rancangan.html", context)


@screen(SUNTING)
def draft_add(request: ScreenRequest, key: int, kind: str) -> HttpResponse:
    """Add an edit of one kind."""
    row = _row(request, key)
    if kind not in FORMS or row.status != Rancangan.Status.DRAF:
        raise Http404
    form = FORMS[kind](request.POST or None, uji=tried(row), key=key, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid() and getattr(form, "ready", True):
        try:
            edits = form.edits()
            row = draft.add_edits(
                rancangan_id=key, versi=_versi(request), edits=edits, kelompok=form.kelompok(), by=request.reader
            )
        except OrganisasiError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("{n} perubahan ditambahkan.").format(n=len(edits)))
            return redirect("rancangan", key)
    context = {
        "form": form, "row": row, "kind": kind, "title": _(form.title),
        "first": isinstance(form, SplitForm) and not form.ready,
    }  # fmt: skip
    return render(request, "organisasi/rancangan_tambah.html", context, status=422 if form.errors else 200)


@screen(SUNTING)
@require_POST
def draft_edit(request: ScreenRequest, key: int) -> HttpResponse:
    """Remove an edit, or put it one place up or down."""
    _row(request, key)
    common: dict[str, Any] = {"rancangan_id": key, "versi": _versi(request), "by": request.reader}
    try:
        for name in ("hapus", "hapus_kelompok", "naik", "turun"):
            if name in request.POST:
                place = int(request.POST[name])
                if name.startswith("hapus"):
                    draft.remove_edit(place=place, whole=name == "hapus_kelompok", **common)
                else:
                    draft.move_edit(place=place, to=place + (-1 if name == "naik" else 1), **common)
    except (OrganisasiError, ValueError) as error:
        messages.error(request, str(error) if isinstance(error, OrganisasiError) else _("Baris tidak dikenali."))
    return redirect("rancangan", key)


@screen(LIHAT)
def draft_suggest(request: ScreenRequest, key: int, table: str) -> HttpResponse:
    """Return what of the draft begins with or holds what is being typed, as options of a text field."""
    row = _row(request, key)
    if table not in NAMES:
        raise Http404
    text = asked_text(request)
    code, name = NAMES[table]
    found: list[tuple[str, str]] = []
    if text:
        frame = tried(row).tables[table]
        # By number: a code or name that is looked for as written, never as a pattern.
        inside = pl.concat_str(pl.col(code), pl.lit(" "), pl.col(name).fill_null("")).str.to_lowercase()
        rows = frame.filter(inside.str.contains(text, literal=True)).sort(code).head(SUGGESTIONS)
        found = list(rows.select(code, pl.col(name).alias("_nama")).iter_rows())
    return render(request, "organisasi/saran.html", {"options": found})


@screen(LIHAT)
def draft_compare(request: ScreenRequest, key: int) -> HttpResponse:
    """Show the agency before and after, the people affected, need and bezetting."""
    row = _row(request, key)
    banding = comparison(row)
    page = _page(request)
    people = banding.orang.slice((page - 1) * PEOPLE, PEOPLE).to_dicts()
    context = {
        "row": row, "day": base_day(row), "banding": banding, "people": people, "page": page,
        "pages": -(-banding.orang.height // PEOPLE),
        "angka": banding.angka.to_dicts(), "signs": SIGNS, "tones": TONES,
        "named": request.reader.scope(Permission.PEGAWAI_LIHAT).whole,
    }  # fmt: skip
    return render(request, "organisasi/rancangan_banding.html", context)


@screen(LIHAT)
def draft_origin(request: ScreenRequest, key: int, figure: str) -> HttpResponse:
    """Say where need or bezetting after the changes comes from."""
    row = _row(request, key)
    if figure not in FIGURES:
        raise Http404
    banding = comparison(row)
    column, *texts = FIGURES[figure]
    title, formula, note = (_(text) for text in texts)
    inputs = [
        Input(str(a["nama"] or a["unit"]), f"{number(a[column])} → {number(a[f'{column}_baru'])}", str(a["unit"]))
        for a in banding.angka.iter_rows(named=True)
    ]
    before, after = banding.jumlah[column], banding.jumlah[f"{column}_baru"]
    steps = [_("Semula {n}").format(n=number(before)), _("Selisih {n}").format(n=signed(after - before))]
    link = (_("Seluruh perubahan dalam rancangan"), reverse("rancangan", args=[key]))
    return drawer(request, Asal(title, number(after), formula, steps, inputs, note=note, links=[link]))


@screen(SUNTING)
@require_POST
def draft_submit(request: ScreenRequest, key: int) -> HttpResponse:
    """Hand the draft in."""
    _row(request, key)
    try:
        draft.submit_rancangan(rancangan_id=key, versi=_versi(request), by=request.reader)
    except OrganisasiError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Rancangan diajukan untuk ditetapkan."))
    return redirect("rancangan", key)


@screen(TETAPKAN)
def draft_return(request: ScreenRequest, key: int) -> HttpResponse:
    """Give the draft back."""
    row = _row(request, key)
    form = NoteForm(request.POST or None, initial={"versi": row.versi})

    def act() -> None:
        draft.return_rancangan(rancangan_id=key, by=request.reader, **form.cleaned_data)

    said = _("Rancangan dikembalikan kepada penyusunnya.")
    return _answer(request, row, form, act, (_("Kembalikan rancangan"), _("Kembalikan"), said))


@screen(SUNTING)
def draft_cancel(request: ScreenRequest, key: int) -> HttpResponse:
    """Give the draft up."""
    row = _row(request, key)
    form = NoteForm(request.POST or None, initial={"versi": row.versi})

    def act() -> None:
        draft.cancel_rancangan(rancangan_id=key, by=request.reader, **form.cleaned_data)

    return _answer(
        request, row, form, act, (_("Batalkan rancangan"), _("Batalkan rancangan"), _("Rancangan dibatalkan."))
    )


@screen(TETAPKAN)
def draft_enforce(request: ScreenRequest, key: int) -> HttpResponse:
    """Put the draft into force."""
    row = _row(request, key)
    form = EnforceForm(request.POST or None, request.FILES or None, initial={"versi": row.versi, "mulai": row.mulai})

    def act() -> None:
        data = form.cleaned_data
        enforce_rancangan(
            rancangan_id=key, versi=data["versi"], mulai=data["mulai"],
            penetapan_id=form.penetapan(request.reader).pk, by=request.reader,
        )  # fmt: skip

    said = _("Rancangan berlaku. Susunan, posisi dan pemangku berubah mulai hari itu.")
    return _answer(request, row, form, act, (_("Berlakukan rancangan"), _("Berlakukan"), said))


def comparison(row: Rancangan) -> Banding:
    """Return the comparison of a draft, remembered until draft, data or law change."""
    key = ("rancangan banding", row.pk, row.versi, row.mulai, revision(*RUANG, "peraturan"))
    return remember(key, lambda: compare(tried(row), law(row.mulai)))


def _row(request: ScreenRequest, key: int) -> Rancangan:
    found: Rancangan = get_object_or_404(drafts(request.reader).select_related("penyusun", "penetapan"), pk=key)
    return found


def _versi(request: ScreenRequest) -> int:
    text = request.POST.get("versi", "")
    return int(text) if text.isdecimal() else 0


def _page(request: ScreenRequest) -> int:
    text = request.GET.get("halaman", "1")
    return max(int(text), 1) if text.isdecimal() else 1


def _answer(
    request: ScreenRequest, row: Rancangan, form: forms.Form, act: Callable[[], None], texts: tuple[str, str, str]
) -> HttpResponse:
    title, button, said = texts
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except OrganisasiError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect("rancangan", row.pk)
    return _form(request, form, f"{title}: {row.nama}", button, reverse("rancangan", args=[row.pk]))


def _form(request: ScreenRequest, form: forms.Form, title: str, button: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "back": back}
    return render(request, "organisasi/formulir.html", context, status=422 if form.errors else 200)
