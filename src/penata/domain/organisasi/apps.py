"""Registers this app with Django."""

from django.apps import AppConfig


class OrganisasiConfig(AppConfig):
    """Unit tree with periods, the legal acts behind it, drafts of a reorganisation."""

    name = "penata.domain.organisasi"
    label = "organisasi"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.organisasi import sheet, tree  # noqa: F401
