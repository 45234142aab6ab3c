"""The tables of a snapshot while edits run over them: look up, add, change, remove, and refuse what cannot be."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from penata.language import _
from penata.snapshot.schema import TABLES, Kind
from penata.snapshot.snapshot import Snapshot
from penata.snapshot.tree import build_tree
from penata.snapshot.vocabulary import VOCABULARIES


class RefusedError(ValueError):
    """Reason and remedy of a refused edit; whoever runs the edits adds which one it was."""

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep reason and remedy apart."""
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


class Draft:
    """The tables of a snapshot while edits run over them; each change replaces a whole frame."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Start from *snapshot*, with the holders written out in ``pemangku``."""
        self.tables = dict(snapshot.tables) | {"pemangku": snapshot.holders}

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return the table *name* as it stands."""
        return self.tables[name]

    def find(self, name: str, key: str) -> dict[str, Any]:
        """Return the row of table *name* whose first key column is *key*, or refuse."""
        column = TABLES[name].key[0]
        found = self[name].filter(pl.col(column) == key)
        if found.is_empty():
            raise RefusedError(
                _("{table} '{key}' tidak ada.").format(table=TABLES[name].title, key=key),
                _("Periksa kodenya, atau tambahkan lebih dahulu."),
            )
        return found.row(0, named=True)

    def add(self, name: str, row: Mapping[str, Any]) -> None:
        """Add *row* to table *name*, refusing a taken key, an empty required column or a word outside a vocabulary."""
        table = TABLES[name]
        same = pl.all_horizontal(pl.col(column).eq_missing(row[column]) for column in table.key)
        if self[name].filter(same).height:
            raise RefusedError(
                _("{table} '{key}' sudah ada.").format(
                    table=table.title, key=", ".join(str(row[k]) for k in table.key)
                ),
                _("Pakai kode lain."),
            )
        for column in table.columns:
            _check_cell(column.title, row.get(column.name), column.required, column.kind, column.vocabulary)
        kinds = {key: kind for key, kind in table.polars_schema.items() if key in row}
        self.tables[name] = pl.concat([self[name], pl.DataFrame([dict(row)], schema=kinds)], how="diagonal")

    def change(self, name: str, key: str, **values: Any) -> None:
        """Set *values* on the row of table *name* whose first key column is *key*."""
        here = pl.col(TABLES[name].key[0]) == key
        kinds = TABLES[name].polars_schema
        self.tables[name] = self[name].with_columns(
            pl.when(here).then(pl.lit(value, dtype=kinds[column])).otherwise(pl.col(column)).alias(column)
            for column, value in values.items()
        )

    def drop(self, name: str, where: pl.Expr) -> None:
        """Remove the rows of table *name* for which *where* is true."""
        self.tables[name] = self[name].filter(~where.fill_null(value=False))

    def hang(self, name: str, key: str, column: str, parent: str | None) -> None:
        """Hang row *key* of table *name* under *parent* (None: no parent), refusing a parent from its own subtree."""
        if parent is not None:
            self.find(name, parent)
        self.change(name, key, **{column: parent})
        frame = self[name]
        codes = frame["kode"].to_list()
        if build_tree(codes, frame[column].to_list()).cycle[codes.index(key)] >= 0:
            raise RefusedError(
                _("'{parent}' berada di bawah '{key}', garisnya akan melingkar.").format(parent=parent, key=key),
                _("Pilih induk di luar bawahannya sendiri."),
            )

    def unit_of(self, unit: str) -> None:
        """Refuse *unit* unless it is on the list of units, or names the unit of a posisi where there is no list."""
        known = self["unit"]["kode"] if self["unit"].height else self["posisi"]["unit"]
        if unit not in set(known):
            raise RefusedError(_("Unit '{key}' tidak ada.").format(key=unit), _("Tambahkan unit lebih dahulu."))


def _check_cell(title: str, value: Any, required: bool, kind: Kind, vocabulary: str) -> None:
    if required and value in {None, ""}:
        raise RefusedError(_("{column} kosong.").format(column=title), _("Isi kolom itu."))
    if kind is Kind.CHOICE and value is not None and value not in VOCABULARIES[vocabulary]:
        raise RefusedError(
            _("{column} '{value}' tidak dikenal.").format(column=title, value=value),
            _("Pilihan: {words}.").format(words=", ".join(VOCABULARIES[vocabulary])),
        )


def check_amount(value: float | None) -> None:
    """Refuse a negative, infinite or undefined *value*."""
    if value is not None and not 0 <= value < float("inf"):
        raise RefusedError(
            _("{value} bukan jumlah yang wajar.").format(value=value), _("Isi dengan angka 0 atau lebih.")
        )


def check_word(name: str, column: str, value: str | None) -> None:
    """Refuse *value* for a column of table *name* unless its vocabulary knows it; None is no value."""
    found = TABLES[name].column(column)
    _check_cell(found.title, value, required=False, kind=found.kind, vocabulary=found.vocabulary)
