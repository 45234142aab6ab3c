"""Registers this app with Django."""

from django.apps import AppConfig


class BebanKerjaConfig(AppConfig):
    """Workload per unit and year: entry, verification, penetapan."""

    name = "penata.domain.beban_kerja"
    label = "beban_kerja"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.beban_kerja import sheet  # noqa: F401
