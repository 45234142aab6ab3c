"""Addresses of pegawai: register and profile, quality of the data, reconciliation with SIASN, pensions."""

from django.urls import URLPattern, path

from penata.faces.backoffice.pegawai import mutu, pensiun, rekonsiliasi, suntingan, views
from penata.faces.components.navigation import Entry
from penata.foundation.access.permissions import Permission
from penata.language import N_

urlpatterns: list[URLPattern] = [
    path("pegawai/", views.register, name="pegawai"),
    path("pegawai/<slug:nip>/", views.profile, name="pegawai_profil"),
    path("pegawai/<slug:nip>/asal-pensiun/", views.pension_source, name="pegawai_asal_pensiun"),
    path("pegawai/<slug:nip>/asal-mutu/", views.quality_source, name="pegawai_asal_mutu"),
    path("pegawai/<slug:nip>/data-diri/", suntingan.data_diri, name="pegawai_data_diri"),
    path("pegawai/<slug:nip>/golongan/", suntingan.golongan, name="pegawai_golongan"),
    path("pegawai/<slug:nip>/pendidikan/", suntingan.pendidikan, name="pegawai_pendidikan"),
    path("pegawai/<slug:nip>/berhenti/", suntingan.berhenti, name="pegawai_berhenti"),
    path("mutu-data/", mutu.worklist, name="mutu_data"),
    path("mutu-data/perangkat-daerah/", mutu.offices, name="mutu_kantor"),
    path("mutu-data/pegawai/", mutu.people, name="mutu_pegawai"),
    path("mutu-data/periksa/", mutu.check_all, name="mutu_periksa"),
    path("mutu-data/<int:key>/", mutu.mend, name="mutu_temuan"),
    path("pensiun/", pensiun.pensions, name="pensiun"),
    path("pensiun/grafik.svg", pensiun.chart, name="pensiun_grafik"),
    path("rekonsiliasi/", rekonsiliasi.reconciliations, name="rekonsiliasi"),
    path("rekonsiliasi/unggah/", rekonsiliasi.upload, name="rekonsiliasi_unggah"),
    path("rekonsiliasi/selisih/", rekonsiliasi.differences, name="rekonsiliasi_selisih"),
    path("rekonsiliasi/selisih/<int:key>/", rekonsiliasi.difference, name="rekonsiliasi_selisih_satu"),
    path("rekonsiliasi/<int:key>/", rekonsiliasi.reconciliation, name="rekonsiliasi_satu"),
    path("rekonsiliasi/<int:key>/putuskan/", rekonsiliasi.decide_column, name="rekonsiliasi_putuskan"),
    path("rekonsiliasi/<int:key>/terapkan/", rekonsiliasi.apply, name="rekonsiliasi_terapkan"),
    path("rekonsiliasi/<int:key>/batalkan/", rekonsiliasi.drop, name="rekonsiliasi_batalkan"),
    path("rekonsiliasi/<int:key>/perbaikan-siasn.xlsx", rekonsiliasi.corrections, name="rekonsiliasi_perbaikan"),
    path("rekonsiliasi/<int:key>/pegawai/<slug:nip>/", rekonsiliasi.person, name="rekonsiliasi_pegawai"),
]
MENU: tuple[Entry, ...] = (
    Entry("Profil", N_("Pegawai"), "pegawai", Permission.PEGAWAI_LIHAT, "users", 10),
    Entry("Profil", N_("Mutu data"), "mutu_data", Permission.PEGAWAI_LIHAT, "checkup-list", 20),
    Entry("Profil", N_("Rekonsiliasi SIASN"), "rekonsiliasi", Permission.PEGAWAI_SUNTING, "arrows-diff", 30),
    Entry("Profil", N_("Pensiun"), "pensiun", Permission.PEGAWAI_LIHAT, "hourglass", 40),
)
