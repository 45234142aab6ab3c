"""An ABK posisi by posisi: its figures, and the tasks of one posisi as a plain form that works without script."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from penata.domain.beban_kerja.actions import StateError
from penata.domain.beban_kerja.baris import Hapus, Hasil, Ubah, save_rows
from penata.domain.beban_kerja.isian import KOLOM, cells_of
from penata.domain.beban_kerja.queries import Lembar, may_fill
from penata.faces.backoffice.beban_kerja import sajian
from penata.faces.backoffice.beban_kerja.sheets import sheet_or_404
from penata.faces.backoffice.beban_kerja.views import PAGE, page_number, sheet_context, whole
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _

EMPTY_ROWS = 5  # lines for new tasks
MOST_LINES = 2_000

Wrong = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Line:
    """One line of the form: the id of its row or a name of its own, its cells as texts, and its figures."""

    kunci: str
    sel: list[str]
    hitung: tuple[str, ...] = ("", "")

    @property
    def blank(self) -> bool:
        """Tell whether nothing is written on it."""
        return not any(cell.strip() for cell in self.sel)


@screen(Permission.ABK_LIHAT)
def posts(request: ScreenRequest, abk_id: int) -> HttpResponse:
    """Show the posisi of one ABK with their figures, some at a time."""
    sheet = sheet_or_404(request, abk_id)
    page = page_number(request)
    rows = sheet.hitungan.posisi.slice((page - 1) * PAGE, PAGE)
    extra = {"baris": rows.rows(named=True), "hal": page, "lagi": page * PAGE < sheet.hitungan.posisi.height}
    return render(request, "beban_kerja/posisi.html", {**sheet_context(request, sheet), **extra})


@screen(Permission.ABK_LIHAT)
def post(request: ScreenRequest, abk_id: int, posisi_id: int) -> HttpResponse:
    """Show and save the tasks of one posisi."""
    sheet = sheet_or_404(request, abk_id)
    frame = sheet.hitungan.posisi
    found = frame.filter(frame["posisi_id"] == posisi_id)
    if found.is_empty():
        raise Http404
    lines, wrong = _lines(sheet, posisi_id), Wrong()
    if request.method == "POST" and may_fill(sheet.abk, request.reader):
        lines = _typed(request)
        try:
            wrong = _wrong(_save(request, sheet, posisi_id, lines))
        except StateError as error:
            messages.error(request, str(error))
        else:
            if not wrong:
                messages.success(request, _("Tersimpan."))
                return redirect("abk_posisi_satu", abk_id, posisi_id)
    extra = {"posisi": found.row(0, named=True), "lines": lines, "wrong": wrong}
    return render(request, "beban_kerja/posisi_satu.html", {**sheet_context(request, sheet), **extra})


def _lines(sheet: Lembar, posisi_id: int) -> list[Line]:
    frame = sheet.hitungan.baris
    own = frame.filter(frame["posisi_id"] == posisi_id).iter_rows(named=True)
    told = [Line(str(item["id"]), cells_of(item), tuple(sajian.row(item)["hitung"])) for item in own]
    return told + [Line(f"b{at}", [""] * len(KOLOM)) for at in range(EMPTY_ROWS)]


def _typed(request: ScreenRequest) -> list[Line]:
    keys = request.POST.getlist("kunci")[:MOST_LINES]
    return [Line(key, [request.POST.get(f"{key}-{name}", "") for name in KOLOM]) for key in keys]


def _save(request: ScreenRequest, sheet: Lembar, posisi_id: int, lines: list[Line]) -> Hasil:
    """Save the lines; a row whose line was emptied goes."""
    versi = whole(request.POST.get("versi"))
    frame = sheet.hitungan.baris
    known = {str(row): row for row in frame.filter(frame["posisi_id"] == posisi_id)["id"]}
    ubah = [
        Ubah(line.kunci, known.get(line.kunci), posisi_id, versi, dict(zip(KOLOM, line.sel, strict=True)))
        for line in lines
        if not line.blank
    ]
    hapus = [Hapus(known[line.kunci], versi) for line in lines if line.blank and line.kunci in known]
    return save_rows(abk_id=sheet.abk.pk, versi=versi, ubah=ubah, hapus=hapus, by=request.reader)


def _wrong(done: Hasil) -> Wrong:
    """Return what stands beside each line that was not saved."""
    found = {key: sajian.wrong_json(items) for key, items in done.salah.items()}
    for clash in done.konflik:
        said = _("Baris ini baru saja diubah {who}. Muat ulang untuk melihatnya.")
        text = said.format(who=clash.oleh or _("pengguna lain"))
        found[clash.kunci] = [{"judul": "", "pesan": text, "saran": ""}]
    return found
