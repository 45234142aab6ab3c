"""Larger steps of a reorganisation, written out as the named edits they consist of."""

from collections.abc import Mapping, Sequence

import polars as pl

from penata.snapshot.edits import (
    AbolishPosisi,
    AbolishUnit,
    AddUnit,
    Edit,
    MovePosisi,
    MoveUnit,
    RemoveHolder,
)

Tables = Mapping[str, pl.DataFrame]


def merge(
    tables: Tables, asal: str, tujuan: str, *, kepala_asal: str | None = None, kepala_tujuan: str | None = None
) -> list[Edit]:
    """Merge unit *asal* into *tujuan*: its units and posisi move there, then it is abolished.

    With *kepala_asal* the posisi at its head is abolished too: its holders are released and whoever reports to it
    reports to *kepala_tujuan*.
    """
    edits: list[Edit] = []
    for kode in _codes(tables["unit"], pl.col("induk") == asal):
        # The target may itself hang below the unit that goes: then it takes its place.
        edits.append(MoveUnit(kode, _parent(tables, asal) if kode == tujuan else tujuan))
    posisi = tables["posisi"]
    below = set(_codes(posisi, pl.col("atasan") == kepala_asal)) if kepala_asal else set()
    here = _codes(posisi, pl.col("unit") == asal)
    for kode in here:
        if kode != kepala_asal:
            edits.append(MovePosisi(kode, tujuan, kepala_tujuan if kode in below else None))
    if kepala_asal:
        edits += [MovePosisi(kode, None, kepala_tujuan) for kode in sorted(below - set(here)) if kepala_tujuan]
        edits += _released(tables, kepala_asal)
        edits.append(AbolishPosisi(kepala_asal))
    return [*edits, AbolishUnit(asal)]


def split(tables: Tables, asal: str, baru: AddUnit, posisi: Sequence[str], units: Sequence[str] = ()) -> list[Edit]:
    """Split unit *asal*: open *baru* beside it and move the chosen *posisi* and child *units* there."""
    if baru.induk is None:
        baru = AddUnit(baru.kode, baru.nama, _parent(tables, asal), baru.jenis, baru.wilayah, baru.terpencil)
    return [
        baru,
        *(MoveUnit(kode, baru.kode) for kode in sorted(units)),
        *(MovePosisi(kode, baru.kode) for kode in sorted(posisi)),
    ]


def _released(tables: Tables, posisi: str) -> list[Edit]:
    rows = tables["pemangku"].filter(pl.col("posisi") == posisi).sort("jenis", "nip")
    return [RemoveHolder(nip, posisi, jenis) for nip, jenis in rows.select("nip", "jenis").iter_rows()]


def _codes(frame: pl.DataFrame, where: pl.Expr) -> list[str]:
    return frame.filter(where).sort("kode")["kode"].to_list()


def _parent(tables: Tables, kode: str) -> str | None:
    found = tables["unit"].filter(pl.col("kode") == kode)["induk"]
    return found[0] if len(found) else None
