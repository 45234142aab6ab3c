"""The charts of a run, one specification each, for the report and the page."""

from typing import Any

import altair as alt
import polars as pl

from penata.analysis.penataan import Penataan
from penata.foundation.charts import ACCENT, BLUE, GREY, ORANGE, VERMILION, svg
from penata.language import _

WIDTH = 520
UNITS_SHOWN = 24


def charts(done: Penataan) -> dict[str, str]:
    """Return every chart that this run can feed, as SVG by name."""
    drawn = {"selisih": _gap_chart(done)}
    if done.proyeksi is not None:
        drawn["pensiun"] = _wave_chart(done)
    if done.penempatan is not None:
        drawn["kecocokan"] = _fit_chart(done)
    if done.kesenjangan is not None and done.kesenjangan.kompetensi.height:
        drawn["kesenjangan"] = _competence_chart(done)
    return {name: svg(chart) for name, chart in drawn.items()}


def units_by_gap(done: Penataan) -> pl.DataFrame:
    """Return the perangkat daerah with roll-ups, the greatest shortage first."""
    codes = done.peta.posisi["perangkat_daerah"].unique()
    return done.peta.unit.filter(pl.col("kode").is_in(codes.implode())).sort(
        "kurang_kumulatif", "lebih_kumulatif", "kode", descending=[True, True, False]
    )


def _gap_chart(done: Penataan) -> Any:
    units = units_by_gap(done).head(UNITS_SHOWN)
    short, over = _("kurang"), _("lebih")
    rows = pl.concat(
        [
            units.select("nama", (-pl.col("kurang_kumulatif")).alias("orang"), pl.lit(short).alias("jenis")),
            units.select("nama", pl.col("lebih_kumulatif").alias("orang"), pl.lit(over).alias("jenis")),
        ]
    )
    order = units["nama"].to_list()
    base = alt.Chart(rows).encode(y=alt.Y("nama:N", sort=order, title=None))
    bars = base.mark_bar(height=9).encode(
        x=alt.X("orang:Q", title=_("orang"), axis=alt.Axis(format=",d")),
        color=alt.Color("jenis:N", scale=alt.Scale(domain=[short, over], range=[VERMILION, BLUE])),
    )
    return bars.properties(width=WIDTH - 200, height=max(14 * units.height, 28))


def _wave_chart(done: Penataan) -> Any:
    if done.proyeksi is None:
        raise ValueError("no projection")
    pension, contract = _("pensiun"), _("kontrak PPPK berakhir")
    wave = done.proyeksi.gelombang.filter(pl.col("tahun") > done.proyeksi.tahun[0])
    rows = wave.unpivot(on=["pensiun", "kontrak_berakhir"], index="tahun", variable_name="sebab", value_name="orang")
    rows = rows.with_columns(pl.col("sebab").replace({"pensiun": pension, "kontrak_berakhir": contract}))
    base = alt.Chart(rows).encode(x=alt.X("tahun:O", title=None, axis=alt.Axis(labelAngle=0)))
    colour = alt.Color("sebab:N", scale=alt.Scale(domain=[pension, contract], range=[ACCENT, ORANGE]))
    offset = alt.XOffset("sebab:N", sort=[pension, contract])
    bars = base.mark_bar().encode(
        y=alt.Y("orang:Q", title=_("orang"), axis=alt.Axis(format=",d")), color=colour, xOffset=offset
    )
    labels = base.mark_text(dy=-6).encode(y="orang:Q", text=alt.Text("orang:Q", format=",d"), xOffset=offset)
    return (bars + labels).properties(width=WIDTH, height=150)


def _fit_chart(done: Penataan) -> Any:
    if done.penempatan is None:
        raise ValueError("no placement")
    now, then = _("sekarang"), _("usulan")
    moved = done.penempatan.usulan.filter(pl.col("skor_lama").is_not_null() & pl.col("skor_baru").is_not_null())
    moved = moved.filter(pl.col("posisi_lama") != pl.col("posisi_baru"))
    rows = (
        pl.concat(
            [
                moved.select((pl.col("skor_lama") // 50 * 50).alias("skor"), pl.lit(now).alias("keadaan")),
                moved.select((pl.col("skor_baru") // 50 * 50).alias("skor"), pl.lit(then).alias("keadaan")),
            ]
        )
        .group_by("skor", "keadaan")
        .agg(pl.len().alias("orang"))
        .sort("keadaan", "skor")
    )
    return (
        alt.Chart(rows)
        .mark_line(point=True, interpolate="monotone")
        .encode(
            x=alt.X(
                "skor:Q", title=_("kecocokan (poin) pegawai yang diusulkan pindah"), scale=alt.Scale(domain=[0, 1000])
            ),
            y=alt.Y("orang:Q", title=_("orang"), axis=alt.Axis(format=",d")),
            color=alt.Color("keadaan:N", scale=alt.Scale(domain=[now, then], range=[GREY, ACCENT])),
        )
        .properties(width=WIDTH, height=150)
    )


def _competence_chart(done: Penataan) -> Any:
    if done.kesenjangan is None:
        raise ValueError("no gaps")
    rows = done.kesenjangan.kompetensi.sort("tingkat", "kompetensi", descending=[True, False]).head(15)
    order = rows["kompetensi"].to_list()
    base = alt.Chart(rows).encode(y=alt.Y("kompetensi:N", sort=order, title=None))
    bars = base.mark_bar(color=ACCENT, height=10).encode(
        x=alt.X("tingkat:Q", title=_("tingkat kesenjangan"), axis=alt.Axis(format=",d"))
    )
    labels = base.mark_text(align="left", dx=3).encode(x="tingkat:Q", text=alt.Text("orang:Q", format=",d"))
    return (bars + labels).properties(width=WIDTH - 160, height=15 * len(order))
