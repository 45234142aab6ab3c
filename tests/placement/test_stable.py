"""`stabil`: equal to brute force, best for candidates, fair to incumbents, and not to be gamed by them."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.placement.small_problems import arrangements, make, permuted, problems

from penata.placement.check_stable import StableFault, check_stable
from penata.placement.problem import MAX_SCORE, UNPLACED, ProblemError
from penata.placement.stable import stable
from penata.placement.voluntary import CLOSED, OPEN, Preferences

LOW = (-1, 0, 0, 0)  # what an unplaced candidate has


def draw_problem(random, people=4, slots=3):
    """Return a random tiny problem and preferences; coarse values make many ties."""
    n, m = int(random.integers(0, people + 1)), int(random.integers(1, slots + 1))
    top = int(random.choice([1, 3, MAX_SCORE]))
    chance = random.choice([0.4, 0.8, 1.0])
    rows = [
        [int(random.integers(0, top + 1)) if random.random() < chance else None for _ in range(m)] for _ in range(n)
    ]
    problem = make(
        rows,
        capacity=random.choice([0, 1, 1, 2, 2**31 - 1], m, p=[0.15, 0.3, 0.3, 0.2, 0.05]).tolist(),
        current=random.integers(UNPLACED, m, n).tolist(),
        critical=(random.random(m) < 0.3).tolist(),
        must_place=(random.random(n) < 0.3).tolist(),
        move_cost=int(random.choice([0, 5, 2000])),
    )
    few = int(random.choice([2, 4, 100]))
    preferences = Preferences(
        taste=random.integers(-few, few, problem.edges).astype(np.int32) if random.random() < 0.8 else None,
        rank=random.integers(-few, few, problem.edges).astype(np.int32) if random.random() < 0.8 else None,
        acceptable=random.random(problem.edges) < 0.8 if random.random() < 0.5 else None,
    )
    return problem, preferences


def tables(problem, preferences):
    """Return, by pair, the strict wish of the candidate and the strict standing with the slot, and who has a right."""
    taste = problem.score if preferences.taste is None else preferences.taste
    rank = problem.score if preferences.rank is None else preferences.rank
    wish, claim, refused = {}, {}, set()
    for i in range(problem.candidates):
        for e in range(problem.indptr[i], problem.indptr[i + 1]):
            j, points = int(problem.slot[e]), int(problem.score[e])
            wish[i, j] = (0, int(taste[e]), int(problem.current[i] == j), points, -j)
            claim[i, j] = (int(rank[e]), points, -i)
            if preferences.acceptable is not None and not preferences.acceptable[e]:
                refused.add((i, j))
    right = set()
    for j in range(problem.slots):
        holders = [i for i in range(problem.candidates) if problem.current[i] == j and (i, j) in wish]
        right |= {(i, j) for i in sorted(holders, key=lambda i: claim[i, j], reverse=True)[: problem.capacity[j]]}
    standing = {pair: (pair in right, *value) for pair, value in claim.items()}
    wanted = {pair: value for pair, value in wish.items() if pair not in refused}
    return wanted, standing, right


def is_stable(problem, assignment, wish, standing):
    """Tell by looking at every pair whether none blocks and nobody sits where they would not."""
    if any(j != UNPLACED and (i, j) not in wish for i, j in enumerate(assignment)):
        return False
    for (i, j), value in wish.items():
        if value <= wish.get((i, assignment[i]), LOW):
            continue
        holders = [k for k, at in enumerate(assignment) if at == j]
        if len(holders) < problem.capacity[j] or any(standing[k, j] < standing[i, j] for k in holders):
            return False
    return True


def blocking_as_given(problem, assignment, wish, standing):
    """Return the pairs that block by taste and rank alone, with the holders who come later on the list of the slot."""
    found = {}
    for (i, j), value in wish.items():
        if wish.get((i, assignment[i]), LOW)[:2] >= value[:2]:
            continue
        holders = [k for k, at in enumerate(assignment) if at == j]
        weaker = [k for k in holders if standing[k, j][1] < standing[i, j][1]]
        if weaker or len(holders) < problem.capacity[j]:
            found[i, j] = weaker
    return found


@pytest.mark.parametrize("seed", range(8))
def test_among_all_stable_arrangements_it_is_the_best_for_every_candidate(seed):
    random = np.random.default_rng(seed)
    for _ in range(500):
        problem, preferences = draw_problem(random)
        wish, standing, right = tables(problem, preferences)
        result = stable(problem, preferences)
        mine = result.assignment.tolist()
        found = [a.tolist() for a in arrangements(problem) if is_stable(problem, a.tolist(), wish, standing)]
        assert mine in found
        for other in found:
            assert all(wish.get((i, mine[i]), LOW) >= wish.get((i, other[i]), LOW) for i in range(len(mine)))
            # which seats are filled is the same in all of them
            assert np.array_equal(np.bincount(np.array(mine, int) + 1), np.bincount(np.array(other, int) + 1))
        for i, j in right & wish.keys():
            assert wish[i, mine[i]] >= wish[i, j]
        report = check_stable(problem, result, preferences)
        assert report.sound, report
        assert report.blocking_modified == report.worse_off == 0
        # what blocks by the lists as given blocks only through incumbents who keep their slot by right
        passed_over = blocking_as_given(problem, mine, wish, standing)
        assert report.blocking_given == len(passed_over)
        assert all(later and all((k, j) in right for k in later) for (_, j), later in passed_over.items())


@pytest.mark.parametrize("seed", range(4))
def test_the_checker_finds_exactly_the_unstable_arrangements(seed):
    random = np.random.default_rng([9, seed])
    for _ in range(60):
        problem, preferences = draw_problem(random, people=3)
        wish, standing, _ = tables(problem, preferences)
        result = stable(problem, preferences)
        for other in arrangements(problem):
            report = check_stable(problem, replace(result, assignment=other), preferences)
            faults = {violation.fault for violation in report.violations}
            bad = faults & {StableFault.BLOCKING, StableFault.NOT_RATIONAL}
            assert bool(bad) != is_stable(problem, other.tolist(), wish, standing)
            assert (report.blocking_modified > 0) == (StableFault.BLOCKING in faults)


@pytest.mark.parametrize("seed", range(4))
def test_no_candidate_gains_by_any_false_list(seed):
    random = np.random.default_rng([1, seed])
    for _ in range(60):
        problem, preferences = draw_problem(random)
        wish, _, _ = tables(problem, preferences)
        honest = stable(problem, preferences).assignment.tolist()
        taste = (problem.score if preferences.taste is None else preferences.taste).astype(np.int32)
        accepted = np.ones(problem.edges, bool) if preferences.acceptable is None else preferences.acceptable
        for i in range(problem.candidates):
            row = slice(int(problem.indptr[i]), int(problem.indptr[i + 1]))
            for order in permutations(range(row.stop - row.start)):
                for refused in range(1 << len(order)):
                    false_taste, false_accepted = taste.copy(), accepted.copy()
                    false_taste[row] = order
                    false_accepted[row] = [not refused >> k & 1 for k in range(len(order))]
                    lie = replace(preferences, taste=false_taste, acceptable=false_accepted)
                    got = int(stable(problem, lie).assignment[i])
                    if got != UNPLACED and (i, got) not in wish:
                        continue  # a slot that this candidate truly would not have
                    assert wish.get((i, got), LOW) <= wish.get((i, honest[i]), LOW)


@given(problems(people=30, slots=3, max_score=5), st.randoms(use_true_random=False))
def test_numbering_changes_nothing_where_nothing_is_tied(problem, random):
    people = np.array(random.sample(range(problem.candidates), problem.candidates), np.intp)
    slots = np.array(random.sample(range(problem.slots), problem.slots), np.intp)
    value = np.array(random.sample(range(problem.edges), problem.edges), np.int32)
    renumbered = permuted(problem, people, slots)
    carried = {
        (i, int(problem.slot[e])): e for i in range(problem.candidates) for e in range(*problem.indptr[i : i + 2])
    }
    edges = [
        carried[int(people[i]), int(slots[renumbered.slot[e]])]
        for i in range(problem.candidates)
        for e in range(*renumbered.indptr[i : i + 2])
    ]
    result = stable(problem, Preferences(value, value[::-1].copy()))
    other = stable(renumbered, Preferences(value[edges], value[::-1][edges].copy()))
    back = [UNPLACED if j < 0 else int(slots[j]) for j in other.assignment]
    assert back == result.assignment[people].tolist()


@given(problems(people=40, slots=20, max_score=3), st.data())
def test_every_arrangement_passes_the_check(problem, data):
    number = st.integers(-(2**31), 2**31 - 1) | st.integers(0, 2)
    lists = [
        np.array(data.draw(st.lists(number, min_size=problem.edges, max_size=problem.edges)), np.int32)
        for _ in range(2)
    ]
    preferences = data.draw(st.sampled_from([None, Preferences(*lists)]))
    report = check_stable(problem, stable(problem, preferences), preferences)
    assert report.sound, report


def test_who_is_sent_away_often_reads_the_rest_as_a_list():
    """One taste for all, and the weakest ask first: everybody is displaced along the whole row."""
    n = 60
    problem = make([[5] * n] * n, capacity=[1] * n)
    taste = np.tile(np.arange(n, dtype=np.int32), n)
    rank = np.repeat(np.arange(n, dtype=np.int32), n)
    result = stable(problem, Preferences(taste, rank))
    assert result.assignment.tolist() == list(range(n))
    assert check_stable(problem, result, Preferences(taste, rank)).sound


@pytest.mark.parametrize(("people", "seats"), [(0, []), (2, []), (0, [1]), (2, [0, 0]), (3, [2**31 - 1])])
def test_nothing_to_place_and_arrays_that_are_only_lent(people, seats):
    problem = make([[5] * len(seats)] * people, capacity=seats)
    for array in (problem.indptr, problem.slot, problem.score, problem.current, problem.capacity):
        array.setflags(write=False)
    result = stable(problem)
    assert check_stable(problem, result).sound
    assert result.unplaced == (0 if sum(seats) else people)


def test_an_incumbent_keeps_the_slot_against_a_better_ranked_newcomer():
    problem = make([[300, None], [900, None]], capacity=[1, 1], current=[0, UNPLACED])
    result = stable(problem)
    report = check_stable(problem, result)
    assert result.assignment.tolist() == [0, UNPLACED]
    assert result.cutoff.tolist() == [CLOSED, OPEN]
    assert (report.blocking_modified, report.blocking_given) == (0, 1)


def test_an_incumbent_who_finds_better_makes_room():
    problem = make([[300, 400], [900, None]], capacity=[1, 1], current=[0, UNPLACED], move_cost=50)
    result = stable(problem)
    assert result.assignment.tolist() == [1, 0]
    assert result.cutoff.tolist() == [900, 400]
    assert (result.score, result.moves, result.net) == (1300, 1, 1250)


def test_where_seats_were_cut_the_best_ranked_incumbents_keep_them():
    problem = make([[500], [700], [600]], capacity=[1], current=[0, 0, 0])
    result = stable(problem)
    assert result.right.tolist() == [False, True, False]
    assert result.assignment.tolist() == [UNPLACED, 0, UNPLACED]


def test_a_right_given_up_does_not_pass_on():
    """Else candidate 0 could free slot 1 of a rival by refusing slot 0, which the rival would then keep by right."""
    problem = make([[9, 5], [5, 9], [7, None]], capacity=[1, 1], current=[0, 0, UNPLACED])
    taste = np.array([1, 2, 2, 1, 1], np.int32)  # 0 likes slot 1 better, 1 likes slot 0 better
    honest = stable(problem, Preferences(taste))
    assert honest.assignment.tolist() == [0, 1, UNPLACED]
    refusing = stable(problem, Preferences(taste, acceptable=np.array([False, True, True, True, True])))
    assert refusing.assignment.tolist() == [UNPLACED, 1, 0]


def test_equals_stay_and_the_lower_number_wins_the_last_tie():
    problem = make([[5, 5], [5, 5]], capacity=[1, 1], current=[1, UNPLACED])
    assert stable(problem).assignment.tolist() == [1, 0]
    newcomers = make([[5], [5]], capacity=[1])
    assert stable(newcomers).assignment.tolist() == [0, UNPLACED]


def test_what_is_missed_is_reported():
    problem = make(
        [[5, None], [4, None]], capacity=[1, 2], minimum=[0, 1], critical=[False, True], must_place=[False, True]
    )
    missed = stable(problem).shortfall
    assert missed.minimum.tolist() == [0, 1]
    assert missed.critical.tolist() == [0, 2]
    assert missed.must_place.tolist() == [1]


@pytest.mark.parametrize(
    ("preferences", "words"),
    [
        (Preferences(taste=np.zeros(3, np.int32)), "taste"),
        (Preferences(rank=np.zeros(4, np.int64)), "rank"),
        (Preferences(acceptable=np.zeros(8, np.bool_)[::2]), "acceptable"),
    ],
)
def test_preferences_that_do_not_fit_are_refused(preferences, words):
    with pytest.raises(ProblemError, match=words):
        stable(make([[1, 2], [3, 4]], capacity=[1, 1]), preferences)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"assignment": np.array([0, 1], np.int32)}, StableFault.SHAPE),
        ({"assignment": np.array([0, 1, 7], np.int32)}, StableFault.SHAPE),
        ({"assignment": np.array([0, 1, 1], np.int32)}, StableFault.NOT_ELIGIBLE),
        ({"assignment": np.array([0, 0, 0], np.int32)}, StableFault.CAPACITY),
        ({"assignment": np.array([UNPLACED, 1, 0], np.int32)}, StableFault.WORSE_OFF),
        ({"assignment": np.array([0, UNPLACED, UNPLACED], np.int32)}, StableFault.BLOCKING),
        ({"right": np.array([True, True, False])}, StableFault.RIGHT),
        ({"cutoff": np.array([CLOSED, 3], np.int64)}, StableFault.CUTOFF),
        ({"score": 1}, StableFault.FIGURES),
        ({"moves": 1}, StableFault.FIGURES),
        ({"net": 1}, StableFault.FIGURES),
        ({"unplaced": 0}, StableFault.FIGURES),
    ],
)
def test_a_tampered_result_is_found(change, fault):
    problem = make([[300, None], [200, 600], [900, None]], capacity=[1, 2], current=[0, UNPLACED, UNPLACED])
    result = stable(problem)
    assert check_stable(problem, result).sound
    report = check_stable(problem, replace(result, **change))
    assert fault in {violation.fault for violation in report.violations}


def test_a_slot_that_was_refused_is_found():
    problem = make([[300]], capacity=[1])
    report = check_stable(problem, stable(problem), Preferences(acceptable=np.array([False])))
    assert {violation.fault for violation in report.violations} == {StableFault.NOT_RATIONAL}


def test_tampered_shortfall_and_foreign_preferences_are_found():
    problem = make([[5]], capacity=[1], must_place=[True])
    result = stable(problem)
    false = replace(result, shortfall=replace(result.shortfall, must_place=np.array([0], np.int32)))
    assert check_stable(problem, false).violations[0].fault is StableFault.FIGURES
    foreign = Preferences(rank=np.zeros(2, np.int32))
    assert check_stable(problem, result, foreign).violations[0].fault is StableFault.SHAPE
