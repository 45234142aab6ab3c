"""One posisi as its page shows it: what it is, who reports to whom, who holds it, its tasks, its findings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from penata.domain.beban_kerja.models import AbkBaris, AbkHasil
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.organisasi.tree import Node, pohon
from penata.domain.pegawai.models import Pemangku
from penata.domain.peta_jabatan.angka import hasil_in_force, holders_in_force, leaving_people
from penata.domain.peta_jabatan.gambaran import gambaran
from penata.domain.peta_jabatan.susunan import Bagian, bagian
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.periods import in_force

SHOWN = 40  # subordinates, tasks and periods that the page lists
NIP = re.compile(r"(?<!\d)\d{18}(?!\d)")
HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Garis:
    """A posisi above or below, in one line."""

    kode: str
    jabatan: str
    unit: str
    bezetting: float
    kebutuhan: float | None
    selisih: float | None


@dataclass(frozen=True, slots=True)
class Tahun:
    """A posisi at the end of one of the coming years, without new hires."""

    tahun: int
    keluar: int
    b: float
    k: float | None
    selisih: float | None


@dataclass(frozen=True)
class Rincian:
    """Everything about one posisi on the reader's day; ``angka`` is None on a day on which it is not in force.

    ``pemangku`` (in force) and ``riwayat`` (all periods) are empty unless ``nama`` says that the reader may see people
    there.
    """

    kode: str
    masa: PosisiMasa
    angka: dict[str, Any] | None
    jalur: Sequence[Node]
    atas: Sequence[Garis]
    bawah: Sequence[Garis]
    jumlah_bawah: int
    nama: bool
    pemangku: Sequence[Pemangku]
    riwayat: Sequence[Pemangku]
    keluar: dict[str, tuple[date | None, date | None]]  # NIP -> pension, end of contract
    masa_semua: Sequence[PosisiMasa]
    tugas: Sequence[AbkBaris]
    jumlah_tugas: int
    hasil: AbkHasil | None
    proyeksi: Sequence[Tahun]


def masa_of(reader: Reader, kode: str) -> PosisiMasa | None:
    """Return the period of a posisi in force on the reader's day, else the latest; None outside the reader's scope."""
    rows = PosisiMasa.objects.select_related("posisi", "jabatan", "unit", "atasan", "penetapan")
    found = rows.filter(posisi__kode=kode)
    masa = found.filter(in_force(reader.as_of)).first() or found.order_by("-mulai").first()
    return masa if masa and masa.unit_id in reader.scope(Permission.PETA_LIHAT) else None


def holds(masa: PosisiMasa, as_of: date) -> bool:
    """Tell whether the period is in force on *as_of*."""
    return masa.mulai <= as_of and (masa.selesai is None or masa.selesai > as_of)


def rincian(reader: Reader, kode: str) -> Rincian | None:
    """Return the posisi *kode*, or None outside the reader's scope. The number of queries does not grow."""
    masa = masa_of(reader, kode)
    if masa is None:
        return None
    now = holds(masa, reader.as_of)
    part = bagian(reader)
    row = part.place.get(masa.posisi_id) if now else None
    children = [] if row is None else _children(part, row)
    named = masa.unit_id in reader.scope(Permission.PEGAWAI_LIHAT)
    people = Pemangku.objects.filter(posisi_id=masa.posisi_id).select_related("pegawai", "penetapan")
    hasil = result_of(masa.posisi_id, reader.as_of) if masa.unit_id in reader.scope(Permission.ABK_LIHAT) else None
    tasks = (
        list(AbkBaris.objects.filter(abk=hasil.abk_id, posisi=masa.posisi_id).order_by("urut", "pk")) if hasil else []
    )
    angka = part.rows.row(row, named=True) if row is not None else None
    return Rincian(
        kode=kode,
        masa=masa,
        angka=angka,
        jalur=pohon(reader.as_of).path(masa.unit_id),
        atas=[] if row is None else [_line(part, above) for above in reversed(part.ancestors(row))],
        bawah=[_line(part, child) for child in children[:SHOWN]],
        jumlah_bawah=len(children),
        nama=named,
        pemangku=list(holders(masa.posisi_id, reader.as_of)) if named and now else [],
        riwayat=list(people.order_by("-mulai", "pegawai__nama")[:SHOWN]) if named else [],
        keluar=_leaving(masa.posisi_id, reader.as_of) if named and now else {},
        masa_semua=list(
            PosisiMasa.objects.filter(posisi_id=masa.posisi_id)
            .select_related("jabatan", "unit", "atasan", "penetapan")
            .order_by("-mulai")[:SHOWN]
        ),
        tugas=tasks[:SHOWN],
        jumlah_tugas=len(tasks),
        hasil=hasil,
        proyeksi=_years(angka, reader.as_of) if angka else [],
    )


def result_of(posisi_id: int, as_of: date) -> AbkHasil | None:
    """Return what the ABK in force found for a posisi."""
    rows = hasil_in_force(as_of).filter(posisi_id=posisi_id).select_related("abk__penetapan", "abk__unit")
    return rows.order_by("-abk__mulai", "-abk_id").first()


def holders(posisi_id: int, as_of: date) -> Any:
    """Return who holds a posisi on *as_of*, definitif first."""
    rows = holders_in_force(as_of).filter(posisi_id=posisi_id).select_related("pegawai", "penetapan")
    return rows.order_by("jenis", "pegawai__nama", "pk")


def findings_of(reader: Reader, kode: str) -> list[dict[str, Any]]:
    """Return code, level, sentence and remedy of what the checks of the map say of a posisi.

    NIP in a sentence are hidden from whoever may not see people there. None of it is shown outside the scope.
    """
    masa = masa_of(reader, kode)
    if masa is None or not holds(masa, reader.as_of):
        return []
    rows = gambaran(reader.as_of).temuan.filter((pl.col("subject") == kode) & (pl.col("table") != "pegawai"))
    named = masa.unit_id in reader.scope(Permission.PEGAWAI_LIHAT)
    return [
        {**row, "message": row["message"] if named else NIP.sub(HIDDEN, row["message"])}
        for row in rows.select("code", "level", "message", "remedy").iter_rows(named=True)
    ]


def findings_on_map(reader: Reader, unit_id: int | None) -> dict[int, tuple[str, list[str]]]:
    """Return per posisi id of the unit the gravest level and the codes of its findings."""
    part = bagian(reader, unit_id)
    own = part.rows.select("posisi_id", subject="kode")
    found = (
        gambaran(reader.as_of)
        .temuan.filter(pl.col("table") == "posisi")
        .join(own, on="subject", how="inner", maintain_order="left")
        .group_by("posisi_id", maintain_order=True)
        .agg(pl.col("level").first(), pl.col("code").unique(maintain_order=True))
    )
    return {key: (level, codes) for key, level, codes in found.iter_rows()}


def _years(figures: dict[str, Any], as_of: date) -> list[Tahun]:
    left, need = figures["bezetting"], figures["kebutuhan"]
    rows = []
    for step, gone in enumerate(figures["keluar"], start=1):
        left = max(left - gone, 0.0)
        rows.append(Tahun(as_of.year + step, gone, left, need, None if need is None else left - need))
    return rows


def _children(part: Bagian, row: int) -> list[int]:
    end = row + int(part.size[row])
    return [child for child in range(row + 1, end) if part.parent[child] == row]


def _line(part: Bagian, row: int) -> Garis:
    names = ("kode", "jabatan", "nama_unit", "bezetting", "kebutuhan", "selisih")
    return Garis(*part.rows.select(names).row(row))


def _leaving(posisi_id: int, as_of: date) -> dict[str, tuple[date | None, date | None]]:
    rows = leaving_people(as_of, [posisi_id]).select("nip", "pensiun", "kontrak")
    return {nip: (pension, contract) for nip, pension, contract in rows.iter_rows()}
