"""Addresses of the home page, search, background work, notifications and one's own account."""

from django.urls import path

from penata.faces.backoffice.beranda import views
from penata.faces.components.navigation import Entry

urlpatterns = [
    path("", views.home, name="beranda"),
    path("cari/", views.search, name="cari"),
    path("pekerjaan/", views.work_list, name="pekerjaan"),
    path("pekerjaan/<uuid:key>/", views.work, name="pekerjaan_satu"),
    path("pemberitahuan/", views.notices, name="pemberitahuan"),
    path("akun-saya/", views.account, name="akun_saya"),
]
MENU: tuple[Entry, ...] = ()  # the home page stands above the groups
