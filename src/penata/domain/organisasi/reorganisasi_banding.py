"""A draft compared with the agency it starts from: the two trees with their marks, the people, need and bezetting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.letak import locate
from penata.domain.organisasi.reorganisasi_uji import Uji
from penata.language import N_
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot
from penata.snapshot.tree import build_tree

SHOWN = 160  # rows of each tree; a larger reorganisation says how many are left out


class Tanda(StrEnum):
    """What happens to a unit or posisi; shown with a sign and the word."""

    TETAP = ""
    BARU = "baru"
    PINDAH = "pindah"
    UBAH = "ubah"
    HAPUS = "hapus"


SIGNS: Mapping[Tanda, str] = {
    Tanda.TETAP: "", Tanda.BARU: "＋", Tanda.PINDAH: "→", Tanda.UBAH: "≠", Tanda.HAPUS: "×",
}  # fmt: skip


class Dampak(StrEnum):
    """What changes for somebody who holds a posisi."""

    LEPAS = N_("tidak lagi memangku")
    MASUK = N_("memangku posisi baru")
    POSISI = N_("pindah posisi")
    UNIT = N_("pindah unit")
    PERANGKAT = N_("pindah perangkat daerah")
    NAMA = N_("unitnya berganti nama")


@dataclass(frozen=True, slots=True)
class Baris:
    """One row of one of the two trees: a unit, or a posisi that changes inside its unit."""

    level: int
    table: str  # unit or posisi
    kode: str
    nama: str
    tanda: Tanda
    catatan: str = ""  # where it goes to or comes from, what it was called


@dataclass(frozen=True)
class Banding:
    """What a draft would do. ``counts``: objects by mark and table; ``orang``: one row per holder that is affected.

    ``orang``: nip, nama, jenis, dampak, posisi, jabatan, nama_unit, nama_perangkat and the same with ``_baru``.
    ``angka``: unit, nama, b, k, b_baru, k_baru per perangkat daerah, only those that change; ``jumlah``: the agency.
    """

    sebelum: tuple[Baris, ...]
    sesudah: tuple[Baris, ...]
    left_out: int
    counts: Mapping[tuple[str, Tanda], int]
    orang: pl.DataFrame
    angka: pl.DataFrame
    jumlah: Mapping[str, float]
    errors: int  # edits that cannot be done and are left out


def compare(uji: Uji, law: Law) -> Banding:
    """Compare the agency before and after the edits of *uji*, its need computed under *law*."""
    before, after = uji.before, uji.after
    marks = {table: _marks(before[table], after[table], _MOVED[table]) for table in ("unit", "posisi")}
    left = _side(before, marks, after, old=True)
    right = _side(after, marks, before, old=False)
    angka, jumlah = _figures(before, after, law)
    told = {table: list(found.values()) for table, found in marks.items()}
    counts = {(table, mark): found.count(mark) for table, found in told.items() for mark in Tanda if mark in found}
    return Banding(
        sebelum=tuple(left[:SHOWN]), sesudah=tuple(right[:SHOWN]),
        left_out=max(len(left) - SHOWN, 0) + max(len(right) - SHOWN, 0),
        counts=counts, orang=_people(before, after), angka=angka, jumlah=jumlah,
        errors=len(uji.errors),
    )  # fmt: skip


_MOVED = {"unit": ("induk",), "posisi": ("unit", "atasan")}  # columns that say where something hangs


def _marks(before: pl.DataFrame, after: pl.DataFrame, place: tuple[str, ...]) -> dict[str, Tanda]:
    """Return the mark of every code that is new, gone, moved or changed."""
    joined = before.join(after, on="kode", how="full", suffix="_baru", coalesce=False)
    values = [name for name in before.columns if name != "kode"]
    differ = {name: pl.col(name).ne_missing(pl.col(f"{name}_baru")) for name in values}
    mark = (
        pl.when(pl.col("kode").is_null())
        .then(pl.lit(Tanda.BARU.value))
        .when(pl.col("kode_baru").is_null())
        .then(pl.lit(Tanda.HAPUS.value))
        .when(pl.any_horizontal(differ[name] for name in place))
        .then(pl.lit(Tanda.PINDAH.value))
        .when(pl.any_horizontal(differ.values()))
        .then(pl.lit(Tanda.UBAH.value))
        .otherwise(pl.lit(Tanda.TETAP.value))
    )
    rows = joined.select(pl.coalesce("kode", "kode_baru").alias("kode"), mark.alias("tanda"))
    return {kode: Tanda(word) for kode, word in rows.filter(pl.col("tanda") != "").iter_rows()}


def _side(here: Snapshot, marks: Mapping[str, Mapping[str, Tanda]], other: Snapshot, *, old: bool) -> list[Baris]:
    """Return the rows of one tree: what is marked, with the units above it."""
    unit = here["unit"]
    codes, parents = unit["kode"].to_list(), unit["induk"].to_list()
    name, index = dict(zip(codes, unit["nama"].to_list(), strict=True)), {code: i for i, code in enumerate(codes)}
    tree = build_tree(codes, parents)
    seats: dict[str, list[dict[str, Any]]] = {}
    for seat in here["posisi"].filter(_marked(marks)).sort("kode").iter_rows(named=True):
        seats.setdefault(seat["unit"], []).append(seat)
    # A unit that is left or reached by a move belongs on both sides, so that one sees where things went.
    touched = {*marks["unit"], *seats, *_units_of(other, marks)} & set(index)
    kept = {i for code in touched for i in _upwards(index[code], tree.parent.tolist())}
    elsewhere = dict(other["unit"].select("kode", "nama").iter_rows())
    hangs = dict(other["unit"].select("kode", "induk").iter_rows())
    there = {row["kode"]: row for row in other["posisi"].filter(_marked(marks)).iter_rows(named=True)}
    rows: list[Baris] = []
    for i in tree.order.tolist():
        if i not in kept:
            continue
        code, level = codes[i], int(tree.depth[i]) + 1
        mark = marks["unit"].get(code, Tanda.TETAP)
        note = ""
        if mark is Tanda.PINDAH:
            note = hangs.get(code) or "–"
        elif mark is Tanda.UBAH and elsewhere.get(code) != name[code]:
            note = elsewhere.get(code, "")
        rows.append(Baris(level, "unit", code, name[code], mark, note))
        for seat in seats.get(code, []):
            mark = marks["posisi"][seat["kode"]]
            note = _seat_note(seat, there.get(seat["kode"]))
            rows.append(Baris(level + 1, "posisi", seat["kode"], seat["jabatan"], mark, note))
    return rows


def _marked(marks: Mapping[str, Mapping[str, Tanda]]) -> pl.Expr:
    return pl.col("kode").is_in(sorted(marks["posisi"]))


def _seat_note(here: Mapping[str, Any], there: Mapping[str, Any] | None) -> str:
    """Return what of a posisi differs on the other side: its unit, or else its superior, need and status."""
    if there is None:
        return ""
    if there["unit"] != here["unit"]:
        return str(there["unit"])
    parts = []
    if there["atasan"] != here["atasan"]:
        parts.append(str(there["atasan"] or "–"))
    if there["kebutuhan"] != here["kebutuhan"]:
        parts.append("K –" if there["kebutuhan"] is None else f"K {there['kebutuhan']:g}".replace(".", ","))
    if there["status"] != here["status"]:
        parts.append(str(there["status"]))
    return ", ".join(parts)


def _units_of(snapshot: Snapshot, marks: Mapping[str, Mapping[str, Tanda]]) -> set[str]:
    """Return the units on the other side in which something marked lies or hangs."""
    posisi = snapshot["posisi"].filter(_marked(marks))["unit"]
    units = snapshot["unit"].filter(pl.col("kode").is_in(sorted(marks["unit"])))["induk"]
    return {*posisi.drop_nulls(), *units.drop_nulls()}


def _upwards(at: int, parent: list[int]) -> Iterable[int]:
    while at >= 0:
        yield at
        at = parent[at]


def _people(before: Snapshot, after: Snapshot) -> pl.DataFrame:
    """Return who holds another posisi, or the same one in another unit, than before."""
    keys = ["nip", "jenis", "urut"]
    old, new = _held(before), _held(after).rename(lambda name: name if name in keys else f"{name}_baru")
    joined = old.join(new, on=keys, how="full", coalesce=True)
    same_posisi = pl.col("posisi").eq_missing(pl.col("posisi_baru"))
    kind = (
        pl.when(pl.col("posisi_baru").is_null()).then(pl.lit(Dampak.LEPAS.value))
        .when(pl.col("posisi").is_null()).then(pl.lit(Dampak.MASUK.value))
        .when(~same_posisi).then(pl.lit(Dampak.POSISI.value))
        .when(pl.col("perangkat").ne_missing(pl.col("perangkat_baru"))).then(pl.lit(Dampak.PERANGKAT.value))
        .when(pl.col("unit").ne_missing(pl.col("unit_baru"))).then(pl.lit(Dampak.UNIT.value))
        .when(pl.col("nama_unit").ne_missing(pl.col("nama_unit_baru"))).then(pl.lit(Dampak.NAMA.value))
    )  # fmt: skip
    names = after["pegawai"].select("nip", "nama")
    return (
        joined.with_columns(dampak=kind)
        .filter(pl.col("dampak").is_not_null())
        .join(names, on="nip", how="left", maintain_order="left")
        .select(
            "nip", "nama", "jenis", "dampak",
            *(f"{name}{when}" for when in ("", "_baru") for name in _PLACE),
        )
        .sort("dampak", "nama", "nip", nulls_last=True)
    )  # fmt: skip


_PLACE = ("posisi", "jabatan", "nama_unit", "nama_perangkat")


def _held(snapshot: Snapshot) -> pl.DataFrame:
    """Return per holder where they sit; ``urut`` tells several posisi held in the same way apart."""
    place = locate(snapshot).posisi.select(
        "jabatan", "unit", "nama_unit", posisi="kode", perangkat="perangkat_daerah",
        nama_perangkat="nama_perangkat_daerah",
    )  # fmt: skip
    return (
        snapshot.holders.select("nip", "jenis", "posisi")
        .sort("nip", "jenis", "posisi")
        .with_columns(urut=pl.int_range(pl.len()).over("nip", "jenis"))
        .join(place, on="posisi", how="left", maintain_order="left")
    )


def _figures(before: Snapshot, after: Snapshot, law: Law) -> tuple[pl.DataFrame, dict[str, float]]:
    """Return B and K before and after, per perangkat daerah where they differ, and of the agency."""
    old, new = (compute_kebutuhan(snapshot, law=law).perangkat_daerah for snapshot in (before, after))
    columns = ("unit", "bezetting", "kebutuhan")
    joined = old.select(columns).join(new.select(columns), on="unit", how="full", coalesce=True, suffix="_baru")
    names = pl.concat([after["unit"].select("kode", "nama"), before["unit"].select("kode", "nama")])
    frame = (
        joined.rename({"bezetting": "b", "kebutuhan": "k", "bezetting_baru": "b_baru", "kebutuhan_baru": "k_baru"})
        .with_columns(pl.col("b", "k", "b_baru", "k_baru").fill_null(0))
        .join(names.unique("kode", keep="first", maintain_order=True), left_on="unit", right_on="kode", how="left")
        .sort("unit")
    )
    sums = {name: float(frame[name].sum()) for name in ("b", "k", "b_baru", "k_baru")}
    differ = (pl.col("b") != pl.col("b_baru")) | (pl.col("k") != pl.col("k_baru"))
    return frame.filter(differ).select("unit", "nama", "b", "k", "b_baru", "k_baru"), sums
