"""How the files of imports go: the uploads first, and much later what would take the import back."""

import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone

from penata.domain.pertukaran.models import ROOM, Impor
from penata.foundation.tasks.retention import Rule, is_fresh, register

Status = Impor.Status
NEVER_WRITTEN = (Status.DIBACA, Status.DITOLAK, Status.PRATINJAU, Status.MENERAPKAN)
FOLDER = "impor"


def _clear_uploads(before: datetime) -> int:
    """Forget the uploads; an import that was never put into effect is discarded with them."""
    old = Impor.objects.filter(unggahan_dihapus__isnull=True, dibuat__lt=before)
    old.filter(status__in=NEVER_WRITTEN).update(status=Status.DIBUANG, ringkasan={}, pesan="")
    return old.update(unggahan_dihapus=timezone.now())


def _clear_journals(before: datetime) -> int:
    """Forget what stood before an import: from now on it cannot be taken back."""
    old = Impor.objects.filter(jurnal_dihapus__isnull=True, diterapkan__lt=before).exclude(status=Status.MENERAPKAN)
    return old.update(jurnal_dihapus=timezone.now())


def _sweep() -> None:
    place = Path(default_storage.path(FOLDER))
    folders = {folder.name: folder for folder in place.iterdir() if folder.is_dir()} if place.is_dir() else {}
    known = {
        str(kunci): (uploads is not None, journal is not None)
        for kunci, uploads, journal in Impor.objects.values_list("kunci", "unggahan_dihapus", "jurnal_dihapus")
    }
    for name, folder in folders.items():
        if not _is_key(name):
            continue
        without_uploads, without_journal = known.get(name, (True, True))
        if name not in known and is_fresh(folder):
            continue
        for part in list(folder.iterdir()):
            if without_journal if part.name == "jurnal" else without_uploads:
                shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()


def _is_key(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


register(Rule("unggahan", _clear_uploads, _sweep, (ROOM,)))
register(Rule("jurnal", _clear_journals, ruang=(ROOM,)))
