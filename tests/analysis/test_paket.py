"""The decision packet: canonical, pseudonymous, sealed, and impossible to alter unnoticed."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from hashlib import sha256
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.analysis.sample_packet import PEOPLE, proposal, reseal, sealed, snapshot

from penata.analysis.bentuk_paket import to_problem, to_result
from penata.analysis.paket import (
    PacketError,
    build_packet,
    canonical,
    pseudonyms,
    read_packet,
    verify_packet,
    write_packet,
)
from penata.analysis.policy import Kebijakan
from penata.placement.problem import Problem
from penata.placement.solve import solve
from penata.snapshot.snapshot import build


@pytest.fixture
def packet():
    return deepcopy(sealed())


def leaves(value, path=()):
    """Yield the path of every plain value in a packet."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for key, item in enumerate(value):
            yield from leaves(item, (*path, key))
    else:
        yield path


def get(packet, path):
    for key in path:
        packet = packet[key]
    return packet


def put(packet, path, value):
    get(packet, path[:-1])[path[-1]] = value


def test_a_fresh_packet_is_sound(packet):
    assert verify_packet(packet) == []
    assert packet["celah"] == 0


def test_it_survives_writing_and_reading(packet, tmp_path):
    path = tmp_path / "paket-keputusan.json"
    write_packet(packet, path)
    again = read_packet(path)
    assert again == packet
    assert verify_packet(again) == []
    assert path.read_bytes() == canonical(again)
    assert path.read_bytes().endswith(b"}\n")


def test_same_input_same_bytes(packet):
    kebijakan = Kebijakan()
    law = kebijakan.law(date(2026, 12, 31))
    law.parameter("abk.pembulatan")
    law.parameter("abk.waktu_kerja_efektif")
    shuffled = snapshot(("Bima", "Ratna"))
    shuffled = build(shuffled.instansi, shuffled.per, {"unit": shuffled["unit"].reverse()})
    assert canonical(build_packet(shuffled, proposal(), kebijakan=kebijakan, law=law)) == canonical(packet)


def test_nobody_is_named(packet):
    secret = snapshot().digest
    text = canonical(packet).decode()
    assert secret not in text
    assert not any(nip in text for nip in proposal().nip)
    assert packet["sidik_masukan"] == sha256(f"publik{secret}".encode()).hexdigest()
    assert packet["calon"]["samaran"] == sorted(pseudonyms(secret, proposal().nip))
    plain = {sha256(nip.encode()).hexdigest()[:16] for nip in proposal().nip}
    assert not plain & set(packet["calon"]["samaran"])


def test_other_data_give_other_pseudonyms(packet):
    kebijakan = Kebijakan()
    other = build_packet(
        snapshot(("Bima", "Sekar")), proposal(), kebijakan=kebijakan, law=kebijakan.law(date(2026, 12, 31))
    )
    assert not set(other["calon"]["samaran"]) & set(packet["calon"]["samaran"])


def test_parameters_carry_citation_and_evidence(packet):
    assert [item["nama"] for item in packet["parameter"]] == ["abk.pembulatan", "abk.waktu_kerja_efektif"]
    assert all(item["kutipan"] and item["bukti"] in {"text", "secondary", "memory"} for item in packet["parameter"])


def test_posts_in_any_order_give_the_same_packet(packet):
    kebijakan = Kebijakan()
    law = kebijakan.law(date(2026, 12, 31))
    law.parameter("abk.pembulatan")
    law.parameter("abk.waktu_kerja_efektif")
    made = proposal()
    backwards = np.arange(PEOPLE)[::-1]
    degrees = np.diff(made.problem.indptr)
    rows = np.concatenate([np.arange(made.problem.indptr[i], made.problem.indptr[i + 1]) for i in backwards])
    problem = replace(
        made.problem,
        indptr=np.concatenate(([0], np.cumsum(degrees[backwards]))).astype(np.int64),
        slot=made.problem.slot[rows],
        score=made.problem.score[rows],
        current=made.problem.current[backwards],
        must_place=made.problem.must_place[backwards],
    )
    other = SimpleNamespace(problem=problem, result=solve(problem), nip=made.nip[::-1], kode_posisi=made.kode_posisi)
    assert build_packet(snapshot(), other, kebijakan=kebijakan, law=law) == packet


@settings(deadline=None)
@given(st.data())
def test_any_altered_value_breaks_the_seal(data):
    packet = deepcopy(sealed())
    path = data.draw(st.sampled_from(list(leaves(packet))))
    old = get(packet, path)
    new = data.draw(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.just([])
    )
    assume(json.dumps(new) != json.dumps(old))
    put(packet, path, new)
    assert verify_packet(packet)


def points(problem, result):
    """Return the objectives behind a tiered value, which do not depend on the size of the tiers."""
    placed = result.assignment >= 0
    critical = int(problem.critical[result.assignment[placed]].sum())
    place = int((placed & problem.must_place).sum())
    return critical, place, result.value - critical * result.tiers.critical - place * result.tiers.place


PROOF = ("usulan", "bukti", "nilai", "batas", "celah")


@settings(deadline=None)
@given(st.data())
def test_an_altered_proof_is_found_even_under_a_new_seal(data):
    packet = deepcopy(sealed())
    touched = [path for path in leaves(packet) if path[0] in PROOF and path[1:] != ("penyelesai",)]
    path = data.draw(st.sampled_from(touched))
    old = get(packet, path)
    if isinstance(old, int):
        new = data.draw(st.integers(-(2**70), 2**70) | st.integers(-3, 1001))
    else:
        new = data.draw(st.sampled_from(["optimal", "infeasible", "feasible", ""]))
    assume(new != old and path[-1] not in {"bobot_kritis", "bobot_wajib"})
    put(packet, path, new)
    assert verify_packet(reseal(packet))


@settings(deadline=None)
@given(st.data())
def test_an_altered_problem_is_found_where_it_touches_the_proof(data):
    """Scores, seats and obligations: a change passes only if the proposal is just as surely the best with it."""
    packet = deepcopy(sealed())
    groups = [("pasangan", "skor"), ("posisi", "kapasitas"), ("posisi", "kritis"), ("calon", "wajib_ditempatkan")]
    path = data.draw(st.sampled_from([path for path in leaves(packet) if path[:2] in groups]))
    put(packet, path, data.draw(st.integers(0, 1000 if path[1] == "skor" else 1)))
    found = verify_packet(reseal(packet))
    if found:
        return
    problem, shown = to_problem(packet), to_result(packet)
    assert points(problem, solve(problem)) == points(problem, shown)


def test_smaller_tiers_are_found(packet):
    packet["bukti"]["bobot_wajib"] = 5
    assert any("bobot tingkat" in reason for reason in verify_packet(reseal(packet)))


@pytest.mark.parametrize("group", ["", "calon", "posisi", "pasangan", "usulan", "bukti"])
def test_missing_and_unknown_keys_are_named(packet, group):
    place = packet[group] if group else packet
    key = next(key for key in place if key not in {"sidik", "format"})
    del place[key]
    place["tambahan"] = 1
    reasons = verify_packet(reseal(packet))
    assert any(f"'{key}' tidak ada" in reason for reason in reasons)
    assert any("'tambahan' tidak dikenal" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("per",), "31-12-2026"),
        (("pustaka",), {}),
        (("kebijakan", "bobot", "kompetensi"), 36),
        (("kebijakan", "tambahan"), 1),
        (("kebijakan", "penempatan", "biaya_pindah"), 61),
        (("parameter", 0, "bukti"), "hearsay"),
        (("parameter", 0, "sejak"), "kemarin"),
        (("parameter", 0, "nama"), "zzz"),
        (("parameter",), {}),
        (("calon", "samaran", 0), "BIMA"),
        (("calon", "samaran"), "teks"),
        (("posisi", "kode", 1), "P-00"),
        (("posisi", "kapasitas", 0), True),
        (("posisi", "kapasitas", 0), 2**31),
        (("pasangan", "skor", 0), 1001),
        (("pasangan", "skor", 0), 1.0),
        (("pasangan", "awal", 1), 0),
        (("pasangan", "posisi"), None),
        (("pasangan", "posisi"), {"0": 1}),
        (("bukti", "harga_calon", 0), 2**80),
        (("bukti", "harga_calon"), [0]),
        (("usulan", "status"), "feasible"),
        (("nilai",), None),
        (("biaya_pindah",), -1),
        (("bukti",), []),
    ],
)
def test_types_and_ranges_are_refused_even_under_a_new_seal(packet, path, value):
    put(packet, path, value)
    assert verify_packet(reseal(packet))


def test_what_json_cannot_hold_is_refused(packet):
    packet["instansi"] = "\ud800"
    assert verify_packet(packet)
    packet["instansi"] = float("nan")
    assert verify_packet(packet)


def test_an_unsound_proposal_is_never_sealed():
    made = proposal()
    made.result = replace(made.result, value=made.result.value + 1)
    kebijakan = Kebijakan()
    with pytest.raises(PacketError, match="tidak lolos"):
        build_packet(snapshot(), made, kebijakan=kebijakan, law=kebijakan.law(date(2026, 12, 31)))


def test_the_same_nip_twice_is_refused():
    with pytest.raises(PacketError, match="ganda"):
        pseudonyms("x", ("198001012005010001", "198001012005010001"))


def test_an_agency_without_people_or_posts_has_a_packet():
    empty = np.empty(0, np.int32)
    nobody = np.empty(0, np.bool_)
    problem = Problem(np.zeros(1, np.int64), empty, empty, empty, empty, empty, nobody, nobody, 60)
    made = SimpleNamespace(problem=problem, result=solve(problem), nip=(), kode_posisi=())
    kebijakan = Kebijakan()
    assert (
        verify_packet(build_packet(snapshot(), made, kebijakan=kebijakan, law=kebijakan.law(date(2026, 12, 31)))) == []
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[1]", b"{}", b'{"format": "lain"}', b'{"a": 1, "a": 2}', b'{"a": NaN}', b"[" * 100_000],
)
def test_files_that_are_no_packet_are_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "paket.json"
    path.write_bytes(content)
    with pytest.raises(PacketError) as refusal:
        read_packet(path)
    assert str(refusal.value).startswith("paket.json")
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(PacketError, match="tidak ditemukan"):
        read_packet(tmp_path / "tidak-ada.json")
