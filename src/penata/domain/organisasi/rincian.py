"""One unit and one legal act, with everything that hangs on them, cut to what the reader may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from penata.domain.organisasi.actions import fingerprint
from penata.domain.organisasi.models import Penetapan, Unit, UnitMasa
from penata.domain.organisasi.tree import Node, pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.periods import in_force, not_ended

EVENTS = 10  # latest acts shown on the page of a unit; the whole history has its own page
SEATS = 60  # posisi on one page of a unit
REST = 25  # of each kind, on the page of an act


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a unit as its page shows it."""

    nama: str
    jenis: str
    induk: str
    mulai: date
    selesai: date | None
    penetapan_id: int | None
    penetapan: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act on an object: who, when, what, on which legal act."""

    waktu: datetime
    pelaku: str
    aksi: str
    per: date | None
    dasar: str
    alasan: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One posisi of a unit, with the people who hold it (empty where the reader may not see people)."""

    kode: str
    jabatan: str
    kelas: int | None
    kebutuhan: float | None
    status: str
    jumlah: int
    pemangku: tuple[tuple[str, str, str], ...]  # nip, nama, jenis


@dataclass(frozen=True)
class UnitPage:
    """One unit on the reader's day; ``masa`` is None when it is not in force on that day."""

    unit: Unit
    masa: UnitMasa | None
    path: list[Node]
    children: list[Node]
    periods: list[Period]
    acts: list[Act]
    seats: list[Seat]
    seats_total: int
    people: bool  # whether the reader may see who holds the posisi
    editable: bool
    seen: str


def find_unit(kode: str, reader: Reader, permission: Permission = Permission.ORGANISASI_LIHAT) -> Unit | None:
    """Return the unit called *kode* when it lies where *permission* holds."""
    return Unit.objects.filter(reader.scope(permission).filter("pk"), kode=kode).first()


def unit_page(kode: str, reader: Reader, page: int = 1) -> UnitPage | None:
    """Return the page of a unit, or None when the reader may not see it."""
    unit = find_unit(kode, reader)
    if unit is None:
        return None
    rows = UnitMasa.objects.filter(unit=unit).select_related("induk", "penetapan", "unit").order_by("-mulai")
    masa = next((r for r in rows if r.mulai <= reader.as_of and (r.selesai is None or r.selesai > reader.as_of)), None)
    tree = pohon(reader.as_of)
    seen = reader.scope(Permission.ORGANISASI_LIHAT)
    people = unit.pk in reader.scope(Permission.PEGAWAI_LIHAT)
    total, seats = _seats_of(unit, reader.as_of, page, people=people)
    return UnitPage(
        unit=unit,
        masa=masa,
        path=[node for node in tree.path(unit.pk)[:-1] if node.id in seen],
        children=tree.children.get(unit.pk, []),
        periods=[
            Period(
                r.nama, r.jenis, r.induk.kode if r.induk else "", r.mulai, r.selesai, r.penetapan_id,
                str(r.penetapan or ""),
            )
            for r in rows
        ],
        acts=acts_on("unit", unit.kode),
        seats=seats,
        seats_total=total,
        people=people,
        editable=unit.pk in reader.scope(Permission.ORGANISASI_SUNTING),
        seen=fingerprint(masa) if masa else "",
    )  # fmt: skip


def acts_on(jenis: str, key: str, most: int = EVENTS) -> list[Act]:
    """Return the latest acts on one object, last first."""
    ids = Perubahan.objects.filter(jenis=jenis, objek_id=key).order_by("-peristiwa_id").values("peristiwa_id")
    rows = Peristiwa.objects.filter(pk__in=list(ids.values_list("peristiwa_id", flat=True)[:most])).order_by("-pk")
    return [Act(*row) for row in rows.values_list("waktu", "pelaku", "aksi", "per", "dasar", "alasan")]


def _seats_of(unit: Unit, as_of: date, page: int, *, people: bool) -> tuple[int, list[Seat]]:
    """Return how many posisi the unit has, and one page of them with their holders; three queries."""
    rows = unit.posisi_masa.filter(in_force(as_of))
    total = rows.count()
    first = (max(page, 1) - 1) * SEATS
    # Heads first: whoever reports to nobody in the unit, then by kelas.
    found = rows.order_by(F("kelas").desc(nulls_last=True), "posisi__kode").values_list(
        "posisi_id", "posisi__kode", "jabatan__nama", "kelas", "kebutuhan", "status"
    )[first : first + SEATS]
    seats = list(found)
    holders: dict[int, list[tuple[str, str, str]]] = {}
    held = unit.posisi_masa.filter(
        in_force(as_of),
        in_force(as_of, "posisi__pemangku__"),
        not_ended(as_of, "posisi__pemangku__pegawai__berhenti"),
        posisi_id__in=[row[0] for row in seats],
    ).order_by("posisi__pemangku__jenis", "posisi__pemangku__pegawai__nama")
    person = "posisi__pemangku__pegawai__"
    for posisi, nip, nama, jenis in held.values_list(
        "posisi_id", f"{person}nip", f"{person}nama", "posisi__pemangku__jenis"
    ):
        holders.setdefault(posisi, []).append((nip, nama, jenis))
    out = []
    for key, kode, jabatan, kelas, kebutuhan, status in seats:
        here = holders.get(key, [])
        definitive = sum(jenis == "definitif" for _nip, _nama, jenis in here)
        out.append(Seat(kode, jabatan, kelas, kebutuhan, status, definitive, tuple(here) if people else ()))
    return total, out


@dataclass(frozen=True)
class Resting:
    """What rests on a legal act: kind, how many, and the first of them as (text, code)."""

    kind: str
    total: int
    rows: list[tuple[str, str, date | None]]


def resting_on(act: Penetapan, reader: Reader) -> list[Resting]:
    """Return what rests on *act*, each kind cut to where the reader may see it."""
    organisasi, peta = reader.scope(Permission.ORGANISASI_LIHAT), reader.scope(Permission.PETA_LIHAT)
    units = act.unitmasa_set.filter(organisasi.filter("unit_id")).order_by("unit__kode")
    seats = act.posisimasa_set.filter(peta.filter("unit_id")).order_by("posisi__kode")
    found = [
        _resting("unit", units, "nama", "unit__kode"),
        _resting("posisi", seats, "jabatan__nama", "posisi__kode"),
        _resting("pemangku", _holders_on(act, reader), "pegawai__nama", "pegawai__nip"),
    ]
    workloads = act.abk_set.filter(reader.scope(Permission.ABK_LIHAT).filter("unit_id")).order_by("tahun", "unit__kode")
    found.append(_resting("abk", workloads, "unit__kode", "pk"))
    if reader.may(Permission.RANCANGAN_LIHAT):
        found.append(_resting("rancangan", act.rancangan_set.order_by("pk"), "nama", "pk"))
    return [rest for rest in found if rest.total]


def _resting(kind: str, rows: Any, text: str, code: str) -> Resting:
    total = rows.count()
    first = list(rows.values_list(text, code, "mulai")[:REST]) if total else []
    return Resting(kind, total, first)


def _holders_on(act: Penetapan, reader: Reader) -> Any:
    scope = reader.scope(Permission.PEGAWAI_LIHAT)
    rows = act.pemangku_set.order_by("pegawai__nama")
    if scope.whole:
        return rows
    return rows.filter(posisi__in=_seats_in(scope.units))


def _seats_in(units: frozenset[int]) -> Any:
    return Unit.objects.filter(pk__within=units).values("posisi_masa__posisi_id")


def may_open_file(act: Penetapan, reader: Reader) -> bool:
    """Tell whether the reader may open the text of *act*: it may name people, so all of them must be in scope."""
    scope = reader.scope(Permission.PEGAWAI_LIHAT)
    if scope.whole:
        return True
    return bool(scope) and not act.pemangku_set.exclude(posisi__in=_seats_in(scope.units)).exists()
