"""Workload per unit and year: entry, verification, penetapan."""
