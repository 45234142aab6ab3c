"""Accounts as they are kept: given, shut, their second factor taken back, their roles and what they lend to others."""
