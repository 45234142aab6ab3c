"""Addresses of beban kerja."""

from django.urls import path

from penata.faces.backoffice.beban_kerja import asal, banding, cetak, grid, posisi, rasio, views
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("beban-kerja/", views.worklist, name="abk"),
    path("beban-kerja/baru/", views.new, name="abk_baru"),
    path("beban-kerja/unit/", views.units, name="abk_unit"),
    path("beban-kerja/banding/", banding.page, name="abk_banding"),
    path("beban-kerja/banding/<int:jabatan_id>/grafik.svg", banding.chart, name="abk_banding_grafik"),
    path("beban-kerja/banding/<int:jabatan_id>/asal/", banding.asal, name="abk_banding_asal"),
    path("beban-kerja/rasio/", rasio.page, name="rasio"),
    path("beban-kerja/rasio/norma/", rasio.norms, name="rasio_norma"),
    path("beban-kerja/rasio/norma/baru/", rasio.new_norm, name="rasio_norma_baru"),
    path("beban-kerja/rasio/norma/<int:norma_id>/akhiri/", rasio.end_norm, name="rasio_norma_akhiri"),
    path("beban-kerja/rasio/nilai/baru/", rasio.new_figure, name="rasio_nilai_baru"),
    path("beban-kerja/rasio/norma/<int:norma_id>/unit/<int:unit_id>/asal/", rasio.asal, name="rasio_asal"),
    path("beban-kerja/<int:abk_id>/", views.one, name="abk_satu"),
    path("beban-kerja/<int:abk_id>/baris/", grid.rows, name="abk_baris"),
    path("beban-kerja/<int:abk_id>/simpan/", grid.save, name="abk_simpan"),
    path("beban-kerja/<int:abk_id>/baca/", grid.read, name="abk_baca"),
    path("beban-kerja/<int:abk_id>/periksa/", grid.check, name="abk_periksa"),
    path("beban-kerja/<int:abk_id>/posisi/", posisi.posts, name="abk_posisi"),
    path("beban-kerja/<int:abk_id>/posisi/<int:posisi_id>/", posisi.post, name="abk_posisi_satu"),
    path("beban-kerja/<int:abk_id>/pemeriksaan/", views.checks, name="abk_pemeriksaan"),
    path("beban-kerja/<int:abk_id>/alur/<slug:langkah>/", views.move, name="abk_alur"),
    path("beban-kerja/<int:abk_id>/penetapan/", views.decree, name="abk_penetapan"),
    path("beban-kerja/<int:abk_id>/asal/unit/", asal.of_unit, name="abk_asal_unit"),
    path("beban-kerja/<int:abk_id>/asal/posisi/<int:posisi_id>/", asal.of_posisi, name="abk_asal_posisi"),
    path("beban-kerja/<int:abk_id>/asal/baris/<int:baris_id>/", asal.of_row, name="abk_asal_baris"),
    path("beban-kerja/<int:abk_id>/abk.pdf", cetak.pdf, name="abk_pdf"),
    path("beban-kerja/<int:abk_id>/abk.xlsx", cetak.workbook, name="abk_xlsx"),
]
MENU: tuple[Entry, ...] = (
    Entry(N_("Analisis"), N_("Beban kerja"), "abk", Permission.ABK_LIHAT, "clock-hour-4", 30),
    Entry(N_("Analisis"), N_("Rasio kebutuhan"), "rasio", Permission.ABK_LIHAT, "divide", 32),
)
