"""The layout of the map: nothing overlaps, nothing is lost, everybody stands below the superior."""

from itertools import pairwise
from random import Random

import pytest

from penata.domain.peta_jabatan.denah import HEIGHT, WIDTH, lay_out


def forest(seed, n, bushy):
    """Return parents in preorder, made by chance."""
    chance = Random(seed)
    stack, parent = [], []
    for node in range(n):
        while stack and chance.random() < bushy:
            stack.pop()
        parent.append(stack[-1] if stack else -1)
        stack.append(node)
    return parent


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("bushy", [0.2, 0.5, 0.8, 0.65])
def test_no_boxes_overlap_and_order_is_kept(seed, bushy):
    parent = forest(seed, 400, bushy)
    chance = Random(seed)
    heads = [chance.random() < 0.3 for _node in parent]
    plan = lay_out(parent, heads)
    boxes = sorted(zip(plan.x, plan.y, strict=True), key=lambda box: (box[1], box[0]))
    assert len(boxes) == 400
    assert min(plan.x) >= 0
    assert min(plan.y) == 0
    assert max(plan.x) + WIDTH <= plan.width
    assert max(plan.y) + HEIGHT == plan.height
    for index, (x, y) in enumerate(boxes):
        for other_x, other_y in boxes[index + 1 :]:
            assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= HEIGHT, "two boxes overlap"
    for node, above in enumerate(parent):
        if above >= 0:
            assert plan.y[node] >= plan.y[above] + HEIGHT
    inner = {above for above in parent if above >= 0}
    for above in inner:
        beside = [(plan.y[node], plan.x[node]) for node, up in enumerate(parent) if up == above and node in inner]
        assert all(left < right for left, right in pairwise(beside))  # shelf by shelf, from left to right
    assert all(0 <= x <= plan.width for x in plan.trunk.values())


def test_superior_stands_in_the_middle_of_open_branches():
    parent = [-1, 0, 1, 0, 3, 0, 5]
    plan = lay_out(parent, [False] * 7)
    assert plan.x[0] == (plan.x[1] + plan.x[5]) / 2
    assert plan.on_rail == [False, False, True, False, True, False, True]


def test_few_closed_heads_stand_side_by_side_and_many_are_stacked():
    few = lay_out([-1, 0, 0, 0], [True] * 4)
    assert len(set(few.y[1:])) == 1
    many = lay_out([-1] + [0] * 40, [True] * 41)
    assert many.width < 40 * WIDTH / 4
    assert len(set(many.x[1:])) == 5


def test_many_open_branches_stand_on_shelves_and_their_trunk_crosses_no_box():
    parent = [-1]
    for _branch in range(40):
        head = len(parent)
        parent += [0, head, head, head]
    plan = lay_out(parent, [False] * len(parent))
    assert plan.width < 3 * plan.height
    assert plan.trunk
    tops = [plan.y[node] for node in range(1, len(parent), 4)]
    assert tops == sorted(tops)
    for node, x in plan.trunk.items():
        for other in range(len(parent)):
            beside = x < plan.x[other] or x > plan.x[other] + WIDTH
            assert beside or not plan.y[0] + HEIGHT < plan.y[other] < plan.y[node]


def test_nothing_gives_nothing():
    plan = lay_out([], [])
    assert (plan.x, plan.width, plan.height) == ([], 0, 0)


def test_deep_lines_do_not_break():
    plan = lay_out([-1, *range(2_999)], [False] * 3_000)
    assert plan.height > 3_000 * HEIGHT
