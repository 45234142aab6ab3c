"""Addresses of the guides; the frame leads to them from every page, so they need no entry in the navigation."""

from django.urls import path

from penata.faces.backoffice.panduan import views
from penata.faces.components.navigation import Entry

urlpatterns = [
    path("panduan/", views.index, name="panduan"),
    path("panduan/<slug:name>/", views.one, name="panduan_satu"),
]
MENU: tuple[Entry, ...] = ()
