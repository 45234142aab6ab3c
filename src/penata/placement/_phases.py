"""From good prices to exact ones: all who lack a seat search together, prices move once, and many are placed at once.

Primal-dual phases on integer reduced costs. *profit* u >= 0 of people and *price* p >= 0 of slots satisfy u + p >= w on
every pair throughout, and whoever holds a seat holds a pair with u + p = w. One phase runs Dijkstra's algorithm from
everybody at once up to the nearest end, shifts u and p by what it found, and then places along tight pairs as many as
one depth-first sweep reaches (Hopcroft and Karp, SIAM J. Comput. 2, 1973; Gabow and Tarjan, SIAM J. Comput. 18, 1989).
A search for each single person gives the same and is far slower.

Here the people: whoever has no seat although u > 0. Then the slots, mirrored, in `_phases_slots`.
"""

from typing import Any

import numpy as np

from penata.placement._heap import FAR, lift, pop
from penata.placement.compile import jit


@jit
def seated(holder: Any, m: Any, start: Any, member: Any) -> None:
    """Write the holders by slot: those of slot j are ``member[start[j]:start[j + 1]]``."""
    start[:] = 0
    for i in range(len(holder)):
        if holder[i] >= 0:
            start[holder[i] + 1] += 1
    for j in range(m):
        start[j + 1] += start[j]
    fill = start[:-1].copy()
    for i in range(len(holder)):
        j = holder[i]
        if j >= 0:
            member[fill[j]] = i
            fill[j] += 1


@jit
def place_people(
    begin: Any, end: Any, slot: Any, weight: Any, capacity: Any, price: Any, holder: Any, profit: Any, count: Any,
    stop: Any,
) -> Any:  # fmt: skip
    """Seat everybody who has u > 0; return the number of phases. Slots with p > 0 that are full stay full."""
    n = len(begin)
    m = len(capacity)
    free = np.empty(n, np.int32)
    waiting = 0
    for i in range(n):
        if holder[i] < 0 and profit[i] > 0:
            free[waiting] = i
            waiting += 1
    phases = 0
    if waiting == 0:
        return phases
    far_person = np.full(n, FAR, np.int64)
    far_slot = np.full(m, FAR, np.int64)
    keys, nodes, where = np.empty(m, np.int64), np.empty(m, np.int32), np.full(m, -1, np.int32)
    start = np.zeros(m + 1, np.int64)
    member = np.empty(n, np.int32)
    met_person = np.zeros(n, np.int32)
    met_slot = np.zeros(m, np.int32)
    queue = np.empty(n, np.int32)
    touched = np.empty(m, np.int32)
    cursor = np.empty(n, np.int64)
    member_cursor = np.empty(m, np.int64)
    path = np.empty(n, np.int32)
    path_slot = np.empty(n, np.int32)
    while waiting and not stop[0]:
        phases += 1
        seated(holder, m, start, member)
        goal = FAR
        people = 0
        slots = 0
        size = 0
        for a in range(waiting):
            i = free[a]
            far_person[i] = 0
            queue[people] = i
            people += 1
            goal = min(goal, profit[i])
        head = 0
        while True:
            while head < people:
                i = queue[head]
                head += 1
                here = far_person[i]
                if here >= goal:
                    continue
                u = profit[i]
                least = here + u - goal  # prices are not negative: a pair of this weight or less leads past the goal
                for k in range(begin[i], end[i]):
                    w = np.int64(weight[k])
                    if w <= least:
                        break
                    j = slot[k]
                    there = here + u + price[j] - w
                    if there < goal and there < far_slot[j]:
                        if far_slot[j] == FAR:
                            touched[slots] = j
                            slots += 1
                        far_slot[j] = there
                        if count[j] < capacity[j]:
                            goal = there
                            least = here + u - goal
                        else:
                            size = lift(keys, nodes, where, size, there, j)
            if size == 0 or keys[0] >= goal:
                break
            there = keys[0]
            j = nodes[0]
            size = pop(keys, nodes, where, size)
            for b in range(start[j], start[j + 1]):
                i = member[b]
                if far_person[i] > there:
                    far_person[i] = there
                    queue[people] = i
                    people += 1
                    goal = min(goal, there + profit[i])
        for a in range(size):
            where[nodes[a]] = -1
        for a in range(people):
            i = queue[a]
            if far_person[i] < goal:
                profit[i] -= goal - far_person[i]
            far_person[i] = FAR
        for a in range(slots):
            j = touched[a]
            if far_slot[j] < goal:
                price[j] += goal - far_slot[j]
            far_slot[j] = FAR
        _sweep_people(
            begin, end, slot, weight, capacity, price, holder, profit, count, free[:waiting], start, member, met_person,
            met_slot, cursor, member_cursor, path, path_slot, np.int32(phases),
        )  # fmt: skip
        left = 0
        for a in range(waiting):
            i = free[a]
            if holder[i] < 0 and profit[i] > 0:
                free[left] = i
                left += 1
        waiting = left
    return phases


@jit
def _sweep_people(
    begin: Any, end: Any, slot: Any, weight: Any, capacity: Any, price: Any, holder: Any, profit: Any, count: Any,
    free: Any, start: Any, member: Any, met_person: Any, met_slot: Any, cursor: Any, member_cursor: Any, path: Any,
    path_slot: Any, mark: Any,
) -> None:  # fmt: skip
    """Seat as many of *free* as paths of tight pairs reach that share no person; *mark* tells this sweep's traces."""
    for a in range(len(free)):
        root = free[a]
        if profit[root] == 0:
            continue
        depth = 0
        path[0] = root
        path_slot[0] = -1
        met_person[root] = mark
        cursor[root] = begin[root]
        while depth >= 0:
            i = path[depth]
            u = profit[i]
            k = cursor[i]
            onward = False
            ended = False
            while k < end[i]:
                w = np.int64(weight[k])
                if w < u:
                    k = end[i]
                    break
                j = slot[k]
                if met_slot[j] != mark and w - price[j] == u:
                    if count[j] < capacity[j]:
                        count[j] += 1
                        ended = True
                    else:
                        onward = True
                    break
                k += 1
            cursor[i] = k
            if ended:
                _shift(holder, path, depth, slot[k])
                break
            if not onward:
                depth -= 1
                continue
            j = slot[k]
            if path_slot[depth] != j:
                path_slot[depth] = j
                member_cursor[j] = start[j]
            b = member_cursor[j]
            i2 = -1
            while b < start[j + 1]:
                other = member[b]
                b += 1
                if holder[other] == j and met_person[other] != mark:
                    i2 = other
                    break
            member_cursor[j] = b
            if i2 < 0:
                met_slot[j] = mark
                cursor[i] = k + 1
                path_slot[depth] = -1
                continue
            met_person[i2] = mark
            if profit[i2] == 0:  # loses nothing by leaving
                holder[i2] = -1
                _shift(holder, path, depth, j)
                break
            depth += 1
            path[depth] = i2
            path_slot[depth] = -1
            cursor[i2] = begin[i2]


@jit
def _shift(holder: Any, path: Any, depth: Any, last: Any) -> None:
    """Give everybody on *path* the seat of the next one, and the last one *last*."""
    for t in range(depth, -1, -1):
        old = holder[path[t]]
        holder[path[t]] = last
        last = old
