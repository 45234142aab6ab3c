"""What an account may do with its messages."""

from django.db import transaction
from django.utils import timezone

from penata.foundation.access.reader import Reader
from penata.foundation.tasks.models import Pemberitahuan


@transaction.atomic
def mark_read(*, by: Reader) -> int:
    """Mark every message of the account as read; no act of the log, it changes nothing for others."""
    return Pemberitahuan.objects.filter(user=by.user, dibaca__isnull=True).update(dibaca=timezone.now())
