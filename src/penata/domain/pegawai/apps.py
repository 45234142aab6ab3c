"""Registers this app with Django."""

from django.apps import AppConfig


class PegawaiConfig(AppConfig):
    """Registry of people with dated histories, and who holds which posisi."""

    name = "penata.domain.pegawai"
    label = "pegawai"

    def ready(self) -> None:
        """Register the tables of this app with the exchange, and how long an open reconciliation is kept."""
        from penata.domain.pegawai import retention, sheet  # noqa: F401
