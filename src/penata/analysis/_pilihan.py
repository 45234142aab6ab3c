"""Choosing many small items under shared limits: greedy fill, and a bound that no choice can exceed.

Item o helps one person in one competence by one training: effect, cost, hours. Limits: the budget, seats per training,
hours per person, one item per person and competence. The bound relaxes budget and seats by prices (Lagrange); what is
left falls apart into one small knapsack per person, solved exactly. Any prices give a valid bound (Fisher, "The
Lagrangian relaxation method for solving integer programming problems", Management Science 27, 1981); a subgradient
walk makes it tight, and the choices seen on the way are repaired into better plans.
"""

from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, vstack

from penata.placement.compile import POINTERS, kernel

NUMBERS = types.Array(types.float64, 1, "C", readonly=True)
MARKS = types.boolean[::1]
SAMPLE = 10_000  # items in the linear programme that gives the first prices
WORK = 15_000_000  # items looked at while the prices improve; a count, not a clock, so that every run is the same
FEWEST_STEPS, MOST_STEPS = 20, 150
REPAIR_EVERY = 4
PATIENCE = 8  # steps without a better bound before the stride is halved
CLOSE = 1e-4  # relative gap at which the walk ends
TINY = 1e-9
EXACT = 1000  # effects are multiples of 1/1000 with weights of up to three decimals

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Items:
    """The items, sorted by person, then competence.

    ``first`` int64 (people + 1): items of person p are ``first[p]:first[p + 1]``. ``person``, ``need`` (running number
    of person and competence), ``training``, ``hours`` int64 (items); ``effect`` > 0, ``cost`` >= 0 float64 (items).
    ``favour`` bool (items): goes first among items of equal effect per cost. ``hours_left`` int64 (people);
    ``seats`` int64 (trainings); ``budget``.
    """

    first: Ints
    person: Ints
    need: Ints
    training: Ints
    hours: Ints
    effect: Floats
    cost: Floats
    favour: NDArray[np.bool_]
    hours_left: Ints
    seats: Ints
    budget: float


@dataclass(frozen=True, slots=True)
class Plan:
    """``chosen`` bool (items), its ``effect``, and ``bound``, which the effect of no lawful choice exceeds."""

    chosen: NDArray[np.bool_]
    effect: float
    bound: float


def choose(items: Items) -> Plan:
    """Return a plan of great effect and a proven bound; equal items go by their order."""
    size = len(items.effect)
    if not size:
        return Plan(np.zeros(0, np.bool_), 0.0, 0.0)
    by_yield = _by_yield(items)
    best = _fill(items, by_yield)
    highest = float(items.effect[best].sum())
    bound, seen, stride = np.inf, 0, 1.0
    limits = np.append(np.minimum(items.seats, size).astype(np.float64), items.budget)
    worth = _sampled_prices(items) * limits  # of all seats of each training, and of the whole budget
    steps = min(max(WORK // size, FEWEST_STEPS), MOST_STEPS)
    for step in range(steps):
        price = np.divide(worth, limits, out=np.zeros_like(worth), where=limits > 0)
        profit = items.effect - price[items.training] - price[-1] * items.cost
        wanted = np.zeros(size, np.bool_)
        value = best_sets(items.first, items.need, items.hours, profit, items.hours_left, wanted) + worth.sum()
        if value < bound - TINY:
            bound, seen = value, step
        elif step - seen >= PATIENCE:
            stride, seen = stride / 2, step
        if step % REPAIR_EVERY == 0 or step == steps - 1:
            plan = _fill(items, _repair_order(profit, wanted, by_yield))
            effect = float(items.effect[plan].sum())
            if effect > highest + TINY:
                best, highest = plan, effect
        used = np.bincount(items.training[wanted], minlength=len(items.seats)).astype(np.float64)
        used = np.append(used, items.cost[wanted].sum())
        spare = 1.0 - np.divide(used, limits, out=np.zeros_like(used), where=limits > 0)
        spare[(worth <= 0) & (spare > 0)] = 0.0
        length = float((spare**2).sum())
        if length <= TINY or _gap(highest, bound, items.effect) <= CLOSE:
            break
        worth = np.maximum(worth - stride * (value - highest) / length * spare, 0.0)
    return Plan(best, highest, max(_rounded(bound, items.effect), highest))


def _sampled_prices(items: Items) -> Floats:
    """Return prices of a seat of each training and, last, of one rupiah, from the linear programme of a sample.

    Every k-th person with an equal share of seats and budget. Prices need not be right, only near: any prices give a
    valid bound.
    """
    every = -(-len(items.effect) // SAMPLE)
    kept = np.flatnonzero(items.person % every == 0)
    if not len(kept):
        return np.zeros(len(items.seats) + 1)
    size, trainings = len(kept), len(items.seats)
    one, column = np.ones(size), np.arange(size)
    people, person = np.unique(items.person[kept], return_inverse=True)
    needs, need = np.unique(items.need[kept], return_inverse=True)
    scale = max(float(items.cost.max()), 1.0)
    rows = (
        coo_matrix((one, (items.training[kept], column)), (trainings, size)),
        coo_matrix((items.cost[kept] / scale, (np.zeros(size, np.intp), column)), (1, size)),
        coo_matrix((items.hours[kept].astype(np.float64), (person, column)), (len(people), size)),
        coo_matrix((one, (need, column)), (len(needs), size)),
    )
    limits = np.concatenate((
        np.minimum(items.seats / every, size), [items.budget / every / scale],
        items.hours_left[people], np.ones(len(needs)),
    ))  # fmt: skip
    matrix: Any = vstack(rows).tocsr()  # the stubs of SciPy know dense matrices only
    answer = linprog(-items.effect[kept], A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs")
    if answer.status != 0:
        return np.zeros(trainings + 1)
    prices: Floats = np.maximum(-answer.ineqlin.marginals[: trainings + 1], 0.0)
    prices[-1] /= scale
    return prices


def _gap(effect: float, bound: float, effects: Floats) -> float:
    return (_rounded(bound, effects) - effect) / max(bound, TINY)


def _rounded(bound: float, effects: Floats) -> float:
    """Return *bound* lowered to what a sum of effects can reach, where effects are multiples of a common measure."""
    whole = np.rint(effects * EXACT)
    if np.abs(whole - effects * EXACT).max() > TINY:
        return bound
    measure = int(np.gcd.reduce(whole.astype(np.int64)))
    return floor((bound + TINY) * EXACT / measure) * measure / EXACT


def _by_yield(items: Items) -> Ints:
    """Return the items by falling effect per cost; free ones first, by effect."""
    free = items.cost <= 0
    ratio = np.divide(items.effect, items.cost, out=items.effect.copy(), where=~free)
    return np.lexsort((~items.favour, -ratio, ~free)).astype(np.int64)


def _repair_order(profit: Floats, wanted: NDArray[np.bool_], by_yield: Ints) -> Ints:
    """Return what the prices choose, most profitable first, and then everything by yield."""
    chosen = np.flatnonzero(wanted)
    return np.concatenate((chosen[np.argsort(-profit[chosen], kind="stable")], by_yield))


def _fill(items: Items, order: Ints) -> NDArray[np.bool_]:
    """Take items in *order* as long as they fit."""
    chosen = np.zeros(len(items.effect), np.bool_)
    take_in_order(
        order, items.person, items.need, items.training, items.hours, items.cost,
        items.hours_left.copy(), items.seats.copy(), items.budget, chosen,
    )  # fmt: skip
    return chosen


@kernel(
    "void", POINTERS, POINTERS, POINTERS, POINTERS, POINTERS, NUMBERS, types.int64[::1], types.int64[::1],
    types.float64, MARKS,
)  # fmt: skip
def take_in_order(
    order: Ints,
    person: Ints,
    need: Ints,
    training: Ints,
    hours: Ints,
    cost: Floats,
    hours_left: Ints,
    seats: Ints,
    budget: float,
    chosen: NDArray[np.bool_],
) -> None:
    """Mark in *chosen* what fits, in *order*, using up hours, seats and budget."""
    met = np.zeros(need[-1] + 1, np.bool_)
    for o in order:
        p, t = person[o], training[o]
        if met[need[o]] or hours[o] > hours_left[p] or seats[t] <= 0 or cost[o] > budget:
            continue
        chosen[o] = True
        met[need[o]] = True
        hours_left[p] -= hours[o]
        seats[t] -= 1
        budget -= cost[o]


@kernel(
    "float64", POINTERS, POINTERS, NUMBERS, types.int64, types.int64, types.int64, MARKS
)  # fmt: skip
def best_set(
    need: Ints, hours: Ints, profit: Floats, begin: int, end: int, limit: int, chosen: NDArray[np.bool_]
) -> float:
    """Mark the best set among items *begin* to *end* by dynamic programming over hours; return its profit."""
    needs = need[end - 1] - need[begin] + 1
    value = np.zeros(limit + 1)
    taken = np.full((needs, limit + 1), -1, np.int64)
    o = begin
    while o < end:
        group = need[o]
        after = value.copy()
        while o < end and need[o] == group:
            if profit[o] > 0:
                for h in range(hours[o], limit + 1):
                    reach = value[h - hours[o]] + profit[o]
                    if reach > after[h]:
                        after[h] = reach
                        taken[group - need[begin], h] = o
            o += 1
        value = after
    h = limit
    for group in range(needs - 1, -1, -1):
        o = taken[group, h]
        if o >= 0:
            chosen[o] = True
            h -= hours[o]
    return float(value[limit])


@kernel("float64", POINTERS, POINTERS, POINTERS, NUMBERS, POINTERS, MARKS)
def best_sets(
    first: Ints, need: Ints, hours: Ints, profit: Floats, hours_left: Ints, chosen: NDArray[np.bool_]
) -> float:
    """Mark for each person the set of largest profit within the hours, one item per need; return the total profit."""
    total = 0.0
    for p in range(len(first) - 1):
        begin, end, limit = first[p], first[p + 1], hours_left[p]
        if begin == end or limit <= 0:
            continue
        # The best of each need is the answer where all of them fit together.
        gain = 0.0
        spent = 0
        best = -1
        for o in range(begin, end):
            if profit[o] > 0 and hours[o] <= limit and (best < 0 or profit[o] > profit[best]):
                best = o
            if o + 1 == end or need[o + 1] != need[o]:
                if best >= 0:
                    chosen[best] = True
                    gain += profit[best]
                    spent += hours[best]
                best = -1
        if spent > limit:
            chosen[begin:end] = False
            gain = best_set(need, hours, profit, begin, end, limit, chosen)
        total += gain
    return total
