"""``penata hitung``: lists, shows and computes rules; every refusal is one sentence with exit code 2."""

import json
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from penata.faces.cli.hitung import TOPICS, hitung
from penata.faces.cli.polos import plain, spoken
from penata.rulebook.rule import rules

DAY = ("--per", "2026-11-21")


def run(*arguments, text=None):
    return CliRunner().invoke(hitung, [str(argument) for argument in arguments], input=text)


def refused(done):
    """Return the one sentence of a refusal."""
    assert done.exit_code == 2, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    (sentence,) = [line for line in done.output.splitlines() if line.startswith("Error: ")]
    return sentence


def test_alone_it_lists_every_rule_under_its_topic():
    done = run()
    assert done.exit_code == 0
    for name, rule in rules().items():
        assert name in done.output
        assert TOPICS[name.partition(".")[0]] in done.output
        assert rule.inputs[0].key in done.output
    assert "./penata hitung ATURAN" in done.output


def test_the_list_for_programs_has_inputs_and_examples():
    listed = {item["aturan"]: item for item in json.loads(run("--json").stdout)}
    assert set(listed) == set(rules())
    skm = listed["skm.sample_size"]
    assert skm["masukan"] == [{"kunci": "N", "arti": skm["masukan"][0]["arti"], "wajib": True}]
    for name, item in listed.items():
        again = run(name, json.dumps(item["contoh"]), "--json", *DAY)
        assert again.exit_code == 0, again.output
        assert json.loads(again.stdout)["langkah"]


def test_a_rule_alone_shows_inputs_example_and_parameters():
    done = run("mutasi.tenure", *DAY)
    assert done.exit_code == 0
    assert "years_in_post" in done.output
    assert "./penata hitung mutasi.tenure '{" in done.output
    assert "mutasi.masa_jabatan" in done.output
    assert "Peraturan BKN 5/2019" in done.output
    assert json.loads(run("mutasi.tenure", "--json", *DAY).stdout)["parameter"][0]["nama"] == "mutasi.masa_jabatan"


def test_a_rule_can_be_shown_for_a_day_before_its_law():
    done = run("mutasi.tenure", "--per", "1990-01-01")
    assert done.exit_code == 0
    assert "mutasi.masa_jabatan" not in done.output


def test_a_result_on_screen_has_steps_parameters_evidence_and_citation():
    done = run("mutasi.tenure", '{"years_in_post": 1.5}', *DAY)
    assert done.exit_code == 0
    for part in ("too_early", "1. Masa jabatan paling singkat 2 tahun", "2. 1,50 tahun", "mutasi.masa_jabatan",
                 "sumber kedua", "5 April 2019", "Peraturan BKN 5/2019"):  # fmt: skip
        assert part in done.output, part


def test_the_result_for_programs_is_plain_json_on_stdout():
    done = run("skm.ikm", '{"nrr_sum": 31.42, "weight": "1/9"}', "--json", *DAY)
    answer = json.loads(done.stdout)
    assert list(answer) == ["aturan", "judul", "masukan", "hasil", "langkah", "parameter"]
    assert answer["masukan"] == {"nrr_sum": 31.42, "weight": "1/9"}
    assert answer["hasil"]["ikm"] == 87.28
    for parameter in answer["parameter"]:
        assert list(parameter) == ["nama", "nilai", "satuan", "sumber", "dasar", "bukti", "berlaku_sejak", "varian",
                                   "catatan"]  # fmt: skip
        assert parameter["bukti"] in {"text", "secondary", "memory"}
        date.fromisoformat(parameter["berlaku_sejak"])


def test_the_input_may_come_from_standard_input():
    done = run("skm.mutu", "-", "--json", *DAY, text='{"ikm": 80.81}\n')
    assert json.loads(done.stdout)["hasil"]["mutu"] == "B"


def test_the_day_and_the_variant_choose_the_law():
    old = json.loads(run("skm.mutu", '{"ikm": 81.3}', "--json", "--per", "2010-01-01").stdout)
    assert old["hasil"]["mutu"] == "A"
    assert old["parameter"][0]["sumber"] == "kepmenpan-25-2004"
    arguments = ("skm.ikm", '{"nrr_sum": 31.42}', "--json", *DAY)
    assert json.loads(run(*arguments).stdout)["hasil"]["ikm"] == 87.28
    chosen = json.loads(run(*arguments, "--varian", "skm.bobot=0.11").stdout)
    assert chosen["hasil"]["ikm"] == 86.41
    assert [item["varian"] for item in chosen["parameter"] if item["nama"] == "skm.bobot"] == ["0.11"]


def test_several_variants_at_once():
    done = run("talenta.rekomendasi", '{"Y": 73, "X": 78}', "--json", *DAY, "--varian", "talenta.ambang_kinerja=72/46",
               "--varian", "talenta.ambang_potensial=77/68")  # fmt: skip
    assert json.loads(done.stdout)["hasil"]["box"] == 9


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("skm.imk",), "skm.ikm"),
        (("skm.indeks_kepuasan_masyarakat_unit",), "skm."),
        (("zzz",), "./penata hitung"),
        (("skm.mutu", "{"), "baris 1 kolom 2"),
        (("skm.mutu", '{"ikm": 80,\n "unit"}'), "baris 2 kolom 8"),
        (("skm.mutu", "[1]"), "objek JSON"),
        (("skm.mutu", '{"ikm": NaN}'), "JSON"),
        (("skm.mutu", '{"ikm": ' + "9" * 5000 + "}"), "JSON"),
        (("skm.mutu", '{"ikm": ' + "[" * 100_000 + "}"), "JSON"),
        (("skm.mutu", ""), "baris 1 kolom 1"),
        (("skm.mutu", "{}"), "ikm"),
        (("skm.mutu", '{"ikm": "baik"}'), "ikm"),
        (("skm.mutu", '{"ikm": 80, "nilai": 1}'), "nilai"),
        (("skm.mutu", '{"ikm": 80}', "--per", "31-12-2026"), "--per"),
        (("skm.mutu", '{"ikm": 80}', "--per", "1990-01-01"), "belum berlaku"),
        (("skm.mutu", "--varian", "skm.bobot"), "pilihan: 1/n"),
        (("skm.mutu", "--varian", "skm.bobot=2"), "pilihan: 1/n"),
        (("skm.mutu", "--varian", "skm.tidak_ada=2"), "skm.tidak_ada"),
        (("skm.mutu", "--varian", "../x=2"), "--varian"),
    ],
)
def test_every_refusal_is_one_sentence(arguments, said):
    assert said in refused(run(*arguments))


def test_near_names_come_first():
    assert "mungkin maksudnya: mutasi.tenure" in refused(run("mutasi.tenur"))


def test_bytes_that_are_no_text_are_refused():
    assert "JSON" in refused(CliRunner().invoke(hitung, ["skm.mutu", "-"], input=b"\xff\xfe{}"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.1 + 0.2, 0.3),
        (75.0, 75),
        (-0.0, 0),
        (Decimal("2.50"), 2.5),
        (np.float64(1.1), 1.1),
        (np.int8(3), 3),
        (np.bool_(True), True),
        (np.array([[1.0, np.nan]]), [[1, None]]),
        (float("inf"), None),
        (date(2026, 1, 2), "2026-01-02"),
        ({1: (date(2026, 1, 2), None)}, {"1": ["2026-01-02", None]}),
        ({"b", "a"}, ["a", "b"]),
    ],
)
def test_values_become_plain_json(value, written):
    assert json.loads(json.dumps(plain(value), allow_nan=False)) == written
    assert type(plain(value)) is type(written)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_keeps_its_value_to_twelve_digits(value):
    assert plain(value) == pytest.approx(value, rel=1e-11)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1.234,5"),
        (75.0, "75"),
        (None, "-"),
        (True, "ya"),
        (np.bool_(False), "tidak"),
        ([1.5, 2.0], "1,5; 2"),
        ([], "-"),
        (date(2026, 8, 17), "17 Agustus 2026"),
        ({"a": 1, "b": [{"c": 2}, {"c": 3}]}, "a: 1\nb: c 2 / c 3"),
        ([{"batas": 25, "mutu": "D"}], "batas 25; mutu D"),
        (Decimal("0.25"), "0,25"),
        (float("nan"), "-"),
    ],
)
def test_values_become_words(value, text):
    assert spoken(value) == text
