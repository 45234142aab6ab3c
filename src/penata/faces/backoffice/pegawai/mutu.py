"""Quality of the data: the worklist, the index per perangkat daerah and per person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from penata.domain.pegawai import mutu_daftar, mutu_segar
from penata.domain.pegawai.models import PenyegaranMutu
from penata.domain.pegawai.mutu import CHECKS, DIMENSI_TITLES, Bagian
from penata.domain.pegawai.profil import profil
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.tasks.run import start
from penata.language import _

WORST = 6  # perangkat daerah named above the worklist
FORMS = {
    Bagian.DATA: "pegawai_data_diri", Bagian.GOLONGAN: "pegawai_golongan", Bagian.PENDIDIKAN: "pegawai_pendidikan",
    Bagian.BERHENTI: "pegawai_berhenti",
}  # fmt: skip


@screen(Permission.PEGAWAI_LIHAT)
def worklist(request: ScreenRequest) -> HttpResponse:
    """Show the anomalies, with the index of the agency and its weakest parts above."""
    offices_ = mutu_daftar.per_kantor(request.reader)
    extra = {
        "ringkas": mutu_daftar.ringkas(offices_), "terendah": offices_[:WORST], "kantor": len(offices_),
        "dimensi": DIMENSI_TITLES, "penyegaran": PenyegaranMutu.objects.first(), "basi": mutu_segar.is_stale(),
        "boleh_periksa": request.reader.scope(Permission.PEGAWAI_SUNTING).whole,
    }  # fmt: skip
    return list_page(
        request, mutu_daftar.TEMUAN, template="pegawai/mutu.html", extra=extra,
        row_url=lambda key: reverse("mutu_temuan", args=[key]),
    )  # fmt: skip


@screen(Permission.PEGAWAI_LIHAT)
def offices(request: ScreenRequest) -> HttpResponse:
    """Show the index of every perangkat daerah, with the accounts that may mend its data."""
    rows = mutu_daftar.per_kantor(request.reader)
    reader = request.reader
    petugas = mutu_daftar.menders([row.kode for row in rows], reader.as_of, reader.today)
    return render(request, "pegawai/mutu_kantor.html", {"rows": rows, "dimensi": DIMENSI_TITLES, "petugas": petugas})


@screen(Permission.PEGAWAI_LIHAT)
def people(request: ScreenRequest) -> HttpResponse:
    """Show people by the quality of their data, the weakest first."""
    return list_page(
        request, mutu_daftar.INDEKS, template="pegawai/mutu_pegawai.html",
        row_url=lambda nip: reverse("pegawai_profil", args=[nip]) + "?bagian=mutu",
    )  # fmt: skip


@screen(Permission.PEGAWAI_LIHAT)
def mend(request: ScreenRequest, key: int) -> HttpResponse:
    """Lead to the form in which an anomaly is mended, or to the profile of whoever may only look."""
    row = found_or_404(mutu_daftar.temuan(request.reader).select_related("pegawai").filter(pk=key).first())
    found = profil(request.reader, row.pegawai.nip)
    form = FORMS.get(CHECKS[row.kode].bagian)
    if form and found and found.sunting:
        messages.info(request, row.pesan + " " + row.perbaikan)
        return redirect(form, row.pegawai.nip)
    return redirect(reverse("pegawai_profil", args=[row.pegawai.nip]) + "?bagian=mutu")


@screen(Permission.PEGAWAI_SUNTING)
@require_POST
def check_all(request: ScreenRequest) -> HttpResponse:
    """Check everybody anew in the background."""
    request.reader.require(Permission.PEGAWAI_SUNTING)
    work = start(
        "penata.domain.pegawai.mutu_segar:segarkan", judul=_("Memeriksa mutu data pegawai"), by=request.user,
        masukan={"per": request.reader.today.isoformat()}, alamat=reverse("mutu_data"),
    )  # fmt: skip
    return redirect("pekerjaan_satu", work.pk)
