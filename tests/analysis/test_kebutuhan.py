"""Need from workload over a whole agency, against sums made by hand."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.agency import PER, small_agency, tables

from penata.analysis.kebutuhan import compute_kebutuhan, workload_minutes
from penata.rulebook.legislation import Law
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import build

LAW = Law(PER)


def posisi(snapshot, kode, law=LAW):
    return compute_kebutuhan(snapshot, law=law).posisi.filter(pl.col("kode") == kode).row(0, named=True)


def with_workload(rows, posisi_rows=None):
    kinds = TABLES["beban_kerja"].polars_schema
    frame = pl.DataFrame(rows, schema={key: kinds[key] for key in {key for row in rows for key in row}} or kinds)
    given_tables = tables() | {"beban_kerja": frame}
    return build("K", PER, given_tables | (posisi_rows or {}))


def changed_posisi(kode, **values):
    here = pl.col("kode") == kode
    frame = tables()["posisi"]
    return {
        "posisi": frame.with_columns(
            pl.when(here).then(pl.lit(value, dtype=frame.schema[name])).otherwise(name).alias(name)
            for name, value in values.items()
        )
    }


def test_small_agency_by_hand():
    snapshot = small_agency()
    # 240 meetings of 180 minutes and 180 papers of 2.5 hours
    assert posisi(snapshot, "P-01")["beban"] == 240 * 180 + 180 * 150
    # 45 documents of 900 minutes and 12 reports a month of 230 minutes
    assert posisi(snapshot, "P-02")["beban"] == 45 * 900 + 12 * 12 * 230
    row = posisi(snapshot, "P-16")
    assert row["kebutuhan_hitung"] == 222_000 / 75_000
    assert (row["kebutuhan_terhitung"], row["kebutuhan"], row["asal"], row["beda"]) == (3, 3.0, "terhitung", False)
    assert row["ej"] == 222_000 / (4 * 75_000)
    assert (row["kategori_ej"], posisi(snapshot, "P-11")["kategori_ej"], posisi(snapshot, "P-09")["ej"]) == (
        "C",
        "A",
        None,
    )


def test_units_count_their_own_and_perangkat_daerah_all_below():
    done = compute_kebutuhan(small_agency(), law=LAW)
    unit = done.unit.filter(pl.col("unit") == "U-02").row(0, named=True)
    whole = done.perangkat_daerah.filter(pl.col("unit") == "U-02").row(0, named=True)
    assert (unit["kebutuhan"], unit["bezetting"]) == (6.0, 5.0)
    assert (whole["kebutuhan"], whole["bezetting"]) == (20.0, 18.0)
    assert unit["eu"] == pytest.approx(unit["beban"] / (5 * 75_000))
    assert done.perangkat_daerah["unit"].to_list() == ["U-00", "U-01", "U-02", "U-03"]
    assert done.perangkat_daerah["beban"].sum() == done.posisi["beban"].sum()


def test_staff_without_workload_do_not_lower_the_effectiveness_of_the_unit():
    frame = tables()["beban_kerja"].filter(pl.col("posisi") != "P-04")
    done = compute_kebutuhan(build("K", PER, tables() | {"beban_kerja": frame}), law=LAW)
    unit = done.unit.filter(pl.col("unit") == "U-01").row(0, named=True)
    assert unit["bezetting"] == 6.0
    assert unit["eu"] == pytest.approx((73_620 + 151_200) / (3 * 75_000))


def test_rows_of_several_methods_add_up():
    rows = [
        {"posisi": "P-03", "tugas": "a", "volume": 300.0, "norma_waktu": 250.0},  # one person
        {"posisi": "P-03", "tugas": "b", "volume": 60.0, "standar": 30.0, "metode": "hasil kerja"},  # two
        {"posisi": "P-03", "tugas": "c", "volume": 20.0, "standar": 40.0, "metode": "objek kerja"},  # half
        {"posisi": "P-03", "tugas": "d", "volume": 2.0, "standar": 0.25, "metode": "peralatan kerja"},  # half
    ]
    assert posisi(with_workload(rows), "P-03")["kebutuhan_hitung"] == pytest.approx(4.0)


def test_rows_that_cannot_be_counted_are_counted_as_such():
    rows = [
        {"posisi": "P-03", "tugas": "a", "volume": 300.0, "norma_waktu": 250.0},
        {"posisi": "P-03", "tugas": "b", "volume": None, "norma_waktu": 250.0},
        {"posisi": "P-08", "tugas": "c", "volume": 300.0, "norma_waktu": None},
    ]
    snapshot = with_workload(rows)
    row = posisi(snapshot, "P-03")
    assert (row["beban"], row["baris_beban"], row["baris_cacat"]) == (75_000.0, 2, 1)
    only_bad = posisi(snapshot, "P-08")
    assert (only_bad["beban"], only_bad["kebutuhan_terhitung"], only_bad["baris_cacat"]) == (None, None, 1)
    assert (only_bad["kebutuhan"], only_bad["asal"]) == (2.0, "tercetak")
    none = posisi(snapshot, "P-20")
    assert (none["baris_beban"], none["asal"], none["kebutuhan"]) == (0, "tercetak", 2.0)


def test_printed_and_computed_are_compared_and_the_computed_one_is_used():
    row = posisi(build("K", PER, tables() | changed_posisi("P-03", kebutuhan=4.0)), "P-03")
    assert (row["kebutuhan_tercetak"], row["kebutuhan"], row["beda"]) == (4.0, 2.0, True)


def test_no_need_at_all_is_unknown_not_zero():
    bare = tables() | {"beban_kerja": pl.DataFrame()} | changed_posisi("P-03", kebutuhan=None)
    row = posisi(build("K", PER, bare), "P-03")
    assert (row["kebutuhan"], row["asal"], row["beda"]) == (None, "tidak ada", False)


def test_abolished_posisi_needs_nobody():
    row = posisi(build("K", PER, tables() | changed_posisi("P-03", status="dihapus")), "P-03")
    assert (row["kebutuhan"], row["kebutuhan_terhitung"]) == (0.0, 2)


def test_minimum_of_one_is_for_heads_and_only_where_the_agency_chose_it():
    rows = [{"posisi": kode, "tugas": "a", "volume": 10.0, "norma_waktu": 60.0} for kode in ("P-07", "P-08")]
    chosen = Law(PER, {"abk.pembulatan": "minimal-satu-struktural"})
    snapshot = with_workload(rows)
    assert [posisi(snapshot, kode, chosen)["kebutuhan_terhitung"] for kode in ("P-07", "P-08")] == [1, 0]
    assert posisi(snapshot, "P-07")["kebutuhan_terhitung"] == 0


def test_kind_of_the_catalogue_counts_where_the_map_names_none():
    rows = [{"posisi": "P-07", "tugas": "a", "volume": 10.0, "norma_waktu": 60.0}]
    snapshot = with_workload(rows, changed_posisi("P-07", jenis=None))
    chosen = Law(PER, {"abk.pembulatan": "minimal-satu-struktural"})
    assert posisi(snapshot, "P-07", chosen)["kebutuhan_terhitung"] == 1


def test_another_effective_time_gives_another_need_and_is_remembered():
    law = Law(PER, {"abk.waktu_kerja_efektif": "72000"})
    assert posisi(small_agency(), "P-13", law)["kebutuhan_hitung"] == pytest.approx(75_000 / 72_000)
    assert law.used["abk.waktu_kerja_efektif"].variant == "72000"


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["P-03", "P-04"]),
            st.integers(0, 5_000).map(lambda n: n / 4),
            st.integers(0, 4_000).map(lambda n: n / 8),
        ),
        max_size=30,
    )
)
def test_sum_agrees_with_exact_fractions(entries):
    rows = [{"posisi": p, "tugas": f"t{i}", "volume": v, "norma_waktu": n} for i, (p, v, n) in enumerate(entries)]
    done = compute_kebutuhan(with_workload(rows), law=LAW).posisi
    for kode in ("P-03", "P-04"):
        own = [Fraction(v) * Fraction(n) for p, v, n in entries if p == kode]
        row = done.filter(pl.col("kode") == kode).row(0, named=True)
        if not own:
            assert row["beban"] is None
            continue
        exact = sum(own, Fraction(0))
        assert row["beban"] == pytest.approx(float(exact), abs=1e-5)
        assert row["kebutuhan_terhitung"] == int(exact / 75_000 + Fraction(1, 2))


def test_order_of_rows_does_not_matter():
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=3) for name, frame in tables().items()}
    one = compute_kebutuhan(small_agency(), law=LAW)
    two = compute_kebutuhan(build("K", PER, shuffled), law=LAW)
    assert one.posisi.equals(two.posisi)
    assert one.unit.equals(two.unit)
    assert one.perangkat_daerah.equals(two.perangkat_daerah)


def test_empty_agency_and_map_of_one_row():
    empty = compute_kebutuhan(build("K", PER, {}), law=LAW)
    assert (empty.posisi.height, empty.unit.height, empty.perangkat_daerah.height) == (0, 0, 0)
    assert workload_minutes(build("K", PER, {}), law=LAW).len() == 0
    one = compute_kebutuhan(build("K", PER, {"posisi": pl.DataFrame({"kode": ["A"], "jabatan": ["Lurah"]})}), law=LAW)
    assert one.posisi["kebutuhan"].to_list() == [None]
    assert one.posisi.schema["kebutuhan_terhitung"] == pl.Int64
