"""Addresses of pertukaran."""

from django.urls import path

from penata.faces.backoffice.pertukaran import tables, views
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("impor/", views.history, name="impor_daftar"),
    path("impor/baru/", views.new, name="impor_baru"),
    path("impor/<int:key>/", views.one, name="impor"),
    path("impor/<int:key>/pemetaan/", views.mapping, name="impor_pemetaan"),
    path("impor/<int:key>/baca-ulang/", views.read_again, name="impor_baca_ulang"),
    path("impor/<int:key>/terapkan/", views.apply, name="impor_terapkan"),
    path("impor/<int:key>/buang/", views.discard, name="impor_buang"),
    path("impor/<int:key>/urungkan/", views.undo, name="impor_urungkan"),
    path("impor/<int:key>/perbaikan.xlsx", views.marked, name="impor_perbaikan"),
    path("impor/<int:key>/temuan.csv", views.findings, name="impor_temuan"),
    path("ekspor-tabel/", tables.overview, name="ekspor_tabel_daftar"),
    path("ekspor-tabel/templat.xlsx", tables.template, name="ekspor_templat"),
    path("ekspor-tabel/<slug:table>.xlsx", tables.workbook, name="ekspor_tabel"),
]
MENU: tuple[Entry, ...] = (Entry(N_("Sistem"), N_("Impor data"), "impor_daftar", Permission.DATA_IMPOR, "upload"),)
