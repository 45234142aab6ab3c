"""Tables that several results share: every posisi counts once, and nothing is counted that nobody knows."""

from types import SimpleNamespace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.report.tabel import SUMS, figure, fit_bins, offices, short_figure, signed, totals, without_bezetting

COLUMNS = {
    "kode": pl.String, "perangkat_daerah": pl.String, "nama_perangkat_daerah": pl.String, "bezetting": pl.Float64,
    "kebutuhan": pl.Float64, "selisih": pl.Float64, "keadaan": pl.String,
}  # fmt: skip


def posisi(rows):
    return pl.DataFrame(
        [
            (
                f"P-{n}", office, None if office is None else f"Dinas {office}", have, need,
                None if need is None else have - need,
                "tanpa kebutuhan" if need is None else "kosong" if need and not have else "sesuai",
            )
            for n, (office, have, need) in enumerate(rows)
        ],
        schema=COLUMNS,
        orient="row",
    )  # fmt: skip


people = st.floats(0, 50).map(lambda value: round(value, 2))
posts = st.lists(
    st.tuples(st.sampled_from(["A", "B", "C", None]), people, st.one_of(st.none(), people)), min_size=1, max_size=40
)


@given(posts)
def test_offices_add_up_to_the_agency(rows):
    frame = posisi(rows)
    table = offices(SimpleNamespace(posisi=frame))
    total = totals(table)
    known = [(have, need) for _office, have, need in rows if need is not None]
    assert total["posisi"] == len(rows)
    assert total["bezetting"] == pytest.approx(sum(have for _office, have, _need in rows))
    assert (total["kebutuhan"] is None) == (not known)
    assert total["kurang"] == pytest.approx(sum(max(need - have, 0) for have, need in known))
    assert total["lebih"] == pytest.approx(sum(max(have - need, 0) for have, need in known))
    for row in table.iter_rows(named=True):
        if row["selisih"] is not None:
            assert row["selisih"] == pytest.approx(row["lebih"] - row["kurang"], abs=1e-9)


def test_what_nobody_knows_stays_open():
    table = offices(SimpleNamespace(posisi=posisi([("A", 3.0, None), ("A", 1.0, None), (None, 1.0, 2.0)])))
    assert table.select("nama", "kebutuhan", "selisih").rows() == [("Dinas A", None, None), ("tanpa unit", 2.0, -1.0)]
    blank = without_bezetting(posisi([("A", 3.0, 5.0)]))
    assert blank.select("bezetting", "selisih", "kebutuhan", "keadaan").row(0) == (None, None, 5.0, "tanpa kebutuhan")
    assert totals(table.clear()) == dict.fromkeys(SUMS)


def test_bins_of_fit_hold_every_mover_and_the_full_score():
    moves = pl.DataFrame(
        {
            "posisi_lama": ["a", "b", "c", "d", "e"],
            "posisi_baru": ["b", "c", "d", "d", None],
            "skor_lama": [650, 700, 999, 10, 20],
            "skor_baru": [699, 1000, 1000, 10, None],
        }
    )
    bins = fit_bins(SimpleNamespace(penempatan=SimpleNamespace(usulan=moves)))
    assert bins.rows() == [("600–699", 1, 1), ("700–799", 1, 0), ("800–899", 0, 0), ("900–1.000", 1, 2)]
    nobody = SimpleNamespace(penempatan=SimpleNamespace(usulan=moves.clear()))
    assert fit_bins(nobody).is_empty()
    assert fit_bins(SimpleNamespace(penempatan=None)).is_empty()


@pytest.mark.parametrize(
    ("value", "long", "short", "sign"),
    [
        (None, "–", "–", "–"),
        (0.0, "0", "0", "0"),
        (1234.0, "1.234", "1.234", "+1.234"),
        (-2.5, "-2,50", "-2,5", "−2,50"),
        (7180.33, "7.180,33", "7.180", "+7.180,33"),
    ],
)
def test_figures_are_written_as_people_write_them(value, long, short, sign):
    assert (figure(value), short_figure(value), signed(value)) == (long, short, sign)
