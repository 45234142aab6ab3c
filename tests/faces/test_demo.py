"""``penata demo``: a city from nothing, the same every time."""

import json

import pytest
from click.testing import CliRunner

from penata.faces.cli.main import main


def demo(target, *more):
    words = ["demo", "--keluaran", str(target), "--pegawai", "90", "--tanpa-web", *more]
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, words)


def test_two_demos_make_the_same_city_and_the_same_packet(tmp_path):
    packets, books = [], []
    for name in ("satu", "dua"):
        result = demo(tmp_path / name / "hasil", "--benih", "11")
        assert result.exit_code == 0, result.output
        packets.append((tmp_path / name / "hasil" / "paket-keputusan.json").read_bytes())
        books.append((tmp_path / name / "contoh-kota-90-11.xlsx").read_bytes())
        seconds = json.loads((tmp_path / name / "hasil" / "ringkasan.json").read_text(encoding="utf-8"))["detik"]
        assert all(step in result.output for step in seconds)
    assert packets[0] == packets[1]
    assert books[0] == books[1]
    for words in ("Kebutuhan (K)", "Gelombang pensiun", "Terbukti optimal", "paling mendesak", "Temuan integritas"):
        assert words in result.output


def test_a_demo_refuses_a_folder_with_other_content_before_it_begins(tmp_path, monkeypatch):
    def must_not_begin(**_options):
        pytest.fail("must not begin")

    monkeypatch.setattr("penata.sample.generate", must_not_begin)
    (tmp_path / "catatan.txt").write_text("milik saya")
    result = demo(tmp_path)
    assert result.exit_code == 2
    assert "catatan.txt" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["catatan.txt"]
