"""Kernels of team formation: skill sets of candidates, and the least cost of covering a set of skills.

A skill set is a bit mask. The covering is dynamic programming over subsets of skills (Held and Karp, "A dynamic
programming approach to sequencing problems", J. SIAM 10, 1962, is the pattern) on the candidates who survive dominance.
"""

import numpy as np
from numba import types
from numpy.typing import NDArray

from penata.placement.compile import OUT, POINTERS, kernel

FAR = np.int64(1) << 61  # two of them still fit into 64 bits
LEVELS = types.Array(types.int8, 2, "C", readonly=True)
LEAST_LEVELS = types.Array(types.int8, 1, "C", readonly=True)
FLAGS = types.Array(types.boolean, 1, "C", readonly=True)


@kernel("int64[::1]", LEVELS, LEAST_LEVELS, POINTERS)
def skill_sets(level: NDArray[np.int8], least: NDArray[np.int8], skill: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64 (n): bit b set where the candidate has ``skill[b]`` at least at its level."""
    n = len(level)
    mask = np.zeros(n, np.int64)
    for i in range(n):
        have = np.int64(0)
        for b in range(len(skill)):
            if level[i, skill[b]] >= least[skill[b]]:
                have |= np.int64(1) << b
        mask[i] = have
    return mask


@kernel("int64[::1]", POINTERS, POINTERS, FLAGS, types.int64)
def cheapest(mask: NDArray[np.int64], cost: NDArray[np.int64], free: NDArray[np.bool_], full: int) -> NDArray[np.int64]:
    """Return int64 (full+1): for every set of skills the cheapest free candidate who has exactly it, or -1.

    Of equal ones the first.
    """
    best = np.full(full + 1, -1, np.int64)
    for i in range(len(mask)):
        if free[i] and (best[mask[i]] < 0 or cost[i] < cost[best[mask[i]]]):
            best[mask[i]] = i
    return best


@kernel("int64[::1]", POINTERS, POINTERS, types.int64)
def cheapest_of_supersets(best: NDArray[np.int64], cost: NDArray[np.int64], skills: int) -> NDArray[np.int64]:
    """Return int64 (2**skills): the cheapest candidate of :func:`cheapest` who has at least these skills, or -1.

    A candidate who is not named at his own set is dominated: somebody has all his skills, and more, for no more.
    """
    top = best.copy()
    for b in range(skills):
        bit = np.int64(1) << b
        for s in range(len(top)):
            if s & bit == 0:
                other = top[s | bit]
                if other >= 0 and (top[s] < 0 or cost[other] <= cost[top[s]]):
                    top[s] = other
    return top


@kernel("int64[::1]", POINTERS, POINTERS, types.int64)
def shares(mask: NDArray[np.int64], cost: NDArray[np.int64], skills: int) -> NDArray[np.int64]:
    """Return int64 (skills): what each skill costs at least, so that no candidate's skills sum to more than his cost.

    Dual ascent: skills in order take what their cheapest holder still has to give. The sum over the skills that are
    lacking is a lower bound on what covering them costs (weak duality of covering).
    """
    slack = cost.copy()
    price = np.zeros(skills, np.int64)
    for b in range(skills):
        bit = np.int64(1) << b
        least = FAR
        for c in range(len(mask)):
            if mask[c] & bit:
                least = min(least, slack[c])
        if least == FAR:  # nobody has it, because it is covered already
            continue
        price[b] = least
        for c in range(len(mask)):
            if mask[c] & bit:
                slack[c] -= least
    return price


@kernel("int64[::1]", POINTERS, types.int64)
def lower_bounds(price: NDArray[np.int64], full: int) -> NDArray[np.int64]:
    """Return int64 (full+1): for every set of skills already covered, what the others cost at least."""
    bound = np.zeros(full + 1, np.int64)
    for s in range(full - 1, -1, -1):
        b = 0
        while s >> b & 1:
            b += 1
        bound[s] = bound[s | np.int64(1) << b] + price[b]
    return bound


@kernel(
    "void",
    POINTERS,
    OUT,
    types.int32[::1],
    types.int32[::1],
    OUT,
    POINTERS,
    POINTERS,
    POINTERS,
    POINTERS,
    POINTERS,
    types.int64,
)
def extend(
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    pick: NDArray[np.int32],
    origin: NDArray[np.int32],
    least: NDArray[np.int64],
    first: NDArray[np.int64],
    member: NDArray[np.int64],
    mask: NDArray[np.int64],
    cost: NDArray[np.int64],
    bound: NDArray[np.int64],
    limit: int,
) -> None:
    """Add one person to every set of skills covered so far, in place.

    ``before`` int64 (2**k) is the least cost of covering a set with t people, ``after`` that with t + 1, ``pick`` the
    candidate added last and ``origin`` the set covered before him. ``member[first[b]:first[b+1]]`` are the candidates
    with skill b by rising cost. Only holders of the first lacking skill are tried: every covering team can be put into
    such an order, and nobody is then taken twice. A set covered by fewer people at no more cost (``least``) is not
    kept, nor what cannot end below *limit*.
    """
    full = len(before) - 1
    for s in range(full):
        have = before[s]
        if have + bound[s] >= limit:
            continue
        b = 0
        while s >> b & 1:
            b += 1
        for at in range(first[b], first[b + 1]):
            c = member[at]
            total = have + cost[c]
            if total >= limit:
                break
            t = s | mask[c]
            if total < least[t] and total + bound[t] < limit:
                least[t] = total
                after[t] = total
                pick[t] = c
                origin[t] = s


@kernel("int64[::1]", POINTERS, POINTERS, POINTERS, FLAGS, POINTERS, types.int64)
def undominated(
    order: NDArray[np.int64],
    margin: NDArray[np.int64],
    mask: NDArray[np.int64],
    free: NDArray[np.bool_],
    group: NDArray[np.int64],
    spare: int,
) -> NDArray[np.int64]:
    """Return the candidates of *order* (by rising cost) who are not dominated often enough to be dropped.

    ``margin`` int64 (n): how many dominators a best team may hold beside a candidate and still need him, plus one (0:
    he can be of no use). *spare* more must be left to take his place. ``free``: in no pair that must not meet; only
    such people dominate, and only such are dropped. ``group``: -1, or a unit that is limited; somebody of such a unit
    dominates only his own colleagues.
    """
    chosen = np.empty(len(order), np.int64)
    size = 0
    for at in range(len(order)):
        i = order[at]
        needed = margin[i]
        if needed == 0:
            continue
        if free[i]:
            needed += spare
            for k in range(size):
                d = chosen[k]
                if mask[i] & ~mask[d] == 0 and free[d] and (group[d] == -1 or group[d] == group[i]):
                    needed -= 1
                    if needed == 0:
                        break
            if needed == 0:
                continue
        chosen[size] = i
        size += 1
    return chosen[:size].copy()
