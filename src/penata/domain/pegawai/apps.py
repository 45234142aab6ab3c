"""Registers this app with Django."""

from django.apps import AppConfig


class PegawaiConfig(AppConfig):
    """Registry of people with dated histories, and who holds which posisi."""

    name = "penata.domain.pegawai"
    label = "pegawai"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.pegawai import sheet  # noqa: F401
