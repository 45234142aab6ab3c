"""Explanations are exact: each loss and each worth equals solving anew, and the moves shown really lead there."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.placement.small_problems import arrangements, make, problems

from penata.placement.explain import (
    chains,
    loss_of_forcing,
    next_in_line,
    points_short,
    prepare,
    value_of_seat,
    values_of_seats,
)
from penata.placement.problem import UNPLACED, ProblemError
from penata.placement.result import Status
from penata.placement.solve import solve
from penata.placement.weights import tiered_weights


def worth(problem, tiers, assignment):
    """Return the tiered value of *assignment*."""
    weight = tiered_weights(problem, tiers)
    total = 0
    for i, j in enumerate(assignment.tolist()):
        row = slice(int(problem.indptr[i]), int(problem.indptr[i + 1]))
        total += int(weight[row][problem.slot[row] == j].sum())
    return total


def meets_minima(problem, result, assignment):
    filled = np.bincount(assignment[assignment >= 0], minlength=problem.slots)
    return bool(np.all(filled >= problem.minimum - result.unmet))


def pairs(problem):
    return [(i, int(problem.slot[e])) for i in range(problem.candidates) for e in range(*problem.indptr[i : i + 2])]


@pytest.mark.parametrize("minima", [False, True])
@given(st.data())
def test_loss_of_forcing_equals_solving_anew(minima, data):
    problem = data.draw(problems(minima=minima, max_score=data.draw(st.sampled_from([3, 1000]))))
    result = solve(problem)
    lawful = [a for a in arrangements(problem) if meets_minima(problem, result, a)]
    prepared = prepare(problem, result)
    for i, j in pairs(problem):
        loss = loss_of_forcing(problem, result, i, j, prepared=prepared)
        forced = [worth(problem, result.tiers, a) for a in lawful if a[i] == j]
        assert loss.possible == bool(forced)
        if not forced:
            continue
        assert loss.loss == result.value - max(forced)
        assert loss.loss == loss.critical * result.tiers.critical + loss.place * result.tiers.place + loss.points
        after = result.assignment.copy()
        for move in loss.moves:
            assert after[move.candidate] == move.from_slot
            after[move.candidate] = move.to_slot
        assert after[i] == j
        assert worth(problem, result.tiers, after) == max(forced)
        assert meets_minima(problem, result, after)
        assert np.all(np.bincount(after[after >= 0], minlength=problem.slots) <= problem.capacity)


@pytest.mark.parametrize("minima", [False, True])
@given(st.data())
def test_value_of_a_seat_equals_solving_with_one_more(minima, data):
    problem = data.draw(problems(minima=minima))
    result = solve(problem)
    before = max(worth(problem, result.tiers, a) for a in arrangements(problem) if meets_minima(problem, result, a))
    for j in range(problem.slots):
        capacity = problem.capacity.copy()
        capacity[j] += 1
        wider = replace(problem, capacity=capacity)
        after = max(worth(problem, result.tiers, a) for a in arrangements(wider) if meets_minima(problem, result, a))
        assert value_of_seat(problem, result, j) == after - before
    if not problem.minimum.any():
        assert np.array_equal(values_of_seats(problem, result), result.v)


@given(problems())
def test_the_price_of_a_person_is_what_would_be_lost_without(problem):
    result = solve(problem)
    for i in range(problem.candidates):
        without = max(worth(problem, result.tiers, a) for a in arrangements(problem) if a[i] == UNPLACED)
        assert result.u[i] == result.value - without


@given(problems(people=8, slots=4))
def test_next_in_line_is_the_order_of_losses(problem):
    result = solve(problem)
    for j in range(problem.slots):
        asked = sorted(
            (loss.loss, i)
            for i, k in pairs(problem)
            if k == j and result.assignment[i] != j
            for loss in [loss_of_forcing(problem, result, i, j)]
            if loss.possible
        )
        assert [(loss.loss, loss.candidate) for loss in next_in_line(problem, result, j, 3)] == asked[:3]


@given(problems(people=8, slots=4))
def test_points_short_bound_the_loss_from_below(problem):
    result = solve(problem)
    for i in range(problem.candidates):
        row = slice(int(problem.indptr[i]), int(problem.indptr[i + 1]))
        for j, short in zip(problem.slot[row].tolist(), points_short(problem, result, i).tolist(), strict=True):
            loss = loss_of_forcing(problem, result, i, j)
            assert short >= 0
            assert short <= loss.loss or not loss.possible
            assert short == 0 or result.assignment[i] != j


def test_the_moves_tell_the_story():
    # 0 and 1 hold their best; forcing 2 into slot 0 sends 0 to slot 1 and 1 out.
    problem = make([[900, 800], [None, 500], [300, None]], capacity=[1, 1])
    result = solve(problem)
    assert result.assignment.tolist() == [0, 1, UNPLACED]
    loss = loss_of_forcing(problem, result, 2, 0)
    assert [(m.candidate, m.from_slot, m.to_slot) for m in loss.moves] == [(2, -1, 0), (0, 0, 1), (1, 1, -1)]
    assert loss.loss == loss.points == (900 + 500) - (300 + 800)
    raised = replace(problem, score=problem.score + np.array([0, 0, 0, loss.loss], np.int32))
    assert solve(raised).value == result.value  # the loss is also the rise that makes the pair as good as the best


def test_a_pair_that_is_not_eligible_is_refused():
    problem = make([[900, None]], capacity=[1, 1])
    with pytest.raises(ProblemError, match="not eligible"):
        loss_of_forcing(problem, solve(problem), 0, 1)


def test_who_is_held_by_a_minimum_cannot_be_forced_away():
    problem = make([[900, 100]], capacity=[1, 1], minimum=[0, 1])
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    loss = loss_of_forcing(problem, result, 0, 0)
    assert not loss.possible
    assert value_of_seat(problem, result, 0) == 0


@given(problems(people=9, slots=4))
def test_chains_cover_every_move_once_and_hand_on_the_seat(problem):
    result = solve(problem)
    found = chains(problem, result)
    moved = problem.current != result.assignment
    assert np.array_equal(found.chain >= 0, moved)
    assert np.array_equal(found.position >= 0, moved)
    assert found.chain.max(initial=-1) + 1 == len(found.cycle)
    for number, cycle in enumerate(found.cycle):
        members = np.flatnonzero(found.chain == number)
        members = members[np.argsort(found.position[members])]
        assert found.position[members].tolist() == list(range(len(members)))
        assert np.array_equal(problem.current[members[:-1]], result.assignment[members[1:]])
        if cycle:
            assert problem.current[members[-1]] == result.assignment[members[0]] != UNPLACED
            assert members[0] == members.min()


def test_two_who_swap_are_a_chain_of_their_own():
    problem = make([[0, 9, 0], [0, 0, 9], [9, 0, 0], [0, 9, 0], [9, 0, 0]], capacity=[2, 2, 1], current=[0, 1, 2, 0, 1])
    result = solve(problem)
    assert result.assignment.tolist() == [1, 2, 0, 1, 0]
    found = chains(problem, result)
    assert found.chain.tolist() == [0, 1, 1, 1, 0]
    assert found.cycle.tolist() == [True, True]


def test_a_chain_begins_at_the_free_seat_and_ends_with_the_newcomer():
    problem = make([[500, 900, None], [500, None, None]], capacity=[1, 1, 0], current=[0, -1])
    found = chains(problem, solve(problem))
    assert found.chain.tolist() == [0, 0]
    assert found.position.tolist() == [0, 1]
    assert found.cycle.tolist() == [False]
