"""Addresses of organisasi: units, legal acts, drafts of a reorganisation."""

from django.urls import path

from penata.faces.backoffice.organisasi import penetapan_views, rancangan_views, views
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("organisasi/", views.tree, name="organisasi"),
    path("organisasi/daftar/", views.unit_list, name="unit_daftar"),
    path("organisasi/saran/", views.unit_suggest, name="unit_saran"),
    path("organisasi/unit-baru/", views.unit_new, name="unit_baru"),
    path("organisasi/cabang/<path:kode>/", views.tree_branch, name="unit_cabang"),
    path("organisasi/unit/<path:kode>/ubah/", views.unit_change, name="unit_ubah"),
    path("organisasi/unit/<path:kode>/pindah/", views.unit_move, name="unit_pindah"),
    path("organisasi/unit/<path:kode>/akhiri/", views.unit_end, name="unit_akhiri"),
    path("organisasi/unit/<path:kode>/", views.unit, name="unit"),
    path("penetapan/", penetapan_views.act_list, name="penetapan_daftar"),
    path("penetapan/baru/", penetapan_views.act_new, name="penetapan_baru"),
    path("penetapan/<int:key>/", penetapan_views.act_one, name="penetapan"),
    path("penetapan/<int:key>/naskah/", penetapan_views.act_file, name="penetapan_naskah"),
    path("rancangan/", rancangan_views.draft_list, name="rancangan_daftar"),
    path("rancangan/baru/", rancangan_views.draft_new, name="rancangan_baru"),
    path("rancangan/<int:key>/", rancangan_views.draft_one, name="rancangan"),
    path("rancangan/<int:key>/ubah/", rancangan_views.draft_change, name="rancangan_ubah"),
    path("rancangan/<int:key>/tambah/<slug:kind>/", rancangan_views.draft_add, name="rancangan_tambah"),
    path("rancangan/<int:key>/suntingan/", rancangan_views.draft_edit, name="rancangan_suntingan"),
    path("rancangan/<int:key>/saran/<slug:table>/", rancangan_views.draft_suggest, name="rancangan_saran"),
    path("rancangan/<int:key>/bandingkan/", rancangan_views.draft_compare, name="rancangan_bandingkan"),
    path("rancangan/<int:key>/asal/<slug:figure>/", rancangan_views.draft_origin, name="rancangan_asal"),
    path("rancangan/<int:key>/ajukan/", rancangan_views.draft_submit, name="rancangan_ajukan"),
    path("rancangan/<int:key>/kembalikan/", rancangan_views.draft_return, name="rancangan_kembalikan"),
    path("rancangan/<int:key>/batalkan/", rancangan_views.draft_cancel, name="rancangan_batalkan"),
    path("rancangan/<int:key>/berlakukan/", rancangan_views.draft_enforce, name="rancangan_berlakukan"),
]
MENU: tuple[Entry, ...] = (
    Entry("Analisis", N_("Organisasi"), "organisasi", Permission.ORGANISASI_LIHAT, "sitemap", 10),
    Entry("Penataan", N_("Rancangan penataan"), "rancangan_daftar", Permission.RANCANGAN_LIHAT, "git-branch", 10),
    Entry("Penataan", N_("Penetapan"), "penetapan_daftar", Permission.ORGANISASI_LIHAT, "certificate", 90),
)
