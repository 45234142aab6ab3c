"""The class that a number falls into, where the law prints bands.

Printed bands leave gaps (0.40 and 0.41): every rule says in its parameter whether a number is rounded before it is
graded, and whether the lower end belongs to the band.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.rulebook.rounding import half_up_column

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.int64]
_NOISE = 9  # decimals far beyond any printed digit: what differs there is binary arithmetic, not a result


def round_result(values: ArrayLike, places: int) -> FloatArray:
    """Round computed *values* (any shape) half up to *places* decimals, clear of the noise of float arithmetic."""
    return half_up_column(half_up_column(np.asarray(values, dtype=np.float64), _NOISE), places)


def band_index(values: ArrayLike, bands: Sequence[Mapping[str, Any]], *, strict: bool = False) -> IndexArray:
    """Return for each value the index of its band in *bands*, or -1 when it lies below all of them or is NaN.

    *bands* ascend; each begins at its ``batas``, which belongs to the band unless *strict*.
    """
    bounds = np.array([float(band["batas"]) for band in bands])
    numbers = np.asarray(values, dtype=np.float64)
    found = np.searchsorted(bounds, numbers, side="left" if strict else "right") - 1
    return np.where(np.isnan(numbers), -1, found).astype(np.int64)
