"""What is typed or pasted into the grid, read by the same rules as an import, and written back the same way.

The column of the snapshot table decides how a cell is understood (:func:`penata.snapshot.source.parser_of`); what an
import would refuse is refused here with the same words.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO
from math import isfinite
from typing import Any

from penata.foundation.spreadsheet.columns import parse_column
from penata.foundation.spreadsheet.delimited import MAX_FIELD
from penata.foundation.spreadsheet.problems import finding
from penata.foundation.spreadsheet.titles import fold, nearest, readings
from penata.language import _
from penata.rulebook.abk_faces import LARGEST_BEBAN
from penata.snapshot.schema import BEBAN_KERJA, Column, Kind
from penata.snapshot.source import parser_of
from penata.snapshot.vocabulary import VOCABULARIES

KOLOM = ("tugas", "hasil", "volume", "periode", "norma_waktu", "satuan_waktu", "metode", "standar")
COLUMNS: Mapping[str, Column] = {name: BEBAN_KERJA.column(name) for name in KOLOM}
LONGEST = {"tugas": 2000, "hasil": 200}  # characters
MOST_ROWS = 5_000  # of one block


@dataclass(frozen=True, slots=True)
class Salah:
    """One cell that cannot be used: where (row from 0, None for a whole column), what is wrong and what to do."""

    baris: int | None
    kolom: str
    nilai: str
    pesan: str
    saran: str

    @property
    def judul(self) -> str:
        """Return the title of the column as people know it."""
        return COLUMNS[self.kolom].title if self.kolom in COLUMNS else self.kolom


@dataclass(frozen=True)
class Blok:
    """A block as it was understood: the columns it fills and its rows of typed values; or what is wrong with it."""

    kolom: tuple[str, ...] = ()
    baris: list[dict[str, Any]] = field(default_factory=list)
    salah: list[Salah] = field(default_factory=list)


def read_cells(rows: Sequence[Mapping[str, str]]) -> tuple[list[dict[str, Any]], list[Salah]]:
    """Return the typed values of *rows* (column to text; a blank is None) and every cell that cannot be used."""
    values: list[dict[str, Any]] = [{} for _row in rows]
    wrong: list[Salah] = []
    for name in KOLOM:
        at = [index for index, row in enumerate(rows) if name in row]
        cells = [rows[index][name] for index in at]
        parsed = parse_column(cells, parser_of(COLUMNS[name]))
        for index, cell, value, place in zip(at, cells, parsed.values, range(len(at)), strict=True):
            error = parsed.refused.get(place)
            found = _refusal(name, index, cell, error.code, error.words) if error else _beyond(name, index, cell, value)
            if found is not None:
                wrong.append(found)
            values[index][name] = value
    return values, sorted(wrong, key=lambda item: (item.baris or 0, KOLOM.index(item.kolom)))


def read_block(text: str, first: str) -> Blok:
    """Read a block as a spreadsheet puts it on the clipboard; its first column falls on the column *first*.

    A first row of known titles decides the columns instead. Nothing of a block with a wrong cell is to be used.
    """
    try:
        csv.field_size_limit(MAX_FIELD)
        lines = list(csv.reader(StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""), delimiter="\t"))
    except csv.Error:
        return _refused(_("Blok ini tidak terbaca sebagai sel lembar kerja."), _("Salin ulang selnya, lalu tempel."))
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    if not lines:
        return _refused(_("Papan klip kosong."), _("Salin sel di lembar kerja lebih dahulu."))
    if len(lines) > MOST_ROWS:
        return _refused(
            _("Blok ini berisi {n} baris.").format(n=len(lines)),
            _("Tempel paling banyak {most} baris sekaligus, atau gunakan impor.").format(most=MOST_ROWS),
        )
    titled = _titles(lines[0])
    names = titled or list(KOLOM[KOLOM.index(first) :])
    lines = lines[1:] if titled else lines
    widest = max((len(line) for line in lines), default=0)
    if widest > len(names):
        return _refused(
            _("Blok ini {n} kolom, sedangkan dari kolom yang dipilih hanya ada {room} kolom.").format(
                n=widest, room=len(names)
            ),
            _("Mulai menempel dari kolom yang lebih kiri, atau sertakan baris judulnya."),
        )
    rows = [{n: cell for n, cell in zip(names, line, strict=False) if n} for line in lines]
    values, wrong = read_cells(rows)
    used = tuple(name for name in names[:widest] if name)
    return Blok(used, [] if wrong else values, wrong)


def read_row(cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Salah]]:
    """Return one row as the table stores it; a row without a task is refused."""
    (values,), wrong = read_cells([cells])
    if values.get("tugas") is None and not any(item.kolom == "tugas" for item in wrong):
        wrong.append(Salah(0, "tugas", "", _("Uraian tugas belum diisi."), _("Tulis tugasnya, atau hapus baris ini.")))
    return stored(values), wrong


def stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return *values* as the table stores them: an empty text is empty, an unknown number is null."""
    return {
        name: ("" if values[name] is None and COLUMNS[name].kind is not Kind.DECIMAL else values[name])
        for name in KOLOM
        if name in values
    }


def written(value: object) -> str:
    """Return a stored value as a cell shows it, so that it reads back as the same value: 1.234,5."""
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    whole, _point, rest = format(Decimal(repr(value)), "f").partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def cells_of(row: Mapping[str, Any]) -> list[str]:
    """Return the cells of a stored row in the order of KOLOM."""
    return [written(row[name]) for name in KOLOM]


def _titles(cells: Sequence[str]) -> list[str]:
    """Return the column of each cell where the row is a head (two titles or more); empty otherwise."""
    known = {fold(title): name for name, column in COLUMNS.items() for title in (*column.aliases, column.title)}
    names = [next((known[form] for form in readings(cell) if form in known), "") for cell in cells]
    hits = [name for name in names if name]
    return names if len(hits) > 1 and len(set(hits)) == len(hits) and "tugas" in hits else []


def _refusal(name: str, index: int, cell: str, code: str, words: Mapping[str, object]) -> Salah:
    column = COLUMNS[name]
    near = nearest(cell, VOCABULARIES[column.vocabulary]) if code == "B22" else None
    hint = _(" Yang paling mirip: “{word}”.").format(word=near) if near else ""
    found = finding(code, **{"title": column.title, "near": hint, "value": cell, **words})
    return Salah(index, name, cell, found["message"], found["remedy"])


def _beyond(name: str, index: int, cell: str, value: object) -> Salah | None:
    if isinstance(value, float):
        if value < 0:
            return Salah(index, name, cell, _("Bilangan ini negatif."), _("Tulis nol atau bilangan positif."))
        if not isfinite(value) or value > LARGEST_BEBAN:
            return Salah(index, name, cell, _("Bilangan ini terlalu besar."), _("Periksa tanda ribuan dan desimalnya."))
    if isinstance(value, str) and len(value) > LONGEST.get(name, len(value)):
        return Salah(
            index, name, cell, _("Teks ini lebih dari {n} huruf.").format(n=LONGEST[name]), _("Ringkas tulisannya.")
        )
    return None


def _refused(pesan: str, saran: str) -> Blok:
    return Blok(salah=[Salah(None, "", "", pesan, saran)])
