"""The unit tree, one unit, and its direct changes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from penata.domain.organisasi import actions
from penata.domain.organisasi.errors import OrganisasiError
from penata.domain.organisasi.events import AKSI_TITLES
from penata.domain.organisasi.models import Unit
from penata.domain.organisasi.queries import UNIT
from penata.domain.organisasi.rincian import SEATS, UnitPage, find_unit, unit_page
from penata.domain.organisasi.susunan import branch, shown_units, susunan
from penata.domain.organisasi.tree import pohon
from penata.domain.peta_jabatan.queries import unit_figures, unit_figures_and_total
from penata.faces.backoffice.organisasi.forms import ChangeForm, NewUnitForm, ParentForm, UnitForm
from penata.faces.components.lists import found_or_404, list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.language import _

SUGGESTIONS = 15
LIHAT, SUNTING = Permission.ORGANISASI_LIHAT, Permission.ORGANISASI_SUNTING


@screen(LIHAT)
def tree(request: ScreenRequest) -> HttpResponse:
    """Show the unit tree of the reader's day."""
    search = request.GET.get("cari", "").strip()[:200]
    shown = susunan(request.reader, opened=request.GET.get("buka", ""), search=search)
    figures, total = unit_figures_and_total(request.reader, shown_units(shown.rows))
    context = {
        "susunan": shown, "search": search, "editable": request.reader.may(SUNTING), "figures": figures, "total": total,
    }  # fmt: skip
    fragment = bool(request.htmx) and request.htmx.target == "susunan"
    response = render(request, f"organisasi/{'susunan' if fragment else 'pohon'}.html", context)
    response["Vary"] = "HX-Request, HX-Target"
    return response


@screen(LIHAT)
def tree_branch(request: ScreenRequest, kode: str) -> HttpResponse:
    """Return one branch of the tree, for a unit that is opened."""
    row = found_or_404(branch(request.reader, kode))
    figures = unit_figures(request.reader, shown_units([row]))
    return render(request, "organisasi/cabang.html", {"row": row, "figures": figures})


@screen(LIHAT)
def unit_list(request: ScreenRequest) -> HttpResponse:
    """Show the units as a list."""
    extra = {"editable": request.reader.may(SUNTING)}
    return list_page(request, UNIT, row_url=_unit_url, template="organisasi/unit_daftar.html", extra=extra)


@screen(LIHAT)
def unit(request: ScreenRequest, kode: str) -> HttpResponse:
    """Show one unit."""
    asked = request.GET.get("halaman", "1")
    page = int(asked) if asked.isdecimal() else 1
    shown: UnitPage = found_or_404(unit_page(kode, request.reader, page))
    return render(
        request, "organisasi/unit.html",
        {"halaman": shown, "page": page, "pages": -(-shown.seats_total // SEATS), "judul_aksi": aksi_title},
    )  # fmt: skip


@screen(SUNTING)
def unit_suggest(request: ScreenRequest) -> HttpResponse:
    """Return the units that begin or hold what is being typed, as options of a text field."""
    text = asked_text(request)
    scope = request.reader.scope(SUNTING)
    nodes = (node for node, _depth in pohon(request.reader.as_of).order if node.id in scope)
    found = [(n.kode, n.nama) for n in nodes if text in f"{n.kode} {n.nama}".lower()][:SUGGESTIONS]
    return render(request, "organisasi/saran.html", {"options": found if text else ()})


@screen(SUNTING)
def unit_new(request: ScreenRequest) -> HttpResponse:
    """Open a unit."""
    reader = request.reader
    initial = {"mulai": reader.as_of, "induk": request.GET.get("induk", "")}
    form = NewUnitForm(request.POST or None, request.FILES or None, reader=reader, initial=initial)

    def act() -> str:
        data = form.cleaned_data
        parent = data["induk"].pk if data["induk"] else None
        made = actions.create_unit(
            kode=data["kode"], values=form.values(), induk_id=parent, mulai=data["mulai"],
            penetapan_id=form.penetapan(reader).pk, by=reader,
        )  # fmt: skip
        return made.kode

    done = _("Unit dibentuk, berlaku mulai {day}.")
    return _answer(request, form, act, _("Bentuk unit"), _("Bentuk unit"), done, reverse("organisasi"))


@screen(SUNTING)
def unit_change(request: ScreenRequest, kode: str) -> HttpResponse:
    """Rename the unit or change what it is."""
    shown = _editable(request, kode)
    form = UnitForm(request.POST or None, request.FILES or None, **_given(request, shown))

    def act() -> str:
        actions.change_unit(values=form.values(), **_change(request, shown.unit, form))
        return kode

    title = _("Ubah unit {kode}").format(kode=kode)
    return _answer(
        request, form, act, title, _("Simpan perubahan"), _("Perubahan berlaku mulai {day}."), _unit_url(kode)
    )


@screen(SUNTING)
def unit_move(request: ScreenRequest, kode: str) -> HttpResponse:
    """Hang the unit under another one."""
    shown = _editable(request, kode)
    form = ParentForm(request.POST or None, request.FILES or None, **_given(request, shown))

    def act() -> str:
        parent = form.cleaned_data["induk"]
        actions.move_unit(induk_id=parent.pk if parent else None, **_change(request, shown.unit, form))
        return kode

    title = _("Pindahkan unit {kode}").format(kode=kode)
    return _answer(request, form, act, title, _("Pindahkan"), _("Perpindahan berlaku mulai {day}."), _unit_url(kode))


@screen(SUNTING)
def unit_end(request: ScreenRequest, kode: str) -> HttpResponse:
    """End the unit."""
    shown = _editable(request, kode)
    form = ChangeForm(request.POST or None, request.FILES or None, **_given(request, shown))
    form.fields["mulai"].help_text = _("Hari pertama unit tidak ada lagi.")
    form.fields["mulai"].label = _("Berakhir pada")

    def act() -> str:
        actions.end_unit(**_change(request, shown.unit, form))
        return kode

    title = _("Akhiri unit {kode}").format(kode=kode)
    return _answer(request, form, act, title, _("Akhiri unit"), _("Unit berakhir pada {day}."), _unit_url(kode))


def asked_text(request: ScreenRequest) -> str:
    """Return what is being typed: the one value of the address, whatever the field is called."""
    return next((request.GET[name] for name in request.GET), "").strip().lower()


def aksi_title(aksi: str) -> str:
    """Return the name of an act in words; an act of another room by its own name."""
    return _(AKSI_TITLES[aksi]) if aksi in AKSI_TITLES else aksi


def _editable(request: ScreenRequest, kode: str) -> UnitPage:
    """Return the unit to be changed, or answer 404 where the reader may not change it or it is not in force."""
    if find_unit(kode, request.reader, SUNTING) is None:
        raise Http404
    shown: UnitPage = found_or_404(unit_page(kode, request.reader))
    if shown.masa is None:
        raise Http404
    return shown


def _given(request: ScreenRequest, shown: UnitPage) -> dict[str, Any]:
    initial = {"mulai": request.reader.as_of, "seen": shown.seen}
    return {"reader": request.reader, "masa": shown.masa, "initial": initial}


def _change(request: ScreenRequest, unit: Unit, form: ChangeForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "unit_id": unit.pk, "mulai": data["mulai"], "penetapan_id": form.penetapan(request.reader).pk,
        "seen": data["seen"], "by": request.reader,
    }  # fmt: skip


def _unit_url(kode: object) -> str:
    return reverse("unit", args=[kode])


def _answer(
    request: ScreenRequest, form: ChangeForm, act: Callable[[], str], title: str, button: str, done: str, back: str
) -> HttpResponse:
    """Show the form, or do what it says and show the unit; what cannot be done stands above the form."""
    if request.method == "POST" and form.is_valid():
        try:
            kode = act()
        except OrganisasiError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done.format(day=form.cleaned_data["mulai"].strftime("%d-%m-%Y")))
            return redirect("unit", kode)
    context = {"form": form, "title": title, "button": button, "back": back}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "organisasi/formulir.html", context, status=status)
