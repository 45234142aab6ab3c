"""Registers this app with Django."""

from django.apps import AppConfig


class PeraturanConfig(AppConfig):
    """What the agency confirmed or decided about parameters of law, by decree."""

    name = "penata.domain.peraturan"
    label = "peraturan"
