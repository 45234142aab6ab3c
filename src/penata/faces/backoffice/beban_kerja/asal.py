"""From where the figures of an ABK are: one row, one posisi, the unit."""

from typing import Any

from django.http import Http404, HttpResponse

from penata.domain.beban_kerja.hitung import row_minutes
from penata.domain.beban_kerja.isian import written
from penata.domain.beban_kerja.queries import Lembar
from penata.faces.backoffice.beban_kerja import sajian
from penata.faces.backoffice.beban_kerja.sheets import sheet_or_404
from penata.faces.components.provenance import Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.faces.components.templating import number
from penata.foundation.access.permissions import Permission
from penata.language import _
from penata.rulebook import abk
from penata.rulebook.legislation import InForce, Law

STEPS = 40  # tasks written out one by one


@screen(Permission.ABK_LIHAT)
def of_row(request: ScreenRequest, abk_id: int, baris_id: int) -> HttpResponse:
    """Show how the load of one task was reckoned."""
    sheet = sheet_or_404(request, abk_id)
    frame = sheet.hitungan.baris
    found = frame.filter(frame["id"] == baris_id)
    if found.is_empty():
        raise Http404
    row = found.row(0, named=True)
    law = sheet.hitungan.law.fresh()
    row_minutes(found, law=law)
    person = abk.effective_minutes(law=law)
    asal = Asal(
        title=row["tugas"],
        value=_("{minutes} menit setahun = {people} orang").format(
            minutes=number(row["menit"]), people=sajian.people(row["orang"])
        ),
        formula=_row_formula(row, law),
        steps=_row_steps(row, law, person),
        inputs=_row_inputs(row),
        parameters=_used(law, "abk.waktu_kerja_efektif", "abk.pengali_periode", "abk.menit_per_satuan"),
        note="" if row["menit"] is not None else _("Belum dapat dihitung: volume, norma waktu atau standar belum ada."),
    )
    return drawer(request, asal)


def _row_formula(row: dict[str, Any], law: Law) -> str:
    metode = row["metode"] or str(law.value("abk.bawaan_baris")["metode"])
    if metode == abk.TUGAS:
        return _("volume × kali setahun × norma waktu × menit per satuan")
    if metode == abk.PERALATAN:
        return _("jumlah alat × orang per alat × waktu kerja efektif")
    return _("volume ÷ kemampuan satu orang × waktu kerja efektif")


def _row_steps(row: dict[str, Any], law: Law, person: float) -> list[str]:
    if row["menit"] is None:
        return []
    blank = law.value("abk.bawaan_baris")
    steps = []
    if (row["metode"] or blank["metode"]) == abk.TUGAS:
        times = abk.time_table("abk.pengali_periode", law=law)[row["periode"] or blank["periode"]]
        minutes = abk.time_table("abk.menit_per_satuan", law=law)[row["satuan_waktu"] or blank["satuan"]]
        steps.append(
            _("{volume} × {times} × {norma} × {minutes} = {beban} menit setahun").format(
                volume=written(row["volume"]), times=number(times), norma=written(row["norma_waktu"]),
                minutes=number(minutes), beban=number(row["menit"]),
            )
        )  # fmt: skip
    steps.append(
        _("{beban} menit ÷ {person} menit = {people} orang").format(
            beban=number(row["menit"]), person=number(person), people=number(row["orang"], 4)
        )
    )
    return steps


def _row_inputs(row: dict[str, Any]) -> list[Input]:
    told = (
        (_("Volume"), f"{written(row['volume']) or '–'} / {row['periode'] or _('tahun')}"),
        (_("Norma waktu"), f"{written(row['norma_waktu']) or '–'} {row['satuan_waktu'] or _('menit')}"),
        (_("Metode"), row["metode"] or abk.TUGAS),
        (_("Standar"), written(row["standar"]) or "–"),
    )
    return [Input(label, value) for label, value in told]


@screen(Permission.ABK_LIHAT)
def of_posisi(request: ScreenRequest, abk_id: int, posisi_id: int) -> HttpResponse:
    """Show how the need of one posisi was reckoned, and its effectiveness."""
    sheet = sheet_or_404(request, abk_id)
    frame = sheet.hitungan.posisi
    found = frame.filter(frame["posisi_id"] == posisi_id)
    if found.is_empty():
        raise Http404
    row = found.row(0, named=True)
    asal = Asal(
        title=f"{row['jabatan']} ({row['kode']})",
        value=_("K = {need} orang").format(need=number(row["kebutuhan"])),
        formula=_("jumlah beban semua tugas ÷ waktu kerja efektif, lalu dibulatkan menurut kebijakan instansi"),
        steps=_posisi_steps(sheet, row),
        inputs=(
            Input(_("Baris tugas"), number(row["baris"])),
            Input(_("Baris yang belum dapat dihitung"), number(row["cacat"])),
            Input(_("B (pemangku definitif)"), number(row["bezetting"]), sheet.day.strftime("%d-%m-%Y")),
            Input(_("Kebutuhan tercetak"), number(row["tercetak"]), _("peta jabatan")),
        ),
        parameters=_used(
            sheet.hitungan.law, "abk.waktu_kerja_efektif", "abk.pembulatan", "abk.pembulatan_ej", "abk.kategori_ej",
            "abk.pengali_periode", "abk.menit_per_satuan",
        ),
        note="" if row["beban"] is not None else _("Belum ada tugas yang dapat dihitung."),
    )  # fmt: skip
    return drawer(request, asal)


def _posisi_steps(sheet: Lembar, row: dict[str, Any]) -> list[str]:
    if row["beban"] is None:
        return []
    frame = sheet.hitungan.baris
    own = frame.filter((frame["posisi_id"] == row["posisi_id"]) & frame["menit"].is_not_null())
    person = abk.effective_minutes(law=sheet.hitungan.law)
    steps = [
        _("{tugas}: {minutes} menit").format(tugas=item["tugas"], minutes=number(item["menit"]))
        for item in own.head(STEPS).iter_rows(named=True)
    ]
    if own.height > STEPS:
        rest = own.slice(STEPS)
        steps.append(
            _("{n} tugas lainnya: {minutes} menit").format(
                n=number(rest.height), minutes=number(float(rest["menit"].sum()))
            )
        )
    steps += [
        _("Beban {beban} ÷ {person} = {need} orang").format(
            beban=number(row["beban"]), person=number(person), need=number(row["kebutuhan_hitung"], 4)
        ),
        _("Dibulatkan: {need} orang").format(need=number(row["kebutuhan"])),
    ]
    if row["ej"] is not None:
        steps.append(
            _("EJ = {beban} ÷ ({b} orang × {person}) = {ej}").format(
                beban=number(row["beban"]), b=number(row["bezetting"]), person=number(person),
                ej=sajian.effectiveness(row["ej"], row["kategori"], row["label"]),
            )
        )  # fmt: skip
    return steps


@screen(Permission.ABK_LIHAT)
def of_unit(request: ScreenRequest, abk_id: int) -> HttpResponse:
    """Show how the figures of the unit were reckoned."""
    sheet = sheet_or_404(request, abk_id)
    unit, law = sheet.hitungan.unit, sheet.hitungan.law
    person = abk.effective_minutes(law=law)
    steps = [
        _("Kebutuhan unit adalah jumlah kebutuhan posisi yang sudah dibulatkan: {need} orang").format(
            need=number(unit.kebutuhan)
        )
    ]
    if unit.eu is not None:
        steps.append(
            _("EU = {beban} ÷ ({b} orang × {person}) = {eu}").format(
                beban=number(unit.beban), b=number(unit.bezetting_terukur), person=number(person),
                eu=sajian.effectiveness(unit.eu, unit.kategori, unit.label),
            )
        )  # fmt: skip
    asal = Asal(
        title=_("ABK {unit} {year}").format(unit=sheet.nama_unit, year=sheet.abk.tahun),
        value=_("K = {need} orang").format(need=number(unit.kebutuhan)),
        formula=_("beban unit ÷ (pegawai pada posisi yang berbeban × waktu kerja efektif)"),
        steps=steps,
        inputs=(
            Input(_("Posisi"), number(unit.posisi)),
            Input(_("Baris tugas"), number(unit.baris)),
            Input(_("Beban kerja setahun"), _("{n} menit").format(n=number(unit.beban))),
            Input(_("Kebutuhan sebelum dibulatkan"), sajian.people(unit.kebutuhan_hitung)),
            Input(_("B (pemangku definitif)"), number(unit.bezetting), sheet.day.strftime("%d-%m-%Y")),
        ),
        parameters=_used(
            law, "abk.waktu_kerja_efektif", "abk.pembulatan", "abk.pembulatan_ej", "abk.kategori_ej"
        ),
        note=_("Pegawai pada posisi tanpa beban kerja tidak ikut dibagi, agar tidak menurunkan efektivitas."),
    )  # fmt: skip
    return drawer(request, asal)


def _used(law: Law, *names: str) -> list[InForce]:
    """Return what was used of *names*, as the reckoning itself found it."""
    return [law.used[name] for name in names if name in law.used]
