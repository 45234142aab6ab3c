"""Screens of panduan."""
