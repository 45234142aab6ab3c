"""The API against its own description: thousands of questions nobody would ask by hand."""

import pytest
import schemathesis
from django.conf import settings
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as effort
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance


@pytest.fixture
def described(kota, signed_in, monkeypatch):
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    plain = "penata.faces.components.compression.CompressText.process_response"
    monkeypatch.setattr(plain, lambda _self, _request, response: response)
    monkeypatch.setattr("ninja.throttling.SimpleRateThrottle.allow_request", lambda *_args: True)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    schema.session = signed_in("analis").cookies[settings.SESSION_COOKIE_NAME].value
    yield schema
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@effort(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=strategies.data())
def ask(operation, session, data):
    case = data.draw(operation.as_strategy())
    # A filter takes any text as far as its type goes; a value it cannot use is refused with 400, as described.
    # Of two ways in, one is used; that the other is judged too is asked in test_token.
    case.call_and_validate(
        cookies={settings.SESSION_COOKIE_NAME: session}, excluded_checks=[positive_data_acceptance, ignored_auth]
    )


def test_every_answer_is_as_described(described):
    operations = [result.ok() for result in described.get_all_operations()]
    assert operations
    for operation in operations:
        ask(operation, described.session)


def test_the_rate_is_limited(kota, signed_in):
    browser = signed_in("pegawai")
    browser.get("/")  # the addresses are read in their order: the API last, when every list is known
    from penata.faces.api.urls import RATE

    most = int(RATE.split("/")[0])
    answers = {browser.get("/api/v1/jabatan/?jumlah=1").status_code for _ in range(most + 1)}
    assert answers == {200, 429}
