"""Addresses of parameters of law, regulations and the agency's policy."""

from django.urls import path

from penata.faces.backoffice.peraturan import kebijakan, views
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("peraturan/", views.parameters, name="peraturan"),
    path("peraturan/daftar/", views.regulation_list, name="peraturan_daftar"),
    path("peraturan/kebijakan/", kebijakan.show, name="kebijakan"),
    path("peraturan/kebijakan/baru/", kebijakan.new, name="kebijakan_baru"),
    path("peraturan/kebijakan/<int:pk>/batalkan/", kebijakan.cancel, name="kebijakan_batal"),
    path("peraturan/parameter/<str:name>/", views.parameter, name="parameter"),
    path("peraturan/parameter/<str:name>/cocokkan/", views.confirm, name="parameter_cocokkan"),
    path("peraturan/parameter/<str:name>/nilai/", views.override, name="parameter_nilai"),
    path("peraturan/parameter/<str:name>/varian/", views.choose, name="parameter_varian"),
    path("peraturan/parameter/<str:name>/cabut/<int:pk>/", views.withdraw, name="parameter_cabut"),
]
MENU = (Entry(N_("Sistem"), N_("Peraturan dan parameter"), "peraturan", Permission.PARAMETER_LIHAT, "gavel"),)
