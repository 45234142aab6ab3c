"""The phases of `_phases` mirrored: slots search that have a free seat although their price is above 0."""

from typing import Any

import numpy as np

from penata.placement._heap import FAR, lift, pop
from penata.placement.compile import jit


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
