"""Our own exact solve: equal to independent solvers on thousands of graphs of every shape, on threads, cut short."""

import os
import signal
from threading import Timer
from time import monotonic, sleep

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from tests.placement.small_problems import make, objectives, problems

from penata.placement import _exact
from penata.placement._exact import arrange
from penata.placement._network import NetworkSolver
from penata.placement._prices import raise_to_fixpoint, seat_edges
from penata.placement.check import check
from penata.placement.params import Params
from penata.placement.problem import UNPLACED, Problem
from penata.placement.result import Status
from penata.placement.solve import solve

NEVER = -(10**13)


def random_graph(random):
    """People x slots of any shape: nobody, no seat, many ties, huge capacities, losses, islands."""
    people, slots = int(random.integers(0, 9)), int(random.integers(1, 7))
    eligible = random.random((people, slots)) < random.random()
    top = int(random.choice([1, 2, 5, 30, 1000, 10**6]))
    low = int(random.choice([0, 0, -top // 2 - 1]))
    weight = random.integers(low, top + 1, (people, slots))
    capacity = random.integers(0, int(random.choice([2, 3, 6, 10**6])) + 1, slots).astype(np.int32)
    current = np.where(random.random(people) < 0.7, random.integers(0, slots, people), UNPLACED).astype(np.int32)
    owner, slot = np.nonzero(eligible)
    indptr = np.searchsorted(owner, np.arange(people + 1)).astype(np.int64)
    return eligible, weight, capacity, current, (indptr, slot.astype(np.int32), weight[eligible])


def independent(eligible, weight, capacity, current):
    """Return the best value and, within it, the most stays: SciPy's dense assignment with every seat a column."""
    people, slots = weight.shape
    seat = np.repeat(np.arange(slots), np.minimum(capacity, people))
    rank = people + 2  # a point outweighs all stays together
    worth = np.where(eligible, weight * rank + (current[:, None] == np.arange(slots)), NEVER)
    table = np.full((people, len(seat) + people), NEVER)
    table[:, : len(seat)] = worth[:, seat]
    np.fill_diagonal(table[:, len(seat) :], 0)
    return divmod(int(table[linear_sum_assignment(table, maximize=True)].sum()), rank)


@pytest.mark.parametrize("seed", range(4))
def test_value_stays_and_lowest_prices_on_thousands_of_graphs(seed):
    random = np.random.default_rng(seed)
    for _ in range(1_500):
        eligible, weight, capacity, current, (indptr, slot, worth) = random_graph(random)
        kind = random.choice([np.int32, np.int64])
        found = arrange(indptr, slot, worth.astype(kind), capacity, current, points=int(random.choice([9, 1000])))
        holder, people = found.holder, np.arange(len(current))
        placed = holder != UNPLACED
        assert eligible[people[placed], holder[placed]].all()
        assert (np.bincount(holder[placed], minlength=len(capacity)) <= capacity).all()
        value = int(weight[people[placed], holder[placed]].sum())
        stays = int((holder[placed] == current[placed]).sum())
        assert (value, stays) == independent(eligible, weight, capacity, current)
        owner = np.repeat(people, np.diff(indptr))
        assert found.exact
        assert (found.u >= 0).all()
        assert (found.u[owner] + found.v[slot] >= worth).all()
        assert int(found.u.sum() + (capacity * found.v).sum()) == value
        lowest = np.zeros(len(capacity), np.int64)
        whole = Problem(indptr, slot, slot, current, capacity, capacity, capacity > 0, current > 0)
        assert raise_to_fixpoint(indptr, slot, worth, seat_edges(whole, holder), lowest)
        assert np.array_equal(found.v, lowest)


def blocks(people, slots, count, seed=1, top=1000):
    """Return *count* islands of people and slots, as one problem."""
    random = np.random.default_rng(seed)
    chosen = random.integers(0, slots, (people * count, 12)) + slots * np.repeat(np.arange(count), people)[:, None]
    key = np.unique(np.arange(people * count)[:, None] * (slots * count) + chosen)
    owner, slot = np.divmod(key, slots * count)
    n, m = people * count, slots * count
    return Problem(
        indptr=np.searchsorted(owner, np.arange(n + 1)).astype(np.int64), slot=slot.astype(np.int32),
        score=random.integers(0, top + 1, len(slot)).astype(np.int32),
        current=np.where(random.random(n) < 0.6, slot[np.searchsorted(owner, np.arange(n))], UNPLACED).astype(np.int32),
        capacity=random.integers(0, 2 * people // slots + 1, m).astype(np.int32), minimum=np.zeros(m, np.int32),
        critical=random.random(m) < 0.1, must_place=random.random(n) < 0.05, move_cost=20,
    )  # fmt: skip


@pytest.mark.parametrize("top", [1000, 10, 1])
def test_larger_problems_equal_the_network_solver(top):
    problem = blocks(400, 60, 3, top=top)
    result, other = solve(problem), solve(problem, solver=NetworkSolver())
    assert check(problem, result).sound
    assert objectives(problem, result.assignment) == objectives(problem, other.assignment)
    assert np.array_equal(result.v, other.v)
    assert np.array_equal(result.u, other.u)


def test_threads_change_nothing():
    problem = blocks(150, 30, 9)
    one, many = (solve(problem, params=Params(threads=threads)) for threads in (1, 4))
    assert np.array_equal(one.assignment, many.assignment)
    assert np.array_equal(one.v, many.v)


@given(problems(people=9, slots=5), st.sampled_from([0.3, 0.05, 0.001]))
def test_a_gap_that_is_allowed_is_kept_and_proved(problem, gap):
    result, best = solve(problem, params=Params(gap=gap)), solve(problem)
    assert result.value <= best.value <= result.bound
    assert result.gap <= gap * max(result.value, 0)
    assert check(problem, result).sound
    if result.status is Status.OPTIMAL:
        assert result.value == best.value


@given(problems(people=9, slots=5, minima=True))
def test_no_time_at_all_still_gives_something_lawful_with_a_bound(problem):
    result, best = solve(problem, params=Params(time_limit=0.0)), solve(problem)
    report = check(problem, result)
    assert report.sound, report
    if not problem.minimum.any():
        assert result.value <= best.value <= result.bound
    assert objectives(problem, result.assignment) <= objectives(problem, best.assignment)


def test_an_interrupt_ends_the_search_with_the_best_so_far(monkeypatch):
    problem = blocks(3_000, 400, 1)
    solved = _exact.solve_blocks

    def slow(*arguments):
        stop = arguments[-1]
        Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        ended = monotonic() + 20
        while not stop[0] and monotonic() < ended:
            sleep(0.01)
        solved(*arguments)

    monkeypatch.setattr(_exact, "solve_blocks", slow)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts tests may have it ignored
    try:
        result = solve(problem)
    finally:
        signal.signal(signal.SIGINT, before)
    assert result.status is Status.FEASIBLE
    assert check(problem, result).sound
    assert result.value < result.bound


def test_huge_tiers_are_reckoned_in_64_bits():
    problem = make([[1000, 0], [1000, 3]], capacity=[1, 1], current=[0, 1], critical=[True, False], move_cost=2**33)
    assert solve(problem).assignment.tolist() == [0, 1]
    assert check(problem, solve(problem)).sound
