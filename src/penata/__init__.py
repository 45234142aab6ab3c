"""Penata: the open workbench for arranging Indonesian civil-service positions."""

__version__ = "0.1.0"
