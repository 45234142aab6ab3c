"""One's own keys for programs, and what a program can read with them."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from penata.faces.backoffice.akun.forms import TokenForm
from penata.faces.components.lists import found_or_404
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.models import TokenApi
from penata.foundation.access.permissions import Permission
from penata.foundation.accounts.rules import AccountError
from penata.foundation.accounts.tokens import create_token, revoke_token
from penata.foundation.listing import listings
from penata.language import _


@never_cache
@require_http_methods(["GET", "POST"])
@screen(Permission.BERANDA_LIHAT)
def tokens(request: ScreenRequest) -> HttpResponseBase:
    """Show the own keys; a post makes one, whose text this answer shows and no other."""
    form, made = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _row, made = create_token(nama=form.cleaned_data["nama"], hari=form.cleaned_data["hari"], by=request.reader)
            form = TokenForm()
        except AccountError as error:
            form.add_error(None, str(error))
    return _page(request, form, made)


@require_POST
@screen(Permission.BERANDA_LIHAT)
def revoke(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """Withdraw one of the own keys."""
    found_or_404(TokenApi.objects.filter(pk=pk, user=request.user).first())
    revoke_token(token_id=pk, by=request.reader)
    messages.success(request, _("Token dicabut."))
    return redirect("token")


def _page(request: ScreenRequest, form: TokenForm, made: str) -> HttpResponse:
    readable = [listing for listing in listings() if request.reader.may(listing.permission)]
    context = {
        "form": form, "made": made, "readable": readable, "home": request.build_absolute_uri("/api/v1/"),
        "rows": TokenApi.objects.filter(user=request.user).order_by("-dibuat"),
    }  # fmt: skip
    return render(request, "akun/token.html", context)
