"""From good prices to exact ones: all who lack a seat search together, prices move once, and many are placed at once.

Primal-dual phases on integer reduced costs. *profit* u >= 0 of people and *price* p >= 0 of slots satisfy u + p >= w on
every pair throughout, and whoever holds a seat holds a pair with u + p = w. One phase runs Dijkstra's algorithm from
everybody at once up to the nearest end, shifts u and p by what it found, and then places along tight pairs as many as
one depth-first sweep reaches (Hopcroft and Karp, SIAM J. Comput. 2, 1973; Gabow and Tarjan, SIAM J. Comput. 18, 1989).
A search for each single person gives the same and is far slower.

People first: whoever has no seat although u > 0. Then slots, mirrored: whichever has a free seat although p > 0.
"""

from typing import Any

import numpy as np

from penata.placement.compile import jit

FAR = np.int64(1) << 61


@jit
def lift(keys: Any, nodes: Any, where: Any, size: Any, key: Any, node: Any) -> Any:
    """Put *node* into the heap of *size* entries, or lower its key there; return the new size.

    ``where`` int32: the place of every node in the heap, -1 outside. So no node stands there twice, and the heap never
    needs more room than there are nodes.
    """
    at = np.int64(where[node])
    if at < 0:
        at = size
        size += 1
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at] = keys[above]
        nodes[at] = nodes[above]
        where[nodes[at]] = at
        at = above
    keys[at] = key
    nodes[at] = node
    where[node] = at
    return size


@jit
def pop(keys: Any, nodes: Any, where: Any, size: Any) -> Any:
    """Take the first of *size* entries away, which is read before; return the new size."""
    size -= 1
    where[nodes[0]] = -1
    if size == 0:
        return size
    key = keys[size]
    node = nodes[size]
    at = np.int64(0)
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at] = keys[below]
        nodes[at] = nodes[below]
        where[nodes[at]] = at
        at = below
    keys[at] = key
    nodes[at] = node
    where[node] = at
    return size


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


@jit
def by_slot(begin: Any, end: Any, slot: Any, weight: Any, m: Any) -> Any:
    """Return the pairs by slot: where each begins, the person, the weight."""
    start = np.zeros(m + 1, np.int64)
    for i in range(len(begin)):
        for k in range(begin[i], end[i]):
            start[slot[k] + 1] += 1
    for j in range(m):
        start[j + 1] += start[j]
    fill = start[:-1].copy()
    who = np.empty(start[m], np.int32)
    worth = np.empty(start[m], weight.dtype)
    for i in range(len(begin)):
        for k in range(begin[i], end[i]):
            j = slot[k]
            who[fill[j]] = i
            worth[fill[j]] = weight[k]
            fill[j] += 1
    return start, who, worth


@jit
def fill_slots(
    start: Any, who: Any, worth: Any, capacity: Any, price: Any, holder: Any, profit: Any, count: Any, stop: Any,
) -> Any:  # fmt: skip
    """Fill every seat of a slot with p > 0, or lower its price to 0; return the number of phases.

    ``start``, ``who``, ``worth``: :func:`by_slot`. Everybody with u > 0 has a seat and keeps one.
    """
    n = len(holder)
    m = len(capacity)
    lacking = np.empty(m, np.int32)
    waiting = 0
    for j in range(m):
        if price[j] > 0 and count[j] < capacity[j]:
            lacking[waiting] = j
            waiting += 1
    phases = 0
    if waiting == 0:
        return phases
    far_person = np.full(n, FAR, np.int64)
    far_slot = np.full(m, FAR, np.int64)
    keys, nodes, where = np.empty(n, np.int64), np.empty(n, np.int32), np.full(n, -1, np.int32)
    met_person = np.zeros(n, np.int32)
    met_slot = np.zeros(m, np.int32)
    queue = np.empty(m, np.int32)
    touched = np.empty(n, np.int32)
    cursor = np.empty(m, np.int64)
    path = np.empty(m + 1, np.int32)
    taken = np.empty(m + 1, np.int32)
    while waiting and not stop[0]:
        phases += 1
        goal = FAR
        slots = 0
        people = 0
        size = 0
        for a in range(waiting):
            j = lacking[a]
            far_slot[j] = 0
            queue[slots] = j
            slots += 1
            goal = min(goal, price[j])
        head = 0
        while True:
            while head < slots:
                j = queue[head]
                head += 1
                here = far_slot[j]
                if here >= goal:
                    continue
                p = price[j]
                for k in range(start[j], start[j + 1]):
                    i = who[k]
                    if holder[i] == j:
                        if here < far_person[i]:
                            if far_person[i] == FAR:
                                touched[people] = i
                                people += 1
                            far_person[i] = here
                        continue
                    there = here + profit[i] + p - worth[k]
                    if there < far_person[i] and there < goal:
                        if far_person[i] == FAR:
                            touched[people] = i
                            people += 1
                        far_person[i] = there
                        if holder[i] < 0:
                            goal = there  # somebody without a seat, with u = 0
                        else:
                            size = lift(keys, nodes, where, size, there, i)
            if size == 0 or keys[0] >= goal:
                break
            there = keys[0]
            i = nodes[0]
            size = pop(keys, nodes, where, size)
            j = holder[i]
            if far_slot[j] > there:
                far_slot[j] = there
                queue[slots] = j
                slots += 1
                goal = min(goal, there + price[j])
        for a in range(size):
            where[nodes[a]] = -1
        for a in range(slots):
            j = queue[a]
            if far_slot[j] < goal:
                price[j] -= goal - far_slot[j]
            far_slot[j] = FAR
        for a in range(people):
            i = touched[a]
            if far_person[i] < goal:
                profit[i] += goal - far_person[i]
            far_person[i] = FAR
        _sweep_slots(
            start, who, worth, capacity, price, holder, profit, count, lacking[:waiting], met_person, met_slot, cursor,
            path, taken, np.int32(phases),
        )  # fmt: skip
        left = 0
        for a in range(waiting):
            j = lacking[a]
            if price[j] > 0 and count[j] < capacity[j]:
                lacking[left] = j
                left += 1
        waiting = left
    return phases


@jit
def _sweep_slots(
    start: Any, who: Any, worth: Any, capacity: Any, price: Any, holder: Any, profit: Any, count: Any, lacking: Any,
    met_person: Any, met_slot: Any, cursor: Any, path: Any, taken: Any, mark: Any,
) -> None:  # fmt: skip
    """Fill seats of *lacking* along tight pairs: by somebody without a seat, or from a slot that may lack one."""
    for a in range(len(lacking)):
        root = lacking[a]
        while price[root] > 0 and count[root] < capacity[root] and met_slot[root] != mark:
            depth = 0
            path[0] = root
            cursor[root] = start[root]
            met_slot[root] = mark
            found = False
            while depth >= 0:
                j = path[depth]
                k = cursor[j]
                p = price[j]
                onward = False
                while k < start[j + 1]:
                    i = who[k]
                    here = holder[i]
                    if here != j and met_person[i] != mark and profit[i] + p == worth[k]:
                        if here < 0 or price[here] == 0:
                            taken[depth] = i
                            met_person[i] = mark
                            if here >= 0:
                                count[here] -= 1
                            for t in range(depth + 1):
                                holder[taken[t]] = path[t]
                            count[root] += 1
                            found = True
                            break
                        if met_slot[here] != mark:
                            met_person[i] = mark
                            taken[depth] = i
                            onward = True
                            break
                    k += 1
                if found:
                    break
                if not onward:
                    depth -= 1
                    continue
                cursor[j] = k + 1
                here = holder[who[k]]
                met_slot[here] = mark
                depth += 1
                path[depth] = here
                cursor[here] = start[here]
            if not found:
                break
            for t in range(depth + 1):
                met_slot[path[t]] = 0
