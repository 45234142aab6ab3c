"""Options of a solve; they are stored in the packet with the result."""

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How people are matched to posts."""

    OPTIMAL = "optimal"


@dataclass(frozen=True, slots=True)
class Params:
    """``time_limit`` in seconds (None: until proved). ``seed`` only breaks ties where a method needs chance.

    ``gap``: share of the value by which the proof may stand above it; 0 asks for the optimum itself. A search that
    ends earlier gives ``Status.FEASIBLE`` with the bound that its prices prove. ``threads`` (None: one a core) changes
    the time and never the answer. ``Method.OPTIMAL`` uses no chance.
    """

    time_limit: float | None = None
    seed: int = 0
    gap: float = 0.0
    threads: int | None = None
