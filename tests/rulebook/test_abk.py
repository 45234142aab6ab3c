"""Workload as columns: laws of arithmetic that every ABK keeps, and the edges of policies."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook import abk
from penata.rulebook.legislation import Law

DAY = date(2026, 12, 31)
LAW = Law(DAY)
amounts = st.integers(0, 10**7).map(lambda tenths: tenths / 10)


def _minutes(metode: str = "", volume: float = np.nan, periode: str = "", norma: float = np.nan, satuan: str = "",
             standar: float = np.nan, law: Law = LAW) -> float:  # fmt: skip
    found = abk.annual_minutes_column(
        np.array([metode]), np.array([volume]), np.array([periode]), np.array([norma]), np.array([satuan]),
        np.array([standar]), law=law,
    )  # fmt: skip
    return float(found[0])


@pytest.mark.parametrize(
    ("row", "minutes"),
    [
        ({"volume": 12, "norma": 240}, 2880),
        ({"volume": 12, "periode": "bulan", "norma": 2, "satuan": "jam"}, 12 * 12 * 120),
        ({"volume": 1, "periode": "hari", "norma": 300}, 75000),
        ({"volume": 1, "periode": "minggu", "norma": 1, "satuan": "minggu"}, 75000),
        ({"volume": 1, "norma": 1, "satuan": "tahun"}, 75000),
        ({"metode": abk.HASIL, "volume": 500, "standar": 100}, 5 * 75000),
        ({"metode": abk.OBJEK, "volume": 150, "periode": "hari", "standar": 50}, 3 * 75000),
        ({"metode": abk.PERALATAN, "volume": 20, "standar": 2}, 40 * 75000),
        ({"volume": 0, "norma": 240}, 0),
    ],
)
def test_the_minutes_of_a_row(row: dict[str, float], minutes: float) -> None:
    assert _minutes(**row) == minutes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row",
    [
        {"volume": 12}, {"norma": 240}, {"volume": -1, "norma": 240}, {"volume": 1, "norma": 1, "satuan": "abad"},
        {"volume": 1, "norma": 1, "periode": "abad"}, {"metode": "kira-kira", "volume": 1, "norma": 1},
        {"metode": abk.HASIL, "volume": 500}, {"metode": abk.HASIL, "volume": 500, "standar": 0},
        {"metode": abk.PERALATAN, "volume": 5},
    ],
)  # fmt: skip
def test_a_row_without_what_it_needs_has_no_minutes(row: dict[str, float]) -> None:
    assert np.isnan(_minutes(**row))  # type: ignore[arg-type]


@pytest.mark.parametrize("variant", ["baku", "75000", "72000", "78000", "90420"])
def test_a_year_of_days_weeks_and_months_is_one_person(variant: str) -> None:
    law = Law(DAY, {"abk.waktu_kerja_efektif": variant})
    person = abk.effective_minutes(law=law)
    for unit in ("hari", "minggu", "bulan", "tahun"):
        year = _minutes(volume=1, periode=unit, norma=1, satuan=unit, law=law)
        # Printed tables are rounded: 235 days of 5 h 36 min are 78,960 minutes where 78,000 was adopted.
        assert year == pytest.approx(person, rel=0.015)


def test_the_agency_may_choose_the_table_of_units_itself() -> None:
    law = Law(DAY, {"abk.waktu_kerja_efektif": "72000", "abk.menit_per_satuan": "75000"})
    assert _minutes(volume=1, norma=1, satuan="bulan", law=law) == 6250
    assert _minutes(volume=1, norma=1, satuan="bulan", law=Law(DAY, {"abk.waktu_kerja_efektif": "72000"})) == 6000


def _people(need: float, structural: bool = False, variant: str | None = None) -> int:
    law = Law(DAY, {"abk.pembulatan": variant} if variant else {})
    return int(abk.round_need_column(np.array([need]), np.array([structural]), law=law)[0])


@given(amounts, amounts, amounts)
def test_more_work_never_needs_fewer_people(work: float, volume: float, norma: float) -> None:
    more = _minutes(volume=volume, norma=norma)
    before, after = abk.need_column(np.array([work, work + more]), law=LAW)
    assert before <= after
    for variant in ("setengah-ke-atas", "ke-atas", "minimal-satu-struktural"):
        assert _people(before, True, variant) <= _people(after, True, variant)


@given(st.integers(0, 200_000))
def test_rounding_to_people_is_ordinary_rounding(hundredths: int) -> None:
    need = hundredths / 100
    assert _people(need) == (hundredths + 50) // 100
    assert _people(need, variant="ke-atas") == -(-hundredths // 100)
    assert _people(need, True, "minimal-satu-struktural") == max(1, (hundredths + 50) // 100)
    assert _people(need, False, "minimal-satu-struktural") == (hundredths + 50) // 100


def test_binary_dust_does_not_lose_half_a_person() -> None:
    minutes = np.full(75, 0.1).cumsum()[-1] * 5000  # 7.499999999999985 x 5000 in binary, 37,500 on paper
    assert minutes != 37500
    need = abk.need_column(np.array([minutes]), law=LAW)
    assert need.tolist() == [0.5]
    assert _people(float(need[0])) == 1


def test_without_workload_there_is_no_need() -> None:
    need = abk.need_column(np.array([np.nan, 75000.0]), law=LAW)
    assert np.isnan(need[0])
    assert abk.round_need_column(need, np.array([True, False]), law=LAW).tolist() == [abk.NO_NEED, 1]
    assert abk.need_column(np.array([]), law=LAW).shape == (0,)


@given(st.lists(st.floats(0, 3), max_size=20))
def test_a_higher_effectiveness_never_has_a_worse_category(values: list[float]) -> None:
    ordered = np.sort(np.array(values))
    for variant in ("baku", "keuangan-2002", "keluarga-ketiga"):
        law = Law(DAY, {"abk.kategori_ej": variant})
        grades = [str(grade) for grade in abk.ej_grade_column(ordered, law=law)]
        assert grades == sorted(grades, reverse=True)
        assert "" not in grades


def test_effectiveness_needs_incumbents() -> None:
    ej = abk.ej_column(np.array([75000.0, 75000.0, np.nan]), np.array([2, 0, 1]), law=LAW)
    assert ej[0] == 0.5
    assert np.isnan(ej[1:]).all()
    assert abk.ej_grade_column(ej, law=LAW).tolist() == ["D", "", ""]


def test_the_policy_on_rounding_decides_at_the_edge() -> None:
    edge = np.array([1.004, 0.8999])
    assert abk.ej_grade_column(edge, law=LAW).tolist() == ["B", "B"]
    assert abk.ej_grade_column(edge, law=Law(DAY, {"abk.pembulatan_ej": "tanpa"})).tolist() == ["A", "C"]


people = st.lists(st.integers(0, 50), min_size=1, max_size=6)


@given(st.integers(0, 500), st.integers(0, 500), people)
def test_a_projection_ends_with_everybody_who_left(existing: int, need: int, leaving: list[int]) -> None:
    gone = np.array(leaving)
    found = abk.projection(existing, need, gone, np.zeros_like(gone))
    assert found.balance[-1] == existing - need - gone.sum()
    assert np.all(np.diff(found.balance) <= 0)
    assert np.array_equal(found.shortage, np.maximum(0, -found.balance))
    assert abk.projection_years(law=LAW) == 5


def test_no_warning_and_no_overflow_for_absurd_workloads() -> None:
    need = abk.need_column(np.array([1e300, np.inf, 1e20]), law=LAW)
    assert (abk.round_need_column(need, np.zeros(3, dtype=bool), law=LAW) > 0).all()
