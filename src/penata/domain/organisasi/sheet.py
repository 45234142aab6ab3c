"""Tables of this app as columns, read from and written to the database."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from penata.domain import sheets
from penata.domain.organisasi.models import Unit, UnitMasa
from penata.domain.sheets import Delta, Writing
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.periods import in_force
from penata.foundation.timeline import write_periods
from penata.language import N_
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import canonicalise


class UnitSheet:
    """Units with the name, kind and parent that hold on a day."""

    table = "unit"
    permission = Permission.ORGANISASI_SUNTING
    view_permission = Permission.ORGANISASI_LIHAT
    ruang = ("organisasi",)
    models = (UnitMasa, Unit)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the units in force."""
        rows = UnitMasa.objects.filter(in_force(as_of)).values_list(
            "unit__kode", "nama", "jenis", "induk__kode", "wilayah", "terpencil"
        )
        return canonicalise("unit", bulk.select(rows, TABLES["unit"].polars_schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write the units and their periods."""
        rows = pl.concat([delta.new, delta.changed])
        known = bulk.keys(Unit, "kode")
        created = rows.select("kode").join(known, on="kode", how="anti")
        writing.journal.insert(Unit, created)
        codes = bulk.keys(Unit, "kode")
        periods = rows.join(codes, on="kode").join(
            codes.rename({"kode": "induk", "kode_id": "induk_id"}), on="induk", how="left"
        )
        done = write_periods(
            UnitMasa,
            "unit_id",
            periods.select("nama", "jenis", "induk_id", "wilayah", "terpencil", unit_id="kode_id"),
            as_of=writing.as_of,
            journal=writing.journal,
            penetapan_id=writing.penetapan_id,
        )
        return {
            N_("masa unit dibuka"): done.opened,
            N_("masa unit dibetulkan di tempat"): done.corrected,
        }


sheets.register(UnitSheet())
