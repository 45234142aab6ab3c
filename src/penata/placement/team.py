"""Teams: cover the skills a task needs at the least loss to the home units. Exact, with bound and alternatives."""

from time import monotonic

import numpy as np
from numpy.typing import NDArray

from penata.placement._team import skill_sets
from penata.placement._team_cover import Clock, Found, StoppedError, Task, cheapest_teams, coverable
from penata.placement._team_milp import remaining_teams, shortages
from penata.placement.outcome import Outcome
from penata.placement.problem import ProblemError
from penata.placement.team_problem import Obstacle, Shortage, Team, TeamProblem, TeamResult

SUBSETS = "subset dynamic programming"
MILP = "SciPy milp (HiGHS) on undominated candidates"


def team(problem: TeamProblem, *, alternatives: int = 3, time_limit: float | None = None) -> TeamResult:
    """Return the team of least loss, and of equal ones the smallest, with up to *alternatives* further lean teams.

    Every team is lean (see :class:`TeamResult`); each further one is the best that contains no earlier one. Where one
    person per skill is enough and limits of units and pairs hardly bind, the answer comes from dynamic programming over
    sets of skills; else the reduced problem goes to HiGHS, and ``solver`` says so.

    *time_limit* in seconds, or an interrupt from the keyboard, ends the search with what was found and its bound.
    HiGHS notices an interrupt only when it returns. Without either the answer is proved, and the same arrays always
    give the same answer; numbering decides only among teams of equal loss and size.

    Raises ProblemError if the arrays are not a problem, *alternatives* is negative or *time_limit* is not positive.
    """
    problem.validate()
    if alternatives < 0:
        raise ProblemError("alternatives must not be negative")
    if time_limit is not None and not time_limit > 0:
        raise ProblemError("time_limit must be positive")
    able = ~problem.out
    if problem.load_limit is not None:
        able &= problem.load <= problem.load_limit
    sent = np.bincount(problem.unit[problem.required], minlength=len(problem.unit_cap))
    together = problem.required[problem.apart].all(axis=1).any()
    if (
        np.any(problem.required & ~able)
        or int(problem.required.sum()) > problem.most
        or np.any(sent > problem.unit_cap)
        or together
    ):
        return _impossible(Obstacle.REQUIRED)
    task, skill = _reduced(problem, able, problem.unit_cap - sent)
    missing = _lacking(problem, task, skill)
    if missing:
        return _impossible(Obstacle.SKILL, missing)
    if np.count_nonzero(task.able) < task.least:
        return _impossible(Obstacle.PEOPLE)
    return _search(
        problem, task, skill, alternatives + 1, Clock(None if time_limit is None else monotonic() + time_limit)
    )


def _reduced(problem: TeamProblem, able: NDArray[np.bool_], room: NDArray[np.int64]) -> tuple[Task, NDArray[np.int64]]:
    """Return what is left to decide once those who must be in are in, and the number of each skill still lacking."""
    inside = problem.level[problem.required] >= problem.need_level
    count = problem.need_count - inside.sum(axis=0, dtype=np.int64)
    skill = np.flatnonzero(count > 0)
    able = able & ~problem.required & (room[problem.unit] > 0)
    for a, b in (problem.apart.T, problem.apart.T[::-1]):
        able[b[problem.required[a]]] = False
    chosen = int(problem.required.sum())
    # One more than the largest team: so many ones never make up for a point.
    scale = min(problem.most, problem.candidates) + 1
    task = Task(
        mask=skill_sets(problem.level, problem.need_level, skill),
        count=count[skill],
        cost=problem.loss * scale + 1,
        able=able,
        unit=problem.unit,
        room=room,
        apart=problem.apart[able[problem.apart].all(axis=1)],
        most=min(problem.most, problem.candidates) - chosen,
        least=max(0, problem.least - chosen),
    )
    return task, skill


def _lacking(
    problem: TeamProblem, task: Task, skill: NDArray[np.int64], short: NDArray[np.int64] | None = None
) -> tuple[Shortage, ...]:
    """Return the needs with too few people at all, or, with *short*, those that lack so many in the closest team."""
    held = np.array([np.count_nonzero(task.able & (task.mask >> b & 1 == 1)) for b in range(len(skill))], np.int64)
    lacking = np.maximum(task.count - held, 0) if short is None else short
    return tuple(
        Shortage(
            skill=int(k),
            level=int(problem.need_level[k]),
            needed=int(problem.need_count[k]),
            available=int(held[b] + problem.need_count[k] - task.count[b]),
            short=int(lacking[b]),
        )
        for b, k in enumerate(skill.tolist())
        if lacking[b] > 0
    )


def _search(problem: TeamProblem, task: Task, skill: NDArray[np.int64], wanted: int, clock: Clock) -> TeamResult:
    """Find the teams, or what stands in their way."""
    found, solver, done = Found(), SUBSETS, False
    short: tuple[NDArray[np.int64], int] | None = None
    try:
        if coverable(task):
            done = cheapest_teams(task, wanted, clock, found)
        if not done:
            solver = MILP
            remaining_teams(task, wanted, clock, found)
        if found.complete and not found.teams:
            short = shortages(task, clock)
    except (StoppedError, KeyboardInterrupt):
        found.stopped = True
    if found.complete and not found.teams:
        return _impossible(*_closest(problem, task, skill, short))
    return _answer(problem, task, found, solver)


def _closest(
    problem: TeamProblem, task: Task, skill: NDArray[np.int64], short: tuple[NDArray[np.int64], int] | None
) -> tuple[Obstacle, tuple[Shortage, ...]]:
    """Name what lacks in the team that comes closest; nothing if the time did not allow to look for it."""
    if short is None:
        return Obstacle.TOGETHER, ()
    if not short[0].any() and short[1]:
        return Obstacle.PEOPLE, ()
    return Obstacle.TOGETHER, _lacking(problem, task, skill, short[0])


def _impossible(obstacle: Obstacle, missing: tuple[Shortage, ...] = ()) -> TeamResult:
    return TeamResult(Outcome.INFEASIBLE, (), 0, True, SUBSETS, obstacle, missing)


def _answer(problem: TeamProblem, task: Task, found: Found, solver: str) -> TeamResult:
    """Return *found* with those who must be in; a search stopped with nothing falls back on a team by greed."""
    required = np.flatnonzero(problem.required).tolist()
    scale = min(problem.most, problem.candidates) + 1
    base = int(problem.loss[problem.required].sum())
    pairs = list(found.teams)
    if not pairs:
        members = _by_greed(task)
        if members is not None:
            pairs.append((members, found.floor))
    teams = []
    for members, bound in pairs:
        whole = np.array(sorted((*required, *_lean(task, members))), np.int32)
        loss = int(problem.loss[whole].sum())
        # cost = loss * scale + size and size < scale, so a bound on cost gives this bound on loss.
        teams.append(Team(whole, loss, int(problem.load[whole].sum()), min(loss, base + bound // scale)))
    if not teams:
        return TeamResult(Outcome.UNKNOWN, (), base + found.floor // scale, False, solver)
    proved = teams[0].bound == teams[0].loss
    return TeamResult(
        Outcome.OPTIMAL if proved else Outcome.FEASIBLE, tuple(teams), teams[0].bound, found.complete, solver
    )


def _lean(task: Task, members: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out whoever is not needed, the dearest first."""
    kept = members
    for i in sorted(members, key=lambda i: (-int(task.cost[i]), i)):
        fewer = tuple(k for k in kept if k != i)
        if len(fewer) >= task.least and np.all(task.covered(fewer) >= task.count):
            kept = fewer
    return kept


def _by_greed(task: Task) -> tuple[int, ...] | None:
    """Return a lawful team by least cost per need it meets, or None if that way fails."""
    members: tuple[int, ...] = ()
    open_to = task.able.copy()
    while len(members) < task.most:
        lacking = task.count > task.covered(members)
        if not lacking.any() and len(members) >= task.least:
            break
        wanted = int((1 << np.flatnonzero(lacking)).sum())
        gain = np.bitwise_count(task.mask & wanted) if wanted else np.ones(len(task.mask), np.uint8)
        useful = np.flatnonzero(open_to & (gain > 0))
        if not len(useful):
            return None
        best = int(useful[np.argmin(task.cost[useful] / gain[useful])])
        if task.clash((*members, best)) is None:
            members = (*members, best)
        open_to[best] = False
    complete = len(members) >= task.least and bool(np.all(task.covered(members) >= task.count))
    return members if complete else None
