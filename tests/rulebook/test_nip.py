"""NIP and NI PPPK as columns: what is composed is read back, what is broken is named."""

from datetime import date
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook import nip
from penata.rulebook.legislation import Law

LAW = Law(date(2026, 12, 31))
births = st.dates(date(1945, 1, 1), date(2005, 12, 31))


@given(births, st.integers(18, 50), st.integers(1, 12), st.sampled_from([1, 2]), st.integers(0, 999))
def test_a_composed_nip_is_valid_and_read_back(birth: date, age: int, month: int, sex: int, sequence: int) -> None:
    year = birth.year + age + 1
    number = nip.compose(birth, year, month, sex, sequence)
    texts = np.array([number])
    assert nip.check_column(texts, law=LAW).tolist() == [nip.VALID]
    assert nip.birth_column(texts).tolist() == [birth]
    assert nip.sex_column(texts).tolist() == [sex]
    assert nip.tmt_column(texts).tolist() == [date(year, month, 1)]
    assert not nip.is_pppk_column(texts)[0]
    assert nip.classify(texts, law=LAW).tolist() == ["NIP"]
    column = nip.compose_column(
        np.array([birth], dtype="datetime64[D]"),
        np.array([year]),
        np.array([month]),
        np.array([sex]),
        np.array([sequence]),
    )
    assert column.tolist() == [number]


@given(births, st.integers(18, 60), st.integers(21, 29), st.sampled_from([1, 2]), st.integers(0, 999))
def test_a_composed_ni_pppk_is_valid_and_has_no_tmt(birth: date, age: int, code: int, sex: int, sequence: int) -> None:
    texts = np.array([nip.compose(birth, birth.year + age, code, sex, sequence)])
    assert nip.classify(texts, law=LAW).tolist() == ["NI_PPPK"]
    assert nip.is_pppk_column(texts)[0]
    assert np.isnat(nip.tmt_column(texts)[0])


@given(st.lists(st.text(max_size=25) | st.text("0123456789", min_size=16, max_size=20), max_size=8))
def test_a_column_says_the_same_as_one_value_at_a_time(numbers: list[str]) -> None:
    texts = np.array(numbers, dtype=np.str_)
    together = nip.check_column(texts, law=LAW).tolist()
    assert together == [int(nip.check_column(np.array([number]), law=LAW)[0]) for number in numbers]
    assert np.isnat(nip.birth_column(texts)[np.array(together, dtype=int) == nip.BAD_BIRTH]).all()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("199003172015031004", nip.VALID),
        ("", nip.NOT_DIGITS),
        ("1,99003E+17", nip.NOT_DIGITS),
        ("19900317 201503 1 004", nip.NOT_DIGITS),
        ("19900317201503100", nip.NOT_LENGTH),
        ("1990031720150310041", nip.NOT_LENGTH),
        ("130123456", nip.LEGACY),
        ("199013172015031004", nip.BAD_BIRTH),
        ("199002302015031004", nip.BAD_BIRTH),
        ("199002292015031004", nip.BAD_BIRTH),
        ("199202292015031004", nip.VALID),
        ("018903172015031004", nip.BAD_BIRTH),
        ("199003172015131004", nip.BAD_MONTH),
        ("199003172015001004", nip.BAD_MONTH),
        ("199003172015201004", nip.BAD_MONTH),
        ("199003172015301004", nip.BAD_MONTH),
        ("199003172008021004", nip.TOO_YOUNG),
        ("199003172008031004", nip.VALID),
        ("199003172007211004", nip.TOO_YOUNG),
        ("199003172008211004", nip.VALID),
        ("199003172015033004", nip.BAD_SEX),
    ],
)
def test_the_first_reason_is_named(number: str, reason: int) -> None:
    assert int(nip.check_column(np.array([number]), law=LAW)[0]) == reason
    assert bool(nip.REASONS[reason]) == (reason != nip.VALID)


def test_the_lowest_age_is_law_and_can_be_changed() -> None:
    older = Law(date(2026, 12, 31), overlay={"nip.usia_min": 30})
    texts = np.array(["199003172015031004"])
    assert nip.check_column(texts, law=older).tolist() == [nip.TOO_YOUNG]


def test_an_empty_column_gives_empty_columns() -> None:
    nothing = np.array([], dtype=np.str_)
    for found in (nip.check_column(nothing, law=LAW), nip.birth_column(nothing), nip.sex_column(nothing),
                  nip.tmt_column(nothing), nip.is_pppk_column(nothing), nip.classify(nothing, law=LAW)):  # fmt: skip
        assert found.shape == (0,)


def test_sixty_thousand_numbers_take_a_fraction_of_a_second() -> None:
    texts = np.tile(np.array(["199003172015031004", "199205142025211023", "kosong"]), 20_000)
    begin = perf_counter()
    valid = nip.check_column(texts, law=LAW) == nip.VALID
    assert perf_counter() - begin < 2.0
    assert int(valid.sum()) == 40_000
