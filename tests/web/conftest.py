"""Fixtures of the web tests."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests.web.kota import HARI, Kota, build_kota

from penata.foundation.memo import forget


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page believes it is the day of the small agency."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: HARI)
    forget()


@pytest.fixture
def kota(db: None) -> Kota:
    """Return the small agency."""
    return build_kota()


@pytest.fixture
def signed_in(kota: Kota) -> Callable[[str], Client]:
    """Return a browser of the named account."""

    def client(account: str) -> Client:
        browser = Client()
        browser.force_login(kota.user[account], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client


@pytest.fixture
def _guarded_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        import_module("penata.foundation.audit.migrations.0002_penjaga").guard(apps, editor)
    with django_db_blocker.unblock():
        call_command("createcachetable")


@pytest.fixture
def committed(_guarded_again: None, transactional_db: None) -> Iterator[None]:
    """Let a test commit, as threads need it: the guard of the log is lifted for the clearing away and put back."""
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION audit_tolak() CASCADE")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit\\_%' ESCAPE '\\'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
