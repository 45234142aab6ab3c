"""What an exact solve leaves open: which of the optimal prices, and which of the optimal arrangements.

Prices: the lowest. Optimal prices form a lattice (Shapley and Shubik, "The assignment game I", Int. J. Game Theory 1,
1971); from any of them the lowest are one shortest-path search away.

Arrangements: one in which as many as possible stay. All optimal arrangements consist of tight pairs, seat everybody
with u > 0 and fill every slot with p > 0; so among tight pairs alone the same search is asked once more, for stays.
"""

from typing import Any

import numpy as np

from penata.placement._heap import lift, pop
from penata.placement._phases import place_people, seated
from penata.placement._phases_slots import by_slot, fill_slots
from penata.placement.compile import jit


@jit
def lower_prices(begin: Any, end: Any, slot: Any, weight: Any, price: Any, holder: Any, profit: Any) -> None:
    """Lower *price* as far as an optimal arrangement allows, and raise *profit* by as much.

    The price of j may fall by no more than it is, than anybody without a seat would have to gain to want j, and than
    the holder of another slot would after the price of that one has fallen: a shortest path.
    """
    n = len(begin)
    m = len(price)
    fall = price.copy()
    keys, nodes, where = np.empty(m, np.int64), np.empty(m, np.int32), np.full(m, -1, np.int32)
    size = 0
    for i in range(n):
        if holder[i] < 0:
            for k in range(begin[i], end[i]):
                w = np.int64(weight[k])
                if w == 0:
                    break
                j = slot[k]
                fall[j] = min(fall[j], profit[i] + price[j] - w)
    for j in range(m):
        size = lift(keys, nodes, where, size, fall[j], j)
    start = np.zeros(m + 1, np.int64)
    member = np.empty(n, np.int32)
    seated(holder, m, start, member)
    while size:
        here = keys[0]
        j = nodes[0]
        size = pop(keys, nodes, where, size)
        for b in range(start[j], start[j + 1]):
            i = member[b]
            u = profit[i]
            for k in range(begin[i], end[i]):
                w = np.int64(weight[k])
                if w <= here + u:  # no price can fall below 0, so from here on nothing falls less than that
                    break
                other = slot[k]
                there = here + u + price[other] - w
                if there < fall[other]:
                    fall[other] = there
                    size = lift(keys, nodes, where, size, there, other)
    for j in range(m):
        price[j] -= fall[j]
    for i in range(n):
        if holder[i] >= 0:
            profit[i] += fall[holder[i]]


@jit
def keep_stays(
    begin: Any, end: Any, slot: Any, weight: Any, capacity: Any, price: Any, holder: Any, profit: Any, count: Any,
    current: Any, also: Any, stop: Any,
) -> None:  # fmt: skip
    """Change *holder* among optimal arrangements so that as many as possible hold their slot of *current* or *also*.

    Both are -1 for whoever holds none. Placing somebody with u > 0 and filling a seat with p > 0 each earn more than an
    exchange can touch people, a stay earns one. The arrangement at hand has all of the former, so only stays are won.
    """
    n = len(begin)
    m = len(capacity)
    wanted = False
    for i in range(n):
        if current[i] >= 0 and holder[i] != current[i] and holder[i] != also[i]:
            for k in range(begin[i], end[i]):
                if slot[k] == current[i] or slot[k] == also[i]:
                    wanted = wanted or np.int64(weight[k]) == profit[i] + price[slot[k]]
    if not wanted:
        return
    must = np.int64(min(n, m + 1) + 1)
    tight_begin = np.empty(n, np.int64)
    tight_end = np.empty(n, np.int64)
    total = 0
    for i in range(n):
        for k in range(begin[i], end[i]):
            if np.int64(weight[k]) < profit[i]:
                break
            if np.int64(weight[k]) == profit[i] + price[slot[k]]:
                total += 1
    tight_slot = np.empty(total, np.int32)
    tight_weight = np.empty(total, np.int64)
    u = np.empty(n, np.int64)
    p = np.empty(m, np.int64)
    for j in range(m):
        p[j] = must if price[j] > 0 else np.int64(0)
    at = 0
    for i in range(n):
        tight_begin[i] = at
        own = must if profit[i] > 0 else np.int64(0)
        stays = np.int64(0)
        for k in range(begin[i], end[i]):
            if np.int64(weight[k]) < profit[i]:
                break
            j = slot[k]
            if np.int64(weight[k]) != profit[i] + price[j]:
                continue
            worth = own + p[j]
            if j >= 0 and (j == current[i] or j == also[i]):
                worth += 1
                stays = np.int64(1)
            q = at - 1
            while q >= tight_begin[i] and tight_weight[q] < worth:
                tight_weight[q + 1] = tight_weight[q]
                tight_slot[q + 1] = tight_slot[q]
                q -= 1
            tight_weight[q + 1] = worth
            tight_slot[q + 1] = j
            at += 1
        tight_end[i] = at
        u[i] = own + stays
        if stays and holder[i] != current[i] and holder[i] != also[i] and holder[i] >= 0:
            count[holder[i]] -= 1
            holder[i] = -1
    place_people(tight_begin, tight_end, tight_slot, tight_weight, capacity, p, holder, u, count, stop)
    start, who, worths = by_slot(tight_begin, tight_end, tight_slot, tight_weight, m)
    fill_slots(start, who, worths, capacity, p, holder, u, count, stop)
