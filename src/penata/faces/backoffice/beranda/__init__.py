"""Screens of beranda."""
