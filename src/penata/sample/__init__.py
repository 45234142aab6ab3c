"""Generator of a synthetic agency of any size, calibrated on public statistics."""
