"""Predikat kinerja and discipline, as far as other rooms need them."""
