"""Who retires when: list and chart."""

from hashlib import sha256

import altair as alt
import polars as pl
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from penata.domain.pegawai import pensiun_daftar
from penata.domain.pegawai.pensiun import WINDOWS
from penata.faces.components.lists import list_page
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.permissions import Permission
from penata.foundation.audit.record import revision
from penata.foundation.charts import ACCENT, FONT, svg
from penata.foundation.memo import remember
from penata.language import _, current

WIDTH, HEIGHT = 860, 180


@screen(Permission.PEGAWAI_LIHAT)
def pensions(request: ScreenRequest) -> HttpResponse:
    """Show who retires, with the months as a chart and a table."""
    wave = pensiun_daftar.gelombang(request.reader, request.GET)
    extra = {
        "gelombang": wave, "ahead": wave.within(request.reader.as_of), "tahun": wave.yearly(),
        "alamat_grafik": f"{reverse('pensiun_grafik')}?{_state(request)}",
    }  # fmt: skip
    return list_page(
        request, pensiun_daftar.PENSIUN, template="pegawai/pensiun.html", extra=extra,
        row_url=lambda nip: reverse("pegawai_profil", args=[nip]),
    )  # fmt: skip


def _state(request: HttpRequest) -> str:
    """Return what the chart depends on, as an address; the day is part of it so that each day has its own picture."""
    kept = request.GET.copy()
    for name in ("per", "sesudah", "sebelum", "urut", "kolom", "dalam"):
        kept.pop(name, None)
    kept["hari"] = request.reader.as_of.isoformat()  # type: ignore[attr-defined]
    return kept.urlencode()


def _tag(request: ScreenRequest) -> str:
    asked = (request.user.pk, _state(request), current(), revision(*pensiun_daftar.ROOMS))
    return '"' + sha256(repr(asked).encode()).hexdigest()[:32] + '"'


@screen(Permission.PEGAWAI_LIHAT)
@condition(etag_func=_tag)
def chart(request: ScreenRequest) -> HttpResponse:
    """Draw how many retire in each month."""
    months = pensiun_daftar.gelombang(request.reader, request.GET).bulan
    drawn = remember(("grafik pensiun", months, current()), lambda: _draw(months))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _draw(months: tuple[tuple[object, int], ...]) -> str:
    frame = pl.DataFrame({"bulan": [day for day, _n in months], "pegawai": [n for _day, n in months]})
    axis = alt.Axis(format="%m-%Y", labelAngle=0, tickCount=WINDOWS[-1] // 6)
    bars = alt.Chart(frame).mark_bar(color=ACCENT).encode(
        x=alt.X("yearmonth(bulan):T", title=None, axis=axis),
        y=alt.Y("pegawai:Q", title=_("pegawai pensiun"), axis=alt.Axis(tickMinStep=1)),
    )  # fmt: skip
    # A picture of its own finds only the fonts of the reader's machine.
    return svg(bars.properties(width=WIDTH, height=HEIGHT)).replace(FONT, f"{FONT}, system-ui, sans-serif")
