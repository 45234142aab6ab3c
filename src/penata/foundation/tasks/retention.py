"""How long files and finished work are kept (``settings.RETENTION``, days by kind), and how they go.

The rooms register what they keep as a :class:`Rule`. Once a day everything that is too old leaves the database in one
transaction and one act of the log. Files go only afterwards: each rule sweeps what the database no longer claims, so
that a kill in between leaves nothing behind that the next day does not find.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from penata.foundation.audit.record import record
from penata.foundation.tasks.events import RutinAksi
from penata.foundation.tasks.models import Pekerjaan, Pemberitahuan

log = logging.getLogger("penata.pekerja")
FRESH = timedelta(days=1)  # a file so new may belong to work that has not said so yet


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing. ``clear`` takes what is older than a moment out of the database and says how many."""

    kind: str  # in settings.RETENTION
    clear: Callable[[datetime], int]
    sweep: Callable[[], None] | None = None
    ruang: tuple[str, ...] = ()


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Make *rule* known; raises KeyError when the settings do not say how long its kind is kept."""
    settings.RETENTION[rule.kind]
    _rules[rule.kind] = rule


def enforce(now: datetime | None = None) -> dict[str, int]:
    """Remove what is too old and return how many of each kind; no act is written when there is nothing."""
    now = now or timezone.now()
    removed: dict[str, int] = {}
    # A piece of work goes after the file it made.
    rules = sorted(_rules.values(), key=lambda rule: rule.kind == "pekerjaan")
    with transaction.atomic():
        for rule in rules:
            if count := rule.clear(now - timedelta(days=settings.RETENTION[rule.kind])):
                removed[rule.kind] = count
        if removed:
            rooms = dict.fromkeys(room for rule in rules if rule.kind in removed for room in rule.ruang)
            details = {
                kind: {"jumlah": count, "lebih_lama_dari_hari": settings.RETENTION[kind]}
                for kind, count in removed.items()
            }
            record(RutinAksi.MASA_SIMPAN, by=None, per=timezone.localdate(now), rincian=details, ruang=rooms)
    for rule in rules:
        if rule.sweep is not None:
            try:
                rule.sweep()
            except OSError:
                log.warning("berkas %s tidak dapat dihapus, diulang besok", rule.kind, exc_info=True)
    return removed


def sweep_files(folder: str, claimed: set[str]) -> None:
    """Remove the files of *folder* in the store whose name (``folder/name``) the database does not claim."""
    place = Path(default_storage.path(folder))
    for file in place.iterdir() if place.is_dir() else ():
        if f"{folder}/{file.name}" not in claimed and file.is_file() and not is_fresh(file):
            file.unlink(missing_ok=True)


def is_fresh(file: Path) -> bool:
    """Tell whether a file or folder is so new that its owner may not have claimed it yet."""
    return file.stat().st_mtime > (timezone.now() - FRESH).timestamp()


def _clear_work(before: datetime) -> int:
    """Forget work that ended; one whose file can still be fetched stays as long as that."""
    ended = (Pekerjaan.Status.SELESAI, Pekerjaan.Status.GAGAL, Pekerjaan.Status.DIBATALKAN)
    rows = Pekerjaan.objects.filter(status__in=ended, selesai__lt=before).exclude(hasil__has_key="berkas")
    return rows.delete()[1].get(Pekerjaan._meta.label, 0)


def _clear_messages(before: datetime) -> int:
    return Pemberitahuan.objects.filter(dibuat__lt=before).delete()[0]


register(Rule("pekerjaan", _clear_work))
register(Rule("pemberitahuan", _clear_messages))
