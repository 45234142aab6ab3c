"""A result folder is whole or untouched, whatever happens in between."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from penata.report import folder as folder_module
from penata.report.folder import MARK, WRITTEN, FolderError, check_target, replaced

PART = "kebutuhan.csv"  # any other file of a result


def fill(folder, word):
    (folder / MARK).write_text(word)
    (folder / PART).write_text(word)


def content(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def hidden(folder):
    return [path.name for path in folder.parent.iterdir() if path.name.startswith(".")]


@pytest.fixture(params=["exchange", "two renames"])
def way(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(folder_module, "_exchange", lambda first, second: False)


@pytest.mark.usefixtures("way")
def test_new_results_take_the_place_of_old_ones(tmp_path):
    target = tmp_path / "hasil"
    for word in ("lama", "baru"):
        with replaced(target) as fresh:
            fill(fresh, word)
    assert content(target) == {MARK: "baru", PART: "baru"}
    assert hidden(target) == []


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_the_old_results(tmp_path, error):
    target = tmp_path / "hasil"
    with replaced(target) as fresh:
        fill(fresh, "lama")
    with pytest.raises(error), replaced(target) as fresh:
        (fresh / "isi.txt").write_text("setengah")
        raise error
    assert content(target) == {MARK: "lama", PART: "lama"}
    assert hidden(target) == []


def test_an_error_leaves_no_folder_where_there_was_none(tmp_path):
    target = tmp_path / "hasil"
    with pytest.raises(RuntimeError), replaced(target):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_killed_process_leaves_the_old_results_and_the_next_run_sweeps_up(tmp_path):
    target = tmp_path / "hasil"
    with replaced(target) as fresh:
        fill(fresh, "lama")
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from penata.report.folder import replaced
        with replaced(Path(sys.argv[1])) as fresh:
            (fresh / "isi.txt").write_text("setengah")
            print("menulis", flush=True)
            time.sleep(60)
        """
    )
    source = str(Path(folder_module.__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": source}
    )
    with process:
        assert process.stdout.readline().strip() == b"menulis"
        process.send_signal(signal.SIGKILL)
    assert content(target) == {MARK: "lama", PART: "lama"}
    assert len(hidden(target)) == 1
    with replaced(target) as fresh:
        fill(fresh, "baru")
    assert content(target)[MARK] == "baru"
    assert hidden(target) == []


def test_a_kill_between_two_renames_is_repaired(tmp_path):
    aside = tmp_path / ".hasil-abc-1-lama"
    aside.mkdir()
    fill(aside, "lama")
    target = tmp_path / "hasil"
    with pytest.raises(RuntimeError), replaced(target):
        assert content(target)[MARK] == "lama"
        raise RuntimeError
    assert content(target)[MARK] == "lama"


def test_a_folder_with_other_files_is_refused(tmp_path):
    target = tmp_path / "dokumen"
    target.mkdir()
    (target / "surat.docx").write_text("penting")
    with pytest.raises(FolderError, match="berkas lain"), replaced(target):
        pytest.fail("must not begin")
    assert content(target) == {"surat.docx": "penting"}


def test_an_empty_folder_may_be_used_and_a_file_may_not(tmp_path):
    empty = tmp_path / "kosong"
    empty.mkdir()
    with replaced(empty) as fresh:
        fill(fresh, "baru")
    assert content(empty)[MARK] == "baru"
    with pytest.raises(FolderError, match="bukan folder"), replaced(empty / MARK):
        pytest.fail("must not begin")


def test_a_result_folder_with_a_file_of_the_user_is_refused(tmp_path):
    fill(tmp_path, "lama")
    (tmp_path / "catatan rapat.docx").write_text("milik saya")
    with pytest.raises(FolderError, match=r"catatan rapat\.docx"):
        check_target(tmp_path)


@pytest.mark.parametrize("name", [".~lock.kebutuhan.xlsx#", "~$kebutuhan.xlsx", ".DS_Store", "Thumbs.db"])
def test_what_office_programs_leave_behind_does_not_stand_in_the_way(tmp_path, name):
    fill(tmp_path, "lama")
    (tmp_path / name).write_text("")
    check_target(tmp_path)


def test_an_input_inside_the_target_is_refused(tmp_path):
    fill(tmp_path, "lama")
    for path in (tmp_path / PART, tmp_path):
        with pytest.raises(FolderError, match="di dalam folder hasil"):
            check_target(tmp_path, [path])
    check_target(tmp_path, [tmp_path.parent / "lain.xlsx"])
    assert {MARK, PART} <= WRITTEN
