"""One jabatan across units: a table, a small chart at an address of its own, and from where the median is."""

from typing import Any

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from penata.domain.beban_kerja.banding import Banding, compare, jabatan_choices
from penata.faces.components.lists import found_or_404
from penata.faces.components.provenance import Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.faces.components.templating import number
from penata.foundation.access.permissions import Permission
from penata.foundation.audit.record import revision
from penata.foundation.memo import remember
from penata.language import N_, _, current
from penata.rulebook.legislation import NotInForceError

MOST = 30  # units in the chart
SHOWN = 100  # units in the table
ROOM = {"left": 48, "right": 16, "top": 5, "bottom": 5}  # px: the type of the page may be wider than the one measured
DRAWN = {"unit": pl.String, "orang": pl.Float64, "teks": pl.String, "jauh": pl.Boolean, "tanda": pl.String}
MEASURE_TITLES = {
    "beban": N_("Beban (menit/tahun)"), "kebutuhan_hitung": N_("Kebutuhan (orang)"), "ej": N_("EJ"),
    "volume": N_("Volume setahun"), "norma": N_("Norma waktu (menit)"),
}  # fmt: skip


@screen(Permission.ABK_LIHAT)
def page(request: ScreenRequest) -> HttpResponse:
    """Choose a jabatan and compare it between the units."""
    cari = request.GET.get("cari", "").strip()[:100]
    raw = request.GET.get("jabatan", "")
    choices = _choices(request, cari)
    chosen = _compared(request, int(raw), request.GET.get("tugas", "")) if raw.isdigit() and len(raw) < 12 else None
    context = {
        "cari": cari, "jabatan_id": int(raw) if chosen else None, "choices": choices, "banding": chosen,
        "baris": chosen.unit.head(SHOWN).rows(named=True) if chosen else [], "judul": MEASURE_TITLES,
        "ukuran": ("volume", "norma", "beban", "kebutuhan_hitung", "ej"),
    }  # fmt: skip
    return render(request, "beban_kerja/banding.html", context)


@screen(Permission.ABK_LIHAT)
@cache_control(private=True, max_age=300)
def chart(request: ScreenRequest, jabatan_id: int) -> HttpResponse:
    """Draw the effectiveness of the jabatan in each unit beside its median."""
    key = ("banding-grafik", jabatan_id, *_who(request), current())
    drawn = remember(key, lambda: _draw(_compared_or_404(request, jabatan_id)))
    return HttpResponse(drawn, content_type="image/svg+xml")


@screen(Permission.ABK_LIHAT)
def asal(request: ScreenRequest, jabatan_id: int) -> HttpResponse:
    """Show from where the medians are and when a unit counts as far from them."""
    found = _compared_or_404(request, jabatan_id)
    told = [
        Input(_(MEASURE_TITLES[name]), number(value)) for name, value in found.median.items() if name in MEASURE_TITLES
    ]
    shown = Asal(
        title=_("Median {jabatan}").format(jabatan=found.jabatan),
        value=_("{n} unit").format(n=number(found.unit.height)),
        formula=_("nilai tengah semua unit; setengahnya di atas, setengahnya di bawah"),
        steps=(
            _("▲ lebih dari {kali} kali median; ▼ kurang dari 1/{kali} median").format(kali=number(found.kali)),
            _("Ditandai hanya bila ada sedikitnya {n} unit pembanding").format(n=found.pembanding),
            _("Tiap unit diwakili ABK yang berlaku, atau yang terbaru bila belum ada"),
        ),
        inputs=told,
        parameters=[found.law.parameter("abk.kewajaran_norma"), found.law.parameter("abk.waktu_kerja_efektif")],
    )
    return drawer(request, shown)


def _who(request: ScreenRequest) -> tuple[Any, ...]:
    scope = request.reader.scope(Permission.ABK_LIHAT)
    rooms = revision("beban_kerja", "jabatan", "pegawai", "organisasi", "peraturan")
    return (request.reader.as_of, scope.whole, scope.units, rooms)


def _choices(request: ScreenRequest, cari: str) -> list[tuple[int, str, int]]:
    return remember(("banding-pilihan", cari, *_who(request)), lambda: jabatan_choices(request.reader, cari))


def _compared(request: ScreenRequest, jabatan_id: int, tugas: str = "") -> Banding | None:
    key = ("banding", jabatan_id, tugas, *_who(request))
    try:
        return remember(key, lambda: compare(request.reader, jabatan_id, tugas))
    except NotInForceError:
        return None  # a day for which no law is on file: nothing can be reckoned


def _compared_or_404(request: ScreenRequest, jabatan_id: int) -> Banding:
    found: Banding = found_or_404(_compared(request, jabatan_id))
    return found


def _draw(banding: Banding) -> str:
    """Draw a dot per unit and a line at the median."""
    import altair as alt

    from penata.foundation.charts import ACCENT, FONT, GREY, VERMILION, svg

    shown = banding.unit.filter(banding.unit["kebutuhan_hitung"].is_not_null())
    shown = shown.sort("kebutuhan_hitung", descending=True).head(MOST)
    rows = [
        {"unit": row["unit"], "orang": row["kebutuhan_hitung"], "teks": number(row["kebutuhan_hitung"], 2),
         "jauh": bool(row["kebutuhan_hitung_arah"]), "tanda": {1: "▲", -1: "▼"}.get(row["kebutuhan_hitung_arah"], "")}
        for row in shown.iter_rows(named=True)
    ]  # fmt: skip
    base = alt.Chart(pl.DataFrame(rows, schema=DRAWN)).encode(
        y=alt.Y("unit:N", sort=[row["unit"] for row in rows], title=None),
        x=alt.X("orang:Q", title=_(MEASURE_TITLES["kebutuhan_hitung"]), scale=alt.Scale(zero=True)),
    )
    colour = alt.condition("datum.jauh", alt.value(VERMILION), alt.value(ACCENT))
    dots = base.mark_circle(size=70).encode(color=colour)
    words = base.mark_text(align="left", dx=8).encode(text=alt.Text("label:N")).transform_calculate(
        label="datum.teks + ' ' + datum.tanda"
    )  # fmt: skip
    middle = alt.Chart(pl.DataFrame({"m": [banding.median.get("kebutuhan_hitung", 0.0)]}))
    rule = middle.mark_rule(color=GREY, strokeDash=[4, 3]).encode(x="m:Q")
    drawn = svg(alt.layer(rule, dots, words).properties(width=460, height=alt.Step(22), padding=ROOM))
    # A picture of its own address cannot use the page's type; let it fall back to one without serifs.
    return drawn.replace(f'font-family="{FONT}"', f'font-family="{FONT}, system-ui, sans-serif"')
