"""Tells people what concerns them: those who must act next, and those whose work it is.

The one place that decides who is addressed. A domain says for each act what is read by whom (:class:`Step`); whoever
holds the permission there today is found in the database, and all of them are told by one statement inside the
transaction of the act. Nobody is told what they did themselves, and an unread message of the same act on the same
object is renewed, not doubled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, CharField, DateTimeField, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import GRANTS, Peran, Permission
from penata.foundation.access.reader import Reader, above
from penata.foundation.periods import in_force
from penata.foundation.tasks.models import Pemberitahuan
from penata.language import N_, _, day, speaking

LONGEST = 400  # characters of a message
SYSTEM = N_("sistem")


@dataclass(frozen=True, slots=True)
class Step:
    """What an act means to people; texts are marked with ``N_`` and may name ``{nama}``, who acted.

    *news* is read by those whose work it is. *turn* is read by those who must act next: who hold *permission* in the
    unit. With *back* the work returns to those whose it is: they must act, and who hold *permission* by a role in the
    unit or above it, but not those who hold it in the whole agency, for they would hear of every unit.
    """

    news: str = ""
    turn: str = ""
    permission: Permission | None = None
    back: bool = False


def tell(
    aksi: StrEnum,
    step: Step | None,
    *,
    objek: str,
    alamat: str,
    by: Reader,
    owners: Iterable[int | None] = (),
    barred: Iterable[int | None] = (),
    units: Iterable[int] = (),
    isi: Mapping[str, Any],
) -> None:
    """Tell people of the act *aksi* on *objek*; a None *step* tells nobody, but nobody is asked any more either.

    *owners* are the accounts whose work it is, *barred* those who may not do what comes next. *units*: where the
    permission must hold; none: in the whole agency. *isi* fills the texts.
    """
    settle(objek)
    if step is None:
        return
    mine = people(owners)
    if step.news:
        post(aksi, step.news, to=mine, objek=objek, alamat=alamat, by=by, isi=isi)
    if step.turn:
        next_ = Q(pk__in=()) if step.permission is None else entitled(step.permission, units, by=by, near=step.back)
        next_ = (next_ | mine if step.back else next_) & ~people(barred)
        post(aksi, step.turn, to=next_, objek=objek, alamat=alamat, by=by, isi=isi, giliran=True)


def settle(objek: str) -> int:
    """Take the unread requests to act on *objek* as read: somebody acted, or it is gone."""
    asked = Pemberitahuan.objects.filter(objek=objek, giliran=True, dibaca__isnull=True)
    return asked.update(dibaca=timezone.now())


def people(keys: Iterable[int | None]) -> Q:
    """Return the condition of these accounts."""
    return Q(pk__in=sorted({key for key in keys if key is not None}))


def entitled(
    permission: Permission, units: Iterable[int] = (), *, by: Reader, near: bool = False, on: date | None = None
) -> Q:
    """Return the condition of the accounts that hold *permission* today in one of *units*; none: in the whole agency.

    *near* leaves out roles in the whole agency, where a unit is asked about. *on*: a day on which the units stand,
    besides today and the reader's.
    """
    units = tuple(units)
    roles = [peran.value for peran in Peran if permission in GRANTS[peran]]
    where = Q(unit_id__in=above(units, by.today, by.as_of, on or by.today))
    if not (near and units):
        where |= Q(unit_id__isnull=True)
    return Q(pk__in=Penugasan.objects.filter(in_force(by.today), where, peran__in=roles).values("user_id"))


def post(
    aksi: StrEnum,
    teks: str,
    *,
    to: Q,
    objek: str,
    alamat: str | Combinable,
    by: Reader | None,
    isi: Mapping[str, Any],
    giliran: bool = False,
) -> int:
    """Write one message to every active account of *to* but *by*'s own, each in its language; return to how many."""
    spoken = {tongue: _spoken(tongue, teks, by, isi) for tongue in ("id", "en")}
    text: CharField[str, str] = CharField()
    rows = (
        User.objects.filter(to, ~Q(pk__in=[by.user.pk] if by else []), is_active=True)
        .order_by("pk")  # two acts that tell the same people meet them in the same order
        .annotate(
            m_teks=Case(When(bahasa="en", then=Value(spoken["en"])), default=Value(spoken["id"]), output_field=text),
            m_alamat=Value(alamat, text) if isinstance(alamat, str) else alamat,
            m_jenis=Value(str(aksi), text),
            m_objek=Value(objek, text),
            m_giliran=Value(giliran, BooleanField()),
            m_dibuat=Value(timezone.now(), DateTimeField()),
        )
        .values_list("pk", "m_teks", "m_alamat", "m_jenis", "m_objek", "m_giliran", "m_dibuat")
    )
    try:
        selected, params = rows.query.sql_with_params()
    except EmptyResultSet:  # nobody is meant
        return 0
    table = connection.ops.quote_name(Pemberitahuan._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (user_id, teks, alamat, jenis, objek, giliran, dibuat) {selected} "
            "ON CONFLICT (objek, jenis, user_id) WHERE dibaca IS NULL DO UPDATE SET teks = excluded.teks, "
            "alamat = excluded.alamat, giliran = excluded.giliran, dibuat = excluded.dibuat",
            params,
        )
        return int(cursor.rowcount)


def _spoken(tongue: str, teks: str, by: Reader | None, isi: Mapping[str, Any]) -> str:
    with speaking(tongue):
        values = {name: day(value) if isinstance(value, date) else value for name, value in isi.items()}
        told = _(teks).format(nama=by.user if by else _(SYSTEM), **values).strip()
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
