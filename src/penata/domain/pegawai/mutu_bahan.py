"""The people of the agency, or some of them, as a snapshot: what pension dates and checks of the data are made of.

Unlike :mod:`penata.domain.sheets` this reads only what concerns the people asked for, so that one edited person costs
a few milliseconds and not the whole agency.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.db.models import Model, Q, QuerySet

from penata.analysis.integritas.bahan import Bahan
from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.peta import build_peta
from penata.domain.jabatan.models import Jabatan, PosisiMasa
from penata.domain.organisasi.models import UnitMasa
from penata.domain.pegawai.models import (
    Pegawai,
    Pemangku,
    PenyegaranMutu,
    RiwayatGolongan,
    RiwayatJabatan,
    RiwayatPendidikan,
)
from penata.domain.pegawai.reach import serving
from penata.foundation import bulk
from penata.foundation.periods import in_force
from penata.rulebook.legislation import Law
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, build
from penata.snapshot.vocabulary import KOMPETENSI_INTI

Nips = Collection[str] | None
# Columns of Pegawai beyond the snapshot that the checks look at.
EXTRA: dict[str, Any] = {
    "tempat_lahir": pl.String, "nik": pl.String, "telepon": pl.String, "email": pl.String, "alamat": pl.String,
    "agama": pl.String, "npwp": pl.String, "tmt_cpns": pl.Date,
}  # fmt: skip
# Tables about people that stand in rooms above this one; they are reached over the person they belong to.
ABOVE = {
    "asesmen": (
        "asesmen",
        (
            "tanggal", "metode", "berlaku_sampai", "potensi", *(name.replace(" ", "_") for name in KOMPETENSI_INTI),
        ),
    ),
    "kompetensi_teknis": ("kompetensi_teknis", ("kompetensi", "level", "tanggal", "berlaku_sampai")),
    "predikat_kinerja": ("predikat_kinerja", ("tahun", "predikat")),
    "hukuman_disiplin": ("hukuman_disiplin", ("tingkat", "mulai", "selesai")),
}  # fmt: skip


@dataclass(frozen=True)
class Orang:
    """Some people on one day. ``rinci``: nip, id, unit_id (of the post held definitively) and :data:`EXTRA`."""

    snapshot: Snapshot
    rinci: pl.DataFrame
    law: Law
    nip: Nips

    @cached_property
    def bahan(self) -> Bahan:
        """What the checks of the map look at, for these people only."""
        need = compute_kebutuhan(self.snapshot, law=self.law)
        return Bahan(self.snapshot, need, build_peta(self.snapshot, need), self.law)

    @cached_property
    def lebar(self) -> pl.DataFrame:
        """One row per person by NIP: the snapshot's columns, :data:`EXTRA`, id and unit_id."""
        return self.snapshot["pegawai"].join(self.rinci, on="nip", how="left", maintain_order="left")

    @cached_property
    def dicatat(self) -> frozenset[str]:
        """What the agency records at all: a datum that nobody has is not asked of anybody."""
        if self.nip is not None:
            last = PenyegaranMutu.objects.first()
            return frozenset(last.dicatat if last else ())
        columns = (name for name in self.lebar.columns if self.lebar[name].is_not_null().any())
        return frozenset([*columns, *(table for table in ABOVE if self.snapshot.has(table))])

    @cached_property
    def golongan_terakhir(self) -> pl.DataFrame:
        """The latest golongan of the history: nip, golongan_riwayat, tmt_riwayat."""
        rows = RiwayatGolongan.objects.filter(_of(self.nip), tmt__lte=self.snapshot.per)
        schema = {"nip": pl.String, "golongan_riwayat": pl.String, "tmt_riwayat": pl.Date}
        found = frame(rows, ("pegawai__nip", "golongan", "tmt"), schema)
        return found.sort("nip", "tmt_riwayat").unique("nip", keep="last", maintain_order=True)

    @cached_property
    def pendidikan(self) -> pl.DataFrame:
        """The educations of the history: nip, pendidikan_riwayat."""
        rows = RiwayatPendidikan.objects.filter(_of(self.nip))
        return frame(rows, ("pegawai__nip", "pendidikan"), {"nip": pl.String, "pendidikan_riwayat": pl.String})


def read_orang(as_of: date, *, law: Law, nip: Nips = None) -> Orang:
    """Return the people in service on *as_of*; only those of *nip* when given."""
    seats = _seats(as_of, nip)
    codes = seats["kode"].unique().to_list()
    people = Pegawai.objects.filter(serving(as_of), Q() if nip is None else Q(nip__in=nip))
    schema = {
        name: kind for name, kind in TABLES["pegawai"].polars_schema.items() if name not in {"posisi", "tmt_jabatan"}
    }
    wide = frame(people, ("id", *schema, *EXTRA), {"id": pl.Int64, **schema, **EXTRA})
    first = seats.filter(pl.col("jenis") == "definitif").unique("nip", keep="first", maintain_order=True)
    tables = {
        "pegawai": wide.select(*schema).join(
            first.select("nip", posisi="kode", tmt_jabatan="tmt"), on="nip", how="left"
        ),
        "pemangku": seats.select("nip", posisi="kode", jenis="jenis", tmt="tmt", nomor_sk="nomor_sk"),
        "posisi": _posisi(as_of, None if nip is None else codes),
        "unit": _unit(as_of),
        "riwayat_jabatan": _of_people(
            RiwayatJabatan.objects.filter(_of(nip)), "riwayat_jabatan",
            ("jabatan", "jenis", "jenjang", "rumpun", "mulai", "selesai"),
        ),
        **{
            table: _of_people(_reverse(name).filter(_of(nip)), table, columns)
            for table, (name, columns) in ABOVE.items()
        },
    }  # fmt: skip
    tables["jabatan"] = _jabatan(tables["posisi"]["jabatan"], nip)
    rinci = wide.select("nip", "id", *EXTRA).join(first.select("nip", "unit_id"), on="nip", how="left")
    blank = [pl.col(name).replace("", None) for name, kind in EXTRA.items() if kind == pl.String]
    return Orang(build("", as_of, tables), rinci.with_columns(blank).sort("nip"), law, nip)


def frame(rows: QuerySet[Any], columns: tuple[str, ...], schema: dict[str, Any]) -> pl.DataFrame:
    """Return *columns* of *rows* as a frame with the names and types of *schema*, in the same order."""
    return bulk.select(rows.values_list(*columns), schema)


def _of(nip: Nips) -> Q:
    return Q() if nip is None else Q(pegawai__nip__in=nip)


def _reverse(name: str) -> QuerySet[Model]:
    """Return all rows of the table that belongs to people under *name*."""
    related: type[Model] = Pegawai._meta.get_field(name).related_model  # type: ignore[assignment]
    return related._default_manager.all()  # noqa: SLF001 - the public name of it is not on the type


def _of_people(rows: QuerySet[Any], table: str, columns: tuple[str, ...]) -> pl.DataFrame:
    schema = TABLES[table].polars_schema
    return frame(rows, ("pegawai__nip", *columns), {"nip": pl.String, **{name: schema[name] for name in columns}})


def _seats(as_of: date, nip: Nips) -> pl.DataFrame:
    """Return who holds what on the day; of several definitive seats the latest appointment first."""
    rows = Pemangku.objects.filter(in_force(as_of), in_force(as_of, "posisi__masa__"), _of(nip))
    schema = {
        "nip": pl.String, "kode": pl.String, "jenis": pl.String, "tmt": pl.Date, "nomor_sk": pl.String,
        "unit_id": pl.Int64,
    }  # fmt: skip
    columns = ("pegawai__nip", "posisi__kode", "jenis", "tmt", "nomor_sk", "posisi__masa__unit_id")
    return frame(rows, columns, schema).sort("nip", "tmt", "kode", descending=[False, True, False], nulls_last=True)


def _posisi(as_of: date, codes: Collection[str] | None) -> pl.DataFrame:
    rows = PosisiMasa.objects.filter(in_force(as_of))
    if codes is not None:
        rows = rows.filter(posisi__kode__in=codes)
    schema = {
        name: TABLES["posisi"].polars_schema[name] for name in ("kode", "jabatan", "unit", "jenis", "jenjang", "status")
    }
    return frame(rows, ("posisi__kode", "jabatan__nama", "unit__kode", "jenis", "jenjang", "status"), schema)


def _jabatan(names: pl.Series, nip: Nips) -> pl.DataFrame:
    rows = Jabatan.objects.all()
    if nip is not None:
        rows = rows.filter(nama__in=names.unique().to_list())
    columns = ("nama", "jenis", "jenjang", "pendidikan_min", "golongan_min", "bup")
    return frame(rows, columns, {name: TABLES["jabatan"].polars_schema[name] for name in columns})


def _unit(as_of: date) -> pl.DataFrame:
    columns = ("unit__kode", "nama", "jenis", "induk__kode")
    schema = {"kode": pl.String, "nama": pl.String, "jenis": pl.String, "induk": pl.String}
    return frame(UnitMasa.objects.filter(in_force(as_of)), columns, schema)
