"""Runs long work outside the request: claimed once, with progress, cancel and a sign of life.

A kind of work is a function registered with :func:`work`. It gets a :class:`Progress` and the stored input, and
returns what is shown when done. What it writes into the database it writes in one transaction of its own, so a kill
leaves nothing half-done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from penata import language
from penata.foundation.access.models import User
from penata.foundation.tasks.models import Pekerjaan, Pemberitahuan

SILENCE = timedelta(minutes=5)  # a running work without sign of life for so long lost its worker

Work = Callable[["Progress", Mapping[str, Any]], Mapping[str, Any]]
_kinds: dict[str, Work] = {}


class CancelledError(Exception):
    """The owner asked to stop."""


class WorkError(Exception):
    """The work cannot be done; the message is for the owner and names the remedy."""


@dataclass(slots=True)
class Progress:
    """How the work tells where it is. Cancelling is heard here, never in the middle of a transaction."""

    id: UUID

    def __call__(self, share: float, step: str) -> None:
        """Note that *share* (0..1) is done and *step* comes next; raises CancelledError when asked to stop.

        Inside a transaction nothing is noted: nobody else could see it, and on SQLite nobody else can write.
        """
        if connection.in_atomic_block and not settings.TASKS_INSIDE_TRANSACTION:
            return
        alive = Pekerjaan.objects.filter(pk=self.id, batal_diminta=False).update(
            kemajuan=share, langkah=step[:200], denyut=timezone.now()
        )
        if not alive:
            raise CancelledError


def work(kind: str) -> Callable[[Work], Work]:
    """Register the function that does *kind*: ``module:name``, so that a worker that never saw it can import it."""

    def register(function: Work) -> Work:
        _kinds[kind] = function
        return function

    return register


def start(kind: str, *, judul: str, by: User, masukan: Mapping[str, Any], alamat: str = "") -> Pekerjaan:
    """Queue *kind* for the worker; it is queued only if the surrounding transaction commits."""
    row = Pekerjaan.objects.create(jenis=kind, judul=judul[:200], pemilik=by, masukan=dict(masukan), alamat=alamat)
    transaction.on_commit(lambda: run_pekerjaan.enqueue(str(row.pk)))
    return row


def cancel(row: Pekerjaan) -> bool:
    """Ask the work to stop; one that has not begun stops at once. False when it is too late."""
    if Pekerjaan.objects.filter(pk=row.pk, status=Pekerjaan.Status.ANTRE).update(
        status=Pekerjaan.Status.DIBATALKAN, batal_diminta=True, selesai=timezone.now()
    ):
        return True
    running = Pekerjaan.objects.filter(pk=row.pk, status=Pekerjaan.Status.BERJALAN)
    return bool(running.update(batal_diminta=True))


@task()
def run_pekerjaan(key: str) -> None:
    """Do one piece of work, unless another worker has it already."""
    now = timezone.now()
    claimed = Pekerjaan.objects.filter(pk=key, status=Pekerjaan.Status.ANTRE).update(
        status=Pekerjaan.Status.BERJALAN, mulai=now, denyut=now
    )
    if not claimed:
        return
    row = Pekerjaan.objects.select_related("pemilik").get(pk=key)
    with language.speaking(row.pemilik.bahasa):
        _finish(row, *_outcome(row))


def _outcome(row: Pekerjaan) -> tuple[str, Mapping[str, Any], str]:
    try:
        return Pekerjaan.Status.SELESAI, _function(row.jenis)(Progress(row.pk), row.masukan), ""
    except CancelledError:
        return Pekerjaan.Status.DIBATALKAN, {}, ""
    except WorkError as error:
        return Pekerjaan.Status.GAGAL, {}, str(error)
    except Exception:
        # The owner must learn that it failed before the trace reaches the log of the worker.
        told = language._("Terjadi kesalahan pada sistem; data tidak berubah. Sebutkan nomor {id} kepada pengelola.")
        _finish(row, Pekerjaan.Status.GAGAL, {}, told.format(id=row.pk))
        raise


def _finish(row: Pekerjaan, status: str, hasil: Mapping[str, Any], galat: str) -> None:
    ended = status == Pekerjaan.Status.SELESAI
    done = language._("Selesai: {judul}") if ended else language._("Tidak selesai: {judul}")
    with transaction.atomic():
        Pekerjaan.objects.filter(pk=row.pk).update(
            status=status, hasil=dict(hasil), galat=galat, selesai=timezone.now(), denyut=timezone.now(),
            kemajuan=1 if status == Pekerjaan.Status.SELESAI else row.kemajuan,
        )  # fmt: skip
        Pemberitahuan.objects.create(
            user=row.pemilik, teks=done.format(judul=row.judul)[:400], alamat=f"/pekerjaan/{row.pk}/"
        )


def _function(kind: str) -> Work:
    if kind not in _kinds:
        import_module(kind.partition(":")[0])
    return _kinds[kind]


def bury_the_dead() -> int:
    """Mark work whose worker died as failed, when a worker starts and every minute; return how many."""
    lost = Pekerjaan.objects.filter(status=Pekerjaan.Status.BERJALAN, denyut__lt=timezone.now() - SILENCE)
    return lost.update(
        status=Pekerjaan.Status.GAGAL, selesai=timezone.now(),
        galat=language._("Pekerjaan terhenti karena server berhenti; data tidak berubah. Silakan ulangi."),
    )  # fmt: skip
