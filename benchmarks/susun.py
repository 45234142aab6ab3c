"""The whole job, measured step by step: generate a city, write it as a workbook, read that, arrange, write the results.

    python benchmarks/susun.py [--ukuran 10000 60000] [--simpan FOLDER]

Generating and arranging run in processes of their own. Seconds are wall clock; memory is the peak of the process within
the step (VmHWM, set back before each one). The run that arranges has compiled code on disk, as a second run has.
"""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

TARGET = Path(__file__).with_name("hasil") / "susun.json"
SIZES = (10_000, 60_000)
SEED = 2026
PER = date(2026, 12, 31)
LIMIT_MEGABYTES = 4096  # what the largest size may take in one process


class Meter:
    """Reporter that keeps seconds and peak memory of every step."""

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []
        _reset_peak()

    def step(self, name: str) -> Callable[[float], None]:
        """Begin a step."""
        _reset_peak()
        return lambda share: None

    def done(self, name: str, seconds: float) -> None:
        """End a step."""
        self.steps.append({"step": name, "seconds": round(seconds, 3), "megabytes": _peak()})

    def timed(self, name: str, task: Callable[[], Any]) -> Any:
        """Run *task* as a step and return what it returns."""
        self.step(name)
        begun = perf_counter()
        result = task()
        self.done(name, perf_counter() - begun)
        return result


def _peak() -> int:
    """Return the peak memory of this process since it was set back, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def make(people: int, workbook: Path) -> dict[str, Any]:
    """Generate a city of *people* and write it to *workbook*."""
    from penata.sample import generate
    from penata.snapshot.export import write_snapshot

    meter = Meter()
    city = meter.timed("membuat kota contoh", lambda: generate(pegawai=people, benih=SEED, per=PER))
    meter.timed("menulis buku kerja contoh", lambda: write_snapshot(city, workbook))
    rows = {name: table.height for name, table in city.tables.items()}
    return {"steps": meter.steps, "rows": rows, "workbook_megabytes": round(workbook.stat().st_size / 2**20, 1)}


def arrange_workbook(workbook: Path, folder: Path) -> dict[str, Any]:
    """Do with *workbook* what ``penata susun`` does, and write the results into *folder*."""
    from penata.analysis.penataan import arrange
    from penata.analysis.policy import read_policy
    from penata.report.write import write_results
    from penata.snapshot.workbook import read_workbook

    meter = Meter()
    reading = meter.timed("membaca berkas", lambda: read_workbook([workbook], per=PER))
    if reading.snapshot is None:
        raise SystemExit(f"{workbook.name} was refused: {reading.findings.head(3).rows()}")
    done = arrange(reading.snapshot, kebijakan=read_policy(), temuan=reading.findings, reporter=meter)
    folder.mkdir()
    write_results(done, reading, folder, reporter=meter)
    if done.penempatan is None:
        raise SystemExit("no placement was made")
    kept = ("pindah", "skor_rata_sebelum", "skor_rata_sesudah", "nilai", "batas", "celah", "pasangan_layak")
    result = {name: done.penempatan.ringkas[name] for name in kept}
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"steps": meter.steps, "placement": result, "result_megabytes": round(size / 2**20, 1)}


def fresh(task: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Run *task* in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments).result()


def measure(people: int, folder: Path) -> dict[str, Any]:
    """Measure one size; the files stay in *folder*."""
    workbook = folder / f"kota-{people}.xlsx"
    made = fresh(make, people, workbook)
    arranged = fresh(arrange_workbook, workbook, folder / f"hasil-{people}")
    seconds = round(sum(step["seconds"] for step in arranged["steps"]), 2)
    peak = max(step["megabytes"] for step in arranged["steps"])
    return {
        "people": people,
        "posts": made["rows"]["posisi"],
        "making": made,
        "arranging": arranged,
        "arranging_seconds": seconds,
        "arranging_megabytes": peak,
        "within_memory": peak <= LIMIT_MEGABYTES,
    }


def show(row: dict[str, Any]) -> None:
    """Print one size as a table."""
    print(f"\n{row['people']:,} pegawai, {row['posts']:,} posisi")
    print(f"{'langkah':36}{'detik':>9}{'MB puncak':>11}")
    for part in ("making", "arranging"):
        for step in row[part]["steps"]:
            print(f"{step['step']:36}{step['seconds']:9.2f}{step['megabytes']:11d}")
    print(f"{'susun seluruhnya':36}{row['arranging_seconds']:9.2f}{row['arranging_megabytes']:11d}")
    found = row["arranging"]["placement"]
    print(f"pindah {found['pindah']}, nilai {found['nilai']}, celah {found['celah']}", flush=True)


def main() -> None:
    """Measure every size, print the tables and keep the figures."""
    parser = argparse.ArgumentParser(description="Mengukur seluruh pekerjaan susun.")
    parser.add_argument("--ukuran", type=int, nargs="+", default=list(SIZES), help="jumlah pegawai")
    parser.add_argument("--simpan", type=Path, help="folder untuk buku kerja dan hasil; baku: dihapus")
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.simpan or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        fresh(measure_warm, Path(temporary) / "hangat")
        for people in options.ukuran:
            found.append(measure(people, folder))
            show(found[-1])
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    libraries = {name: version(name) for name in ("numpy", "polars", "numba", "ortools", "xlsxwriter", "typst")}
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(
        json.dumps({"seed": SEED, **machine, "libraries": libraries, "sizes": found}, indent=1) + "\n",
        encoding="utf-8",
    )


def measure_warm(folder: Path) -> dict[str, Any]:
    """Run a small city once, so that compiled code lies on disk before anything is measured."""
    folder.mkdir()
    make(300, folder / "kota.xlsx")
    return arrange_workbook(folder / "kota.xlsx", folder / "hasil")


if __name__ == "__main__":
    main()
