"""Accounts, roles, scope: who may do what where."""
