"""Teams, measured against HiGHS on everybody, on the same instances, in one run.

    python benchmarks/team.py [--ulang N] [--batas SECONDS]

A team of at most six (twelve skills) or eight (sixteen) out of 60,000 people of 40 units, the largest with a fifth of
them: levels 0..7, most people have few skills, losses rise faster than skills. ``tables`` is the plain case; ``units``
allows one member per unit; ``double`` asks for two people with each of two skills. HiGHS gets the whole problem as one
binary variable per person; it runs up to a time limit, and its bound is shown where it did not end. Every solve runs in
a fresh process; seconds are without imports and without making the instance. Values must be equal, and every team is
checked.
"""

import argparse
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

from penata.placement.check_team import check_team
from penata.placement.outcome import Outcome
from penata.placement.team import team
from penata.placement.team_problem import TeamProblem

TARGET = Path(__file__).with_name("hasil") / "team.json"
PEOPLE, UNITS = 60_000, 40
CASES = (("tables", 12, 6), ("tables", 16, 8), ("units", 12, 6), ("double", 12, 8))
SEED = 2026


def instance(family: str, skills: int, most: int, people: int = PEOPLE) -> TeamProblem:
    """Return an instance of *family*, the same in every process."""
    random = np.random.default_rng([SEED, skills, people])
    talent = random.beta(2, 8, people)
    has = random.random((people, skills)) < talent[:, None]
    level = (random.integers(1, 8, (people, skills)) * has).astype(np.int8)
    worth = 30 + 30 * has.sum(axis=1) ** 1.25 + random.gamma(4.0, 20.0, people)
    count = np.ones(skills, np.int32)
    if family == "double":
        count[:2] = 2
    return TeamProblem(
        level=level,
        unit=np.minimum(random.geometric(0.2, people) - 1, UNITS - 1).astype(np.int32),
        load=random.integers(0, 4, people),
        loss=worth.astype(np.int64),
        need_level=np.full(skills, 4, np.int8),
        need_count=count,
        unit_cap=np.full(UNITS, 1 if family == "units" else most, np.int32),
        out=random.random(people) < 0.05,
        required=np.zeros(people, np.bool_),
        apart=np.zeros((0, 2), np.int32),
        most=most,
        load_limit=2,
    )


def ours(problem: TeamProblem, limit: float) -> tuple[int, int]:
    """Return loss and bound of the best team."""
    result = team(problem, alternatives=0, time_limit=limit)
    return int(result.teams[0].loss), result.bound


def with_alternatives(problem: TeamProblem, limit: float) -> tuple[int, int]:
    """The same with the three next best teams."""
    result = team(problem, alternatives=3, time_limit=limit)
    return int(result.teams[0].loss), result.bound


def highs(problem: TeamProblem, limit: float) -> tuple[int, int]:
    """HiGHS on everybody: a binary variable each."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix, csr_matrix, vstack

    n = problem.candidates
    needs = csr_matrix((problem.level >= problem.need_level).T.astype(float))
    everybody = csr_matrix(np.ones((1, n)))
    units = coo_matrix((np.ones(n), (problem.unit, np.arange(n))), (UNITS, n))
    barred = problem.out | (problem.load > (problem.load_limit if problem.load_limit is not None else np.inf))
    answer = milp(
        problem.loss.astype(float),
        constraints=LinearConstraint(
            vstack((needs, everybody, units)).tocsr(),
            np.concatenate((problem.need_count, np.zeros(1 + UNITS))),
            np.concatenate((np.full(problem.skills, np.inf), [problem.most], problem.unit_cap)),
        ),
        integrality=np.ones(n),
        bounds=Bounds(0, (~barred).astype(float)),
        options={"mip_rel_gap": 0.0, "time_limit": limit},
    )
    value = -1 if answer.x is None else int(problem.loss[answer.x > 0.5].sum())
    return value, int(np.ceil(answer.mip_dual_bound - 1e-6))


SOLVERS: dict[str, Callable[[TeamProblem, float], tuple[int, int]]] = {
    "penata": ours,
    "penata + 3 alternatives": with_alternatives,
    "scipy milp, everybody": highs,
}


def measure(name: str, family: str, skills: int, most: int, limit: float) -> dict[str, Any]:
    """Run one solver on one instance in this process; return value, bound and seconds."""
    SOLVERS[name](instance(family, skills, most, 300), limit)  # imports and compiled code before the clock starts
    problem = instance(family, skills, most)
    begun = perf_counter()
    value, bound = SOLVERS[name](problem, limit)
    return {"value": value, "bound": bound, "seconds": perf_counter() - begun}


def examine(family: str, skills: int, most: int) -> dict[str, Any]:
    """Return our result, checked."""
    problem = instance(family, skills, most)
    result = team(problem)
    sound = not check_team(problem, result) and result.outcome is Outcome.OPTIMAL
    return {"sound": sound, "solver": result.solver, "losses": [one.loss for one in result.teams]}


def fresh(task: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Run *task* in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments).result()


def compare(family: str, skills: int, most: int, repeats: int, limit: float) -> dict[str, Any]:
    """Measure every solver on one instance; stop where values differ or a team is not sound."""
    proof = fresh(examine, family, skills, most)
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in SOLVERS}
    for turn in range(repeats):  # alternating, so that a busy machine is busy for all
        for name in SOLVERS:
            ended = not runs[name] or runs[name][0]["value"] == runs[name][0]["bound"]
            if turn == 0 or ended:  # who ran into the limit once need not do so again
                runs[name].append(fresh(measure, name, family, skills, most, limit))
    for name, each in runs.items():
        for run in each:
            proved = run["value"] == run["bound"]
            if (proved and run["value"] != proof["losses"][0]) or run["bound"] > proof["losses"][0]:
                raise SystemExit(f"{family} {skills}: {name} found {run}, we {proof}")
    if not proof["sound"] or any(run["value"] != run["bound"] for run in runs["penata"]):
        raise SystemExit(f"{family} {skills}: not sound or not proved: {proof}")
    seconds = {name: statistics.median(run["seconds"] for run in each) for name, each in runs.items()}
    return {
        "family": family,
        "people": PEOPLE,
        "skills": skills,
        "most": most,
        "way": proof["solver"],
        "losses": proof["losses"],
        "solvers": {
            name: {
                "seconds": round(seconds[name], 4),
                "against_penata": round(seconds[name] / seconds["penata"], 1),
                "value": each[0]["value"],
                "bound": each[0]["bound"],
                "ended": each[0]["value"] == each[0]["bound"],
                "runs": len(each),
            }
            for name, each in runs.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Mengukur pembentukan tim khusus terhadap HiGHS.")
    parser.add_argument("--ulang", type=int, default=5, help="ulangan tiap contoh")
    parser.add_argument("--batas", type=float, default=120.0, help="batas waktu HiGHS, detik")
    options = parser.parse_args()
    found = []
    print(f"{'':14}{'penyelesai':26}{'detik':>9}{'x Penata':>10}{'nilai':>8}{'batas':>8}")
    for family, skills, most in CASES:
        row = compare(family, skills, most, options.ulang, options.batas)
        found.append(row)
        for name, one in row["solvers"].items():
            head = f"{family} {skills}" if name == "penata" else ""
            figures = f"{one['seconds']:9.4f}{one['against_penata']:10.1f}{one['value']:8}{one['bound']:8}"
            print(f"{head:14}{name:26}{figures}", flush=True)
    TARGET.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    libraries = {name: version(name) for name in ("numpy", "scipy", "numba")}
    report = {"seed": SEED, **machine, "libraries": libraries, "time_limit": options.batas, "instances": found}
    TARGET.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
