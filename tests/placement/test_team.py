"""Teams: equal to trying every subset, lean, in order, and honest when the time is over or nothing is possible."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from penata.placement import _team_cover, _team_milp
from penata.placement.check_team import TeamFault, check_team
from penata.placement.outcome import Outcome
from penata.placement.problem import ProblemError
from penata.placement.team import MILP, SUBSETS, team
from penata.placement.team_problem import Obstacle, TeamProblem


def make(
    level,
    loss,
    *,
    need=None,
    count=None,
    most=None,
    unit=None,
    cap=None,
    load=None,
    out=(),
    required=(),
    apart=(),
    **rest,
):
    n, s = len(loss), len(level[0]) if level else len(need or ())
    unit = unit if unit is not None else [0] * n
    units = max(unit, default=-1) + 1
    return TeamProblem(
        level=np.array(level, np.int8).reshape(n, s),
        unit=np.array(unit, np.int32),
        load=np.array(load if load is not None else [0] * n, np.int64),
        loss=np.array(loss, np.int64),
        need_level=np.array(need if need is not None else [1] * s, np.int8),
        need_count=np.array(count if count is not None else [1] * s, np.int32),
        unit_cap=np.array(cap if cap is not None else [n] * units, np.int32),
        out=np.isin(np.arange(n), out),
        required=np.isin(np.arange(n), required),
        apart=np.array(apart, np.int32).reshape(-1, 2),
        most=most if most is not None else n,
        **rest,
    )


def drawn(seed, *, rich=True):
    """Return a small problem; *rich* with every option, else plain covering."""
    r = np.random.default_rng(seed)
    n, s, units = int(r.integers(0, 9)), int(r.integers(0, 5)), int(r.integers(1, 4))
    most = int(r.integers(0, n + 2))
    options = {}
    if rich:
        few = r.random() < 0.5
        options = {
            "count": r.integers(0, 2 if few else 3, s).tolist(),
            "cap": r.integers(0 if r.random() < 0.2 else 1, 4, units).tolist(),
            "load": r.integers(0, 5, n).tolist(),
            "load_limit": int(r.integers(0, 5)) if r.random() < 0.3 else None,
            "out": np.flatnonzero(r.random(n) < 0.1),
            "required": np.flatnonzero(r.random(n) < 0.08),
            "apart": [r.choice(n, 2, replace=False) for _ in range(int(r.integers(0, 4)))] if n > 1 else (),
            "least": int(r.integers(0, most + 1)) if r.random() < 0.3 else 0,
        }
    return make(
        (r.integers(0, 8, (n, s)) * (r.random((n, s)) < r.choice([0.3, 0.7]))).tolist(),
        r.integers(0, r.choice([2, 5, 1000]), n).tolist(),
        need=r.integers(1, 5, s).tolist(),
        unit=r.integers(0, units, n).tolist(),
        most=most,
        **{"cap": [n] * units, **options},
    )


def lawful(problem, members):
    chosen = list(members)
    limit = problem.load_limit if problem.load_limit is not None else np.inf
    return (
        problem.least <= len(chosen) <= problem.most
        and not problem.out[chosen].any()
        and (problem.load[chosen] <= limit).all()
        and set(np.flatnonzero(problem.required)) <= set(chosen)
        and all((problem.unit[chosen] == u).sum() <= cap for u, cap in enumerate(problem.unit_cap))
        and not any({a, b} <= set(chosen) for a, b in problem.apart.tolist())
        and ((problem.level[chosen] >= problem.need_level).sum(axis=0) >= problem.need_count).all()
    )


def lean_teams(problem):
    """Return loss and size of every lawful team that contains no other one, best first."""
    teams = []
    for size in range(problem.candidates + 1):
        for members in combinations(range(problem.candidates), size):
            if lawful(problem, members) and not any(set(t) < set(members) for t in teams):
                teams.append(members)
    return sorted((int(problem.loss[list(t)].sum()), len(t)) for t in teams)


def same_as_every_subset(problem, alternatives=3):
    result = team(problem, alternatives=alternatives)
    expected = lean_teams(problem)
    assert check_team(problem, result) == ()
    assert [(one.loss, len(one.members)) for one in result.teams] == expected[: alternatives + 1]
    assert result.outcome is (Outcome.OPTIMAL if expected else Outcome.INFEASIBLE)
    assert all(one.bound == one.loss for one in result.teams)
    if len(expected) <= alternatives:
        assert result.complete
    return result


def test_plain_covering_equals_every_subset():
    for seed in range(1500):
        assert same_as_every_subset(drawn(seed, rich=False)).solver == SUBSETS


def test_all_options_equal_every_subset():
    seen = set()
    for seed in range(1200):
        result = same_as_every_subset(drawn(seed))
        seen |= {result.solver, result.obstacle}
    assert seen >= {SUBSETS, MILP, *Obstacle}


def test_limits_that_bind_too_much_go_to_the_general_solver(monkeypatch):
    monkeypatch.setattr(_team_cover, "MAX_PARTS", 2)
    assert {same_as_every_subset(drawn(seed)).solver for seed in range(200)} == {SUBSETS, MILP}


def test_many_skills_go_to_the_general_solver(monkeypatch):
    monkeypatch.setattr(_team_cover, "MAX_BITS", 1)
    for seed in range(200):
        same_as_every_subset(drawn(seed, rich=False))


def by_milp_on_everybody(problem, teams):
    """Return losses of the best lean teams by a plain programme over all, without any reduction."""
    n, scale = problem.candidates, problem.candidates + 1
    able = ~problem.out if problem.load_limit is None else ~problem.out & (problem.load <= problem.load_limit)
    rows = [(problem.level >= problem.need_level).T.astype(float), np.ones((1, n))]
    rows.append((problem.unit[None, :] == np.arange(len(problem.unit_cap))[:, None]).astype(float))
    rows.append(np.array([np.isin(np.arange(n), pair) for pair in problem.apart], float).reshape(-1, n))
    low = [*problem.need_count, problem.least, *[0] * (len(problem.unit_cap) + len(problem.apart))]
    high = [*[n] * problem.skills, problem.most, *problem.unit_cap, *[1] * len(problem.apart)]
    found = []
    while len(found) < teams:
        answer = milp(
            problem.loss * scale + 1.0,
            constraints=LinearConstraint(np.concatenate(rows), low, high),
            integrality=np.ones(n),
            bounds=Bounds(problem.required.astype(float), able.astype(float)),
            options={"mip_rel_gap": 0.0},
        )
        if answer.x is None:
            break
        chosen = answer.x > 0.5
        found.append(int(problem.loss[chosen].sum()))
        rows.append((chosen & ~problem.required)[None, :].astype(float))
        low.append(0)
        high.append(int((chosen & ~problem.required).sum()) - 1)
    return found


def test_larger_instances_equal_a_programme_over_everybody():
    solvers = set()
    for seed in range(60):
        r = np.random.default_rng(seed)
        n, s = int(r.integers(30, 90)), int(r.integers(3, 8))
        plain = seed % 3 == 0
        problem = make(
            (r.integers(1, 8, (n, s)) * (r.random((n, s)) < 0.35)).tolist(),
            r.integers(0, r.choice([4, 60]), n).tolist(),
            need=r.integers(1, 4, s).tolist(),
            count=[1] * s if plain else r.integers(1, 3, s).tolist(),
            most=8,
            unit=r.integers(0, 5, n).tolist(),
            cap=[int(r.integers(1, 3))] * 5 if seed % 2 else [n] * 5,
            out=r.choice(n, 5, replace=False),
            required=r.choice(n, 1) if seed % 5 == 0 else (),
            apart=[r.choice(n, 2, replace=False) for _ in range(10 if seed % 4 else 0)],
            least=int(r.integers(0, 8)) if seed % 7 == 0 else 0,
        )
        result = team(problem)
        solvers.add(result.solver)
        assert check_team(problem, result) == ()
        assert [one.loss for one in result.teams] == by_milp_on_everybody(problem, 4)
    assert solvers == {SUBSETS, MILP}


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_numbering_never_changes_the_losses(seed, random):
    problem = drawn(seed)
    order = np.array(random.sample(range(problem.candidates), problem.candidates), np.int64)
    other = replace(
        problem,
        **{name: getattr(problem, name)[order] for name in ("level", "unit", "load", "loss", "out", "required")},
        apart=np.argsort(order)[problem.apart].astype(np.int32),
    )
    before, after = team(problem), team(other)
    assert [one.loss for one in before.teams] == [one.loss for one in after.teams]
    assert (before.obstacle, before.complete) == (after.obstacle, after.complete)


def test_the_cheapest_team_and_its_alternatives():
    #                 law      tax      data
    problem = make([[5, 3, 0], [4, 0, 0], [0, 4, 2], [0, 0, 5], [7, 7, 7]], [40, 10, 20, 15, 60], need=[4, 3, 2])
    result = team(problem)
    assert [one.members.tolist() for one in result.teams] == [[1, 2], [0, 3], [4], [0, 2]]
    assert (result.outcome, result.value, result.gap, result.solver) == (Outcome.OPTIMAL, 30, 0, SUBSETS)


def test_equal_losses_take_the_smaller_team():
    assert team(make([[1, 0], [0, 1], [1, 1]], [3, 3, 6])).teams[0].members.tolist() == [2]


def test_nothing_needed_is_met_by_nobody():
    result = team(make([[0]] * 3, [1, 2, 3], count=[0]))
    assert result.teams[0].members.tolist() == []
    assert result.complete


@pytest.mark.parametrize(
    ("options", "obstacle", "short"),
    [
        ({"need": [1, 6]}, Obstacle.SKILL, [(1, 6, 1, 0, 1)]),
        ({"count": [3, 1]}, Obstacle.SKILL, [(0, 1, 3, 2, 1)]),
        ({"out": [0, 2]}, Obstacle.SKILL, [(0, 1, 1, 0, 1)]),
        ({"load": [9, 0, 9, 0], "load_limit": 8}, Obstacle.SKILL, [(0, 1, 1, 0, 1)]),
        ({"required": [1], "apart": [(0, 1), (2, 1)]}, Obstacle.SKILL, [(0, 1, 1, 0, 1)]),
        ({"required": [0], "out": [0]}, Obstacle.REQUIRED, []),
        ({"required": [0, 1], "apart": [(1, 0)]}, Obstacle.REQUIRED, []),
        ({"required": [0, 1], "most": 1}, Obstacle.REQUIRED, []),
        ({"required": [0, 1], "cap": [1]}, Obstacle.REQUIRED, []),
        ({"required": [0], "load": [9, 0, 0, 0], "load_limit": 8}, Obstacle.REQUIRED, []),
        ({"least": 4, "out": [3]}, Obstacle.PEOPLE, []),
        ({"least": 4, "cap": [3]}, Obstacle.PEOPLE, []),
        ({"most": 1}, Obstacle.TOGETHER, [(0, 1, 1, 2, 1)]),
        ({"cap": [1]}, Obstacle.TOGETHER, None),
        ({"apart": [(0, 1), (2, 1), (0, 3), (2, 3)]}, Obstacle.TOGETHER, None),
    ],
)
def test_what_stands_in_the_way_is_named(options, obstacle, short):
    problem = make([[1, 0], [0, 1], [1, 0], [0, 1]], [5, 5, 5, 5], **options)
    result = team(problem)
    assert (result.outcome, result.obstacle) == (Outcome.INFEASIBLE, obstacle)
    found = [(one.skill, one.level, one.needed, one.available, one.short) for one in result.shortages]
    if obstacle is Obstacle.TOGETHER:  # either skill may be the one left open
        assert len(found) == 1
        assert found[0][1:] == (1, 1, 2, 1)
    else:
        assert found == short
    assert check_team(problem, result) == ()


def large(n=300, s=8, **options):
    r = np.random.default_rng(7)
    level = (r.integers(1, 8, (n, s)) * (r.random((n, s)) < 0.2)).tolist()
    return make(
        level, r.integers(50, 500, n).tolist(), need=[3] * s, unit=(np.arange(n) % 9).tolist(), most=6, **options
    )


@pytest.mark.parametrize("count", [None, [2] * 8])
def test_out_of_time_leaves_a_lawful_team_and_its_bound(count):
    problem = large(count=count)
    problem = replace(problem, most=14) if count else problem
    stopped = team(problem, time_limit=1e-9)
    assert check_team(problem, stopped) == ()
    assert stopped.outcome is Outcome.FEASIBLE
    best = team(problem, alternatives=0)
    assert stopped.bound <= best.value <= stopped.value
    assert not stopped.complete


def test_an_interrupt_keeps_the_teams_found(monkeypatch):
    problem = large()
    calls = []
    cover = _team_cover._cover

    def interrupted(*arguments):
        calls.append(arguments)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return cover(*arguments)

    best = team(problem)
    monkeypatch.setattr(_team_cover, "_cover", interrupted)
    result = team(problem)
    assert [one.loss for one in result.teams] == [best.value]
    assert result.outcome is Outcome.OPTIMAL
    assert not result.complete
    monkeypatch.undo()

    def at_once(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(_team_milp, "milp", at_once)
    twice = replace(problem, need_count=np.full(8, 2, np.int32), most=14)
    result = team(twice)
    assert result.outcome is Outcome.FEASIBLE
    assert check_team(twice, result) == ()


def test_stopped_with_nothing_lawful_in_sight_is_unknown(monkeypatch):
    # Greed takes the first, who may not meet any of the others.
    problem = make(
        [[1, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, 5, 5, 5, 5], count=[1, 1, 1],
        apart=[(0, 1), (0, 4)],
    )  # fmt: skip
    result = team(problem, time_limit=1e-9)
    assert (result.outcome, result.teams, result.gap) == (Outcome.UNKNOWN, (), None)
    assert check_team(problem, result) == ()
    assert team(problem).value == 15


def test_the_search_through_general_solver_agrees_with_tables(monkeypatch):
    problem = large()
    tables = team(problem)
    monkeypatch.setattr(_team_cover, "MAX_BITS", 0)
    general = team(problem)
    assert (tables.solver, general.solver) == (SUBSETS, MILP)
    assert [one.loss for one in tables.teams] == [one.loss for one in general.teams]


def test_each_fault_is_named():
    problem = large(required=[3], apart=[(3, 4)], out=[5], cap=[2] * 9)
    result = team(problem)
    assert check_team(problem, result) == ()
    first = result.teams[0]

    def faults(changed=None, **whole):
        teams = (replace(first, **changed), *result.teams[1:]) if changed else result.teams
        return {one.fault for one in check_team(problem, replace(result, **{"teams": teams, **whole}))}

    def members(*chosen):
        return faults({"members": np.array(sorted(chosen), np.int32)})

    usual = first.members.tolist()
    others = [i for i in usual if i != 3]
    assert TeamFault.SHAPE in faults({"members": first.members[::-1].copy()})
    assert TeamFault.SHAPE in members(*usual, 300)
    assert TeamFault.NOT_ALLOWED in members(*usual, 5)
    assert TeamFault.REQUIRED in members(*others)
    assert TeamFault.NEED in members(3)
    assert TeamFault.SIZE in members(*range(9))
    assert TeamFault.UNIT in members(3, 12, 21, 30)
    assert TeamFault.APART in members(*usual, 4)
    assert TeamFault.NOT_LEAN in members(*usual, 200)
    assert TeamFault.VALUE in faults({"loss": first.loss + 1})
    assert TeamFault.VALUE in faults({"load": first.load + 1})
    assert TeamFault.BOUND in faults({"bound": first.loss + 1})
    assert TeamFault.BOUND in faults(bound=first.loss - 1)
    assert TeamFault.OUTCOME in faults(outcome=Outcome.FEASIBLE)
    assert TeamFault.OUTCOME in faults(obstacle=Obstacle.SKILL)
    assert TeamFault.REPEATED in faults(teams=(first, first))
    assert TeamFault.ORDER in faults(teams=result.teams[::-1])
    impossible = make([[1], [0]], [1, 1], count=[2])
    answer = team(impossible)
    for change in ({"short": 2}, {"available": 2}, {"skill": 4}, {"level": 2}, {"needed": 3}):
        wrong = replace(answer, shortages=(replace(answer.shortages[0], **change),))
        assert {one.fault for one in check_team(impossible, wrong)} == {TeamFault.SHORTAGE}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"level": np.full((2, 1), 8, np.int8)}, "levels"),
        ({"level": np.zeros((2, 2), np.int8)}, "shape"),
        ({"loss": np.array([0, -1], np.int64)}, "negative"),
        ({"load": np.array([0, -1], np.int64)}, "negative"),
        ({"loss": np.array([0, 2**58], np.int64)}, "64 bits"),
        ({"loss": np.array([0, 1], np.int32)}, "int32"),
        ({"loss": np.array([0, 9, 1, 9], np.int64)[::2]}, "contiguous"),
        ({"unit": np.array([0, 1], np.int32)}, "unit"),
        ({"unit_cap": np.array([-1], np.int32)}, "unit_cap"),
        ({"need_level": np.array([0], np.int8)}, "need"),
        ({"need_count": np.array([-1], np.int32)}, "need_count"),
        ({"apart": np.array([[0, 2]], np.int32)}, "apart"),
        ({"apart": np.array([[1, 1]], np.int32)}, "himself"),
        ({"least": 3}, "least"),
        ({"most": -1}, "most"),
    ],
)
def test_malformed_problems_are_refused(change, words):
    problem = make([[1], [2]], [1, 2])
    with pytest.raises(ProblemError, match=words):
        team(replace(problem, **change))


def test_more_skills_than_bits_and_odd_options_are_refused():
    with pytest.raises(ProblemError, match="63 skills"):
        team(make([[1] * 63], [1]))
    problem = make([[1]], [1])
    with pytest.raises(ProblemError, match="alternatives"):
        team(problem, alternatives=-1)
    with pytest.raises(ProblemError, match="time_limit"):
        team(problem, time_limit=0)
    assert team(make([[1] * 62], [1])).value == 1
