"""Arrangements under side constraints (terbatas): mixed-integer optimum, or value, bound and gap."""

from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from penata.placement._lagrange import (
    Best,
    Model,
    StoppedError,
    allowed_multipliers,
    improve,
    price_of_nothing,
    try_multipliers,
)  # fmt: skip
from penata.placement._prices import seat_edges
from penata.placement._programme import best_of, dual_prices, least_violation
from penata.placement._repair import easy_arrangements
from penata.placement.constraints import ConstrainedResult, Constraints, Plain
from penata.placement.outcome import Outcome
from penata.placement.problem import Problem, ProblemError
from penata.placement.result import Result, Status
from penata.placement.solve import solve
from penata.placement.weights import candidate_of_edges, moved_edges, tiered_weights

CORE = 4  # edges per candidate of the first programme
COLUMN_ROUNDS = 8
WIDER = 8  # how much more slack the next one allows while nothing lawful is known
SOLVER = "Lagrangean prices, then SciPy milp (HiGHS) on the edges that can matter"


def constrained(
    problem: Problem, constraints: Constraints, *, time_limit: float | None = None, gap: float = 0.0
) -> ConstrainedResult:
    """Return the best arrangement of *problem* that meets *constraints*, with what the plain optimum would give.

    Value is that of :func:`penata.placement.weights.tiered_weights` less the price of soft rows that are missed. The
    tiers outweigh the points of one exchange; side rows may tie several exchanges together, so that in rare cases many
    points weigh more than a critical seat. Minima of slots are hard.

    Stops when bound - value <= *gap* * abs(value); 0 asks for the proof. *time_limit* in seconds, or an interrupt from
    the keyboard, ends the search with the best found and its bound (HiGHS notices an interrupt only when it returns);
    the plain optimum at the start is always awaited. Nothing lawful: the arrangement of least total violation names the
    rows in conflict. Among equals the choice is that of the numbering.

    Raises ProblemError if the arrays are not a problem or not rows over it, or *time_limit* or *gap* make no sense.
    """
    problem.validate()
    constraints.validate(problem)
    if time_limit is not None and not time_limit > 0:
        raise ProblemError("time_limit must be positive")
    if not 0 <= gap < 1:
        raise ProblemError("gap must satisfy 0 <= gap < 1")
    deadline = None if time_limit is None else monotonic() + time_limit
    plain = solve(problem)
    row = np.repeat(np.arange(constraints.rows), np.diff(constraints.indptr))
    shape = (constraints.rows, problem.edges)
    matrix = csr_matrix((constraints.coefficient.astype(np.int64), (row, constraints.edge)), shape)
    model = Model(problem, constraints, tiered_weights(problem, plain.tiers), matrix, deadline)
    owner = candidate_of_edges(problem)
    best = price_of_nothing(model, owner, plain)
    if plain.status is Status.INFEASIBLE:
        return _conflict(model, owner, plain, best)
    best.offer(model, plain.assignment)
    search = Search(model, owner, best, gap)
    try:
        if not search.done():
            for assignment in easy_arrangements(model, owner, plain.assignment):
                best.offer(model, assignment)
            improve(model, owner, plain.assignment, best, gap)
            search.refine()
            search.run()
    except (StoppedError, KeyboardInterrupt):
        search.bound = min(search.bound, best.bound)
    if search.impossible:
        return _conflict(model, owner, plain, best)
    if best.assignment is None:
        return _result(model, plain, best, plain.assignment, Outcome.UNKNOWN, search.bound, edges=search.edges)
    bound = max(search.bound, best.value)
    outcome = Outcome.OPTIMAL if bound == best.value else Outcome.FEASIBLE
    return _result(model, plain, best, best.assignment, outcome, bound, edges=search.edges)


class Search:
    """Programmes over growing sets of edges until the rest cannot matter.

    Let U be the Lagrangean bound with its prices, and r_e = u_i + v_j - (weight - multipliers) >= 0 the slack of edge
    e. Summed over the pairs that an arrangement x uses, value(x) <= U - sum of r_e: seats at v_j > 0 are at most the
    capacity, at v_j < 0 at least the minimum; a row at a positive multiplier is at most its upper limit, at a negative
    one at least its lower, or pays its price, which is no less. So whoever uses an edge with r_e > t is worth less than
    U - t. With an arrangement of value L known, edges with r_e > U - L can be dropped without loss; and a programme
    over the edges with r_e <= t and its bound B prove the bound max(B, U - t - 1) for all.
    """

    def __init__(self, model: Model, owner: NDArray[np.int32], best: Best, gap: float) -> None:
        self.model, self.owner, self.best, self.gap = model, owner, best, gap
        self.bound = best.bound
        self.edges = 0
        self.impossible = False

    def done(self) -> bool:
        """Tell whether the value is near enough to the bound."""
        best = self.best
        return best.assignment is not None and self.bound - best.value <= self.gap * abs(best.value)

    def refine(self) -> None:
        """Take the multipliers of the linear programme, to which edges are added until none is missing.

        Column generation (Gilmore and Gomory, "A linear programming approach to the cutting-stock problem", Operations
        Research 9, 1961). Every step's multipliers are tried, since each proves a bound.
        """
        lower, upper = allowed_multipliers(self.model.constraints)
        inside = self.best.slack <= self._first()
        self.bound = self.best.bound
        for _ in range(COLUMN_ROUNDS):
            if self.done() or not inside.any():
                return
            prices = dual_prices(self.model, self.owner, np.flatnonzero(inside))
            if prices is None:
                return
            multiplier, lacks = prices
            try_multipliers(self.model, self.owner, np.clip(multiplier, lower, upper), self.best)
            self.bound = self.best.bound
            missing = np.flatnonzero((lacks < -1) & ~inside)
            if not len(missing):
                return
            inside[missing[np.argsort(lacks[missing], kind="stable")][: self.model.problem.candidates]] = True

    def _first(self) -> int:
        """Return the slack within which there are a few edges per candidate."""
        slack = self.best.slack
        last = min(CORE * self.model.problem.candidates, len(slack)) - 1
        return int(np.partition(slack, last)[last]) if last >= 0 else 0

    def run(self) -> None:
        """Solve programmes until the gap is closed, nothing is possible, or the time is over (StoppedError)."""
        best, slack = self.best, self.best.slack
        allowed = self._first()
        while not self.done():
            if best.assignment is not None:
                allowed = min(allowed, best.bound - best.value)
            edges = np.flatnonzero(slack <= allowed)
            self.edges = len(edges)
            answer = best_of(self.model, self.owner, edges, self.gap)
            if answer.assignment is not None:
                best.offer(self.model, answer.assignment)
            whole = len(edges) == len(slack)
            if whole and answer.infeasible:
                self.impossible = best.assignment is None
                return
            outside = best.bound - allowed - 1
            if answer.infeasible:
                self.bound = min(self.bound, outside)
            elif answer.bound is not None:
                self.bound = min(self.bound, answer.bound if whole else max(answer.bound, outside))
            if whole or not answer.ended:
                return
            wider = best.bound - best.value if best.assignment is not None else WIDER * allowed + 1
            if wider <= allowed:  # nothing is left out that matters; what remains is the rounding of the solver
                return
            allowed = wider


def _conflict(model: Model, owner: NDArray[np.int32], plain: Result, best: Best) -> ConstrainedResult:
    """Return an arrangement of least violation; the plain optimum if the time does not allow to look for it."""
    try:
        answer = least_violation(model, owner)
    except (StoppedError, KeyboardInterrupt):
        answer = None
    if answer is None or answer.assignment is None:
        return _result(model, plain, best, plain.assignment, Outcome.INFEASIBLE, best.bound)
    return _result(model, plain, best, answer.assignment, Outcome.INFEASIBLE, best.bound, closest=answer.ended)


def _result(
    model: Model,
    plain: Result,
    best: Best,
    assignment: NDArray[np.int32],
    outcome: Outcome,
    bound: int,
    *,
    closest: bool = False,
    edges: int = 0,
) -> ConstrainedResult:
    problem = model.problem
    seat = seat_edges(problem, assignment)
    used = seat[seat >= 0]
    return ConstrainedResult(
        outcome=outcome,
        assignment=assignment,
        value=model.value(assignment),
        bound=bound,
        tiers=plain.tiers,
        score=int(problem.score[used].sum(dtype=np.int64)),
        moves=int(moved_edges(problem)[used].sum()),
        violation=model.violation(assignment),
        unmet=model.unmet(assignment),
        closest=closest,
        relaxed=best.bound,
        multiplier=best.multiplier,
        u=best.u,
        v=best.v,
        edges=edges,
        solver=SOLVER,
        plain=Plain(plain.assignment, plain.value, plain.score, plain.moves, model.violation(plain.assignment)),
    )
