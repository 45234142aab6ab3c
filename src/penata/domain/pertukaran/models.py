"""Imports and what they did, so that they can be shown and undone."""
