"""Rows that belong to one person (riwayat, predikat, hasil asesmen ...): one sheet serves every such table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Model, QuerySet

from penata.domain.jabatan.models import Posisi
from penata.domain.pegawai.models import Pegawai
from penata.domain.pegawai.reach import serving
from penata.domain.sheets import Delta, Writing
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import canonicalise

PATHS = {"nip": "pegawai__nip", "posisi": "posisi__kode"}


@dataclass(frozen=True)
class PersonSheet:
    """One table of a snapshot whose rows belong to a person.

    The columns of *model* are named as the columns of the table, but for the person and the posisi.
    """

    table: str
    model: type[Model]
    ruang: tuple[str, ...]
    permission: Permission = Permission.PEGAWAI_SUNTING
    view_permission: Permission = Permission.PEGAWAI_LIHAT

    @property
    def models(self) -> tuple[type[Model], ...]:
        """Return the table of the database."""
        return (self.model,)

    @property
    def schema(self) -> dict[str, Any]:
        """Return the columns of the snapshot table."""
        return TABLES[self.table].polars_schema

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the rows of everybody who belongs to the agency on *as_of*."""
        rows = self._rows(self.schema).filter(serving(as_of, "pegawai__"))
        return canonicalise(self.table, bulk.select(rows, self.schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write new and corrected rows."""
        writing.journal.insert(self.model, self._stored(delta.new))
        if delta.changed.height:
            writing.journal.update(self.model, self._stored(delta.changed).with_columns(self._ids(delta.before)))
        return {}

    def _rows(self, columns: Iterable[str]) -> QuerySet[Any, Any]:
        return QuerySet(self.model).values_list(*(PATHS.get(name, name) for name in columns))

    def _stored(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return *rows* with the ids of person and posisi instead of their codes, in the same order."""
        people = bulk.keys(Pegawai, "nip").rename({"nip_id": "pegawai_id"})
        joined = rows.join(people, on="nip", how="left", maintain_order="left").drop("nip")
        if "posisi" in self.schema:
            posisi = bulk.keys(Posisi, "kode", "posisi")
            joined = joined.join(posisi, on="posisi", how="left", maintain_order="left").drop("posisi")
        return joined

    def _ids(self, rows: pl.DataFrame) -> pl.Series:
        """Return the id of each of *rows* as it stands; rows that are alike get one id each."""
        schema = {**self.schema, "id": pl.Int64}
        stored = bulk.select(self._rows(schema), schema).with_columns(
            pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)).name.keep()
        )
        alike = pl.int_range(pl.len()).over(list(self.schema)).alias("_nth")
        return rows.with_columns(alike).join(
            stored.with_columns(alike), on=[*self.schema, "_nth"], how="left", nulls_equal=True, maintain_order="left"
        )["id"]
