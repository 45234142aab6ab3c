"""Small problems for properties, and the slow, obvious way to solve them."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from penata.placement.problem import UNPLACED, Problem


def make(
    scores: list[list[int | None]],
    *,
    capacity: list[int],
    current: list[int] | None = None,
    minimum: list[int] | None = None,
    critical: list[bool] | None = None,
    must_place: list[bool] | None = None,
    move_cost: int = 0,
) -> Problem:
    """Return a problem from a matrix of scores (people x slots, None: not eligible)."""
    n, m = len(scores), len(capacity)
    degrees = [sum(score is not None for score in row) for row in scores]
    pairs = [(j, score) for row in scores for j, score in enumerate(row) if score is not None]
    return Problem(
        indptr=np.concatenate(([0], np.cumsum(degrees))).astype(np.int64),
        slot=np.array([j for j, _ in pairs], np.int32),
        score=np.array([score for _, score in pairs], np.int32),
        current=np.array(current if current is not None else [UNPLACED] * n, np.int32),
        capacity=np.array(capacity, np.int32),
        minimum=np.array(minimum if minimum is not None else [0] * m, np.int32),
        critical=np.array(critical if critical is not None else [False] * m, np.bool_),
        must_place=np.array(must_place if must_place is not None else [False] * n, np.bool_),
        move_cost=move_cost,
    )


@st.composite
def problems(
    draw: Any, *, people: int = 5, slots: int = 4, minima: bool = False, max_score: int = 1000, tiers: bool = True
) -> Problem:
    """Draw a problem; a low *max_score* makes many ties."""
    n = draw(st.integers(0, people))
    m = draw(st.integers(1, slots))
    score = st.none() | st.integers(0, max_score)
    rows = draw(st.lists(st.lists(score, min_size=m, max_size=m), min_size=n, max_size=n))
    capacity = draw(st.lists(st.integers(0, 2), min_size=m, max_size=m))
    flag = st.booleans() if tiers else st.just(False)
    return make(
        rows,
        capacity=capacity,
        current=draw(st.lists(st.integers(UNPLACED, m - 1), min_size=n, max_size=n)),
        minimum=[draw(st.integers(0, seats)) if minima else 0 for seats in capacity],
        critical=draw(st.lists(flag, min_size=m, max_size=m)),
        must_place=draw(st.lists(flag, min_size=n, max_size=n)),
        move_cost=draw(st.sampled_from([0, 1, max_score // 10, 2 * max_score])),
    )


def arrangements(problem: Problem) -> Iterator[NDArray[np.int32]]:
    """Yield every arrangement within eligibility and capacity."""
    choices = [
        (UNPLACED, *problem.slot[problem.indptr[i] : problem.indptr[i + 1]].tolist()) for i in range(problem.candidates)
    ]
    for chosen in product(*choices):
        assignment = np.array(chosen, np.int32)
        if np.all(np.bincount(assignment[assignment >= 0], minlength=problem.slots) <= problem.capacity):
            yield assignment


def score_of(problem: Problem, i: int, j: int) -> int:
    """Return the score of an edge."""
    row = problem.slot[problem.indptr[i] : problem.indptr[i + 1]].tolist()
    return int(problem.score[problem.indptr[i] + row.index(j)])


def objectives(problem: Problem, assignment: NDArray[np.int32]) -> tuple[int, int, int, int, int]:
    """Return what is maximised, in order: seats of minima, critical seats, people placed who must be, points, stays."""
    filled = np.bincount(assignment[assignment >= 0], minlength=problem.slots)
    points = stays = 0
    for i, j in enumerate(assignment.tolist()):
        if j == UNPLACED:
            continue
        here = int(problem.current[i])
        points += score_of(problem, i, j) - (problem.move_cost if here not in {UNPLACED, j} else 0)
        stays += here == j
    return (
        int(np.minimum(filled, problem.minimum).sum()),
        int(filled[problem.critical].sum()),
        int((problem.must_place & (assignment >= 0)).sum()),
        points,
        stays,
    )


def best(problem: Problem) -> tuple[int, int, int, int, int]:
    """Return the best objectives over all arrangements."""
    return max(objectives(problem, assignment) for assignment in arrangements(problem))


def permuted(problem: Problem, people: NDArray[np.intp], slots: NDArray[np.intp]) -> Problem:
    """Return the same problem with person ``people[k]`` as number k and slot ``slots[k]`` as number k."""
    new_slot = np.argsort(slots).astype(np.int32)
    rows = [slice(int(problem.indptr[i]), int(problem.indptr[i + 1])) for i in people]
    row_slots = [new_slot[problem.slot[row]] for row in rows]
    order = [np.argsort(row) for row in row_slots]
    return Problem(
        indptr=np.concatenate(([0], np.cumsum([len(row) for row in row_slots]))).astype(np.int64),
        slot=np.concatenate([np.empty(0, np.int32), *(row[o] for row, o in zip(row_slots, order, strict=True))]),
        score=np.concatenate(
            [np.empty(0, np.int32), *(problem.score[row][o] for row, o in zip(rows, order, strict=True))]
        ),
        current=np.array([new_slot[j] if j >= 0 else UNPLACED for j in problem.current[people]], np.int32),
        capacity=problem.capacity[slots],
        minimum=problem.minimum[slots],
        critical=problem.critical[slots],
        must_place=problem.must_place[people],
        move_cost=problem.move_cost,
    )
