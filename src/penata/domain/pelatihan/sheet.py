"""Tables of this app as columns, read from and written to the database."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from penata.domain import sheets
from penata.domain.pegawai.records import PersonSheet
from penata.domain.pelatihan.models import Pelatihan, RiwayatPelatihan
from penata.domain.sheets import Delta, Writing
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import canonicalise


class PelatihanSheet:
    """The catalogue of trainings."""

    table = "pelatihan"
    permission = Permission.PEGAWAI_SUNTING
    view_permission = Permission.JABATAN_LIHAT
    ruang = ("pelatihan",)
    models = (Pelatihan,)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the catalogue; it has no periods."""
        schema = TABLES[self.table].polars_schema
        return canonicalise(self.table, bulk.select(Pelatihan.objects.values_list(*schema), schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write new and corrected trainings."""
        writing.journal.insert(Pelatihan, delta.new)
        ids = bulk.keys(Pelatihan, "kode")
        writing.journal.update(Pelatihan, delta.changed.join(ids, on="kode").rename({"kode_id": "id"}).drop("kode"))
        return {}


sheets.register(PelatihanSheet())
sheets.register(PersonSheet("riwayat_pelatihan", RiwayatPelatihan, ("pelatihan",)))
