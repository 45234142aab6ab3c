"""Hard rules: the kernel against plain Python pair by pair, counts against enumeration, each rule by one change."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest
from tests.analysis.agency import PER, small_agency, tables
from tests.analysis.plain_rules import Plain

from penata.analysis.kelayakan import RULES, describe, judge
from penata.analysis.policy import Kebijakan, KebijakanPenempatan
from penata.sample import generate
from penata.snapshot.snapshot import build

POLICIES = {
    "baku": KebijakanPenempatan(),
    "longgar": KebijakanPenempatan(
        turun_kelas=True,
        ganti_rumpun_fungsional=True,
        pppk_pindah=True,
        masa_jabatan_min=False,
        bidang_studi_wajib=False,
        sisa_masa_kerja_min=0.0,
    ),
    "ketat": KebijakanPenempatan(promosi=False, perpindahan_jalur=False, sisa_masa_kerja_min=3.0, nilai_netral=0.2),
}


@cache
def city(people=300, seed=5):
    return generate(pegawai=people, benih=seed, per=PER, anomali=0.08)


def pairs(snapshot, penempatan):
    kebijakan = replace(Kebijakan(), penempatan=penempatan)
    return describe(snapshot, kebijakan=kebijakan, law=kebijakan.law(snapshot.per)), Plain(snapshot, kebijakan)


def all_pairs(pasangan):
    n, m = len(pasangan.orang), len(pasangan.kursi)
    return np.divmod(np.arange(n * m), m)


def codes(bits):
    return {rule.kode for rule in RULES if bits >> rule.bit & 1}, {
        rule.kode for rule in RULES if bits >> (rule.bit + 32) & 1
    }


def test_rules_have_stable_codes_in_the_order_of_the_kernel():
    assert [rule.bit for rule in RULES] == list(range(22))
    assert [rule.kode for rule in RULES] == [f"L{n:02d}" for n in range(1, 23)]


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("source", [small_agency, city])
def test_kernel_agrees_with_plain_rules_on_every_pair(name, source):
    pasangan, plain = pairs(source(), POLICIES[name])
    people, posts = all_pairs(pasangan)
    step = max(1, len(people) // 12_000)
    people, posts = people[::step], posts[::step]
    bits = pasangan.refused_bits(people, posts)
    wrong = [
        (plain.pegawai[i]["nip"], plain.posisi[j]["kode"], codes(int(b)), plain.refusals(i, j))
        for i, j, b in zip(people.tolist(), posts.tolist(), bits.tolist(), strict=True)
        if codes(int(b)) != plain.refusals(i, j)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", POLICIES)
def test_counts_of_the_sweep_are_those_of_enumeration(name):
    pasangan, _plain = pairs(city(), POLICIES[name])
    people, posts = all_pairs(pasangan)
    m = len(pasangan.kursi)
    found = judge(pasangan, np.zeros(m, bool), np.zeros(m, bool), np.ones(len(pasangan.orang), bool))
    others = pasangan.orang.kolom.kursi[people] != posts
    bits = pasangan.refused_bits(people, posts)[others] & 0xFFFFFFFF
    lawful = np.bincount(posts[others][bits == 0], minlength=m)
    assert found.layak.tolist() == lawful.tolist()
    refused = np.zeros((m, len(RULES)), int)
    lowest = np.log2((bits & -bits)[bits > 0].astype(float)).astype(int)
    np.add.at(refused, (posts[others][bits > 0], lowest), 1)
    assert found.ditolak.tolist() == refused.tolist()
    assert found.per_posisi.columns == ["kode", "layak", *(rule.kode for rule in RULES)]


def test_kept_pairs_are_the_best_of_each_person_and_lawful():
    pasangan, _plain = pairs(city(), KebijakanPenempatan(calon_per_pegawai=3, calon_per_posisi=2))
    m = len(pasangan.kursi)
    none = np.zeros(m, bool)
    found = judge(pasangan, none, none, np.ones(len(pasangan.orang), bool))
    people, posts = all_pairs(pasangan)
    held = pasangan.orang.kolom.kursi[people] == posts
    lawful = pasangan.refused_bits(people, posts) == 0
    score = pasangan.scores(people, posts)
    for i in range(len(pasangan.orang)):
        mine = (people == i) & lawful & ~held
        kept = slice(found.indptr[i], found.indptr[i + 1])
        rest = found.slot[kept] != pasangan.orang.kolom.kursi[i]
        assert sorted(found.score[kept][rest].tolist()) == sorted(score[mine].tolist())[-3:]
        assert np.isin(found.slot[kept][rest], posts[mine]).all()
        assert found.terbaik[i] == (score[mine].max() if mine.any() else -1)


def judged(changed, nip, kode, **policy):
    """Return the refusals of one pair in the small agency with some tables changed."""
    snapshot = build("Pemerintah Kota Contoh", PER, tables() | changed)
    pasangan, _plain = pairs(snapshot, KebijakanPenempatan(**policy))
    return pasangan.refusals(pasangan.orang.index[nip], pasangan.kursi.index[kode])


def people_with(nip, **values):
    frame = build("Kota", PER, tables())["pegawai"]
    return {
        "pegawai": frame.with_columns(
            pl.when(pl.col("nip") == nip).then(pl.lit(value, frame.schema[name])).otherwise(pl.col(name)).alias(name)
            for name, value in values.items()
        )
    }


RINI, P08 = "199208162014022002", "P-08"  # pelaksana at P-20, another pelaksana post of a lower kelas


def test_lawful_pair_has_no_refusals():
    assert judged({}, RINI, P08, turun_kelas=True) == ()


def test_lower_kelas_needs_the_policy_and_says_what_would_open_it():
    (refusal,) = judged({}, RINI, P08)
    assert (refusal.kode, refusal.tanpa_data) == ("L10", False)
    assert refusal.kalimat == "Kelas 5 lebih rendah daripada kelas 6 yang sekarang dipangku."
    assert refusal.dasar == "kebijakan instansi"
    assert refusal.jalan


@pytest.mark.parametrize(
    ("values", "kode", "untold"),
    [
        ({"terkunci": True, "alasan_terkunci": "tugas belajar"}, "L03", False),
        ({"status": "pppk"}, "L04", False),
        ({"golongan": "I/d"}, "L11", False),
        ({"golongan": None}, "L11", True),
        ({"pendidikan": "SMP"}, "L13", False),
        ({"pendidikan": None}, "L13", True),
        ({"tanggal_lahir": date(1969, 5, 1)}, "L18", False),
    ],
)
def test_one_datum_closes_the_way(values, kode, untold):
    found = judged(people_with(RINI, **values), RINI, P08, turun_kelas=True)
    assert (kode, untold) in [(item.kode, item.tanpa_data) for item in found]
    assert all("{" not in item.kalimat for item in found)


def test_short_tenure_is_told_in_months():
    frame = tables()["pemangku"].with_columns(
        tmt=pl.when(pl.col("nip") == RINI).then(pl.lit(date(2025, 9, 15))).otherwise(pl.col("tmt"))
    )
    (refusal,) = judged({"pemangku": frame}, RINI, P08, turun_kelas=True)
    assert refusal.kode == "L05"
    assert "1 tahun 3 bulan" in refusal.kalimat
    assert "2 tahun" in refusal.kalimat
    assert refusal.jalan == "Terpenuhi dalam 9 bulan."
    assert "5/2019" in refusal.dasar


def test_frozen_and_abolished_posts_take_nobody_but_a_frozen_one_keeps_its_holders():
    for status, kode in (("dibekukan", "L02"), ("dihapus", "L01")):
        frame = tables()["posisi"].with_columns(
            status=pl.when(pl.col("kode") == P08).then(pl.lit(status)).otherwise(pl.col("status"))
        )
        assert [item.kode for item in judged({"posisi": frame}, RINI, P08, turun_kelas=True)] == [kode]
        own = judged({"posisi": frame}, "198803192010012001", P08)
        assert [item.kode for item in own] == ([] if status == "dibekukan" else ["L01"])


def test_certificate_of_the_catalogue():
    frame = tables()["jabatan"].with_columns(
        sertifikat=pl.when(pl.col("nama") == "Pengadministrasi Perkantoran").then(pl.lit("Arsip Dasar; Tata Naskah"))
    )
    owner = people_with(RINI, sertifikat="tata naskah;  ARSIP dasar")
    assert [item.kode for item in judged({"jabatan": frame}, RINI, P08, turun_kelas=True)] == []  # nobody has any
    assert judged({"jabatan": frame} | owner, RINI, P08, turun_kelas=True) == ()
    other = people_with("199110302014021001", sertifikat="Arsip Dasar")
    (refusal,) = judged({"jabatan": frame} | other, RINI, P08, turun_kelas=True)
    assert refusal.kode == "L21"


def test_a_column_that_nobody_has_is_not_judged_and_reported():
    frame = tables()["pegawai"].with_columns(golongan=pl.lit(None, pl.String))
    snapshot = build("Kota", PER, tables() | {"pegawai": frame})
    pasangan, _plain = pairs(snapshot, KebijakanPenempatan(turun_kelas=True))
    assert {"L11", "L12"} <= {rule.kode for rule in pasangan.tidak_dinilai}
    assert pasangan.refusals(pasangan.orang.index[RINI], pasangan.kursi.index[P08]) == ()


def test_region_rule():
    pair = (RINI, P08)  # P-20 lies in Kecamatan Utara, P-08 in Kecamatan Tengah
    assert [item.kode for item in judged({}, *pair, turun_kelas=True, wilayah_sendiri=True)] == ["L22"]


def test_order_of_rows_and_of_people_changes_nothing():
    snapshot = city()
    shuffled = build(
        snapshot.instansi,
        snapshot.per,
        {name: frame.sample(fraction=1.0, shuffle=True, seed=3) for name, frame in snapshot.tables.items()},
    )
    one, _ = pairs(snapshot, KebijakanPenempatan())
    two, _ = pairs(shuffled, KebijakanPenempatan())
    people, posts = all_pairs(one)
    assert np.array_equal(one.refused_bits(people, posts), two.refused_bits(people, posts))
    assert np.array_equal(one.scores(people, posts), two.scores(people, posts))


@pytest.mark.parametrize("empty", ["pegawai", "posisi", "jabatan", "riwayat_jabatan", "asesmen", "unit"])
def test_missing_tables_do_not_break(empty):
    given = {name: frame for name, frame in tables().items() if name != empty}
    if empty == "posisi":
        given.pop("pemangku")
    snapshot = build("Kota", PER, given)
    pasangan, _plain = describe(snapshot, kebijakan=Kebijakan(), law=Kebijakan().law(PER)), None
    n, m = len(pasangan.orang), len(pasangan.kursi)
    found = judge(pasangan, np.zeros(m, bool), np.zeros(m, bool), np.zeros(n, bool))
    total = found.layak + found.ditolak.sum(axis=1)
    held = pasangan.orang.kolom.kursi
    assert total.tolist() == (n - np.bincount(held[held >= 0], minlength=m)).tolist()


def test_all_values_null():
    given = tables()
    blank = given["pegawai"].select("nip", "nama")
    pasangan, plain = pairs(
        build("Kota", PER, {"pegawai": blank, "posisi": given["posisi"].select("kode", "jabatan", "unit")}),
        KebijakanPenempatan(),
    )
    people, posts = all_pairs(pasangan)
    assert (pasangan.refused_bits(people, posts) > 0).all()
    assert (pasangan.scores(people, posts) == pasangan.scores([0], [0])[0]).all()
    assert plain.posisi
