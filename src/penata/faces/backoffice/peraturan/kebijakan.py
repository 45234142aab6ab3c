"""The agency's own policy on the screen: what holds on the day, what came before and after, a new one by decree."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from penata.domain.peraturan import actions, queries
from penata.domain.peraturan.models import KebijakanInstansi
from penata.faces.backoffice.peraturan.forms import PolicyForm, ReasonForm, vars_of
from penata.faces.backoffice.peraturan.words import CHOICES, SECTIONS, leaf_text
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _


@screen(Permission.PARAMETER_LIHAT)
def show(request: ScreenRequest) -> HttpResponse:
    """Show the policy in force on the day and all dated ones."""
    policy = queries.kebijakan(request.reader.as_of)
    context = {
        "policy": policy, "parts": vars_of(policy), "rows": queries.policies(), "sections": SECTIONS,
        "choices": CHOICES, "leaf_text": leaf_text, "may": request.reader.may(Permission.PARAMETER_TETAPKAN),
    }  # fmt: skip
    return render(request, "peraturan/kebijakan.html", context)


@require_http_methods(["GET", "POST"])
@screen(Permission.PARAMETER_TETAPKAN)
def new(request: ScreenRequest) -> HttpResponseBase:
    """Set a new policy from a day on; it begins with the choices of the one in force."""
    policy = queries.kebijakan(request.reader.as_of)
    form = PolicyForm(request.POST or None, policy=policy, initial={"mulai": request.reader.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_policy(
                mulai=form.cleaned_data["mulai"], isi=form.isi(), dasar=form.cleaned_data["dasar"], by=request.reader
            )
            messages.success(request, _("Kebijakan ditetapkan."))
            return redirect("kebijakan")
        except actions.StatementError as error:
            form.add_error(None, str(error))
    return render(request, "peraturan/kebijakan_baru.html", {"form": form, "sections": SECTIONS})


@require_POST
@screen(Permission.PARAMETER_TETAPKAN)
def cancel(request: ScreenRequest, pk: int) -> HttpResponseBase:
    """Cancel a policy that has not begun."""
    get_object_or_404(KebijakanInstansi, pk=pk)
    form = ReasonForm(request.POST)
    alasan = form.cleaned_data["alasan"] if form.is_valid() else ""
    try:
        actions.cancel_policy(kebijakan_id=pk, alasan=alasan, by=request.reader)
        messages.success(request, _("Kebijakan dibatalkan."))
    except actions.StatementError as error:
        messages.error(request, str(error))
    return redirect("kebijakan")
