"""Screens of standar kompetensi: the list, the editor of one jabatan, its PDF."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from penata.domain.jabatan.actions import JabatanError, set_standar
from penata.domain.jabatan.dokumen_standar import standar_pdf
from penata.domain.jabatan.models import InformasiJabatan, Jabatan, StandarKompetensi
from penata.domain.jabatan.queries import STANDAR, Serupa, serupa
from penata.domain.jabatan.standar import MOST_TECHNICAL, core_rows, levels_of, technical_rows, usual_level
from penata.domain.peraturan.queries import law
from penata.faces.backoffice.jabatan.forms import StandarForm
from penata.faces.backoffice.jabatan.informasi import pdf_response
from penata.faces.backoffice.jabatan.katalog import jabatan_or_404
from penata.faces.components.lists import list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.periods import in_force
from penata.language import _

BLANK = 3  # empty rows for technical competences offered without script


@screen(Permission.JABATAN_LIHAT)
def listed(request: ScreenRequest) -> HttpResponse:
    """Show every standard."""
    return list_page(request, STANDAR)


@screen(Permission.JABATAN_TETAPKAN)
def edit(request: ScreenRequest, pk: int) -> HttpResponse:
    """Edit the standard of a jabatan."""
    request.reader.require(Permission.JABATAN_TETAPKAN)
    jabatan, basis = jabatan_or_404(pk), law(request.reader.today)
    form = StandarForm(request.POST or None, request.FILES or None, initial={"versi": jabatan.versi})
    like = serupa(jabatan, Q(Exists(StandarKompetensi.objects.filter(jabatan=OuterRef("pk")))))
    levels = read_levels(request.POST) if request.method == "POST" else _offered(request, jabatan, like)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, jabatan, form, levels)
        except JabatanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Standar kompetensi {name} ditetapkan.").format(name=jabatan.nama))
            return redirect("jabatan_satu", pk=pk)
    context = {
        "jabatan": jabatan, "form": form, "core": core_rows(levels),
        "technical": [*technical_rows(levels), *[("", None)] * BLANK],
        "level_names": levels_of(basis), "usual": usual_level(jabatan, basis), "like": like,
        "wanted": request.GET.get("dari", ""),
    }  # fmt: skip
    return render(request, "jabatan/standar.html", context, status=422 if request.method == "POST" else 200)


def _offered(request: ScreenRequest, jabatan: Jabatan, like: list[Serupa]) -> dict[str, int | None]:
    """Return the levels the editor begins with: those set, those of a jabatan chosen, or the usual ones."""
    wanted = request.GET.get("dari", "")
    source = next((s.id for s in like if str(s.id) == wanted), jabatan.pk)
    rows: dict[str, int | None] = dict(
        StandarKompetensi.objects.filter(jabatan=source).order_by("kompetensi").values_list("kompetensi", "level")
    )
    if wanted == "lazim" or not rows:
        level = usual_level(jabatan, law(request.reader.today))
        rows = {**rows, **dict.fromkeys((name for name, _level in core_rows({})), level or None)}
    return rows


def read_levels(post: QueryDict) -> dict[str, int | None]:
    """Return kompetensi -> level as posted under ``nama.1`` and ``level.1``."""
    found: dict[str, int | None] = {}
    for name, value in list(post.items())[: 4 * MOST_TECHNICAL]:
        head, _dot, place = name.partition(".")
        if head == "nama" and place and str(value).strip():
            level = post.get(f"level.{place}", "")
            found[" ".join(str(value).split())[:200]] = int(level) if level.isdecimal() else None
    return found


@transaction.atomic
def _save(request: ScreenRequest, jabatan: Jabatan, form: StandarForm, levels: dict[str, int | None]) -> None:
    rows = [(name, level or 0) for name, level in levels.items()]
    set_standar(
        jabatan_id=jabatan.pk, versi=form.cleaned_data["versi"], rows=rows,
        penetapan_id=form.penetapan(request.reader).pk, by=request.reader,
    )  # fmt: skip


@screen(Permission.JABATAN_LIHAT)
def pdf(request: ScreenRequest, pk: int) -> HttpResponse:
    """Send the official form."""
    jabatan = jabatan_or_404(pk)
    described = InformasiJabatan.objects.filter(in_force(request.reader.as_of), jabatan=jabatan, status="ditetapkan")
    rows = list(jabatan.standar.select_related("penetapan").order_by("kompetensi"))
    ikhtisar = described.order_by("unit_id", "-mulai").first()
    return pdf_response(standar_pdf(jabatan, rows, ikhtisar, law(request.reader.today)), f"standar-kompetensi-{pk}.pdf")
