"""The proposal: lawful, within seats, proved for every lawful pair, the same under shuffled rows, explained."""

from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.agency import PER, small_agency
from tests.analysis.proposals import changed, proposal
from tests.analysis.test_kelayakan import city

from penata.analysis import _pembuktian
from penata.analysis._kursi_tersedia import build_problem, seats
from penata.analysis._usulan import split_price
from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.kelayakan import Kelayakan, sparse_rows
from penata.analysis.penempatan import PenempatanError
from penata.analysis.policy import Kebijakan, KebijakanMendesak
from penata.placement.check import Fault, Report, Violation, check
from penata.placement.result import Tiers
from penata.placement.solve import solve
from penata.snapshot.snapshot import build


@cache
def city_proposal():
    return proposal(city())


def moved(found):
    return found.usulan.filter(
        pl.col("posisi_baru").is_not_null() & pl.col("posisi_baru").ne_missing(pl.col("posisi_lama"))
    )


def assert_lawful(found):
    """Assert that nobody is proposed against a rule, beyond the seats, or pushed out of a lawful seat."""
    pasangan = found.kelayakan.pasangan
    rows = moved(found)
    people = [pasangan.orang.index[nip] for nip in rows["nip"]]
    posts = [pasangan.kursi.index[kode] for kode in rows["posisi_baru"]]
    assert (pasangan.refused_bits(people, posts) == 0).all()
    seated = found.usulan.filter(pl.col("jenis") != "kelebihan").group_by("posisi_baru").len().drop_nulls()
    capacity = dict(zip(found.kode_posisi, found.problem.capacity.tolist(), strict=True))
    assert all(row["len"] <= capacity[row["posisi_baru"]] for row in seated.iter_rows(named=True))
    status = dict(zip(pasangan.kursi.tabel["kode"], pasangan.kursi.tabel["status"], strict=True))
    for row in found.usulan.filter(pl.col("jenis") == "belum tertempatkan").iter_rows(named=True):
        held = row["posisi_lama"]
        over = held and dict(zip(found.posisi["kode"], found.posisi["selisih_sekarang"], strict=True))[held]
        assert held is None or status[held] == "dihapus" or (over or 0) > 0
    assert check(found.problem, found.result).sound
    assert found.ringkas["celah"] == 0


def test_city_proposal_is_lawful_and_improves_the_agency():
    found = city_proposal()
    assert_lawful(found)
    brief = found.ringkas
    assert brief["pindah"] == moved(found).height > 0
    assert brief["skor_rata_sesudah"] > brief["skor_rata_sebelum"]
    assert brief["kritis_terisi_sesudah"] >= brief["kritis_terisi_sebelum"]
    assert brief["kelebihan_sesudah"] <= brief["kelebihan_sebelum"]
    assert found.usulan["nip"].to_list() == list(found.nip)
    assert found.usulan["alasan"].str.contains("{", literal=True).sum() == 0
    assert found.usulan["alasan"].null_count() == 0


def test_nobody_is_proposed_for_a_lower_kelas_unless_allowed():
    lower = pl.col("kelas_baru") < pl.col("kelas_lama")
    assert moved(city_proposal()).filter(lower).height == 0


def test_means_compare_the_same_people():
    found = city_proposal()
    both = found.usulan.filter(pl.col("posisi_lama").is_not_null() & pl.col("posisi_baru").is_not_null())
    assert found.ringkas["orang_dibandingkan"] == both.height
    assert found.ringkas["skor_rata_sebelum"] == pytest.approx(both["skor_lama"].mean())
    assert found.ringkas["skor_rata_sesudah"] == pytest.approx(both["skor_baru"].mean())
    assert (both["kenaikan"] == both["skor_baru"] - both["skor_lama"]).all()


def test_proposal_is_the_best_over_every_lawful_pair():
    found = proposal(city(), calon_per_pegawai=1, calon_per_posisi=1)
    pasangan = found.kelayakan.pasangan
    n, m = len(pasangan.orang), len(pasangan.kursi)
    people, posts = np.divmod(np.arange(n * m), m)
    lawful = pasangan.refused_bits(people, posts) == 0
    every = Kelayakan(pasangan, *[found.kelayakan.layak] * 3, *sparse_rows(pasangan, people[lawful], posts[lawful]))
    law = pasangan.law
    whole = build_problem(every, seats(pasangan, compute_kebutuhan(city(), law=law)), found.problem.move_cost)
    assert whole.edges > found.problem.edges
    best = solve(whole)
    critical = whole.critical[best.assignment].sum()
    assert (critical, best.score - whole.move_cost * best.moves) == (
        found.problem.critical[found.result.assignment].sum(),
        found.result.score - found.problem.move_cost * found.result.moves,
    )
    assert found.ringkas["putaran"] > 1
    assert found.ringkas["pasangan_ditambahkan"] > 0
    assert found.ringkas["poin"] == city_proposal().ringkas["poin"]


def test_shuffled_rows_give_the_same_proposal():
    snapshot = city()
    shuffled = build(
        snapshot.instansi,
        snapshot.per,
        {name: frame.sample(fraction=1.0, shuffle=True, seed=8) for name, frame in snapshot.tables.items()},
    )
    one, two = city_proposal(), proposal(shuffled)
    assert one.usulan.equals(two.usulan)
    assert one.posisi.equals(two.posisi)
    assert one.mendesak.equals(two.mendesak)
    assert one.ringkas == two.ringkas


def test_chains_link_the_seats():
    rows = moved(city_proposal()).sort("rantai", "urutan_rantai")
    assert rows["rantai"].null_count() == 0
    assert rows["rantai"].unique().sort().to_list() == list(range(1, city_proposal().ringkas["rantai"] + 1))
    for _chain, links in rows.group_by("rantai", maintain_order=True):
        assert links["urutan_rantai"].to_list() == list(range(1, links.height + 1))
        assert links["posisi_baru"].to_list()[1:] == links["posisi_lama"].to_list()[:-1]


def test_surplus_takes_a_needed_lawful_seat_and_else_stays_as_kelebihan():
    before = proposal(small_agency())
    rows = before.usulan.filter(pl.col("posisi_lama") == "P-04")
    assert sorted(rows["jenis"]) == ["kelebihan", "kelebihan", "tetap"]
    assert rows["posisi_baru"].to_list() == ["P-04"] * 3
    after = proposal(with_work(small_agency(), "P-08", 2))
    moved_rows = moved(after).filter(pl.col("posisi_lama") == "P-04")
    assert moved_rows["posisi_baru"].to_list() == ["P-08"] * moved_rows.height
    assert moved_rows.height >= 1
    assert "kelebihan" in moved_rows["alasan"][0]
    assert_lawful(after)


def test_surplus_without_the_right_to_stay_is_unplaced():
    found = proposal(small_agency(), kelebihan_boleh_tetap=False)
    rows = found.usulan.filter(pl.col("posisi_lama") == "P-04")
    assert sorted(rows["jenis"]) == ["belum tertempatkan", "belum tertempatkan", "tetap"]
    assert_lawful(found)


def test_holders_of_an_abolished_posisi_move_or_are_listed():
    found = proposal(changed(small_agency(), "posisi", "kode", "P-20", status="dihapus"), turun_kelas=True)
    rows = found.usulan.filter(pl.col("posisi_lama") == "P-20")
    assert set(rows["jenis"]) <= {"mutasi", "belum tertempatkan"}
    assert "P-20" not in found.usulan["posisi_baru"].to_list()
    assert found.posisi.filter(pl.col("kode") == "P-20")["bezetting_usulan"].item() == 0
    assert_lawful(found)


def with_work(snapshot, kode, times):
    """Return *snapshot* with the workload of one posisi multiplied."""
    frame = snapshot["beban_kerja"].with_columns(
        volume=pl.when(pl.col("posisi") == kode).then(pl.col("volume") * times).otherwise(pl.col("volume"))
    )
    return build(snapshot.instansi, PER, dict(snapshot.tables) | {"beban_kerja": frame})


def test_who_must_move_is_placed_before_score_counts():
    """Sulastri can only have a seat at P-08 if Tirta leaves it for P-20, which costs more points than she brings."""
    snapshot = with_work(changed(small_agency(), "posisi", "kode", "P-04", status="dihapus"), "P-20", 3)
    found = proposal(snapshot, biaya_pindah=1000)
    seat = dict(found.usulan.select("nip", "posisi_baru").iter_rows())
    assert seat["197909092007012001"] == "P-08"
    assert "P-20" in {seat["199110302014021001"], seat["198803192010012001"]}
    assert found.usulan.filter(pl.col("posisi_lama") == "P-04")["posisi_baru"].null_count() == 0
    assert found.usulan.filter(pl.col("nip") == "197909092007012001")["alasan"].item().count("dihapus") == 1
    assert_lawful(found)


def test_frozen_posisi_takes_nobody_and_keeps_its_holders():
    found = proposal(changed(small_agency(), "posisi", "kode", "P-16", status="dibekukan"))
    rows = found.usulan.filter((pl.col("posisi_lama") == "P-16") | (pl.col("posisi_baru") == "P-16"))
    assert rows["jenis"].to_list() == ["tetap"] * 4


def test_unknown_need_keeps_as_many_as_there_are():
    snapshot = small_agency()
    tables = dict(snapshot.tables) | {
        "beban_kerja": snapshot["beban_kerja"].clear(),
        "posisi": snapshot["posisi"].with_columns(kebutuhan=pl.lit(None, pl.Float64)),
    }
    found = proposal(build(snapshot.instansi, PER, tables))
    assert found.posisi["kebutuhan"].null_count() == found.posisi.height
    assert (found.posisi["bezetting_usulan"] <= found.posisi["bezetting_sekarang"]).all()
    assert found.ringkas["kelebihan_sebelum"] == found.ringkas["kekurangan_sebelum"] == 0


def test_unsound_solution_is_never_reported(monkeypatch):
    wrong = Report((Violation(Fault.GAP),), 0, 0, 0, 0)
    monkeypatch.setattr(_pembuktian, "check", lambda problem, result: wrong)
    with pytest.raises(PenempatanError, match="gap"):
        proposal(small_agency())


def test_progress_rises_to_one():
    told = []
    proposal(small_agency(), progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_most_urgent_follow_the_formula():
    policy = KebijakanMendesak(jumlah=3)
    found = proposal(city(), kebijakan=replace(Kebijakan(), mendesak=policy))
    rows = found.mendesak
    assert rows.height == 3
    assert rows["skor_mendesak"].to_list() == sorted(rows["skor_mendesak"], reverse=True)
    everything = proposal(city(), kebijakan=replace(Kebijakan(), mendesak=replace(policy, jumlah=10_000))).mendesak
    posts = found.posisi.join(everything, on="kode")
    empty = posts.filter((pl.col("bezetting_sekarang") == 0) & ~pl.col("kritis") & (pl.col("kebutuhan") == 1))
    assert empty.height > 0
    assert set(empty["skor_mendesak"]) == {policy.kosong + policy.kekurangan + policy.per_orang}
    layak = dict(found.kelayakan.per_posisi.select("kode", "layak").iter_rows())
    assert all(row["calon_layak"] == layak[row["kode"]] for row in rows.iter_rows(named=True))


@given(points=st.integers(-(10**6), 10**6), seats_=st.integers(-2, 3), places=st.integers(-1, 1))
def test_prices_split_into_points_and_critical_seats(points, seats_, places):
    tiers = Tiers(critical=2 * (2 * 10**6 + 1) * 2, place=2 * 10**6 + 1)
    price = np.array([points + seats_ * tiers.critical + places * tiers.place])
    found, critical = split_price(price, tiers)
    assert (found[0], critical[0]) == (points, seats_)


EMPTY = ("pegawai", "jabatan", "riwayat_jabatan", "asesmen", "predikat_kinerja", "unit", "beban_kerja", "minat")


@pytest.mark.parametrize("table", EMPTY)
def test_proposals_without_some_table(table):
    snapshot = small_agency()
    tables = {name: frame for name, frame in snapshot.tables.items() if name != table}
    found = proposal(build(snapshot.instansi, PER, tables))
    assert found.usulan.height == (0 if table == "pegawai" else 30)
    assert_lawful(found)


statuses = st.dictionaries(
    st.sampled_from([f"P-{n:02d}" for n in range(1, 21)]),
    st.sampled_from(["dihapus", "dibekukan", "aktif"]),
    max_size=5,
)
volumes = st.lists(st.sampled_from([0.3, 1.0, 2.5]), min_size=25, max_size=25)
flags = st.fixed_dictionaries(
    {
        name: st.booleans()
        for name in ("turun_kelas", "ganti_rumpun_fungsional", "promosi", "masa_jabatan_min", "kelebihan_boleh_tetap",
                     "pppk_pindah", "bidang_studi_wajib", "perpindahan_jalur", "wilayah_sendiri")
    }
    | {"biaya_pindah": st.sampled_from([0, 60, 400]), "calon_per_pegawai": st.sampled_from([1, 64])}
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(status=statuses, volume=volumes, policy=flags, gone=st.sets(st.integers(0, 29), max_size=6))
def test_no_proposal_breaks_a_rule(status, volume, policy, gone):
    snapshot = small_agency()
    people = snapshot["pegawai"]["nip"].to_list()
    loose = [people[k] for k in gone]
    tables = dict(snapshot.tables) | {
        "posisi": snapshot["posisi"].with_columns(status=pl.col("kode").replace_strict(status, default="aktif")),
        "beban_kerja": snapshot["beban_kerja"].with_columns(volume=pl.col("volume") * pl.Series(volume)),
        "pemangku": snapshot["pemangku"].filter(~pl.col("nip").is_in(loose)),
        "pegawai": snapshot["pegawai"].with_columns(posisi=pl.when(~pl.col("nip").is_in(loose)).then(pl.col("posisi"))),
    }
    found = proposal(build(snapshot.instansi, PER, tables), **policy)
    assert_lawful(found)
    if not policy["turun_kelas"]:
        assert moved(found).filter(pl.col("kelas_baru") < pl.col("kelas_lama")).height == 0
