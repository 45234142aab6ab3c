"""Where the web system is measured: a database filled with the sample city, on SQLite or on a PostgreSQL of its own."""

import json
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[1]
HASIL = Path(__file__).with_name("hasil")
PER, BENIH = date(2026, 12, 31), 2026
INSIDE = "PENATA_TOLOK_UKUR"  # set in the process that runs on the throw-away PostgreSQL
# As on a real server: what is committed is on the disk.
POSTGRESQL = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c shared_buffers=1GB -c work_mem=32MB"


def machine() -> dict[str, Any]:
    """Return on what was measured."""
    names = ("django", "granian", "polars", "psycopg", "python-calamine", "rustpy-xlsxwriter")
    return {
        "python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count(),
        "libraries": {name: version(name) for name in names},
    }  # fmt: skip


def on_each(databases: list[str], script: str, words: list[str]) -> list[Any]:
    """Run *script* once per database in a process of its own; return what each printed as JSON on its last line."""
    found = []
    for name in databases:
        command = [sys.executable, script, *words]
        environment = {key: text for key, text in os.environ.items() if not key.startswith(("PENATA_", "DJANGO_"))}
        environment |= {INSIDE: name, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        if name == "postgresql":
            command = [str(ROOT / "tests" / "postgres.sh"), *command]
            environment["PENATA_POSTGRES_OPTIONS"] = POSTGRESQL
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        *told, last = done.stdout.strip().splitlines()
        print("\n".join(told), flush=True)
        found.append({"basis_data": name} | json.loads(last))
    return found


def start(folder: Path) -> None:
    """Load the settings with *folder* as data folder and make the tables."""
    os.environ["PENATA_DATA"] = str(folder)
    from penata.faces.cli import sistem

    sistem.ready()
    sistem.migrate()
    sistem.collect_static()


def workbook(people: int, folder: Path) -> Path:
    """Write the sample city of *people* and return the file."""
    from penata.sample import generate
    from penata.snapshot.export import write_snapshot

    path = folder / f"kota-{people}.xlsx"
    write_snapshot(generate(pegawai=people, benih=BENIH, per=PER), path)
    return path


def timed(name: str, task: Any) -> tuple[Any, float]:
    """Run *task*, say how long it took, and return both."""
    begun = perf_counter()
    result = task()
    seconds = perf_counter() - begun
    print(f"{name}: {seconds:.2f} s", flush=True)
    return result, seconds


def save(name: str, sizes: dict[str, Any], results: list[Any]) -> None:
    """Write the results of one benchmark."""
    target = HASIL / f"{name}.json"
    content = {**machine(), **sizes, "hasil": results}
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(target)
