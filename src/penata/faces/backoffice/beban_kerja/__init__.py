"""Screens of beban kerja."""
