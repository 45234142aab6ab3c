"""Screens of pertukaran."""
