"""Which pairs of people and slots are lawful, their scores, the best of them, and the proof that cutting lost nothing.

People lie in blocks; a slot visits only the blocks from which a way leads to it, so the work grows with the pairs
visited and no array of people x slots is ever made. What the columns mean is the caller's business: this module knows
windows, sets and levels, and no law. Scores are whole numbers 0..1000.

The proof is linear programming duality (Kuhn, "The Hungarian method for the assignment problem", Naval Research
Logistics Quarterly 2, 1955): prices u, v that no pair exceeds bound every arrangement. Prices of the problem with the
kept pairs alone prove its arrangement for all lawful pairs as soon as :func:`exceeding` finds none.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.placement import _pairs as kernel
from penata.placement._pairs import CHUNK, Columns, Rows, Steps
from penata.placement._pairs import Terms as Asked
from penata.placement._pairs_best import Best, Tally, best_of_slots, cut_rows, make_scratch, sweep, unite
from penata.placement.pairs_input import Part, PartKind, People, Rule, RuleKind, Rules, Slots, Weights, pack_levels
from penata.placement.problem import Problem, ProblemError
from penata.placement.result import Result

__all__ = [
    "Pairs", "Part", "PartKind", "People", "Reasons", "Rule", "RuleKind", "Rules", "Scores", "Slots", "Weights",
    "exceeding", "joined", "judge", "pack_levels", "proof_prices", "reasons", "scores",
]  # fmt: skip

NO_WAY = 0  # bit of the rule before all others: no block of the slot holds the person
MOST_THREADS = 16  # each keeps its own best people of every slot
CHUNKS_AT_ONCE = 4
SPARE = 64  # people a slot gathers before only the best are kept

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Lawful pairs kept, and counts of all.

    ``indptr`` int64 (n+1), ``slot`` int32 (e) ascending per person, ``score`` int32 (e), 0..1000 points: the pairs
    kept, sparse rows by person, ready for :class:`Problem`. ``per_slot`` int64 (m), ``per_person`` int64 (n): all
    lawful pairs, kept or cut. ``refused`` int64 (m, rules + 1): people whom each rule was the first to refuse, column 0
    those in no block that the slot visits; with ``per_slot`` every row sums to n. ``total``: points of all.
    """

    indptr: Int64
    slot: Int32
    score: Int32
    per_slot: Int64
    per_person: Int64
    refused: Int64
    total: int

    @property
    def count(self) -> int:
        """All lawful pairs, kept or cut."""
        return int(self.per_slot.sum())


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why pairs are refused: ``first`` int8, bit of the first failing rule, -1 for none; ``failing`` int64, all bits.

    Bit 0: no block of the slot holds the person, who then has no terms to be judged by, so no other bit is set. Bit
    k + 1: rule k.
    """

    first: NDArray[np.int8]
    failing: Int64


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of pairs: ``parts`` int16 (pairs, parts), 0..1000 or -1 where unknown; ``score`` int32, 0..1000.

    Without a way (bit 0 of the reasons) all are -1; other rules do not matter to a score.
    """

    parts: NDArray[np.int16]
    score: Int32


def judge(
    people: People,
    slots: Slots,
    rules: Rules,
    weights: Weights,
    *,
    per_slot: int = 64,
    per_person: int = 64,
    threads: int | None = None,
) -> Pairs:
    """Judge and score every pair, count all, and keep the best of each person and of each slot.

    Equal scores at the edge of a list: those with the greatest value of a fixed mixing of (person, slot) stay, so that
    people with equal scores do not all keep the same slots. The answer depends on the numbering of people and slots
    only there, and never on the number of *threads* (default: the cores this process may use). Memory beside the
    answer: about 8 (per_slot + 64) bytes per slot and thread, and 6 per_person bytes per person.

    Raises ProblemError if the columns are not as documented.
    """
    return _swept(people, slots, rules, weights, None, per_slot, per_person, threads)


def exceeding(
    people: People,
    slots: Slots,
    rules: Rules,
    weights: Weights,
    u: Int64,
    v: Int64,
    *,
    per_person: int = 64,
    threads: int | None = None,
) -> Pairs:
    """Return the lawful pairs with score > u[i] + v[j], kept or cut: when there are none, cutting lost nothing.

    *u* int64 (n) and *v* int64 (m), points, from :func:`proof_prices`. Pairs of the solved problem never exceed them.
    ``per_slot`` and ``per_person`` count all that do; of each person the *per_person* with the highest scores are
    returned, for the caller to add (:func:`joined`) and solve again; ``refused`` counts nothing here.

    Raises ProblemError if the columns or prices are not as documented.
    """
    if u.shape != (people.count,) or v.shape != (slots.count,) or u.dtype != np.int64 or v.dtype != np.int64:
        raise ProblemError("prices must be int64, one for each person and slot")
    limit = np.iinfo(np.int64).max // 4
    if any(np.abs(prices).max(initial=0) > limit for prices in (u, v)):
        raise ProblemError("prices do not fit into 64 bits")
    found = _swept(people, slots, rules, weights, (u, v), 0, per_person, threads)
    found.refused[:] = 0
    return found


def proof_prices(problem: Problem, result: Result) -> tuple[Int64, Int64]:
    """Return prices (n) and (m) that a score exceeds only if the pair could improve *result*: for :func:`exceeding`.

    The weight of a pair is its score, less the cost of a move, plus the tiers of its slot and person. Every pair of a
    holder is taken for a move; so wherever staying is lawful it must be a pair of *problem*, kept by judge or not.
    """
    u = result.u - result.tiers.place * problem.must_place + problem.move_cost * (problem.current >= 0)
    return u.astype(np.int64), (result.v - result.tiers.critical * problem.critical).astype(np.int64)


def joined(first: Pairs, second: Pairs) -> tuple[Int64, Int32, Int32]:
    """Return sparse rows (indptr, slot, score) of the pairs in either; both must be about the same people and slots."""
    n, m = len(first.per_person), max(1, len(first.per_slot))
    keys = [np.repeat(np.arange(n), np.diff(pairs.indptr)) * m + pairs.slot for pairs in (first, second)]
    key, place = np.unique(np.concatenate(keys), return_index=True)
    owner, slot = np.divmod(key, m)
    indptr = np.searchsorted(owner, np.arange(n + 1)).astype(np.int64)
    return indptr, slot.astype(np.int32), np.concatenate([first.score, second.score])[place]


def reasons(people: People, slots: Slots, rules: Rules, i: ArrayLike, j: ArrayLike) -> Reasons:
    """Return why the pairs (i[k], j[k]) are refused; numbers, or arrays of one length.

    Raises ProblemError if a person or slot does not exist or the columns are not as documented.
    """
    rules.validate(people, slots)
    way, rows = _single(people, slots, i, j)
    failing = np.where(way, 0, 1 << NO_WAY)
    for k, rule in enumerate(rules.rules):
        failing[way] |= (_judged(people, slots, rows, (rule,), (), 0) < 0).astype(np.int64) << (k + 1)
    lowest = (failing & -failing).astype(np.uint64)
    first = np.bitwise_count(lowest - np.uint64(1)).astype(np.int8)
    first[failing == 0] = -1
    return Reasons(first, failing)


def scores(people: People, slots: Slots, weights: Weights, i: ArrayLike, j: ArrayLike) -> Scores:
    """Return score and parts of the pairs (i[k], j[k]), lawful or not; numbers, or arrays of one length.

    Raises ProblemError if a person or slot does not exist or the columns are not as documented.
    """
    people.validate()
    slots.validate(people)
    weights.validate(people, slots)
    way, rows = _single(people, slots, i, j)
    parts = np.full((len(way), len(weights.parts)), kernel.UNKNOWN, np.int16)
    score = np.full(len(way), kernel.UNKNOWN, np.int32)
    for k, part in enumerate(weights.parts):
        parts[way, k] = _judged(people, slots, rows, (), (part._replace(weight=1),), kernel.UNKNOWN)
    score[way] = _judged(people, slots, rows, (), weights.parts, weights.neutral)
    return Scores(parts, score)


def _single(people: People, slots: Slots, i: ArrayLike, j: ArrayLike) -> tuple[NDArray[np.bool_], Rows]:
    """Return to which pairs a way leads, and a row of one person for each of those."""
    who, what = np.broadcast_arrays(np.atleast_1d(np.asarray(i, np.int64)), np.atleast_1d(np.asarray(j, np.int64)))
    if len(who) and (min(who.min(), what.min()) < 0 or who.max() >= people.count or what.max() >= slots.count):
        raise ProblemError("a pair names a person or slot that does not exist")
    width = int(max(slots.block.max(initial=0), people.block.max(initial=0))) + 2
    visits = np.repeat(np.arange(slots.count), np.diff(slots.indptr)) * width + slots.block
    wanted = what * width + people.block[who]
    at = np.searchsorted(visits, wanted)
    way = np.append(visits, -2)[at] == wanted  # nobody wants less than -1
    low, goals = who[way].astype(np.int32), what[way].astype(np.int32)
    return way, Rows(np.array([0, len(low)], np.int64), goals, slots.terms[at[way]], low, low + np.int32(1))


def _judged(
    people: People, slots: Slots, rows: Rows, rules: Sequence[Rule], parts: Sequence[Part], neutral: int
) -> NDArray[np.int16]:
    """Return the scores of rows of one person, -1 where a rule refuses."""
    out = np.empty(len(rows.slot), np.int16)
    refused = np.zeros((slots.count, len(rules)), np.int32)
    kernel.judge_rows(
        (0, len(out)), rows, _columns(people, None), _asked(slots), _steps(rules), _steps(parts), neutral, out, refused
    )
    return out


def _swept(
    people: People, slots: Slots, rules: Rules, weights: Weights, prices: tuple[Int64, Int64] | None,
    per_slot: int, per_person: int, threads: int | None,
) -> Pairs:  # fmt: skip
    """Sweep over all pairs; with *prices* only those that exceed them count."""
    rules.validate(people, slots)
    weights.validate(people, slots)
    if not weights.parts:
        raise ProblemError("a score needs at least one part")
    if per_slot < 0 or per_person < 1:
        raise ProblemError("per_person must be at least 1 and per_slot at least 0")
    n, m = people.count, slots.count
    order = np.argsort(people.block, kind="stable").astype(np.int32)
    runs = _runs(people.block[order], slots)
    visited = np.bincount(runs[0], weights=runs[3] - runs[2], minlength=m).astype(np.int64)
    chunks = -(-n // CHUNK)
    rows: Rows = cut_rows(*runs, chunks)
    best = Best(
        np.zeros(n, np.int64), np.zeros(n, np.int32), np.zeros(n, np.int64), np.empty((n, per_person), np.int32),
        np.empty((n, per_person), np.int16),
    )  # fmt: skip
    workers = min(threads or len(os.sched_getaffinity(0)), MOST_THREADS, max(1, chunks // CHUNKS_AT_ONCE))
    tallies = Tally(
        np.zeros((workers, m), np.int64), np.zeros((workers, m, len(rules.rules)), np.int32),
        np.zeros((workers, m), np.int32), np.zeros((workers, m), np.int64),
        np.empty((workers, m, per_slot + SPARE if per_slot else 1), np.int64),
    )  # fmt: skip
    # The counts of people lie by place while sweeping, the lists of people by number.
    nothing = np.zeros(0, np.int64)
    priced = (False, nothing, nothing) if prices is None else (True, prices[0][order], np.array(prices[1]))
    constant = (
        rows, _columns(people, order), _asked(slots), _steps(rules.rules), _steps(weights.parts), weights.neutral,
        order, priced, (per_person, per_slot), best,
    )  # fmt: skip

    scratch = [make_scratch(rows, per_person, tallies.keys.shape[2]) for _ in range(workers)]

    def one(chunk: tuple[int, int], worker: int) -> int:
        return int(sweep(chunk, *constant, Tally(*(array[worker] for array in tallies)), scratch[worker]))

    total = _shared(one, chunks, workers)
    per_person_count = np.empty(n, np.int64)
    per_person_count[order] = best.lawful
    indptr, slot, score = unite(best, *best_of_slots(tallies.filled, tallies.keys, per_slot))
    return Pairs(
        indptr, slot, score, tallies.lawful.sum(axis=0), per_person_count,
        np.column_stack([n - visited, tallies.refused.sum(axis=0, dtype=np.int64)]), total,
    )  # fmt: skip


def _shared(task: Callable[[tuple[int, int], int], int], chunks: int, workers: int) -> int:
    """Run *task* over all chunks, each worker taking the next ones when it is free; return the sum of the answers."""
    step = CHUNKS_AT_ONCE if workers > 1 else max(1, chunks)
    waiting = deque((begin, min(begin + step, chunks)) for begin in range(0, chunks, step))

    def work(worker: int) -> int:
        total = 0
        while True:
            try:
                chunk = waiting.popleft()
            except IndexError:
                return total
            total += task(chunk, worker)

    if workers == 1:
        return work(0)
    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(work, range(workers)))


def _runs(block: Int32, slots: Slots) -> tuple[Int32, Int32, Int32, Int32]:
    """Return slot, terms, begin and end of the runs of people visited; neighbours on the same terms are one run.

    *block* (n) ascends.
    """
    owner = np.repeat(np.arange(slots.count, dtype=np.int32), np.diff(slots.indptr))
    edges = np.searchsorted(block, np.arange(int(slots.block.max(initial=0)) + 2))
    low, high = edges[slots.block], edges[slots.block + 1]
    some = high > low
    owner, terms, low, high = owner[some], slots.terms[some], low[some], high[some]
    begins = np.ones(len(owner), np.bool_)
    begins[1:] = (owner[1:] != owner[:-1]) | (terms[1:] != terms[:-1]) | (low[1:] != high[:-1])
    ends = np.roll(begins, -1)
    return owner[begins], terms[begins], low[begins].astype(np.int32), high[ends].astype(np.int32)


def _columns(people: People, order: Int32 | None) -> Columns:
    """Return the columns of people, in *order* where one is given."""

    def ready(array: NDArray[Any]) -> NDArray[Any]:
        return np.require(array, requirements=["C", "W"]) if order is None else np.take(array, order, axis=1)

    return Columns(ready(people.measures), ready(people.sets), ready(people.levels), ready(people.shares))


def _asked(slots: Slots) -> Asked:
    names = Asked._fields
    return Asked(*(np.require(getattr(slots, name), requirements=["C", "W"]) for name in names))


def _steps(steps: Sequence[Rule | Part]) -> Steps:
    """Return rules or parts of the score as columns."""
    rows = np.array([(*step, 0)[:4] for step in steps], np.int32).reshape(-1, 4)
    return Steps(*(np.ascontiguousarray(rows[:, k]) for k in range(4)))


def warm_up() -> None:
    """Compile every kernel by judging one person for one slot, so that the first user does not wait."""
    one = np.zeros(1, np.int32)
    words = np.zeros((1, 1), np.uint64)
    people = People(one, np.zeros((1, 1), np.int16), words, words, np.zeros((1, 1), np.int16))
    asked = np.zeros((1, 1), np.int32), np.zeros((1, 1), np.int16), np.zeros((1, 1), np.int16)
    slots = Slots(np.array([0, 1], np.int64), one, one, *asked, words, words, words, np.zeros((1, 1), np.int32))
    rules, weights = Rules((Rule(RuleKind.WINDOW, 0, 1),)), Weights((Part(PartKind.COLUMN, 0, 1, 1),))
    judge(people, slots, rules, weights)
    exceeding(people, slots, rules, weights, np.zeros(1, np.int64), np.zeros(1, np.int64))
    reasons(people, slots, rules, 0, 0)
