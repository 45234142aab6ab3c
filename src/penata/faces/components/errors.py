"""Pages for what went wrong: what happened, and what one can do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from penata.language import _


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    context = {"status": status, "title": title, "text": text}
    return render(request, "components/galat.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return _page(request, 400, _("Permintaan tidak dapat dibaca"), _("Muat ulang halaman lalu ulangi."))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer a request that the account may not make."""
    return _page(
        request, 403, _("Anda tidak berwenang membuka halaman ini"),
        _("Bila tugas Anda memerlukannya, mintalah peran yang sesuai kepada pengelola sistem."),
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer a request for what does not exist, or not for this account."""
    return _page(
        request, 404, _("Halaman tidak ditemukan"),
        _("Alamatnya keliru, datanya tidak ada pada tanggal yang dipilih, atau berada di luar lingkup Anda."),
    )  # fmt: skip


def not_in_force(request: HttpRequest, what: str) -> HttpResponse:
    """Answer for a day on which a rule that the page needs was not in force."""
    text = _("{what}. Pilih tanggal lain pada “Keadaan per”, atau kembali ke hari ini.").format(what=what)
    return _page(request, 409, _("Aturannya belum berlaku pada tanggal itu"), text)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the system failed."""
    return _page(
        request, 500, _("Terjadi kesalahan pada sistem"),
        _("Data Anda tidak berubah. Ulangi sebentar lagi; bila tetap gagal, hubungi pengelola sistem."),
    )  # fmt: skip
