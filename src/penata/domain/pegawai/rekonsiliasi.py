"""Three-way difference of a SIASN export: the local value, SIASN now, and SIASN at the last reconciliation.

Pure columns: local values and export come in as text by the names of :mod:`penata.integrations.siasn.profil`.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai.models import Pegawai
from penata.domain.pegawai.queries import jenis_on, seated
from penata.domain.pegawai.reach import serving
from penata.foundation import bulk
from penata.foundation.access.reader import Reader
from penata.integrations.siasn.profil import KELOMPOK, KOLOM
from penata.language import N_

ROOM = "rekonsiliasi"
ORANG = "orang"  # the column of a difference that is about the person as a whole


class Jenis(StrEnum):
    """What kind of difference; the base is what SIASN said at the last reconciliation."""

    SIASN_BERUBAH = "siasn berubah"
    LOKAL_BERUBAH = "lokal berubah"
    KONFLIK = "konflik"
    HANYA_LOKAL = "hanya lokal"
    HANYA_SIASN = "hanya siasn"


JENIS_TITLES: dict[Jenis, str] = {
    Jenis.SIASN_BERUBAH: N_("hanya SIASN berubah"),
    Jenis.LOKAL_BERUBAH: N_("hanya data lokal berubah"),
    Jenis.KONFLIK: N_("keduanya berubah (konflik)"),
    Jenis.HANYA_LOKAL: N_("orang hanya ada di sini"),
    Jenis.HANYA_SIASN: N_("orang hanya ada di SIASN"),
}

DIFFERENCE = {
    "nip": pl.String, "kolom": pl.String, "jenis": pl.String, "lokal": pl.String, "siasn": pl.String,
    "dasar": pl.String,
}  # fmt: skip
# Columns of ours that are read as they stand; the rest follow from the post held.
STORED = tuple(name for name, kolom in KOLOM.items() if kolom.diambil)
LIMITS = {field.name: getattr(field, "max_length", None) for field in Pegawai._meta.concrete_fields}
_DAYS = ("tanggal_lahir", "tmt_cpns", "tmt_pns", "tmt_golongan", "tmt_jabatan")
_NUMBERS = ("masa_kerja_tahun", "masa_kerja_bulan")


def compare(lokal: pl.DataFrame, siasn: pl.DataFrame, dasar: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the differences (columns of DIFFERENCE) by NIP and column; what is equal is no row.

    Each frame has ``nip`` and columns of text; a null in *siasn* is a cell that could not be read and is no difference.
    A null in *dasar* means that there was no reconciliation yet: then SIASN counts as having been empty.
    """
    both = siasn.join(lokal, on="nip", how="inner", suffix="_lokal").join(dasar, on="nip", how="left", suffix="_dasar")
    parts = [_field(both, name) for name in columns if name != "nip" and name in KOLOM]
    return pl.concat([pl.DataFrame(schema=DIFFERENCE), *parts]).sort("nip", "kolom")


def _field(both: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return the differences of one column."""
    kolom = KOLOM[name]
    here, there = pl.col(f"{name}_lokal").fill_null(""), pl.col(name)
    base = pl.col(f"{name}_dasar").fill_null("") if f"{name}_dasar" in both.columns else pl.lit("")
    lokal, siasn, dasar = kolom.key(here), kolom.key(there), kolom.key(base)
    same_as_before, kept_here = siasn.eq_missing(dasar), lokal.eq_missing(dasar)
    kind = (
        pl.when(same_as_before).then(pl.lit(str(Jenis.LOKAL_BERUBAH)))
        .when(kept_here).then(pl.lit(str(Jenis.SIASN_BERUBAH)))
        .otherwise(pl.lit(str(Jenis.KONFLIK)))
    )  # fmt: skip
    rows = both.filter(there.is_not_null() & lokal.ne_missing(siasn))
    return rows.select(
        "nip", kolom=pl.lit(name), jenis=kind, lokal=here, siasn=there.fill_null(""), dasar=base
    )  # fmt: skip


def one_sided(lokal: pl.Series, siasn: pl.Series) -> pl.DataFrame:
    """Return a difference for every NIP that only one side has."""
    sides = ((lokal, siasn, Jenis.HANYA_LOKAL), (siasn, lokal, Jenis.HANYA_SIASN))
    parts = [
        pl.DataFrame({"nip": own.filter(~own.is_in(other.implode()))}).select(
            "nip", kolom=pl.lit(ORANG), jenis=pl.lit(str(kind)),
            lokal=pl.lit("ada" if kind is Jenis.HANYA_LOKAL else ""),
            siasn=pl.lit("ada" if kind is Jenis.HANYA_SIASN else ""), dasar=pl.lit(""),
        )
        for own, other, kind in sides
    ]  # fmt: skip
    return pl.concat(parts).sort("nip")


def read_lokal(as_of: date, reader: Reader, who: Q) -> pl.DataFrame:
    """Return the local values of the people in service on *as_of* who are *who*, as text, with id and unit_id."""
    text = dict.fromkeys(STORED, pl.String)
    schema: dict[str, Any] = {
        **text, **dict.fromkeys(_DAYS, pl.Date), **dict.fromkeys(_NUMBERS, pl.Int64), "nip": pl.String,
        "id": pl.Int64, "unit_id": pl.Int64, "jenis_jabatan": pl.String, "jabatan": pl.String,
    }  # fmt: skip
    paths = {
        "unit_id": F("masa__unit_id"), "tmt_jabatan": F("kursi__tmt"), "jabatan": F("masa__jabatan__nama"),
        "jenis_jabatan": Coalesce(jenis_on(reader), Value("")),
    }  # fmt: skip
    rows = seated(as_of).filter(serving(as_of), who).annotate(**{f"_{name}": path for name, path in paths.items()})
    columns = [f"_{name}" if name in paths else name for name in schema]
    frame = bulk.select(rows.values_list(*columns), schema)
    names = _places(as_of)
    group = pl.col("jenis_jabatan").replace_strict(KELOMPOK, default="", return_dtype=pl.String)
    return frame.join(names, on="unit_id", how="left").with_columns(
        pl.col(_DAYS).cast(pl.String).fill_null(""), pl.col(_NUMBERS).cast(pl.String).fill_null(""),
        pl.col("jabatan", "unit", "kantor").fill_null(""), jenis_jabatan=group,
    )  # fmt: skip


def _places(as_of: date) -> pl.DataFrame:
    """Return the names of each unit and of its perangkat daerah."""
    tree = pohon(as_of)
    offices = {unit: tree.perangkat_daerah(unit) for unit in tree.by_id}
    return pl.DataFrame(
        [(unit, node.nama, office.nama if (office := offices[unit]) else "") for unit, node in tree.by_id.items()],
        schema={"unit_id": pl.Int64, "unit": pl.String, "kantor": pl.String}, orient="row",
    )  # fmt: skip


def as_stored(values: dict[str, str]) -> dict[str, Any]:
    """Return the text *values* of columns of STORED as the table of people holds them."""
    out: dict[str, Any] = {}
    for name, value in values.items():
        if name in _DAYS:
            out[name] = date.fromisoformat(value) if value else None
        elif name in _NUMBERS:
            out[name] = int(value) if value else None
        else:
            out[name] = KOLOM[name].written(value)[: LIMITS[name]]
    return out
