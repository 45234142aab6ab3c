"""The method `tukar`: people who ask to move or to swap get what can be had without taking anything from anybody.

Top trading cycles (L. Shapley and H. Scarf, "On cores and indivisibility", Journal of Mathematical Economics 1, 1974,
who name D. Gale) with existing tenants, vacancies and newcomers: the rule "you request my house - I get your turn" of
A. Abdulkadiroglu and T. Sonmez ("House allocation with existing tenants", Journal of Economic Theory 88, 1999). Slots
with several seats and a list of their own point to candidates as in the same authors' "School choice: a mechanism
design approach" (American Economic Review 93, 2003).

Everybody points at the best wished slot that still has a seat, in the end at the slot held. Every slot points first at
those who hold it by right (:func:`penata.placement.tenure.rights`), then at the eligible candidate of the highest
priority; equal ones by the higher score, then by the lower number. Whoever stands in a circle gets the slot pointed at
and leaves. So an incumbent gives a seat only for a better one; a vacancy goes to the first in line, who may pass it on
for a slot wished more.

Guaranteed: nobody who holds a slot by right ends with less wished than that; no arrangement is better for somebody and
worse for nobody (Pareto); nobody gains by a false list of wishes, by leaving wishes out or adding some. The last needs
that priorities and rights do not depend on wishes: a slot therefore points at everybody eligible, whether or not the
slot was wished. Not guaranteed: that nobody envies a candidate of lower priority (that is the method `stabil`); no
method has both in general.
"""

import numpy as np
from numpy.typing import NDArray

from penata.placement._exchange import ABSENT, match_wishes, trade
from penata.placement._prices import seat_edges
from penata.placement.explain import Chains, chains_between
from penata.placement.params import Params
from penata.placement.problem import UNPLACED, Problem, ProblemError, require_arrays
from penata.placement.tenure import rights, shortfall
from penata.placement.voluntary import ExchangeResult, Kind, Wishes


def exchange(problem: Problem, wishes: Wishes, params: Params = Params()) -> ExchangeResult:
    """Return who gets which wish, with the cycles and chains of moves that lead there.

    Holders whose seat was cut, or who are no longer eligible for it, take part like newcomers and may end without a
    slot. ``move_cost`` is only reported in ``net``: who asks for a move has weighed it. ``minimum``, ``critical`` and
    ``must_place`` are reported in ``shortfall`` and not enforced; to keep somebody in a slot, leave out the wishes.

    *params* has no effect: there is no chance in it, and every list is read once.
    Raises ProblemError if the arrays are not a problem or the wishes do not fit it.
    """
    del params
    problem.validate()
    priority = _validated(problem, wishes)
    n, m = problem.candidates, problem.slots
    held = np.where(rights(problem, priority), problem.current, np.int32(UNPLACED))
    first = np.concatenate(([0], np.cumsum(np.bincount(problem.slot, minlength=m)))).astype(np.int64)
    goal, turn = np.empty(n, np.int64), np.empty(n, np.int64)
    trade(
        problem.indptr, problem.slot, problem.score, priority, held, wishes.indptr, wishes.slot, first,
        problem.capacity.astype(np.int64), goal, turn,
    )  # fmt: skip
    assignment = goal.astype(np.int32)
    edge = seat_edges(problem, assignment)
    score = int(problem.score[edge[edge >= 0]].sum(dtype=np.int64))
    elsewhere = (problem.current != UNPLACED) & (assignment != UNPLACED) & (problem.current != assignment)
    moves = int(np.count_nonzero(elsewhere))
    series = chains_between(held, assignment)
    return ExchangeResult(
        assignment=assignment,
        held=held,
        granted=_granted(wishes, held, assignment),
        turn=turn.astype(np.int32),
        chain=series.chain,
        position=series.position,
        kind=_kinds(series, held),
        score=score,
        moves=moves,
        net=score - problem.move_cost * moves,
        unplaced=int(np.count_nonzero(assignment == UNPLACED)),
        shortfall=shortfall(problem, assignment),
    )


def _validated(problem: Problem, wishes: Wishes) -> NDArray[np.int32]:
    """Refuse wishes that do not fit *problem*; return the priority of its edges."""
    priority = problem.score if wishes.priority is None else wishes.priority
    n, count = problem.candidates, wishes.slot.size
    require_arrays({
        "wishes.indptr": (wishes.indptr, (n + 1,), np.int64),
        "wishes.slot": (wishes.slot, (count,), np.int32),
        "wishes.priority": (priority, (problem.edges,), np.int32),
    })  # fmt: skip
    if wishes.indptr[0] != 0 or wishes.indptr[-1] != count or np.any(np.diff(wishes.indptr) < 0):
        raise ProblemError("wishes.indptr must rise from 0 to the number of wishes")
    if count and (wishes.slot.min() < 0 or wishes.slot.max() >= problem.slots):
        raise ProblemError("a wish names a slot that does not exist")
    edge = np.empty(count, np.int64)
    match_wishes(problem.indptr, problem.slot, wishes.indptr, wishes.slot, problem.slots, edge)
    if count and edge.min() < 0:
        wrong = int(np.argmax(edge < 0))
        candidate = int(np.searchsorted(wishes.indptr, wrong, side="right")) - 1
        reason = "not eligible for" if edge[wrong] == ABSENT else "naming twice"
        raise ProblemError(f"candidate {candidate} wishes slot {int(wishes.slot[wrong])}, {reason} it")
    return priority


def _granted(wishes: Wishes, held: NDArray[np.int32], assignment: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return int32 (n): the wish that came true, or -1 for those who keep what they held."""
    length = np.diff(wishes.indptr)
    owner = np.repeat(np.arange(len(held)), length)
    found = np.flatnonzero((wishes.slot == assignment[owner]) & (assignment != held)[owner])
    granted = np.full(len(held), -1, np.int32)
    granted[owner[found]] = found - wishes.indptr[owner[found]]
    return granted


def _kinds(series: Chains, held: NDArray[np.int32]) -> NDArray[np.int8]:
    """Return int8 (chains): how each one ends."""
    movers = np.flatnonzero(series.chain >= 0)
    order = movers[np.lexsort((series.position[movers], series.chain[movers]))]
    last = order[np.diff(series.chain[order], append=len(series.cycle)) != 0]
    ending = np.where(held[last] == UNPLACED, np.int8(Kind.NEWCOMER), np.int8(Kind.VACATED))
    return np.where(series.cycle, np.int8(Kind.CYCLE), ending)
