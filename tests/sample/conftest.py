from datetime import date

import pytest

from penata.rulebook.legislation import Law
from penata.sample import generate

PER = date(2026, 12, 31)


@pytest.fixture(scope="session")
def city():
    """A clean city of 10,000."""
    return generate(pegawai=10_000, benih=2026, per=PER, anomali=0)


@pytest.fixture(scope="session")
def law():
    return Law(PER)
