"""Addresses of pertukaran."""

from django.urls import URLPattern

from penata.faces.components.navigation import Entry

urlpatterns: list[URLPattern] = []
MENU: tuple[Entry, ...] = ()
