"""The list of acts: who did what, when, where, on which object."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db.models import DateField, QuerySet, TimeField
from django.db.models.functions import Trunc, TruncDate
from django.utils import timezone

from penata.domain.organisasi.pilihan import named_unit, unit_filter
from penata.faces.backoffice.audit.words import act_choices
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.language import N_


def visible(reader: Reader) -> QuerySet[Peristiwa]:
    """Return the acts the reader may see: those of the own units, and for the whole agency those of no unit too."""
    return Peristiwa.objects.filter(reader.scope(Permission.AUDIT_LIHAT).filter("unit_id"))


def one(reader: Reader, nomor: int) -> Peristiwa | None:
    """Return one act the reader may see."""
    return visible(reader).filter(pk=nomor).first()


def _act_title(_reader: Reader) -> Callable[[str], str]:
    told = dict(act_choices())
    return lambda key: told.get(key, key)


def _by_act(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(aksi=value)


def _by_account(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(pelaku__istartswith=value)


def _by_object(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    acts = Perubahan.objects.filter(objek_id=value).values("peristiwa_id")
    return rows.filter(pk__in=acts)


def _since(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(waktu__gte=_midnight(date.fromisoformat(value)))


def _until(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(waktu__lte=timezone.make_aware(datetime.combine(date.fromisoformat(value), time.max)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


JEJAK = register(
    Listing(
        name="jejak",
        title=N_("Jejak audit"),
        permission=Permission.AUDIT_LIHAT,
        rows=visible,
        columns=(
            Column("nomor", N_("Nomor"), "id", Kind.INTEGER, sortable=True),
            Column("tanggal", N_("Tanggal"), lambda _r: TruncDate("waktu", output_field=DateField()), Kind.DATE),
            Column("jam", N_("Jam"), lambda _r: Trunc("waktu", "second", output_field=TimeField()), Kind.CODE),
            Column("aksi", N_("Perbuatan"), words=_act_title),
            Column("pelaku", N_("Pelaku")),
            Column("peran", N_("Peran")),
            Column("unit", N_("Unit"), "unit_id", words=named_unit),
            Column("per", N_("Berlaku"), kind=Kind.DATE, nullable=True),
            Column("dasar", N_("Dasar")),
            Column("alasan", N_("Alasan"), shown=False),
            Column("jumlah", N_("Objek"), kind=Kind.INTEGER),
            Column("sidik", N_("Sidik"), kind=Kind.CODE, shown=False),
        ),
        order="-nomor",
        filters=(
            Filter("perbuatan", N_("Perbuatan"), _by_act, lambda _reader: act_choices()),
            Filter("akun", N_("Pelaku"), _by_account, kind="text"),
            Filter("objek", N_("NIP, kode, atau nama objek"), _by_object, kind="text"),
            unit_filter(Permission.AUDIT_LIHAT),
            Filter("sejak", N_("Sejak"), _since, kind="date"),
            Filter("sampai", N_("Sampai"), _until, kind="date"),
        ),
        ruang=("jejak",),
    )
)
