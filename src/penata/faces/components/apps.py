"""Registers this app with Django."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Frame, components and middleware that every face shares."""

    name = "penata.faces.components"
    label = "components"
