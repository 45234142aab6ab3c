"""The map as a table: posisi in map order, each indented under the superior, with what lies below added up."""

from collections.abc import Sequence
from dataclasses import dataclass

from penata.domain.peta_jabatan.susunan import Bagian

PAGE = 80


@dataclass(frozen=True, slots=True)
class Baris:
    """One posisi: own figures and those of its whole branch, itself included."""

    kode: str
    jabatan: str
    unit: str
    tingkat: int
    kelas: int | None
    bezetting: float
    kebutuhan: float | None
    selisih: float | None
    bawahan: int
    bezetting_kumulatif: float | None
    kebutuhan_kumulatif: float | None
    selisih_kumulatif: float | None


@dataclass(frozen=True, slots=True)
class Halaman:
    """One page of the table; ``sesudah`` and ``sebelum`` are codes to go on after, None where there is no more."""

    rows: Sequence[Baris]
    first: int
    total: int
    sesudah: str | None
    sebelum: str | None  # empty: the first page


def table_page(part: Bagian, after: str) -> Halaman:
    """Return the rows that follow the posisi *after* (empty or unknown: the first ones)."""
    codes = part.rows["kode"]
    place = codes.index_of(after) if after else None
    start = 0 if place is None else place + 1
    end = min(start + PAGE, len(codes))
    staff, need = part.cumulated("bezetting"), part.cumulated("kebutuhan")
    columns = ("kode", "jabatan", "nama_unit", "kelas", "bezetting", "kebutuhan", "selisih")
    rows = []
    for index, values in enumerate(part.rows[start:end].select(columns).iter_rows(), start=start):
        kode, jabatan, unit, kelas, b, k, gap = values
        below_b, below_k = staff[index], need[index]
        rows.append(
            Baris(
                kode, jabatan, unit or "", int(part.depth[index]), kelas, b, k, gap, int(part.size[index]) - 1, below_b,
                below_k, None if below_k is None else below_b - below_k,
            )
        )  # fmt: skip
    before = None
    if start > 0:
        before = str(codes[start - PAGE - 1]) if start > PAGE else ""
    return Halaman(rows, start + 1, len(codes), str(codes[end - 1]) if end < len(codes) else None, before)
