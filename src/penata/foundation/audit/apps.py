"""Registers this app with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only, hash-chained log of what was done."""

    name = "penata.foundation.audit"
    label = "audit"
