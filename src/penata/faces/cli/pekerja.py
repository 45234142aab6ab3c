"""``penata pekerja``: does the background work, and what must happen by itself every minute and every midnight."""

import logging
from collections.abc import Callable
from datetime import date
from threading import Event, Thread

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _

MINUTE = 60.0
Chore = Callable[[date], None]
log = logging.getLogger("penata.pekerja")


@click.command(
    context_settings=CONTEXT,
    help=_("Menjalankan pekerja latar belakang saja, misalnya pada mesin lain; dihentikan dengan Ctrl+C."),
)
@click.option("--sekali", is_flag=True, help=_("Mengerjakan semua antrean lalu berhenti."))
def pekerja(sekali: bool) -> None:
    """Take work from the queue until stopped; what runs is finished first."""
    from django.core.management import call_command

    from penata.faces.cli import sistem

    sistem.ready()
    if sistem.waiting():
        raise click.ClickException(_("tabel basis data belum sesuai versi ini; jalankan dahulu ./penata migrasi"))
    stop = Event()
    routine = Thread(target=keep_house, args=(stop,), name="rutin", daemon=True)
    routine.start()
    try:
        call_command("db_worker", batch=sekali, reload=False, interval=1, verbosity=0)
    finally:
        stop.set()
        routine.join(timeout=5)


def keep_house(stop: Event) -> None:
    """Do what is due every minute, every hour and once a day, until *stop*."""
    from django.db import connections
    from django.utils import timezone

    done: dict[Chore, object] = {}
    while True:
        now = timezone.localtime()
        for chore, turn in (
            (_bury, None), (_figures, None), (_quality, now.hour), (_expired, now.date()), (_tidy_up, now.date()),
        ):  # fmt: skip
            # A turn that was done is not done again; one that could not be done is tried again in a minute.
            if (turn is None or done.get(chore) != turn) and _try(chore, now.date()):
                done[chore] = turn
        connections.close_all()
        if stop.wait(MINUTE):
            return


def _try(chore: Chore, today: date) -> bool:
    """Do *chore*; tell whether the database was there and free for it."""
    from django.db import DatabaseError

    try:
        chore(today)
    except DatabaseError:
        log.warning("%s: basis data sibuk atau tidak terjangkau, diulang nanti", chore.__name__, exc_info=True)
        return False
    return True


def _bury(_today: date) -> None:
    """Tell the owners of work whose worker died."""
    from penata.foundation.tasks.run import bury_the_dead

    if lost := bury_the_dead():
        log.warning("%d pekerjaan terhenti dan ditandai gagal", lost)


def _figures(today: date) -> None:
    """Add up need and bezetting for a new day, or where an act changed more than it could add up itself."""
    from penata.domain.peta_jabatan.ringkasan import refresh_when_behind

    refresh_when_behind(today)


def _quality(today: date) -> None:
    """Check all people's data on a new day, or when what they are checked against changed."""
    from penata.domain.pegawai.models import PenyegaranMutu
    from penata.domain.pegawai.mutu_segar import is_stale, refresh

    if is_stale() or not PenyegaranMutu.objects.filter(per=today).exists():
        refresh(today)


def _expired(today: date) -> None:
    """Tell both sides of delegations that ran out by themselves."""
    from penata.foundation.accounts.delegation import tell_expired

    tell_expired(today)


def _tidy_up(_today: date) -> None:
    """Forget sessions and queue entries that have run out, and what is older than it is to be kept."""
    from django.core.management import call_command

    from penata.foundation.tasks.retention import enforce

    if removed := enforce():
        log.info("masa simpan: %s", removed)
    call_command("clearsessions")
    call_command("prune_db_task_results", "--min-age-days", "30", verbosity=0)
