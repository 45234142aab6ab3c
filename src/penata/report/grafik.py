"""The charts of a run, one specification each, for the report and the page.

A chart is drawn only where it shows something: at least two bars, and not all of them zero. Beside each chart stands
its table (see :mod:`penata.report.tabel`), so that no figure is lost to who cannot read the drawing.
"""

from typing import Any

import altair as alt
import polars as pl

from penata.analysis.penataan import Penataan
from penata.foundation.charts import ACCENT, BLUE, GREY, ORANGE, VERMILION, svg
from penata.language import _
from penata.report.tabel import COMPETENCES_SHOWN, UNITS_CHARTED, fit_bins, per_office, years_ahead

WIDTH = 560
NARROW = 330  # for a chart that stands beside its table
WHOLE = ",d"
HEADROOM = 1.12


def charts(done: Penataan) -> dict[str, str]:
    """Return every chart that this run can feed, as SVG by name."""
    drawn = {
        "selisih": _gap_chart(done),
        "pensiun": _wave_chart(done),
        "proyeksi": _years_chart(done),
        "kecocokan": _fit_chart(done),
        "kesenjangan": _competence_chart(done),
    }
    return {name: svg(chart) for name, chart in drawn.items() if chart is not None}


def _gap_chart(done: Penataan) -> Any:
    units = per_office(done).filter(pl.col("kurang") + pl.col("lebih") > 0).head(UNITS_CHARTED)
    if units.height < 2:
        return None
    short, over = _("kurang"), _("lebih")
    rows = pl.concat(
        [
            units.select("nama", orang=-pl.col("kurang"), banyak="kurang", jenis=pl.lit(short)),
            units.select("nama", orang="lebih", banyak="lebih", jenis=pl.lit(over)),
        ]
    ).filter(pl.col("banyak") > 0)
    # The axis counts people on both sides: a shortage is no negative number of people.
    axis = alt.Axis(labelExpr="format(abs(datum.value), ',d')", tickMinStep=1)
    base = alt.Chart(rows).encode(
        y=alt.Y("nama:N", sort=units["nama"].to_list(), title=None),
        # Room on both sides for the figures at the ends of the bars.
        x=alt.X("orang:Q", title=_("orang"), axis=axis, scale=alt.Scale(padding=26, nice=False)),
    )
    colour = alt.Color("jenis:N", scale=alt.Scale(domain=[short, over], range=[VERMILION, BLUE]))
    bars = base.mark_bar(height=9).encode(color=colour)
    label = alt.Text("banyak:Q", format=WHOLE)
    left = base.transform_filter(alt.datum.orang < 0).mark_text(align="right", dx=-3, fontSize=8).encode(text=label)
    right = base.transform_filter(alt.datum.orang > 0).mark_text(align="left", dx=3, fontSize=8).encode(text=label)
    return (bars + left + right).properties(width=WIDTH - 270, height=14 * units.height)


def _wave_chart(done: Penataan) -> Any:
    if done.proyeksi is None:
        return None
    pension, contract = _("pensiun"), _("kontrak PPPK berakhir")
    wave = done.proyeksi.gelombang.filter(pl.col("tahun") > done.proyeksi.tahun[0])
    if not wave.select(pl.sum_horizontal(pl.col("pensiun", "kontrak_berakhir").sum())).item():
        return None
    rows = wave.unpivot(on=["pensiun", "kontrak_berakhir"], index="tahun", variable_name="sebab", value_name="orang")
    rows = rows.with_columns(pl.col("sebab").replace({"pensiun": pension, "kontrak_berakhir": contract}))
    return _paired_bars(rows, "tahun", "sebab", (pension, contract), (ACCENT, ORANGE))


def _years_chart(done: Penataan) -> Any:
    years = years_ahead(done)
    if not years.height or years["kebutuhan"].null_count():
        return None
    have, need = _("bezetting"), _("kebutuhan")
    rows = pl.concat(
        [
            years.select("tahun", orang="bezetting", jenis=pl.lit(have)),
            years.select("tahun", orang="kebutuhan", jenis=pl.lit(need)),
        ]
    )
    return _paired_bars(rows, "tahun", "jenis", (have, need), (ACCENT, GREY))


def _paired_bars(rows: pl.DataFrame, x: str, series: str, names: tuple[str, str], colours: tuple[str, str]) -> Any:
    """Return two bars per *x* with their figures on top."""
    base = alt.Chart(rows).encode(x=alt.X(f"{x}:O", title=None, axis=alt.Axis(labelAngle=0)))
    offset = alt.XOffset(f"{series}:N", sort=list(names))
    scale = alt.Color(f"{series}:N", scale=alt.Scale(domain=list(names), range=list(colours)))
    top = float(str(rows["orang"].max() or 0)) * HEADROOM  # for the figures on top of the bars
    scale_y = alt.Scale(domainMin=0, domainMax=max(top, 1.0), nice=False)
    count = alt.Y("orang:Q", title=_("orang"), axis=alt.Axis(format=WHOLE, tickMinStep=1), scale=scale_y)
    bars = base.mark_bar().encode(y=count, color=scale, xOffset=offset)
    labels = base.mark_text(dy=-6, fontSize=8).encode(
        y="orang:Q", text=alt.Text("orang:Q", format=WHOLE), xOffset=offset
    )
    return (bars + labels).properties(width=NARROW, height=150)


def _fit_chart(done: Penataan) -> Any:
    bins = fit_bins(done)
    if bins.height < 2:
        return None
    now, then = _("posisi sekarang"), _("posisi usulan")
    rows = pl.concat(
        [
            bins.select("rentang", orang="sekarang", keadaan=pl.lit(now)),
            bins.select("rentang", orang="usulan", keadaan=pl.lit(then)),
        ]
    )
    return _paired_bars(rows, "rentang", "keadaan", (now, then), (GREY, ACCENT))


def _competence_chart(done: Penataan) -> Any:
    if done.kesenjangan is None or done.kesenjangan.kompetensi.height < 2:
        return None
    rows = done.kesenjangan.kompetensi.head(COMPETENCES_SHOWN)
    base = alt.Chart(rows).encode(
        y=alt.Y("kompetensi:N", sort=rows["kompetensi"].to_list(), title=None),
        x=alt.X("tingkat:Q", title=_("tingkat"), axis=alt.Axis(format=WHOLE, tickMinStep=1, tickCount=4)),
    )
    bars = base.mark_bar(color=ACCENT, height=10)
    labels = base.mark_text(align="left", dx=3, fontSize=8).encode(text=alt.Text("tingkat:Q", format=WHOLE))
    return (bars + labels).properties(width=130, height=15 * rows.height)
