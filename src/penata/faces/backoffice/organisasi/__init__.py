"""Screens of organisasi."""
