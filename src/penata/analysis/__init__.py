"""Engines over a snapshot: need, map, projection, integrity, eligibility, fit, placement, training.

They never ask where the snapshot came from.
"""
