"""The life of a draft reorganisation: written edit by edit, handed in, returned, put into force or cancelled.

Every step carries the version its screen was made from; whoever comes second is told. Edits are checked against the
agency of the day of entry into force before they are kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from penata.domain.organisasi.errors import RancanganError, StaleError
from penata.domain.organisasi.events import OrganisasiAksi
from penata.domain.organisasi.messages import tell_rancangan
from penata.domain.organisasi.models import Rancangan, Unit
from penata.domain.organisasi.queries import drafts
from penata.domain.organisasi.reorganisasi_uji import Uji, agency, read_steps, tried, try_out, written
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import ForbiddenError, Reader
from penata.foundation.audit.record import Change, changed, record
from penata.language import _
from penata.snapshot.edits import Edit, to_dict

RUANG = ("rancangan",)  # a draft changes no data of the agency, so what is computed from them stays true
MOST = 2_000  # edits of one draft
OPEN = (Rancangan.Status.DRAF, Rancangan.Status.DIAJUKAN)


@transaction.atomic
def create_rancangan(*, nama: str, mulai: date, keterangan: str = "", by: Reader) -> Rancangan:
    """Begin a draft that is to come into force on *mulai*."""
    by.require(Permission.ORGANISASI_SUNTING, anywhere=True)
    row = Rancangan.objects.create(
        nama=" ".join(nama.split()), mulai=mulai, keterangan=keterangan.strip(), penyusun=by.user
    )
    change = Change("rancangan", str(row.pk), None, logged(row))
    record(OrganisasiAksi.RANCANGAN_DIBUAT, by=by, changes=[change], per=mulai, ruang=RUANG)
    return row


@transaction.atomic
def change_rancangan(
    *, rancangan_id: int, versi: int, nama: str, mulai: date, keterangan: str, by: Reader
) -> Rancangan:
    """Change name, day or description of a draft."""
    row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_SUNTING, Rancangan.Status.DRAF)
    before = logged(row)
    row.nama, row.mulai, row.keterangan = " ".join(nama.split()), mulai, keterangan.strip()
    return _keep(OrganisasiAksi.RANCANGAN_DIUBAH, row, before, by)


def add_edits(*, rancangan_id: int, versi: int, edits: Sequence[Edit], kelompok: str = "", by: Reader) -> Rancangan:
    """Add *edits* at the end; *kelompok* names the larger step they make up. One that cannot be done refuses all.

    The agency is read before the transaction, in which nothing large may be read: what changes in between is found
    when the draft is handed in and again when it comes into force.
    """
    before = agency(Rancangan.objects.values_list("mulai", flat=True).get(pk=rancangan_id))
    with transaction.atomic():
        row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_SUNTING, Rancangan.Status.DRAF)
        if len(row.edits) + len(edits) > MOST:
            raise RancanganError(_("Rancangan terlalu besar. Bagi menjadi beberapa rancangan."))
        label = f"{row.versi}: {kelompok}" if kelompok else ""
        new = [written(edit, label) for edit in edits]
        _require_units(edits, try_out(before, read_steps(row.edits)), by)
        uji = try_out(before, read_steps([*row.edits, *new]))
        for place in range(len(row.edits), len(uji.steps)):
            if place in uji.errors:
                subject = _subject(edits[place - len(row.edits)]) if len(edits) > 1 else ""
                raise RancanganError(f"{subject}{uji.errors[place]}")
        row.edits = [*row.edits, *new]
        said = kelompok or _("{n} perubahan ditambahkan").format(n=len(new))
        return _keep(OrganisasiAksi.RANCANGAN_DIUBAH, row, logged(row), by, {"ditambah": new}, said)


@transaction.atomic
def remove_edit(*, rancangan_id: int, versi: int, place: int, whole: bool = False, by: Reader) -> Rancangan:
    """Remove the edit at *place* (counted from 0); *whole*: with the merge or split it is part of."""
    row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_SUNTING, Rancangan.Status.DRAF)
    gone = _edit_at(row, place)
    label = gone.get("kelompok", "")
    stay = {at for at, edit in enumerate(row.edits) if at != place and not (whole and label and _label(edit) == label)}
    removed = [edit for at, edit in enumerate(row.edits) if at not in stay]
    row.edits = [edit for at, edit in enumerate(row.edits) if at in stay]
    said = _("{n} perubahan dihapus").format(n=len(removed))
    return _keep(OrganisasiAksi.RANCANGAN_DIUBAH, row, logged(row), by, {"dihapus": removed}, said)


@transaction.atomic
def move_edit(*, rancangan_id: int, versi: int, place: int, to: int, by: Reader) -> Rancangan:
    """Put the edit at *place* at *to* instead, both counted from 0."""
    row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_SUNTING, Rancangan.Status.DRAF)
    moved = _edit_at(row, place)
    rest = [edit for at, edit in enumerate(row.edits) if at != place]
    to = min(max(to, 0), len(rest))
    row.edits = [*rest[:to], moved, *rest[to:]]
    return _keep(OrganisasiAksi.RANCANGAN_DIUBAH, row, logged(row), by, {"dipindah": moved, "dari": place, "ke": to},
                 _("Nomor {n} menjadi nomor {to}").format(n=place + 1, to=to + 1))  # fmt: skip


def submit_rancangan(*, rancangan_id: int, versi: int, by: Reader) -> Rancangan:
    """Hand the draft in for decision; every edit must be possible."""
    wrong = tried(Rancangan.objects.get(pk=rancangan_id)).errors  # of this version, or the lock below refuses
    with transaction.atomic():
        row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_SUNTING, Rancangan.Status.DRAF)
        if not row.edits:
            raise RancanganError(_("Rancangan belum berisi perubahan. Tambahkan perubahan lebih dahulu."))
        if wrong:
            raise RancanganError(
                _("Ada perubahan yang tidak dapat dilakukan. Perbaiki baris yang ditandai, lalu ajukan lagi.")
            )
        before = logged(row)
        row.status, row.catatan = Rancangan.Status.DIAJUKAN, ""
        return _keep(OrganisasiAksi.RANCANGAN_DIAJUKAN, row, before, by)


@transaction.atomic
def return_rancangan(*, rancangan_id: int, versi: int, catatan: str, by: Reader) -> Rancangan:
    """Give the draft back to be mended, with a note."""
    row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_TETAPKAN, Rancangan.Status.DIAJUKAN)
    before = logged(row)
    row.status, row.catatan = Rancangan.Status.DRAF, catatan.strip()
    return _keep(OrganisasiAksi.RANCANGAN_DIKEMBALIKAN, row, before, by, alasan=row.catatan)


@transaction.atomic
def cancel_rancangan(*, rancangan_id: int, versi: int, catatan: str, by: Reader) -> Rancangan:
    """Give the draft up for good."""
    row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_SUNTING, *OPEN)
    before = logged(row)
    row.status, row.catatan = Rancangan.Status.DIBATALKAN, catatan.strip()
    return _keep(OrganisasiAksi.RANCANGAN_DIBATALKAN, row, before, by, alasan=row.catatan)


def lock_draft(rancangan_id: int, versi: int, by: Reader, permission: Permission, *status: str) -> Rancangan:
    """Lock the draft, and refuse who may not, who comes second, and what its state does not allow."""
    row = Rancangan.objects.select_for_update().get(pk=rancangan_id)
    if not drafts(by).filter(pk=row.pk).exists():
        raise ForbiddenError(Permission.RANCANGAN_LIHAT)
    # A decision is about the whole agency; writing is checked edit by edit against the writer's units.
    by.require(permission, anywhere=permission is Permission.ORGANISASI_SUNTING)
    if row.status not in status:
        raise StaleError(
            _("Rancangan ini sudah berstatus {status}. Muat ulang halaman untuk melihat keadaannya.").format(
                status=row.status
            )
        )
    if row.versi != versi:
        raise StaleError(_("Rancangan ini baru saja diubah orang lain. Muat ulang halaman, lalu ulangi."))
    return row


def logged(row: Rancangan) -> dict[str, Any]:
    """Return what the log says of a draft."""
    return {
        "nama": row.nama, "mulai": row.mulai, "status": str(row.status), "keterangan": row.keterangan,
        "catatan": row.catatan, "suntingan": len(row.edits),
    }  # fmt: skip


def _keep(
    aksi: OrganisasiAksi, row: Rancangan, before: Mapping[str, Any], by: Reader,
    rincian: Mapping[str, Any] | None = None, alasan: str = "",
) -> Rancangan:  # fmt: skip
    row.versi += 1
    row.save()
    if str(row.status) != before["status"]:
        tell_rancangan(aksi, row, by)
    change = changed("rancangan", str(row.pk), before, logged(row))
    record(aksi, by=by, changes=[change], per=row.mulai, alasan=alasan, rincian=rincian, ruang=RUANG)
    return row


def _edit_at(row: Rancangan, place: int) -> dict[str, Any]:
    if not 0 <= place < len(row.edits):
        raise StaleError(_("Baris itu sudah tidak ada. Muat ulang halaman."))
    found: dict[str, Any] = row.edits[place]
    return found


def _label(edit: Mapping[str, Any]) -> str:
    return str(edit.get("kelompok", ""))


def _subject(edit: Edit) -> str:
    raw = to_dict(edit)
    return f"{raw.get('kode') or raw.get('nip')}: "


def _require_units(edits: Sequence[Edit], uji: Uji, by: Reader) -> None:
    """Refuse edits on units outside those the writer may change; new units count with the unit they hang under."""
    scope = by.scope(Permission.ORGANISASI_SUNTING)
    if scope.whole:
        return
    allowed = set(Unit.objects.filter(pk__in=scope.units).values_list("kode", flat=True))
    induk = dict(uji.tables["unit"].select("kode", "induk").iter_rows())
    unit_of = dict(uji.tables["posisi"].select("kode", "unit").iter_rows())
    held = dict(uji.tables["pegawai"].select("nip", "posisi").iter_rows())
    for edit in edits:
        raw = to_dict(edit)
        if raw["edit"] == "AddUnit":
            induk[raw["kode"]] = raw["induk"]
        if raw["edit"] == "AddPosisi":
            unit_of[raw["kode"]] = raw["unit"]
        for unit in _touched(raw, unit_of, held):
            at, steps = unit, 0
            while at is not None and at not in allowed and steps <= len(induk):
                at, steps = induk.get(at), steps + 1
            if at not in allowed:
                raise RancanganError(
                    _("{unit} berada di luar lingkup Anda. Pilih unit di dalam lingkup Anda.").format(
                        unit=unit or _("Puncak susunan")
                    )
                )


def _touched(raw: Mapping[str, Any], unit_of: Mapping[str, str], held: Mapping[str, str | None]) -> list[str | None]:
    """Return the units an edit reaches into; None stands for the top."""
    kind = raw["edit"]
    if kind in {"AddUnit", "MoveUnit"}:
        return [raw["induk"], *([raw["kode"]] if kind == "MoveUnit" else [])]
    if kind in {"ChangeUnit", "AbolishUnit"}:
        return [raw["kode"]]
    found = [unit_of.get(raw[key]) for key in ("kode", "posisi", "atasan") if raw.get(key)]
    if raw.get("nip"):
        found += [unit_of.get(posisi) for posisi in [held.get(raw["nip"])] if posisi]
    return found + ([raw["unit"]] if raw.get("unit") else [])
