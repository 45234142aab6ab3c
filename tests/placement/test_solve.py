"""The solve: equal to the obvious ways on small instances, proved on all, indifferent to order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix, vstack
from tests.placement.small_problems import best, make, objectives, permuted, problems

from penata.placement._network import NetworkSolver
from penata.placement._prices import NotOptimalError, lowest_prices
from penata.placement.check import check
from penata.placement.problem import UNPLACED, Problem, ProblemError
from penata.placement.result import Status
from penata.placement.solve import solve
from penata.placement.weights import candidate_of_edges, tiered_weights, tiers_of


@given(problems())
def test_order_of_objectives_is_strict_and_equals_brute_force(problem):
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert objectives(problem, result.assignment) == best(problem)


@given(problems(max_score=2))
def test_coarse_scores_with_many_ties_keep_stays(problem):
    result = solve(problem)
    assert objectives(problem, result.assignment) == best(problem)
    assert check(problem, result).sound


@given(problems(minima=True))
def test_minima_come_first_and_infeasible_names_the_seats(problem):
    result = solve(problem)
    assert objectives(problem, result.assignment) == best(problem)
    short = int(problem.minimum.sum()) - best(problem)[0]
    assert (result.status is Status.INFEASIBLE) == (short > 0)
    assert int(result.unmet.sum()) == short
    assert result.gap == 0
    assert check(problem, result).sound


@given(problems(people=14, slots=7, minima=True))
def test_every_result_is_proved(problem):
    result = solve(problem)
    report = check(problem, result)
    assert report.sound, report
    assert report.gap == 0


@given(problems(people=12, slots=6))
def test_value_equals_mixed_integer_programme(problem):
    result = solve(problem)
    weight = tiered_weights(problem, tiers_of(problem))
    if not problem.edges:
        assert result.value == 0
        return
    one = np.ones(problem.edges)
    number = np.arange(problem.edges)
    per_person = coo_matrix((one, (candidate_of_edges(problem), number)), (problem.candidates, problem.edges))
    per_slot = coo_matrix((one, (problem.slot, number)), (problem.slots, problem.edges))
    limits = np.concatenate([np.ones(problem.candidates), problem.capacity])
    answer = milp(
        -weight.astype(float),
        constraints=LinearConstraint(vstack([per_person, per_slot]).tocsr(), ub=limits),
        integrality=one,
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    assert result.value == int(weight[np.round(answer.x) > 0.5].sum())


@given(problems(people=8, slots=5, minima=True), st.randoms(use_true_random=False))
def test_numbering_never_changes_the_objectives(problem, random):
    people = np.array(random.sample(range(problem.candidates), problem.candidates), np.intp)
    slots = np.array(random.sample(range(problem.slots), problem.slots), np.intp)
    result = solve(problem)
    other = permuted(problem, people, slots)
    answer = solve(other)
    assert answer.value == result.value
    assert objectives(other, answer.assignment) == objectives(problem, result.assignment)
    if not problem.minimum.any():  # prices are the lowest ones, so they do not even depend on how ties fall
        assert np.array_equal(answer.v, result.v[slots])
        assert np.array_equal(answer.u, result.u[people])


@given(problems(people=8, slots=5), st.randoms(use_true_random=False))
def test_numbered_canonically_again_the_assignment_is_the_same(problem, random):
    people = np.array(random.sample(range(problem.candidates), problem.candidates), np.intp)
    slots = np.array(random.sample(range(problem.slots), problem.slots), np.intp)
    shuffled = permuted(problem, people, slots)
    restored = permuted(shuffled, np.argsort(people), np.argsort(slots))
    assert np.array_equal(solve(restored).assignment, solve(problem).assignment)


@given(problems(people=8, slots=5, tiers=False), st.data())
def test_a_higher_score_never_lowers_the_value(problem, data):
    if not problem.edges:
        return
    edge = data.draw(st.integers(0, problem.edges - 1))
    rise = data.draw(st.integers(0, 1000 - int(problem.score[edge])))
    score = problem.score.copy()
    score[edge] += rise
    before, after = solve(problem).value, solve(replace(problem, score=score)).value
    assert before <= after <= before + rise


def test_a_critical_seat_outweighs_all_points():
    problem = make([[1000, 0], [1000, None]], capacity=[2, 1], critical=[False, True])
    assert solve(problem).assignment.tolist() == [1, 0]


def test_a_move_must_be_worth_its_cost():
    scores = [[500, 560]]
    at_cost = make(scores, capacity=[1, 1], current=[0], move_cost=60)
    below_cost = make(scores, capacity=[1, 1], current=[0], move_cost=59)
    assert solve(at_cost).assignment.tolist() == [0]
    assert solve(below_cost).assignment.tolist() == [1]


def test_nobody_moves_without_gain():
    problem = make([[700] * 3] * 3, capacity=[1, 1, 1], current=[2, 0, 1])
    result = solve(problem)
    assert result.assignment.tolist() == [2, 0, 1]
    assert result.moves == 0


def test_who_must_be_placed_goes_before_a_better_fit():
    problem = make([[900], [10]], capacity=[1], must_place=[False, True])
    assert solve(problem).assignment.tolist() == [UNPLACED, 0]


def test_a_minimum_may_give_a_negative_price():
    problem = make([[100, 10]], capacity=[1, 1], current=[0], minimum=[0, 1], move_cost=500)
    result = solve(problem)
    assert result.assignment.tolist() == [1]
    assert result.value == -490
    assert result.v[1] < 0
    assert check(problem, result).sound


def test_a_minimum_without_candidates_is_infeasible_and_named():
    problem = make([[100, None]], capacity=[1, 2], minimum=[0, 2])
    result = solve(problem)
    assert result.status is Status.INFEASIBLE
    assert result.unmet.tolist() == [0, 2]
    assert result.assignment.tolist() == [0]


@pytest.mark.parametrize(("people", "seats"), [(0, [1]), (2, [0, 0]), (0, [])])
def test_nothing_to_place(people, seats):
    problem = make([[5] * len(seats)] * people, capacity=seats)
    result = solve(problem)
    assert result.assignment.tolist() == [UNPLACED] * people
    assert (result.value, result.bound, result.moves) == (0, 0, 0)
    assert check(problem, result).sound


def test_weights_beyond_64_bits_are_refused_clearly():
    problem = make([[5, 6]] * 3, capacity=[1, 1], current=[0, 1, -1], move_cost=2**58)
    with pytest.raises(ProblemError, match="64 bits"):
        solve(problem)


def test_the_preference_for_staying_yields_where_it_does_not_fit():
    class Narrow(NetworkSolver):
        def fits(self, problem, largest):
            return largest < 10_000

    problem = make([[500, 560]], capacity=[1, 1], current=[0], move_cost=59)
    result = solve(problem, solver=Narrow())
    assert result.assignment.tolist() == [1]
    assert check(problem, result).sound


def test_an_arrangement_that_is_not_optimal_has_no_prices():
    problem = make([[9, 1], [1, 9]], capacity=[1, 1])
    weight = tiered_weights(problem, tiers_of(problem))
    with pytest.raises(NotOptimalError):
        lowest_prices(problem, weight, np.array([1, 0], np.int32), problem.minimum)


def test_read_only_arrays_are_accepted():
    problem = make([[9, 1], [1, 9]], capacity=[1, 1])
    for name in Problem.__slots__[:-1]:
        getattr(problem, name).setflags(write=False)
    assert solve(problem).value == 18


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"indptr": np.array([0, 1, 5], np.int64)}, "indptr"),
        ({"slot": np.array([0, 0, 0, 1], np.int32)}, "ascend"),
        ({"slot": np.array([0, 2, 0, 1], np.int32)}, "does not exist"),
        ({"score": np.array([0, 1, 2, 1001], np.int32)}, "scores"),
        ({"score": np.array([0, 1, 2], np.int32)}, "shape"),
        ({"score": np.array([0, 1, 2, 3], np.int64)}, "int64"),
        ({"slot": np.array([0, 9, 1, 9, 0, 9, 1], np.int32)[::2]}, "contiguous"),
        ({"current": np.array([0, 2], np.int32)}, "current"),
        ({"minimum": np.array([0, 2], np.int32)}, "minimum"),
        ({"capacity": np.array([-1, 1], np.int32)}, "capacity"),
        ({"move_cost": -1}, "move_cost"),
    ],
)
def test_malformed_problems_are_refused(change, words):
    problem = make([[1, 2], [3, 4]], capacity=[1, 1])
    with pytest.raises(ProblemError, match=words):
        solve(replace(problem, **change))
