"""Screens of akun."""
