"""The map as the screen draws it: places of the boxes that show, and what is written in them, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from penata.domain.peta_jabatan.denah import HEIGHT, WIDTH, lay_out
from penata.domain.peta_jabatan.susunan import Bagian, bagian
from penata.foundation.access.reader import Reader
from penata.report.peta.metrics import wrap

MOST_OPEN = 20_000  # boxes that one answer may place
WRITTEN = 120  # boxes whose text comes with the places, the upper levels first
ASKED = 400  # boxes whose text may be asked for at once
NAME_SIZE, NOTE_SIZE, ROOM, LINES = 12.5, 11.0, WIDTH - 18.0, 3
# What a box is, as bits, so that thousands of them stay a short list of numbers.
ON_RAIL, CLOSED, OPEN, KRITIS, NOT_ACTIVE = 1, 2, 4, 8, 16
FOUND = 20


@dataclass(frozen=True, slots=True)
class View:
    """What is open: the first *levels*, and what was opened and closed besides (ids of posisi).

    Whatever stands above the posisi *focus* is opened too.
    """

    levels: int | None = None
    opened: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    focus: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A posisi that a search of the map found, and the ids of its superiors from the top down."""

    id: int
    kode: str
    jabatan: str
    unit: str
    above: tuple[int, ...]


def plan(reader: Reader, unit_id: int | None, view: View) -> dict[str, Any]:
    """Return places, figures and the text of the upper boxes of what shows of a unit.

    lebar, tinggi, kotak (size of a box), total (posisi of the unit), dalam (levels open), dibuka (ids opened to reach
    the focus), tahun; simpul: parallel lists
    id, x, y, p (place of the superior in these lists), f (bits), b, k; batang: x of the line
    down to a lower shelf; bawah: how many a closed box hides; keluar: who
    leaves per year, of the posisi where somebody does; jumlah: b, k, kurang, kosong of the whole unit per year; isi:
    what is written in the first boxes (see :func:`texts`).
    """
    part = bagian(reader, unit_id)
    levels = view.levels or part.levels()
    above = part.ancestors(part.place[view.focus]) if view.focus in part.place else []
    reached = frozenset(part.rows["posisi_id"][above].to_list()) if above else frozenset()
    rows = part.shown(levels, view.opened | reached, view.closed - reached)[:MOST_OPEN]
    place = {row: index for index, row in enumerate(rows)}
    parent = [place.get(above, -1) for above in part.parent[rows].tolist()]
    inner = {above for above in parent if above >= 0}
    size = part.size[rows].tolist()
    heads = [size[index] > 1 and index not in inner for index in range(len(rows))]
    laid = lay_out(parent, heads)
    mine = part.rows[rows]
    critical, status = mine["kritis"].to_list(), mine["status"].to_list()
    flags = [
        ON_RAIL * laid.on_rail[i] + CLOSED * heads[i] + OPEN * (i in inner) + KRITIS * critical[i]
        + NOT_ACTIVE * (status[i] != "aktif")
        for i in range(len(rows))
    ]  # fmt: skip
    upper = sorted(range(len(rows)), key=lambda index: (laid.y[index], laid.x[index]))[:WRITTEN]
    return {
        "lebar": laid.width,
        "tinggi": laid.height,
        "kotak": [WIDTH, HEIGHT],
        "total": part.rows.height,
        "dalam": levels,
        "dibuka": sorted(reached),
        "tahun": reader.as_of.year,
        "simpul": {
            "id": mine["posisi_id"].to_list(), "x": laid.x, "y": laid.y, "p": parent, "f": flags,
            "b": _short(mine["bezetting"].to_list()), "k": _short(mine["kebutuhan"].to_list()),
        },
        "batang": laid.trunk,
        "bawah": {index: size[index] - 1 for index, closed in enumerate(heads) if closed},
        "keluar": {index: years for index, years in enumerate(mine["keluar"].to_list()) if any(years)},
        "jumlah": part.by_year,
        "isi": texts(part, [rows[index] for index in sorted(upper)]),
    }  # fmt: skip


def texts(part: Bagian, rows: Sequence[int]) -> dict[int, list[Any]]:
    """Return per posisi id what is written in its box: kode, lines of the name, unit, kelas, plt, full name if cut."""
    units = part.rows["unit_id"].to_list()
    found: dict[int, list[Any]] = {}
    wanted = part.rows[list(rows)].select("posisi_id", "kode", "jabatan", "nama_unit", "kelas", "plt")
    for row, (key, kode, jabatan, unit, kelas, plt) in zip(rows, wanted.iter_rows(), strict=True):
        lines = wrap(jabatan, ROOM, NAME_SIZE, bold=True, lines=LINES)
        above = int(part.parent[row])
        own = above < 0 or units[above] != units[row]
        note = wrap(unit or "", ROOM, NOTE_SIZE, lines=1)[0] if own else ""
        found[key] = [kode, lines, note, kelas, plt, *([jabatan] if lines[-1].endswith("\u2026") else [])]
    return found


def asked_texts(reader: Reader, unit_id: int | None, ids: Sequence[int]) -> dict[int, list[Any]]:
    """Return :func:`texts` of the posisi with these ids that stand on the map of the unit."""
    part = bagian(reader, unit_id)
    return texts(part, [part.place[key] for key in ids[:ASKED] if key in part.place])


def find(reader: Reader, unit_id: int | None, text: str) -> list[Hit]:
    """Return the first posisi on the map of the unit whose jabatan, code or unit holds every word of *text*."""
    words = text.lower().split()
    if not words:
        return []
    part = bagian(reader, unit_id)
    folded = pl.concat_str("jabatan", "kode", "nama_unit", separator=" ", ignore_nulls=True).str.to_lowercase()
    found = (
        part.rows.with_row_index("row").filter(folded.str.contains(word, literal=True) for word in words).head(FOUND)
    )
    ids = part.rows["posisi_id"]
    return [
        Hit(key, kode, jabatan, unit or "", tuple(ids[above] for above in reversed(part.ancestors(row))))
        for row, key, kode, jabatan, unit in found.select(
            "row", "posisi_id", "kode", "jabatan", "nama_unit"
        ).iter_rows()
    ]


def _short(values: Sequence[float | None]) -> list[float | int | None]:
    """Return whole numbers as such, so that they are short in the answer."""
    return [int(value) if value is not None and value == int(value) else value for value in values]
