"""The topics of the back office; each brings its addresses and its entries in the navigation."""

from django.urls import include, path

TOPICS = (
    "beranda", "organisasi", "jabatan", "beban_kerja", "peta_jabatan", "pegawai", "pertukaran", "peraturan", "akun",
    "audit", "panduan",
)  # fmt: skip

urlpatterns = [path("", include(f"penata.faces.backoffice.{topic}.urls")) for topic in TOPICS]
