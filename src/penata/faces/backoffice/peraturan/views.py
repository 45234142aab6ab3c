"""Parameters of law on the screen: all of them on the day, one with its history, regulations on file."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from penata.domain.peraturan import actions, queries
from penata.domain.peraturan.models import PernyataanParameter
from penata.faces.backoffice.peraturan.forms import ConfirmationForm, ReasonForm, ValueForm, VariantForm
from penata.faces.backoffice.peraturan.words import EVIDENCE, STATEMENTS, key_text, leaf_text, summary, topic_title
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _
from penata.rulebook.legislation import (
    NotInForceError,
    UnknownParameterError,
    load_parameter,
    parameter_names,
    regulations,
)

PAGE = 60  # parameters
WORDS = {
    "evidence": EVIDENCE, "topic_title": topic_title, "said": STATEMENTS, "summary": summary, "leaf_text": leaf_text,
    "key_text": key_text,
}  # fmt: skip


@screen(Permission.PARAMETER_LIHAT)
def parameters(request: ScreenRequest) -> HttpResponse:
    """Show every parameter on the day, or only those nobody has compared with the text."""
    rows = queries.parameters(request.reader.as_of)
    asked = {name: request.GET.get(name, "").strip() for name in ("cari", "saring", "topik")}
    found = [row for row in rows if _wanted(row, asked)]
    shown = [row for row in found if row.parameter.name > request.GET.get("sesudah", "")]
    more = len(shown) > PAGE
    context = {
        "rows": shown[:PAGE], "found": len(found), "total": len(rows), "asked": asked,
        "counts": Counter(row.found.evidence for row in rows if row.found),
        "topics": sorted({row.topic for row in rows}, key=topic_title),
        "after": urlencode(asked | {"sesudah": shown[PAGE - 1].parameter.name}) if more else "",
    }  # fmt: skip
    return render(request, "peraturan/parameter_daftar.html", context | WORDS)


def _wanted(row: queries.Row, asked: dict[str, str]) -> bool:
    if (asked["saring"] == "belum" and not row.unread) or asked["topik"] not in {"", row.topic}:
        return False
    words = asked["cari"].casefold().split()
    text = f"{row.parameter.description} {row.parameter.name} {row.found.citation if row.found else ''}".casefold()
    return all(word in text for word in words)


@screen(Permission.PARAMETER_LIHAT)
def parameter(request: ScreenRequest, name: str) -> HttpResponse:
    """Show one parameter with all its values, variants and statements."""
    return _page(request, name)


@require_POST
@screen(Permission.PARAMETER_TETAPKAN)
def confirm(request: ScreenRequest, name: str) -> HttpResponseBase:
    """State that the value on the screen was read in the text."""
    form = ConfirmationForm(request.POST)
    if form.is_valid():
        values = {"parameter": _known(name), "per": request.reader.as_of} | form.cleaned_data
        if _done(request, form, actions.confirm, values, _("Tercatat: nilai ini sudah dicocokkan dengan naskah.")):
            return redirect("parameter", name)
    return _page(request, name, confirmation=form)


@require_POST
@screen(Permission.PARAMETER_TETAPKAN)
def override(request: ScreenRequest, name: str) -> HttpResponseBase:
    """Set another value by decree."""
    form = ValueForm(request.POST, like=_shape(request, name))
    if form.is_valid():
        kept = {key: form.cleaned_data[key] for key in ("mulai", "dasar", "keterangan")}
        values = {"parameter": name, "nilai": form.value()} | kept
        if _done(request, form, actions.override, values, _("Nilai ditetapkan.")):
            return redirect("parameter", name)
    return _page(request, name, value=form)


@require_POST
@screen(Permission.PARAMETER_TETAPKAN)
def choose(request: ScreenRequest, name: str) -> HttpResponseBase:
    """Choose another variant by decree."""
    form = VariantForm(request.POST, parameter=load_parameter(_known(name)), chosen="")
    if form.is_valid():
        values = {"parameter": name} | form.cleaned_data
        if _done(request, form, actions.choose_variant, values, _("Varian dipilih.")):
            return redirect("parameter", name)
    return _page(request, name, variant=form)


@require_POST
@screen(Permission.PARAMETER_TETAPKAN)
def withdraw(request: ScreenRequest, name: str, pk: int) -> HttpResponseBase:
    """Take a statement back."""
    form = ReasonForm(request.POST)
    if not PernyataanParameter.objects.filter(pk=pk, parameter=_known(name)).exists():
        raise Http404
    alasan = form.cleaned_data["alasan"] if form.is_valid() else ""
    try:
        actions.withdraw(pernyataan_id=pk, alasan=alasan, by=request.reader)
        messages.success(request, _("Pernyataan dicabut."))
    except actions.StatementError as error:
        messages.error(request, str(error))
    return redirect("parameter", name)


@screen(Permission.PARAMETER_LIHAT)
def regulation_list(request: ScreenRequest) -> HttpResponse:
    """Show the regulations on file with the parameters that rest on them."""
    cited: dict[str, dict[str, str]] = {}
    for name in parameter_names():
        known = load_parameter(name)
        for dated in known.variants.values():
            for entry in dated.values():
                if entry.get("source"):
                    cited.setdefault(str(entry["source"]), {})[name] = known.description
    found = sorted(regulations().values(), key=lambda row: (-row.tahun, row.jenis, row.nomor))
    return render(request, "peraturan/daftar.html", {"regulations": found, "cited": cited, "known": regulations()})


def _page(request: ScreenRequest, name: str, **forms: Form) -> HttpResponse:
    as_of = request.reader.as_of
    row = queries.parameter(_known(name), as_of)
    may = request.reader.may(Permission.PARAMETER_TETAPKAN)
    context: dict[str, Any] = {
        "row": row, "statements": queries.statements(name, as_of), "may": may, "known": regulations(),
        "opened": next(iter(forms), ""),
    }  # fmt: skip
    if may and row.found:
        fresh = {"mulai": request.reader.today}
        context["confirmation"] = forms.get("confirmation") or ConfirmationForm(
            initial={"varian": row.found.variant, "sejak": row.found.since}
        )
        context["value"] = forms.get("value") or ValueForm(like=row.found.value, initial=fresh)
        context["variant"] = forms.get("variant") or VariantForm(
            parameter=row.parameter, chosen=row.found.variant, initial=fresh
        )
    return render(request, "peraturan/parameter.html", context | WORDS)


def _done(request: ScreenRequest, form: Form, action: Any, values: dict[str, Any], told: str) -> bool:
    try:
        action(**values, by=request.reader)
    except actions.StatementError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, told)
    return True


def _known(name: str) -> str:
    try:
        return load_parameter(name).name
    except UnknownParameterError as error:
        raise Http404 from error


def _shape(request: ScreenRequest, name: str) -> Any:
    try:
        return queries.parameter(_known(name), request.reader.as_of).found.value  # type: ignore[union-attr]
    except (NotInForceError, AttributeError) as error:
        raise Http404 from error
