"""Half-up rounding agrees with decimal arithmetic on paper, for one value and for a column."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook.rounding import half_up, half_up_column, plain

HALVES = [2.5, 0.5, 1.5, 1.005, 0.8999, 0.285, 2.675, 1.115, 8.345, -2.5, -1.005, 0.0, 549755813888.4814, 2**43 + 0.25]


@pytest.mark.parametrize("places", [0, 1, 2, 3])
def test_halves_go_up_as_on_paper(places: int) -> None:
    on_paper = [float(Decimal(str(x)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) for x in HALVES]
    assert half_up_column(np.array(HALVES), places).tolist() == on_paper
    assert [float(half_up(x, places)) for x in HALVES] == on_paper


@given(st.integers(-(10**11), 10**11), st.integers(0, 5), st.integers(0, 4))
def test_a_column_rounds_every_written_decimal_like_decimal_arithmetic(digits: int, written: int, places: int) -> None:
    value = Decimal(digits).scaleb(-written)
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert half_up_column(np.array([float(value)]), places)[0] == float(expected)


@given(st.floats(-1e12, 1e12) | st.floats(-1e17, 1e17), st.integers(0, 3))
def test_any_float_counts_as_the_decimal_it_prints(value: float, places: int) -> None:
    assert half_up_column(np.array([value]), places)[0] == float(half_up(value, places))


def test_a_column_keeps_nan_and_what_has_no_decimals_left() -> None:
    found = half_up_column(np.array([np.nan, 1e17, -1e300, np.inf]), 2)
    assert np.isnan(found[0])
    assert found[1:].tolist() == [1e17, -1e300, np.inf]
    assert half_up_column(np.array([]), 2).shape == (0,)


def test_whole_numbers_are_written_as_integers() -> None:
    assert repr(plain(5.0)) == "5"
    assert repr(plain(2.0833, 2)) == "2.08"
    assert repr(plain(Decimal("68.00"))) == "68"
