"""``penata verifikasi``: verdict, reasons, exit codes."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner
from tests.analysis.sample_packet import reseal, sealed

from penata.analysis.paket import write_packet
from penata.faces.cli.verifikasi import verifikasi


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "paket-keputusan.json"
    write_packet(sealed(), target)
    return target


def run(*arguments):
    return CliRunner().invoke(verifikasi, [str(argument) for argument in arguments])


def test_a_sound_packet_gets_a_verdict_with_figures(path):
    done = run(path)
    assert done.exit_code == 0
    assert done.output.startswith("SAH: paket-keputusan.json")
    assert "6 calon, 4 posisi" in done.output
    assert f"Sidik masukan: {sealed()['sidik_masukan']}" in done.output
    assert f"Sidik paket: {sealed()['sidik']}" in done.output


def test_an_altered_packet_gets_every_reason(path):
    packet = deepcopy(sealed())
    packet["nilai"] += 1
    path.write_text(json.dumps(packet), encoding="utf-8")
    done = run(path)
    assert done.exit_code == 1
    assert "TIDAK SAH" in done.output
    assert "- sidik tidak cocok" in done.output
    assert "- nilai usulan tidak sama dengan batas atas" not in done.output
    assert "- nilai, skor, atau jumlah perpindahan" in done.output


def test_a_forged_seal_does_not_help(path):
    packet = deepcopy(sealed())
    packet["bukti"]["harga_calon"][0] += 1
    write_packet(reseal(packet), path)
    assert run(path).exit_code == 1


def test_the_announced_seal_is_compared(path):
    assert run(path, "--sidik", sealed()["sidik"].upper()).exit_code == 0
    done = run(path, "--sidik", "0" * 64)
    assert done.exit_code == 1
    assert "bukan sidik yang diumumkan" in done.output


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"paket": null}', '{"paket": {"sidik": "lain"}}'])
def test_a_summary_beside_it_must_name_the_same_seal(path, content):
    (path.parent / "ringkasan.json").write_text(content, encoding="utf-8")
    done = run(path)
    assert done.exit_code == 1
    assert "ringkasan.json" in done.output


def test_a_summary_that_agrees_is_mentioned(path):
    summary = {"paket": {"sidik": sealed()["sidik"]}}
    (path.parent / "ringkasan.json").write_text(json.dumps(summary), encoding="utf-8")
    done = run(path)
    assert done.exit_code == 0
    assert "sama dengan yang tercatat di ringkasan.json" in done.output


@pytest.mark.parametrize("damage", ["missing", "truncated", "text", "folder", "other"])
def test_what_is_no_packet_ends_with_one_sentence_and_code_2(path, damage):
    if damage == "missing":
        path.unlink()
    elif damage == "truncated":
        path.write_bytes(path.read_bytes()[:-40])
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_text("halo" if damage == "text" else '{"nama": "lain"}', encoding="utf-8")
    done = run(path)
    assert done.exit_code == 2
    assert len(done.output.strip().splitlines()) == 1
    assert "Traceback" not in done.output
