"""One's own account: roles and where they hold, language, theme, density, sign-in."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from penata.domain.organisasi.tree import pohon
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.models import User
from penata.foundation.access.permissions import PERAN_TITLES, Peran, Permission
from penata.language import N_, _

LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))
THEMES = (("sistem", N_("Mengikuti perangkat")), ("terang", N_("Terang")), ("gelap", N_("Gelap")))


class PreferencesForm(forms.ModelForm[User]):
    """Language, theme and density."""

    class Meta:
        """Only what changes the look."""

        model = User
        fields = ("bahasa", "tema", "rapat")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Say the labels in the language of the account."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["bahasa"] = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES)
        themes = [(value, _(title)) for value, title in THEMES]
        self.fields["tema"] = forms.ChoiceField(label=_("Tema"), choices=themes)
        self.fields["rapat"] = forms.BooleanField(label=_("Tabel rapat"), required=False)


@screen(Permission.BERANDA_LIHAT)
def show(request: ScreenRequest) -> HttpResponseBase:
    """Show the account; a post stores the preferences, which concern nobody else and are not an act of the log."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Pilihan disimpan."))
        return redirect("akun_saya")
    return _page(request, form)


def _page(request: ScreenRequest, form: PreferencesForm) -> HttpResponse:
    units = pohon(request.reader.today).by_id
    roles = [
        (
            _(PERAN_TITLES[Peran(row.peran)]),
            units[row.unit_id].nama if row.unit_id in units else _("seluruh instansi"),
            row,
        )
        for row in request.reader.penugasan
    ]
    return render(request, "beranda/akun_saya.html", {"form": form, "roles": roles})
