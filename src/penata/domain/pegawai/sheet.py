"""Tables of this app as columns, read from and written to the database."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from django.db.models import FilteredRelation, Q

from penata.domain import sheets
from penata.domain.jabatan.models import Posisi
from penata.domain.pegawai.models import (
    Pegawai,
    Pemangku,
    RiwayatGolongan,
    RiwayatJabatan,
    RiwayatPendidikan,
)
from penata.domain.pegawai.reach import not_left, serving
from penata.domain.pegawai.records import PersonSheet
from penata.domain.sheets import Delta, Writing
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.periods import in_force
from penata.foundation.timeline import end_periods
from penata.language import N_
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import canonicalise

DEFINITIF = "definitif"


class PegawaiSheet:
    """People with their values, and the posisi each holds definitively on a day.

    Who holds what is written by the sheet of holders alone.
    """

    table = "pegawai"
    permission = Permission.PEGAWAI_SUNTING
    view_permission = Permission.PEGAWAI_LIHAT
    ruang = ("pegawai",)
    models = (Pegawai, RiwayatGolongan, RiwayatPendidikan)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the people who belong to the agency on *as_of*."""
        held = Q(pemangku__jenis=DEFINITIF) & in_force(as_of, "pemangku__")
        rows = (
            Pegawai.objects.filter(serving(as_of))
            .annotate(dipangku=FilteredRelation("pemangku", condition=held))
            .values_list(
                "nip", "nama", "jenis_kelamin", "tanggal_lahir", "status", "golongan", "tmt_golongan", "pendidikan",
                "bidang_studi", "dipangku__posisi__kode", "dipangku__tmt", "kontrak_berakhir", "wilayah", "sertifikat",
                "terkunci", "alasan_terkunci",
            )
        )  # fmt: skip
        return canonicalise("pegawai", bulk.select(rows, TABLES["pegawai"].polars_schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """Write people; a golongan or education that is new is added to the history."""
        folded = pl.col("nama").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars().alias("cari")
        plain = pl.concat([delta.new, delta.changed]).drop("posisi", "tmt_jabatan").with_columns(folded)
        known = bulk.select(
            Pegawai.objects.values_list("nip", "pk", "versi"), {"nip": pl.String, "id": pl.Int64, "versi": pl.Int64}
        )
        writing.journal.insert(Pegawai, plain.join(known, on="nip", how="anti"))
        # Who is new on the day may be known of a later day: they have served for longer than was told so far.
        changed = plain.join(known, on="nip").drop("nip")
        writing.journal.update(Pegawai, changed.with_columns(pl.col("versi") + 1))
        people = bulk.keys(Pegawai, "nip").rename({"nip_id": "pegawai_id"})
        return {
            N_("riwayat golongan ditambah"): _golongan(delta, people, writing),
            N_("riwayat pendidikan ditambah"): _pendidikan(delta, people, writing),
        }


def _differs(delta: Delta, *columns: str) -> pl.DataFrame:
    """Return the new rows, and the changed rows in which one of *columns* changed."""
    same = pl.all_horizontal(pl.Series(delta.changed[name].eq_missing(delta.before[name])) for name in columns)
    return pl.concat([delta.new, delta.changed.filter(~same)])


def _golongan(delta: Delta, people: pl.DataFrame, writing: Writing) -> int:
    stated = _differs(delta, "golongan", "tmt_golongan").filter(pl.col("golongan").is_not_null())
    isnew = pl.col("nip").is_in(delta.new["nip"].implode())
    # Somebody new whose TMT is not known has no day on which the history could begin.
    dated = stated.with_columns(
        tmt=pl.when(isnew).then("tmt_golongan").otherwise(pl.col("tmt_golongan").fill_null(writing.as_of))
    ).filter(pl.col("tmt").is_not_null())
    rows = dated.join(people, on="nip").select("pegawai_id", "tmt", "golongan")
    schema = bulk.schema_of(RiwayatGolongan, ["id", "pegawai_id", "tmt", "golongan"])
    known = bulk.select(RiwayatGolongan.objects.values_list(*schema), schema)
    joined = rows.join(known, on=["pegawai_id", "tmt"], how="left", suffix="_lama")
    writing.journal.insert(RiwayatGolongan, joined.filter(pl.col("id").is_null()).drop("id", "golongan_lama"))
    wrong = joined.filter(pl.col("id").is_not_null() & (pl.col("golongan") != pl.col("golongan_lama")))
    writing.journal.update(RiwayatGolongan, wrong.select("id", "golongan"))
    return joined["id"].null_count()


def _pendidikan(delta: Delta, people: pl.DataFrame, writing: Writing) -> int:
    stated = _differs(delta, "pendidikan", "bidang_studi").filter(pl.col("pendidikan").is_not_null())
    rows = stated.join(people, on="nip").select("pegawai_id", "pendidikan", pl.col("bidang_studi").fill_null(""))
    schema = bulk.schema_of(RiwayatPendidikan, ["pegawai_id", "pendidikan", "bidang_studi"])
    known = bulk.select(RiwayatPendidikan.objects.values_list(*schema), schema)
    added = rows.join(known, on=list(schema), how="anti")
    writing.journal.insert(RiwayatPendidikan, added)
    return added.height


class PemangkuSheet:
    """Who holds which posisi on a day: definitif, plt, plh."""

    table = "pemangku"
    permission = Permission.PEGAWAI_SUNTING
    view_permission = Permission.PEGAWAI_LIHAT
    ruang = ("pegawai",)
    models = (Pemangku,)

    def read(self, as_of: date) -> pl.DataFrame:
        """Return the holders in force."""
        rows = Pemangku.objects.filter(in_force(as_of), not_left(as_of, "pegawai__")).values_list(
            "pegawai__nip", "posisi__kode", "jenis", "tmt", "nomor_sk"
        )
        return canonicalise("pemangku", bulk.select(rows, TABLES["pemangku"].polars_schema))

    def write(self, delta: Delta, writing: Writing) -> Mapping[str, int]:
        """End holders, correct TMT and decree of those who stay, and begin new ones.

        Somebody who returns on the very day on which the same holding ended has never left.
        """
        as_of, journal = writing.as_of, writing.journal
        held = self._held(as_of)
        key = ["nip", "posisi", "jenis"]
        now = held.filter("_kini")
        ended = end_periods(
            Pemangku, now.join(delta.gone.select(key), on=key, how="semi"), as_of=as_of, journal=journal
        )
        journal.update(
            Pemangku, delta.changed.select(*key, "tmt", "nomor_sk").join(now.select(*key, "id"), on=key).drop(key)
        )
        begun = delta.new.join(held.filter(pl.col("selesai") == as_of).select(*key, "id"), on=key, how="left")
        back = begun.filter(pl.col("id").is_not_null())
        until = pl.lit(None, dtype=pl.Date).alias("selesai")
        journal.update(Pemangku, back.select("id", "tmt", "nomor_sk", until))
        rows = (
            begun.filter(pl.col("id").is_null())
            .join(bulk.keys(Pegawai, "nip"), on="nip")
            .join(bulk.keys(Posisi, "kode", "posisi"), on="posisi")
            .select(
                "posisi_id", "jenis", "tmt", "nomor_sk", pl.lit(as_of).alias("mulai"),
                pl.lit(writing.penetapan_id, dtype=pl.Int64).alias("penetapan_id"), pegawai_id="nip_id",
            )
        )  # fmt: skip
        journal.insert(Pemangku, _until_next(rows, as_of))
        return {N_("pemangku diakhiri"): ended, N_("pemangku baru"): begun.height}

    def _held(self, as_of: date) -> pl.DataFrame:
        """Return the holdings in force (``_kini``) and those that ended on the very day, with their ids."""
        schema = {
            "id": pl.Int64, "nip": pl.String, "posisi": pl.String, "jenis": pl.String,
            "mulai": pl.Date, "selesai": pl.Date,
        }  # fmt: skip
        rows = Pemangku.objects.filter(in_force(as_of) | Q(selesai=as_of))
        found = bulk.select(rows.values_list("id", "pegawai__nip", "posisi__kode", "jenis", "mulai", "selesai"), schema)
        return found.with_columns(_kini=pl.col("selesai").is_null() | (pl.col("selesai") > as_of))


def _until_next(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return *rows* with ``selesai``: a definitive holding ends where a later one of the same person begins."""
    schema = {"pegawai_id": pl.Int64, "selesai": pl.Date}
    later = bulk.select(
        Pemangku.objects.filter(jenis=DEFINITIF, mulai__gt=as_of).values_list("pegawai_id", "mulai"), schema
    )
    first = later.group_by("pegawai_id").agg(pl.col("selesai").min())
    bounded = rows.join(first, on="pegawai_id", how="left", maintain_order="left")
    return bounded.with_columns(pl.when(pl.col("jenis") == DEFINITIF).then("selesai").alias("selesai"))


for _sheet in (PegawaiSheet(), PemangkuSheet(), PersonSheet("riwayat_jabatan", RiwayatJabatan, ("pegawai",))):
    sheets.register(_sheet)
