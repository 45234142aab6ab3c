"""Sheet after sheet: which tables it feeds, with which columns, and what is to be said about it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from penata.foundation.spreadsheet import RefusedFile
from penata.foundation.spreadsheet.body import Body, read_body
from penata.foundation.spreadsheet.cells import is_blank
from penata.foundation.spreadsheet.container import Sheet
from penata.foundation.spreadsheet.header import Header, title_rows
from penata.foundation.spreadsheet.problems import finding
from penata.foundation.spreadsheet.titles import column_letter, fold, single_line
from penata.language import _
from penata.snapshot.mapping import Output, Pemetaan, Shape, shipped_mappings
from penata.snapshot.mapping_values import Table as Cells
from penata.snapshot.recognition import OWN_SHEETS, Recognised, fields_of, nearest_table, recognise
from penata.snapshot.schema import Kind, Table
from penata.snapshot.source import Fed, Source
from penata.snapshot.vocabulary import resolve

# Required columns that another table can supply (see assemble): their absence from the header is no error yet.
SUPPLIED = {("jabatan", "jenis")}
_UNFILLED = {Kind.DECIMAL}  # a count in a merged area is the count of the group, not of each row
_NAMED_AT_MOST = 12
_AGENCY = re.compile(r"^(?:nama )?(?:instansi|pemerintah daerah)\s*:\s*(.+)$", re.IGNORECASE)
_GOVERNMENT = re.compile(r"^pemerintah (?:kota|kabupaten|provinsi|daerah) .+", re.IGNORECASE)


class Feeder:
    """Turns sheets into sources. ``found``: findings about sheets; ``skipped``: (file, sheet) that fed nothing."""

    def __init__(self, mapping: Pemetaan | None) -> None:
        self._given = mapping
        self._mappings = [*([mapping] if mapping else []), *shipped_mappings()]
        self._mapped_by: set[str] = set()
        self.found: list[dict[str, Any]] = []
        self.skipped: list[tuple[str, str]] = []
        self.instansi: str | None = None

    def feed(self, sheet: Sheet) -> Iterator[Source]:
        """Yield the sources that *sheet* holds."""
        if fold(sheet.name) in OWN_SHEETS:
            return
        if sheet.hidden:
            self._skip(sheet, finding("B05", file=sheet.file, sheet=sheet.name))
            return
        rows = title_rows(sheet)
        if not rows:
            return
        for mapping in self._mappings:
            if (match := mapping.recognise(sheet, rows)) is not None:
                self._mapped_by.add(mapping.name)
                yield from self._map(sheet, mapping, *match)
                return
        known = recognise(sheet, rows)
        if known is None:
            near = nearest_table(sheet.name)
            said = _(" Nama lembar yang paling mirip: “{title}”.").format(title=near) if near else ""
            self._skip(sheet, finding("B06", file=sheet.file, sheet=sheet.name, near=said))
        elif self._check(sheet, known) and known.header is not None:
            yield self._source(sheet, known.table, known.header)

    def check_mapping(self) -> None:
        """Refuse to go on when the mapping that was given fitted no sheet."""
        if self._given is not None and self._given.name not in self._mapped_by:
            titles = "; ".join(", ".join(shape.known_by) for shape in self._given.shapes)
            raise RefusedFile(
                _("Pemetaan “{name}” tidak cocok dengan lembar mana pun; kolom yang dicarinya: {titles}.").format(
                    name=self._given.name, titles=titles
                )
            )

    def _skip(self, sheet: Sheet, why: dict[str, Any]) -> None:
        self.found.append(why)
        self.skipped.append((sheet.file, sheet.name))

    def _check(self, sheet: Sheet, known: Recognised) -> bool:
        """Report a header that is missing or incomplete; tell whether the sheet can be used."""
        place = {"file": sheet.file, "sheet": sheet.name, "table": known.table.name}
        if known.header is None:
            titles = [column.title for column in known.table.columns if column.required]
            self._skip(sheet, finding("B03", **place, required=", ".join(f"“{title}”" for title in titles)))
            return False
        lacking = [
            field for field in known.header.missing(fields_of(known.table))
            if (known.table.name, field.name) not in SUPPLIED
        ]  # fmt: skip
        for field in lacking:
            near = known.header.nearest_title(field)
            said = _(" Judul yang paling mirip: “{title}”.").format(title=near) if near else ""
            at = {"row": known.header.last + 1, "header": field.titles[0]}
            self.found.append(finding("B01", **place, **at, title=field.titles[0], near=said))
        if lacking:
            self.skipped.append((sheet.file, sheet.name))
        return not lacking

    def _source(self, sheet: Sheet, table: Table, header: Header) -> Source:
        columns = dict(header.columns)
        keys = [columns[column.name] for column in table.columns if column.required and column.name in columns]
        passed_on = [column for column in table.columns if column.kind not in _UNFILLED]
        filled = [columns[column.name] for column in passed_on if column.name in columns]
        repeated = {at for all_ in header.repeated.values() for at in all_}
        eselon = next((at for at in header.unused if fold(header.titles[at]) == "eselon"), None)
        wanted = {*columns.values(), *repeated, *([] if eselon is None else [eselon])}
        body = read_body(sheet, header, wanted, keys=keys, filled=filled)
        self._report_columns(sheet, table.name, header, body)
        self._note(sheet, table.name, header, body)
        fields = {name: Fed(body.cells[at], at, header.titles[at]) for name, at in columns.items()}
        if eselon is not None and "jenis" in fields:
            fields["jenis"] = _or_eselon(fields["jenis"], body.cells[eselon])
        return _source(sheet, table.name, header, body, fields)

    def _report_columns(self, sheet: Sheet, table: str, header: Header, body: Body) -> None:
        place = {"file": sheet.file, "sheet": sheet.name, "table": table, "row": header.last + 1}
        for columns in header.repeated.values():
            first = body.cells[columns[0]]
            if any(body.cells[at] != first for at in columns[1:]):
                letters = ", ".join(column_letter(at) for at in columns)
                title = header.titles[columns[0]]
                cell = {"column": column_letter(columns[1]), "header": title}
                self.found.append(finding("B02", **place, **cell, title=title, columns=letters))
        unused = [f"{header.titles[at]} ({column_letter(at)})" for at in header.unused]
        if unused:
            rest = len(unused) - _NAMED_AT_MOST
            named = [*unused[:_NAMED_AT_MOST], *([_("dan {count} lagi").format(count=rest)] if rest > 0 else [])]
            self.found.append(finding("B04", **place, columns=", ".join(named)))

    def _note(self, sheet: Sheet, table: str, header: Header, body: Body) -> None:
        if body.totals:
            numbers = [str(at + 1) for at in body.totals[:_NAMED_AT_MOST]]
            more = ["…"] if len(body.totals) > _NAMED_AT_MOST else []
            place = {"file": sheet.file, "sheet": sheet.name, "table": table, "row": body.totals[0] + 1}
            self.found.append(finding("B07", **place, count=len(body.totals), rows=", ".join([*numbers, *more])))
        if self.instansi is None:
            self.instansi = _agency_above(sheet, header.first)

    def _map(self, sheet: Sheet, mapping: Pemetaan, shape: Shape, header: Header) -> Iterator[Source]:
        place = {"file": sheet.file, "sheet": sheet.name}
        self.found.append(finding("B30", **place, name=mapping.name))
        keys = [header.columns[fold(title)] for title in shape.known_by]
        body = read_body(sheet, header, set(header.columns.values()), keys=keys, filled=())
        self._note(sheet, shape.outputs[0].table, header, body)
        cells = _cells(header, body)
        if self.instansi is None and shape.instansi:
            named = {single_line(cell) for cell in cells.column(shape.instansi) if not is_blank(cell)}
            self.instansi = named.pop() if len(named) == 1 else None
        for output in shape.outputs:
            dropped = [condition.rows(cells) for condition in (*shape.skip, *output.skip)]
            kept = [not any(row) for row in zip(*dropped, strict=True)] if dropped else [True] * len(body.rows)
            if left_out := kept.count(False):
                self.found.append(finding("B31", **place, table=output.table, name=mapping.name, count=left_out))
            yield _mapped(sheet, shape, output, header, body.only(kept) if left_out else body)


def _or_eselon(jenis: Fed, eselon: Sequence[Any]) -> Fed:
    """Where the jenis only says "struktural", the eselon beside it says which."""
    known = {cell: resolve("jenis_jabatan", str(cell)) is not None for cell in set(jenis.cells)}
    cells = [
        level if not known[cell] and not is_blank(level) else cell
        for cell, level in zip(jenis.cells, eselon, strict=True)
    ]
    return Fed(cells, jenis.column, jenis.title)


def _cells(header: Header, body: Body) -> Cells:
    return Cells({name: body.cells[at] for name, at in header.columns.items()}, [at + 1 for at in body.rows])


def _mapped(sheet: Sheet, shape: Shape, output: Output, header: Header, body: Body) -> Source:
    cells = _cells(header, body)
    fields = {}
    for name, value in output.fields.items():
        at = next((header.columns[fold(title)] for title in value.titles if fold(title) in header.columns), None)
        fields[name] = Fed(value.evaluate(cells), at, header.titles[at] if at is not None else "")
    return _source(sheet, output.table, header, body, fields, shape.decimal)


def _source(sheet: Sheet, table: str, header: Header, body: Body, fields: dict[str, Fed], decimal: str = ",") -> Source:
    numbers = [at + 1 for at in body.rows]
    return Source(table, sheet.file, sheet.path, sheet.name, header.last + 1, numbers, fields, decimal)


def _agency_above(sheet: Sheet, header_row: int) -> str | None:
    """Return the name of the agency that a title row above the header states, or None."""
    for row in sheet.rows[:header_row]:
        texts: Sequence[str] = [single_line(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
        for at, text in enumerate(texts):
            if match := _AGENCY.match(text):
                return match[1].strip()
            if fold(text) == "instansi" and at + 1 < len(texts):
                return texts[at + 1].lstrip(": ")
            if _GOVERNMENT.match(text):
                return text.title() if text.isupper() else text
    return None
