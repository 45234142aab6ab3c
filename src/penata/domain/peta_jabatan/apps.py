"""Registers this app with Django."""

from django.apps import AppConfig


class PetaJabatanConfig(AppConfig):
    """The map of posisi: figures kept up to date per posisi and unit."""

    name = "penata.domain.peta_jabatan"
    label = "peta_jabatan"
