"""Delegations: what I lent, what was lent to me, lending a role for a time."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from penata.faces.backoffice.akun import queries
from penata.faces.backoffice.akun.forms import DelegationForm
from penata.faces.components.lists import found_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.models import Penugasan
from penata.foundation.access.permissions import Permission
from penata.foundation.accounts import delegation
from penata.foundation.accounts.rules import AccountError
from penata.language import _

SHOWN = 100  # delegations, the latest first


@require_http_methods(["GET", "POST"])
@screen(Permission.BERANDA_LIHAT)
def delegations(request: ScreenRequest) -> HttpResponseBase:
    """Show what was lent by and to the account; whoever may lend lends here."""
    reader = request.reader
    own = queries.lendable(reader)
    form = DelegationForm(request.POST or None, reader=reader, own=own) if own else None
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            delegation.delegate(
                penugasan_id=data["penugasan_id"], kepada_id=data["kepada"], unit_id=data["unit"],
                mulai=data["mulai"], selesai=data["selesai"], dasar=data["dasar"], by=reader,
            )  # fmt: skip
            messages.success(request, _("Peran didelegasikan."))
            return redirect("delegasi")
        except AccountError as error:
            form.add_error(None, str(error))
    return _page(request, form)


@require_POST
@screen(Permission.BERANDA_LIHAT)
def end(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """Take back, or give back, a delegation today."""
    mine = Penugasan.objects.filter(Q(pemberi=request.user) | Q(user=request.user, pemberi__isnull=False))
    found_or_404(mine.filter(pk=pk).first())
    try:
        delegation.end_delegation(penugasan_id=pk, by=request.reader)
        messages.success(request, _("Delegasi diakhiri."))
    except AccountError as error:
        messages.error(request, str(error))
    return redirect("delegasi")


def _page(request: ScreenRequest, form: DelegationForm | None) -> HttpResponse:
    lent = Penugasan.objects.filter(pk__in=_latest(Q(pemberi=request.user)))
    borrowed = Penugasan.objects.filter(pk__in=_latest(Q(user=request.user, pemberi__isnull=False)))
    context = {
        "form": form,
        "lent": queries.roles(lent, request.reader.today),
        "borrowed": queries.roles(borrowed, request.reader.today),
        "units": queries.units_suggested(request.reader, Permission.DELEGASI_BERI) if form else (),
    }
    return render(request, "akun/delegasi.html", context)


def _latest(whose: Q) -> list[int]:
    return list(Penugasan.objects.filter(whose).order_by("-mulai", "-id").values_list("pk", flat=True)[:SHOWN])
