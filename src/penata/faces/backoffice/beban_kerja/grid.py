"""What the grid asks for while one types: the rows, saving some of them, reading a pasted block, checking."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from penata.domain.beban_kerja.actions import StateError, check_abk
from penata.domain.beban_kerja.baris import Hapus, Hasil, Ubah, save_rows
from penata.domain.beban_kerja.isian import KOLOM, cells_of, read_block
from penata.faces.backoffice.beban_kerja import sajian
from penata.faces.backoffice.beban_kerja.sheets import abk_or_404, sheet_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _
from penata.rulebook.legislation import NotInForceError


class BadRequestError(Exception):
    """The page sent something that it never sends."""


@screen(Permission.ABK_LIHAT)
def rows(request: ScreenRequest, abk_id: int) -> JsonResponse:
    """Give the whole ABK to the grid."""
    return JsonResponse(sajian.sheet_json(sheet_or_404(request, abk_id)))


@screen(Permission.ABK_ISI)
@require_POST
def save(request: ScreenRequest, abk_id: int) -> JsonResponse:
    """Save some rows; the answer has everything that the page does not know yet."""
    abk_or_404(request, abk_id)
    try:
        asked = _body(request)
        versi = int(asked["versi"])
        ubah = [_ubah(item, versi) for item in asked.get("ubah", [])]
        hapus = [Hapus(int(item["id"]), int(item["versi"])) for item in asked.get("hapus", [])]
        urutan = {int(key): [str(k) for k in keys] for key, keys in asked.get("urutan", {}).items()}
    except (BadRequestError, KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return _unreadable()
    try:
        done = save_rows(abk_id=abk_id, versi=versi, ubah=ubah, hapus=hapus, urutan=urutan, by=request.reader)
    except StateError as error:
        return JsonResponse({"pesan": str(error)}, status=409)
    except NotInForceError:
        said = _("Belum ada aturan ABK yang berlaku pada tanggal ini. Pilih tanggal lain di atas.")
        return JsonResponse({"pesan": said}, status=409)
    return JsonResponse(_answer(done, versi, bool(urutan)))


def _ubah(item: dict[str, Any], versi: int) -> Ubah:
    sel = {name: str(text)[:5_000] for name, text in zip(KOLOM, item["sel"], strict=True)}
    row_id = None if item.get("id") is None else int(item["id"])
    return Ubah(str(item["kunci"])[:40], row_id, int(item["posisi"]), int(item.get("versi", versi)), sel)


def _answer(done: Hasil, versi: int, ordered: bool) -> dict[str, Any]:
    """Return what became of the rows, what others changed meanwhile, and all totals."""
    frame = done.lembar.hitungan.baris
    mine = set(done.baris.values())
    saved = frame.filter(frame["id"].is_in(mine))
    others = frame.filter((frame["versi"] > versi) & ~frame["id"].is_in(mine))
    heads = done.lembar.hitungan.posisi
    if not done.orang_lain:
        heads = heads.filter(heads["posisi_id"].is_in(done.posisi))
    answer: dict[str, Any] = {
        "versi": done.lembar.abk.versi,
        "baris": done.baris,
        "tersimpan": sajian.rows_json(saved),
        "salah": {key: sajian.wrong_json(wrong) for key, wrong in done.salah.items()},
        "konflik": [
            {"kunci": k.kunci, "id": k.id, "oleh": k.oleh or _("pengguna lain"), "versi": k.versi, "sel": k.sel}
            for k in done.konflik
        ],
        "unit": sajian.unit(done.lembar),
        "posisi": [sajian.group(item) for item in heads.iter_rows(named=True)],
    }
    if done.orang_lain:
        answer["lain"] = sajian.rows_json(others)
    if done.orang_lain or ordered:
        order = frame.group_by("posisi_id", maintain_order=True).agg("id")
        answer["susunan"] = {str(posisi): ids for posisi, ids in order.iter_rows()}
    return answer


@screen(Permission.ABK_ISI)
@require_POST
def read(request: ScreenRequest, abk_id: int) -> JsonResponse:
    """Understand a pasted block; the page fills it in only when every cell of it can be used."""
    abk_or_404(request, abk_id)
    try:
        asked = _body(request)
        text, first = str(asked["teks"]), KOLOM[int(asked["kolom"])]
    except (BadRequestError, KeyError, TypeError, ValueError, IndexError):
        return _unreadable()
    block = read_block(text, first)
    if block.salah:
        return JsonResponse({"salah": sajian.wrong_json(block.salah)})
    typed = [dict.fromkeys(KOLOM) | values for values in block.baris]
    cells = [cells_of(values) for values in typed]
    at = [KOLOM.index(name) for name in block.kolom]
    return JsonResponse({"kolom": at, "baris": [[line[index] for index in at] for line in cells]})


@screen(Permission.ABK_LIHAT)
@require_POST
def check(request: ScreenRequest, abk_id: int) -> JsonResponse:
    """Give the plausibility flags to the grid."""
    sheet = sheet_or_404(request, abk_id)
    found = check_abk(sheet=sheet, by=request.reader)
    flags = found.select("kode", "level", "posisi_id", "baris_id", "kalimat", "saran").rows()
    return JsonResponse({"versi": sheet.abk.versi, "tanda": flags})


def _body(request: HttpRequest) -> dict[str, Any]:
    found = json.loads(request.body)
    if not isinstance(found, dict):
        raise BadRequestError
    return found


def _unreadable() -> JsonResponse:
    return JsonResponse({"pesan": _("Permintaan tidak dapat dibaca. Muat ulang halaman ini.")}, status=400)
