"""Tables of this app as columns, read from and written to the database."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from penata.domain import sheets
from penata.domain.beban_kerja.hitung import POSISI, compute
from penata.domain.beban_kerja.models import Abk, AbkBaris, AbkHasil
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.peraturan.queries import law
from penata.domain.sheets import Delta, Writing
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.journal import Journal
from penata.foundation.periods import in_force, not_ended
from penata.language import N_
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import canonicalise

FEW = 500  # units or ABK up to which only theirs are read
EDITABLE = (Abk.Status.DRAF, Abk.Status.DIKEMBALIKAN)
STORED = ("urut", "tugas", "hasil", "volume", "periode", "norma_waktu", "satuan_waktu", "metode", "standar")


class BebanKerjaSheet:
    """The tasks of every posisi, as the ABK that is in force states them.

    What is imported goes into the open ABK of unit and year, or in force at once where that was asked for. The tasks
    of one posisi are replaced together: a task that the source does not name any more is gone.
    """

    table = "beban_kerja"
    permission = Permission.ABK_ISI
    view_permission = Permission.ABK_LIHAT
    ruang = ("beban_kerja",)
    models = (AbkBaris, AbkHasil, Abk)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the rows of the ABK in force, of posisi that exist on *as_of*."""
        return self._ruling(as_of, Q())

    def compared(self, as_of: date, *, langsung: bool) -> pl.DataFrame:
        """Return the rows that an import replaces: those of the open ABK of the year, else of the one in force."""
        return self._compared(as_of, Q(), langsung=langsung)

    def _ruling(self, as_of: date, where: Q) -> pl.DataFrame:
        return self._read(where & Q(abk__status=Abk.Status.DITETAPKAN) & in_force(as_of, "abk__"), as_of)

    def _compared(self, as_of: date, where: Q, *, langsung: bool) -> pl.DataFrame:
        if langsung:
            return self._ruling(as_of, where)
        opened = self._read(where & ~Q(abk__status=Abk.Status.DITETAPKAN) & Q(abk__tahun=as_of.year), as_of)
        units = bulk.select(
            Abk.objects.filter(tahun=as_of.year).exclude(status=Abk.Status.DITETAPKAN).values_list("unit_id"),
            {"unit_id": pl.Int64},
        )
        inside = _places(as_of).join(units, on="unit_id", how="semi")
        ruling = self._ruling(as_of, where).join(inside, on="posisi", how="anti")
        return canonicalise("beban_kerja", pl.concat([opened, ruling]))

    def locked(self, as_of: date) -> pl.DataFrame:
        """Return the posisi (kode) whose open ABK is under examination, with its ``status``: nobody may change it."""
        busy = Abk.objects.filter(tahun=as_of.year).exclude(status__in=[*EDITABLE, Abk.Status.DITETAPKAN])
        found = bulk.select(busy.values_list("unit_id", "status"), {"unit_id": pl.Int64, "status": pl.String})
        return _places(as_of).join(found, on="unit_id").select("posisi", "status")

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write the tasks of every posisi that *delta* touches, with the rest of the ABK of its unit around them."""
        places = _places(writing.as_of)
        touched = pl.concat([delta.new, delta.changed, delta.gone]).select("posisi").unique().join(places, on="posisi")
        units = touched.select("unit_id").unique().sort("unit_id")
        here = Q() if units.height > FEW else Q(posisi__masa__unit_id__in=units["unit_id"].to_list())
        rows = _applied(self._compared(writing.as_of, here, langsung=writing.langsung), delta)
        target = rows.join(places, on="posisi").join(units, on="unit_id", how="semi")
        abk, counts = (_ruling if writing.langsung else _open)(units, writing)
        self._replace(target.join(abk, on="unit_id"), abk, writing)
        _reckon(abk, writing)
        return counts

    def _read(self, where: Q, as_of: date) -> pl.DataFrame:
        rows = AbkBaris.objects.filter(where, in_force(as_of, "posisi__masa__")).values_list(
            "posisi__kode", "tugas", "hasil", "volume", "periode", "norma_waktu", "satuan_waktu", "metode", "standar"
        )
        return canonicalise("beban_kerja", bulk.select(rows, TABLES["beban_kerja"].polars_schema))

    def _replace(self, target: pl.DataFrame, abk: pl.DataFrame, writing: Writing) -> None:
        """Put the rows *target* in the place of all rows of the ABK in *abk*."""
        schema = {"id": pl.Int64, "abk_id": pl.Int64}
        old = bulk.select(_within(AbkBaris.objects.all(), abk).values_list("id", "abk_id"), schema)
        writing.journal.delete(AbkBaris, old.join(abk, on="abk_id", how="semi")["id"])
        fresh = target.with_columns(
            pl.int_range(pl.len()).over("abk_id", "posisi_id").alias("urut"),
            pl.lit(writing.by_id, dtype=pl.Int64).alias("oleh_id"),
        )
        writing.journal.insert(AbkBaris, fresh.select("abk_id", "posisi_id", *STORED, "versi", "oleh_id"))


def _places(as_of: date) -> pl.DataFrame:
    """Return posisi (kode), posisi_id and unit_id of every posisi in force."""
    schema = {"posisi": pl.String, "posisi_id": pl.Int64, "unit_id": pl.Int64}
    rows = PosisiMasa.objects.filter(in_force(as_of))
    return bulk.select(rows.values_list("posisi__kode", "posisi_id", "unit_id"), schema)


def _applied(base: pl.DataFrame, delta: Delta) -> pl.DataFrame:
    """Return *base* with *delta* carried out; rows that are alike are told apart by their number."""
    columns = base.columns
    alike = pl.int_range(pl.len()).over(columns).alias("_nth")
    out = pl.concat([delta.before, delta.gone]).with_columns(alike)
    kept = base.with_columns(alike).join(out, on=[*columns, "_nth"], how="anti", nulls_equal=True).drop("_nth")
    return pl.concat([kept, delta.changed, delta.new])


def _open(units: pl.DataFrame, writing: Writing) -> tuple[pl.DataFrame, Mapping[str, int]]:
    """Return the open ABK of each unit (unit_id, abk_id, versi), opening what is not open yet."""
    tahun, journal = writing.as_of.year, writing.journal
    schema = {"unit_id": pl.Int64, "abk_id": pl.Int64, "versi": pl.Int64}
    rows = Abk.objects.filter(tahun=tahun, status__in=EDITABLE).values_list("unit_id", "pk", "versi")
    there = bulk.select(rows, schema).join(units, on="unit_id", how="semi").with_columns(pl.col("versi") + 1)
    journal.update(Abk, there.select("versi", id="abk_id"))
    lacking = units.join(there, on="unit_id", how="anti").with_columns(
        tahun=pl.lit(tahun), status=pl.lit(Abk.Status.DRAF.value), penyusun_id=pl.lit(writing.by_id, dtype=pl.Int64)
    )
    made = journal.insert(Abk, lacking).select("unit_id", abk_id="id", versi=pl.lit(1, dtype=pl.Int64))
    return pl.concat([there, made]), {N_("ABK draf dibuka"): made.height, N_("ABK draf diubah"): there.height}


def _ruling(units: pl.DataFrame, writing: Writing) -> tuple[pl.DataFrame, Mapping[str, int]]:
    """Return the ABK of each unit in force from the day on (unit_id, abk_id, versi); the one before it ends."""
    as_of, journal = writing.as_of, writing.journal
    schema = {
        "unit_id": pl.Int64, "abk_id": pl.Int64, "versi": pl.Int64, "mulai": pl.Date, "selesai": pl.Date,
    }  # fmt: skip
    rows = Abk.objects.filter(status=Abk.Status.DITETAPKAN).filter(not_ended(as_of))
    found = bulk.select(rows.values_list("unit_id", "pk", "versi", "mulai", "selesai"), schema)
    found = found.join(units, on="unit_id", how="semi")
    act = pl.lit(writing.penetapan_id, dtype=pl.Int64).alias("penetapan_id")
    same = found.filter(pl.col("mulai") == as_of).with_columns(pl.col("versi") + 1)
    journal.update(Abk, same.select("versi", act, id="abk_id"))
    former = found.filter(pl.col("mulai") < as_of)
    journal.update(Abk, former.select(pl.lit(as_of).alias("selesai"), id="abk_id"))
    later = found.filter(pl.col("mulai") > as_of).group_by("unit_id").agg(pl.col("mulai").min().alias("_lanjut"))
    lacking = (
        units.join(same, on="unit_id", how="anti")
        .join(former.select("unit_id", "selesai"), on="unit_id", how="left")
        .join(later, on="unit_id", how="left")
        .select(
            "unit_id", act, pl.lit(as_of).alias("mulai"), pl.coalesce("selesai", "_lanjut").alias("selesai"),
            pl.lit(as_of.year).alias("tahun"), pl.lit(Abk.Status.DITETAPKAN.value).alias("status"),
            pl.lit(writing.by_id, dtype=pl.Int64).alias("penyusun_id"),
        )
    )  # fmt: skip
    made = journal.insert(Abk, lacking).select("unit_id", abk_id="id", versi=pl.lit(1, dtype=pl.Int64))
    counts = {
        N_("ABK ditetapkan"): made.height,
        N_("ABK yang berlaku diakhiri"): former.height,
        N_("ABK yang berlaku dibetulkan di tempat"): same.height,
    }
    return pl.concat([same.select("unit_id", "abk_id", "versi"), made]), counts


def _reckon(abk: pl.DataFrame, writing: Writing) -> None:
    """Keep on each ABK what its lists show, and freeze the need of each posisi where it is in force."""
    rows, posts = _rows_of(abk), _posts(writing.as_of)
    told = rows.join(posts, on="posisi_id", how="semi")
    hitungan = compute(told, posts.join(told, on="posisi_id", how="semi"), law=law(writing.as_of))
    need = told.select("abk_id", "posisi_id").unique().join(hitungan.posisi, on="posisi_id")
    sums = need.group_by("abk_id").agg(
        pl.col("baris").sum().alias("jumlah_baris"),
        pl.when(pl.col("kebutuhan").is_not_null().any()).then(pl.col("kebutuhan").sum()).alias("kebutuhan"),
    )
    summary = abk.select("abk_id").join(sums, on="abk_id", how="left").with_columns(pl.col("jumlah_baris").fill_null(0))
    writing.journal.update(
        Abk, summary.select("jumlah_baris", "kebutuhan", pl.lit(None, dtype=pl.Int64).alias("tanda"), id="abk_id")
    )
    if writing.langsung:
        _freeze(abk, need.filter(pl.col("beban").is_not_null()), writing.journal)


def _freeze(abk: pl.DataFrame, need: pl.DataFrame, journal: Journal) -> None:
    schema = {"id": pl.Int64, "abk_id": pl.Int64}
    old = bulk.select(_within(AbkHasil.objects.all(), abk).values_list("id", "abk_id"), schema)
    journal.delete(AbkHasil, old.join(abk, on="abk_id", how="semi")["id"])
    journal.insert(AbkHasil, need.select("abk_id", "posisi_id", "beban", "kebutuhan_hitung", "kebutuhan"))


def _rows_of(abk: pl.DataFrame) -> pl.DataFrame:
    columns = ["id", "abk_id", "posisi_id", *STORED, "versi"]
    rows = _within(AbkBaris.objects.all(), abk).values_list(*columns)
    return bulk.select(rows, bulk.schema_of(AbkBaris, columns)).join(abk, on="abk_id", how="semi")


def _within(rows: QuerySet[Any], abk: pl.DataFrame) -> QuerySet[Any]:
    """Return the *rows* of these ABK where they are few; all of them otherwise, to be joined."""
    return rows if abk.height > FEW else rows.filter(abk_id__in=abk["abk_id"].to_list())


def _posts(as_of: date) -> pl.DataFrame:
    """Return the posisi in force as the reckoning wants them; how many people there are plays no part in the need."""
    kind = Coalesce(NullIf(F("jenis"), Value("")), F("jabatan__jenis"))
    rows = PosisiMasa.objects.filter(in_force(as_of)).annotate(kind=kind, grade=Coalesce("kelas", "jabatan__kelas"))
    found = bulk.select(
        rows.values_list(
            "posisi_id",
            "posisi__kode",
            "unit_id",
            "status",
            "jabatan_id",
            "jabatan__nama",
            "kind",
            "grade",
            "kebutuhan",
        ),
        {name: kind for name, kind in POSISI.items() if name != "bezetting"},
    )
    return found.with_columns(bezetting=pl.lit(0, dtype=pl.Int64))


sheets.register(BebanKerjaSheet())
