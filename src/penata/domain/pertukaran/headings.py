"""The titles of the sheets that were uploaded, and how an account says what they mean.

What one account says about a sheet is remembered under the signature of its titles, as one shape of a mapping file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from penata.domain.pertukaran.models import PemetaanJudul
from penata.foundation.access.models import User
from penata.foundation.spreadsheet.cells import is_blank, shown
from penata.foundation.spreadsheet.container import Sheet, open_book
from penata.foundation.spreadsheet.header import TitleRow, find_header, title_rows
from penata.foundation.spreadsheet.titles import fold, readings
from penata.language import N_
from penata.snapshot.mapping import Pemetaan, parse_mapping
from penata.snapshot.recognition import OWN_SHEETS, fields_of, recognise
from penata.snapshot.schema import TABLES

NAME = N_("pemetaan Anda")
MOST_SHEETS = 40
MOST_TITLES = 120
IGNORED = "-"  # the account said that the sheet is not to be read


@dataclass(frozen=True, slots=True)
class Heading:
    """One sheet: its titles, an example below each, and what it is taken for (columns: our name -> their title)."""

    file: str
    sheet: str
    row: int
    titles: tuple[str, ...]
    examples: tuple[str, ...]
    sidik: str
    table: str
    columns: Mapping[str, str]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return asdict(self) | {"titles": list(self.titles), "examples": list(self.examples)}


def read_headings(paths: Sequence[Path]) -> list[Heading]:
    """Return the sheets of *paths* that have something like a header. Raises RefusedFile."""
    found: list[Heading] = []
    for path in paths:
        for sheet in open_book(path).sheets():
            if sheet.hidden or fold(sheet.name) in OWN_SHEETS or len(found) >= MOST_SHEETS:
                continue
            heading = _heading(sheet)
            if heading is not None:
                found.append(heading)
    return found


def _heading(sheet: Sheet) -> Heading | None:
    rows = [row for row in title_rows(sheet) if row.first == row.last]
    if not rows:
        return None
    known = recognise(sheet, title_rows(sheet))
    if known is not None and known.header is not None:
        first, last, titles = known.header.first, known.header.last, known.header.titles
        columns = {name: titles[at] for name, at in known.header.columns.items()}
    else:
        widest = max(rows, key=_filled)
        first, last, titles, columns = widest.first, widest.last, widest.titles, {}
    kept = tuple(title for title in titles[:MOST_TITLES] if title)
    return Heading(
        sheet.file, sheet.name, first + 1, kept, _examples(sheet, last + 1, titles[:MOST_TITLES]), signature(kept),
        known.table.name if known is not None else "", columns,
    )  # fmt: skip


def _filled(row: TitleRow) -> int:
    return sum(bool(title) for title in row.titles)


def _examples(sheet: Sheet, start: int, titles: Sequence[str]) -> tuple[str, ...]:
    """Return for each titled column the first value below its title."""
    below = sheet.rows[start : start + 20]
    return tuple(
        next((shown(row[at])[:60] for row in below if at < len(row) and not is_blank(row[at])), "")
        for at, title in enumerate(titles)
        if title
    )


def guess(table: str, titles: Sequence[str]) -> dict[str, str]:
    """Return our column -> their title, as far as the titles say it when they are read as those of *table*."""
    if table not in TABLES:
        return {}
    row = TitleRow(0, 0, tuple(titles), tuple(tuple(readings(title)) for title in titles))
    header = find_header([row], fields_of(TABLES[table]))
    return {name: titles[at] for name, at in header.columns.items()} if header is not None else {}


def signature(titles: Sequence[str]) -> str:
    """Return the SHA-256 of the titles, whatever their case, spacing and order."""
    return sha256("\n".join(sorted({fold(title) for title in titles})).encode()).hexdigest()


def shape(table: str, columns: Mapping[str, str]) -> dict[str, Any]:
    """Return the shape of a mapping file that reads *columns* (our name -> their title) into *table*."""
    titles = list(dict.fromkeys(columns.values()))
    return {"kenali": titles, "keluaran": [{"tabel": table, "kolom": dict(columns)}]}


def remember(user: User, sidik: str, bentuk: Mapping[str, Any]) -> None:
    """Keep how *user* reads sheets with these titles."""
    PemetaanJudul.objects.update_or_create(user=user, sidik=sidik, defaults={"bentuk": dict(bentuk)})


def forget(user: User, sidik: str) -> None:
    """Read sheets with these titles by their names again."""
    PemetaanJudul.objects.filter(user=user, sidik=sidik).delete()


def remembered(user: User, paths: Sequence[Path]) -> Pemetaan | None:
    """Return the mapping that *user* gave for sheets like those of *paths*; None without one. Raises RefusedFile."""
    kept = dict(PemetaanJudul.objects.filter(user=user).values_list("sidik", "bentuk"))
    if not kept:
        return None
    signatures = dict.fromkeys(heading.sidik for heading in read_headings(paths))
    shapes = [kept[sidik] for sidik in signatures if sidik in kept]
    return parse_mapping({"nama": NAME, "bentuk": shapes}, NAME) if shapes else None
