"""Who may be proposed for what: every hard rule as a bit, evaluated in blocks by a compiled kernel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kelayakan:
    """Eligible pairs with scores, and what is needed to answer "why not" for any pair."""
