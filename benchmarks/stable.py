"""`stabil` and `tukar`, measured against plain Python on the same instances, in one run.

    python benchmarks/stable.py [--besar] [--ulang N]

Families as in `solve.py`. Candidates like a slot by its score and a noise of their own (80 points); slots rank by
score. For `tukar` everybody wishes the ten slots liked best. The peers are what one writes without kernels: Gale and
Shapley's proposals with a heap of holders per slot, and trading circles with sorted lists. Every run has a fresh
process; seconds are without imports and without making the instance, for the peers also without making Python lists of
it. Arrangements must be equal, person by person, and pass the independent check. The price of stability is the score of
the stable arrangement against that of the optimal one.
"""

import argparse
import json
import platform
import statistics
from collections.abc import Callable
from hashlib import sha256
from heapq import heappush, heapreplace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from solve import SEED, fresh, instance

from penata.placement.check_exchange import check_exchange
from penata.placement.check_stable import check_stable
from penata.placement.exchange import exchange
from penata.placement.problem import UNPLACED, Problem
from penata.placement.solve import solve
from penata.placement.stable import stable
from penata.placement.tenure import rights
from penata.placement.voluntary import Preferences, Wishes
from penata.placement.weights import candidate_of_edges

TARGET = Path(__file__).with_name("hasil") / "stable.json"
SIZES = ((10_000, 3_000), (60_000, 15_000))
LARGE = (1_000_000, 200_000)
FAMILIES = ("s", "t", "u", "p")
NOISE = 80
WISHED = 10

Task = tuple[Problem, Preferences, Wishes]
Timed = tuple[float, NDArray[np.int32]]


def task(family: str, people: int, slots: int) -> Task:
    """Return an instance with tastes and wishes, the same in every process."""
    problem = instance(family, people, slots)
    random = np.random.default_rng([SEED, people, slots, 1])
    taste = (problem.score + random.normal(0, NOISE, problem.edges)).astype(np.int32)
    owner = candidate_of_edges(problem)
    order = np.lexsort((problem.slot, -problem.score, -taste, owner))
    wished = order[np.arange(problem.edges) - problem.indptr[owner] < WISHED]
    length = np.bincount(owner[wished], minlength=people)
    indptr = np.concatenate(([0], np.cumsum(length))).astype(np.int64)
    return problem, Preferences(taste=taste), Wishes(indptr, problem.slot[wished])


def stable_ours(job: Task) -> Timed:
    begun = perf_counter()
    result = stable(job[0], job[1])
    return perf_counter() - begun, result.assignment


def stable_heaps(job: Task) -> Timed:
    """Deferred acceptance with Python's heaps, lists sorted when first needed."""
    problem, preferences, _ = job
    taste = problem.score if preferences.taste is None else preferences.taste
    right = rights(problem, problem.score)
    edges = list(zip(problem.slot.tolist(), taste.tolist(), problem.score.tolist(), strict=True))
    indptr, current, first = problem.indptr.tolist(), problem.current.tolist(), right.tolist()
    capacity = problem.capacity.tolist()
    begun = perf_counter()
    holders: list[list[tuple[bool, int, int]]] = [[] for _ in capacity]
    lists: list[Any] = [None] * len(current)
    goal = [UNPLACED] * len(current)
    for proposer in range(len(current)):
        i = proposer
        while i != UNPLACED:
            here = current[i]
            if lists[i] is None:
                row = edges[indptr[i] : indptr[i + 1]]
                row.sort(key=lambda edge: (-edge[1], edge[0] != here, -edge[2], edge[0]))
                lists[i] = iter(row)
            edge = next(lists[i], None)
            if edge is None:
                goal[i] = UNPLACED
                break
            j, _, points = edge
            mine, seated = (first[i] and here == j, points, -i), holders[j]
            if len(seated) < capacity[j]:
                heappush(seated, mine)
                goal[i], i = j, UNPLACED
            elif seated and seated[0] < mine:
                goal[i], i = j, -heapreplace(seated, mine)[2]
    return perf_counter() - begun, np.array(goal, np.int32)


def exchange_ours(job: Task) -> Timed:
    begun = perf_counter()
    result = exchange(job[0], job[2])
    return perf_counter() - begun, result.assignment


def exchange_lists(job: Task) -> Timed:
    """Top trading cycles with Python's sorted lists, made when first needed."""
    problem, _, wishes = job
    held = np.where(rights(problem, problem.score), problem.current, UNPLACED).tolist()
    owner, score = candidate_of_edges(problem), problem.score.tolist()
    by_slot = np.argsort(problem.slot, kind="stable")
    start = np.searchsorted(problem.slot[by_slot], np.arange(problem.slots + 1)).tolist()
    line, people = by_slot.tolist(), owner.tolist()
    asked = np.split(wishes.slot, wishes.indptr[1:-1])
    lists = [each.tolist() for each in asked]
    seats = problem.capacity.tolist()
    begun = perf_counter()
    waiting: list[Any] = [None] * len(seats)
    goal, gone, depth, step = [UNPLACED] * len(held), [False] * len(held), [-1] * len(held), [0] * len(held)
    for root in range(len(held)):
        path = [] if gone[root] else [root]
        depth[root] = 0
        while path:
            i = path[-1]
            mine = lists[i]
            while step[i] < len(mine) and mine[step[i]] != held[i] and not seats[mine[step[i]]]:
                step[i] += 1
            j = goal[i] = mine[step[i]] if step[i] < len(mine) else held[i]
            if j == UNPLACED:
                gone[i] = True
                path.pop()
                continue
            if waiting[j] is None:
                each = line[start[j] : start[j + 1]]
                each.sort(key=lambda e: (held[people[e]] == j, score[e], -people[e]))
                waiting[j] = [people[e] for e in each]
            while gone[waiting[j][-1]]:
                waiting[j].pop()
            k = waiting[j][-1]
            if depth[k] < 0:
                depth[k] = len(path)
                path.append(k)
                continue
            for p in path[depth[k] :]:
                gone[p] = True
                seats[goal[p]] -= 1
            del path[depth[k] :]
    return perf_counter() - begun, np.array(goal, np.int32)


WAYS: dict[str, dict[str, Callable[[Task], Timed]]] = {
    "stabil": {"penata": stable_ours, "python heaps": stable_heaps},
    "tukar": {"penata": exchange_ours, "python lists": exchange_lists},
}


def measure(method: str, way: str, family: str, people: int, slots: int) -> dict[str, Any]:
    """Run one way on one instance in this process."""
    WAYS[method][way](task("p", 60, 20))  # imports and compiled code are loaded before the clock starts
    seconds, assignment = WAYS[method][way](task(family, people, slots))
    return {"seconds": seconds, "assignment": sha256(assignment.tobytes()).hexdigest()}


def proof(method: str, family: str, people: int, slots: int) -> dict[str, Any]:
    """Check our result independently, and set it against the optimal one."""
    problem, preferences, wishes = task(family, people, slots)
    begun = perf_counter()
    found: dict[str, Any]
    if method == "stabil":
        report = check_stable(problem, result := stable(problem, preferences), preferences)
        found = {
            "blocking_modified": report.blocking_modified,
            "blocking_given": report.blocking_given,
            "worse_off": report.worse_off,
        }
    else:
        report = check_exchange(problem, wishes, result := exchange(problem, wishes))
        found = {
            "cycles_and_chains": np.bincount(result.kind, minlength=3).tolist(),
            "longest": int(result.position.max(initial=-1)) + 1,
        }
    seconds = perf_counter() - begun
    best = solve(problem)
    most = best.score - problem.move_cost * best.moves
    return {
        "sound": report.sound,
        "check_seconds": round(seconds, 4),
        "edges": problem.edges,
        "score": result.score,
        "moves": result.moves,
        "unplaced": result.unplaced,
        "against_optimal": round(result.net / most, 4),
        **found,
    }


def compare(method: str, family: str, people: int, slots: int, repeats: int) -> dict[str, Any]:
    """Measure every way on one instance; stop where arrangements differ or the check fails."""
    ways = WAYS[method]
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
    for _ in range(repeats):  # alternating, so that a busy machine is busy for all
        for way in ways:
            runs[way].append(fresh(measure, method, way, family, people, slots))
    checked = fresh(proof, method, family, people, slots)
    answers = {run["assignment"] for each in runs.values() for run in each}
    if len(answers) != 1 or not checked["sound"]:
        raise SystemExit(f"{method} {family} {people}: {len(answers)} different arrangements, check {checked}")
    seconds = {way: statistics.median(run["seconds"] for run in runs[way]) for way in ways}
    return {
        "method": method,
        "family": family,
        "people": people,
        "slots": slots,
        **checked,
        "ways": {
            way: {
                "seconds": round(seconds[way], 4),
                "against_penata": round(seconds[way] / seconds["penata"], 2),
                "runs": len(runs[way]),
            }
            for way in ways
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Mengukur penempatan stabil dan tukar-menukar.")
    parser.add_argument("--besar", action="store_true", help="juga satu juta pegawai, keluarga s (menit)")
    parser.add_argument("--ulang", type=int, default=5, help="ulangan tiap ukuran")
    options = parser.parse_args()
    instances = [(family, *size) for size in SIZES for family in FAMILIES]
    instances += [("s", *LARGE)] if options.besar else []
    found = []
    print(f"{'':24}{'cara':16}{'detik':>9}{'x Penata':>10}{'thd optimal':>13}")
    for method in WAYS:
        for family, people, slots in instances:
            row = compare(method, family, people, slots, options.ulang)
            found.append(row)
            for way, one in row["ways"].items():
                head = f"{method} {family} {people}" if way == "penata" else ""
                share = f"{row['against_optimal']:13.4f}" if way == "penata" else ""
                print(f"{head:24}{way:16}{one['seconds']:9.4f}{one['against_penata']:10.2f}{share}", flush=True)
    TARGET.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    libraries = {name: version(name) for name in ("numpy", "numba")}
    TARGET.write_text(
        json.dumps({"seed": SEED, **machine, "libraries": libraries, "instances": found}, indent=1) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
