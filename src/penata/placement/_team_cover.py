"""Teams by dynamic programming over sets of skills, in order of cost.

Relaxed, a team covers every skill and has at most so many members; that is solved exactly on the undominated
candidates. A team that breaks a limit of a unit, holds a pair who must not meet, or contains a team found before,
contains a set Z of people that no further team may contain. The teams without all of Z = {z1, z2, ...} fall into
disjoint parts: without z1; with z1, without z2; ... Each part is the same problem again, and the parts are opened by
rising cost (Murty, "An algorithm for ranking all the assignments in order of increasing cost", Operations Research 16,
1968; Lawler, "A procedure for computing the K best solutions", Management Science 18, 1972).
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from penata.placement._team import FAR, cheapest, cheapest_of_supersets, extend, lower_bounds, shares

MAX_BITS = 18  # a table of all sets of skills stays small
MAX_PARTS = 64  # parts opened without finding a lawful team; then limits bind too much for this way


class StoppedError(Exception):
    """The time is over."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that is left; ``deadline`` None: without end."""

    deadline: float | None

    def left(self) -> float:
        """Return the seconds left. Raises StoppedError when there are none."""
        if self.deadline is None:
            return float("inf")
        seconds = self.deadline - monotonic()
        if seconds <= 0:
            raise StoppedError
        return seconds


@dataclass(frozen=True, slots=True)
class Task:
    """What is left to decide once those who must be in are in.

    ``mask`` int64 (n): skills still lacking that a candidate has. ``count`` int64 (b): how many are lacking of each.
    ``cost`` int64 (n) = loss * scale + 1: the least total is the least loss and, among equal ones, the fewest people.
    ``able`` bool (n). ``unit`` int32 (n), ``room`` int64 (u): members a unit may still send. ``apart`` int32 (p, 2):
    pairs of able candidates. ``most``, ``least``: members still to be chosen.
    """

    mask: NDArray[np.int64]
    count: NDArray[np.int64]
    cost: NDArray[np.int64]
    able: NDArray[np.bool_]
    unit: NDArray[np.int32]
    room: NDArray[np.int64]
    apart: NDArray[np.int32]
    most: int
    least: int

    @property
    def full(self) -> int:
        """All lacking skills as one set."""
        return (1 << len(self.count)) - 1

    def covered(self, members: tuple[int, ...]) -> NDArray[np.int64]:
        """Return int64 (b): how many of *members* have each skill."""
        bits = self.mask[np.array(members, np.int64)][:, None] >> np.arange(len(self.count)) & 1
        total: NDArray[np.int64] = bits.sum(axis=0, dtype=np.int64)
        return total

    def total(self, members: tuple[int, ...]) -> int:
        """Return the cost of *members*."""
        return int(self.cost[np.array(members, np.int64)].sum())

    def clash(self, members: tuple[int, ...]) -> tuple[int, ...] | None:
        """Return members who may not all be in one team, by unit or pair, or None."""
        pairs = self.apart[np.isin(self.apart, members).all(axis=1)]
        if len(pairs):
            return (int(pairs[0, 0]), int(pairs[0, 1]))
        for one in members:
            here = [i for i in members if self.unit[i] == self.unit[one]]
            if len(here) > self.room[self.unit[one]]:
                return tuple(here[: int(self.room[self.unit[one]]) + 1])
        return None


@dataclass(slots=True)
class Found:
    """Teams found so far, with the bound on the cost of each, and what is known of the others.

    ``floor``: no further team costs less. ``complete``: there is none. ``stopped``: the time was over.
    """

    teams: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    floor: int = 0
    complete: bool = False
    stopped: bool = False


def coverable(task: Task) -> bool:
    """Tell whether the relaxed problem is one of covering that fits into tables."""
    return len(task.count) <= MAX_BITS and bool(np.all(task.count == 1))


def cheapest_teams(task: Task, wanted: int, clock: Clock, found: Found) -> bool:
    """Add the *wanted* cheapest lean teams to *found*, in order; False if limits bind too much for this way.

    What was found until then stays valid, and so does ``floor``. Raises StoppedError when the time is over.
    """
    heap: list[tuple[int, tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = []
    _open(task, (), (), clock, heap)
    parts = 0
    while heap:
        cost, fixed, barred, members = heappop(heap)
        found.floor = cost
        if len(members) < task.least:
            return False
        banned = task.clash(members)
        if banned is None:
            banned = next((team for team, _ in found.teams if set(team) <= set(members)), None)
        if banned is None:
            found.teams.append((members, cost))
            banned, parts = members, 0
            if len(found.teams) == wanted:
                return True
        rest = [i for i in banned if i not in fixed]
        for at, i in enumerate(rest):
            parts += 1
            if parts > MAX_PARTS:
                return False
            _open(task, (*fixed, *rest[:at]), (*barred, i), clock, heap)
    found.complete = True
    return True


def _open(
    task: Task,
    fixed: tuple[int, ...],
    barred: tuple[int, ...],
    clock: Clock,
    heap: list[tuple[int, tuple[int, ...], tuple[int, ...], tuple[int, ...]]],
) -> None:
    """Put the part with *fixed* and without *barred* on the heap, with its relaxed best team, unless it is empty."""
    if task.clash(fixed) is not None:
        return
    members = _cover(task, fixed, barred, clock)
    if members is not None:
        heappush(heap, (task.total(members), fixed, barred, members))


def _cover(task: Task, fixed: tuple[int, ...], barred: tuple[int, ...], clock: Clock) -> tuple[int, ...] | None:
    """Return the cheapest team with *fixed*, without *barred*, that covers every skill within the size; None: none.

    Only the cheapest candidate of each exact set of skills matters, and of those only who is cheaper than everybody
    with a superset: a team that holds another one may take the better one instead, or, having him already, do without.
    Neither raises cost or size.
    """
    clock.left()
    full, left = task.full, task.most - len(fixed)
    start = int(np.bitwise_or.reduce(task.mask[list(fixed)])) if fixed else 0
    if left < 0 or (left == 0 and start != full):
        return None
    if start == full:
        return tuple(sorted(fixed))
    free = task.able.copy()
    free[np.array((*fixed, *barred), np.int64)] = False
    lacking = task.mask & ~start
    exact = cheapest(lacking, task.cost, free, full)
    top = cheapest_of_supersets(exact, task.cost, len(task.count))
    person = exact[1:][(exact[1:] >= 0) & (exact[1:] == top[1:])]
    person = person[np.lexsort((person, task.cost[person]))]
    mask, cost = lacking[person], task.cost[person]
    if int(np.bitwise_or.reduce(mask, initial=start)) != full:
        return None
    greedy, limit = _greedy(mask, cost, full & ~start, left)
    chosen = person[greedy].tolist()
    holder = [np.flatnonzero(mask >> b & 1) for b in range(len(task.count))]
    first = np.cumsum([0, *map(len, holder)])
    member = np.concatenate(holder)
    bound = lower_bounds(shares(mask, cost, len(task.count)), full)
    closing = np.where(top >= 0, task.cost[top], FAR)[::-1].copy()  # for a set covered: what covers the rest
    before = np.full(full + 1, FAR, np.int64)
    before[start] = 0
    least = before.copy()
    layers: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
    for step in range(left):
        total = before[:-1] + closing[:-1]
        end = int(np.argmin(total))
        if total[end] < limit:
            limit = int(total[end])
            chosen = [*_picked(layers, person, end), int(top[full ^ end])]
        if step == left - 1:
            break
        clock.left()
        after = np.full(full + 1, FAR, np.int64)
        pick, origin = np.full(full + 1, -1, np.int32), np.full(full + 1, -1, np.int32)
        extend(before, after, pick, origin, least, first, member, mask, cost, bound, limit)
        layers.append((pick, origin))
        before = after
    if limit == FAR:
        return None
    return tuple(sorted((*fixed, *chosen)))


def _picked(
    layers: list[tuple[NDArray[np.int32], NDArray[np.int32]]], person: NDArray[np.int64], end: int
) -> list[int]:
    """Return the people whose skills make up the set *end* in the last of *layers*."""
    people = []
    for pick, origin in reversed(layers):
        people.append(int(person[pick[end]]))
        end = int(origin[end])
    return people


def _greedy(mask: NDArray[np.int64], cost: NDArray[np.int64], lacking: int, left: int) -> tuple[list[int], int]:
    """Return a team by least cost per skill still lacking, and its cost; FAR if it grows too large."""
    chosen: list[int] = []
    while lacking and len(chosen) < left:
        gain = np.bitwise_count(mask & lacking)
        useful = np.flatnonzero(gain)
        best = int(useful[np.argmin(cost[useful] / gain[useful])])
        chosen.append(best)
        lacking &= ~int(mask[best])
    if lacking:
        return [], int(FAR)
    return chosen, int(cost[chosen].sum())
