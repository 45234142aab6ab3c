"""Registers this app with Django."""

from django.apps import AppConfig


class KompetensiConfig(AppConfig):
    """Assessment results."""

    name = "penata.domain.kompetensi"
    label = "kompetensi"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.kompetensi import sheet  # noqa: F401
