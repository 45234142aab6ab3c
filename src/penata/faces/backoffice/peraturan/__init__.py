"""Screens of peraturan."""
