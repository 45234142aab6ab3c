"""Catalogue of trainings and what was attended."""
