"""Builders of side constraints: couples, groups, remote areas, moves."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from penata.placement.constraints import HARD, UNLIMITED, Constraints, Kind
from penata.placement.problem import UNPLACED, Problem, ProblemError
from penata.placement.weights import candidate_of_edges, moved_edges

Row = tuple[NDArray[np.int64], NDArray[np.int32], int, int]  # edges, coefficients, lower, upper


def couples(problem: Problem, pairs: NDArray[np.int32], region: NDArray[np.int32]) -> Constraints:
    """Return rows that keep each couple in one region: both there, both without a slot, or both where they are now.

    *pairs* int32 (p, 2): candidates. *region* int32 (m): region of every slot. Raises ProblemError for pairs or regions
    that do not fit.
    """
    _shape("region", region, problem.slots)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or np.any(pairs < 0) or np.any(pairs >= problem.candidates):
        raise ProblemError("pairs must be an array (p, 2) of candidates")
    if np.any(pairs[:, 0] == pairs[:, 1]):
        raise ProblemError("pairs couple a candidate with himself")
    rows, items = [], []
    for number, (a, b) in enumerate(pairs.tolist()):
        for row in _couple(problem, a, b, region):
            rows.append(row)
            items.append(number)
    return _constraints(rows, Kind.COUPLE, items, HARD)


def _couple(problem: Problem, a: int, b: int, region: NDArray[np.int32]) -> Iterable[Row]:
    """Yield the rows of one couple.

    Write A_g for "a is placed in region g", K_a for "a keeps the present slot". Without present slots in two regions
    the rule is A_g = B_g everywhere. With a now in g and b in h: A and B agree in all other regions; B_g <= A_g and
    A_h <= B_h; a new slot of a in g needs b in g, and a kept one b in g or kept too: A_g - K_a <= B_g,
    K_a <= B_g + K_b; the same for b in h.
    """
    edges = [np.arange(problem.indptr[i], problem.indptr[i + 1]) for i in (a, b)]
    held = [int(problem.current[i]) for i in (a, b)]
    home = [int(region[j]) if j != UNPLACED else None for j in held]
    kept = [own[problem.slot[own] == j] for own, j in zip(edges, held, strict=True)]
    apart = home[0] != home[1] and len(kept[0]) > 0 and len(kept[1]) > 0
    for g in sorted({int(g) for own in edges for g in region[problem.slot[own]]}):
        here = [own[region[problem.slot[own]] == g] for own in edges]
        if not apart or g not in home:
            yield _difference(here[0], here[1], 0, 0)
            continue
        one = home.index(g)
        own, others = here[one], here[1 - one]
        yield _difference(own, others, 0, UNLIMITED)
        yield _difference(own[~np.isin(own, kept[one])], others, -UNLIMITED, 0)
        yield _difference(kept[one], np.concatenate((others, kept[1 - one])), -UNLIMITED, 0)


def _difference(plus: NDArray[np.int64], minus: NDArray[np.int64], lower: int, upper: int) -> Row:
    edge = np.concatenate((plus, minus)).astype(np.int64)
    sign = np.concatenate((np.ones(len(plus), np.int32), np.full(len(minus), -1, np.int32)))
    order = np.argsort(edge)
    return edge[order], sign[order], lower, upper


def group_limits(
    problem: Problem,
    members: NDArray[np.bool_],
    slots: NDArray[np.bool_],
    *,
    at_least: int | None = None,
    at_most: int | None = None,
    price: int | None = None,
    item: int = 0,
) -> Constraints:
    """Return a row: of *members* bool (n), so many at least or at most hold one of *slots* bool (m).

    With *price* the row is soft: every person too few or too many costs so many points.
    """
    return _counted(problem, members, slots, at_least, at_most, price, Kind.GROUP, item)


def remote_minimum(
    problem: Problem,
    slots: NDArray[np.bool_],
    quality: NDArray[np.int32],
    *,
    least: int,
    people: int,
    price: int | None = None,
    item: int = 0,
) -> Constraints:
    """Return a row: at least *people* candidates with *quality* int32 (n) >= *least* hold one of *slots* bool (m)."""
    _shape("quality", quality, problem.candidates)
    return _counted(problem, quality >= least, slots, people, None, price, Kind.REMOTE, item)


def _counted(
    problem: Problem,
    members: NDArray[np.bool_],
    slots: NDArray[np.bool_],
    at_least: int | None,
    at_most: int | None,
    price: int | None,
    kind: Kind,
    item: int,
) -> Constraints:
    _shape("members", members, problem.candidates)
    _shape("slots", slots, problem.slots)
    counted = members[candidate_of_edges(problem)] & slots[problem.slot]
    return _constraints([_count(counted, at_least, at_most)], kind, [item], HARD if price is None else price)


def _count(counted: NDArray[np.bool_], at_least: int | None, at_most: int | None) -> Row:
    edge = np.flatnonzero(counted).astype(np.int64)
    lower = -UNLIMITED if at_least is None else at_least
    return edge, np.ones(len(edge), np.int32), lower, UNLIMITED if at_most is None else at_most


def move_limit(problem: Problem, at_most: int) -> Constraints:
    """Return a row: at most so many candidates who hold a slot get another one."""
    return _constraints([_count(moved_edges(problem), None, at_most)], Kind.MOVES, [0], HARD)


def unit_moves(
    problem: Problem,
    unit: NDArray[np.int32],
    *,
    into: NDArray[np.int64] | None = None,
    out_of: NDArray[np.int64] | None = None,
) -> Constraints:
    """Return rows: at most ``into[k]`` holders of slots elsewhere come to unit k, at most ``out_of[k]`` leave it.

    *unit* int32 (m): unit of every slot. Moves inside a unit do not count; nor do people who hold no slot now.
    """
    _shape("unit", unit, problem.slots)
    current = problem.current[candidate_of_edges(problem)]
    origin = np.where(current == UNPLACED, -1, unit[current]) if problem.slots else np.zeros(0, np.int64)
    crossing = moved_edges(problem) & (origin != unit[problem.slot])
    parts = []
    for limits, side, kind in ((into, unit[problem.slot], Kind.MOVES_IN), (out_of, origin, Kind.MOVES_OUT)):
        if limits is not None:
            rows = [_count(crossing & (side == k), None, int(limit)) for k, limit in enumerate(limits.tolist())]
            parts.append(_constraints(rows, kind, list(range(len(rows))), HARD))
    return joined(*parts)


def joined(*parts: Constraints) -> Constraints:
    """Return the rows of all *parts*, in order."""
    none = _constraints([], Kind.OTHER, [], HARD)
    every = (none, *parts)
    starts = np.cumsum([0, *(len(part.edge) for part in every)])
    shifted = [part.indptr[1:] + start for part, start in zip(every, starts, strict=False)]
    return Constraints(
        indptr=np.concatenate((np.zeros(1, np.int64), *shifted)),
        **{
            name: np.concatenate([getattr(part, name) for part in every])
            for name in ("edge", "coefficient", "lower", "upper", "price", "kind", "item")
        },
    )


def _constraints(rows: list[Row], kind: Kind, items: list[int], price: int) -> Constraints:
    """Return *rows* as arrays."""
    return Constraints(
        indptr=np.cumsum([0, *(len(edge) for edge, _, _, _ in rows)]).astype(np.int64),
        edge=np.concatenate([np.zeros(0, np.int64), *(edge for edge, _, _, _ in rows)]),
        coefficient=np.concatenate([np.zeros(0, np.int32), *(sign for _, sign, _, _ in rows)]),
        lower=np.array([lower for _, _, lower, _ in rows], np.int64),
        upper=np.array([upper for _, _, _, upper in rows], np.int64),
        price=np.full(len(rows), price, np.int64),
        kind=np.full(len(rows), kind, np.int8),
        item=np.array(items, np.int32),
    )


def _shape(name: str, array: NDArray[np.generic], length: int) -> None:
    if array.shape != (length,):
        raise ProblemError(f"{name} has shape {array.shape}, not ({length},)")
