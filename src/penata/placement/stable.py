"""The method `stabil`: both sides have lists, and no seat is withheld from anybody who has the better claim to it.

Candidate-proposing deferred acceptance with seats (D. Gale and L. S. Shapley, "College admissions and the stability of
marriage", American Mathematical Monthly 69, 1962; as an assignment by priorities: A. Abdulkadiroglu and T. Sonmez,
"School choice: a mechanism design approach", American Economic Review 93, 2003). Incumbents are put first on the list
of the slot they hold (J. S. Pereyra, "A dynamic school choice model", Games and Economic Behavior 80, 2013, for
teachers with tenure; the weaknesses of it: J. Combe, O. Tercieux and C. Terrier, "The design of teacher assignment:
theory and evidence", Review of Economic Studies 89, 2022).

What is guaranteed, and with respect to what. The **given** priorities of a slot are its ``rank``. The **modified** ones
put the incumbents with a right (:func:`penata.placement.tenure.rights`) first and leave the rest as it is. Then

- no incumbent with a right ends at something liked less than the slot held;
- with the modified priorities there is no blocking pair: nobody likes a slot better that has a free seat, or a holder
  who comes later on its list. Of all such arrangements this one is the best for every candidate at once;
- with the given priorities a pair can block only through an incumbent who uses that right: whoever is passed over in a
  slot although ranked higher was passed over for people who sat there before;
- no candidate can gain by another list of tastes or by refusing a slot (L. E. Dubins and D. A. Freedman, 1981; A. E.
  Roth, "The economics of matching: stability and incentives", Mathematics of Operations Research 7, 1982). Slots can;
- not guaranteed: efficiency. Sometimes people could swap to the gain of all of them, and even of the slots (Combe and
  others); the method `tukar` finds such swaps, at the price of stability.

Ties, on both sides by one rule: staying before moving, then the higher score, then the lower number. (On the list of a
slot, the incumbents with a right stand first anyway; the others have no advantage.) So two equals never block.
"""

import numpy as np
from numpy.typing import NDArray

from penata.placement._stable import defer
from penata.placement.params import Params
from penata.placement.problem import UNPLACED, Problem, require_arrays
from penata.placement.tenure import rights, shortfall
from penata.placement.voluntary import CLOSED, OPEN, Preferences, StableResult


def stable(problem: Problem, preferences: Preferences | None = None, params: Params = Params()) -> StableResult:
    """Return the stable arrangement that is best for every candidate, incumbents never worse off.

    What the problem asks for besides: ``move_cost`` is no part of either list (a candidate who thinks a move not
    worth it says so by taste; pass ``net_scores(problem)`` there to count it for everybody) and is only reported in
    ``net``. ``minimum``, ``critical`` and ``must_place`` are reported in ``shortfall`` and not enforced: to fill a seat
    against the lists makes a blocking pair, and which seats stay empty is the same in every stable arrangement (A. E.
    Roth, "On the allocation of residents to rural hospitals", Econometrica 54, 1986).

    *params* has no effect: there is no chance in it, and it ends after at most one proposal per edge.
    Raises ProblemError if the arrays are not a problem or the preferences do not fit it.
    """
    del params
    problem.validate()
    taste, rank, acceptable = _lists(problem, preferences or Preferences())
    right = rights(problem, rank)
    seats = np.minimum(problem.capacity, np.bincount(problem.slot, minlength=problem.slots))
    first = np.concatenate(([0], np.cumsum(seats))).astype(np.int64)
    edge = np.empty(problem.candidates, np.int64)
    defer(
        problem.indptr, problem.slot, problem.score, taste, rank, acceptable, problem.current, right,
        first, edge,
    )  # fmt: skip
    placed = edge >= 0
    used = edge[placed]
    assignment = np.full(problem.candidates, UNPLACED, np.int32)
    assignment[placed] = problem.slot[used]
    score = int(problem.score[used].sum(dtype=np.int64))
    held = problem.current[placed]
    moves = int(np.count_nonzero((held != UNPLACED) & (held != problem.slot[used])))
    return StableResult(
        assignment=assignment,
        right=right,
        cutoff=_cutoffs(problem, assignment, right, rank, edge),
        score=score,
        moves=moves,
        net=score - problem.move_cost * moves,
        unplaced=int(np.count_nonzero(~placed)),
        shortfall=shortfall(problem, assignment),
    )


def _lists(
    problem: Problem, preferences: Preferences
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """Return taste, rank and acceptable, refusing what does not fit the edges."""
    taste = problem.score if preferences.taste is None else preferences.taste
    rank = problem.score if preferences.rank is None else preferences.rank
    acceptable = np.ones(problem.edges, np.bool_) if preferences.acceptable is None else preferences.acceptable
    shape = (problem.edges,)
    require_arrays({
        "taste": (taste, shape, np.int32), "rank": (rank, shape, np.int32), "acceptable": (acceptable, shape, np.bool_),
    })  # fmt: skip
    return taste, rank, acceptable


def _cutoffs(
    problem: Problem,
    assignment: NDArray[np.int32],
    right: NDArray[np.bool_],
    rank: NDArray[np.int32],
    edge: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return int64 (m): what a newcomer would have had to reach."""
    placed = assignment != UNPLACED
    cutoff = np.full(problem.slots, CLOSED, np.int64)
    entered = placed & ~(right & (assignment == problem.current))
    np.minimum.at(cutoff, assignment[entered], rank[edge[entered]].astype(np.int64))
    cutoff[np.bincount(assignment[placed], minlength=problem.slots) < problem.capacity] = OPEN
    return cutoff
