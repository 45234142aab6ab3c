"""Addresses: each topic of the back office brings its own, all of them guarded by the screen decorator."""

from django.urls import include, path

urlpatterns = [
    path("", include("penata.faces.components.urls")),
    path("akun/", include("allauth.urls")),
    path("", include("penata.faces.backoffice.urls")),
    # After the screens: a list that a topic declares is then known, and has an address here too.
    path("api/v1/", include("penata.faces.api.urls")),
]

handler400 = "penata.faces.components.errors.bad_request"
handler403 = "penata.faces.components.errors.forbidden"
handler404 = "penata.faces.components.errors.not_found"
handler500 = "penata.faces.components.errors.server_error"
