"""Need by ratio beside the need of the ABK; the norms and the figures they divide."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from penata.domain.beban_kerja.actions import AbkError
from penata.domain.beban_kerja.models import RasioNilai, RasioNorma
from penata.domain.beban_kerja.rasio import norma_in_force, rasio_of
from penata.domain.beban_kerja.rasio_actions import end_norma, record_nilai, record_norma
from penata.domain.organisasi.tree import pohon
from penata.faces.backoffice.beban_kerja.forms import FIRST_YEAR, LAST_YEAR, AkhiriForm, NilaiForm, NormaForm
from penata.faces.components.provenance import EVIDENCE, Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.faces.components.templating import number
from penata.foundation.access.permissions import Permission
from penata.language import _
from penata.rulebook.legislation import Evidence

PAGE = 60


@screen(Permission.ABK_LIHAT)
def page(request: ScreenRequest) -> HttpResponse:
    """Show the need by ratio of every unit beside that of its ABK in force."""
    year, norm_id = _year(request), request.GET.get("norma", "")
    frame = rasio_of(request.reader, year)
    norms = norma_in_force(request.reader.as_of)
    if norm_id.isdigit():
        frame = frame.filter(frame["norma_id"] == int(norm_id))
    raw = request.GET.get("hal", "1")
    hal = max(1, int(raw)) if raw.isdigit() and len(raw) < 6 else 1
    context = {
        "tahun": year, "norms": norms, "norma_id": norm_id, "total": frame.height, "hal": hal,
        "lagi": hal * PAGE < frame.height, "baris": frame.slice((hal - 1) * PAGE, PAGE).rows(named=True),
        "jumlah": {"rasio": frame["rasio"].sum(), "abk": frame["abk"].sum(), "tanpa": frame["jumlah"].null_count()},
        "may_norm": _may_norm(request), "may_fill": request.reader.may(Permission.ABK_ISI),
    }  # fmt: skip
    return render(request, "beban_kerja/rasio.html", context)


@screen(Permission.ABK_LIHAT)
def norms(request: ScreenRequest) -> HttpResponse:
    """List the norms in force with their legal basis."""
    context = {
        "norms": norma_in_force(request.reader.as_of), "evidence": {e.value: text for e, text in EVIDENCE.items()},
        "may_norm": _may_norm(request),
    }  # fmt: skip
    return render(request, "beban_kerja/rasio_norma.html", context)


@screen(Permission.ABK_TETAPKAN)
def new_norm(request: ScreenRequest) -> HttpResponse:
    """Write down a norm."""
    request.reader.require(Permission.ABK_TETAPKAN)
    form = NormaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            record_norma(jabatan_id=data.pop("jabatan").pk, by=request.reader, **data)
        except AbkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Norma rasio dicatat."))
            return redirect("rasio_norma")
    return render(request, "beban_kerja/rasio_isian.html", {"form": form, "judul": _("Norma rasio baru")})


@screen(Permission.ABK_TETAPKAN)
def end_norm(request: ScreenRequest, norma_id: int) -> HttpResponse:
    """End a norm."""
    request.reader.require(Permission.ABK_TETAPKAN)
    norm = RasioNorma.objects.select_related("jabatan").filter(pk=norma_id).first()
    if norm is None:
        raise Http404
    form = AkhiriForm(request.POST or None)
    form.fields["selesai"].label = _("Tidak berlaku lagi mulai")
    if request.method == "POST" and form.is_valid():
        try:
            end_norma(norma_id=norma_id, selesai=form.cleaned_data["selesai"], by=request.reader)
        except AbkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Norma rasio diakhiri."))
            return redirect("rasio_norma")
    title = _("Akhiri norma {jabatan} per {satuan}").format(jabatan=norm.jabatan.nama, satuan=norm.satuan)
    return render(request, "beban_kerja/rasio_isian.html", {"form": form, "judul": title})


@screen(Permission.ABK_ISI)
def new_figure(request: ScreenRequest) -> HttpResponse:
    """Write down how many of a measure a unit has."""
    start = {name: request.GET[name] for name in ("unit", "satuan", "tahun") if name in request.GET}
    form = NilaiForm(request.POST or None, reader=request.reader, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        record_nilai(unit_id=data.pop("unit"), by=request.reader, **data)
        messages.success(request, _("Nilai rasio dicatat."))
        return redirect("rasio")
    return render(request, "beban_kerja/rasio_isian.html", {"form": form, "judul": _("Nilai rasio unit")})


@screen(Permission.ABK_LIHAT)
def asal(request: ScreenRequest, norma_id: int, unit_id: int) -> HttpResponse:
    """Show from where a need by ratio is."""
    norm = RasioNorma.objects.select_related("jabatan").filter(pk=norma_id).first()
    node = pohon(request.reader.as_of).by_id.get(unit_id)
    if norm is None or node is None or unit_id not in request.reader.scope(Permission.ABK_LIHAT):
        raise Http404
    frame = rasio_of(request.reader, _year(request), norm.jabatan_id)
    found = frame.filter((frame["norma_id"] == norma_id) & (frame["unit_id"] == unit_id)).rows(named=True)
    # A unit without the jabatan and without a figure has no line: nothing is known of it.
    row = found[0] if found else dict.fromkeys(frame.columns)
    figure = RasioNilai.objects.filter(unit_id=unit_id, satuan=norm.satuan, tahun=row["tahun"] or 0).first()
    steps = []
    if row["hitung"] is not None:
        steps = [
            _("{jumlah} {satuan} ÷ {pembagi} = {hitung} orang").format(
                jumlah=number(row["jumlah"]), satuan=norm.satuan, pembagi=number(norm.pembagi),
                hitung=number(row["hitung"], 4),
            ),
            _("Dibulatkan ({policy}): {need} orang").format(
                policy=norm.pembulatan.replace("-", " "), need=number(row["rasio"])
            ),
        ]  # fmt: skip
    shown = Asal(
        title=_("{jabatan} di {unit}").format(jabatan=norm.jabatan.nama, unit=node.nama),
        value=_("{need} orang menurut rasio").format(need=number(row["rasio"])),
        formula=_("jumlah satuan ÷ pembagi norma, dibulatkan"),
        steps=steps,
        inputs=(
            Input(norm.satuan, number(row["jumlah"]), figure.sumber if figure else ""),
            Input(_("Tahun data"), str(row["tahun"] or "–")),
            Input(_("Norma"), _("1 orang per {n} {satuan}").format(n=number(norm.pembagi), satuan=norm.satuan),
                  f"{norm.dasar} · {_(EVIDENCE[Evidence(norm.bukti)])}"),
            Input(_("Kebutuhan menurut ABK yang berlaku"), number(row["abk"])),
        ),
        note="" if row["hitung"] is not None else _("Jumlah satuan unit ini belum dicatat."),
    )  # fmt: skip
    return drawer(request, shown)


def _year(request: ScreenRequest) -> int:
    raw = request.GET.get("tahun", "")
    return int(raw) if raw.isdigit() and FIRST_YEAR <= int(raw) <= LAST_YEAR else request.reader.as_of.year


def _may_norm(request: ScreenRequest) -> bool:
    return request.reader.may(Permission.ABK_TETAPKAN) and None in request.reader.scope(Permission.ABK_TETAPKAN)
