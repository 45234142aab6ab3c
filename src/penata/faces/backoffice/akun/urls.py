"""Addresses of accounts and delegations."""

from django.urls import path

from penata.faces.backoffice.akun import delegasi, token, views
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("akun-pengguna/", views.accounts, name="akun"),
    path("akun-pengguna/baru/", views.new, name="akun_baru"),
    path("akun-pengguna/semua-pegawai/", views.give_all, name="akun_semua"),
    path("akun-pengguna/<int:pk>/", views.account, name="akun_satu"),
    path("akun-pengguna/<int:pk>/aktif/", views.active, name="akun_aktif"),
    path("akun-pengguna/<int:pk>/sandi/", views.password, name="akun_sandi"),
    path("akun-pengguna/<int:pk>/faktor-kedua/", views.second_factor, name="akun_faktor"),
    path("akun-pengguna/<int:pk>/peran/", views.role, name="akun_peran"),
    path("akun-pengguna/peran/<int:pk>/akhiri/", views.end_role, name="akun_peran_akhiri"),
    path("akun-saya/token/", token.tokens, name="token"),
    path("akun-saya/token/<int:pk>/cabut/", token.revoke, name="token_cabut"),
    path("delegasi/", delegasi.delegations, name="delegasi"),
    path("delegasi/<int:pk>/akhiri/", delegasi.end, name="delegasi_akhiri"),
]
MENU = (
    Entry(N_("Sistem"), N_("Akun"), "akun", Permission.AKUN_KELOLA, "user-shield"),
    Entry(N_("Sistem"), N_("Delegasi"), "delegasi", Permission.DELEGASI_BERI, "user-share"),
)
