"""Registers this app with Django."""

from django.apps import AppConfig


class KinerjaConfig(AppConfig):
    """Predikat kinerja and discipline, as far as other rooms need them."""

    name = "penata.domain.kinerja"
    label = "kinerja"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.kinerja import sheet  # noqa: F401
