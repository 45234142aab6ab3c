"""The items of an informasi jabatan at work: rows as they are stored and shown, and when an item is complete.

The filled form is plain data: name of the table -> rows, a row being field -> text.
"""

import re
from collections.abc import Mapping
from typing import Any

from penata.domain.jabatan.informasi_susunan import BUTIR, Butir, Field, Table
from penata.rulebook.legislation import Law

Row = dict[str, str]
Isi = Mapping[str, list[Row]]
LONGEST = 4_000  # characters of one field
MOST_ROWS = 100
NUMBER = re.compile(r"\d{1,9}([.,]\d{1,4})?")


def butir_of(law: Law) -> tuple[Butir, ...]:
    """Return the items in the order of the form; the number of an item is its place."""
    return tuple(BUTIR[kode] for kode in law.value("anjab.butir_informasi"))


def find(kode: str, law: Law) -> Butir | None:
    """Return the item, None when the form has none of that name."""
    return next((butir for butir in butir_of(law) if butir.kode == kode), None)


def words_of(name: str, part: str, law: Law) -> dict[str, str]:
    """Return code -> words of a list or table of the law; a list has its words as codes."""
    value = law.value(name)
    if part:
        value = value[part]
    return dict(value) if isinstance(value, Mapping) else {word: word for word in value}


def choices_of(field: Field, law: Law) -> tuple[str, ...]:
    """Return the words a choice may have."""
    return tuple(words_of(field.parameter, "", law)) if field.parameter else field.words


def rows_of(table: Table, isi: Isi, law: Law) -> list[Row]:
    """Return the rows as the form shows them: every aspect, and at least one row where rows are typed."""
    rows = isi.get(table.name, [])
    if table.aspects:
        known = {row.get("aspek", ""): row for row in rows}
        return [{"aspek": aspect} | known.get(aspect, {}) for aspect in law.value(table.aspects)]
    return rows or ([] if table.codes else [{}])


def tidy(table: Table, rows: list[Row], law: Law) -> list[Row]:
    """Return *rows* as they are stored: known fields, no spaces around, no empty rows, no word outside a choice."""
    if table.codes:
        chosen = {row.get("kode", "") for row in rows}
        known = words_of(table.codes, table.part, law)
        return [{"kode": code, "kata": words} for code, words in known.items() if code in chosen]
    out = []
    for row in rows[:MOST_ROWS]:
        kept = {field.name: _tidy_value(field, row.get(field.name, ""), law) for field in table.fields}
        if any(kept.values()):
            out.append(({"aspek": row["aspek"]} if table.aspects and "aspek" in row else {}) | kept)
    return out[:1] if table.single else out


def _tidy_value(field: Field, value: Any, law: Law) -> str:
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()[:LONGEST]
    if field.kind == "choice":
        return text if text in choices_of(field, law) else ""
    return " ".join(text.split()) if field.kind == "line" else text


def is_complete(butir: Butir, isi: Isi, known: Mapping[str, bool], law: Law) -> bool:
    """Tell whether the item is complete; *known* says it of the items that the system knows."""
    if butir.known:
        return known.get(butir.kode, False)
    return all(_table_complete(table, isi.get(table.name, []), law) for table in butir.tables)


def _table_complete(table: Table, rows: list[Row], law: Law) -> bool:
    if table.codes:
        return len(rows) >= table.least
    least = len(law.value(table.aspects)) if table.aspects else table.least
    return len(rows) >= least and all(
        is_valid(field, row.get(field.name, "")) for row in rows for field in table.fields
    )


def is_valid(field: Field, text: str) -> bool:
    """Tell whether *text* may stand in the field of a complete item."""
    if not text:
        return not field.required
    return field.kind != "number" or NUMBER.fullmatch(text) is not None


def missing(isi: Isi, known: Mapping[str, bool], law: Law) -> tuple[Butir, ...]:
    """Return the items that are not complete, in the order of the form."""
    return tuple(butir for butir in butir_of(law) if not is_complete(butir, isi, known, law))
