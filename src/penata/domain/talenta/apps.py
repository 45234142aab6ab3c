"""Registers this app with Django."""

from django.apps import AppConfig


class TalentaConfig(AppConfig):
    """Interests of people."""

    name = "penata.domain.talenta"
    label = "talenta"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.talenta import sheet  # noqa: F401
