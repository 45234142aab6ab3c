"""Judging and scoring every pair of people and slots, against table engines on the same instance, in one run.

    python benchmarks/pairs.py [--ulang N] [--ukuran ORANG POSISI] [--bantu-duckdb FOLDER]

Rules: a window of grades and the fields of study accepted (by block), months left until retirement, nine minima of
competence. Score: six parts. Ours counts all lawful pairs, adds up their scores, counts refusals by rule and keeps the
best 64 of every person and slot; polars (streaming) and DuckDB join on the blocks, filter, and give count and sum only.
Beside them stands the second sweep, which tests prices. Each run is a fresh process, alternating; seconds are from
plain columns in memory to the answer (ours packs its words within them), without imports; memory is the peak above the
loaded columns. Count and sum must be equal. DuckDB is no dependency: it is measured where it is installed, or lies in a
folder that is named.
"""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

TARGET = Path(__file__).with_name("hasil") / "pairs.json"
SIZES = ((10_000, 3_000), (60_000, 15_000))
SEED = 2026
GRADES, FIELDS, ZONES, SKILLS = 17, 40, 10, 9
WEIGHTS = (40, 20, 10, 15, 10, 5)  # competence, performance, potential, experience, distance, main field
Columns = dict[str, NDArray[Any]]


def instance(people: int, slots: int) -> tuple[Columns, Columns, Columns]:
    """Return plain columns of people, of slots, and of the blocks (slot, key) that each slot visits."""
    random = np.random.default_rng([SEED, people, slots])
    popular = 1 / (np.arange(FIELDS) + 6.0)
    popular /= popular.sum()
    person: Columns = {
        "field": random.choice(FIELDS, people, p=popular).astype(np.int16),
        "grade": np.clip(random.normal(8, 3, people).round(), 0, GRADES - 1).astype(np.int16),
        "left": random.integers(0, 360, people).astype(np.int16),
        "performance": random.integers(400, 1001, people).astype(np.int16),
        "potential": random.integers(200, 1001, people).astype(np.int16),
        "same": random.integers(300, 1001, people).astype(np.int16),
        "other": random.integers(0, 300, people).astype(np.int16),
        "zone": random.integers(0, ZONES, people).astype(np.int16),
    }
    levels = np.clip(random.normal(3.0, 1.0, (people, SKILLS)).round(), 0, 5).astype(np.int16)
    person |= {f"l{k}": np.ascontiguousarray(levels[:, k]) for k in range(SKILLS)}
    person["key"] = (person["field"] * GRADES + person["grade"]).astype(np.int16)
    main = random.choice(FIELDS, slots, p=popular).astype(np.int16)
    floor = np.clip(random.normal(7, 3, slots).round(), 0, GRADES - 4).astype(np.int16)
    slot: Columns = {
        "slot": np.arange(slots, dtype=np.int32),
        "main": main,
        "months": random.integers(12, 61, slots).astype(np.int16),
        "place": random.integers(0, ZONES, slots).astype(np.int16),
    }
    minima = random.integers(0, 4, (slots, SKILLS)).astype(np.int16)
    minima[:, 3:] = np.minimum(minima[:, 3:], 2)
    slot |= {f"m{k}": np.ascontiguousarray(minima[:, k]) for k in range(SKILLS)}
    slot |= {f"s{k}": np.ascontiguousarray(minima[:, k] + 2) for k in range(SKILLS)}
    fields = np.unique(np.stack([main, (main + 1) % FIELDS, (main + 7) % FIELDS, (main + 19) % FIELDS], 1), axis=1)
    keys = fields[:, :, None] * GRADES + floor[:, None, None] + np.arange(4)
    blocks: Columns = {
        "slot": np.repeat(slot["slot"], keys[0].size),
        "key": np.sort(keys.reshape(slots, -1), axis=1).ravel().astype(np.int16),
    }
    return person, slot, blocks


def ours(person: Columns, slot: Columns, blocks: Columns) -> dict[str, Any]:
    """Pack the words, judge, and keep the best 64 of every person and slot."""
    from penata.placement import pairs

    built = _built(person, slot, blocks)
    found = pairs.judge(*built)
    return {"count": found.count, "sum": found.total, "kept": len(found.slot)}


def proof(person: Columns, slot: Columns, blocks: Columns) -> dict[str, Any]:
    """The second sweep alone: prices that most pairs come near to, as those of a solved problem are."""
    from penata.placement import pairs

    built = _built(person, slot, blocks)
    u = np.full(len(person["key"]), 500, np.int64)
    v = np.full(len(slot["slot"]), 420, np.int64)
    begun = perf_counter()
    found = pairs.exceeding(*built, u, v)
    return {"count": found.count, "sum": found.total, "seconds": perf_counter() - begun}


def _built(person: Columns, slot: Columns, blocks: Columns) -> Any:
    from penata.placement import pairs
    from penata.placement.pairs import Part, PartKind, Rule, RuleKind

    n, m = len(person["key"]), len(slot["slot"])
    columns = [person["performance"], person["potential"], person["same"], person["other"]]
    near = [(1000 - 100 * np.abs(person["zone"] - zone)).astype(np.int16) for zone in range(ZONES)]
    # Experience counts fully in the slot's own field, so the share is one of two columns by field: a part of its own.
    experience = [np.where(person["field"] == field, person["same"], person["other"]) for field in range(FIELDS)]
    people = pairs.People(
        person["key"].astype(np.int32),
        person["left"][None],
        np.uint64(1) << person["field"].astype(np.uint64)[None],
        pairs.pack_levels(np.stack([person[f"l{k}"] for k in range(SKILLS)], 1)),
        np.stack([*columns[:2], *near, *experience]),
    )
    counts = np.bincount(blocks["slot"], minlength=m)
    picks = [np.zeros(m, np.int32), np.ones(m, np.int32), 2 + slot["place"], 2 + ZONES + slot["main"]]
    slots = pairs.Slots(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        blocks["key"].astype(np.int32),
        blocks["slot"],
        np.zeros((m, 1), np.int32),
        slot["months"][:, None],
        np.full((m, 1), np.iinfo(np.int16).max, np.int16),
        np.uint64(1) << slot["main"].astype(np.uint64)[:, None],
        np.ascontiguousarray(pairs.pack_levels(np.stack([slot[f"m{k}"] for k in range(SKILLS)], 1)).T),
        np.ascontiguousarray(pairs.pack_levels(np.stack([slot[f"s{k}"] for k in range(SKILLS)], 1)).T),
        np.stack(picks, 1).astype(np.int32),
    )
    rules = pairs.Rules((Rule(RuleKind.WINDOW, 0, 1), Rule(RuleKind.MINIMA, 0, 1)))
    kinds = (PartKind.STANDARDS, PartKind.COLUMN, PartKind.COLUMN, PartKind.COLUMN, PartKind.COLUMN, PartKind.MEMBER)
    begins = (0, 0, 1, 3, 2, 0)
    parts = (Part(kind, at, at + 1, weight) for kind, at, weight in zip(kinds, begins, WEIGHTS, strict=True))
    assert n == people.count
    return people, slots, rules, pairs.Weights(tuple(parts))


def duckdb_join(person: Columns, slot: Columns, blocks: Columns) -> dict[str, Any]:
    """DuckDB: blocked join, filter, count and sum, on as many threads as there are cores."""
    import duckdb

    base = duckdb.connect()
    for name, columns in (("person", person), ("slot", slot), ("block", blocks)):
        base.register(f"plain_{name}", columns)
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM plain_{name}")
    lawful = " AND ".join(["p.left >= s.months", *(f"p.l{k} >= s.m{k}" for k in range(SKILLS))])
    reached = " + ".join(f"least(p.l{k}, s.s{k})" for k in range(SKILLS))
    asked = " + ".join(f"s{k}" for k in range(SKILLS))
    w = WEIGHTS
    begun = perf_counter()
    row = base.execute(f"""
        WITH s AS (
            SELECT slot.*, block.key, ({asked})::INTEGER AS asked FROM slot JOIN block USING (slot)
        ), lawful AS (
            SELECT p.*, s.*, (2000 * ({reached})::INTEGER + asked) // (2 * asked) AS competence
            FROM person p JOIN s ON p.key = s.key WHERE {lawful}
        )
        SELECT count(*), sum((2 * ({w[0]} * competence + {w[1]} * performance::INTEGER + {w[2]} * potential::INTEGER
            + {w[3]} * (CASE WHEN field = main THEN same ELSE other END)::INTEGER
            + {w[4]} * (1000 - 100 * abs(zone - place))::INTEGER
            + CASE WHEN field = main THEN {w[5] * 1000} ELSE 0 END) + 100) // 200)
        FROM lawful
    """).fetchone()
    return {"count": int(row[0]), "sum": int(row[1]), "seconds": perf_counter() - begun}


def polars_join(person: Columns, slot: Columns, blocks: Columns) -> dict[str, Any]:
    """Polars' streaming engine: blocked join, filter, count and sum."""
    import polars as pl

    frames = [pl.DataFrame(columns).lazy() for columns in (person, slot, blocks)]
    begun = perf_counter()
    asked = pl.sum_horizontal(pl.col(f"s{k}").cast(pl.Int32) for k in range(SKILLS)).alias("asked")
    visits = frames[2].join(frames[1].with_columns(asked), on="slot")
    lawful = pl.col("left") >= pl.col("months")
    reached = pl.lit(0, pl.Int16)
    for k in range(SKILLS):
        lawful &= pl.col(f"l{k}") >= pl.col(f"m{k}")
        reached = reached + pl.min_horizontal(f"l{k}", f"s{k}")
    same = pl.col("field") == pl.col("main")
    competence = (2000 * reached.cast(pl.Int32) + pl.col("asked")) // (2 * pl.col("asked"))
    w, wide = WEIGHTS, pl.Int32
    total = (
        w[0] * competence + w[1] * pl.col("performance").cast(wide) + w[2] * pl.col("potential").cast(wide)
        + w[3] * pl.when(same).then("same").otherwise("other").cast(wide)
        + w[4] * (1000 - 100 * (pl.col("zone") - pl.col("place")).abs()).cast(wide)
        + pl.when(same).then(w[5] * 1000).otherwise(0)
    )  # fmt: skip
    score = ((2 * total + 100) // 200).cast(pl.Int64)
    row = frames[0].join(visits, on="key").filter(lawful).select(pl.len(), score.sum().alias("sum"))
    count, points = row.collect(engine="streaming").row(0)
    return {"count": count, "sum": points, "seconds": perf_counter() - begun}


ENGINES: dict[str, Callable[[Columns, Columns, Columns], dict[str, Any]]] = {
    "penata": ours,
    "penata harga": proof,
    "polars": polars_join,
    "duckdb": duckdb_join,
}


def measure(name: str, people: int, slots: int, folder: str) -> dict[str, Any]:
    """Run one engine on one instance in this process; return its answer, seconds and peak memory."""
    if folder:
        sys.path.append(folder)
    ENGINES[name](*instance(600, 150))  # imports and compiled code are loaded before the clock starts
    columns = instance(people, slots)
    before = _memory("VmRSS")
    _reset_peak()
    begun = perf_counter()
    answer = ENGINES[name](*columns)
    seconds = perf_counter() - begun
    return {"seconds": seconds, **answer, "megabytes": (_memory("VmHWM") - before) / 1024}


def _memory(field: str) -> int:
    """Return a line of /proc/self/status in kilobytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def fresh(*arguments: Any) -> dict[str, Any]:
    """Measure in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def compare(people: int, slots: int, names: tuple[str, ...], repeats: int, folder: str) -> dict[str, Any]:
    """Measure every engine on one instance; stop where count or sum differ."""
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(repeats):  # alternating, so that a busy machine is busy for all
        for name in names:
            runs[name].append(fresh(name, people, slots, folder))
    answers = {(run["count"], run["sum"]) for name in names if name != "penata harga" for run in runs[name]}
    if len(answers) != 1:
        raise SystemExit(f"{people}: answers differ: {sorted(answers)}")
    count, points = answers.pop()
    seconds = {name: statistics.median(run["seconds"] for run in each) for name, each in runs.items()}
    return {
        "people": people,
        "slots": slots,
        "pairs": people * slots,
        "lawful": count,
        "share": round(count / people / slots, 4),
        "sum": points,
        "kept": runs["penata"][0]["kept"],
        "engines": {
            name: {
                "seconds": round(seconds[name], 4),
                "against_penata": round(seconds[name] / seconds["penata"], 2),
                "megabytes": round(max(run["megabytes"] for run in each), 1),
                "runs": len(each),
            }
            for name, each in runs.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Mengukur penilaian semua pasangan pegawai dan posisi.")
    parser.add_argument("--ulang", type=int, default=5, help="ulangan tiap ukuran")
    parser.add_argument("--ukuran", type=int, nargs=2, help="jumlah orang dan posisi; baku: 10000 3000 dan 60000 15000")
    parser.add_argument(
        "--bantu-duckdb", default="", help="folder tempat DuckDB terpasang, bila bukan di lingkungan ini"
    )
    options = parser.parse_args()
    if options.bantu_duckdb:
        sys.path.append(options.bantu_duckdb)
    names = tuple(name for name in ENGINES if name != "duckdb" or find_spec("duckdb"))
    if "duckdb" not in names:
        print("DuckDB tidak terpasang, sehingga tidak diukur.")
    found = []
    print(f"{'':18}{'mesin':16}{'detik':>9}{'x Penata':>10}{'MB':>8}")
    for people, slots in (tuple(options.ukuran),) if options.ukuran else SIZES:
        row = compare(people, slots, names, options.ulang, options.bantu_duckdb)
        found.append(row)
        for name, one in row["engines"].items():
            head = f"{people} x {slots}" if name == "penata" else ""
            print(f"{head:18}{name:16}{one['seconds']:9.3f}{one['against_penata']:10.2f}{one['megabytes']:8.0f}")
        print(f"{'':18}layak {row['lawful']} ({row['share']:.2%}), disimpan {row['kept']}", flush=True)
    if options.ukuran:
        return
    TARGET.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    libraries = {name: version(name) for name in ("numpy", "numba", "polars", *names[3:])}
    TARGET.write_text(
        json.dumps({"seed": SEED, **machine, "libraries": libraries, "instances": found}, indent=1) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
