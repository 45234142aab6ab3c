"""Independent check of teams: are they lawful, lean, distinct, in order, and is every figure what the members give?

Shares no code with the search; NumPy only. That no better team exists is proved by the search alone: covering has no
certificate that can be read off in one pass. What is checked of it is that no bound contradicts a team shown.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from penata.placement.outcome import Outcome
from penata.placement.team_problem import Obstacle, Team, TeamProblem, TeamResult


class TeamFault(StrEnum):
    """What can be wrong with a result."""

    SHAPE = "shape"  # members out of range, repeated or not ascending
    NOT_ALLOWED = "not_allowed"  # a member who is out or carries too much
    REQUIRED = "required"  # somebody who must be in is not
    SIZE = "size"  # too many or too few members
    UNIT = "unit"  # too many from one unit
    APART = "apart"  # a pair who must not meet
    NEED = "need"  # too few members with a skill at its level
    NOT_LEAN = "not_lean"  # somebody could be left out
    REPEATED = "repeated"  # a team that contains an earlier one
    VALUE = "value"  # loss or load are not what the members give
    ORDER = "order"  # an earlier team costs more than a later one
    BOUND = "bound"  # a bound above a loss, or below the bound of an earlier team
    OUTCOME = "outcome"  # the outcome does not agree with teams and bounds
    SHORTAGE = "shortage"  # a shortage that the candidates contradict


@dataclass(frozen=True, slots=True)
class TeamViolation:
    """One fault, with the team in which it occurs (-1: the whole)."""

    fault: TeamFault
    team: int = -1


def check_team(problem: TeamProblem, result: TeamResult) -> tuple[TeamViolation, ...]:
    """Return all faults of *result*; nothing if it is sound. Raises ProblemError if *problem* is malformed."""
    problem.validate()
    found: list[TeamViolation] = []
    shaped = [_shaped(problem, one) for one in result.teams]
    for number, one in enumerate(result.teams):
        faults = _faults(problem, one) if shaped[number] else [TeamFault.SHAPE]
        found += [TeamViolation(fault, number) for fault in faults]
        for earlier in result.teams[:number]:
            if np.isin(earlier.members, one.members).all():
                found.append(TeamViolation(TeamFault.REPEATED, number))
            if earlier.loss > one.loss:
                found.append(TeamViolation(TeamFault.ORDER, number))
            if earlier.bound > one.bound:
                found.append(TeamViolation(TeamFault.BOUND, number))
    if result.outcome is not _outcome(result):
        found.append(TeamViolation(TeamFault.OUTCOME))
    if result.teams and result.bound != result.teams[0].bound:
        found.append(TeamViolation(TeamFault.BOUND))
    if not _shortages_hold(problem, result):
        found.append(TeamViolation(TeamFault.SHORTAGE))
    return tuple(found)


def _shaped(problem: TeamProblem, one: Team) -> bool:
    members = one.members
    inside = members.ndim == 1 and not np.any((members < 0) | (members >= problem.candidates))
    return bool(inside and np.all(np.diff(members) > 0))


def _faults(problem: TeamProblem, one: Team) -> list[TeamFault]:
    members = one.members
    inside = np.zeros(problem.candidates, np.bool_)
    inside[members] = True
    have = (problem.level[members] >= problem.need_level).sum(axis=0)
    wrong = {
        TeamFault.NOT_ALLOWED: bool(np.any(inside & ~_allowed(problem))),
        TeamFault.REQUIRED: bool(np.any(problem.required & ~inside)),
        TeamFault.SIZE: not problem.least <= len(members) <= problem.most,
        TeamFault.UNIT: bool(
            np.any(np.bincount(problem.unit[inside], minlength=len(problem.unit_cap)) > problem.unit_cap)
        ),
        TeamFault.APART: bool(np.any(inside[problem.apart].all(axis=1))),
        TeamFault.NEED: bool(np.any(have < problem.need_count)),
        TeamFault.NOT_LEAN: len(members) > problem.least and _superfluous(problem, members, have),
        TeamFault.VALUE: (int(problem.loss[inside].sum()), int(problem.load[inside].sum())) != (one.loss, one.load),
        TeamFault.BOUND: one.bound > one.loss,
    }
    return [fault for fault, is_wrong in wrong.items() if is_wrong]


def _allowed(problem: TeamProblem) -> NDArray[np.bool_]:
    light = np.ones(problem.candidates, np.bool_) if problem.load_limit is None else problem.load <= problem.load_limit
    allowed: NDArray[np.bool_] = light & ~problem.out
    return allowed


def _superfluous(problem: TeamProblem, members: NDArray[np.int32], have: NDArray[np.int64]) -> bool:
    """Tell whether somebody who need not be in is the last holder of no need."""
    for member in members[~problem.required[members]]:
        if np.all(have - (problem.level[member] >= problem.need_level) >= problem.need_count):
            return True
    return False


def _outcome(result: TeamResult) -> Outcome:
    """Return the outcome that teams, bounds and obstacle amount to."""
    if not result.teams:
        return Outcome.INFEASIBLE if result.obstacle is not None else Outcome.UNKNOWN
    if result.obstacle is not None:
        return Outcome.INFEASIBLE  # contradicts the teams
    return Outcome.OPTIMAL if result.teams[0].bound == result.teams[0].loss else Outcome.FEASIBLE


def _shortages_hold(problem: TeamProblem, result: TeamResult) -> bool:
    """Tell whether needs are quoted as they are, nobody was overlooked, and each lacks what it is said to lack."""
    able = _allowed(problem)
    taken = problem.required
    for a, b in (problem.apart.T, problem.apart.T[::-1]):
        able[b[taken[a]]] = False
    sent = np.bincount(problem.unit[taken], minlength=len(problem.unit_cap))
    able &= taken | (sent < problem.unit_cap)[problem.unit]
    for one in result.shortages:
        if not 0 <= one.skill < problem.skills:
            return False
        level, needed = int(problem.need_level[one.skill]), int(problem.need_count[one.skill])
        available = int(np.count_nonzero(able & (problem.level[:, one.skill] >= level)))
        if (level, needed, available) != (one.level, one.needed, one.available) or not 0 < one.short <= needed:
            return False
        if result.obstacle is Obstacle.SKILL and one.short != needed - available:
            return False
    return bool(result.shortages) or result.obstacle is not Obstacle.SKILL
