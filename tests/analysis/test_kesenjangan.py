"""Gaps: counted by hand on a tiny agency; unknown is not a gap, an expired assessment is marked."""

from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.agency import PER, small_agency, tables

from penata.analysis.kesenjangan import measure_kesenjangan
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import build
from penata.snapshot.vocabulary import KOMPETENSI_INTI

LAW = Law(PER)
A, B, C = "198001012005011001", "198001012005011002", "198001012005011003"


def moved(*rows):
    frame = pl.DataFrame(
        rows,
        schema={"nip": pl.String, "posisi_lama": pl.String, "posisi_baru": pl.String},
        orient="row",
    )
    return SimpleNamespace(usulan=frame)


def agency(*, asesmen=(), teknis=(), standar=None, shuffle=None):
    """Return two posts (Analis asks integritas 3, komunikasi 2, audit 3; Arsiparis komunikasi 4) and three people."""
    standar = standar or [
        ("Analis", "Integritas", 3),
        ("Analis", "komunikasi", 2),
        ("Analis", "Audit Kinerja", 3),
        ("Arsiparis", "komunikasi", 4),
    ]
    plain = {
        "posisi": pl.DataFrame({"kode": ["P-1", "P-2", "P-3"], "jabatan": ["Analis", "Arsiparis", "Tanpa Standar"]}),
        "pegawai": pl.DataFrame({"nip": [A, B, C], "nama": ["Bima", "Ratna", "Dewi"], "posisi": ["P-1", "P-2", None]}),
        "standar_kompetensi": pl.DataFrame(standar, schema=["jabatan", "kompetensi", "level"], orient="row"),
        "asesmen": pl.DataFrame(list(asesmen)),
        "kompetensi_teknis": pl.DataFrame(list(teknis)),
    }
    if shuffle is not None:
        plain = {name: frame.sample(fraction=1, shuffle=True, seed=shuffle) for name, frame in plain.items()}
    return build("Kota Contoh", PER, plain)


def rows(found, **only):
    frame = found.rincian
    for key, value in only.items():
        frame = frame.filter(pl.col(key) == value)
    return [
        (r["nip"], r["kompetensi"], r["standar"], r["capaian"], r["kesenjangan"], r["kedaluwarsa"])
        for r in frame.iter_rows(named=True)
    ]


def test_gaps_are_standard_less_level():
    found = measure_kesenjangan(
        agency(
            asesmen=[{"nip": A, "tanggal": date(2025, 1, 1), "integritas": 1, "komunikasi": 3}],
            teknis=[{"nip": A, "kompetensi": "audit  kinerja", "level": 2, "tanggal": date(2025, 1, 1)}],
        ),
        None,
        law=LAW,
    )
    assert rows(found) == [(A, "Audit Kinerja", 3, 2, 1, False), (A, "integritas", 3, 1, 2, False)]
    assert found.kompetensi.rows() == [("integritas", 1, 2), ("Audit Kinerja", 1, 1)]
    assert found.cakupan == pytest.approx(1 / 3)
    bima, ratna = found.pegawai.sort("nip").iter_rows(named=True)
    assert bima["jpm"] == pytest.approx(100 * (1 + 3) / (3 + 2))
    assert (bima["kesenjangan"], bima["belum_dinilai"]) == (3, 0)
    assert (ratna["jpm"], ratna["kategori_jpm"], ratna["kesenjangan"], ratna["belum_dinilai"]) == (None, None, 0, 1)


def test_only_the_latest_assessment_counts_and_an_expired_one_is_marked():
    old = {"nip": A, "tanggal": date(2020, 1, 1), "berlaku_sampai": date(2023, 1, 1), "integritas": 3, "komunikasi": 2}
    new = {"nip": A, "tanggal": date(2022, 1, 1), "berlaku_sampai": date(2025, 1, 1), "integritas": 2, "komunikasi": 2}
    future = {"nip": A, "tanggal": date(2027, 1, 1), "berlaku_sampai": None, "integritas": 0, "komunikasi": 0}
    found = measure_kesenjangan(agency(asesmen=[old, new, future]), None, law=LAW)
    assert rows(found) == [(A, "integritas", 3, 2, 1, True)]


def test_gaps_against_the_proposed_post_are_listed_for_those_who_move():
    assessed = [{"nip": nip, "tanggal": date(2025, 1, 1), "integritas": 3, "komunikasi": 2} for nip in (A, B, C)]
    proposal = moved((A, "P-1", "P-2"), (B, "P-2", "P-2"), (C, None, "P-1"))
    found = measure_kesenjangan(agency(asesmen=assessed), proposal, law=LAW)
    assert rows(found, terhadap="usulan") == [(A, "komunikasi", 4, 2, 2, False)]
    assert rows(found, terhadap="sekarang") == [(B, "komunikasi", 4, 2, 2, False)]
    assert found.kompetensi.rows() == [("komunikasi", 1, 2)]  # against the posts held only


def test_without_any_assessment_nothing_is_claimed():
    found = measure_kesenjangan(agency(), None, law=LAW)
    assert found.rincian.height == 0
    assert found.cakupan == 0
    assert found.pegawai["belum_dinilai"].to_list() == [3, 1]


def test_an_empty_agency():
    found = measure_kesenjangan(build("Kota Contoh", PER, {}), moved(), law=LAW)
    assert (found.rincian.height, found.pegawai.height, found.cakupan) == (0, 0, 0.0)


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(seed):
    def measured(shuffle):
        assessed = [{"nip": nip, "tanggal": date(2025, 1, 1), "integritas": 1, "komunikasi": 1} for nip in (A, B)]
        return measure_kesenjangan(agency(asesmen=assessed, shuffle=shuffle), moved((B, "P-2", "P-1")), law=LAW)

    assert measured(seed).rincian.equals(measured(None).rincian)
    assert measured(seed).pegawai.equals(measured(None).pegawai)


def test_the_small_city_adds_up():
    found = measure_kesenjangan(small_agency(), None, law=LAW)
    assert found.rincian["kesenjangan"].sum() == found.pegawai["kesenjangan"].sum()
    assert found.kompetensi["tingkat"].sum() == found.pegawai["kesenjangan"].sum()
    assert found.rincian.filter("kedaluwarsa")["nip"].n_unique() == 1
    assert found.cakupan == pytest.approx(24 / 30)
    detail = found.rincian.row(0, named=True)
    table = "kompetensi_teknis" if detail["kompetensi"] not in KOMPETENSI_INTI else "asesmen"
    theirs = small_agency()[table].filter(nip=detail["nip"])
    column = "level" if table == "kompetensi_teknis" else detail["kompetensi"].replace(" ", "_")
    assert detail["capaian"] == theirs[column][0]


def test_a_standard_of_zero_asks_for_nothing():
    plain = tables()
    plain["standar_kompetensi"] = plain["standar_kompetensi"].with_columns(level=pl.lit(0, pl.Int64))
    found = measure_kesenjangan(build("Kota Contoh", PER, plain), None, law=LAW)
    assert found.rincian.height == 0
    assert found.pegawai["belum_dinilai"].sum() == 0
    assert found.pegawai["jpm"].null_count() == found.pegawai.height
