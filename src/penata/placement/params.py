"""Options of a solve; they are stored in the packet with the result."""

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How people are matched to posts."""

    OPTIMAL = "optimal"


@dataclass(frozen=True, slots=True)
class Params:
    """``time_limit`` in seconds (None: until proved). ``seed`` only breaks ties where a method needs chance.

    ``Method.OPTIMAL`` needs neither: it always runs to the proof, which takes seconds, and it uses no chance.
    """

    time_limit: float | None = None
    seed: int = 0
