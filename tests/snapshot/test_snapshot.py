"""The digest is about content: neither row order, column order nor the way a missing value was written matters."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.agency import PER, small_agency, tables

from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import build, canonicalise

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=6)
numbers = st.floats(allow_nan=True, allow_infinity=False)
tasks = st.lists(
    st.fixed_dictionaries(
        {"posisi": texts, "tugas": st.none() | texts, "volume": st.none() | numbers, "norma_waktu": st.none() | numbers}
    ),
    max_size=12,
)
KINDS = {name: TABLES["beban_kerja"].polars_schema[name] for name in ("posisi", "tugas", "volume", "norma_waktu")}


def workload(rows):
    return pl.DataFrame(rows, schema=KINDS)


@settings(deadline=None, max_examples=60)
@given(tasks, st.randoms())
def test_same_rows_in_any_order_of_rows_and_columns_are_the_same_snapshot(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    columns = list(KINDS)
    random.shuffle(columns)
    one = build("Kota", PER, {"beban_kerja": workload(rows)})
    two = build("Kota", PER, {"beban_kerja": workload(shuffled).select(columns)})
    assert one.digest == two.digest
    assert one["beban_kerja"].equals(two["beban_kerja"])


@settings(deadline=None, max_examples=60)
@given(tasks, st.data())
def test_another_content_is_another_digest(rows, data):
    frame = canonicalise("beban_kerja", workload(rows))
    other = canonicalise("beban_kerja", workload(data.draw(tasks)))
    same = build("K", PER, {"beban_kerja": frame}).digest == build("K", PER, {"beban_kerja": other}).digest
    assert same == frame.equals(other)


def test_null_text_cannot_be_forged_and_empty_text_is_null():
    def digest(task):
        return build("K", PER, {"beban_kerja": workload([{"posisi": "P", "tugas": task}])}).digest

    assert digest(None) == digest("")
    assert len({digest(None), digest("\\N"), digest('"\\N"'), digest("a,b"), digest('a","b'), digest("a\nb")}) == 6


def test_smallest_difference_of_a_float_counts_but_not_the_sign_of_zero():
    def digest(volume):
        return build("K", PER, {"beban_kerja": workload([{"posisi": "P", "volume": volume}])}).digest

    assert digest(0.3) != digest(0.1 + 0.2)
    assert digest(0.0) == digest(-0.0)
    assert digest(float("nan")) == digest(None)


def test_infinite_numbers_unknown_tables_and_columns_are_refused():
    with pytest.raises(ValueError, match="volume"):
        build("K", PER, {"beban_kerja": workload([{"posisi": "P", "volume": float("inf")}])})
    with pytest.raises(ValueError, match="gaji"):
        build("K", PER, {"gaji": pl.DataFrame()})
    with pytest.raises(ValueError, match="gaji"):
        build("K", PER, {"pegawai": pl.DataFrame({"nip": ["1"], "gaji": [1]})})


def test_day_and_agency_are_content():
    bare = build("Kota", PER, {}).digest
    assert build("Kota", date(2026, 12, 30), {}).digest != bare
    assert build("Kota\n", PER, {}).digest != bare


def test_empty_snapshot_has_every_table_typed():
    snapshot = build("Kota", PER, {})
    assert set(snapshot.tables) == set(TABLES)
    assert all(dict(snapshot[name].schema) == TABLES[name].polars_schema for name in TABLES)
    assert not snapshot.has("posisi")
    assert snapshot.holders.is_empty()


def test_all_null_column_is_typed():
    frame = canonicalise("pegawai", pl.DataFrame({"nip": ["1"], "tanggal_lahir": [None]}))
    assert frame["tanggal_lahir"].dtype == pl.Date


def test_small_agency_survives_shuffling_of_every_table():
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=7) for name, frame in tables().items()}
    assert build("Pemerintah Kota Contoh", PER, shuffled).digest == small_agency().digest


def test_holders_come_from_pegawai_where_no_sheet_of_holders_was_brought():
    without = build("K", PER, {name: frame for name, frame in tables().items() if name != "pemangku"}).holders
    full = small_agency().holders.filter(pl.col("jenis") == "definitif")
    assert without.select("nip", "posisi", "tmt").equals(full.select("nip", "posisi", "tmt"))


def test_sheet_with_plt_only_leaves_the_definitive_holders_of_pegawai():
    changed = tables()
    changed["pemangku"] = changed["pemangku"].filter(pl.col("jenis") == "plt")
    assert build("K", PER, changed).holders["jenis"].value_counts().sort("count")["count"].to_list() == [1, 29]


def test_definitive_row_of_pemangku_wins_over_pegawai():
    changed = tables()
    nip = "196903121994031001"
    changed["pegawai"] = changed["pegawai"].with_columns(
        posisi=pl.when(pl.col("nip") == nip).then(pl.lit("P-05")).otherwise("posisi")
    )
    holders = build("K", PER, changed).holders
    assert holders.filter(pl.col("nip") == nip)["posisi"].to_list() == ["P-01"]
