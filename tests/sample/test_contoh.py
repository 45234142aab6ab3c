import pytest
from click.testing import CliRunner

from penata.faces.cli.contoh import contoh


def run(*arguments):
    return CliRunner().invoke(contoh, [str(argument) for argument in arguments])


def test_writes_a_workbook_and_says_what_was_made(tmp_path):
    file = tmp_path / "kota.xlsx"
    result = run("--pegawai", 200, "--benih", 4, "--keluaran", file)
    assert result.exit_code == 0, result.output
    assert file.stat().st_size > 10_000
    assert "200 pegawai" in result.output
    assert "31 Desember 2026" in result.output
    assert "rekaan" in result.output


def test_writes_a_folder_of_csv_with_errors_when_asked(tmp_path):
    folder = tmp_path / "kota"
    result = run("--pegawai", 100, "--keluaran", folder, "--galat", 0.1, "--per", "2027-06-30")
    assert result.exit_code == 0, result.output
    assert len(list(folder.glob("*.csv"))) == 15
    assert "galat" in result.output


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        assert run("--pegawai", 80, "--benih", 11, "--keluaran", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_overwrites_only_when_told(tmp_path):
    file = tmp_path / "kota.xlsx"
    file.write_text("milik orang")
    refused = run("--pegawai", 80, "--keluaran", file)
    assert refused.exit_code == 2
    assert "--timpa" in refused.output
    assert file.read_text() == "milik orang"
    assert run("--pegawai", 80, "--keluaran", file, "--timpa").exit_code == 0
    assert file.read_bytes()[:2] == b"PK"


def test_a_workbook_never_replaces_a_folder_nor_the_other_way_round(tmp_path):
    (tmp_path / "ada.xlsx").mkdir()
    (tmp_path / "ada").write_text("x")
    for name in ("ada.xlsx", "ada"):
        assert run("--pegawai", 80, "--keluaran", tmp_path / name, "--timpa").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [("--pegawai", 10), ("--pegawai", 400_001), ("--anomali", 2), ("--galat", -1), ("--benih", -3), ("--per", "besok"),
     ("--per", "2001-01-01"), ("--keluaran", "kota.docx")],
)  # fmt: skip
def test_nonsense_is_refused_with_exit_code_two(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []
