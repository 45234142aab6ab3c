"""Writes one act into the chain, inside the transaction of the act itself."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from penata.foundation.access.reader import Reader
from penata.foundation.audit.models import Peristiwa, Perubahan, Rantai, Revisi

GENESIS = "0" * 64
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Change:
    """Old and new values of one object; None before: it is new; None after: it is gone."""

    jenis: str
    objek_id: str
    sebelum: Mapping[str, Any] | None
    sesudah: Mapping[str, Any] | None


def changed(jenis: str, objek_id: str, sebelum: Mapping[str, Any], sesudah: Mapping[str, Any]) -> Change:
    """Return the change with only the fields whose value differs."""
    keys = [key for key in sesudah if sebelum.get(key) != sesudah[key]]
    return Change(jenis, objek_id, {key: sebelum.get(key) for key in keys}, {key: sesudah[key] for key in keys})


def record(
    aksi: StrEnum,
    *,
    by: Reader | None,
    changes: Iterable[Change] = (),
    per: date | None = None,
    unit_id: int | None = None,
    dasar: str = "",
    alasan: str = "",
    rincian: Mapping[str, Any] | None = None,
    ruang: Iterable[str] = (),
) -> Peristiwa:
    """Append one act with its *changes* to the chain and return it; *by* None: the system itself.

    Call it last in an action, inside its transaction: from here to the commit no other act can be written.
    *ruang* names the rooms whose data changed (see :class:`Revisi`). Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded inside the transaction of the act")
    rows = [(c.jenis, c.objek_id, plain(c.sebelum), plain(c.sesudah)) for c in changes]
    end = Rantai.objects.select_for_update().get(pk=1)
    event = Peristiwa(
        id=end.nomor + 1,
        waktu=datetime.now(UTC),
        aksi=str(aksi),
        pelaku_id=by.user.pk if by else None,
        pelaku=str(by.user) if by else "sistem",
        peran=", ".join(sorted({row.peran for row in by.penugasan})) if by else "",
        per=per,
        unit_id=unit_id,
        dasar=dasar,
        alasan=alasan,
        rincian=plain(rincian or {}),
        jumlah=len(rows),
        sidik_perubahan=seal_changes(rows),
        sidik_sebelum=end.sidik,
    )
    event.sidik = seal(event)
    event.save(force_insert=True)
    Perubahan.objects.bulk_create(
        (
            Perubahan(peristiwa_id=event.id, jenis=jenis, objek_id=key, sebelum=old, sesudah=new)
            for jenis, key, old, new in rows
        ),
        batch_size=BATCH,
    )
    Rantai.objects.filter(pk=1).update(nomor=event.id, sidik=event.sidik)
    for name in ruang:
        touch(name)
    return event


def touch(ruang: str) -> None:
    """Say that the data of *ruang* changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_revisi (ruang, nomor) VALUES (%s, 1) "
            "ON CONFLICT (ruang) DO UPDATE SET nomor = audit_revisi.nomor + 1",
            [ruang],
        )


def revision(*ruang: str) -> tuple[int, ...]:
    """Return the revision of each room, in the order asked; one query."""
    known = dict(Revisi.objects.filter(ruang__in=ruang).values_list("ruang", "nomor"))
    return tuple(known.get(name, 0) for name in ruang)


def plain(value: Any) -> Any:
    """Return *value* as JSON holds it, so that what is sealed is what is stored."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def seal_changes(rows: Iterable[tuple[str, str, Any, Any]]) -> str:
    """Return the SHA-256 over the changes of one act, in order."""
    sum_ = sha256()
    for row in rows:
        sum_.update(_canonical(row))
    return sum_.hexdigest()


def seal(event: Peristiwa) -> str:
    """Return the SHA-256 of one act, which covers the act before it."""
    return sha256(
        _canonical(
            [
                event.id, event.waktu.astimezone(UTC).isoformat(timespec="microseconds"), event.aksi, event.pelaku_id,
                event.pelaku, event.peran, event.per.isoformat() if event.per else None, event.unit_id, event.dasar,
                event.alasan, event.rincian, event.jumlah, event.sidik_perubahan, event.sidik_sebelum,
            ]
        )
    ).hexdigest()  # fmt: skip


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
