"""Law: dated, cited parameters and the pure functions that read them.

No framework, no clock, no database, no table library: scalars and NumPy arrays in, the same out.
"""
