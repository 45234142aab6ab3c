"""Fixtures of the commands."""

import pytest
from tests.faces.places import drop, new_place


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """A place whose tables are made, to be copied: making them takes seconds."""
    one = new_place(tmp_path_factory.mktemp("tabel") / "data")
    one.ok("migrasi")
    yield one
    drop(one)


@pytest.fixture
def place(tmp_path, tables):
    """Return a maker of places; each has a database of its own, with tables or (``bare``) without."""
    made = []

    def make(name="satu", *, bare=False):
        made.append(new_place(tmp_path / name, None if bare else tables))
        return made[-1]

    yield make
    for one in made:
        drop(one)
