"""Accounts as their keeper sees them: list, one account, what may be done to it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from penata.faces.backoffice.akun import queries
from penata.faces.backoffice.akun.forms import AccountForm, ReasonForm, RoleForm
from penata.faces.backoffice.akun.work import KIND
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import Permission
from penata.foundation.accounts import actions, delegation
from penata.foundation.accounts.rules import AccountError
from penata.foundation.tasks.run import start
from penata.language import _


@screen(Permission.AKUN_KELOLA)
def accounts(request: ScreenRequest) -> HttpResponse:
    """Show the accounts."""
    whole = request.reader.scope(Permission.AKUN_KELOLA).whole
    return list_page(
        request, queries.AKUN, row_url=lambda key: reverse("akun_satu", args=[key]), template="akun/daftar.html",
        extra={"whole": whole},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@screen(Permission.AKUN_KELOLA)
def new(request: ScreenRequest) -> HttpResponseBase:
    """Give an account; its password is shown once, on the answer itself."""
    request.reader.require(Permission.AKUN_KELOLA)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = actions.create_account(**form.cleaned_data, by=request.reader)
            return _password(request, user, password)
        except AccountError as error:
            form.add_error(None, str(error))
    return render(request, "akun/baru.html", {"form": form})


@screen(Permission.AKUN_KELOLA)
def account(request: ScreenRequest, pk: int) -> HttpResponse:
    """Show one account with its roles."""
    return _page(request, found_or_404(queries.one(request.reader, pk)))


@require_POST
@screen(Permission.AKUN_KELOLA)
def active(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """Shut or open an account."""
    on = request.POST.get("aktif") == "ya"
    told = _("Akun diaktifkan.") if on else _("Akun dinonaktifkan.")
    return _do(request, pk, lambda why: actions.set_active(user_id=pk, aktif=on, alasan=why, by=request.reader), told)


@require_POST
@screen(Permission.AKUN_KELOLA)
def second_factor(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """Take away the second factors of an account."""
    told = _("Faktor kedua dihapus. Pemilik akun dapat memasang yang baru setelah masuk.")
    return _do(request, pk, lambda why: actions.reset_second_factor(user_id=pk, alasan=why, by=request.reader), told)


@require_POST
@screen(Permission.AKUN_KELOLA)
def password(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """Give an account a new password, shown once."""
    found_or_404(queries.one(request.reader, pk))
    try:
        user, secret = actions.reset_password(user_id=pk, alasan=_reason(request), by=request.reader)
    except AccountError as error:
        messages.error(request, str(error))
        return redirect("akun_satu", pk)
    return _password(request, user, secret)


@require_POST
@screen(Permission.AKUN_KELOLA)
def role(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """Give a role."""
    user = found_or_404(queries.one(request.reader, pk))
    form = RoleForm(request.POST, reader=request.reader)
    if form.is_valid():
        data = form.cleaned_data
        try:
            delegation.give_role(
                user_id=pk, peran=data["peran"], unit_id=data["unit"], mulai=data["mulai"], selesai=data["selesai"],
                dasar=data["dasar"], by=request.reader,
            )  # fmt: skip
            messages.success(request, _("Peran diberikan."))
            return redirect("akun_satu", pk)
        except AccountError as error:
            form.add_error(None, str(error))
    return _page(request, user, form)


@require_POST
@screen(Permission.AKUN_KELOLA)
def end_role(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """End a role today."""
    row = found_or_404(Penugasan.objects.filter(pk=pk, pemberi__isnull=True).first())
    found_or_404(queries.one(request.reader, row.user_id))
    return _do(
        request, row.user_id,
        lambda why: delegation.end_role(
            penugasan_id=pk, selesai=request.reader.today, alasan=why, by=request.reader
        ),
        _("Peran diakhiri."),
    )  # fmt: skip


@require_POST
@screen(Permission.AKUN_KELOLA)
def give_all(request: ScreenRequest) -> HttpResponseBase:
    """Start giving accounts to all pegawai."""
    request.reader.require(Permission.AKUN_KELOLA)
    row = start(
        KIND, judul=_("Akun untuk semua pegawai"), by=request.user, masukan={"oleh": request.user.pk},
        alamat=reverse("akun"),
    )  # fmt: skip
    return redirect("pekerjaan_satu", row.pk)


def _do(request: ScreenRequest, pk: int, action: Callable[[str], Any], told: str) -> HttpResponseBase:
    found_or_404(queries.one(request.reader, pk))
    try:
        action(_reason(request))
        messages.success(request, told)
    except AccountError as error:
        messages.error(request, str(error))
    return redirect("akun_satu", pk)


def _reason(request: ScreenRequest) -> str:
    form = ReasonForm(request.POST)
    return form.cleaned_data["alasan"] if form.is_valid() else ""


def _page(request: ScreenRequest, user: User, form: RoleForm | None = None) -> HttpResponse:
    reader = request.reader
    context = {
        "account": user,
        "roles": queries.roles(user.penugasan.all(), reader.today),
        "factors": sorted(user.authenticator_set.exclude(type="recovery_codes").values_list("type", flat=True)),  # type: ignore[attr-defined]
        "form": form or RoleForm(reader=reader),
        "units": queries.units_suggested(reader, Permission.AKUN_KELOLA),
        "whole": reader.scope(Permission.AKUN_KELOLA).whole,
        "oneself": user.pk == request.user.pk,
    }
    return render(request, "akun/akun.html", context)


def _password(request: ScreenRequest, user: User, password: str) -> HttpResponse:
    answer = render(request, "akun/sandi.html", {"account": user, "password": password})
    answer["Cache-Control"] = "no-store"
    return answer
