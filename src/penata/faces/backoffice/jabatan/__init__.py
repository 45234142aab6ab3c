"""Screens of jabatan."""
