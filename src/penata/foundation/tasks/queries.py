"""What an account sees of background work and messages: its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from penata.foundation.access.reader import Reader
from penata.foundation.tasks.models import Pekerjaan, Pemberitahuan

RECENT = 30


def recent_work(reader: Reader) -> QuerySet[Pekerjaan]:
    """Return the latest work of the account, newest first."""
    return Pekerjaan.objects.filter(pemilik=reader.user).order_by("-dibuat")[:RECENT]


def one_work(reader: Reader, key: UUID) -> Pekerjaan | None:
    """Return one piece of the account's own work."""
    return Pekerjaan.objects.filter(pemilik=reader.user, pk=key).first()


def notices(reader: Reader, before: datetime | None = None) -> QuerySet[Pemberitahuan]:
    """Return messages older than *before*, newest first."""
    rows = Pemberitahuan.objects.filter(user=reader.user)
    return (rows.filter(dibuat__lt=before) if before else rows).order_by("-dibuat")[: RECENT + 1]


def unread(reader: Reader) -> QuerySet[Pemberitahuan]:
    """Return the messages not read yet, those that ask for something first, then the newest."""
    rows = Pemberitahuan.objects.filter(user=reader.user, dibaca__isnull=True)
    return rows.order_by("-giliran", "-dibuat")


def attention(user: Any) -> tuple[int, int]:
    """Return how much work of the account is going on and how many messages are unread."""
    going = Pekerjaan.objects.filter(
        Q(status=Pekerjaan.Status.ANTRE) | Q(status=Pekerjaan.Status.BERJALAN), pemilik=user
    ).count()
    return going, Pemberitahuan.objects.filter(user=user, dibaca__isnull=True).count()
