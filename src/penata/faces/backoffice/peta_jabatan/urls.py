"""Addresses of peta jabatan: the map, its list and table, exports, and the page of every posisi."""

from django.urls import path

from penata.faces.backoffice.peta_jabatan import asal, ekspor, peta, posisi
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("peta-jabatan/", peta.show, name="peta_jabatan"),
    path("peta-jabatan/daftar/", peta.listed, name="daftar_posisi"),
    path("peta-jabatan/tabel/", peta.table, name="tabel_peta"),
    path("peta-jabatan/denah/", peta.plan, name="peta_denah"),
    path("peta-jabatan/isi/", peta.texts, name="peta_isi"),
    path("peta-jabatan/temuan/", peta.findings, name="peta_temuan"),
    path("peta-jabatan/cari/", peta.search, name="peta_cari"),
    path("peta-jabatan/asal/<slug:angka>/", asal.of_map, name="peta_asal"),
    path("peta-jabatan/ekspor/", ekspor.order, name="peta_ekspor"),
    path("peta-jabatan/ekspor/<uuid:key>/", ekspor.fetch, name="peta_berkas"),
    path("posisi-baru/", posisi.create, name="posisi_baru"),
    # A code may hold a slash, so what follows it comes first.
    path("posisi/<path:kode>/asal/<slug:angka>/", asal.of_posisi, name="posisi_asal"),
    path("posisi/<path:kode>/ringkas/", posisi.brief, name="posisi_ringkas"),
    path("posisi/<path:kode>/temuan/", posisi.findings, name="posisi_temuan"),
    path("posisi/<path:kode>/ubah/", posisi.change, name="posisi_ubah"),
    path("posisi/<path:kode>/akhiri/", posisi.end, name="posisi_akhiri"),
    path("posisi/<path:kode>/angkat/", posisi.appoint, name="posisi_angkat"),
    path("posisi/<path:kode>/lepas/<int:pemangku>/", posisi.release, name="posisi_lepas"),
    path("posisi/<path:kode>/", posisi.show, name="posisi"),
]
MENU = (Entry(N_("Analisis"), N_("Peta jabatan"), "peta_jabatan", Permission.PETA_LIHAT, "hierarchy-2", order=40),)
