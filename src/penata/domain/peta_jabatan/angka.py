"""B, K and +/- of every posisi on any day, straight from the tables: three queries, the rest as columns.

The engines of :mod:`penata.analysis` say the same of a snapshot; a test holds the two together.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django.db.models import Q, QuerySet

from penata.domain.beban_kerja.models import Abk, AbkHasil
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.pegawai.models import Pemangku
from penata.domain.pegawai.reach import not_left
from penata.domain.peraturan.queries import law
from penata.foundation import bulk
from penata.foundation.audit.record import revision
from penata.foundation.periods import in_force
from penata.rulebook import bup as bup_rule
from penata.rulebook import nip as nip_rule
from penata.rulebook.abk import projection_years
from penata.rulebook.jabatan import jenjang_from_name
from penata.rulebook.legislation import Law

RUANG = ("organisasi", "jabatan", "pegawai", "beban_kerja", "peraturan")  # what the figures are made of
DIHAPUS = "dihapus"
FEW = 5_000  # posisi up to which they are read by name
KEADAAN = ("kosong", "kurang", "sesuai", "lebih", "tanpa kebutuhan")
SUMS = ("bezetting", "plt", "kebutuhan", "kurang", "lebih", "kosong", "terisi", "pensiun")

COLUMNS = (
    "posisi_id", "kode", "unit_id", "atasan_id", "jabatan", "jenis", "jenjang", "kelas", "kritis", "status",
    "bezetting", "plt", "plh", "kebutuhan", "asal", "selisih", "keadaan", "kurang", "lebih", "kosong", "terisi",
    "pensiun", "keluar",
)  # fmt: skip

_POSISI = {
    "posisi_id": pl.Int64, "kode": pl.String, "unit_id": pl.Int64, "atasan_id": pl.Int64, "jabatan": pl.String,
    "jenis": pl.String, "_jenis": pl.String, "jenjang": pl.String, "_jenjang": pl.String, "kelas": pl.Int64,
    "_kelas": pl.Int64, "tercetak": pl.Float64, "_bezetting": pl.Float64, "kritis": pl.Boolean, "status": pl.String,
    "bup": pl.Int16,
}  # fmt: skip
_HASIL = {"posisi_id": pl.Int64, "abk_id": pl.Int64, "ditetapkan": pl.Float64}
_PEMANGKU = {
    "posisi_id": pl.Int64, "jenis_pemangku": pl.String, "nip": pl.String, "lahir": pl.Date, "kontrak": pl.Date,
}  # fmt: skip


def data_revision() -> tuple[int, ...]:
    """Return the revision of everything the figures are made of; one query."""
    return revision(*RUANG)


def figures(as_of: date, posisi: Collection[int] | None = None) -> pl.DataFrame:
    """Return one row per posisi in force on *as_of* (only of the ids in *posisi* when given), by code.

    posisi_id, kode, unit_id, atasan_id (who may not be in force), jabatan, jenis, jenjang, kelas,
    kritis, status; bezetting (definitive holders; the printed figure where nobody in the agency holds anything), plt,
    plh; kebutuhan (of the ABK in force, else as decided in the map; 0 when abolished), asal ("abk", "tercetak",
    "dihapus", ""); selisih, keadaan, kurang, lebih, kosong, terisi; pensiun (within twelve months), keluar
    (people who leave in each of the coming years, by pension or end of contract).
    """
    rules = law(as_of)
    seats = seats_in_force(as_of, posisi)
    held = _holders(as_of, posisi)
    counted = held.group_by("posisi_id").agg(
        (pl.col("jenis_pemangku") == jenis).sum().cast(pl.Int64).alias(jenis) for jenis in ("definitif", "plt", "plh")
    )
    staffed = Pemangku.objects.filter(in_force(as_of), not_left(as_of, "pegawai__"), jenis="definitif").exists()
    rows = (
        seats.join(need_in_force(as_of, posisi), on="posisi_id", how="left", maintain_order="left")
        .join(counted, on="posisi_id", how="left", maintain_order="left")
        .join(_leaving(seats, held, as_of, rules), on="posisi_id", how="left", maintain_order="left")
    )
    years = projection_years(law=rules)
    abolished = pl.col("status") == DIHAPUS
    printed = pl.col("_bezetting") if not staffed and rows["_bezetting"].is_not_null().any() else pl.col("definitif")
    rows = rows.with_columns(
        bezetting=printed.fill_null(0).cast(pl.Float64),
        plt=pl.col("plt").fill_null(0),
        plh=pl.col("plh").fill_null(0),
        pensiun=pl.col("pensiun").fill_null(0),
        keluar=pl.col("keluar").fill_null(pl.lit([0] * years, dtype=pl.List(pl.Int64))),
        kebutuhan=pl.when(abolished).then(0.0).otherwise(pl.coalesce("ditetapkan", "tercetak")),
        asal=pl.when(abolished).then(pl.lit(DIHAPUS))
        .when(pl.col("ditetapkan").is_not_null()).then(pl.lit("abk"))
        .when(pl.col("tercetak").is_not_null()).then(pl.lit("tercetak"))
        .otherwise(pl.lit("")),
    )  # fmt: skip
    return compared(rows).select(COLUMNS)


def compared(rows: pl.DataFrame) -> pl.DataFrame:
    """Return *rows* with what follows from B and K."""
    staff, need = pl.col("bezetting"), pl.col("kebutuhan")
    gap = staff - need
    return rows.with_columns(
        selisih=gap,
        kurang=pl.max_horizontal(-gap, 0.0).fill_null(0.0),
        lebih=pl.max_horizontal(gap, 0.0).fill_null(0.0),
        kosong=((need > 0) & (staff == 0)).fill_null(value=False).cast(pl.Int64),
        terisi=pl.when(need.is_not_null()).then(pl.min_horizontal(staff, need)).otherwise(0.0),
        keadaan=pl.when(need.is_null()).then(pl.lit("tanpa kebutuhan"))
        .when((need > 0) & (staff == 0)).then(pl.lit("kosong"))
        .when(gap < 0).then(pl.lit("kurang"))
        .when(gap > 0).then(pl.lit("lebih"))
        .otherwise(pl.lit("sesuai")),
    )  # fmt: skip


def sums() -> list[pl.Expr]:
    """Return what is added up over posisi; an unknown need counts as nothing, and is null where none is known."""
    known = pl.col("kebutuhan").is_not_null().any()
    return [
        pl.len().cast(pl.Int64).alias("posisi"),
        *(pl.col(name).sum() for name in SUMS if name != "kebutuhan"),
        pl.when(known).then(pl.col("kebutuhan").sum()).alias("kebutuhan"),
    ]


def need_in_force(as_of: date, posisi: Collection[int] | None = None) -> pl.DataFrame:
    """Return posisi_id, abk_id, ditetapkan: the need of the ABK in force; of two in force the later one."""
    rows = _only(hasil_in_force(as_of), posisi).order_by("-abk__mulai", "-abk_id")
    found = bulk.select(rows.values_list("posisi_id", "abk_id", "kebutuhan"), _HASIL)
    return found.unique("posisi_id", keep="first", maintain_order=True)


def hasil_in_force(as_of: date) -> QuerySet[AbkHasil]:
    """Return the results of every ABK that is in force on *as_of*."""
    return AbkHasil.objects.filter(in_force(as_of, "abk__"), abk__status=Abk.Status.DITETAPKAN)


def holders_in_force(as_of: date) -> QuerySet[Pemangku]:
    """Return who holds a posisi on *as_of*, of the people who belong to the agency."""
    return Pemangku.objects.filter(in_force(as_of), not_left(as_of, "pegawai__"))


def _only(rows: QuerySet[Any], posisi: Collection[int] | None) -> QuerySet[Any]:
    return rows if posisi is None else rows.filter(posisi_id__in=posisi)


def seats_in_force(as_of: date, posisi: Collection[int] | None = None) -> pl.DataFrame:
    """Return the posisi in force on *as_of* with what they are, by code, before anything is counted."""
    rows = _only(PosisiMasa.objects.filter(in_force(as_of)), posisi).values_list(
        "posisi_id", "posisi__kode", "unit_id", "atasan_id", "jabatan__nama", "jenis", "jabatan__jenis", "jenjang",
        "jabatan__jenjang", "kelas", "jabatan__kelas", "kebutuhan", "bezetting", "kritis", "status", "jabatan__bup",
    )  # fmt: skip
    seats = bulk.select(rows, _POSISI).sort("kode")
    told = {name: jenjang_from_name(name) for name in seats["jabatan"].unique()}
    names = pl.DataFrame(
        {"jabatan": told.keys(), "_told": told.values()}, schema={"jabatan": pl.String, "_told": pl.String}
    )
    blank = [
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)
        for name in ("jenis", "_jenis", "jenjang", "_jenjang")
    ]
    seats = seats.with_columns(blank).join(names, on="jabatan", how="left", maintain_order="left")
    seats = seats.with_columns(pl.coalesce(name, f"_{name}").alias(name) for name in ("jenis", "jenjang", "kelas"))
    return seats.with_columns(
        jenjang=pl.coalesce("jenjang", pl.when(pl.col("jenis") == "fungsional").then("_told")),
        kritis=pl.col("kritis").fill_null(value=False),
    ).drop("_jenis", "_jenjang", "_kelas", "_told")


def _holders(as_of: date, posisi: Collection[int] | None) -> pl.DataFrame:
    return bulk.select(_told(_only(holders_in_force(as_of), posisi)), _PEMANGKU)


def _told(rows: QuerySet[Pemangku]) -> QuerySet[Any, Any]:
    return rows.values_list("posisi_id", "jenis", "pegawai__nip", "pegawai__tanggal_lahir", "pegawai__kontrak_berakhir")


def leaving_people(as_of: date, posisi: Collection[int]) -> pl.DataFrame:
    """Return who holds these posisi definitively and when each leaves: posisi_id, nip, pensiun, kontrak, keluar."""
    rules = law(as_of)
    people = _exits(seats_in_force(as_of, posisi), _holders(as_of, posisi), rules)
    return people.select("posisi_id", "nip", "pensiun", "kontrak", "keluar").sort("keluar", "nip", nulls_last=True)


def _exits(seats: pl.DataFrame, held: pl.DataFrame, rules: Law) -> pl.DataFrame:
    """Return the definitive holders with pensiun (date), kontrak and keluar, the earlier of the two."""
    people = held.filter(pl.col("jenis_pemangku") == "definitif").join(
        seats.select("posisi_id", "jenis", "jenjang", "jabatan", "bup"), on="posisi_id", how="inner"
    )
    words = {
        name: people[name].fill_null("").to_numpy().astype(np.str_) for name in ("jenis", "jenjang", "jabatan", "nip")
    }
    override = people["bup"].fill_null(0).to_numpy().astype(np.int16)
    ages = bup_rule.bup_column(words["jenis"], words["jenjang"], words["jabatan"], override, law=rules)
    birth = people["lahir"].to_numpy().astype("datetime64[D]")
    born = np.where(np.isnat(birth), nip_rule.birth_column(words["nip"]), birth)
    retires = pl.Series("pensiun", bup_rule.pension_date_column(born, ages).astype("datetime64[D]"))
    return people.with_columns(retires).with_columns(keluar=pl.min_horizontal("pensiun", "kontrak"))


def retiring(as_of: date) -> pl.DataFrame:
    """Return who retires by age within twelve months, or should have: posisi_id, unit_id, nip, pensiun (the day).

    Whose kept pension date is far off is not reckoned anew.
    """
    year = pl.select(pl.lit(as_of).dt.offset_by("1y")).item()
    near = Q(pegawai__tanggal_pensiun__isnull=True) | Q(pegawai__tanggal_pensiun__lte=year)
    held = bulk.select(_told(holders_in_force(as_of).filter(near, jenis="definitif")), _PEMANGKU)
    seats = seats_in_force(as_of, held["posisi_id"].unique().to_list() if held.height < FEW else None)
    people = _exits(seats, held, law(as_of)).join(seats.select("posisi_id", "unit_id"), on="posisi_id")
    soon = pl.col("keluar") <= year
    by_age = pl.col("pensiun").is_not_null() & (pl.col("keluar") == pl.col("pensiun"))
    return people.filter(by_age & soon).select("posisi_id", "unit_id", "nip", "pensiun")


def _leaving(seats: pl.DataFrame, held: pl.DataFrame, as_of: date, rules: Law) -> pl.DataFrame:
    """Return posisi_id, pensiun (people within twelve months) and keluar (people per year) where somebody holds it."""
    years = projection_years(law=rules)
    ends = [pl.lit(as_of).dt.offset_by(f"{step}y") for step in range(years + 1)]
    goes, by_age = pl.col("keluar"), pl.col("pensiun").is_not_null() & (pl.col("keluar") == pl.col("pensiun"))
    # Who should have left already leaves in the first year.
    per_year = [
        (goes <= ends[1]).sum(),
        *(((goes > ends[t - 1]) & (goes <= ends[t])).sum() for t in range(2, years + 1)),
    ]
    return (
        _exits(seats, held, rules)
        .group_by("posisi_id")
        .agg(
            pensiun=(by_age & (goes <= ends[1])).sum().cast(pl.Int64),
            keluar=pl.concat_list(per_year).cast(pl.List(pl.Int64)),
        )
    )
