"""Starts the web system's settings inside a command, and brings its database and static files up to this version."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import click

from penata.language import _

LOCK = 7_306_921  # any number, the same in every process: who migrates a PostgreSQL database goes first
STAMP = "penata-statis.sidik"


def ready() -> None:
    """Load the settings; a setting that cannot be used ends the command with its name."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "penata.config.settings")
    try:
        django.setup()
    except ValueError as error:  # the settings say which variable
        raise click.ClickException(str(error)) from error
    reachable()


def reachable() -> None:
    """End the command with one sentence when the database does not answer."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    try:
        if connection.vendor == "sqlite":
            Path(settings.DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        connection.ensure_connection()
    except (DatabaseError, OSError) as error:
        raise click.ClickException(
            _("basis data tidak dapat dibuka: {why}").format(why=str(error).strip().partition("\n")[0])
        ) from error


def migrate() -> int:
    """Bring the tables up to this version; return how many steps that took."""
    from django.core.management import call_command
    from django.db import connection

    with _alone():
        steps = len(waiting())
        if steps:
            call_command("migrate", verbosity=0, interactive=False)
    connection.close()  # children must not inherit it
    return steps


def waiting() -> list[str]:
    """Return the steps that the tables lack."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process migrate at a time, on however many machines."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield  # one machine, and the first writer locks the file
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def collect_static() -> bool:
    """Put the static files where the server serves them from, when any of them changed; tell whether they had."""
    from django.conf import settings
    from django.core.management import call_command

    target = Path(settings.STATIC_ROOT)
    seal, stamp = _static_seal(), target / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == seal:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(seal, encoding="utf-8")
    return True


def _static_seal() -> str:
    """Return what identifies the static files of this version: names, sizes and times of all of them."""
    from django.contrib.staticfiles.finders import get_finders

    from penata import __version__

    found = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            found.append(f"{getattr(storage, 'prefix', None) or ''}/{path} {stat.st_size} {stat.st_mtime_ns}")
    return sha256("\n".join([__version__, *sorted(found)]).encode()).hexdigest()
