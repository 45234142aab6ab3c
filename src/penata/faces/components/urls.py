"""Addresses that every list shares, and the pages of health and readiness."""

from django.urls import path

from penata.faces.components import exports, health

urlpatterns = [
    path("ekspor/<slug:name>.<str:form>", exports.export, name="ekspor"),
    path("sehat/", health.alive, name="sehat"),
    path("siap/", health.ready, name="siap"),
]
