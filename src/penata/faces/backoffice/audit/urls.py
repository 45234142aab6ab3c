"""Addresses of audit."""

from django.urls import path

from penata.faces.backoffice.audit import views
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("jejak/", views.acts, name="jejak"),
    path("jejak/<int:nomor>/", views.act, name="jejak_satu"),
    path("jejak/verifikasi/", views.verification, name="jejak_verifikasi"),
    path("jejak/verifikasi/mulai/", views.verify, name="jejak_verifikasi_mulai"),
    path("riwayat/<slug:jenis>/<path:objek_id>/", views.of_object, name="riwayat_objek"),
]
MENU = (Entry(N_("Evaluasi"), N_("Jejak audit"), "jejak", Permission.AUDIT_LIHAT, "history"),)
