"""Fixtures of the web tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from penata.foundation.memo import forget
from tests.web.kota import HARI, Kota, build_kota


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
