"""Changing the rows of an open ABK, a few at a time, while others may be doing the same.

A row carries the version of the ABK in which it changed last. Whoever sends a change names the version that the page
knew: rows that nobody touched since are written, the others come back as conflicts with what stands there now and who
wrote it. Nothing is overwritten unseen, and rows that different people touched are simply merged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from penata.domain.beban_kerja.actions import ROOM, StateError, summarise
from penata.domain.beban_kerja.events import AbkAksi
from penata.domain.beban_kerja.isian import KOLOM, Salah, cells_of, read_row
from penata.domain.beban_kerja.models import Abk, AbkBaris
from penata.domain.beban_kerja.queries import OPEN, Lembar, posisi_of, reckon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, record
from penata.language import _

MOST_ROWS = 10_000  # of one ABK
STORED = (*KOLOM, "posisi_id", "versi", "oleh")


@dataclass(frozen=True, slots=True)
class Ubah:
    """One row as a page wants it: ``kunci`` is the page's own name, ``id`` None for a new row."""

    kunci: str
    id: int | None
    posisi_id: int
    versi: int  # of the ABK when the page last knew this row
    sel: Mapping[str, str]  # column to text, as typed


@dataclass(frozen=True, slots=True)
class Hapus:
    """One row to be deleted."""

    id: int
    versi: int


@dataclass(frozen=True, slots=True)
class Konflik:
    """One row that somebody else changed meanwhile: what stands there now (None: it was deleted) and who wrote it."""

    kunci: str
    id: int
    oleh: str
    versi: int
    sel: list[str] | None


@dataclass
class Hasil:
    """What became of a request to save; ``lembar`` is the whole ABK as it stands now."""

    lembar: Lembar
    baris: dict[str, int] = field(default_factory=dict)  # the page's name of a row to its id
    salah: dict[str, list[Salah]] = field(default_factory=dict)
    konflik: list[Konflik] = field(default_factory=list)
    posisi: set[int] = field(default_factory=set)  # whose totals the request may have changed
    orang_lain: bool = False  # somebody else changed rows since the page's version


@transaction.atomic
def save_rows(
    *,
    abk_id: int,
    versi: int,
    ubah: Sequence[Ubah] = (),
    hapus: Sequence[Hapus] = (),
    urutan: Mapping[int, Sequence[str]] | None = None,
    by: Reader,
) -> Hasil:
    """Write the changed rows and delete others; *urutan* is posisi to the order of its rows (ids or page's names).

    *versi* is the version of the ABK that the page knows. A row with a wrong cell is not written and named in
    ``salah``; a row that somebody else touched is not written and named in ``konflik``; all others are.
    """
    abk = Abk.objects.select_for_update(of=("self",)).get(pk=abk_id)
    by.require(Permission.ABK_ISI, abk.unit_id)
    if abk.status not in OPEN:
        raise StateError(
            _("ABK ini sudah {status}; barisnya tidak dapat diubah lagi. Muat ulang halaman ini.").format(
                status=abk.status
            )
        )
    desk = _Desk(abk, by, {*(u.id for u in ubah if u.id), *(h.id for h in hapus)})
    desk.check_posisi(ubah)
    desk.write(ubah)
    desk.delete(hapus)
    moved = desk.order(urutan or {})
    touched = {u.posisi_id for u in ubah} | {row.posisi_id for row in desk.rows.values()}
    sheet = reckon(abk, by.as_of)
    found = Hasil(sheet, desk.ids, desk.wrong, desk.conflicts, touched, orang_lain=versi != abk.versi)
    if desk.before or desk.after or moved:
        abk.versi = desk.versi
        summarise(abk, found.lembar, abk.tanda)
        abk.save()
        change = Change("abk", str(abk.pk), desk.before, desk.after)
        record(AbkAksi.BARIS_DIUBAH, by=by, changes=[change], per=by.as_of, unit_id=abk.unit_id, ruang=ROOM)
    return found


class _Desk:
    """The rows under work, and what became of them."""

    def __init__(self, abk: Abk, by: Reader, ids: set[int]) -> None:
        self.abk, self.by, self.versi = abk, by, abk.versi + 1
        self.rows = {row.pk: row for row in abk.baris.select_related("oleh", "posisi").filter(pk__in=ids)}
        self.ids: dict[str, int] = {}
        self.wrong: dict[str, list[Salah]] = {}
        self.conflicts: list[Konflik] = []
        self.before: dict[str, Any] = {}
        self.after: dict[str, Any] = {}
        self.kode: dict[int, str] = {}

    def check_posisi(self, ubah: Iterable[Ubah]) -> None:
        """Refuse rows for a posisi that is not on this ABK: the page was tampered with, or the posisi is gone."""
        new = {u.posisi_id for u in ubah if u.id is None}
        if not new:
            return
        posisi = posisi_of(self.abk, self.by.as_of)
        self.kode = dict(posisi.select("posisi_id", "kode").iter_rows())
        if new - self.kode.keys():
            raise StateError(_("Posisi tugas itu tidak ada pada unit ini. Muat ulang halaman ini."))
        if self.abk.baris.count() + sum(u.id is None for u in ubah) > MOST_ROWS:
            raise StateError(_("ABK satu unit memuat paling banyak {n} baris.").format(n=MOST_ROWS))

    def write(self, ubah: Iterable[Ubah]) -> None:
        """Create or change the rows that can be read and that nobody else touched."""
        last = dict(self.abk.baris.order_by().values_list("posisi_id").annotate(Max("urut")))
        new: list[tuple[str, AbkBaris]] = []
        old: list[AbkBaris] = []
        for u in ubah:
            values, wrong = read_row(u.sel)
            if wrong:
                self.wrong[u.kunci] = wrong
            elif u.id is None:
                last[u.posisi_id] = last.get(u.posisi_id, -1) + 1
                row = AbkBaris(abk=self.abk, posisi_id=u.posisi_id, urut=last[u.posisi_id], **values)
                row.versi, row.oleh = self.versi, self.by.user
                new.append((u.kunci, row))
                self.after[self._name(row, self.kode[u.posisi_id])] = values
            elif self._free(u.kunci, u.id, u.versi, values):
                row = self.rows[u.id]
                self.ids[u.kunci] = u.id
                differs = {name: value for name, value in values.items() if getattr(row, name) != value}
                if differs:
                    name = self._name(row, row.posisi.kode)
                    self.before[name] = {key: getattr(row, key) for key in differs}
                    self.after[name] = differs
                    for key, value in differs.items():
                        setattr(row, key, value)
                    row.versi, row.oleh = self.versi, self.by.user
                    old.append(row)
        AbkBaris.objects.bulk_update(old, [*KOLOM, "versi", "oleh"], batch_size=200)
        made = AbkBaris.objects.bulk_create([row for _key, row in new], batch_size=1_000)
        self.ids |= {key: row.pk for (key, _row), row in zip(new, made, strict=True)}

    def delete(self, hapus: Iterable[Hapus]) -> None:
        """Delete the rows that nobody else touched; one that is gone already is no matter."""
        gone = []
        for h in hapus:
            row = self.rows.get(h.id)
            if row is not None and self._free(str(h.id), h.id, h.versi, None):
                self.before[self._name(row, row.posisi.kode)] = {name: getattr(row, name) for name in KOLOM}
                gone.append(h.id)
        AbkBaris.objects.filter(pk__in=gone).delete()

    def order(self, urutan: Mapping[int, Sequence[str]]) -> bool:
        """Put the rows of the named posisi into order; rows that the page does not know come last."""
        moved: list[AbkBaris] = []
        for posisi_id, wanted in urutan.items():
            place = {self.ids.get(key) or _number(key): at for at, key in enumerate(wanted)}
            rows = self.abk.baris.filter(posisi_id=posisi_id).order_by("urut", "id").only("urut")
            for at, row in enumerate(sorted(rows, key=lambda row: place.get(row.pk, len(place)))):
                if row.urut != at:
                    row.urut = at
                    moved.append(row)
        AbkBaris.objects.bulk_update(moved, ["urut"], batch_size=500)
        return bool(moved)

    def _free(self, key: str, row_id: int, versi: int, wanted: Mapping[str, Any] | None) -> bool:
        """Tell whether the row is as the page knew it, or already as the page wants it; else note the conflict."""
        row = self.rows.get(row_id)
        if row is None:
            self.conflicts.append(Konflik(key, row_id, "", self.abk.versi, None))
            return False
        same = wanted is not None and all(getattr(row, name) == value for name, value in wanted.items())
        if row.versi <= versi or same:
            return True
        now = cells_of({name: getattr(row, name) for name in KOLOM})
        self.conflicts.append(Konflik(key, row_id, str(row.oleh or ""), row.versi, now))
        return False

    def _name(self, row: AbkBaris, kode: str) -> str:
        """Return what the log calls the row; never the same for two."""
        name = f"{kode} · {row.tugas[:80]}"
        return name if name not in self.before and name not in self.after else f"{name} ({len(self.after) + 1})"


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None
