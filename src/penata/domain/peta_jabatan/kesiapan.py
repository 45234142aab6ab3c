"""Whether the map is ready to leave the house: the findings that stand in the way, by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from penata.domain.peta_jabatan.gambaran import gambaran
from penata.domain.peta_jabatan.posisi import HIDDEN, NIP
from penata.domain.peta_jabatan.susunan import bagian
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.findings import Level

LISTED = 100


@dataclass(frozen=True)
class Kesiapan:
    """What stands in the way of an export: findings of level galat about the unit, and how many milder ones there are.

    ``galat``: code, message, remedy, table, subject; at most :data:`LISTED` of ``jumlah``.
    """

    jumlah: int
    galat: Sequence[dict[str, Any]]
    peringatan: int
    posisi: int

    @property
    def siap(self) -> bool:
        """Tell whether nothing stands in the way."""
        return self.jumlah == 0


def kesiapan(reader: Reader, unit_id: int | None) -> Kesiapan:
    """Return what the checks of the map say of a unit and all below it (None: all that the reader may see)."""
    part = bagian(reader, unit_id)
    found = gambaran(reader.as_of)
    codes = part.rows["kode"].implode()
    holders = found.snapshot.holders.filter(pl.col("posisi").is_in(codes))["nip"].implode()
    subject, table = pl.col("subject"), pl.col("table")
    mine = found.temuan.filter(
        (table.is_in(["posisi", "beban_kerja"]) & subject.is_in(codes))
        | ((table == "unit") & subject.is_in(part.rows["kode_unit"].unique().implode()))
        | ((table == "jabatan") & subject.is_in(part.rows["jabatan"].unique().implode()))
        | ((table == "pegawai") & subject.is_in(holders))
    )
    grave = mine.filter(pl.col("level") == Level.GALAT)
    people = reader.scope(Permission.PEGAWAI_LIHAT)
    named = people.whole or set(part.rows["unit_id"]) <= people.units
    rows = grave.head(LISTED).select("code", "message", "remedy", "table", "subject").to_dicts()
    if not named:
        rows = [
            {**row, "message": NIP.sub(HIDDEN, row["message"]), "subject": NIP.sub(HIDDEN, row["subject"])}
            for row in rows
        ]
    return Kesiapan(grave.height, rows, mine.filter(pl.col("level") == Level.PERINGATAN).height, part.rows.height)
