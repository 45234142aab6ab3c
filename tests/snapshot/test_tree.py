"""Trees as arrays against a slow and obvious walk; deep chains; cycles."""

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penata.snapshot.tree import build_tree

names = [f"n{i:02d}" for i in range(20)]
forests = st.integers(0, 20).flatmap(
    lambda n: st.lists(st.none() | st.sampled_from([*names[: max(n, 1)], "asing"]), min_size=n, max_size=n)
)


def above(parent, node):
    path = [node]
    while parent[path[-1]] >= 0:
        path.append(parent[path[-1]])
    return path


@settings(deadline=None, max_examples=100)
@given(forests, st.randoms())
def test_every_array_agrees_with_a_plain_walk(parents, random):
    codes = names[: len(parents)]
    tree = build_tree(codes, parents)
    paths = [above(tree.parent, node) for node in range(len(codes))]  # ends, so there is no cycle left
    assert tree.depth.tolist() == [len(path) - 1 for path in paths]
    values = np.array([random.randint(0, 9) / 4 for _ in codes])
    for node in range(len(codes)):
        below = [other for other, path in enumerate(paths) if node in path]
        assert tree.size[node] == len(below)
        assert tree.subtree_sum(values)[node] == sum(values[below])
        assert tree.children[node] == np.count_nonzero(tree.parent == node)
        place = tree.place[node]
        assert sorted(tree.order[place : place + tree.size[node]]) == below
    for level in (0, 1, 2):
        expected = [path[-1 - level] if len(path) > level else path[0] for path in paths]
        assert tree.ancestor_at(level).tolist() == expected


@settings(deadline=None, max_examples=100)
@given(forests)
def test_siblings_stand_in_order_of_their_codes(parents):
    tree = build_tree(names[: len(parents)], parents)
    for parent in range(-1, len(parents)):
        siblings = [node for node in tree.order.tolist() if tree.parent[node] == parent]
        assert siblings == sorted(siblings)


@settings(deadline=None, max_examples=100)
@given(forests, st.randoms())
def test_order_of_rows_does_not_matter(parents, random):
    codes = names[: len(parents)]
    rows = list(zip(codes, parents, strict=True))
    random.shuffle(rows)
    one = build_tree(codes, parents)
    two = build_tree([code for code, _ in rows], [parent for _, parent in rows])

    def by_code(tree, code_of):
        def name(i):
            return code_of[i] if i >= 0 else None

        return {
            code_of[i]: (
                name(tree.parent[i]),
                tree.depth[i],
                tree.place[i],
                name(tree.cycle[i]),
                tree.cut[i],
                tree.missing[i],
            )
            for i in range(len(code_of))
        }

    assert by_code(one, codes) == by_code(two, [code for code, _ in rows])


def test_cycles_are_named_and_cut_at_the_smallest_code():
    tree = build_tree(["d", "a", "b", "c", "e", "f"], ["b", "b", "c", "a", "e", "tidak ada"])
    assert tree.cycle.tolist() == [-1, 1, 1, 1, 4, -1]
    assert tree.cut.tolist() == [False, True, False, False, True, False]
    assert tree.missing.tolist() == [False] * 5 + [True]
    assert tree.roots.tolist() == [1, 4, 5]
    assert tree.depth.tolist() == [3, 0, 2, 1, 0, 0]


def test_two_cycles_are_two():
    tree = build_tree(list("abcd"), list("badc"))
    assert tree.cycle.tolist() == [0, 0, 2, 2]


def test_deep_chain_and_one_big_cycle():
    n = 15_000
    codes = [f"{i:05d}" for i in range(n)]
    begun = perf_counter()
    chain = build_tree(codes, [None, *codes[:-1]])
    sums = chain.subtree_sum(np.ones(n))
    ring = build_tree(codes, [codes[-1], *codes[:-1]])
    assert perf_counter() - begun < 5
    assert chain.depth[-1] == n - 1
    assert sums.tolist() == list(range(n, 0, -1))
    assert ring.cut.sum() == 1
    assert (ring.cycle == 0).all()
    assert ring.depth[-1] == n - 1


def test_no_nodes():
    tree = build_tree([], [])
    assert tree.subtree_sum(np.zeros(0)).tolist() == []
    assert tree.ancestor_at(1).tolist() == []
    assert tree.roots.tolist() == []


def test_codes_must_be_unique():
    with pytest.raises(ValueError, match="unique"):
        build_tree(["a", "a"], [None, None])
