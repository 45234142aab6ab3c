"""Registers this app with Django."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Long work in the background, with progress and cancel."""

    name = "penata.foundation.tasks"
    label = "tasks"

    def ready(self) -> None:
        """Register how long finished work and messages are kept."""
        from penata.foundation.tasks import retention  # noqa: F401
