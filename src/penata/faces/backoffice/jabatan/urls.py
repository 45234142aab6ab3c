"""Addresses of the catalogue of jabatan, informasi jabatan, evaluasi jabatan and standar kompetensi."""

from django.urls import path

from penata.faces.backoffice.jabatan import evaluasi, informasi, informasi_alur, katalog, standar
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns = [
    path("jabatan/", katalog.catalogue, name="jabatan"),
    path("jabatan/baru/", katalog.create, name="jabatan_baru"),
    path("jabatan/<int:pk>/", katalog.detail, name="jabatan_satu"),
    path("jabatan/<int:pk>/ubah/", katalog.change, name="jabatan_ubah"),
    path("jabatan/<int:pk>/kelas/", katalog.kelas_origin, name="jabatan_kelas"),
    path("jabatan/<int:pk>/standar-kompetensi/", standar.edit, name="standar_ubah"),
    path("jabatan/<int:pk>/standar-kompetensi/pdf/", standar.pdf, name="standar_pdf"),
    path("standar-kompetensi/", standar.listed, name="standar_kompetensi"),
    path("informasi-jabatan/", informasi.listed, name="informasi_jabatan"),
    path("informasi-jabatan/belum/", informasi.lacking, name="informasi_belum"),
    path("informasi-jabatan/baru/posisi/<int:masa_id>/", informasi.create_for_posisi, name="informasi_baru_posisi"),
    path("informasi-jabatan/baru/<int:jabatan_id>/", informasi.create, name="informasi_baru"),
    path("informasi-jabatan/<int:pk>/", informasi.detail, name="informasi_satu"),
    path("informasi-jabatan/<int:pk>/butir/<slug:kode>/", informasi.item, name="informasi_butir"),
    path("informasi-jabatan/<int:pk>/salin/", informasi.copy, name="informasi_salin"),
    path("informasi-jabatan/<int:pk>/pdf/", informasi.pdf, name="informasi_pdf"),
    path("informasi-jabatan/<int:pk>/ajukan/", informasi_alur.submit, name="informasi_ajukan"),
    path("informasi-jabatan/<int:pk>/verifikasi/", informasi_alur.verify, name="informasi_verifikasi"),
    path("informasi-jabatan/<int:pk>/kembalikan/", informasi_alur.send_back, name="informasi_kembalikan"),
    path("informasi-jabatan/<int:pk>/tetapkan/", informasi_alur.establish, name="informasi_tetapkan"),
    path("informasi-jabatan/<int:pk>/perbarui/", informasi_alur.revise, name="informasi_perbarui"),
    path("informasi-jabatan/<int:pk>/hapus/", informasi_alur.delete, name="informasi_hapus"),
    path("evaluasi-jabatan/", evaluasi.listed, name="evaluasi_jabatan"),
    path("evaluasi-jabatan/baru/<int:jabatan_id>/", evaluasi.create, name="evaluasi_baru"),
    path("evaluasi-jabatan/<int:pk>/", evaluasi.worksheet, name="evaluasi_satu"),
    path("evaluasi-jabatan/<int:pk>/asal/", evaluasi.origin, name="evaluasi_asal"),
    path("evaluasi-jabatan/<int:pk>/pdf/", evaluasi.pdf, name="evaluasi_pdf"),
    path("evaluasi-jabatan/<int:pk>/ajukan/", evaluasi.submit, name="evaluasi_ajukan"),
    path("evaluasi-jabatan/<int:pk>/kembalikan/", evaluasi.send_back, name="evaluasi_kembalikan"),
    path("evaluasi-jabatan/<int:pk>/tetapkan/", evaluasi.establish, name="evaluasi_tetapkan"),
    path("evaluasi-jabatan/<int:pk>/hapus/", evaluasi.delete, name="evaluasi_hapus"),
]
MENU: tuple[Entry, ...] = (
    Entry(N_("Analisis"), N_("Jabatan"), "jabatan", Permission.JABATAN_LIHAT, "briefcase", 20),
    Entry(
        N_("Analisis"), N_("Informasi jabatan"), "informasi_jabatan", Permission.JABATAN_LIHAT, "file-description", 22
    ),
    Entry(N_("Analisis"), N_("Evaluasi jabatan"), "evaluasi_jabatan", Permission.JABATAN_LIHAT, "scale", 24),
)
