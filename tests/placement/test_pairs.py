"""The kernel of pairs against a slow and obvious reference, pair by pair, and the proof that cutting loses nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.placement import pairs
from penata.placement.check import check
from penata.placement.pairs import Part, PartKind, People, Rule, RuleKind, Rules, Slots, Weights, pack_levels
from penata.placement.pairs_input import UNTOLD
from penata.placement.problem import Problem, ProblemError
from penata.placement.solve import solve

LEAST, MOST = np.iinfo(np.int16).min, np.iinfo(np.int16).max


class Small:
    """A random small instance, with its levels unpacked beside the packed ones."""

    def __init__(self, seed, *, people=None, slots=None, coarse=False):
        random = np.random.default_rng(seed)
        self.n = int(random.integers(0, 12)) if people is None else people
        self.m = int(random.integers(0, 8)) if slots is None else slots
        blocks, terms = int(random.integers(1, 6)), int(random.integers(1, 2 * self.m + 2))
        skills = int(random.choice([1, 9, 16, 17, 40]))
        self.block = random.integers(-1, blocks, self.n).astype(np.int32)
        self.measures = random.integers(-3, 4, (3, self.n)).astype(np.int16)
        self.measures[random.random((3, self.n)) < 0.1] = UNTOLD
        self.levels = random.integers(0, 8, (self.n, skills))
        self.sets = _bits(random, (4, self.n), 0.5)
        self.shares = random.choice([-1, 0, 500, 1000] if coarse else np.arange(-1, 1001), (3, self.n)).astype(np.int16)
        self.visits = [
            {int(b): int(random.integers(terms)) for b in range(blocks) if random.random() < 0.7} for _ in range(self.m)
        ]
        self.column = random.integers(-1, 3, (terms, 2)).astype(np.int32)
        self.low = random.choice([LEAST, LEAST + 1, -1, 0], (terms, 2)).astype(np.int16)
        self.high = random.choice([MOST, 1, 2], (terms, 2)).astype(np.int16)
        self.masks = _bits(random, (terms, 4), 0.2)
        self.minima = np.where(random.random((terms, skills)) < 2 / skills, random.integers(0, 5, (terms, skills)), 0)
        self.standards = np.where(random.random((terms, skills)) < 0.7, random.integers(0, 8, (terms, skills)), 0)
        self.picks = random.integers(-1, 3, (terms, 2)).astype(np.int32)
        words = -(-skills // 16)
        rules = [
            Rule(RuleKind.WINDOW, 0, 1), Rule(RuleKind.ANY_OF, 0, 2), Rule(RuleKind.ALL_OF, 2, 3),
            Rule(RuleKind.NONE_OF, 3, 4), Rule(RuleKind.MINIMA, 0, words), Rule(RuleKind.WINDOW, 1, 2),
            Rule(RuleKind.ANY_OF, 1, 2),
        ]  # fmt: skip
        count = int(random.integers(0, len(rules) + 1))
        self.rules = Rules(tuple(rules[k] for k in random.permutation(len(rules))[:count]))
        kinds = [
            Part(PartKind.STANDARDS, 0, words, 40), Part(PartKind.COLUMN, 0, 1, 25), Part(PartKind.COLUMN, 1, 2, 7),
            Part(PartKind.MEMBER, 0, 2, 13), Part(PartKind.MEMBER, 3, 4, 0),
        ]  # fmt: skip
        self.weights = Weights(tuple(kinds[: int(random.integers(1, 6))]), int(random.choice([0, 333, 1000])))
        self.skills = skills

    def built(self):
        order = [sorted(visits.items()) for visits in self.visits]
        people = People(self.block, self.measures, self.sets, pack_levels(self.levels), self.shares)
        slots = Slots(
            np.cumsum([0, *map(len, order)]).astype(np.int64),
            np.array([b for visits in order for b, _ in visits], np.int32),
            np.array([r for visits in order for _, r in visits], np.int32),
            self.column, self.low, self.high, self.masks,
            np.ascontiguousarray(pack_levels(self.minima).T), np.ascontiguousarray(pack_levels(self.standards).T),
            self.picks,
        )  # fmt: skip
        return people, slots, self.rules, self.weights

    def passes(self, rule, i, r):
        if rule.kind == RuleKind.WINDOW:
            column = self.column[r, rule.begin]
            return column < 0 or self.low[r, rule.begin] <= self.measures[column, i] <= self.high[r, rule.begin]
        if rule.kind == RuleKind.MINIMA:
            return all(have >= least for have, least in zip(self.levels[i], self.minima[r], strict=True))
        have, asked = _members(self.sets[rule.begin : rule.end, i]), _members(self.masks[r, rule.begin : rule.end])
        if rule.kind == RuleKind.ANY_OF:
            return not asked or bool(have & asked)
        return asked <= have if rule.kind == RuleKind.ALL_OF else not have & asked

    def part(self, part, i, r):
        if part.kind == PartKind.COLUMN:
            column = self.picks[r, part.begin]
            return -1 if column < 0 else int(self.shares[column, i])
        if part.kind == PartKind.MEMBER:
            have, asked = _members(self.sets[part.begin : part.end, i]), _members(self.masks[r, part.begin : part.end])
            if not asked or have & asked:
                return 1000
            return 0 if have else -1
        asked = sum(map(int, self.standards[r]))
        reached = sum(min(int(a), int(b)) for a, b in zip(self.levels[i], self.standards[r], strict=True))
        return (2000 * reached + asked) // (2 * asked) if asked else -1

    def judged(self, i, j):
        """Return failing bits, parts and score of a pair, the plain way."""
        r = self.visits[j].get(int(self.block[i]))
        if r is None:
            return 1, [-1] * len(self.weights.parts), -1
        failing = sum(0 if self.passes(rule, i, r) else 2 << k for k, rule in enumerate(self.rules.rules))
        parts = [self.part(part, i, r) for part in self.weights.parts]
        total = sum(
            part.weight * (value if value >= 0 else self.weights.neutral)
            for part, value in zip(self.weights.parts, parts, strict=True)
        )
        whole = sum(part.weight for part in self.weights.parts)
        return failing, parts, (2 * total + whole) // (2 * whole)


def _bits(random, shape, share):
    bits = np.zeros(shape, np.uint64)
    for place in (0, 1, 31, 32, 63):
        bits |= (random.random(shape) < share).astype(np.uint64) << np.uint64(place)
    return np.where(random.random(shape) < 0.3, np.uint64(0), bits)


def _members(words):
    return {(word, bit) for word, bits in enumerate(words.tolist()) for bit in range(64) if bits >> bit & 1}


def _mixed(i, j):
    bits = (i * 0x9E3779B1 + j * 0x85EBCA77) % 2**32
    bits = (bits ^ bits >> 16) * 0x85EBCA6B % 2**32
    bits = (bits ^ bits >> 13) * 0xC2B2AE35 % 2**32
    return bits ^ bits >> 16


def _rows(found):
    return {
        (i, int(found.slot[e])): int(found.score[e])
        for i in range(len(found.indptr) - 1)
        for e in range(found.indptr[i], found.indptr[i + 1])
    }


def _same(one, other):
    names = ("indptr", "slot", "score", "per_slot", "per_person", "refused", "total")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def _against_reference(small, per_slot, per_person):
    n, m = small.n, small.m
    built = small.built()
    found = pairs.judge(*built, per_slot=per_slot, per_person=per_person)
    lawful, refused = {}, np.zeros((m, len(small.rules.rules) + 1), np.int64)
    grid = [(i, j) for i in range(n) for j in range(m)]
    why = pairs.reasons(*built[:3], [i for i, _ in grid], [j for _, j in grid])
    told = pairs.scores(built[0], built[1], built[3], [i for i, _ in grid], [j for _, j in grid])
    for k, (i, j) in enumerate(grid):
        failing, parts, score = small.judged(i, j)
        assert why.failing[k] == failing
        assert why.first[k] == (failing & -failing).bit_length() - 1
        assert told.parts[k].tolist() == parts
        assert told.score[k] == score
        if failing:
            refused[j, why.first[k]] += 1
        else:
            lawful[i, j] = score
    kept = set()
    for i in range(n):
        own = sorted((-score, -_mixed(i, j), i, j) for (who, j), score in lawful.items() if who == i)
        kept |= {(i, j) for *_, i, j in own[:per_person]}
    for j in range(m):
        own = sorted((-score, -_mixed(i, j), i, j) for (i, what), score in lawful.items() if what == j)
        kept |= {(i, j) for *_, i, j in own[:per_slot]}
    assert found.count == len(lawful)
    assert found.total == sum(lawful.values())
    assert found.per_slot.tolist() == [sum(what == j for _, what in lawful) for j in range(m)]
    assert found.per_person.tolist() == [sum(who == i for who, _ in lawful) for i in range(n)]
    assert np.array_equal(found.refused, refused)
    assert _rows(found) == {pair: lawful[pair] for pair in kept}
    assert all(np.all(np.diff(found.slot[a:b]) > 0) for a, b in zip(found.indptr, found.indptr[1:], strict=False))


def test_thousands_of_small_instances_equal_the_reference():
    for seed in range(2000):
        _against_reference(Small(seed, coarse=seed % 3 == 0), seed % 4, 1 + seed % 3)


@pytest.mark.parametrize(("people", "slots"), [(0, 0), (0, 3), (3, 0), (1, 1)])
def test_empty_and_single_shapes(people, slots):
    for seed in range(30):
        _against_reference(Small(seed, people=people, slots=slots), 2, 2)


def test_several_chunks_and_segments_equal_the_reference(monkeypatch):
    small = Small(5, people=700, slots=12)
    small.rules = Rules(small.rules.rules[:1])
    _against_reference(small, 5, 3)


def _large(seed, people, slots, **shape):
    small = Small(seed, people=people, slots=slots, **shape)
    small.rules = Rules(small.rules.rules[:2])
    return small.built()


def test_more_slots_than_a_person_gathers_at_once():
    people, slots, rules, weights = _large(11, 40, 2600, coarse=True)
    everything = pairs.judge(people, slots, rules, weights, per_person=2600, per_slot=0)
    cut = pairs.judge(people, slots, rules, weights, per_person=3, per_slot=0)
    assert everything.per_person.max() > 1100
    assert np.array_equal(cut.per_person, everything.per_person)
    every, few = _rows(everything), _rows(cut)
    assert len(every) == everything.count
    for i in range(people.count):
        own = sorted(((score, _mixed(i, j), j) for (who, j), score in every.items() if who == i), reverse=True)[:3]
        assert {j for *_, j in own} == {j for who, j in few if who == i}


def test_the_number_of_threads_changes_nothing():
    built = _large(7, 5000, 60, coarse=True)
    alone = pairs.judge(*built, threads=1, per_slot=7, per_person=4)
    assert alone.count > 20_000
    for threads in (2, 3, 16):
        assert _same(alone, pairs.judge(*built, threads=threads, per_slot=7, per_person=4))


def test_renumbering_changes_only_ties():
    for seed in range(200):
        small = Small(seed, people=30, slots=9)
        people, slots, rules, weights = small.built()
        found = pairs.judge(people, slots, rules, weights, per_slot=4, per_person=2)
        random = np.random.default_rng(seed)
        who, what = random.permutation(30), random.permutation(9)
        other = replace(
            people, block=people.block[who], measures=people.measures[:, who], sets=people.sets[:, who],
            levels=people.levels[:, who], shares=people.shares[:, who],
        )  # fmt: skip
        small.visits = [small.visits[j] for j in what]
        again = pairs.judge(other, small.built()[1], rules, weights, per_slot=4, per_person=2)
        assert np.array_equal(again.refused, found.refused[what])
        assert np.array_equal(again.per_person, found.per_person[who])
        for i in range(30):  # the best scores of each person are the same, whichever of equal slots they stand at
            old = np.sort(found.score[found.indptr[who[i]] : found.indptr[who[i] + 1]])[::-1][:2]
            assert np.array_equal(np.sort(again.score[again.indptr[i] : again.indptr[i + 1]])[::-1][:2], old)


def test_input_is_left_alone_and_may_be_read_only():
    people, slots, rules, weights = Small(3, people=20, slots=6).built()
    before = pairs.judge(people, slots, rules, weights)
    for columns in (people, slots):
        for name in columns.__dataclass_fields__:
            getattr(columns, name).flags.writeable = False
    assert _same(before, pairs.judge(people, slots, rules, weights))
    pairs.reasons(people, slots, rules, 0, 0)


@given(st.lists(st.lists(st.integers(0, 7), min_size=5, max_size=5), min_size=1, max_size=6), st.integers(0, 30))
def test_packed_levels_unpack_to_themselves(levels, shift):
    wide = np.pad(np.array(levels), ((0, 0), (shift, 0)))
    words = pack_levels(wide)
    assert words.shape == (-(-wide.shape[1] // 16), len(wide))
    for k in range(wide.shape[1]):
        assert np.array_equal(words[k // 16] >> np.uint64(4 * (k % 16)) & np.uint64(15), wide[:, k])


def _problem(random, indptr, slot, score, m, current):
    n = len(indptr) - 1
    capacity = random.integers(0, 4, m).astype(np.int32)
    minimum = np.where(random.random(m) < 0.1, np.minimum(capacity, 1), 0).astype(np.int32)
    return Problem(
        indptr, slot, score, current, capacity, minimum, random.random(m) < 0.2, random.random(n) < 0.2,
        int(random.choice([0, 30])),
    )  # fmt: skip


def test_cutting_loses_nothing_once_no_pair_exceeds_its_prices():
    rounds = 0
    for seed in range(250):
        random = np.random.default_rng(seed)
        small = Small(seed, people=int(random.integers(1, 40)), slots=int(random.integers(1, 12)), coarse=seed % 2 == 0)
        small.rules = Rules(small.rules.rules[:1])
        built = small.built()
        every = pairs.judge(*built, per_person=small.m)
        n, m = small.n, small.m
        # Whoever holds a slot holds a lawful one, as staying must be an edge.
        current = np.full(n, -1, np.int32)
        for i in np.flatnonzero(np.diff(every.indptr)):
            if random.random() < 0.5:
                current[i] = random.choice(every.slot[every.indptr[i] : every.indptr[i + 1]])
        whole = _problem(random, every.indptr, every.slot, every.score, m, current)
        kept = pairs.judge(*built, per_person=1, per_slot=1)
        stays = np.flatnonzero(current >= 0)
        row = np.zeros(n + 1, np.int64)
        row[1:] = np.cumsum(current >= 0)
        held = replace(
            kept, indptr=row, slot=current[stays],
            score=pairs.scores(built[0], built[1], built[3], stays, current[stays]).score,
        )  # fmt: skip
        rows = pairs.joined(kept, held)
        while True:
            problem = replace(whole, indptr=rows[0], slot=rows[1], score=rows[2])
            result = solve(problem)
            u, v = pairs.proof_prices(problem, result)
            worse = pairs.exceeding(*built, u, v, per_person=2)
            if not worse.count:
                break
            rounds += 1
            kept_pairs, score_of = _rows(replace(kept, indptr=rows[0], slot=rows[1], score=rows[2])), _rows(every)
            assert all(score_of[pair] > u[pair[0]] + v[pair[1]] for pair in _rows(worse))
            assert not kept_pairs.keys() & _rows(worse).keys()
            rows = pairs.joined(replace(kept, indptr=rows[0], slot=rows[1], score=rows[2]), worse)
        expected = sum(score > u[i] + v[j] for (i, j), score in _rows(every).items())
        assert expected == 0
        best = solve(whole)
        assert (result.value, result.unmet.sum()) == (best.value, best.unmet.sum())
        assert check(problem, result).sound
    assert rounds > 20  # cutting did lose something, until it was put back


def test_exceeding_counts_every_pair_above_its_prices():
    for seed in range(300):
        small = Small(seed)
        built = small.built()
        every = _rows(pairs.judge(*built, per_person=99))
        random = np.random.default_rng(seed)
        u, v = random.integers(-200, 900, small.n), random.integers(-200, 900, small.m)
        found = pairs.exceeding(*built, u, v)
        assert _rows(found) == {(i, j): score for (i, j), score in every.items() if score > u[i] + v[j]}
        assert found.count == len(_rows(found)) == found.per_person.sum()
        assert not found.refused.any()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"block": np.zeros(4, np.int64)}, "block holds int64"),
        ({"measures": np.zeros((3, 3), np.int16)}, "measures has shape"),
        ({"levels": np.full((1, 4), 8, np.uint64)}, "packed levels"),
        ({"shares": np.full((3, 4), 1001, np.int16)}, "shares must lie"),
    ],
)
def test_malformed_people_are_refused(change, word):
    people, slots, rules, weights = _plain()
    with pytest.raises(ProblemError, match=word):
        pairs.judge(replace(people, **change), slots, rules, weights)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"indptr": np.array([0, 2, 1], np.int64)}, "indptr must rise"),
        ({"indptr": np.zeros(0, np.int64)}, "indptr has shape"),
        ({"block": np.array([1, 1], np.int32), "indptr": np.array([0, 2, 2], np.int64)}, "ascend without repetition"),
        ({"terms": np.array([0, 5], np.int32)}, "terms must lie"),
        ({"column": np.full((2, 1), 3, np.int32)}, "column must lie"),
        ({"picks": np.full((2, 1), -2, np.int32)}, "picks must lie"),
        ({"minima": np.full((2, 1), 15, np.uint64)}, "minima must be packed"),
        ({"masks": np.zeros((2, 2), np.uint64)}, "masks has shape"),
    ],
)
def test_malformed_slots_are_refused(change, word):
    people, slots, rules, weights = _plain()
    with pytest.raises(ProblemError, match=word):
        pairs.judge(people, replace(slots, **change), rules, weights)


def _plain():
    words = np.zeros((2, 1), np.uint64)
    people = People(
        np.zeros(4, np.int32), np.zeros((3, 4), np.int16), np.zeros((1, 4), np.uint64), np.zeros((1, 4), np.uint64),
        np.zeros((3, 4), np.int16),
    )  # fmt: skip
    slots = Slots(
        np.array([0, 1, 2], np.int64), np.zeros(2, np.int32), np.arange(2, dtype=np.int32), np.zeros((2, 1), np.int32),
        np.zeros((2, 1), np.int16), np.zeros((2, 1), np.int16), words, words, words, np.zeros((2, 1), np.int32),
    )  # fmt: skip
    return people, slots, Rules((Rule(RuleKind.WINDOW, 0, 1),)), Weights((Part(PartKind.COLUMN, 0, 1, 1),))


def test_malformed_rules_weights_prices_and_pairs_are_refused():
    people, slots, rules, weights = _plain()
    refused = [
        (Rules((Rule(RuleKind.MINIMA, 0, 2),)), weights, {}, "a rule names"),
        (Rules(rules.rules * 63), weights, {}, "more than 62"),
        (rules, Weights(()), {}, "at least one part"),
        (rules, Weights((Part(PartKind.COLUMN, 0, 1, 0),)), {}, "weights of all parts"),
        (rules, Weights((Part(PartKind.COLUMN, 0, 1, 2), Part(PartKind.COLUMN, 0, 1, -1))), {}, "negative"),
        (rules, Weights((Part(PartKind.COLUMN, 1, 2, 1),)), {}, "a part names"),
        (rules, replace(weights, neutral=1001), {}, "neutral"),
        (rules, weights, {"per_person": 0}, "per_person"),
    ]
    for asked, weighed, keep, word in refused:
        with pytest.raises(ProblemError, match=word):
            pairs.judge(people, slots, asked, weighed, **keep)
    u, v = np.zeros(4, np.int64), np.zeros(2, np.int64)
    for prices in ((u[:3], v), (u, v.astype(np.float64)), (u, v + 2**62)):
        with pytest.raises(ProblemError, match="prices"):
            pairs.exceeding(people, slots, rules, weights, *prices)
    for pair in ((4, 0), (0, 2), (-1, 0)):
        with pytest.raises(ProblemError, match="does not exist"):
            pairs.reasons(people, slots, rules, *pair)
    with pytest.raises(ProblemError, match="measures has shape"):
        pairs.scores(replace(people, measures=people.measures[:, :2]), slots, weights, 0, 0)
    with pytest.raises(ProblemError, match="levels must lie"):
        pack_levels([[8]])
