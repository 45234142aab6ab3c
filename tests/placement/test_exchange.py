"""`tukar`: nobody worse off, nothing left to gain, no lie pays, and the chains are the moves."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.placement.small_problems import arrangements, make, problems

from penata.placement.check_exchange import ExchangeFault, check_exchange
from penata.placement.exchange import exchange
from penata.placement.problem import MAX_SCORE, UNPLACED, ProblemError
from penata.placement.voluntary import Kind, Wishes

UNWISHED = 99


def wish(lists, priority=None):
    """Return wishes from one list of slots per candidate, best first."""
    return Wishes(
        np.concatenate(([0], np.cumsum([len(each) for each in lists]))).astype(np.int64),
        np.array([j for each in lists for j in each], np.int32),
        priority,
    )


def eligible(problem, i):
    return problem.slot[problem.indptr[i] : problem.indptr[i + 1]].tolist()


def draw_problem(random, people=4, slots=3):
    """Return a random tiny problem with strict lists of wishes; coarse values make many ties."""
    n, m = int(random.integers(0, people + 1)), int(random.integers(1, slots + 1))
    top = int(random.choice([1, 3, MAX_SCORE]))
    chance = random.choice([0.4, 0.8, 1.0])
    rows = [
        [int(random.integers(0, top + 1)) if random.random() < chance else None for _ in range(m)] for _ in range(n)
    ]
    problem = make(
        rows,
        capacity=random.choice([0, 1, 1, 2, 2**31 - 1], m, p=[0.1, 0.4, 0.25, 0.2, 0.05]).tolist(),
        current=random.integers(UNPLACED, m, n).tolist(),
        move_cost=int(random.choice([0, 5, 2000])),
    )
    lists = [
        random.permutation(eligible(problem, i)).astype(int)[: random.integers(0, m + 1)].tolist() for i in range(n)
    ]
    priority = random.integers(-3, 3, problem.edges).astype(np.int32) if random.random() < 0.5 else None
    return problem, lists, priority


def holders_by_right(problem, priority):
    """Return the slot each candidate holds by right, or -1, the slow way."""
    values = problem.score if priority is None else priority
    held = [UNPLACED] * problem.candidates
    for j in range(problem.slots):
        claims = []
        for i in range(problem.candidates):
            if problem.current[i] == j and j in eligible(problem, i):
                e = int(problem.indptr[i]) + eligible(problem, i).index(j)
                claims.append((-int(values[e]), -int(problem.score[e]), i))
        for *_, i in sorted(claims)[: problem.capacity[j]]:
            held[i] = j
    return held


def place(lists, held, i, j):
    """Return how far down the list of i slot j stands (smaller is better); UNWISHED below what is held."""
    mine = lists[i][: lists[i].index(held[i])] if held[i] in lists[i] else lists[i]
    if j in mine:
        return mine.index(j)
    return len(mine) if j == held[i] else UNWISHED


def rational(problem, lists, held):
    """Yield every arrangement in which nobody ends with less than what is held."""
    for other in arrangements(problem):
        places = [place(lists, held, i, j) for i, j in enumerate(other.tolist())]
        if UNWISHED not in places:
            yield other, places


def plain_trades(problem, lists, held, priority):
    """Trade in rounds, all circles of a round at once: the textbook's way, with no code of ours."""
    values = problem.score if priority is None else priority
    left = set(range(problem.candidates))
    seats = problem.capacity.tolist()
    goal = [UNPLACED] * problem.candidates
    while left:
        aim = {}
        for i in left:
            mine = lists[i][: lists[i].index(held[i])] if held[i] in lists[i] else lists[i]
            aim[i] = next((j for j in mine if seats[j] > 0), held[i])
        hopeless = {i for i in left if aim[i] == UNPLACED}
        if hopeless:
            left -= hopeless
            continue
        points = {}
        for j in set(aim.values()):
            line = []
            for i in left:
                if j in eligible(problem, i):
                    e = int(problem.indptr[i]) + eligible(problem, i).index(j)
                    line.append((held[i] != j, -int(values[e]), -int(problem.score[e]), i))
            points[j] = min(line)[-1]
        traded = set()
        for i in left:
            walk = [i]
            while points[aim[walk[-1]]] not in walk:
                walk.append(points[aim[walk[-1]]])
            traded.update(walk[walk.index(points[aim[walk[-1]]]) :])
        for i in traded:
            goal[i] = aim[i]
            seats[aim[i]] -= 1
        left -= traded
    return goal


def your_house_my_turn(lists, current, line):
    """Request in turn; whoever holds what is requested goes to the head of the line; whoever comes round trades."""
    line, goal = list(line), {}
    seat = {j: i for i, j in enumerate(current) if j != UNPLACED}  # who holds which slot and is still there
    taken, asking = set(), []
    while line:
        i = line[0]
        mine = lists[i][: lists[i].index(current[i])] if current[i] in lists[i] else lists[i]
        j = next((j for j in mine if j not in taken), current[i])
        occupied = j in seat and seat[j] != i
        if occupied and i not in asking:
            asking.append(i)
        if occupied and seat[j] not in asking:
            line.remove(seat[j])
            line.insert(0, seat[j])
            continue
        # Whoever asks names the best slot left, so those in the circle get what they asked for.
        leaving = asking[asking.index(seat[j]) :] if occupied else [i]
        wanted = {k: next((q for q in lists[k] if q not in taken), current[k]) for k in leaving} | {i: j}
        goal |= wanted
        taken |= {slot for slot in wanted.values() if slot != UNPLACED}
        line = [k for k in line if k not in wanted]
        asking = [k for k in asking if k not in wanted]
        seat = {slot: holder for slot, holder in seat.items() if holder not in wanted}
    return [goal[i] for i in range(len(lists))]


@pytest.mark.parametrize("seed", range(4))
def test_with_one_order_for_all_it_is_your_house_for_my_turn(seed):
    random = np.random.default_rng([3, seed])
    for _ in range(250):
        n, m = int(random.integers(1, 7)), int(random.integers(1, 7))
        tenants = random.permutation(n)[: random.integers(0, min(n, m) + 1)]
        current = np.full(n, UNPLACED)
        current[tenants] = random.permutation(m)[: len(tenants)]
        line = random.permutation(n)
        lists = [random.permutation(m)[: random.integers(0, m + 1)].tolist() for _ in range(n)]
        problem = make([[5] * m] * n, capacity=[1] * m, current=current.tolist())
        result = exchange(problem, wish(lists, np.repeat(n - np.argsort(line), m).astype(np.int32)))
        assert result.assignment.tolist() == your_house_my_turn(lists, current.tolist(), line.tolist())


@pytest.mark.parametrize("seed", range(8))
def test_nobody_is_worse_off_and_nothing_is_left_to_gain(seed):
    random = np.random.default_rng(seed)
    for _ in range(500):
        problem, lists, priority = draw_problem(random)
        held = holders_by_right(problem, priority)
        wishes = wish(lists, priority)
        result = exchange(problem, wishes)
        assert result.held.tolist() == held
        assert result.assignment.tolist() == plain_trades(problem, lists, held, priority)
        mine = [place(lists, held, i, j) for i, j in enumerate(result.assignment.tolist())]
        assert UNWISHED not in mine
        for _, places in rational(problem, lists, held):
            assert places == mine or any(a > b for a, b in zip(places, mine, strict=True))
        report = check_exchange(problem, wishes, result)
        assert report.sound, report


@pytest.mark.parametrize("seed", range(4))
def test_the_checker_finds_exactly_the_arrangements_that_can_be_bettered(seed):
    random = np.random.default_rng([5, seed])
    for _ in range(150):
        problem, lists, priority = draw_problem(random)
        held = holders_by_right(problem, priority)
        wishes = wish(lists, priority)
        result = exchange(problem, wishes)
        lawful = list(rational(problem, lists, held))
        for other, places in lawful:
            report = check_exchange(problem, wishes, replace(result, assignment=other))
            faults = {violation.fault for violation in report.violations}
            assert ExchangeFault.NOT_RATIONAL not in faults
            better = any(one != places and all(a <= b for a, b in zip(one, places, strict=True)) for _, one in lawful)
            assert bool(faults & {ExchangeFault.WASTED, ExchangeFault.CYCLE}) == better


@pytest.mark.parametrize("seed", range(4))
def test_no_candidate_gains_by_any_false_list(seed):
    random = np.random.default_rng([7, seed])
    for _ in range(120):
        problem, lists, priority = draw_problem(random)
        held = holders_by_right(problem, priority)
        honest = exchange(problem, wish(lists, priority)).assignment.tolist()
        for i in range(problem.candidates):
            slots = eligible(problem, i)
            for length in range(len(slots) + 1):
                for lie in permutations(slots, length):
                    told = [*lists[:i], list(lie), *lists[i + 1 :]]
                    got = int(exchange(problem, wish(told, priority)).assignment[i])
                    assert place(lists, held, i, honest[i]) <= place(lists, held, i, got)


@given(problems(people=40, slots=12, max_score=3), st.randoms(use_true_random=False))
def test_every_exchange_passes_the_check(problem, random):
    lists = []
    for i in range(problem.candidates):
        slots = eligible(problem, i)
        lists.append(random.sample(slots, random.randint(0, len(slots))))
    wishes = wish(lists)
    result = exchange(problem, wishes)
    report = check_exchange(problem, wishes, result)
    assert report.sound, report
    assert exchange(problem, wishes).turn.tolist() == result.turn.tolist()


@pytest.mark.parametrize(("people", "seats"), [(0, []), (2, []), (0, [1]), (2, [0, 0]), (3, [2**31 - 1])])
def test_nothing_to_exchange_and_arrays_that_are_only_lent(people, seats):
    problem = make([[5] * len(seats)] * people, capacity=seats)
    wishes = wish([range(len(seats))] * people)
    for array in (problem.indptr, problem.slot, problem.score, problem.current, wishes.indptr, wishes.slot):
        array.setflags(write=False)
    result = exchange(problem, wishes)
    assert check_exchange(problem, wishes, result).sound
    assert result.unplaced == (0 if sum(seats) else people)


def test_your_house_for_my_turn():
    """0 is first in line and asks for the seat of 1, who then gets the free seat that 0's turn would have brought."""
    problem = make([[900, 900], [100, 500]], capacity=[1, 1], current=[UNPLACED, 1])
    result = exchange(problem, wish([[1], [0]]))
    assert result.assignment.tolist() == [1, 0]
    assert result.turn.tolist() == [0, 0]
    assert result.chain.tolist() == [0, 0]
    assert result.position.tolist() == [1, 0]
    assert result.kind.tolist() == [Kind.NEWCOMER]


def test_a_cycle_and_a_chain_come_back_apart():
    problem = make([[5] * 6] * 5, capacity=[1] * 6, current=[0, 1, 2, 3, 4])
    result = exchange(problem, wish([[1], [2], [0], [4], [5]]))
    assert result.assignment.tolist() == [1, 2, 0, 4, 5]
    assert result.kind[result.chain].tolist() == [Kind.CYCLE] * 3 + [Kind.VACATED] * 2
    assert result.position[[4, 3]].tolist() == [0, 1]
    assert result.granted.tolist() == [0] * 5
    assert result.moves == 5


def test_who_is_not_asked_keeps_the_seat_and_who_asks_in_vain_too():
    problem = make([[5, 9], [None, 1]], capacity=[1, 1], current=[0, 1])
    result = exchange(problem, wish([[1], []]))
    assert result.assignment.tolist() == [0, 1]
    assert result.granted.tolist() == [-1, -1]
    assert result.chain.tolist() == [-1, -1]
    assert len(result.kind) == 0


def test_wishes_below_the_slot_held_do_not_count():
    problem = make([[5, 9]], capacity=[1, 1], current=[0])
    assert exchange(problem, wish([[0, 1]])).assignment.tolist() == [0]


def test_a_free_seat_goes_by_priority_then_score_then_number():
    problem = make([[5], [7], [7]], capacity=[1])
    everybody = [[0]] * 3
    assert exchange(problem, wish(everybody)).assignment.tolist() == [UNPLACED, 0, UNPLACED]
    first = np.array([1, 0, 0], np.int32)
    assert exchange(problem, wish(everybody, first)).assignment.tolist() == [0, UNPLACED, UNPLACED]
    level = np.array([0, 0, 0], np.int32)
    assert exchange(problem, wish(everybody, level)).assignment.tolist() == [UNPLACED, 0, UNPLACED]


def test_who_lost_the_seat_takes_part_like_a_newcomer():
    problem = make([[5, 3], [7, None]], capacity=[1, 1], current=[0, 0], move_cost=2, must_place=[True, False])
    result = exchange(problem, wish([[1], []]))
    assert result.held.tolist() == [UNPLACED, 0]
    assert result.assignment.tolist() == [1, 0]
    assert (result.score, result.moves, result.net, result.unplaced) == (10, 1, 8, 0)
    silent = exchange(problem, wish([[], []]))
    assert silent.assignment.tolist() == [UNPLACED, 0]
    assert silent.shortfall.must_place.tolist() == [0]


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (wish([[0]]), "indptr"),
        (wish([[0], [5]]), "does not exist"),
        (wish([[1, 1], []]), "candidate 0 wishes slot 1, naming twice"),
        (wish([[], [0]]), "candidate 1 wishes slot 0, not eligible"),
        (wish([[], []], np.zeros(3, np.int64)), "priority"),
        (Wishes(np.array([0, 2, 1], np.int64), np.array([0], np.int32)), "rise"),
        (Wishes(np.array([0, 1, 1], np.int64), np.array([0], np.int64)), "int32"),
    ],
)
def test_wishes_that_do_not_fit_are_refused(wishes, words):
    with pytest.raises(ProblemError, match=words):
        exchange(make([[1, 2], [None, 4]], capacity=[1, 1]), wishes)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"assignment": np.array([1, 0], np.int32)}, ExchangeFault.SHAPE),
        ({"assignment": np.array([1, 0, 2, 9], np.int32)}, ExchangeFault.SHAPE),
        ({"assignment": np.array([1, 0, 2, 0], np.int32)}, ExchangeFault.NOT_ELIGIBLE),
        ({"assignment": np.array([1, 1, 2, UNPLACED], np.int32)}, ExchangeFault.CAPACITY),
        ({"assignment": np.array([1, 2, UNPLACED, UNPLACED], np.int32)}, ExchangeFault.NOT_RATIONAL),
        ({"assignment": np.array([0, 1, 2, UNPLACED], np.int32)}, ExchangeFault.CYCLE),
        ({"assignment": np.array([1, 0, UNPLACED, UNPLACED], np.int32)}, ExchangeFault.WASTED),
        ({"held": np.array([0, 1, 2, UNPLACED], np.int32)}, ExchangeFault.RIGHT),
        ({"turn": np.array([0, 0, 3, 2], np.int32)}, ExchangeFault.TURN),
        ({"chain": np.array([0, 0, 1, 1], np.int32)}, ExchangeFault.CHAIN),
        ({"chain": np.array([0, 0, 2, -1], np.int32)}, ExchangeFault.CHAIN),
        ({"position": np.array([0, 2, 0, -1], np.int32)}, ExchangeFault.CHAIN),
        ({"kind": np.array([Kind.VACATED, Kind.NEWCOMER], np.int8)}, ExchangeFault.CHAIN),
        ({"granted": np.array([0, 0, 1, -1], np.int32)}, ExchangeFault.FIGURES),
        ({"score": 1}, ExchangeFault.FIGURES),
        ({"moves": 3}, ExchangeFault.FIGURES),
    ],
)
def test_a_tampered_result_is_found(change, fault):
    problem = make(
        [[5, 5, None], [5, 5, 5], [None, None, 7], [None, None, 5]],
        capacity=[1, 1, 1],
        current=[0, 1, UNPLACED, UNPLACED],
    )
    wishes = wish([[1], [0], [2], [2]])
    result = exchange(problem, wishes)
    assert check_exchange(problem, wishes, result).sound
    report = check_exchange(problem, wishes, replace(result, **change))
    assert fault in {violation.fault for violation in report.violations}


def test_wishes_that_do_not_fit_are_found_by_the_checker():
    problem = make([[5]], capacity=[1])
    result = exchange(problem, wish([[0]]))
    for other in (wish([[3]]), wish([[0]], np.zeros(2, np.int32)), Wishes(np.array([0, 2]), np.array([0], np.int32))):
        assert check_exchange(problem, other, result).violations[0].fault is ExchangeFault.SHAPE
