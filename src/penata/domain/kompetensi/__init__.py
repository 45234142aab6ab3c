"""Assessment results."""
