"""The checker finds every kind of fault; it never trusts a figure of the result."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.placement.small_problems import arrangements, make, objectives, problems

from penata.placement.check import Fault, check
from penata.placement.result import Status, Tiers
from penata.placement.solve import solve


def faults(problem, result):
    return {violation.fault for violation in check(problem, result).violations}


@pytest.fixture
def solved():
    problem = make(
        [[900, 200, None], [800, 700, None], [None, 300, 650]],
        capacity=[1, 1, 2],
        current=[1, 0, -1],
        critical=[False, True, False],
        must_place=[False, True, False],
        move_cost=10,
    )
    return problem, solve(problem)


def with_price(result, name, index, change):
    prices = getattr(result, name).copy()
    prices[index] += change
    return replace(result, **{name: prices})


def with_assignment(result, *slots):
    return replace(result, assignment=np.array(slots, np.int32))


def test_a_solved_problem_is_sound(solved):
    report = check(*solved)
    assert report.sound
    assert (report.gap, report.placed, report.moves) == (0, 3, 2)


def test_each_fault_is_named(solved):
    problem, result = solved
    assert result.assignment.tolist() == [0, 1, 2]
    assert Fault.NOT_ELIGIBLE in faults(problem, with_assignment(result, 2, 1, 2))
    assert Fault.CAPACITY in faults(problem, with_assignment(result, 0, 0, 2))
    assert Fault.VALUE in faults(problem, replace(result, value=result.value + 1))
    assert Fault.VALUE in faults(problem, replace(result, score=result.score + 1))
    assert Fault.VALUE in faults(problem, replace(result, moves=result.moves + 1))
    assert Fault.BOUND in faults(problem, replace(result, bound=result.bound + 1))
    assert Fault.PRICE_TOO_LOW in faults(problem, with_price(result, "u", 0, -1))
    assert Fault.PROFIT_NEGATIVE in faults(problem, with_price(result, "u", 0, -(10**6)))
    assert Fault.PRICE_NEGATIVE in faults(problem, with_price(result, "v", 2, -1))
    assert Fault.SLACKNESS in faults(problem, with_price(result, "v", 2, 1))
    assert Fault.GAP in faults(problem, with_price(result, "u", 0, 1))
    assert Fault.STATUS in faults(problem, replace(result, status=Status.INFEASIBLE))
    assert Fault.MINIMUM in faults(replace(problem, minimum=np.array([0, 0, 2], np.int32)), result)
    assert Fault.TIERS in faults(problem, replace(result, tiers=Tiers(result.tiers.critical, 5)))
    assert Fault.TIERS in faults(problem, replace(result, tiers=Tiers(result.tiers.place + 1, result.tiers.place)))


def test_malformed_arrays_are_refused_before_they_can_overflow(solved):
    problem, result = solved
    assert faults(problem, replace(result, u=result.u[:-1])) == {Fault.SHAPE}
    assert faults(problem, with_assignment(result, 0, 1, 3)) == {Fault.SHAPE}
    assert faults(problem, with_assignment(result, 0, 1, -2)) == {Fault.SHAPE}
    assert faults(problem, with_price(result, "v", 1, 2**62)) == {Fault.SHAPE}
    assert faults(problem, replace(result, unmet=np.array([1, 0, 0], np.int32))) == {Fault.SHAPE}


def test_a_price_on_a_slot_without_seats_must_be_offered_by_somebody():
    problem = make([[5]], capacity=[0])
    result = solve(problem)
    assert result.v.tolist() == [5]
    assert faults(problem, with_price(result, "v", 0, 1)) == {Fault.PRICE_UNFOUNDED}


def test_a_feasible_result_may_have_a_gap(solved):
    problem, result = solved
    loose = replace(result, status=Status.FEASIBLE, u=result.u + 1, bound=result.bound + 3)
    report = check(problem, loose)
    assert report.sound
    assert report.gap == 3


@given(problems(people=8, slots=5, minima=True), st.data())
def test_any_altered_price_or_figure_is_found(problem, data):
    result = solve(problem)
    name = data.draw(st.sampled_from(["u", "v", "value", "bound", "score", "moves"]))
    change = data.draw(st.integers(-2000, 2000).filter(bool))
    if name in {"u", "v"}:
        assume(len(getattr(result, name)))
        index = data.draw(st.integers(0, len(getattr(result, name)) - 1))
        altered = with_price(result, name, index, change)
    else:
        altered = replace(result, **{name: getattr(result, name) + change})
    assert not check(problem, altered).sound


@given(problems(people=4, slots=4), st.data())
def test_no_worse_arrangement_can_be_passed_off_as_the_best(problem, data):
    result = solve(problem)
    other = data.draw(st.sampled_from(list(arrangements(problem))))
    assume(objectives(problem, other)[:4] != objectives(problem, result.assignment)[:4])
    assert Fault.VALUE in faults(problem, replace(result, assignment=other))
    honest = check(problem, replace(result, assignment=other)).value
    assert honest < result.value
    assert faults(problem, replace(result, assignment=other, value=honest)) & {Fault.GAP, Fault.SLACKNESS}
