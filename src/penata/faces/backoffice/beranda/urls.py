"""Addresses of the home page, search, background work, messages and one's own account."""

from django.urls import path

from penata.faces.backoffice.beranda import account, views, work
from penata.faces.components.navigation import Entry

urlpatterns = [
    path("", views.home, name="beranda"),
    path("tren/", views.trend, name="tren"),
    path("cari/", views.search, name="cari"),
    path("pekerjaan/", work.work_list, name="pekerjaan"),
    path("pekerjaan/<uuid:key>/", work.one, name="pekerjaan_satu"),
    path("pekerjaan/<uuid:key>/batalkan/", work.stop, name="pekerjaan_batalkan"),
    path("pemberitahuan/", work.notice_list, name="pemberitahuan"),
    path("pemberitahuan/dibaca/", work.read_all, name="pemberitahuan_dibaca"),
    path("akun-saya/", account.show, name="akun_saya"),
]
MENU: tuple[Entry, ...] = ()  # the home page stands above the groups
