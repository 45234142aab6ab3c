"""Interests of people."""
