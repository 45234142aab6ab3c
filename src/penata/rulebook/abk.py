"""Analisis beban kerja: workload to kebutuhan pegawai, effectiveness (EJ, EU) and the five-year projection.

PermenPANRB 1/2020, Peraturan BKN 9/2022 and before them PerKa BKN 19/2011. Everything here works on columns: one entry
per workload row, posisi or unit. Minutes are minutes of effective working time a year; need is in people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.rulebook.bands import band_index
from penata.rulebook.legislation import InForce, Law, load_parameter
from penata.rulebook.lookup import number_of
from penata.rulebook.rounding import half_up_column

TUGAS, HASIL, OBJEK, PERALATAN = "tugas per tugas jabatan", "hasil kerja", "objek kerja", "peralatan kerja"
METODE = (TUGAS, HASIL, OBJEK, PERALATAN)
NO_NEED = -1  # in integer columns: there is nothing to round
_MOST = 2.0**53  # beyond it a need is no number of people; keeps the conversion to integers defined
_DUST = 6  # decimals of a minute kept: sums of decimal volumes must not miss a half by binary dust


def effective_minutes(*, law: Law) -> float:
    """Return the waktu kerja efektif of one pegawai, minutes a year."""
    return float(law.value("abk.waktu_kerja_efektif"))


def time_table(name: str, *, law: Law) -> Mapping[str, float]:
    """Return ``abk.menit_per_satuan`` or ``abk.pengali_periode``.

    Unless the agency chose a variant of the table itself, it is the one that belongs to the chosen waktu kerja efektif.
    """
    variant = law.settings.get("abk.waktu_kerja_efektif") if name not in law.settings else None
    known = variant if variant in load_parameter(name).variants else None
    table: Mapping[str, float] = law.value(name, known)
    return table


def annual_minutes_column(
    metode: NDArray[np.str_],
    volume: NDArray[np.float64],
    periode: NDArray[np.str_],
    norma: NDArray[np.float64],
    satuan: NDArray[np.str_],
    standar: NDArray[np.float64],
    *,
    law: Law,
) -> NDArray[np.float64]:
    """Return the minutes a year of every workload row (n); NaN where an input is missing, unknown or negative.

    Tugas per tugas jabatan: volume, annualised by *periode*, times *norma* in *satuan*. Hasil and objek kerja: volume
    over the ability of one person (*standar*) for the same period, in people; peralatan kerja: tools times people per
    tool (*standar*). People are expressed as people times the effective minutes so that the rows of a posisi add up.
    An empty metode, periode or satuan is read as ``abk.bawaan_baris`` says.
    """
    blank = law.value("abk.bawaan_baris")
    metode = _filled(metode, str(blank["metode"]))
    times = number_of(_filled(periode, str(blank["periode"])), time_table("abk.pengali_periode", law=law))
    minutes = number_of(_filled(satuan, str(blank["satuan"])), time_table("abk.menit_per_satuan", law=law))
    person = effective_minutes(law=law)
    with np.errstate(divide="ignore", invalid="ignore"):
        by_result = np.where(standar > 0, volume / standar, np.nan) * person
        results = np.select(
            [metode == TUGAS, (metode == HASIL) | (metode == OBJEK), metode == PERALATAN],
            [volume * times * norma * minutes, by_result, volume * standar * person],
            np.nan,
        )
    return np.where(results >= 0, results, np.nan)


def _filled(words: NDArray[np.str_], word: str) -> NDArray[np.str_]:
    given = np.asarray(words, dtype=np.str_)
    return np.where(given == "", word, given)


def need_column(beban: NDArray[np.float64], *, law: Law) -> NDArray[np.float64]:
    """Return the unrounded need in people of every workload *beban* (minutes a year); NaN stays NaN.

    The workload is first cleaned to a millionth of a minute.
    """
    return half_up_column(beban, _DUST) / effective_minutes(law=law)


def round_need_column(need: NDArray[np.float64], minimum_one: NDArray[np.bool_], *, law: Law) -> NDArray[np.int64]:
    """Return the need in whole people under ``abk.pembulatan``; NO_NEED (-1) where *need* is NaN.

    *minimum_one* marks structural posts; they get at least one person where the policy says so.
    """
    policy = law.value("abk.pembulatan")
    clean = half_up_column(need, _DUST)
    whole = np.floor(np.clip(np.nan_to_num(clean), 0, _MOST))
    share = float(policy["pecahan_naik"])
    up = (clean > whole) & (clean >= whole + share)
    people = whole.astype(np.int64) + up
    if policy["minimal_satu"]:
        people = np.where(minimum_one, np.maximum(people, 1), people)
    return np.where(np.isnan(need), NO_NEED, people).astype(np.int64)


def ej_column(beban: NDArray[np.float64], incumbents: NDArray[np.int64], *, law: Law) -> NDArray[np.float64]:
    """Return the effectiveness (n): workload over incumbents times effective minutes; NaN without incumbents.

    For a jabatan this is EJ, for a unit (its workload and staff) EU. The divisor is the staff present, not the computed
    need, which would make every effectiveness one.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(incumbents > 0, beban / (incumbents * effective_minutes(law=law)), np.nan)


def ej_grade_column(ej: NDArray[np.float64], *, law: Law) -> NDArray[np.str_]:
    """Return the category (n, ``A`` .. ``E``) of each effectiveness; empty for NaN.

    Rounded first as ``abk.pembulatan_ej`` says (default: half-up to two decimals, the form in which bands are printed).
    """
    places = law.value("abk.pembulatan_ej")
    return grade_column(ej if places is None else half_up_column(ej, int(places)), law=law)


def grade_column(ej: NDArray[np.float64], *, law: Law) -> NDArray[np.str_]:
    """Return the category (n) of effectiveness values as they stand, without rounding; empty for NaN or below 0."""
    bands: list[dict[str, Any]] = law.value("abk.kategori_ej")
    # A bound that does not belong to its band ("above 1.00") begins at the next float.
    lower = [{**band, "batas": np.nextafter(band["batas"], np.inf) if band.get("di_atas") else band["batas"]}
             for band in bands]  # fmt: skip
    return np.array([*(str(band["kategori"]) for band in bands), ""])[band_index(ej, lower)]


@dataclass(frozen=True, slots=True)
class Projection:
    """Staff against need for years 1..t: ``balance`` (t) = existing - all gone so far - need; negative = short."""

    gap: int
    balance: NDArray[np.int64]

    @property
    def shortage(self) -> NDArray[np.int64]:
        """Cumulative shortage (t), 0 where there is none."""
        return np.maximum(-self.balance, 0)


def projection(existing: int, need: int, bup: NDArray[np.int64], pppk_end: NDArray[np.int64]) -> Projection:
    """Project the gap (Peraturan BKN 9/2022): pensions *bup* and contract ends *pppk_end* per year (t), no hiring."""
    gone = np.cumsum(bup + pppk_end)
    return Projection(existing - need, (existing - need - gone).astype(np.int64))


def published_derivation(days: float, minutes_a_day: float, *, law: Law) -> tuple[Mapping[str, Any] | None, InForce]:
    """Return the printed derivation of effective hours with these *days* and *minutes_a_day*, if one is on file."""
    known = law.parameter("abk.turunan_jam_efektif")
    for entry in known.value:
        if entry["hari"] == days and entry["menit_hari"] == minutes_a_day:
            return entry, known
    return None, known


def projection_years(*, law: Law) -> int:
    """Return how many years ahead the need is projected."""
    return int(law.value("abk.tahun_proyeksi"))
