"""Registers this app with Django."""

from django.apps import AppConfig


class PetaJabatanConfig(AppConfig):
    """The map of posisi: figures kept up to date per posisi and unit."""

    name = "penata.domain.peta_jabatan"
    label = "peta_jabatan"

    def ready(self) -> None:
        """Follow every act with the figures it moves; register the list of posisi and how long exports are kept."""
        from penata.domain.peta_jabatan import daftar, retention, ringkasan  # noqa: F401
        from penata.foundation.audit.record import follow

        follow(ringkasan.after_act)
