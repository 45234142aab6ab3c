"""Side constraints: equal to trying every arrangement, proved as far as prices go, and clear about conflicts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.placement.small_problems import arrangements, make, permuted

from penata.placement import _programme
from penata.placement import constrained as room
from penata.placement.check_constrained import ConstrainedFault, check_constrained
from penata.placement.constrained import constrained
from penata.placement.constraints import HARD, UNLIMITED, Constraints, Kind
from penata.placement.outcome import Outcome
from penata.placement.problem import UNPLACED, ProblemError
from penata.placement.side_constraints import couples, group_limits, joined, move_limit, remote_minimum, unit_moves
from penata.placement.solve import solve
from penata.placement.weights import tiered_weights, tiers_of


def drawn(seed):
    """Return a small problem and what its side constraints are, in words of the builders."""
    r = np.random.default_rng(seed)
    n, m = int(r.integers(0, 5)), int(r.integers(1, 5))
    top = int(r.choice([2, 1000]))
    rows = [[int(s) if r.random() < 0.7 else None for s in r.integers(0, top + 1, m)] for _ in range(n)]
    capacity = r.integers(0, 9 if r.random() < 0.1 else 3, m)
    minimum = r.integers(0, capacity + 1) * (r.random() < 0.2)
    problem = make(
        rows,
        capacity=capacity.tolist(),
        current=r.integers(-1, m, n).tolist(),
        minimum=minimum.tolist(),
        critical=(r.random(m) < 0.2).tolist(),
        must_place=(r.random(n) < 0.2).tolist(),
        move_cost=int(r.choice([0, 1, 50, 2000])),
    )
    rules = []
    region = r.integers(0, 3, m).astype(np.int32)
    if n > 1 and r.random() < 0.6:
        pairs = [r.choice(n, 2, replace=False) for _ in range(int(r.integers(1, 3)))]
        rules.append(("couples", np.array(pairs, np.int32), region))
    for _ in range(int(r.integers(0, 3))):
        members, slots = r.random(n) < 0.6, r.random(m) < 0.6
        limits = {str(r.choice(["at_least", "at_most"])): int(r.integers(0, 3))}
        price = int(r.integers(0, 1500)) if r.random() < 0.5 else None
        rules.append(("group", members, slots, limits, price))
    if r.random() < 0.3:
        rules.append(("remote", r.random(m) < 0.5, r.integers(0, 4, n).astype(np.int32), 2, int(r.integers(0, 3))))
    if r.random() < 0.4:
        rules.append(("moves", int(r.integers(0, 3))))
    if r.random() < 0.3:
        rules.append(("units", region, r.integers(0, 2, 3), r.integers(0, 2, 3)))
    return problem, rules


def built(problem, rules):
    parts = []
    for kind, *rest in rules:
        if kind == "couples":
            parts.append(couples(problem, *rest))
        elif kind == "group":
            members, slots, limits, price = rest
            parts.append(group_limits(problem, members, slots, price=price, **limits))
        elif kind == "remote":
            slots, quality, least, people = rest
            parts.append(remote_minimum(problem, slots, quality, least=least, people=people))
        elif kind == "moves":
            parts.append(move_limit(problem, rest[0]))
        else:
            parts.append(unit_moves(problem, rest[0], into=rest[1], out_of=rest[2]))
    return joined(*parts)


def judged(problem, rules, assignment):
    """Return whether *assignment* is lawful and what it pays, from the meaning of the rules alone."""
    pays = 0
    current = problem.current
    filled = np.bincount(assignment[assignment >= 0], minlength=problem.slots)
    if (filled < problem.minimum).any():
        return False, 0
    moved = (current != UNPLACED) & (assignment != UNPLACED) & (assignment != current)
    for kind, *rest in rules:
        if kind == "couples":
            for a, b in rest[0].tolist():
                j, k = assignment[a], assignment[b]
                both = j >= 0 and k >= 0
                together = (j < 0 and k < 0) or (both and rest[1][j] == rest[1][k])
                if not together and not (both and j == current[a] and k == current[b]):
                    return False, 0
        elif kind in {"group", "remote"}:
            if kind == "group":
                members, slots, limits, price = rest
            else:
                slots, members = rest[0], rest[1] >= rest[2]
                limits, price = {"at_least": rest[3]}, None
            count = sum(members[i] and j >= 0 and slots[j] for i, j in enumerate(assignment))
            miss = max(limits.get("at_least", 0) - count, count - limits.get("at_most", 99), 0)
            if miss and price is None:
                return False, 0
            pays += miss * (price or 0)
        elif kind == "moves":
            if moved.sum() > rest[0]:
                return False, 0
        else:
            unit, into, out_of = rest
            for i in np.flatnonzero(moved):
                if unit[assignment[i]] != unit[current[i]]:
                    into = into - (np.arange(3) == unit[assignment[i]])
                    out_of = out_of - (np.arange(3) == unit[current[i]])
            if (into < 0).any() or (out_of < 0).any():
                return False, 0
    return True, pays


def best_value(problem, rules):
    """Return the best value over all arrangements, None if none is lawful."""
    weight = tiered_weights(problem, tiers_of(problem))
    edge = {}
    for i in range(problem.candidates):
        for e in range(problem.indptr[i], problem.indptr[i + 1]):
            edge[i, int(problem.slot[e])] = int(weight[e])
    values = []
    for assignment in arrangements(problem):
        lawful, pays = judged(problem, rules, assignment)
        if lawful:
            values.append(sum(edge[i, j] for i, j in enumerate(assignment.tolist()) if j >= 0) - pays)
    return max(values, default=None)


def same_as_every_arrangement(seed):
    problem, rules = drawn(seed)
    constraints = built(problem, rules)
    result = constrained(problem, constraints)
    expected = best_value(problem, rules)
    assert check_constrained(problem, constraints, result) == ()
    if expected is None:
        assert result.outcome is Outcome.INFEASIBLE
        hard = constraints.price == HARD
        assert result.violation[hard].any() or result.unmet.any()
        assert result.closest
    else:
        assert (result.outcome, result.value) == (Outcome.OPTIMAL, expected)
        assert judged(problem, rules, result.assignment)[0]
    return result


def test_every_kind_of_rule_equals_every_arrangement():
    outcomes = [same_as_every_arrangement(seed).outcome for seed in range(800)]
    assert min(outcomes.count(one) for one in (Outcome.OPTIMAL, Outcome.INFEASIBLE)) > 50


def test_growing_programmes_equal_every_arrangement(monkeypatch):
    """Without prices and quick arrangements, and from few edges, all rests on the argument of slack."""
    monkeypatch.setattr(room, "improve", lambda *_: None)
    monkeypatch.setattr(room, "easy_arrangements", lambda *_: ())
    monkeypatch.setattr(room, "CORE", 1)
    for seed in range(1000, 1300):
        same_as_every_arrangement(seed)


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_numbering_never_changes_value_or_outcome(seed, random):
    problem, _ = drawn(seed)
    people = np.array(random.sample(range(problem.candidates), problem.candidates), np.intp)
    members = np.arange(problem.candidates) % 2 == 0
    slots = np.arange(problem.slots) % 2 == 0
    other = permuted(problem, people, np.arange(problem.slots))

    def rules(one, chosen):
        return joined(move_limit(one, 1), group_limits(one, chosen, slots, at_least=1))

    before = constrained(problem, rules(problem, members))
    after = constrained(other, rules(other, members[people]))
    assert before.outcome is after.outcome
    if before.outcome is Outcome.OPTIMAL:
        assert before.value == after.value
    else:
        assert before.violation.sum() + before.unmet.sum() == after.violation.sum() + after.unmet.sum()


def two_regions():
    """Three people and three slots: slot 2 lies in the other region."""
    problem = make([[500, 0, 900], [600, 500, None], [100, 700, 100]], capacity=[1, 1, 1], current=[0, 1, UNPLACED])
    return problem, np.array([0, 0, 1], np.int32)


def test_without_rows_it_is_the_plain_optimum():
    problem, _ = two_regions()
    result = constrained(problem, joined())
    assert np.array_equal(result.assignment, solve(problem).assignment)
    assert (result.outcome, result.edges) == (Outcome.OPTIMAL, 0)


def test_a_couple_stays_in_one_region_and_the_price_of_that_is_told():
    problem, region = two_regions()
    result = constrained(problem, couples(problem, np.array([[0, 1]], np.int32), region))
    assert result.plain.value == 900 + 600 + 700
    assert result.plain.broken.sum() > 0
    assert (result.assignment.tolist(), result.value) == ([0, 1, 2], 500 + 500 + 100)


def test_a_couple_in_two_regions_may_keep_its_places_together_only():
    problem = make([[500, None], [800, 900]], capacity=[2, 1], current=[0, 1])
    rows = couples(problem, np.array([[0, 1]], np.int32), np.array([0, 1], np.int32))
    assert constrained(problem, rows).assignment.tolist() == [0, 1]
    problem = make([[500, 600], [800, 900]], capacity=[2, 1], current=[0, UNPLACED])
    rows = couples(problem, np.array([[0, 1]], np.int32), np.array([0, 1], np.int32))
    assert constrained(problem, rows).assignment.tolist() == [0, 0]


def test_conflicting_rows_are_named_and_others_are_not():
    problem, _ = two_regions()
    everyone, all_slots = np.ones(3, np.bool_), np.ones(3, np.bool_)
    rows = joined(
        move_limit(problem, 2),
        group_limits(problem, everyone, all_slots, at_least=3, item=7),
        group_limits(problem, everyone, np.array([True, False, False]), at_most=0, item=8),
    )
    result = constrained(problem, rows)
    assert (result.outcome, result.closest) == (Outcome.INFEASIBLE, True)
    named = np.flatnonzero(result.violation)
    assert result.violation.sum() == 1
    assert set(rows.item[named].tolist()) <= {7, 8}
    assert set(rows.kind[named].tolist()) == {Kind.GROUP}
    assert check_constrained(problem, rows, result) == ()


def test_a_soft_floor_is_met_when_its_price_exceeds_the_loss():
    problem = make([[900, 500]], capacity=[1, 1])
    for price, slot in ((399, 0), (401, 1)):
        rows = group_limits(problem, np.ones(1, np.bool_), np.array([False, True]), at_least=1, price=price)
        assert constrained(problem, rows).assignment.tolist() == [slot]


def test_minima_that_cannot_be_met_are_infeasible():
    problem = make([[100, None]], capacity=[1, 2], minimum=[0, 2])
    rows = move_limit(problem, 5)
    result = constrained(problem, rows)
    assert (result.outcome, result.unmet.tolist()) == (Outcome.INFEASIBLE, [0, 2])
    assert check_constrained(problem, rows, result) == ()


def middling():
    r = np.random.default_rng(3)
    scores = np.where(r.random((40, 15)) < 0.5, r.integers(0, 1001, (40, 15)), -1)
    problem = make(
        [[int(s) if s >= 0 else None for s in row] for row in scores],
        capacity=[3] * 15,
        current=r.integers(-1, 15, 40).tolist(),
        move_cost=20,
    )
    region = (np.arange(15) % 4).astype(np.int32)
    pairs = r.choice(40, (6, 2), replace=False).astype(np.int32)
    rows = joined(
        move_limit(problem, 12),
        couples(problem, pairs, region),
        remote_minimum(problem, region == 2, r.integers(0, 5, 40).astype(np.int32), least=3, people=4),
        group_limits(problem, np.arange(40) < 20, region == 1, at_least=9, price=700),
    )
    return problem, rows


def test_out_of_time_leaves_a_lawful_arrangement_and_its_bound():
    problem, rows = middling()
    best = constrained(problem, rows)
    stopped = constrained(problem, rows, time_limit=1e-9)
    assert best.outcome is Outcome.OPTIMAL
    assert stopped.outcome in {Outcome.FEASIBLE, Outcome.UNKNOWN}
    assert stopped.bound >= best.value
    assert check_constrained(problem, rows, stopped) == ()
    loose = constrained(problem, rows, gap=0.05)
    assert loose.bound - loose.value <= 0.05 * loose.value
    assert check_constrained(problem, rows, loose) == ()


def test_an_interrupt_leaves_the_best_found(monkeypatch):
    problem, rows = middling()
    best = constrained(problem, rows)

    def at_once(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(_programme, "milp", at_once)
    result = constrained(problem, move_limit(problem, 3))
    assert result.outcome in {Outcome.FEASIBLE, Outcome.OPTIMAL}
    assert result.moves <= 3
    result = constrained(problem, rows)
    assert result.bound >= best.value
    assert check_constrained(problem, rows, result) == ()


def test_each_fault_is_named():
    problem, rows = middling()
    result = constrained(problem, rows)
    assert check_constrained(problem, rows, result) == ()

    def faults(**change):
        return set(check_constrained(problem, rows, replace(result, **change)))

    crowded = result.assignment.copy()
    crowded[:] = 0
    plain = result.plain
    assert ConstrainedFault.SHAPE in faults(u=result.u[1:])
    assert ConstrainedFault.SHAPE in faults(assignment=np.full(40, 15, np.int32))
    assert {ConstrainedFault.NOT_ELIGIBLE, ConstrainedFault.CAPACITY, ConstrainedFault.VALUE} <= faults(
        assignment=crowded
    )
    assert ConstrainedFault.ROW in faults(assignment=plain.assignment)
    assert ConstrainedFault.ROW in faults(violation=result.violation + 1)
    assert ConstrainedFault.MINIMUM in faults(unmet=result.unmet + 1)
    assert ConstrainedFault.VALUE in faults(score=result.score + 1)
    assert ConstrainedFault.VALUE in faults(moves=result.moves + 1)
    assert ConstrainedFault.PLAIN in faults(plain=replace(plain, value=plain.value + 1))
    assert ConstrainedFault.PLAIN in faults(plain=replace(plain, broken=plain.broken + 1))
    assert ConstrainedFault.PRICE in faults(v=result.v - 2000)
    assert ConstrainedFault.PRICE in faults(multiplier=result.multiplier - 1)
    assert ConstrainedFault.BOUND in faults(relaxed=result.relaxed + 1)
    assert ConstrainedFault.BOUND in faults(bound=result.relaxed + 1)
    assert ConstrainedFault.BOUND in faults(bound=result.value - 1)
    assert ConstrainedFault.OUTCOME in faults(outcome=Outcome.FEASIBLE)
    assert ConstrainedFault.OUTCOME in faults(outcome=Outcome.INFEASIBLE)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"indptr": np.array([0, 3], np.int64)}, "indptr"),
        ({"indptr": np.array([0, 1, 2], np.int64)}, "shape"),
        ({"edge": np.array([0, 9], np.int64)}, "does not exist"),
        ({"edge": np.array([1, 1], np.int64)}, "ascend"),
        ({"edge": np.array([0, 1], np.int32)}, "int32"),
        ({"coefficient": np.array([1, 0], np.int32)}, "coefficients"),
        ({"coefficient": np.array([1, 9, 1, 9], np.int32)[::2]}, "contiguous"),
        ({"lower": np.array([4], np.int64)}, "lower <= upper"),
        ({"upper": np.array([UNLIMITED + 1], np.int64)}, "upper"),
        ({"price": np.array([-2], np.int64)}, "prices"),
        ({"lower": np.array([UNLIMITED], np.int64), "upper": np.array([UNLIMITED], np.int64)}, "wrong side"),
    ],
)
def test_malformed_rows_are_refused(change, words):
    problem = make([[1, 2], [3, 4]], capacity=[1, 1])
    rows = Constraints(
        np.array([0, 2], np.int64), np.array([0, 1], np.int64), np.array([1, 1], np.int32), np.array([0], np.int64),
        np.array([1], np.int64), np.array([HARD], np.int64), np.array([0], np.int8), np.array([0], np.int32),
    )  # fmt: skip
    assert constrained(problem, rows).outcome is Outcome.OPTIMAL
    with pytest.raises(ProblemError, match=words):
        constrained(problem, replace(rows, **change))


def test_odd_options_and_builders_are_refused():
    problem, region = two_regions()
    with pytest.raises(ProblemError, match="time_limit"):
        constrained(problem, joined(), time_limit=0)
    for gap in (-0.1, 1, float("nan")):
        with pytest.raises(ProblemError, match="gap"):
            constrained(problem, joined(), gap=gap)
    for pairs in ([[0, 3]], [[-1, 0]], [[0, 1, 2]]):
        with pytest.raises(ProblemError, match="pairs"):
            couples(problem, np.array(pairs, np.int32), region)
    with pytest.raises(ProblemError, match="himself"):
        couples(problem, np.array([[1, 1]], np.int32), region)
    with pytest.raises(ProblemError, match="region"):
        couples(problem, np.array([[0, 1]], np.int32), region[1:])
    with pytest.raises(ProblemError, match="slots"):
        group_limits(problem, np.ones(3, np.bool_), np.ones(2, np.bool_), at_most=1)
