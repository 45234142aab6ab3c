"""Registers this app with Django."""

from django.apps import AppConfig


class PertukaranConfig(AppConfig):
    """Import and export of tables: preview, one transaction, undo."""

    name = "penata.domain.pertukaran"
    label = "pertukaran"

    def ready(self) -> None:
        """Register how long the files of imports are kept."""
        from penata.domain.pertukaran import retention  # noqa: F401
