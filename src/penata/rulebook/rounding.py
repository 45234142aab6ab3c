"""Ordinary (half-up) rounding that is right in decimals, for one value and for a column.

Money, points and people are rounded the way a person does it on paper: 2.5 is 3 and 1.005 is 1.01. Binary floats make
that fail for Python's and NumPy's own ``round`` (half to even, and 1.005 is stored just below itself).
"""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray


def half_up(value: Decimal | float, places: int = 0) -> Decimal:
    """Return *value* rounded half-up (away from zero) to *places* decimals; a float counts as the decimal it prints."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def half_up_column(values: NDArray[np.float64], places: int = 0) -> NDArray[np.float64]:
    """Return *values* rounded half-up to *places* decimals; NaN stays NaN.

    No epsilon: with k/10^p <= x < (k+1)/10^p the midpoint (2k+1)/(2*10^p) is one correctly rounded division of whole
    numbers, hence the float nearest to the decimal midpoint, and x counts as the decimal it prints. That holds while
    decimals of one place more are further apart than floats; larger values go through decimal arithmetic one by one,
    up to those that have no decimals left to round.
    """
    scale = float(10**places)
    size = np.abs(np.asarray(values, dtype=np.float64))
    below = np.floor(size * scale)
    below -= below / scale > size  # the product may have been rounded across a whole number
    below += (below + 1) / scale <= size
    up = size >= (2 * below + 1) / (2 * scale)
    whole = np.where(size * 20 * scale < 2**53, (below + up) / scale, size)
    for at in np.flatnonzero((size * 20 * scale >= 2**53) & (size < 2**53)):
        whole[at] = float(half_up(float(size[at]), places))
    return np.where(np.isnan(values), np.nan, np.copysign(whole, values)) + 0.0


def plain(value: Decimal | float, places: int | None = None) -> int | float:
    """Return *value* as JSON writes it: whole numbers as int; rounded half-up first where *places* is given."""
    number = half_up(value, places) if places is not None else value
    return int(number) if number == int(number) else float(number)
