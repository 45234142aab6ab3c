"""Registers this app with Django."""

from django.apps import AppConfig


class JabatanConfig(AppConfig):
    """Catalogue of jabatan, informasi jabatan, evaluasi, standar kompetensi; posisi with periods."""

    name = "penata.domain.jabatan"
    label = "jabatan"

    def ready(self) -> None:
        """Register the tables of this app with the exchange."""
        from penata.domain.jabatan import sheet  # noqa: F401
