"""Why this slot and not that one: exact losses, the moves behind them, next in line, worth of a seat, chains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from penata.placement._residual import FAR, NOBODY, Paths, Residual, prepare, search
from penata.placement.problem import UNPLACED, Problem, ProblemError
from penata.placement.result import Result

__all__ = [
    "Chains", "Loss", "Move", "Residual", "chains", "chains_between", "loss_of_forcing", "next_in_line", "points_short",
    "prepare", "value_of_seat", "values_of_seats",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """One candidate who changes slot against the proposal; -1 stands for unplaced."""

    candidate: int
    from_slot: int
    to_slot: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What the best arrangement loses if *candidate* must have *slot*.

    ``possible`` is False where no arrangement that meets the minima contains the pair; all else is then empty.
    ``loss`` >= 0 is exact, in points of the tiered weight; it is also the smallest rise of the pair's score that
    would make it part of a best arrangement. Split by objective: ``critical`` critical seats fewer, ``place`` people
    fewer who must be placed, ``points`` points of net score fewer (negative: more), each against the proposal.
    ``moves`` leads from the proposal to the best arrangement with the pair, the forced candidate first.
    """

    candidate: int
    slot: int
    possible: bool
    loss: int
    critical: int
    place: int
    points: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """The moves of a proposal as chains: who takes the seat that whom left.

    ``chain`` int32 (n): number of the chain, from 0, or -1 for those who stay. ``position`` int32 (n): place in the
    chain, from 0; each takes the seat that the one before left. The first takes a free seat or leaves without one.
    ``cycle`` bool (chains): the first takes the seat that the last left. Numbered by the lowest candidate who begins
    one; a cycle begins with its lowest candidate. Two who swap always form a chain of their own.
    """

    chain: NDArray[np.int32]
    position: NDArray[np.int32]
    cycle: NDArray[np.bool_]


def loss_of_forcing(
    problem: Problem, result: Result, candidate: int, slot: int, *, prepared: Residual | None = None
) -> Loss:
    """Return exactly what is lost by forcing *candidate* into *slot*, and how the others would have to move.

    *result* must be optimal. Pass ``prepared=prepare(problem, result)`` when asking more than once. Raises ProblemError
    if the pair is not an edge.
    """
    residual = prepared or prepare(problem, result)
    edge = _edge(problem, candidate, slot)
    target = int(residual.node[candidate])
    if target == slot:
        return Loss(candidate, slot, True, 0, 0, 0, 0, ())
    return _loss(residual, search(residual, slot, target), edge, candidate)


def next_in_line(
    problem: Problem, result: Result, slot: int, count: int, *, prepared: Residual | None = None
) -> tuple[Loss, ...]:
    """Return the *count* candidates outside *slot* who could have it at the least loss, least first, then by number."""
    residual = prepared or prepare(problem, result)
    edges = np.flatnonzero(problem.slot == slot)
    owners = np.searchsorted(problem.indptr, edges, side="right") - 1
    outside = result.assignment[owners] != slot
    edges, owners = edges[outside], owners[outside]
    paths = search(residual, slot)
    onward = paths.loss[residual.node[owners]]
    edges, owners, onward = edges[onward != FAR], owners[onward != FAR], onward[onward != FAR]
    total = result.u[owners] + result.v[slot] - residual.weight[edges] + onward
    best = np.lexsort((owners, total))[:count]
    return tuple(_loss(residual, paths, int(edges[k]), int(owners[k])) for k in best)


def points_short(problem: Problem, result: Result, candidate: int) -> NDArray[np.int64]:
    """Return int64, one per edge of *candidate*: points that the pair falls short of being part of a best arrangement.

    It is u_i + v_j - w_ij, 0 for the slot that was assigned. A lower bound: what is really missing is
    :func:`loss_of_forcing`, which also counts what the others lose.
    """
    row = slice(int(problem.indptr[candidate]), int(problem.indptr[candidate + 1]))
    slots = problem.slot[row]
    held = problem.current[candidate]
    moved = (held != UNPLACED) & (slots != held)
    weight = problem.score[row].astype(np.int64) - problem.move_cost * moved
    weight += result.tiers.critical * problem.critical[slots]
    weight += result.tiers.place * problem.must_place[candidate]
    short: NDArray[np.int64] = result.u[candidate] + result.v[slots] - weight
    return short


def value_of_seat(problem: Problem, result: Result, slot: int, *, prepared: Residual | None = None) -> int:
    """Return exactly by how much the best value rises if *slot* gets one more seat, in tiered points."""
    return int(values_of_seats(problem, result, prepared=prepared)[slot])


def values_of_seats(problem: Problem, result: Result, *, prepared: Residual | None = None) -> NDArray[np.int64]:
    """Return int64 (m): :func:`value_of_seat` of every slot, from one search.

    Without minima it equals ``result.v``. Where minima bind, v_j is only an upper bound: somebody who would gain from
    the seat may be held where he is needed.
    """
    residual = prepared or prepare(problem, result)
    reach = search(residual, problem.slots).loss[: problem.slots]
    gain = np.where(reach == FAR, 0, result.v - np.where(reach == FAR, 0, reach))
    return np.maximum(gain, 0)


def chains(problem: Problem, result: Result) -> Chains:
    """Decompose the moves of *result* into chains and cycles, the same way for the same arrays."""
    return chains_between(problem.current, result.assignment)


def chains_between(origin: NDArray[np.int32], goal: NDArray[np.int32]) -> Chains:
    """Decompose the moves from *origin* to *goal*, int32 (n) each, slot or -1, into chains and cycles."""
    movers = np.flatnonzero(origin != goal)
    successor = _link(origin, goal, movers)  # successor[i] takes the seat that i left
    followed = successor[movers]
    heads = np.setdiff1d(movers, followed[followed != NOBODY], assume_unique=True)
    chain = np.full(len(origin), -1, np.int32)
    position = np.full(len(origin), -1, np.int32)
    opened = _walk(heads, successor, chain, position, 0)
    in_cycle = movers[chain[movers] < 0]
    closed = _walk(in_cycle, successor, chain, position, opened)
    return Chains(chain, position, np.arange(closed) >= opened)


def _edge(problem: Problem, candidate: int, slot: int) -> int:
    """Return the index of an edge, raising ProblemError where there is none."""
    begin, end = int(problem.indptr[candidate]), int(problem.indptr[candidate + 1])
    edge = begin + int(np.searchsorted(problem.slot[begin:end], slot))
    if edge == end or problem.slot[edge] != slot:
        raise ProblemError(f"candidate {candidate} is not eligible for slot {slot}")
    return edge


def _loss(residual: Residual, paths: Paths, edge: int, candidate: int) -> Loss:
    """Return the loss of forcing *edge*, given the paths that begin at its slot."""
    problem, result = residual.problem, residual.result
    slot = int(problem.slot[edge])
    here = int(residual.node[candidate])
    if paths.loss[here] == FAR:
        return Loss(candidate, slot, False, 0, 0, 0, 0, ())
    moves: list[Move] = []
    node = here
    while node != slot:
        before, mover = int(paths.previous[node]), int(paths.mover[node])
        if mover != NOBODY:
            moves.append(Move(mover, _slot_of(problem, before), _slot_of(problem, node)))
        node = before
    moves.append(Move(candidate, _slot_of(problem, here), slot))
    moves.reverse()
    critical = sum(_critical(problem, move.from_slot) - _critical(problem, move.to_slot) for move in moves)
    place = sum(
        int(problem.must_place[move.candidate]) * ((move.to_slot == UNPLACED) - (move.from_slot == UNPLACED))
        for move in moves
    )
    loss = int(result.u[candidate] + result.v[slot] - residual.weight[edge] + paths.loss[here])
    points = loss - critical * result.tiers.critical - place * result.tiers.place
    return Loss(candidate, slot, True, loss, critical, place, points, tuple(moves))


def _slot_of(problem: Problem, node: int) -> int:
    return UNPLACED if node == problem.slots else node


def _critical(problem: Problem, slot: int) -> int:
    return 0 if slot == UNPLACED else int(problem.critical[slot])


def _link(origin: NDArray[np.int32], goal: NDArray[np.int32], movers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64 (n): who takes the seat that each mover left; swaps first, the rest by rising number."""
    successor = np.full(len(origin), NOBODY, np.int64)
    between = movers[(origin[movers] != UNPLACED) & (goal[movers] != UNPLACED)]
    there = origin[between].astype(np.int64) << 32 | goal[between]
    back = goal[between].astype(np.int64) << 32 | origin[between]
    left, right = _pair(there, back)
    successor[between[left]] = between[right]
    leavers = movers[(origin[movers] != UNPLACED) & (successor[movers] == NOBODY)]
    taken = np.zeros(len(origin), np.bool_)
    taken[between[right]] = True
    comers = movers[(goal[movers] != UNPLACED) & ~taken[movers]]
    left, right = _pair(origin[leavers].astype(np.int64), goal[comers].astype(np.int64))
    successor[leavers[left]] = comers[right]
    return successor


def _pair(left: NDArray[np.int64], right: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Match equal keys one to one, the t-th of the left with the t-th of the right; return the matched indices."""
    order_left, order_right = np.argsort(left, kind="stable"), np.argsort(right, kind="stable")
    sorted_left, sorted_right = left[order_left], right[order_right]
    rank = np.arange(len(left)) - np.searchsorted(sorted_left, sorted_left)
    spot = np.searchsorted(sorted_right, sorted_left) + rank
    inside = spot < len(right)
    matched = inside.copy()
    matched[inside] = sorted_right[spot[inside]] == sorted_left[inside]
    return order_left[matched], order_right[spot[matched]]


def _walk(
    heads: NDArray[np.int64],
    successor: NDArray[np.int64],
    chain: NDArray[np.int32],
    position: NDArray[np.int32],
    number: int,
) -> int:
    """Number the chains that begin at *heads*, in order, and return the next number. Only movers are visited."""
    for head in heads.tolist():
        if chain[head] >= 0:
            continue
        at, step = head, 0
        while at != NOBODY and chain[at] < 0:
            chain[at], position[at] = number, step
            at, step = int(successor[at]), step + 1
        number += 1
    return number
