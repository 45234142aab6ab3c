"""Writes one act into the chain, inside the transaction of the act itself."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum
from hashlib import sha256
from typing import Any

import polars as pl
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

from penata.foundation.access.reader import Reader
from penata.foundation.audit.models import Peristiwa, Perubahan, Rantai, Revisi
from penata.foundation.bulk import insert

GENESIS = "0" * 64
_looked: ContextVar[dict[str, int] | None] = ContextVar("revisions", default=None)
# Numbers that PostgreSQL writes differently from how Python wrote them: 1e+16 becomes digits, -0.0 loses its sign.
REWRITTEN = re.compile(r"\de\+|-0\.0(?!\d)")
_encoder = DjangoJSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


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
    changes, ruang = list(changes), tuple(ruang)
    # Each value is written as JSON once: that text is sealed and stored.
    rows = [(c.jenis, c.objek_id, _stored(c.sebelum), _stored(c.sesudah)) for c in changes]
    end = Rantai.objects.select_for_update().get(pk=1)
    event = Peristiwa(
        id=end.nomor + 1,
        waktu=timezone.now(),
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
        sidik_perubahan=_seal_lines(rows),
        sidik_sebelum=end.sidik,
    )
    event.sidik = seal(event)
    event.save(force_insert=True)
    insert(Perubahan, _frame(event.id, rows))
    Rantai.objects.filter(pk=1).update(nomor=event.id, sidik=event.sidik)
    for name in (*ruang, "jejak"):
        touch(name)
    for follower in _followers:
        follower(changes, ruang)
    return event


Follower = Callable[[Sequence[Change], Sequence[str]], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Call *follower* with the changes and rooms of every act from now on, in the transaction of the act."""
    if follower not in _followers:
        _followers.append(follower)


def touch(ruang: str) -> None:
    """Say that the data of *ruang* changed."""
    if (looked := _looked.get()) is not None:
        looked.clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_revisi (ruang, nomor) VALUES (%s, 1) "
            "ON CONFLICT (ruang) DO UPDATE SET nomor = audit_revisi.nomor + 1",
            [ruang],
        )


def revision(*ruang: str) -> tuple[int, ...]:
    """Return the revision of each room, in the order asked; one query, and inside :func:`one_look` one for all rooms.

    A transaction looks anew each time: it decides, and what it decided on must be what is there.
    """
    looked = None if connection.in_atomic_block else _looked.get()
    known = {} if looked is None else looked
    if not known:
        known.update(Revisi.objects.values_list("ruang", "nomor"))
    return tuple(known.get(name, 0) for name in ruang)


@contextmanager
def one_look() -> Iterator[None]:
    """Look at the revisions once for all of one page: it asks for them at every list and figure."""
    token = _looked.set({})
    try:
        yield
    finally:
        _looked.reset(token)


def plain(value: Any) -> Any:
    """Return *value* as JSON holds it, so that what is sealed is what is stored."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, allow_nan=False), parse_float=_number)


def seal_changes(rows: Iterable[tuple[str, str, Any, Any]]) -> str:
    """Return the SHA-256 over the changes of one act, in order; the values as the database gives them back."""
    return _seal_lines((jenis, key, _text(old), _text(new)) for jenis, key, old, new in rows)


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
    return (_encoder.encode(value) + "\n").encode()


def _seal_lines(rows: Iterable[tuple[str, str, str | None, str | None]]) -> str:
    sum_ = sha256()
    for jenis, key, old, new in rows:
        line = f"[{_encoder.encode(jenis)},{_encoder.encode(key)},{old or 'null'},{new or 'null'}]\n"
        sum_.update(line.encode())
    return sum_.hexdigest()


def _stored(value: Mapping[str, Any] | None) -> str | None:
    """Return the JSON text of *value* with its keys in order, written so that every database gives it back the same."""
    if value is None:
        return None
    if any(isinstance(part, dict) for part in value.values()):
        return _encoder.encode(plain(value))  # keys inside may be numbers, which sort differently once they are text
    text = _encoder.encode(value)
    return _encoder.encode(plain(value)) if REWRITTEN.search(text) else text


def _text(value: Any) -> str | None:
    return None if value is None else _encoder.encode(value)


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number == 0 or (number.is_integer() and "e" in repr(number)) else number


def _frame(event_id: int, rows: Sequence[tuple[str, str, str | None, str | None]]) -> pl.DataFrame:
    names = ("jenis", "objek_id", "sebelum", "sesudah")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return frame.select(pl.lit(event_id).alias("peristiwa_id"), *names)
