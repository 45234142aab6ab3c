"""Registers this app with Django."""

from django.apps import AppConfig


class PelatihanConfig(AppConfig):
    """Catalogue of trainings and what was attended."""

    name = "penata.domain.pelatihan"
    label = "pelatihan"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.pelatihan import sheet  # noqa: F401
