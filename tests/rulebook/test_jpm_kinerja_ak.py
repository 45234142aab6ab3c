"""JPM, predikat, angka kredit and kelas jabatan as columns."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from penata.rulebook import angka_kredit, jpm, kelas_jabatan, kinerja
from penata.rulebook.legislation import Law

DAY = date(2026, 12, 31)
LAW = Law(DAY)
levels = arrays(np.float64, (4, 9), elements=st.integers(0, 5).map(float) | st.just(np.nan))


@given(levels, levels)
def test_jpm_formulas_agree_where_they_must(achieved: np.ndarray, standard: np.ndarray) -> None:
    raw = jpm.ratio_of_sums_column(achieved, standard, law=LAW)
    capped = jpm.ratio_of_sums_capped_column(achieved, standard, law=LAW)
    mean = jpm.mean_of_ratios_column(achieved, standard, law=LAW)
    known = ~np.isnan(raw)
    assert np.array_equal(np.isnan(raw), np.isnan(capped))
    assert np.all(capped[known] <= np.minimum(raw[known], 100))
    assert np.all((mean[known] >= 0) & (mean[known] <= 100 + 1e-9))
    asked_zero = np.nansum(np.where(np.isnan(achieved), np.nan, standard), axis=1) == 0
    assert np.array_equal(np.isnan(raw), asked_zero)


@given(levels)
def test_meeting_every_standard_is_exactly_one_hundred(standard: np.ndarray) -> None:
    raw = jpm.ratio_of_sums_column(standard, standard, law=LAW)
    assert np.all((raw == 100) | np.isnan(raw))


def test_the_formula_follows_the_choice_of_the_agency() -> None:
    achieved, standard = np.array([[4.0, 2.0]]), np.array([[2.0, 2.0]])
    chosen = {name: float(jpm.jpm_column(achieved, standard, law=Law(DAY, {"jpm.metode": name}))[0])
              for name in ("rasio-jumlah", "rasio-jumlah-dibatasi", "rerata-rasio")}  # fmt: skip
    assert chosen == {"rasio-jumlah": 150, "rasio-jumlah-dibatasi": 100, "rerata-rasio": 100}
    assert jpm.jpm_column(achieved, standard, law=LAW)[0] == 150


def test_unknown_jpm_has_no_category() -> None:
    values = np.array([np.nan, 0, 100])
    assert jpm.category_column(values, "seleksi", law=LAW).tolist() == ["", "KMS", "MS"]
    assert jpm.category_column(values, "pemetaan", law=LAW).tolist() == ["", "kurang optimal", "optimal"]
    assert jpm.category_column(np.array([]), "seleksi", law=LAW).shape == (0,)
    with pytest.raises(KeyError):
        jpm.category_column(values, "lain", law=LAW)


def test_nobody_assessed_has_no_jpm() -> None:
    nothing = np.full((2, 9), np.nan)
    assert np.isnan(jpm.jpm_column(nothing, np.full((2, 9), 3.0), law=LAW)).all()
    assert jpm.jpm_column(np.zeros((0, 9)), np.zeros((0, 9)), law=LAW).shape == (0,)


def test_better_ratings_never_give_a_worse_predikat() -> None:
    order = ["sangat kurang", "kurang", "butuh perbaikan", "baik", "sangat baik"]
    for fixed in kinerja.RATING:
        by_conduct = kinerja.predikat_column(np.full(3, fixed), np.array(kinerja.RATING), law=LAW)
        by_result = kinerja.predikat_column(np.array(kinerja.RATING), np.full(3, fixed), law=LAW)
        for found in (by_conduct, by_result):
            ranks = [order.index(str(predikat)) for predikat in found]
            assert ranks == sorted(ranks)
    assert kinerja.predikat_column(np.array(["", "atas"]), np.array(["atas", "x"]), law=LAW).tolist() == ["", ""]


@pytest.mark.parametrize("jenjang", ["ahli pertama", "ahli muda", "penyelia", "pemula"])
def test_twelve_months_are_one_year_of_angka_kredit(jenjang: str) -> None:
    levels_of, predikat = np.array([jenjang]), np.array(["baik"])
    annual = angka_kredit.annual_column(levels_of, predikat, law=LAW)
    assert angka_kredit.periodic_column(levels_of, predikat, np.array([12]), law=LAW) == annual
    assert np.isnan(angka_kredit.annual_column(np.array(["juru"]), predikat, law=LAW))[0]


@pytest.mark.parametrize("jenjang", ["ahli pertama", "ahli muda", "ahli madya", "mahir", "terampil", "pemula"])
def test_the_thresholds_of_all_pangkat_fill_the_jenjang(jenjang: str) -> None:
    entry = LAW.value("ak.ambang")[jenjang]
    last = angka_kredit.ak_dasar(jenjang, entry["golongan"][-1], law=LAW)
    assert last + entry["pangkat"] == entry["jenjang"]


@given(st.lists(st.integers(0, 6000), max_size=20))
def test_a_higher_total_never_has_a_lower_class(totals: list[int]) -> None:
    kelas = kelas_jabatan.kelas_column(np.sort(np.array(totals, dtype=np.int64)), law=LAW)
    assert np.all(np.diff(kelas) >= 0)
    assert np.all((kelas >= 0) & (kelas <= 17))


def test_points_are_multiples_of_five_and_ascend_with_the_level() -> None:
    for table in (kelas_jabatan.MANAJERIAL, kelas_jabatan.NONMANAJERIAL):
        for points in kelas_jabatan.factors(table, law=LAW).values():
            assert list(points) == sorted(set(points))
            assert all(value % LAW.value("kelas_jabatan.langkah_nilai") == 0 for value in points)


def test_a_level_that_a_factor_does_not_have_is_refused() -> None:
    with pytest.raises(IndexError):
        kelas_jabatan.points_column(np.array([[6, 1, 1, 1, 1, 1, 1]]), kelas_jabatan.MANAJERIAL, law=LAW)
    with pytest.raises(IndexError):
        kelas_jabatan.points_column(np.array([[0, 1, 1, 1, 1, 1, 1]]), kelas_jabatan.MANAJERIAL, law=LAW)
