"""``penata susun`` end to end: what a run leaves, that its parts agree, and that it harms nothing when it stops."""

import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

import penata
from penata import language
from penata.analysis.paket import read_packet, reserve_counts, verify_packet
from penata.faces.cli.main import COMMANDS, main
from penata.language import number
from penata.report.folder import WRITTEN
from penata.report.laporan.pembuka import LEADING
from penata.sample import generate
from penata.snapshot.export import write_csv_folder, write_snapshot
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, build

PER = date(2026, 12, 31)
CSV_COLUMNS = (
    "posisi", "jabatan", "unit", "kelas", "beban", "kebutuhan_terhitung", "kebutuhan_tercetak", "bezetting", "selisih",
    "temuan",
)  # fmt: skip
WORKBOOKS = ("kebutuhan.xlsx", "penempatan.xlsx", "pelatihan.xlsx", "temuan.xlsx")
INTERNAL_NAMES = re.compile("|".join(name for name in TABLES if "_" in name))


def susun(*paths, target, lanjut=False, more=(), width=100):
    arguments = ["susun", *map(str, paths), "--per", PER.isoformat(), "--keluaran", str(target), *more]
    return CliRunner(env={"COLUMNS": str(width)}).invoke(main, [*arguments, *(["--lanjut"] if lanjut else [])])


def content(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def summary(folder):
    return json.loads((folder / "ringkasan.json").read_text(encoding="utf-8"))


def pdf_text(path):
    return [page.extract_text() for page in PdfReader(path).pages]


def shown(item):
    places = 1 if item["satuan"] == "poin" and item["nilai"] != int(item["nilai"]) else 0
    return number(item["nilai"], places)


@pytest.fixture(scope="module")
def city() -> Snapshot:
    return generate(pegawai=150, benih=5, per=PER)


@pytest.fixture(scope="module")
def workbook(city, tmp_path_factory):
    path = tmp_path_factory.mktemp("masukan") / "kota.xlsx"
    write_snapshot(city, path)
    return path


@pytest.fixture(scope="module")
def done(workbook, tmp_path_factory):
    """One whole run that many tests look at."""
    folder = tmp_path_factory.mktemp("keluaran") / "hasil"
    result = susun(workbook, target=folder)
    assert result.exit_code == 0, result.output
    return SimpleNamespace(folder=folder, output=result.output, summary=summary(folder))


def test_every_result_is_there_and_opens(done):
    assert {path.name for path in done.folder.iterdir()} == WRITTEN
    for name in ("laporan.pdf", "peta-jabatan.pdf"):
        pages = pdf_text(done.folder / name)
        assert len(pages) > 1
        assert any(text.strip() for text in pages)
    for name in WORKBOOKS:
        book = openpyxl.load_workbook(done.folder / name)
        assert all(sheet.max_row >= 1 for sheet in book)
    for name in WORKBOOKS[:3]:
        book = openpyxl.load_workbook(done.folder / name)
        assert book.sheetnames[-1] == "Catatan"
        assert all(sheet.freeze_panes and sheet.auto_filter.ref for sheet in book)
    ET.parse(done.folder / "peta-jabatan.svg")
    read_packet(done.folder / "paket-keputusan.json")
    with (done.folder / "kebutuhan.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == CSV_COLUMNS


def test_the_page_links_to_every_file_and_to_nothing_else(done):
    page = (done.folder / "index.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"]+)"', page))
    assert linked == WRITTEN - {"data", "index.html"}
    assert "http" not in page.replace("http://www.w3.org", "")


def test_terminal_page_report_and_summary_show_the_same_figures(done):
    figures = done.summary["angka"]
    page = (done.folder / "index.html").read_text(encoding="utf-8")
    report = pdf_text(done.folder / "laporan.pdf")
    leading = " ".join(report[2].split())
    for key, item in figures.items():
        text = shown(item)
        assert f"<td >{item['label']}</td><td class=n>{text}</td>" in page, key
        if not key.endswith(("_sebelum", "_sesudah")):
            assert re.search(rf"{re.escape(item['label'])}\s+{re.escape(text)}\s", done.output), key
        if key in LEADING:
            assert item["label"] in leading
            assert re.search(rf"(?<![\d.]){re.escape(text)}(?![\d])", leading), key
    for key in ("kekurangan", "kelebihan", "skor_rata"):
        before, after = shown(figures[f"{key}_sebelum"]), shown(figures[f"{key}_sesudah"])
        assert re.search(rf"{re.escape(before)}\s+{re.escape(after)}\s", done.output), key


def test_figures_agree_with_packet_csv_and_workbook(done):
    figures = {key: item["nilai"] for key, item in done.summary["angka"].items()}
    packet = read_packet(done.folder / "paket-keputusan.json")
    assert verify_packet(packet) == []
    assert done.summary["paket"]["sidik"] == packet["sidik"]
    assert done.summary["paket"]["sidik"] in done.output
    _ended, left_for_reserve = reserve_counts(packet)
    assert figures["pindah"] == packet["usulan"]["pindah"] - left_for_reserve
    assert figures["celah"] == packet["batas"] - packet["nilai"] == 0
    posts = pl.read_csv(done.folder / "kebutuhan.csv")
    need = posts.select(pl.coalesce("kebutuhan_terhitung", "kebutuhan_tercetak")).to_series()
    gap = posts["selisih"]
    assert figures["posisi"] == posts.height
    assert figures["bezetting"] == posts["bezetting"].sum()
    assert figures["kurang"] == figures["kekurangan_sebelum"] == -gap.filter(gap < 0).sum()
    assert figures["lebih"] == figures["kelebihan_sebelum"] == gap.filter(gap > 0).sum()
    assert figures["kebutuhan"] <= need.sum()  # an abolished posisi keeps its computed need in the file, and needs 0
    sheet = openpyxl.load_workbook(done.folder / "kebutuhan.xlsx", data_only=True)["Kebutuhan"]
    titles = [cell.value for cell in sheet[4]]
    for title, key in (("B", "bezetting"), ("K", "kebutuhan")):
        column = titles.index(title)
        assert sheet.cell(3, column + 1).value == figures[key]
        assert sum(row[column] or 0 for row in sheet.iter_rows(min_row=5, values_only=True)) == figures[key]


def test_every_number_of_the_report_names_its_rule(done):
    text = "\n".join(pdf_text(done.folder / "laporan.pdf"))
    titles = len(re.findall(r"^\d+\.\d+\s", text, flags=re.MULTILINE))
    assert text.count("Aturan:") > 20
    assert titles > 15
    assert all(item["aturan"] for item in done.summary["angka"].values())
    assert "null" not in text
    assert "None" not in text


def test_the_report_has_a_length_that_a_leader_reads(done):
    assert 10 <= len(PdfReader(done.folder / "laporan.pdf").pages) <= 20


def test_a_second_run_gives_the_same_packet_also_from_shuffled_rows_and_sheets(done, workbook, tmp_path):
    shuffled = openpyxl.Workbook()
    shuffled.remove(shuffled.active)
    source = openpyxl.load_workbook(workbook)
    order = random.Random(4)
    for name in order.sample(source.sheetnames, len(source.sheetnames)):
        head, *rows = source[name].iter_rows(values_only=True)
        sheet = shuffled.create_sheet(name)
        for row in (head, *order.sample(rows, len(rows))):
            sheet.append(row)
    shuffled.save(tmp_path / "acak.xlsx")
    result = susun(tmp_path / "acak.xlsx", target=tmp_path / "hasil")
    assert result.exit_code == 0, result.output
    first = (done.folder / "paket-keputusan.json").read_bytes()
    assert (tmp_path / "hasil" / "paket-keputusan.json").read_bytes() == first
    again = susun(workbook, target=tmp_path / "hasil")
    assert again.exit_code == 0
    assert (tmp_path / "hasil" / "paket-keputusan.json").read_bytes() == first


def test_several_files_and_a_folder_of_csv_bring_the_same_agency(done, city, tmp_path):
    map_tables = {"unit", "jabatan", "posisi", "beban_kerja", "standar_kompetensi", "pelatihan"}
    parts = {"peta.xlsx": map_tables, "pegawai.xlsx": set(TABLES) - map_tables}
    for name, tables in parts.items():
        write_snapshot(
            build(city.instansi, PER, {table: city[table] for table in tables if city[table].height}), tmp_path / name
        )
    folder = tmp_path / "csv"
    write_csv_folder(city, folder)
    first = done.summary["paket"]["sidik_masukan"]
    for number_, paths in enumerate(([tmp_path / name for name in parts], [folder])):
        target = tmp_path / f"hasil-{number_}"
        result = susun(*paths, target=target, more=["--instansi", city.instansi])
        assert result.exit_code == 0, result.output
        assert summary(target)["paket"]["sidik_masukan"] == first


PARTS = {
    "map with counts only": (
        ("unit", "posisi"),
        {"proyeksi lima tahun": ["Pegawai"], "kebutuhan terhitung": ["Beban Kerja"]},
    ),
    "map and workload": (("unit", "posisi", "beban_kerja"), {"usulan penempatan": ["Pegawai"]}),
    "map and people": (
        ("unit", "jabatan", "posisi", "pegawai", "pemangku"),
        {"kesenjangan kompetensi": ["Standar Kompetensi", "Asesmen"]},
    ),
}


@pytest.mark.parametrize("case", PARTS)
def test_part_of_the_sheets_gives_part_of_the_results_and_says_which_sheets_are_missing(case, city, tmp_path):
    tables, missing = PARTS[case]
    kept = {name: city[name] for name in tables}
    if "pegawai" not in tables:
        kept["posisi"] = kept["posisi"].with_columns(bezetting=pl.lit(1.0))
    write_snapshot(build(city.instansi, PER, kept), tmp_path / "bagian.xlsx")
    target = tmp_path / "hasil"
    result = susun(tmp_path / "bagian.xlsx", target=target)
    assert result.exit_code == 0, result.output
    page = (target / "index.html").read_text(encoding="utf-8")
    report = " ".join(" ".join(pdf_text(target / "laporan.pdf")).split())
    told = " ".join(result.output.split())
    listed = {item["nama"]: item["kurang_lembar"] for item in summary(target)["hasil"] if not item["ada"]}
    for name, sheets in missing.items():
        assert listed[name] == sheets
        words = f"{name}; perlu lembar {', '.join(sheets)}."
        assert words in told
        assert words in page
        assert words in report
    for text in (told, page, report):
        assert not INTERNAL_NAMES.search(text)
        assert "null" not in text
    made = {path.name for path in target.iterdir()}
    assert made <= WRITTEN
    assert ("penempatan.xlsx" in made) == ("paket-keputusan.json" in made) == ("pegawai" in tables)


def test_refused_rows_are_told_in_every_result(tmp_path):
    write_snapshot(generate(pegawai=120, benih=3, per=PER, galat=0.02), tmp_path / "galat.xlsx")
    target = tmp_path / "hasil"
    stopped = susun(tmp_path / "galat.xlsx", target=target)
    assert stopped.exit_code == 2
    assert not target.exists()
    assert (tmp_path / "temuan.xlsx").is_file()
    assert "ikut ditolak karena merujuk" in " ".join(stopped.output.split())
    result = susun(tmp_path / "galat.xlsx", target=target, lanjut=True)
    assert result.exit_code == 0, result.output
    told = summary(target)
    count = told["ditolak"]["jumlah"]
    assert count == told["angka"]["baris_ditolak"]["nilai"] > 0
    assert count >= len(told["ditolak"]["rincian"]) > 0
    words = f"{number(count)} baris masukan ditolak"
    assert words in " ".join(result.output.split())
    assert words in (target / "index.html").read_text(encoding="utf-8")
    assert words in (target / "peta-jabatan.svg").read_text(encoding="utf-8")
    assert all(words in " ".join(text.split()) for text in pdf_text(target / "peta-jabatan.pdf"))
    assert words in " ".join(" ".join(pdf_text(target / "laporan.pdf")).split())
    for name in WORKBOOKS[:3]:
        book = openpyxl.load_workbook(target / name)
        assert words in book.worksheets[0]["A2"].value
        assert book["Ditolak"].max_row == 4 + count


def test_a_proposal_without_moves_says_so(city, tmp_path):
    locked = city["pegawai"].with_columns(terkunci=pl.lit(True), alasan_terkunci=pl.lit("uji"))
    active = city["posisi"].with_columns(status=pl.lit("aktif"))
    tables = {**city.tables, "pegawai": locked, "posisi": active}
    held = city.holders.filter(pl.col("jenis") == "definitif")["nip"]
    tables["pegawai"] = locked.filter(pl.col("nip").is_in(held.implode()))
    tables["pelatihan"] = tables["pelatihan"].with_columns(biaya=pl.lit(9e12))
    whole = {name: frame for name, frame in tables.items() if frame.height}
    write_snapshot(build(city.instansi, PER, whole), tmp_path / "terkunci.xlsx")
    target = tmp_path / "hasil"
    result = susun(tmp_path / "terkunci.xlsx", target=target, lanjut=True)
    assert result.exit_code == 0, result.output
    figures = summary(target)["angka"]
    assert figures["pindah"]["nilai"] == figures["peserta_pelatihan"]["nilai"] == 0
    report = " ".join(" ".join(pdf_text(target / "laporan.pdf")).split())
    assert "Tidak diusulkan perpindahan. Susunan sekarang terbukti terbaik" in report
    assert "Tidak ada pelatihan dalam katalog yang menutup kesenjangan" in report
    for absent in ("Menerima, mengubah", "rantai perpindahan", "kenaikan kecocokan", "Rencana pelatihan", "naik dari"):
        assert absent not in report, absent


def test_nobody_counted_is_not_nobody_there(tmp_path):
    rows = [
        {"kode": f"P-{n}", "jabatan": f"Jabatan {n}", "unit": "Badan", "kebutuhan": 2.0, "atasan": "P-0" if n else None}
        for n in range(4)
    ]
    write_snapshot(build("Badan Contoh", PER, {"posisi": pl.DataFrame(rows)}), tmp_path / "peta.xlsx")
    target = tmp_path / "hasil"
    result = susun(tmp_path / "peta.xlsx", target=target, more=["--instansi", "Badan Contoh"])
    assert result.exit_code == 0, result.output
    figures = summary(target)["angka"]
    assert figures["kebutuhan"]["nilai"] == 8
    assert [figures[key]["nilai"] for key in ("bezetting", "kurang", "lebih", "kosong")] == [None] * 4
    assert pl.read_csv(target / "kebutuhan.csv")["bezetting"].null_count() == 4
    assert "keadaan sekarang belum diketahui" in " ".join(result.output.split())
    assert "▼" not in (target / "peta-jabatan.svg").read_text(encoding="utf-8").split("kurang atau kosong")[0][:-400]


def test_names_with_special_characters_reach_every_result_unharmed(tmp_path):
    names = ['<b>&amp; "kutip"</b>', "#set page *tebal* $x$ _miring_", "=1+1", "@rumus [bold]x[/bold] {n} \\u0041 `b`"]
    agency = 'Badan <Uji> & "Kutip" #1 $2 *3*'
    rows = [
        {"kode": f"P-{n}", "jabatan": name, "unit": "U-0", "bezetting": 1.0, "kebutuhan": 2.0, "jenis": "pelaksana"}
        for n, name in enumerate(names)
    ]
    unit = pl.DataFrame([{"kode": "U-0", "nama": agency, "jenis": "badan"}])
    write_snapshot(build(agency, PER, {"unit": unit, "posisi": pl.DataFrame(rows)}), tmp_path / "aneh.xlsx")
    target = tmp_path / "hasil"
    result = susun(tmp_path / "aneh.xlsx", target=target, more=["--instansi", agency])
    assert result.exit_code == 0, result.output
    assert agency in result.output
    drawing = ET.parse(target / "peta-jabatan.svg")
    texts = " ".join(node.text for node in drawing.iter("{http://www.w3.org/2000/svg}text"))
    assert all(name in texts for name in names)
    report = " ".join(" ".join(pdf_text(target / "laporan.pdf")).split())
    assert all(name in report for name in (*names, agency))
    book = openpyxl.load_workbook(target / "kebutuhan.xlsx")
    cells = [cell for row in book["Kebutuhan"].iter_rows(min_row=5) for cell in row]
    assert set(names) <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    page = (target / "index.html").read_text(encoding="utf-8")
    assert "<title>Penataan jabatan Badan &lt;Uji&gt; &amp;" in page
    assert "<Uji>" not in page


def test_a_folder_with_other_content_is_refused_before_any_work(workbook, tmp_path, monkeypatch):
    def must_not_begin(*_paths, **_options):
        pytest.fail("must not begin")

    monkeypatch.setattr("penata.snapshot.workbook.read_workbook", must_not_begin)
    (tmp_path / "surat.docx").write_text("penting")
    result = susun(workbook, target=tmp_path)
    assert result.exit_code == 2
    assert "surat.docx" in result.output
    assert content(tmp_path) == {"surat.docx": b"penting"}


def test_an_input_inside_the_result_folder_is_refused(done, workbook):
    inside = done.folder / "temuan.xlsx"
    before = content(done.folder)
    result = susun(inside, target=done.folder)
    assert result.exit_code == 2
    assert "di dalam folder hasil" in result.output
    assert content(done.folder) == before


def test_a_day_without_law_ends_with_one_sentence(workbook, tmp_path):
    arguments = ["susun", str(workbook), "--per", "1990-01-01", "--keluaran", str(tmp_path / "hasil")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert not (tmp_path / "hasil").exists()


POLICIES = {
    "unknown key": ("bobot: {kecerdasan: 100}", "kecerdasan"),
    "weights": ("bobot: {kompetensi: 36}", "101"),
    "not a mapping": ("- satu", "daftar kunci"),
    "no yaml": ("bobot: [", "tidak dapat dibaca"),
    "unknown variant": ("varian: {abk.pembulatan: ke-samping}", "ke-samping"),
}


@pytest.mark.parametrize("case", POLICIES)
def test_a_wrong_policy_ends_with_one_sentence(case, workbook, tmp_path):
    text, word = POLICIES[case]
    (tmp_path / "kebijakan.yaml").write_text(text, encoding="utf-8")
    result = susun(workbook, target=tmp_path / "hasil", more=["--kebijakan", str(tmp_path / "kebijakan.yaml")])
    assert_one_sentence(result, word)
    assert not (tmp_path / "hasil").exists()


def assert_one_sentence(result, word):
    assert result.exit_code == 2, result.output
    assert word in result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith("penata: ")


CALLS = {
    "unknown command": (["susunlah"], "susunlah"),
    "unknown option": (["susun", "x.xlsx", "--ngawur"], "--ngawur"),
    "no file": (["susun"], "BERKAS"),
    "nonsense day": (["susun", "x.xlsx", "--per", "kemarin"], "kemarin"),
    "impossible day": (["susun", "x.xlsx", "--per", "2026-02-30"], "2026-02-30"),
    "too small a city": (["demo", "--pegawai", "1"], "rentang"),
    "no number": (["demo", "--pegawai", "banyak"], "banyak"),
    "option without value": (["susun", "x.xlsx", "--keluaran"], "--keluaran"),
    "unknown language": (["--bahasa", "fr"], "fr"),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_wrong_call_ends_with_one_indonesian_sentence(case):
    arguments, word = CALLS[case]
    result = CliRunner().invoke(main, arguments)
    assert_one_sentence(result, word)
    assert len(result.output.strip().splitlines()) == 1
    assert not re.search(r"\b(Missing|Invalid|No such|Error|is not|requires|Usage)\b", result.output)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_indonesian(command):
    result = CliRunner().invoke(main, [*([command] if command else []), "--bantuan"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Pemakaian: ")
    assert not re.search(r"\b(Usage|Options|Show|Commands|default)\b", result.output)


def test_without_a_command_the_help_is_shown():
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert all(name in result.output for name in COMMANDS)


@pytest.fixture
def _indonesian_again():
    yield
    language.use("id")


@pytest.mark.usefixtures("_indonesian_again")
def test_a_run_in_english_works(workbook, tmp_path):
    target = tmp_path / "hasil"
    arguments = ["--bahasa", "en", "susun", str(workbook), "--per", "2026-12-31", "--keluaran", str(target)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert '<html lang="en">' in (target / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("sent", "step"),
    [
        (signal.SIGINT, "membaca berkas"),
        (signal.SIGINT, "menulis buku kerja hasil"),
        (signal.SIGKILL, "menempatkan pegawai"),
        (signal.SIGKILL, "menulis buku kerja hasil"),
    ],
)
def test_an_interrupt_leaves_the_previous_results_whole(sent, step, workbook, tmp_path):
    target = tmp_path / "hasil"
    target.mkdir()
    (target / "ringkasan.json").write_text("{}")
    (target / "laporan.pdf").write_bytes(b"lama")
    before = content(target)
    command = [sys.executable, "-m", "penata", "susun", str(workbook), "--per", "2026-12-31", "--keluaran", str(target)]
    source = str(Path(penata.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as process:
        for line in process.stdout:
            if step in line:
                process.send_signal(sent)
                break
        _rest, errors = process.communicate(timeout=60)
    assert process.returncode == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    assert content(target) == before
    left = [path for path in tmp_path.iterdir() if path != target]
    if sent == signal.SIGINT:
        assert errors.strip() == "Dihentikan; hasil sebelumnya tidak berubah."
        assert left == []
    else:
        assert all(path.name.startswith(".hasil-") for path in left)
