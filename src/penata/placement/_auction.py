"""The auction: good prices and most placements after some twenty bids a person, short of the optimum by a known little.

Whoever has no seat bids for the slot of the largest profit: what it is worth above the second best, and *step* more.
A slot keeps its highest bids; the price of a full slot is the lowest of them. Everybody is then within *step* of the
best at these prices (Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment problem",
Annals of Operations Research 14, 1988).
"""

from typing import Any

import numpy as np

from penata.placement.compile import jit

LOOK = 4095  # bids between two looks at the clock


@jit
def auction(
    begin: Any, end: Any, slot: Any, weight: Any, capacity: Any, first: Any, step: Any, most: Any, price: Any,
    bids: Any, bidder: Any, count: Any, holder: Any, stop: Any,
) -> Any:  # fmt: skip
    """Auction the seats; return the number of bids.

    ``first`` int64 (m): where the bids of a slot begin in ``bids`` and ``bidder``, a heap per slot, or -1 where every
    seeker finds a seat. ``price`` int64 (m), ``count`` int32 (m) and ``holder`` int32 (n) are written. Ends when nobody
    is left who would gain, after *most* bids, or when *stop* is set.
    """
    n = len(begin)
    stack = np.empty(n, np.int32)
    for p in range(n):
        stack[p] = n - 1 - p
        holder[p] = -1
    top = n
    done = 0
    while top:
        if done >= most or (done & LOOK == 0 and stop[0]):
            break
        top -= 1
        i = stack[top]
        done += 1
        best = np.int64(0)
        second = np.int64(0)
        j = -1
        worth = np.int64(0)
        for k in range(begin[i], end[i]):
            w = np.int64(weight[k])
            if w <= second:
                break
            profit = w - price[slot[k]]
            if profit > second:
                if profit > best:
                    second = best
                    best = profit
                    j = slot[k]
                    worth = w
                else:
                    second = profit
        if j < 0:
            continue
        holder[i] = j
        base = first[j]
        if base < 0:
            count[j] += 1
            continue
        bid = worth - second + step
        seats = capacity[j]
        at = count[j]
        if at < seats:
            while at > 0:
                above = (at - 1) >> 1
                if bids[base + above] <= bid:
                    break
                bids[base + at] = bids[base + above]
                bidder[base + at] = bidder[base + above]
                at = above
            count[j] += 1
        else:
            out = bidder[base]
            holder[out] = -1
            stack[top] = out
            top += 1
            at = 0
            while True:
                below = 2 * at + 1
                if below >= seats:
                    break
                if below + 1 < seats and bids[base + below + 1] < bids[base + below]:
                    below += 1
                if bids[base + below] >= bid:
                    break
                bids[base + at] = bids[base + below]
                bidder[base + at] = bidder[base + below]
                at = below
        bids[base + at] = bid
        bidder[base + at] = i
        if count[j] == seats:
            price[j] = bids[base]
    return done


@jit
def tighten(begin: Any, end: Any, slot: Any, weight: Any, price: Any, holder: Any, count: Any, profit: Any) -> None:
    """Write everybody's largest profit at *price*, and unseat whoever does not have it."""
    for i in range(len(begin)):
        best = np.int64(0)
        mine = np.int64(-1)
        here = holder[i]
        for k in range(begin[i], end[i]):
            w = np.int64(weight[k])
            if w <= best and (here < 0 or mine >= 0):
                break
            gain = w - price[slot[k]]
            if slot[k] == here:
                mine = gain
            best = max(best, gain)
        profit[i] = best
        if here >= 0 and mine != best:
            count[here] -= 1
            holder[i] = -1


@jit
def standing(begin: Any, end: Any, slot: Any, weight: Any, capacity: Any, price: Any, holder: Any, profit: Any) -> Any:
    """Write everybody's largest profit at *price*; return the value of the placements and the bound prices give."""
    value = np.int64(0)
    bound = np.int64(0)
    for i in range(len(begin)):
        best = np.int64(0)
        found = holder[i] < 0
        for k in range(begin[i], end[i]):
            w = np.int64(weight[k])
            if w <= best and found:
                break
            if slot[k] == holder[i]:
                found = True
                value += w
            best = max(best, w - price[slot[k]])
        profit[i] = best
        bound += best
    for j in range(len(price)):
        bound += np.int64(capacity[j]) * price[j]
    return value, bound
