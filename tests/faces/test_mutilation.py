"""A valid workbook broken in many ways: the right finding with row and remedy, a refusal in one sentence, or nothing.

Every case runs twice: through the reader, and through the real command line, which must end with code 2 without a
traceback and without touching the result folder.
"""

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner, Result
from tests.faces.mutilations import CASES, Bench, Outcome

from penata.faces.cli.main import main
from penata.foundation.spreadsheet import RefusedFile
from penata.sample.generate import generate
from penata.snapshot.snapshot import Snapshot, build
from penata.snapshot.workbook import Reading, read_workbook

PER = date(2026, 12, 31)


@pytest.fixture(scope="module")
def agency() -> Snapshot:
    """Return a small invented agency with short side tables: most of the time goes into marking cells."""
    whole = generate(pegawai=120, benih=7, per=PER, anomali=0.0)
    spare = {"standar_kompetensi", "kompetensi_teknis", "riwayat_pelatihan"}
    long = {"unit", "jabatan", "posisi", "pegawai", "pemangku"}
    kept = {name: frame if name in long else frame.head(30) for name, frame in whole.tables.items()}
    return build(
        whole.instansi, PER, {name: frame for name, frame in kept.items() if frame.height and name not in spare}
    )


@pytest.fixture
def bench(agency: Snapshot, tmp_path: Path) -> Bench:
    folder = tmp_path / "masukan"
    folder.mkdir()
    return Bench(agency, folder)


def test_the_catalogue_is_long_enough() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", list(CASES))
def test_a_broken_workbook_is_told_apart(
    name: str, bench: Bench, agency: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, expected = CASES[name](bench)
    _through_the_reader(path, expected, agency)
    _through_the_command(path, expected, agency, tmp_path, monkeypatch)


def _through_the_reader(path: Path, expected: Outcome, agency: Snapshot) -> None:
    if expected.refusal:
        reading = _refused_or_read(path, expected.refusal)
        if reading is not None:  # readable, but there is nothing in it to arrange
            assert reading.snapshot is None or not reading.snapshot.has("posisi")
        return
    reading = read_workbook([path], per=PER, instansi=agency.instansi)
    found = reading.findings
    assert (found["level"] == "galat").any() == expected.errors, found.select("code", "sheet", "row", "message").rows()
    if expected.code:
        _assert_found(found, expected)
    if expected.forgiven:
        assert reading.snapshot is not None
        assert reading.snapshot.digest == agency.digest
    else:
        assert (reading.snapshot is None) == expected.errors


def _refused_or_read(path: Path, words: str) -> Reading | None:
    try:
        return read_workbook([path], per=PER)
    except RefusedFile as refusal:
        assert words in str(refusal)
        _assert_one_sentence(str(refusal))
        return None


def _assert_one_sentence(text: str) -> None:
    assert text.endswith(".")
    assert "\n" not in text
    assert not any(word in text for word in ("Error", "Exception", "None", "{", "}"))


def _assert_found(found: pl.DataFrame, expected: Outcome) -> None:
    here = found.filter(pl.col("code") == expected.code)
    assert here.height, found.select("code", "sheet", "row", "message").rows()
    if expected.sheet is not None:
        here = here.filter(pl.col("sheet") == expected.sheet)
    if expected.row is not None:
        here = here.filter(pl.col("row") == expected.row)
    rows = found.filter(pl.col("code") == expected.code).select("sheet", "row", "message").rows()
    assert here.height, rows
    said = " ".join([*here["message"], *here["remedy"]])
    assert expected.says in said, said
    assert here["file"].null_count() == 0
    for text in (*found["message"], *found["remedy"]):
        assert text
        assert "{" not in text


class _Arrived(Exception):
    """The command got as far as arranging this agency."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot


def _through_the_command(
    path: Path, expected: Outcome, agency: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def arrive(snapshot: Snapshot, **_others: Any) -> None:
        raise _Arrived(snapshot)

    # The engines have their own tests; here it matters whether and with what they are reached.
    monkeypatch.setattr("penata.analysis.penataan.arrange", arrive)
    before = _content(tmp_path)
    target = tmp_path / "hasil"
    arguments = ["susun", str(path), "--per", PER.isoformat(), "--keluaran", str(target), "--instansi", agency.instansi]
    result = CliRunner(env={"COLUMNS": "200"}).invoke(main, arguments)
    assert not target.exists()
    if not expected.errors:
        assert isinstance(result.exception, _Arrived), result.output
        assert not expected.forgiven or result.exception.snapshot.digest == agency.digest
        assert _content(tmp_path) == before
        return
    _assert_plain_end(result)
    written = _content(tmp_path).keys() - before.keys()
    if expected.refusal:
        assert expected.refusal in " ".join(result.output.split())
        assert written == set()
    else:
        # Rows refused only because of another refused row are counted on screen, and listed in the marked workbook.
        assert (expected.code in result.output) or (expected.code == "V05" and "ikut ditolak" in result.output)
        assert written == {"temuan.xlsx"}
        _assert_marked(tmp_path / "temuan.xlsx", expected)
    assert {name: content for name, content in _content(tmp_path).items() if name not in written} == before


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _assert_plain_end(result: Result) -> None:
    assert result.exit_code == 2, (result.exit_code, result.output, result.exception)
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert len(result.output.strip()) > 20


def _assert_marked(path: Path, expected: Outcome) -> None:
    with ZipFile(path) as archive:
        assert any(expected.code.encode() in archive.read(part) for part in archive.namelist())


def test_text_that_begins_like_a_formula_stays_text(bench: Bench, tmp_path: Path) -> None:
    path, _expected = CASES["text that begins like a formula"](bench)
    CliRunner().invoke(main, ["susun", str(path), "--per", PER.isoformat(), "--keluaran", str(tmp_path / "hasil")])
    book = openpyxl.load_workbook(tmp_path / "temuan.xlsx")
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_proceeding_leaves_out_only_what_was_refused(bench: Bench, agency: Snapshot) -> None:
    path, expected = CASES["level 9"](bench)
    reading = read_workbook([path], per=PER, instansi=agency.instansi, proceed=True)
    assert reading.snapshot is not None
    assert reading.snapshot.refused == {"asesmen": 1}
    assert reading.snapshot["asesmen"].height == agency["asesmen"].height - 1
    assert reading.snapshot["pegawai"].equals(agency["pegawai"])
    _assert_found(reading.findings, expected)


def test_several_flaws_are_told_at_once(bench: Bench, agency: Snapshot) -> None:
    wanted = {"NIP of 17 digits", "kelas 25", "negative volume", "level 9", "predikat misspelt"}
    outcomes = [CASES[name](bench)[1] for name in wanted]
    reading = read_workbook([bench.folder / "data.xlsx"], per=PER, instansi=agency.instansi)
    for expected in outcomes:
        _assert_found(reading.findings, expected)


def test_an_untouched_template_says_that_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "templat.xlsx"
    made = CliRunner().invoke(main, ["templat", "--keluaran", str(path)])
    assert made.exit_code == 0, made.output
    target = tmp_path / "hasil"
    result = CliRunner().invoke(main, ["susun", str(path), "--per", "2026-12-31", "--keluaran", str(target)])
    assert result.exit_code == 2
    told = " ".join(result.output.split())
    assert "belum berisi data" in told
    assert "Traceback" not in told
    assert not target.exists()
