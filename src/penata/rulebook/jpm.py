"""JPM (job person match): assessed levels of competence against the standard of the jabatan, in percent.

PermenPANRB 38/2017 (standards), Peraturan BKN 26/2019 (assessment, categories). Two formulas are in use; the ratio of
sums is the default (``jpm.metode``) and may exceed 100, capping is for display only.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.rulebook.bands import band_index
from penata.rulebook.legislation import Law
from penata.rulebook.lookup import by_jenis_or_jenjang, rank_of

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
FULL = 100.0  # percent


def ratio_of_sums_column(achieved: Matrix, standard: Matrix, *, law: Law) -> Vector:
    """Return per person (n) 100 x sum of achieved levels / sum of standard levels, uncapped.

    *achieved* and *standard* are (n, k) levels, NaN for not assessed or not asked for. A competence counts only where
    both are known; NaN where none does or the standards sum to 0.
    """
    law.parameter("jpm.metode", "rasio-jumlah")  # records the basis of this formula
    return _percent_of_sums(*_both_known(achieved, standard))


def ratio_of_sums_capped_column(achieved: Matrix, standard: Matrix, *, law: Law) -> Vector:
    """Return :func:`ratio_of_sums_column` with at most 100 percent per person."""
    return np.minimum(ratio_of_sums_column(achieved, standard, law=law), FULL)


def mean_of_ratios_column(achieved: Matrix, standard: Matrix, *, law: Law) -> Vector:
    """Return per person (n) the mean over competences of 100 x achieved / standard, each at most 100 percent."""
    law.parameter("jpm.metode", "rerata-rasio")  # records the basis of this formula
    got, asked = _both_known(achieved, standard)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(asked > 0, np.minimum(FULL * got / asked, FULL), np.nan)
    known = np.count_nonzero(~np.isnan(ratios), axis=1)
    return np.where(known > 0, np.nansum(ratios, axis=1) / np.maximum(known, 1), np.nan)


_METHODS = {
    "rasio-jumlah": ratio_of_sums_column,
    "rasio-jumlah-dibatasi": ratio_of_sums_capped_column,
    "rerata-rasio": mean_of_ratios_column,
}


def jpm_column(achieved: Matrix, standard: Matrix, *, law: Law) -> Vector:
    """Return the JPM (n, percent) by the formula that ``jpm.metode`` names."""
    return _METHODS[str(law.value("jpm.metode"))](achieved, standard, law=law)


def _both_known(achieved: Matrix, standard: Matrix) -> tuple[Matrix, Matrix]:
    unknown = np.isnan(achieved) | np.isnan(standard)
    return np.where(unknown, np.nan, achieved), np.where(unknown, np.nan, standard)


def _percent_of_sums(got: Matrix, asked: Matrix) -> Vector:
    total, whole = np.nansum(got, axis=1), np.nansum(asked, axis=1)
    # Levels are whole numbers, so multiplying first leaves one correctly rounded division: 80 is exactly 80.
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, FULL * total / whole, np.nan)


def category_column(jpm: Vector, purpose: str, *, law: Law) -> NDArray[np.str_]:
    """Return the category (n) of each JPM for *purpose* ``seleksi`` (MS, MMS, KMS) or ``pemetaan``; empty for NaN.

    Values are compared unrounded; a lower bound belongs to its category.
    """
    name = {"seleksi": "jpm.kategori_seleksi", "pemetaan": "jpm.kategori_pemetaan"}[purpose]
    bands: list[Mapping[str, Any]] = law.value(name)
    return np.array([*(str(band["kategori"]) for band in bands), ""])[band_index(jpm, bands)]


def standard_level_column(jenis: NDArray[np.str_], jenjang: NDArray[np.str_], *, law: Law) -> NDArray[np.int16]:
    """Return the usual level of managerial and sociocultural competence (n) by jenis and jenjang; 0 unknown.

    Only a stand-in where the agency brings no standard of its own.
    """
    return rank_of(by_jenis_or_jenjang(jenis, jenjang), law.value("jpm.standar_level"))
