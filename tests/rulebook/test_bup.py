"""BUP and pension dates as columns."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.bup import bup_column, pension_date_column
from penata.rulebook.legislation import Law

LAW = Law(date(2026, 12, 31))


def _bup(jenis: str, jenjang: str = "", name: str = "", override: int = 0, law: Law = LAW) -> int:
    found = bup_column(np.array([jenis]), np.array([jenjang]), np.array([name]), np.array([override]), law=law)
    return int(found[0])


@pytest.mark.parametrize(
    ("jenis", "jenjang", "name", "age"),
    [
        ("jpt pratama", "", "Kepala Dinas", 60), ("administrator", "", "Camat", 58), ("pelaksana", "", "Operator", 58),
        ("fungsional", "ahli utama", "Analis Kebijakan Ahli Utama", 65), ("fungsional", "ahli madya", "Auditor", 60),
        ("fungsional", "penyelia", "Perawat Penyelia", 58), ("fungsional", "ahli muda", "Guru Ahli Muda", 60),
        ("fungsional", "", "Guru Kelas", 60), ("fungsional", "ahli madya", "Dosen", 65),
        ("fungsional", "ahli utama", "Guru Besar Hukum", 70), ("fungsional", "ahli madya", "Peneliti Madya", 65),
        ("fungsional", "ahli utama", "PEREKAYASA Ahli Utama", 70), ("fungsional", "ahli muda", "Gurunda", 58),
        ("pengawas", "", "Guru", 58), ("fungsional", "", "Auditor", 0), ("", "", "", 0), ("lain", "", "", 0),
    ],
)  # fmt: skip
def test_the_bup_follows_jenis_jenjang_and_own_laws(jenis: str, jenjang: str, name: str, age: int) -> None:
    assert _bup(jenis, jenjang, name) == age


def test_the_entry_of_the_catalogue_comes_first() -> None:
    assert _bup("fungsional", "ahli utama", "Guru Besar", 62) == 62
    assert bup_column(np.array(["pelaksana"]), np.array([""]), np.array([""]), law=LAW).tolist() == [58]


def test_before_the_law_on_science_a_peneliti_had_the_general_age() -> None:
    assert _bup("fungsional", "ahli utama", "Peneliti", law=Law(date(2018, 1, 1))) == 65


@given(st.dates(date(1940, 1, 1), date(2010, 12, 31)), st.integers(50, 75))
def test_pension_begins_with_the_month_after_the_birthday(birth: date, bup: int) -> None:
    found = pension_date_column(np.array([birth], dtype="datetime64[D]"), np.array([bup], dtype=np.int16)).tolist()[0]
    reached = date(birth.year + bup, birth.month, 1)
    assert found.day == 1
    assert (found.year * 12 + found.month) - (reached.year * 12 + reached.month) == 1


def test_without_birth_or_bup_there_is_no_pension_date() -> None:
    births = np.array(["NaT", "1990-01-01"], dtype="datetime64[D]")
    assert np.isnat(pension_date_column(births, np.array([58, 0], dtype=np.int16))).all()


def test_an_empty_column_gives_an_empty_column() -> None:
    nothing = np.array([], dtype=np.str_)
    assert bup_column(nothing, nothing, nothing, law=LAW).shape == (0,)
