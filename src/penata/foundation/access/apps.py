"""Registers this app with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, roles, scope: who may do what where."""

    name = "penata.foundation.access"
    label = "access"
