"""Training plan: lawful, maximal, near the proven bound, and the same however the rows are ordered."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from tests.analysis.agency import PER, small_agency, tables

from penata.analysis._pilihan import Items, choose
from penata.analysis.kesenjangan import measure_kesenjangan
from penata.analysis.pelatihan import plan_training
from penata.analysis.policy import Kebijakan, KebijakanPelatihan
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import build

NIPS = [f"19800101200501{k:04d}" for k in range(1, 7)]


def policy(**options):
    return replace(Kebijakan(), pelatihan=KebijakanPelatihan(**options))


def city(*, people=3, level=1, training=(), history=(), status="pns", critical=False, jenis="pelaksana"):
    """Return people in one post that asks komunikasi 3 and kerja sama 3, all of them assessed at *level*."""
    columns = ["kode", "nama", "kompetensi", "level_akhir", "jp", "biaya", "kuota"]
    return build(
        "Kota Contoh",
        PER,
        {
            "unit": pl.DataFrame({"kode": ["U-1"], "nama": ["Dinas Contoh"]}),
            "posisi": pl.DataFrame(
                {"kode": ["P-1"], "jabatan": ["Analis"], "unit": ["U-1"], "kritis": [critical], "jenis": [jenis]}
            ),
            "pegawai": pl.DataFrame(
                {
                    "nip": NIPS[:people],
                    "nama": ["Bima"] * people,
                    "posisi": ["P-1"] * people,
                    "status": [status] * people,
                }
            ),
            "standar_kompetensi": pl.DataFrame(
                {"jabatan": ["Analis"] * 2, "kompetensi": ["komunikasi", "kerja sama"], "level": [3, 3]}
            ),
            "asesmen": pl.DataFrame(
                {"nip": NIPS[:people], "tanggal": [date(2025, 1, 1)] * people, "komunikasi": [level] * people}
            ),
            "pelatihan": pl.DataFrame(list(training), schema=columns, orient="row"),
            "riwayat_pelatihan": pl.DataFrame(list(history)),
        },
    )


def peta_of(snapshot):
    posts = snapshot["posisi"].join(
        snapshot["unit"].select(unit="kode", nama_unit="nama"), on="unit", how="left", maintain_order="left"
    )
    return SimpleNamespace(posisi=posts.select("kode", "nama_unit", "kritis"))


def plan_of(snapshot, proposal=None, **options):
    law = Law(PER)
    gaps = measure_kesenjangan(snapshot, proposal, law=law)
    return plan_training(snapshot, gaps, peta_of(snapshot), kebijakan=policy(**options), law=law)


TALK = ("L-1", "Komunikasi Dasar", "Komunikasi", 2, 10, 1_000_000.0, None)
TALK_MORE = ("L-2", "Komunikasi Lanjut", "komunikasi", 5, 30, 1_500_000.0, None)


def test_levels_closed_stop_at_the_standard():
    plan = plan_of(city(training=[TALK_MORE]))
    assert plan.rencana.select("kode", "peserta", "total_biaya", "total_jp", "tingkat_tertutup").row(0) == (
        "L-2", 3, 4_500_000.0, 90, 6,
    )  # fmt: skip
    assert plan.peserta["nip"].to_list() == NIPS[:3]
    assert plan.peserta["unit"].to_list() == ["Dinas Contoh"] * 3
    assert plan.peserta["alasan"][0] == "komunikasi: 1 dari 3 untuk posisi sekarang; naik 2 tingkat."
    assert plan.ringkas["celah"] == 0
    assert (plan.ringkas["tingkat_tertutup"], plan.ringkas["tingkat_total"]) == (6, 6)


def test_one_training_per_person_and_competence():
    plan = plan_of(city(training=[TALK, TALK_MORE]))
    assert plan.rencana["kode"].to_list() == ["L-2"]


def test_the_budget_holds_and_the_rest_is_named():
    plan = plan_of(city(training=[TALK_MORE]), anggaran=3_200_000)
    assert plan.peserta["nip"].to_list() == NIPS[:2]  # equals go by NIP
    assert plan.tertunda.select("nip", "sebab").rows() == [(NIPS[2], "anggaran tidak cukup")]
    assert plan.ringkas["sisa"] == 200_000


def test_the_quota_holds():
    plan = plan_of(city(training=[(*TALK_MORE[:-1], 1)]))
    assert plan.peserta.height == 1
    assert plan.tertunda["sebab"].to_list() == ["kuota pelatihan penuh"] * 2
    assert plan.ringkas["batas"] == plan.ringkas["pengaruh"] == 2


def test_a_pppk_gets_no_more_hours_than_the_law_allows():
    assert plan_of(city(training=[TALK_MORE])).peserta.height == 3
    contract = plan_of(city(training=[TALK_MORE], status="pppk"))
    assert contract.peserta.height == 0
    assert contract.tertunda["sebab"].to_list() == ["batas JP pegawai dalam setahun"] * 3
    assert plan_of(city(training=[TALK], status="pppk")).peserta.height == 3
    assert plan_of(city(training=[TALK_MORE], status="pppk", jenis="jpt madya")).peserta.height == 3


def test_hours_of_the_planned_year_count_those_of_other_years_do_not():
    """The snapshot of 31 December plans the year that begins the next day."""
    taken = [{"nip": NIPS[0], "pelatihan": "Lain", "tahun": 2027, "jp": 20}]
    past = [{"nip": NIPS[0], "pelatihan": "Lain", "tahun": 2026, "jp": 20}]
    assert plan_of(city(training=[TALK_MORE], history=past)).ringkas["tahun"] == 2027
    assert plan_of(city(training=[TALK_MORE], history=past)).peserta.height == 3
    assert plan_of(city(training=[TALK_MORE], history=taken)).peserta["nip"].to_list() == NIPS[1:3]


def test_pns_below_their_hours_go_first_among_equals():
    taken = [{"nip": NIPS[0], "pelatihan": "Lain", "tahun": 2027, "jp": 5}]
    plan = plan_of(city(training=[(*TALK[:-1], 2)], history=taken))
    assert plan.peserta["nip"].to_list() == NIPS[1:3]
    assert (plan.ringkas["pns"], plan.ringkas["pns_terpenuhi"]) == (3, 0)


def test_critical_and_proposed_posts_weigh_more():
    assert plan_of(city(training=[TALK], critical=True)).ringkas["pengaruh"] == 6.0
    moved = SimpleNamespace(usulan=pl.DataFrame({"nip": [NIPS[0]], "posisi_lama": [None], "posisi_baru": ["P-1"]}))
    plan = plan_of(city(people=1, training=[TALK], critical=True), moved)
    assert plan.ringkas["pengaruh"] == 3.0
    assert "posisi usulan yang kritis" in plan.peserta["alasan"][0]
    assert plan.ringkas["tingkat_total"] == 2  # counted once although it is missing twice


def test_gaps_without_training_are_listed():
    plan = plan_of(city(training=[("L-9", "Arsip", "kearsipan", 3, 10, 0.0, None)]))
    assert plan.tanpa_pelatihan.rows() == [("komunikasi", 3)]
    assert plan.rencana.height == plan.peserta.height == plan.tertunda.height == 0
    assert plan.ringkas["celah"] == 0


def test_free_training_has_no_effect_per_rupiah():
    plan = plan_of(city(training=[(*TALK[:5], 0.0, None)]), anggaran=0)
    assert plan.rencana["peserta"].to_list() == [3]
    assert plan.rencana["pengaruh_per_juta"].to_list() == [None]


def test_an_empty_agency():
    plan = plan_of(build("Kota Contoh", PER, {}))
    assert plan.ringkas["peserta"] == 0
    assert plan.ringkas["batas"] == 0


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(seed):
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=seed) for name, frame in tables().items()}
    one = plan_of(small_agency(), anggaran=20_000_000)
    two = plan_of(build("Pemerintah Kota Contoh", PER, shuffled), anggaran=20_000_000)
    assert one.ringkas == two.ringkas
    for name in ("rencana", "peserta", "tertunda", "tanpa_pelatihan"):
        assert getattr(one, name).equals(getattr(two, name)), name


@pytest.mark.parametrize("budget", [0, 2_000_000, 20_000_000, 2_500_000_000])
def test_the_small_city_keeps_every_limit(budget):
    snapshot = small_agency()
    plan = plan_of(snapshot, anggaran=budget)
    catalogue = snapshot["pelatihan"]
    assert plan.rencana["total_biaya"].sum() == plan.ringkas["terpakai"] <= budget
    assert (plan.rencana.join(catalogue, on="kode")["kuota"] >= plan.rencana["peserta"]).all()
    hours = plan.peserta.join(catalogue, on="kode").group_by("nip").agg(pl.col("jp").sum())
    status = hours.join(snapshot["pegawai"], on="nip")
    assert (status.filter(pl.col("status") == "pns")["jp"] <= 40).all()
    assert (status.filter(pl.col("status") == "pppk")["jp"] <= 24).all()
    assert plan.peserta.select("nip", "kompetensi").is_unique().all()
    assert plan.tertunda["sebab"].null_count() == 0  # nothing that still fits is left out
    assert plan.ringkas["pengaruh"] <= plan.ringkas["batas"]


@st.composite
def instances(draw):
    people, trainings = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    random = np.random.default_rng(draw(st.integers(0, 2**31)))
    rows = [
        (p, p * 2 + k, t)
        for p in range(people)
        for k in range(2)
        for t in range(trainings)
        if t % 2 == k and random.random() < 0.8
    ]
    rows = rows or [(0, 0, 0)]
    person, need, training = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    hours = random.integers(1, 30, trainings)
    cost = random.integers(0, 5, trainings).astype(float)
    return Items(
        first=np.searchsorted(person, np.arange(people + 1)).astype(np.int64),
        person=person,
        need=np.unique(need, return_inverse=True)[1].astype(np.int64),
        training=training,
        hours=hours[training].astype(np.int64),
        effect=random.choice([0.5, 1.0, 1.5, 2.0, 3.0], len(rows)),
        cost=cost[training],
        favour=random.random(len(rows)) < 0.5,
        hours_left=random.integers(0, 45, people).astype(np.int64),
        seats=random.integers(0, 4, trainings).astype(np.int64),
        budget=float(random.integers(0, 15)),
    )


def limits_of(items):
    """Return the constraints of *items* as a matrix and its right-hand side."""
    size = len(items.effect)
    rows, bounds = [items.cost], [items.budget]
    for column, weights, limits in (
        (items.training, np.ones(size), items.seats),
        (items.person, items.hours, items.hours_left),
        (items.need, np.ones(size), np.ones(items.need.max() + 1)),
    ):
        for value, limit in enumerate(limits):
            rows.append(np.where(column == value, weights, 0.0))
            bounds.append(float(limit))
    return np.array(rows), np.array(bounds)


@settings(deadline=None)
@given(instances())
def test_the_bound_is_proven_and_the_plan_lawful_and_maximal(items):
    plan = choose(items)
    matrix, bounds = limits_of(items)
    assert np.all(matrix @ plan.chosen <= bounds + 1e-9)
    assert plan.effect == pytest.approx(items.effect[plan.chosen].sum())
    answer = milp(
        -items.effect,
        constraints=LinearConstraint(matrix, ub=bounds),
        integrality=np.ones(len(items.effect)),
        bounds=Bounds(0, 1),
    )
    assert plan.effect - 1e-9 <= -answer.fun <= plan.bound + 1e-9
    for o in np.flatnonzero(~plan.chosen):
        more = plan.chosen.copy()
        more[o] = True
        assert np.any(matrix @ more > bounds + 1e-9), "something that fits was left out"


def test_a_larger_instance_comes_close_to_its_bound():
    random = np.random.default_rng(3)
    people, trainings = 2_000, 12
    person = np.repeat(np.arange(people), 3)
    training = np.concatenate([random.choice(trainings, 3, replace=False) for _ in range(people)])
    hours, cost = random.choice([8, 16, 24, 40], trainings), random.choice([0.4, 1.0, 2.5, 6.0], trainings)
    items = Items(
        first=np.arange(0, 3 * people + 1, 3, dtype=np.int64),
        person=person.astype(np.int64),
        need=np.arange(3 * people, dtype=np.int64),
        training=training.astype(np.int64),
        hours=hours[training].astype(np.int64),
        effect=random.choice([1.0, 1.5, 2.0, 3.0], 3 * people),
        cost=cost[training],
        favour=np.zeros(3 * people, np.bool_),
        hours_left=np.full(people, 40, np.int64),
        seats=random.integers(50, 500, trainings).astype(np.int64),
        budget=2_000.0,
    )
    plan = choose(items)
    assert plan.effect <= plan.bound <= plan.effect * 1.01
    again = choose(items)
    assert np.array_equal(again.chosen, plan.chosen)
    assert again.bound == plan.bound
