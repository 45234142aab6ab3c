"""The register of people and the profile of one person."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from penata.domain.pegawai import pensiun, profil
from penata.domain.pegawai.mutu import CHECKS, DIMENSI_TITLES
from penata.domain.pegawai.profil import Profil
from penata.domain.pegawai.queries import PEGAWAI
from penata.domain.peraturan.queries import law
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.provenance import Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.faces.components.templating import day, number
from penata.foundation.access.permissions import Permission
from penata.language import N_, _

PARTS: dict[str, str] = {
    "data": N_("Data diri"),
    "jabatan": N_("Jabatan"),
    "golongan": N_("Golongan dan pendidikan"),
    "pengembangan": N_("Pelatihan dan kompetensi"),
    "kinerja": N_("Kinerja dan disiplin"),
    "minat": N_("Minat"),
    "mutu": N_("Mutu data"),
}


@screen(Permission.PEGAWAI_LIHAT)
def register(request: ScreenRequest) -> HttpResponse:
    """Show the register as of the day."""
    return list_page(
        request, PEGAWAI, template="pegawai/daftar.html", row_url=lambda nip: reverse("pegawai_profil", args=[nip])
    )


@screen(Permission.PEGAWAI_LIHAT_SENDIRI)
def profile(request: ScreenRequest, nip: str) -> HttpResponse:
    """Show one person: the own profile to everybody, others within scope."""
    found: Profil = found_or_404(profil.profil(request.reader, nip))
    part = request.GET.get("bagian", "data")
    if part not in PARTS:
        raise Http404
    context = {"profil": found, "bagian": part, "parts": PARTS, "mutu": profil.mutu(found.pegawai)}
    return render(request, "pegawai/profil.html", context | _ROWS[part](request, found))


def _jabatan(request: ScreenRequest, found: Profil) -> dict[str, Any]:
    held = profil.kursi(request.reader, found.pegawai)
    return {"kursi": held, "riwayat": profil.history(found.pegawai, "riwayat_jabatan", "-mulai", "jabatan")}


def _golongan(_request: ScreenRequest, found: Profil) -> dict[str, Any]:
    return {
        "golongan": profil.history(found.pegawai, "riwayat_golongan", "-tmt"),
        "pendidikan": profil.history(found.pegawai, "riwayat_pendidikan", "-tahun_lulus", "-pk"),
    }


def _pengembangan(request: ScreenRequest, found: Profil) -> dict[str, Any]:
    return {
        "pelatihan": profil.history(found.pegawai, "riwayat_pelatihan", "-tahun", "pelatihan"),
        "asesmen": profil.asesmen_rows(found.pegawai, request.reader.as_of),
        "teknis": profil.history(found.pegawai, "kompetensi_teknis", "kompetensi"),
    }


def _kinerja(_request: ScreenRequest, found: Profil) -> dict[str, Any]:
    disiplin = profil.history(found.pegawai, "hukuman_disiplin", "-mulai") if found.pribadi else ()
    return {"predikat": profil.history(found.pegawai, "predikat_kinerja", "-tahun"), "disiplin": disiplin}


def _minat(_request: ScreenRequest, found: Profil) -> dict[str, Any]:
    return {"minat": profil.history(found.pegawai, "minat", "urutan").select_related("posisi")}


def _mutu(_request: ScreenRequest, found: Profil) -> dict[str, Any]:
    rows = profil.history(found.pegawai, "temuan_mutu", "urut")
    return {"temuan": rows, "checks": CHECKS, "dimensi": DIMENSI_TITLES}


_ROWS: dict[str, Callable[[ScreenRequest, Profil], dict[str, Any]]] = {
    "data": lambda _request, _found: {}, "jabatan": _jabatan, "golongan": _golongan, "pengembangan": _pengembangan,
    "kinerja": _kinerja, "minat": _minat, "mutu": _mutu,
}  # fmt: skip


@screen(Permission.PEGAWAI_LIHAT_SENDIRI)
def pension_source(request: ScreenRequest, nip: str) -> HttpResponse:
    """Show where the pension date of one person comes from."""
    found: Profil = found_or_404(profil.profil(request.reader, nip))
    held = profil.jabatan_held(found)
    asal = pensiun.asal_pensiun(found.pegawai, held, found.jenis, found.jenjang, request.reader.as_of)
    return drawer(request, _pension(found, found_or_404(asal)))


def _pension(found: Profil, asal: pensiun.AsalPensiun) -> Asal:
    born_from = _("dari NIP") if asal.lahir_dari_nip else _("dari data diri")
    inputs = [
        Input(_("Tanggal lahir"), day(asal.lahir), born_from),
        Input(_("Jabatan"), asal.jabatan, f"{asal.jenis} {asal.jenjang}".strip()),
    ]
    if asal.khusus:
        inputs.append(Input(_("BUP khusus"), str(asal.bup), _("dari katalog jabatan")))
    return Asal(
        title=_("Tanggal pensiun {nama}").format(nama=found.pegawai.nama), value=day(asal.tanggal),
        formula=_("Hari pertama bulan setelah bulan pegawai mencapai BUP {bup} tahun.").format(bup=asal.bup),
        steps=asal.langkah, inputs=inputs, parameters=asal.parameter,
        note=_("BUP mengikuti jabatan yang dipangku, bukan golongan."),
    )  # fmt: skip


@screen(Permission.PEGAWAI_LIHAT_SENDIRI)
def quality_source(request: ScreenRequest, nip: str) -> HttpResponse:
    """Show where the quality index of one person comes from."""
    found: Profil = found_or_404(profil.profil(request.reader, nip))
    scores = profil.mutu(found.pegawai)
    weights = law(request.reader.as_of).parameter("mutu.bobot")
    values = {str(d): getattr(scores, str(d), None) for d in DIMENSI_TITLES}
    asal = Asal(
        title=_("Indeks mutu data {nama}").format(nama=found.pegawai.nama),
        value=number(scores.indeks if scores else None, 1),
        formula=_("Tiap dimensi: persentase pemeriksaan yang lulus dari yang dapat dinilai. "
                  "Indeks: rata-rata tertimbang dimensi yang dapat dinilai."),
        inputs=[
            Input(_(title), number(values[d], 1), _("bobot {b}").format(b=number(weights.value[d])))
            for d, title in DIMENSI_TITLES.items()
        ],
        note="" if scores else _("Data pegawai ini belum diperiksa."), parameters=[weights],
        links=[(_("Lihat temuannya"), reverse("pegawai_profil", args=[nip]) + "?bagian=mutu")],
    )  # fmt: skip
    return drawer(request, asal)
