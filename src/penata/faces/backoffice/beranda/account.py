"""One's own account: roles and where they hold, language, theme, density, sign-in."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai.profil import own_nip
from penata.faces.components.requests import ScreenRequest, screen
from penata.foundation.access.models import User
from penata.foundation.access.permissions import PERAN_TITLES, Peran, Permission
from penata.foundation.accounts.actions import update_preferences
from penata.language import N_, _

LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))
THEMES = (("sistem", N_("Mengikuti perangkat")), ("terang", N_("Terang")), ("gelap", N_("Gelap")))


class PreferencesForm(forms.Form):
    """Language, theme and density."""

    bahasa = forms.ChoiceField(choices=LANGUAGES)
    tema = forms.ChoiceField()
    rapat = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None, user: User) -> None:
        """Show what *user* chose, with labels in that language."""
        super().__init__(data, initial={name: getattr(user, name) for name in self.base_fields})
        self.fields["tema"].choices = [(value, _(title)) for value, title in THEMES]  # type: ignore[attr-defined]
        for name, label in (("bahasa", _("Bahasa")), ("tema", _("Tema")), ("rapat", _("Tabel rapat"))):
            self.fields[name].label = label


@screen(Permission.BERANDA_LIHAT)
def show(request: ScreenRequest) -> HttpResponseBase:
    """Show the account; a post stores the preferences, which concern nobody else and are not an act of the log."""
    form = PreferencesForm(request.POST or None, request.user)
    if request.method == "POST" and form.is_valid():
        update_preferences(**form.cleaned_data, by=request.reader)
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
    return render(request, "beranda/akun_saya.html", {"form": form, "roles": roles, "own_nip": own_nip(request.reader)})
