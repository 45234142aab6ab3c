"""The placement solve, measured against other exact solvers on the same instances, in one run.

    python benchmarks/solve.py [--besar] [--ulang N] [--hanya FAMILY PEOPLE]

Families: ``s`` posts in job blocks, skewed seats, as many seats as people; ``t`` the same with seats for 80 %; ``u``
uniform; ``c`` as ``s`` with coarse scores 0..10; ``p`` as ``s`` with incumbents, critical posts, people who must be
placed and a cost of moving. Every solve runs in a fresh process; seconds are build + solve, without imports; memory is
the peak above the loaded instance. Ours includes the lowest prices, which prove the result, and keeps as many people as
possible where they are; the others give a value only. Values must be equal, and every certificate is checked; with an
allowed gap the value must be proved within it. ``--besar`` adds a million people, and SciPy's matching at 60,000.
"""

import argparse
import ctypes
import json
import platform
import statistics
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.placement.check import check
from penata.placement.params import Params
from penata.placement.problem import UNPLACED, Problem
from penata.placement.solve import solve
from penata.placement.weights import candidate_of_edges, tiered_weights, tiers_of

TARGET = Path(__file__).with_name("hasil") / "solve.json"
SIZES = ((1_000, 300), (10_000, 3_000), (60_000, 15_000))
LARGEST = (1_000_000, 200_000)
FAMILIES = ("s", "t", "u", "c", "p")
GAP = 0.001
DEGREE = 28
MILP_LIMIT = 2_000  # people; beyond it the general solver takes minutes
SEED = 2026


def instance(family: str, people: int, slots: int) -> Problem:
    """Return an instance of *family*, the same in every process."""
    random = np.random.default_rng([SEED, people, slots])
    if family == "u":
        chosen = random.integers(0, slots, (people, DEGREE))
    else:
        blocks = max(1, slots // 150)
        block = random.integers(0, blocks, people)
        begin, end = block * slots // blocks, (block + 1) * slots // blocks
        chosen = begin[:, None] + (random.random((people, DEGREE)) * (end - begin)[:, None]).astype(np.int64)
    key = np.unique(np.arange(people)[:, None] * slots + chosen)
    owner, slot = key // slots, (key % slots).astype(np.int32)
    competence, attraction = random.normal(0, 80, people), random.normal(0, 120, slots)
    distance = random.normal(0, 120, len(slot))
    score = np.clip(600 + competence[owner] + attraction[slot] + distance, 0, 1000).astype(np.int32)
    seats = people * 8 // 10 if family == "t" else people
    share = random.pareto(1.5, slots) + 0.3
    capacity = np.bincount(random.choice(slots, seats, p=share / share.sum()), minlength=slots).astype(np.int32)
    if family == "c":
        score = (score // 100).astype(np.int32)
    indptr = np.searchsorted(owner, np.arange(people + 1)).astype(np.int64)
    current = np.full(people, UNPLACED, np.int32)
    critical, must_place = np.zeros(slots, np.bool_), np.zeros(people, np.bool_)
    if family == "p":
        pick = indptr[:-1] + (random.random(people) * np.diff(indptr)).astype(np.int64)
        current = np.where(random.random(people) < 0.9, slot[pick], UNPLACED).astype(np.int32)
        critical, must_place = random.random(slots) < 0.05, random.random(people) < 0.02
    return Problem(
        indptr, slot, score, current, capacity, np.zeros(slots, np.int32), critical, must_place,
        60 if family == "p" else 0,
    )  # fmt: skip


def ours(problem: Problem) -> int:
    """Solve with prices, through the one door."""
    return solve(problem).value


def ours_within(problem: Problem) -> int:
    """Solve until prices prove the arrangement within the allowed gap; the bound is checked here."""
    result = solve(problem, params=Params(gap=GAP))
    if result.gap > GAP * result.value:
        raise SystemExit(f"gap {result.gap} of {result.value}")
    return result.value


def ortools(problem: Problem) -> int:
    """OR-Tools' min-cost flow alone, value only."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    weight = tiered_weights(problem, tiers_of(problem))
    n, m, e = problem.candidates, problem.slots, problem.edges
    sink = n + m
    network = SimpleMinCostFlow()
    arcs = (
        (candidate_of_edges(problem), problem.slot + np.int32(n), np.ones(e, np.int64), -weight),
        (np.arange(n, dtype=np.int32), np.full(n, sink, np.int32), np.ones(n, np.int64), np.zeros(n, np.int64)),
        (
            np.arange(n, sink, dtype=np.int32), np.full(m, sink, np.int32), problem.capacity.astype(np.int64),
            np.zeros(m, np.int64),
        ),
    )  # fmt: skip
    for tail, head, seats, cost in arcs:
        network.add_arcs_with_capacity_and_unit_cost(tail, head, seats, cost)
    supply = np.zeros(sink + 1, np.int64)
    supply[:n], supply[sink] = 1, -n
    network.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    network.solve()
    return -int(network.optimal_cost())


def scipy_matching(problem: Problem) -> int:
    """SciPy's sparse matching: every seat is a column of its own, and everybody may stay on a private one."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    weight = tiered_weights(problem, tiers_of(problem))
    wanted = np.bincount(problem.slot, minlength=problem.slots)
    copies = np.minimum(problem.capacity, wanted)
    first = np.concatenate(([0], np.cumsum(copies)))
    each = copies[problem.slot]
    begin = np.repeat(first[problem.slot], each)
    step = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    people = np.arange(problem.candidates)
    rows = np.concatenate((np.repeat(candidate_of_edges(problem), each), people))
    columns = np.concatenate((begin + step, first[-1] + people))
    # Zero weights would be dropped, so all are shifted; everybody is matched once, so the shift is known.
    shift = 1 - min(0, int(weight.min(initial=0)))
    values = np.concatenate((np.repeat(weight, each), np.zeros(len(people), np.int64))) + shift
    matrix = csr_matrix((values.astype(np.float64), (rows, columns)), (len(people), first[-1] + len(people)))
    left, right = min_weight_full_bipartite_matching(matrix, maximize=True)
    return int(np.asarray(matrix[left, right]).sum()) - shift * len(people)


def scipy_milp(problem: Problem) -> int:
    """SciPy's mixed-integer solver (HiGHS)."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix, vstack

    weight = tiered_weights(problem, tiers_of(problem))
    one, number = np.ones(problem.edges), np.arange(problem.edges)
    rows = (
        coo_matrix((one, (candidate_of_edges(problem), number)), (problem.candidates, problem.edges)),
        coo_matrix((one, (problem.slot, number)), (problem.slots, problem.edges)),
    )
    limits = np.concatenate((np.ones(problem.candidates), problem.capacity))
    answer = milp(
        -weight.astype(np.float64),
        constraints=LinearConstraint(vstack(rows).tocsr(), ub=limits),
        integrality=one,
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return int(weight[np.round(answer.x) > 0.5].sum())


SOLVERS: dict[str, Callable[[Problem], int]] = {
    "penata": ours,
    "penata 0,1 %": ours_within,
    "ortools": ortools,
    "scipy matching": scipy_matching,
    "scipy milp": scipy_milp,
}


def measure(name: str, family: str, people: int, slots: int) -> dict[str, Any]:
    """Run one solver on one instance in this process; return value, seconds and peak memory."""
    warm = instance("p", 60, 20)
    SOLVERS[name](warm)  # imports and compiled code are loaded before the clock starts
    problem = instance(family, people, slots)
    ctypes.CDLL(None).malloc_trim(0)  # what making the instance left over would be used again, and not count
    before = _memory("VmRSS")
    _reset_peak()
    begun = perf_counter()
    value = SOLVERS[name](problem)
    seconds = perf_counter() - begun
    return {"value": value, "seconds": seconds, "megabytes": (_memory("VmHWM") - before) / 1024}


def _memory(field: str) -> int:
    """Return a line of /proc/self/status in kilobytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def certificate(family: str, people: int, slots: int) -> dict[str, Any]:
    """Check our result independently, and time the check."""
    problem = instance(family, people, slots)
    result = solve(problem)
    begun = perf_counter()
    report = check(problem, result)
    return {"sound": report.sound, "gap": report.gap, "seconds": perf_counter() - begun, "edges": problem.edges}


def fresh(task: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Run *task* in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments).result()


def compare(family: str, people: int, slots: int, names: tuple[str, ...], repeats: int) -> dict[str, Any]:
    """Measure every solver on one instance; stop where values differ or the proof fails."""
    runs = {name: [] for name in names}
    for _ in range(repeats):  # alternating, so that a busy machine is busy for all
        for name in names:
            runs[name].append(fresh(measure, name, family, people, slots))
    exact = [each for name, each in runs.items() if name != "penata 0,1 %"]
    values: NDArray[np.int64] = np.array([run["value"] for each in exact for run in each])
    proof = fresh(certificate, family, people, slots)
    if len(set(values.tolist())) != 1 or not proof["sound"] or proof["gap"]:
        raise SystemExit(f"{family} {people}: values {sorted(set(values.tolist()))}, proof {proof}")
    seconds = {name: statistics.median(run["seconds"] for run in each) for name, each in runs.items()}
    return {
        "family": family,
        "people": people,
        "slots": slots,
        "edges": proof["edges"],
        "value": int(values[0]),
        "gap": proof["gap"],
        "check_seconds": round(proof["seconds"], 4),
        "solvers": {
            name: {
                "seconds": round(seconds[name], 4),
                "against_penata": round(seconds[name] / seconds["penata"], 2),
                "megabytes": round(max(run["megabytes"] for run in runs[name]), 1),
                "runs": len(runs[name]),
            }
            for name in names
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Mengukur penempatan terhadap penyelesai lain.")
    parser.add_argument("--besar", action="store_true", help="juga 60.000 pegawai dengan SciPy (menit)")
    parser.add_argument("--ulang", type=int, default=5, help="ulangan tiap ukuran")
    parser.add_argument("--hanya", nargs=2, metavar=("KELUARGA", "PEGAWAI"), help="satu saja, tanpa menulis hasil")
    options = parser.parse_args()
    found = []
    tasks = [(family, *size) for size in SIZES for family in FAMILIES]
    tasks += [("s", *LARGEST)] if options.besar else []
    if options.hanya:
        wanted = (options.hanya[0], int(options.hanya[1]))
        tasks = [task for task in (*tasks, ("s", *LARGEST)) if task[:2] == wanted][:1]
    print(f"{'':16}{'penyelesai':18}{'detik':>9}{'x Penata':>10}{'MB':>8}")
    for family, people, slots in tasks:
        matching = people <= 10_000 or (options.besar and people <= 60_000)
        names = tuple(
            name
            for name in SOLVERS
            if (name != "scipy milp" or people <= MILP_LIMIT) and (name != "scipy matching" or matching)
        )
        row = compare(family, people, slots, names, options.ulang)
        found.append(row)
        for name, one in row["solvers"].items():
            head = f"{family} {people}" if name == "penata" else ""
            print(f"{head:16}{name:18}{one['seconds']:9.3f}{one['against_penata']:10.2f}{one['megabytes']:8.0f}")
        print(f"{'':16}{'pemeriksaan':18}{row['check_seconds']:9.3f}   celah {row['gap']}", flush=True)
    if options.hanya:
        return
    TARGET.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    libraries = {name: version(name) for name in ("numpy", "scipy", "ortools", "numba")}
    TARGET.write_text(
        json.dumps({"seed": SEED, **machine, "libraries": libraries, "instances": found}, indent=1) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
