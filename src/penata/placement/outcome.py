"""How a search ended that may be stopped before its proof."""

from enum import StrEnum


class Outcome(StrEnum):
    """What is known when a search returns."""

    OPTIMAL = "optimal"  # proved: bound equals value
    FEASIBLE = "feasible"  # lawful, distance to the bound reported
    INFEASIBLE = "infeasible"  # proved that nothing lawful exists; the result says what stands in the way
    UNKNOWN = "unknown"  # stopped before anything lawful was found, and before the contrary was proved
