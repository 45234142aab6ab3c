"""A team to be formed for a task (tim khusus), and the answer: arrays in, teams out.

Candidates i = 0..n-1, skills k = 0..s-1, home units 0..u-1. The team must have enough people with every skill at its
level, and cost the home units as little as possible.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from penata.placement.outcome import Outcome
from penata.placement.problem import ProblemError, require_arrays

MAX_LEVEL = 7
MAX_SKILLS = 62  # one bit each in a word
LARGEST = 1 << 60  # total of a team's losses, with the tie-break


@dataclass(frozen=True, slots=True)
class TeamProblem:
    """An instance. All arrays are contiguous.

    ``level`` int8 (n, s), 0..7: what each candidate can. ``unit`` int32 (n): home unit. ``load`` int64 (n) >= 0: load
    already carried. ``loss`` int64 (n) >= 0, points: what the home unit loses if the candidate is taken.
    ``need_level`` int8 (s), 1..7: least level of each skill. ``need_count`` int32 (s) >= 0: how many members must have
    it (0: not needed). ``unit_cap`` int32 (u) >= 0: most members from each unit. ``out`` bool (n): who may not be
    taken. ``required`` bool (n): who must be. ``apart`` int32 (p, 2): pairs who must not meet in the team. ``most`` and
    ``least``: size of the team. ``load_limit``: nobody who carries more is taken (None: no limit).
    """

    level: NDArray[np.int8]
    unit: NDArray[np.int32]
    load: NDArray[np.int64]
    loss: NDArray[np.int64]
    need_level: NDArray[np.int8]
    need_count: NDArray[np.int32]
    unit_cap: NDArray[np.int32]
    out: NDArray[np.bool_]
    required: NDArray[np.bool_]
    apart: NDArray[np.int32]
    most: int
    least: int = 0
    load_limit: int | None = None

    @property
    def candidates(self) -> int:
        """Number of candidates n."""
        return len(self.unit)

    @property
    def skills(self) -> int:
        """Number of skills s."""
        return len(self.need_level)

    def validate(self) -> None:
        """Raise ProblemError unless types, shapes and ranges are as documented."""
        self._validate_shapes()
        n, s = self.candidates, self.skills
        if s > MAX_SKILLS:
            raise ProblemError(f"{s} skills are more than {MAX_SKILLS}")
        if self.level.size and (self.level.min() < 0 or self.level.max() > MAX_LEVEL):
            raise ProblemError(f"levels must lie in 0..{MAX_LEVEL}")
        if s and (self.need_level.min() < 1 or self.need_level.max() > MAX_LEVEL):
            raise ProblemError(f"the level of a need must lie in 1..{MAX_LEVEL}")
        if s and self.need_count.min() < 0:
            raise ProblemError("need_count must not be negative")
        if n and (self.unit.min() < 0 or self.unit.max() >= len(self.unit_cap)):
            raise ProblemError("unit names a unit that does not exist")
        if len(self.unit_cap) and self.unit_cap.min() < 0:
            raise ProblemError("unit_cap must not be negative")
        if n and (self.load.min() < 0 or self.loss.min() < 0):
            raise ProblemError("load and loss must not be negative")
        if not 0 <= self.least <= self.most:
            raise ProblemError("sizes must satisfy 0 <= least <= most")
        size = min(self.most, n)
        if size * ((int(self.loss.max()) if n else 0) + 1) * (size + 1) >= LARGEST:
            raise ProblemError("losses of a team do not fit into 64 bits with their tie-break")
        if self.apart.size and (self.apart.min() < 0 or self.apart.max() >= n):
            raise ProblemError("apart names a candidate who does not exist")
        if np.any(self.apart[:, 0] == self.apart[:, 1]):
            raise ProblemError("apart pairs a candidate with himself")

    def _validate_shapes(self) -> None:
        n, s = len(self.unit), len(self.need_level)
        require_arrays({
            "level": (self.level, (n, s), np.int8),
            "unit": (self.unit, (n,), np.int32),
            "load": (self.load, (n,), np.int64),
            "loss": (self.loss, (n,), np.int64),
            "need_level": (self.need_level, (s,), np.int8),
            "need_count": (self.need_count, (s,), np.int32),
            "unit_cap": (self.unit_cap, (len(self.unit_cap),), np.int32),
            "out": (self.out, (n,), np.bool_),
            "required": (self.required, (n,), np.bool_),
            "apart": (self.apart, (len(self.apart), 2), np.int32),
        })  # fmt: skip


class Obstacle(StrEnum):
    """Why there is no team."""

    REQUIRED = "required"  # those who must be in may not be, or not together
    SKILL = "skill"  # fewer people than needed have a skill at its level; ``shortages`` says which
    PEOPLE = "people"  # too few people for the smallest size
    TOGETHER = (
        "together"  # each need alone can be met, not all within size, units and pairs; ``shortages``: the closest
    )


@dataclass(frozen=True, slots=True)
class Shortage:
    """A need that is not met: ``needed`` members with ``skill`` at ``level``, ``available`` people who have it.

    ``short``: how many are lacking in the closest team.
    """

    skill: int
    level: int
    needed: int
    available: int
    short: int


@dataclass(frozen=True, slots=True)
class Team:
    """``members`` int32, ascending. ``loss`` and ``load``: totals. ``bound``: no team that is left costs less.

    Left are, for the first team, all; for a further one, all that do not contain an earlier one.
    """

    members: NDArray[np.int32]
    loss: int
    load: int
    bound: int


@dataclass(frozen=True, slots=True)
class TeamResult:
    """``teams``: the best first, then the alternatives by rising loss.

    Every team is lean: leave somebody out who is not required, and a need or the smallest size fails. So an alternative
    is never an earlier team with somebody added. ``complete``: there is no other lean team. ``bound``: no team costs
    less, in points. ``shortages`` and ``obstacle`` only with ``Outcome.INFEASIBLE``.
    """

    outcome: Outcome
    teams: tuple[Team, ...]
    bound: int
    complete: bool
    solver: str
    obstacle: Obstacle | None = None
    shortages: tuple[Shortage, ...] = ()

    @property
    def value(self) -> int | None:
        """Loss of the best team found, in points; None without one."""
        return self.teams[0].loss if self.teams else None

    @property
    def gap(self) -> int | None:
        """Distance between the best team found and the bound; 0 when proved best."""
        return self.teams[0].loss - self.bound if self.teams else None
