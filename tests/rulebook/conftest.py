"""Hypothesis without a clock: a loaded machine is no failure of a rule."""

from hypothesis import settings

settings.register_profile("rulebook", deadline=None)
settings.load_profile("rulebook")
