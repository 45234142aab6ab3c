"""One integer per pair: score, cost of moving and the tiers that keep the order of objectives strict."""

import numpy as np
from numpy.typing import NDArray

from penata.placement.problem import MAX_SCORE, UNPLACED, Problem
from penata.placement.result import Tiers


def candidate_of_edges(problem: Problem) -> NDArray[np.int32]:
    """Return int32 (e): the candidate of every edge."""
    return np.repeat(np.arange(problem.candidates, dtype=np.int32), np.diff(problem.indptr))


def moved_edges(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (e): the edges that would take a holder to another slot."""
    current = problem.current[candidate_of_edges(problem)]
    moved: NDArray[np.bool_] = (current != UNPLACED) & (problem.slot != current)
    return moved


def net_scores(problem: Problem) -> NDArray[np.int64]:
    """Return int64 (e), points: score minus the cost of moving."""
    return problem.score.astype(np.int64) - problem.move_cost * moved_edges(problem)


def longest_exchange(problem: Problem) -> int:
    """Return the most candidates that one simple exchange can touch.

    Two arrangements differ by simple cycles through slots, candidates and the state "unplaced" (flow decomposition).
    Such a cycle visits each of the m slots and "unplaced" at most once, with at most one candidate between two of them.
    """
    return min(problem.candidates, problem.slots + 1)


def tiers_of(problem: Problem) -> Tiers:
    """Return weights for which the best total is also lexicographically best.

    If an arrangement were better in the first objective (more critical seats, or as many and more people placed who
    must be), one simple exchange towards it would be, and by exactly one, since such an exchange ends in at most one
    seat and one candidate. On the way each candidate it touches loses at most the highest score and the cost of a move,
    together R points. So ``place = R + 1`` outweighs any loss of points, and ``critical = place + R + 1`` any such loss
    together with one candidate who loses a place. Which pairs are edges does not matter, so a problem that is solved on
    its best pairs first keeps its tiers when others are added.
    """
    lost = longest_exchange(problem) * (MAX_SCORE + problem.move_cost)
    return Tiers(critical=2 * (lost + 1), place=lost + 1)


def tiered_weights(problem: Problem, tiers: Tiers) -> NDArray[np.int64]:
    """Return int64 (e): the weight of every edge under *tiers*, in points."""
    weight = net_scores(problem)
    weight += tiers.critical * problem.critical[problem.slot]
    weight += tiers.place * problem.must_place[candidate_of_edges(problem)]
    return weight
