"""Teams by mixed-integer programming (HiGHS through SciPy) on the candidates who cannot be replaced.

Used where limits of units, pairs, several people per skill or many skills leave dynamic programming no simple state.
"""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity, vstack

from penata.placement._team import undominated
from penata.placement._team_cover import Clock, Found, Task

ENDED, LIMIT, INFEASIBLE = 0, 1, 2  # status of SciPy
TOLERANCE = 1e-9  # relative, of a bound in floating point
ROUNDING = 1e-6  # of an integer in floating point


def irreplaceable(task: Task, spare: int) -> NDArray[np.int64]:
    """Return the candidates to which the problem can be reduced while *spare* teams are forbidden.

    Candidate e dominates d if he has all of d's lacking skills, costs no more (of equal ones the lower number), is in
    no pair, and either his unit is not limited or it is d's. Let c be the largest count of a skill of d, and T a best
    team with d: one of least total ``cost``, so nobody in it is superfluous. If the smallest size asks for nobody more,
    T holds fewer than c dominators of d, since with c of them each skill of d would be there often enough without d.
    (If the smallest size matters, T holds fewer dominators than it has members, and c is ``most``.) With c + spare
    dominators kept, at least spare + 1 of them are outside T. Taking one of them instead of d keeps every need, size,
    unit and pair, and does not cost more. It may complete a forbidden team, but then that team has only this one member
    outside T; so each forbidden team rules out one dominator at most, and one remains. Repeating this ends, since the
    places in the order by cost fall: there is a best team of kept candidates. The same holds where needs may be left
    open at a price, because no need is met less.
    """
    limited = task.room < task.most
    group = np.where(limited[task.unit], task.unit, -1).astype(np.int64)
    free = np.ones(len(task.mask), np.bool_)
    free[task.apart.ravel()] = False
    if task.least:
        margin = np.full(len(task.mask), task.most, np.int64)
    else:
        margin = np.zeros(len(task.mask), np.int64)
        for b, wanted in enumerate(task.count.tolist()):
            margin[task.mask >> b & 1 == 1] = np.maximum(margin[task.mask >> b & 1 == 1], wanted)
    able = np.flatnonzero(task.able)
    order = able[np.lexsort((able, task.cost[able]))]
    chosen: NDArray[np.int64] = undominated(order, margin, task.mask, free, group, spare)
    return chosen


def remaining_teams(task: Task, wanted: int, clock: Clock, found: Found) -> None:
    """Add teams to *found* until there are *wanted*, or no more, or the time is over (StoppedError)."""
    while len(found.teams) < wanted:
        person = irreplaceable(task, len(found.teams))
        rows, low, high = _limits(task, person)
        cost = task.cost[person].astype(np.float64)
        cuts = _cuts([team for team, _ in found.teams], person)
        ends = np.concatenate((high, np.diff(cuts.indptr) - 1.0))
        starts = np.concatenate((low, np.full(cuts.shape[0], -np.inf)))
        answer = milp(
            cost,
            constraints=LinearConstraint(csr_matrix(vstack((rows, cuts))), starts, ends),
            integrality=np.ones(len(person), np.int64),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0, "time_limit": clock.left()},
        )
        if answer.status == INFEASIBLE:
            found.complete = True
            return
        if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
            found.floor = max(found.floor, _rounded(float(answer.mip_dual_bound)))
        if answer.x is None:
            found.stopped = True
            return
        members = tuple(sorted(person[np.flatnonzero(answer.x > 0.5)].tolist()))
        total = task.total(members)
        found.floor = min(found.floor, total)
        found.teams.append((members, found.floor))
        if answer.status != ENDED or found.floor < total:
            found.stopped = True
            return


def shortages(task: Task, clock: Clock) -> tuple[NDArray[np.int64], int]:
    """Return how many are lacking of each skill, int64 (b), and of the smallest size, in a team that lacks least."""
    person = irreplaceable(task, 0)
    rows, low, high = _limits(task, person)
    needs = len(task.count)
    slack = vstack((identity(needs + 1), csr_matrix((rows.shape[0] - needs - 1, needs + 1))))
    answer = milp(
        np.concatenate((np.zeros(len(person)), np.ones(needs + 1))),
        constraints=LinearConstraint(csr_matrix(hstack((rows, slack))), low, high),
        integrality=np.ones(len(person) + needs + 1, np.int64),
        bounds=Bounds(0, np.concatenate((np.ones(len(person)), task.count, [task.least]))),
        options={"mip_rel_gap": 0.0, "time_limit": clock.left()},
    )
    if answer.x is None:
        return np.zeros(needs, np.int64), 0
    lacking = np.round(answer.x[len(person) :]).astype(np.int64)
    return lacking[:needs], int(lacking[needs])


def _limits(task: Task, person: NDArray[np.int64]) -> tuple[csr_matrix, NDArray[np.float64], NDArray[np.float64]]:
    """Return rows over *person* with their limits: needs, smallest size, largest size, units, pairs."""
    needs = len(task.count)
    number = np.full(len(task.mask), -1)
    number[person] = np.arange(len(person))
    sends = np.bincount(task.unit[person], minlength=len(task.room))
    units = np.flatnonzero(sends > task.room)
    row_of_unit = np.full(len(task.room), -1)
    row_of_unit[units] = needs + 2 + np.arange(len(units))
    limited = np.flatnonzero(row_of_unit[task.unit[person]] >= 0)
    pairs = number[task.apart]
    pairs = pairs[np.all(pairs >= 0, axis=1)]
    blocks = [
        (np.full(len(held), b), held) for b in range(needs) for held in [np.flatnonzero(task.mask[person] >> b & 1)]
    ]
    blocks += [(np.full(len(person), needs + extra), np.arange(len(person))) for extra in (0, 1)]
    blocks.append((row_of_unit[task.unit[person[limited]]], limited))
    blocks.append((needs + 2 + len(units) + np.repeat(np.arange(len(pairs)), 2), pairs.ravel()))
    row, column = (np.concatenate(side) for side in zip(*blocks, strict=True))
    total = needs + 2 + len(units) + len(pairs)
    matrix = csr_matrix((np.ones(len(row)), (row, column)), (total, len(person)))
    low, high = np.full(total, -np.inf), np.full(total, np.inf)
    low[: needs + 1] = np.concatenate((task.count, [task.least]))
    high[needs + 1 :] = np.concatenate(([task.most], task.room[units], np.ones(len(pairs))))
    return matrix, low, high


def _cuts(teams: list[tuple[int, ...]], person: NDArray[np.int64]) -> csr_matrix:
    """Return one row per team that *person* could still form."""
    inside = [members for members in teams if np.isin(members, person).all()]
    row = np.repeat(np.arange(len(inside)), [len(members) for members in inside])
    number = {int(i): at for at, i in enumerate(person.tolist())}
    column = np.array([number[i] for members in inside for i in members], np.int64)
    return csr_matrix((np.ones(len(row)), (row, column)), (len(inside), len(person)))


def _rounded(bound: float) -> int:
    """Return the least whole number that a cost above a floating *bound* can have."""
    return ceil(bound - ROUNDING - TOLERANCE * abs(bound))
