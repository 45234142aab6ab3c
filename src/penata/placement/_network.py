"""Exact arrangement as a minimum-cost flow, by OR-Tools."""

from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from penata.placement.params import Params
from penata.placement.problem import UNPLACED, Problem, ProblemError
from penata.placement.weights import candidate_of_edges

LARGEST = np.iinfo(np.int64).max


class NetworkSolver:
    """Cost-scaling push-relabel of OR-Tools: candidates -> slots -> sink, with an arc past the slots for the unplaced.

    Goldberg, "An efficient implementation of a scaling minimum-cost flow algorithm", J. Algorithms 22 (1997).
    """

    name = f"ortools SimpleMinCostFlow {version('ortools')}"

    def fits(self, problem: Problem, largest: int) -> bool:
        """Tell whether weights up to *largest* fit: the library multiplies them by the number of nodes plus one."""
        nodes = problem.candidates + problem.slots + 1
        return 2 * largest * (nodes + 1) < LARGEST

    def arrange(
        self, problem: Problem, weight: NDArray[np.int64], minimum_weight: int, params: Params
    ) -> NDArray[np.int32]:
        """Return int32 (n): the slot of each candidate, or -1, with the largest total weight.

        Each of the first ``minimum`` seats of a slot that is filled adds *minimum_weight*. Raises ProblemError when the
        library refuses the instance.
        """
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        n, m, e = problem.candidates, problem.slots, problem.edges
        assignment = np.full(n, UNPLACED, dtype=np.int32)
        if not e:
            return assignment
        people = np.arange(n, dtype=np.int32)
        slots = np.arange(n, n + m, dtype=np.int32)
        sink = n + m
        owner = candidate_of_edges(problem)
        network = SimpleMinCostFlow()

        def add(
            tail: NDArray[np.int32], head: NDArray[np.int32], seats: NDArray[np.int64], cost: NDArray[np.int64]
        ) -> None:
            network.add_arcs_with_capacity_and_unit_cost(tail, head, seats, cost)

        add(owner, problem.slot + np.int32(n), np.ones(e, np.int64), -weight)
        add(people, np.full(n, sink, np.int32), np.ones(n, np.int64), np.zeros(n, np.int64))
        to_sink = np.full(m, sink, np.int32)
        add(slots, to_sink, (problem.capacity - problem.minimum).astype(np.int64), np.zeros(m, np.int64))
        wanted = np.flatnonzero(problem.minimum)
        seats = problem.minimum[wanted].astype(np.int64)
        add(slots[wanted], to_sink[wanted], seats, np.full(len(wanted), -minimum_weight, np.int64))
        supply = np.zeros(sink + 1, np.int64)
        supply[:n] = 1
        supply[sink] = -n
        network.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
        status = network.solve()
        if status != network.OPTIMAL:
            raise ProblemError(f"the network solver stopped with {status.name}")
        used = network.flows(np.arange(e, dtype=np.int32)) > 0
        assignment[owner[used]] = problem.slot[used]
        return assignment
