"""Screens of the catalogue: the list, one jabatan, its form, and where its kelas comes from."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from penata.domain.jabatan.actions import JabatanError, change_jabatan, create_jabatan
from penata.domain.jabatan.evaluasi import hitung
from penata.domain.jabatan.evaluasi_queries import in_force_evaluasi, last_change_of_kelas
from penata.domain.jabatan.evaluasi_queries import visible as visible_evaluasi
from penata.domain.jabatan.informasi_queries import unit_name, visible
from penata.domain.jabatan.models import Jabatan
from penata.domain.jabatan.queries import JABATAN, kelompok_of, penyebaran, standing_in
from penata.domain.peraturan.queries import law
from penata.faces.backoffice.jabatan.forms import JabatanForm
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.provenance import Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _, day, number
from penata.snapshot.vocabulary import KOMPETENSI_INTI

INFORMASI_SHOWN = 20
CORE = {name: place for place, name in enumerate(KOMPETENSI_INTI)}


@screen(Permission.JABATAN_LIHAT)
def catalogue(request: ScreenRequest) -> HttpResponse:
    """Show the catalogue."""
    return list_page(
        request, JABATAN, row_url=lambda key: reverse("jabatan_satu", args=(key,)), template="jabatan/katalog.html",
        extra={"may_create": _may_set(request)},
    )  # fmt: skip


@screen(Permission.JABATAN_LIHAT)
def detail(request: ScreenRequest, pk: int) -> HttpResponse:
    """Show one jabatan: what it asks, where it stands, how it is described and evaluated."""
    reader, jabatan = request.reader, jabatan_or_404(pk)
    informasi = visible(reader).filter(jabatan=jabatan).annotate(nama_unit=unit_name(reader))
    standar = sorted(
        jabatan.standar.select_related("penetapan"), key=lambda row: (CORE.get(row.kompetensi, 99), row.kompetensi)
    )
    context = {
        "jabatan": jabatan,
        "penyebaran": penyebaran(reader, pk, request.GET.get("sesudah", "")),
        "standar": [(kelompok_of(row.kompetensi), row) for row in standar],
        "informasi": list(informasi.order_by("-diubah")[:INFORMASI_SHOWN]),
        "evaluasi": list(visible_evaluasi(reader).filter(jabatan=jabatan).order_by("-diubah")[:5]),
        "kunci_riwayat": jabatan.nama,
        "may_set": _may_set(request),
        "may_fill": reader.may(Permission.JABATAN_ISI) and standing_in(reader, Permission.JABATAN_ISI, pk),
    }
    return render(request, "jabatan/jabatan.html", context)


@screen(Permission.JABATAN_TETAPKAN)
def create(request: ScreenRequest) -> HttpResponse:
    """Add a jabatan."""
    request.reader.require(Permission.JABATAN_TETAPKAN)
    return _form_page(request, JabatanForm(request.POST or None, request.FILES or None), None)


@screen(Permission.JABATAN_TETAPKAN)
def change(request: ScreenRequest, pk: int) -> HttpResponse:
    """Change a jabatan."""
    request.reader.require(Permission.JABATAN_TETAPKAN)
    jabatan = jabatan_or_404(pk)
    form = JabatanForm(request.POST or None, request.FILES or None, initial=JabatanForm.initial_of(jabatan))
    return _form_page(request, form, jabatan)


def _form_page(request: ScreenRequest, form: JabatanForm, jabatan: Jabatan | None) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = _save(request, form, jabatan)
            except JabatanError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("{name} tersimpan.").format(name=saved.nama))
                return redirect("jabatan_satu", pk=saved.pk)
    return render(request, "jabatan/jabatan_isian.html", {"form": form, "jabatan": jabatan}, status=status)


@transaction.atomic
def _save(request: ScreenRequest, form: JabatanForm, jabatan: Jabatan | None) -> Jabatan:
    penetapan_id = form.penetapan(request.reader).pk
    if jabatan is None:
        return create_jabatan(values=form.cleaned_data, penetapan_id=penetapan_id, by=request.reader)
    return change_jabatan(
        jabatan_id=jabatan.pk, versi=form.cleaned_data["versi"] or 0, values=form.cleaned_data,
        penetapan_id=penetapan_id, by=request.reader,
    )  # fmt: skip


@screen(Permission.JABATAN_LIHAT)
def kelas_origin(request: ScreenRequest, pk: int) -> HttpResponse:
    """Say where the kelas of a jabatan comes from."""
    return drawer(request, _kelas_asal(request, jabatan_or_404(pk)))


def _kelas_asal(request: ScreenRequest, jabatan: Jabatan) -> Asal:
    title = _("Kelas jabatan {name}").format(name=jabatan.nama)
    value = "–" if jabatan.kelas is None else str(jabatan.kelas)
    evaluasi = in_force_evaluasi(jabatan.pk, request.reader)
    if evaluasi is not None and evaluasi.kelas == jabatan.kelas and evaluasi.mulai is not None:
        done = hitung(evaluasi.jalur, evaluasi.faktor, evaluasi.situasi_khusus, law(evaluasi.mulai))
        return Asal(
            title, value,
            _("Jumlah nilai seluruh faktor adalah {n}; nilai itu berada dalam rentang kelas {kelas}.").format(
                n=number(evaluasi.nilai or 0), kelas=value
            ),
            steps=done.steps, parameters=done.parameters,
            inputs=[
                Input(_("Penetapan"), str(evaluasi.penetapan), _("berlaku sejak {day}").format(day=day(evaluasi.mulai)))
            ],
            links=[(_("Buka evaluasi jabatan"), reverse("evaluasi_satu", args=(evaluasi.pk,)))],
        )  # fmt: skip
    event = last_change_of_kelas(jabatan)
    if event is None:
        return Asal(
            title, value, _("Diambil dari katalog jabatan sebagaimana diterima; belum ada evaluasi yang ditetapkan.")
        )
    basis = Input(_("Dasar"), event.dasar or _("tidak disebut"), f"{event.pelaku}, {day(event.waktu.date())}")
    return Asal(title, value, _("Ditulis pada katalog jabatan, tidak lewat evaluasi jabatan."), inputs=[basis])


def jabatan_or_404(pk: int) -> Jabatan:
    """Return a jabatan of the catalogue, which everybody may read."""
    jabatan: Jabatan = found_or_404(Jabatan.objects.filter(pk=pk).first())
    return jabatan


def _may_set(request: ScreenRequest) -> bool:
    return None in request.reader.scope(Permission.JABATAN_TETAPKAN)
