"""Small lines and bars beside a figure: where it stood over a year, drawn as plain SVG without a library."""

from collections.abc import Sequence
from dataclasses import dataclass

from penata.domain.peta_jabatan.tren import Tren
from penata.language import N_, _

WIDTH, HEIGHT, MARGIN = 132, 30, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over time. ``points`` is what a polyline draws, ``bars`` rectangles as x, y, width, height."""

    title: str
    source: str  # name of the figure whose drawer says where it comes from
    first: float | None
    last: float | None
    change: float | None
    points: str = ""
    end: tuple[float, float] | None = None  # where the line ends
    bars: Sequence[tuple[float, float, float, float]] = ()
    signed: bool = False  # the figure itself is a difference


FIGURES = (
    (N_("Posisi"), "posisi"), (N_("Bezetting (B)"), "bezetting"), (N_("Kebutuhan (K)"), "kebutuhan"),
    (N_("+/−"), "selisih"), (N_("Posisi kosong"), "kosong"),
)  # fmt: skip


def lines(tren: Tren) -> list[Line]:
    """Return a line per headline figure that is known, and the pensions ahead as bars."""
    found = [_line(_(title), name, tren.values(name)) for title, name in FIGURES]
    counts = [float(n) for _month, n in tren.pensiun]
    pension = Line(_("Pensiun per bulan, 12 bulan ke depan"), "pensiun", None, sum(counts), None, bars=_bars(counts))
    return [*(line for line in found if line.last is not None), pension]


def _line(title: str, name: str, values: Sequence[float | None]) -> Line:
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    last = values[-1]
    if last is None or len(known) < 2:
        return Line(title, name, None, last, None, signed=name == "selisih")
    places = _places(known, len(values))
    drawn = " ".join(f"{x:g},{y:g}" for x, y in places)
    first = known[0][1]
    return Line(title, name, first, last, last - first, drawn, places[-1], signed=name == "selisih")


def _places(known: Sequence[tuple[int, float]], count: int) -> list[tuple[float, float]]:
    low, high = min(value for _at, value in known), max(value for _at, value in known)
    step, room = (WIDTH - 2 * MARGIN) / (count - 1), HEIGHT - 2 * MARGIN
    spread = high - low

    def height(value: float) -> float:
        return MARGIN + room * (1 - (value - low) / spread) if spread else HEIGHT / 2

    return [(round(MARGIN + step * at, 1), round(height(value), 1)) for at, value in known]


def _bars(counts: Sequence[float]) -> list[tuple[float, float, float, float]]:
    most, step = max(counts, default=0.0), WIDTH / max(len(counts), 1)
    if not most:
        return []
    tall = [round((HEIGHT - MARGIN) * n / most, 1) for n in counts]
    return [(round(step * at + 1, 1), round(HEIGHT - h, 1), round(step - 2, 1), h) for at, h in enumerate(tall)]
