"""Screens of peta jabatan."""
