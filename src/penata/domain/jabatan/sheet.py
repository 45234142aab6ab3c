"""Tables of this app as columns, read from and written to the database."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from penata.domain import sheets
from penata.domain.jabatan.models import Jabatan, Posisi, PosisiMasa, StandarKompetensi
from penata.domain.organisasi.models import Unit
from penata.domain.sheets import Delta, Writing
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.periods import in_force
from penata.foundation.timeline import write_periods
from penata.language import N_
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import canonicalise

AKTIF = "aktif"


def folded(text: pl.Expr) -> pl.Expr:
    """Return *text* as it is searched: lower case, single spaces."""
    return text.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


class JabatanSheet:
    """The catalogue."""

    table = "jabatan"
    permission = Permission.JABATAN_TETAPKAN
    view_permission = Permission.JABATAN_LIHAT
    ruang = ("jabatan",)
    models = (Jabatan,)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the catalogue; it has no periods."""
        schema = TABLES["jabatan"].polars_schema
        return canonicalise("jabatan", bulk.select(Jabatan.objects.values_list(*schema), schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write new and corrected entries."""
        writing.journal.insert(Jabatan, delta.new.with_columns(cari=folded(pl.col("nama"))))
        ids = bulk.keys(Jabatan, "nama")
        writing.journal.update(Jabatan, delta.changed.join(ids, on="nama").rename({"nama_id": "id"}).drop("nama"))
        return {}


class PosisiSheet:
    """Posisi with what they are on a day."""

    table = "posisi"
    permission = Permission.ORGANISASI_SUNTING
    view_permission = Permission.PETA_LIHAT
    ruang = ("jabatan",)
    models = (PosisiMasa, Posisi, Jabatan)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the posisi in force."""
        rows = PosisiMasa.objects.filter(in_force(as_of)).values_list(
            "posisi__kode", "jabatan__nama", "unit__kode", "atasan__kode", "jenis", "jenjang", "kelas", "bezetting",
            "kebutuhan", "kritis", "status", "keterangan",
        )  # fmt: skip
        return canonicalise("posisi", bulk.select(rows, TABLES["posisi"].polars_schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write the posisi and their periods; a jabatan that the catalogue lacks is created."""
        rows = pl.concat([delta.new, delta.changed])
        created = self.missing_jabatan(rows, bulk.keys(Jabatan, "nama")["nama"])
        writing.journal.insert(Jabatan, created.with_columns(cari=folded(pl.col("nama"))))
        added = rows.select("kode").join(bulk.keys(Posisi, "kode"), on="kode", how="anti")
        writing.journal.insert(Posisi, added)
        codes = bulk.keys(Posisi, "kode")
        periods = (
            rows.join(codes, on="kode")
            .join(bulk.keys(Jabatan, "nama", "jabatan"), on="jabatan")
            .join(bulk.keys(Unit, "kode", "unit"), on="unit")
            .join(codes.rename({"kode": "atasan", "kode_id": "atasan_id"}), on="atasan", how="left")
            .select(
                "jabatan_id", "unit_id", "atasan_id", "jenis", "jenjang", "kelas", "kebutuhan", "bezetting", "kritis",
                pl.col("status").fill_null(AKTIF), "keterangan", posisi_id="kode_id",
            )
        )  # fmt: skip
        done = write_periods(
            PosisiMasa, "posisi_id", periods,
            as_of=writing.as_of, journal=writing.journal, penetapan_id=writing.penetapan_id,
        )  # fmt: skip
        return {
            N_("jabatan dibuat dalam katalog"): created.height,
            N_("masa posisi dibuka"): done.opened,
            N_("masa posisi dibetulkan di tempat"): done.corrected,
        }

    @staticmethod
    def missing_jabatan(rows: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
        """Return what the catalogue must learn from *rows*: jabatan not *known*, with what their rows say of them.

        A jabatan without kind cannot be kept, so the first row that states one decides; the rest must agree.
        """
        return (
            rows.filter(~pl.col("jabatan").is_in(known.implode()))
            .group_by(nama="jabatan", maintain_order=True)
            .agg(
                pl.col("jenis").drop_nulls().first(),
                *(
                    pl.when(pl.col(name).drop_nulls().n_unique() == 1)
                    .then(pl.col(name).drop_nulls().first())
                    .alias(name)
                    for name in ("jenjang", "kelas")
                ),
            )
            .sort("nama")
        )


class StandarSheet:
    """Levels that a jabatan demands."""

    table = "standar_kompetensi"
    permission = Permission.JABATAN_TETAPKAN
    view_permission = Permission.JABATAN_LIHAT
    ruang = ("jabatan",)
    models = (StandarKompetensi,)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return every standard; it has no periods."""
        rows = StandarKompetensi.objects.values_list("jabatan__nama", "kompetensi", "level")
        return canonicalise(self.table, bulk.select(rows, TABLES[self.table].polars_schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write new and corrected levels."""
        jabatan = bulk.keys(Jabatan, "nama", "jabatan")
        writing.journal.insert(StandarKompetensi, delta.new.join(jabatan, on="jabatan").drop("jabatan"))
        schema = {"id": pl.Int64, "jabatan": pl.String, "kompetensi": pl.String}
        ids = bulk.select(StandarKompetensi.objects.values_list("id", "jabatan__nama", "kompetensi"), schema)
        writing.journal.update(
            StandarKompetensi, delta.changed.join(ids, on=["jabatan", "kompetensi"]).select("id", "level")
        )
        return {}


for _sheet in (JabatanSheet(), PosisiSheet(), StandarSheet()):
    sheets.register(_sheet)
