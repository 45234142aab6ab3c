"""Charts from one specification: drawn as SVG for print and page alike, with the house's type and colours."""

from functools import cache

import altair as alt
import vl_convert

from penata.foundation.documents import FONTS

FONT = "Plus Jakarta Sans"
INK, MUTED, LINE = "#1d2327", "#5b6670", "#e3e0d8"
# Okabe and Ito's colours, told apart by colour-blind people; always beside a direct label or a sign.
BLUE, ORANGE, VERMILION, GREY = "#0072B2", "#E69F00", "#D55E00", "#8f989e"
ACCENT = "#0b5d5e"
SVG_PPI = 96.0  # pixels that an SVG has to the inch
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}


@cache
def _prepare() -> None:
    vl_convert.register_font_directory(str(FONTS))


def svg(chart: alt.TopLevelMixin) -> str:
    """Return *chart* drawn as SVG."""
    _prepare()
    spec = chart.to_dict()
    spec["config"] = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": 600, "gridColor": LINE, "domainColor": LINE,
            "tickColor": LINE, "labelFontSize": 10, "titleFontSize": 10, "labelLimit": 330,
        },
        "legend": {"labelColor": INK, "titleColor": MUTED, "orient": "top", "labelFontSize": 10, "title": None},
        "text": {"color": INK, "fontSize": 10},
        "header": {"labelColor": INK, "titleColor": MUTED},
    }  # fmt: skip
    drawn: str = vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS)
    return drawn


def png(drawn: str, *, ppi: float) -> bytes:
    """Return the SVG *drawn* as a picture of *ppi* pixels per inch, set in the house's type."""
    _prepare()
    picture: bytes = vl_convert.svg_to_png(drawn, scale=ppi / SVG_PPI)
    return picture
