"""Between the form of an item on the screen and its rows: reading what was posted, and what a table shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from penata.domain.jabatan.informasi_butir import Isi, Row, choices_of, rows_of, words_of
from penata.domain.jabatan.informasi_susunan import Butir, Table
from penata.rulebook.legislation import Law


@dataclass(frozen=True)
class Lembar:
    """One table of an item as the page shows it."""

    table: Table
    rows: list[Row]
    choices: Mapping[str, tuple[str, ...]]  # field -> words
    codes: Mapping[str, str] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()

    @property
    def grows(self) -> bool:
        """Tell whether rows can be added, removed and moved."""
        return not (self.table.single or self.table.aspects or self.table.codes)


def lembar(butir: Butir, isi: Isi, law: Law, more: str = "") -> list[Lembar]:
    """Return the tables of an item; the table called *more* gets an empty row at its end."""
    out = []
    for table in butir.tables:
        rows = rows_of(table, isi, law)
        if table.name == more and rows[-1:] != [{}]:
            rows = [*rows, {}]
        out.append(
            Lembar(
                table=table,
                rows=rows,
                choices={f.name: choices_of(f, law) for f in table.fields if f.kind == "choice"},
                codes=words_of(table.codes, table.part, law) if table.codes else {},
                chosen=frozenset(row.get("kode", "") for row in rows) if table.codes else frozenset(),
            )
        )
    return out


def read_rows(butir: Butir, post: QueryDict) -> dict[str, list[Row]]:
    """Return the rows that were posted as ``table.number.field``, in the order in which they stood on the page."""
    found: dict[str, list[Row]] = {}
    for table in butir.tables:
        if table.codes:
            found[table.name] = [{"kode": str(code)} for code in post.getlist(table.name)]
            continue
        rows: dict[str, Row] = {}
        for name, value in post.items():
            head, _dot, rest = name.partition(".")
            number, _dot, cell = rest.partition(".")
            if head == table.name and cell:
                rows.setdefault(number, {})[cell] = str(value)
        found[table.name] = list(rows.values())
    return found


def arranged(rows: Mapping[str, list[Row]], act: str) -> dict[str, list[Row]]:
    """Return *rows* after a button of a row was pressed: ``hapus:table:place``, ``naik:...`` or ``turun:...``."""
    what, _colon, rest = act.partition(":")
    name, _colon, place_text = rest.partition(":")
    out = {table: list(items) for table, items in rows.items()}
    items, place = out.get(name, []), int(place_text) if place_text.isdecimal() else -1
    if not 0 <= place < len(items):
        return out
    if what == "hapus":
        del items[place]
    other = place + {"naik": -1, "turun": 1}.get(what, 0)
    if what in {"naik", "turun"} and 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
    return out
