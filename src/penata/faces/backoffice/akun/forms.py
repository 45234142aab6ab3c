"""Forms of accounts, roles and delegations."""

from typing import Any

from django import forms

from penata.faces.backoffice.akun.queries import Role, unit_id
from penata.foundation.access.models import User
from penata.foundation.access.permissions import PERAN_TITLES, Peran
from penata.foundation.access.reader import Reader
from penata.language import _


def _day(label: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(max_length=150)
    nama = forms.CharField(max_length=200)
    nip = forms.CharField(max_length=18, required=False)
    email = forms.EmailField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the labels in the language of the account."""
        super().__init__(*args, **kwargs)
        for name, label in (
            ("username", _("Nama pengguna")),
            ("nama", _("Nama")),
            ("nip", _("NIP")),
            ("email", _("Surel")),
        ):
            self.fields[name].label = label
        self.fields["username"].help_text = _("Pegawai memakai NIP. Tidak dapat diganti kemudian.")
        self.fields["email"].help_text = _("Untuk mengirim tautan bila sandi lupa.")


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    alasan = forms.CharField(max_length=300, required=False)


class _ScopeForm(forms.Form):
    """A unit by its code; empty: the widest that is possible."""

    unit = forms.CharField(max_length=64, required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        """Keep who asks."""
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["unit"].label = _("Kode unit")
        self.fields["unit"].widget.attrs |= {"list": "unit-unit", "autocomplete": "off"}

    def clean_unit(self) -> int | None:
        """Return the id of the unit."""
        kode = self.cleaned_data["unit"].strip()
        if not kode:
            return None
        found = unit_id(kode, self.reader.today)
        if found is None:
            raise forms.ValidationError(
                _("Tidak ada unit dengan kode itu hari ini. Lihat kodenya pada bagan organisasi.")
            )
        return found


class RoleForm(_ScopeForm):
    """A role for a period."""

    field_order = ("peran", "unit", "mulai", "selesai", "dasar")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the labels in the language of the account."""
        super().__init__(*args, **kwargs)
        self.fields["peran"] = forms.ChoiceField(
            label=_("Peran"), choices=[("", "—"), *((peran.value, _(PERAN_TITLES[peran])) for peran in Peran)]
        )
        self.fields["unit"].help_text = _("Peran berlaku di unit ini dan semua di bawahnya. Kosong: seluruh instansi.")
        self.fields["mulai"] = _day(_("Mulai"))
        self.fields["selesai"] = _day(_("Berakhir"), required=False)
        self.fields["selesai"].help_text = _("Hari pertama peran tidak berlaku lagi. Kosong: sampai diakhiri.")
        self.fields["dasar"] = forms.CharField(label=_("Dasar"), max_length=200)
        self.fields["dasar"].help_text = _("Misalnya Surat Tugas Nomor 800/12/2026.")
        self.initial.setdefault("mulai", self.reader.today)
        self.order_fields(self.field_order)

    def clean_peran(self) -> Peran:
        """Return the role."""
        return Peran(self.cleaned_data["peran"])


class DelegationForm(_ScopeForm):
    """An own role, lent for a period."""

    field_order = ("penugasan_id", "kepada", "unit", "mulai", "selesai", "dasar")

    def __init__(self, *args: Any, own: list[Role], **kwargs: Any) -> None:
        """Offer the own roles."""
        super().__init__(*args, **kwargs)
        self.own = {role.row.pk: role.row for role in own}
        self.fields["penugasan_id"] = forms.TypedChoiceField(
            label=_("Peran"), coerce=int, choices=[(role.row.pk, f"{role.title} · {role.unit}") for role in own]
        )
        self.fields["kepada"] = forms.CharField(label=_("Kepada"), max_length=150)
        self.fields["kepada"].help_text = _("Nama pengguna, bagi pegawai NIP-nya.")
        self.fields["unit"].help_text = _("Kosong: seluruh lingkup peran Anda. Boleh satu unit di dalamnya.")
        self.fields["mulai"] = _day(_("Mulai"))
        self.fields["selesai"] = _day(_("Berakhir"))
        self.fields["selesai"].help_text = _("Hari pertama delegasi tidak berlaku lagi; berakhir dengan sendirinya.")
        self.fields["dasar"] = forms.CharField(label=_("Alasan atau dasar"), max_length=200, required=False)
        self.initial.setdefault("mulai", self.reader.today)
        self.order_fields(self.field_order)

    def clean_kepada(self) -> int:
        """Return the account meant."""
        name = self.cleaned_data["kepada"].strip()
        found = User.objects.filter(username=name, is_active=True).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Tidak ada akun aktif dengan nama pengguna itu. Periksa NIP-nya."))
        return found

    def clean(self) -> dict[str, Any]:
        """Lend the whole own scope unless a unit is named."""
        data = super().clean() or self.cleaned_data
        row = self.own.get(data.get("penugasan_id", 0))
        if row is not None and "unit" in data and data["unit"] is None:
            data["unit"] = row.unit_id
        return data


class TokenForm(forms.Form):
    """A key for a program."""

    nama = forms.CharField(max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the labels in the language of the account."""
        super().__init__(*args, **kwargs)
        self.fields["nama"].label = _("Untuk apa")
        self.fields["nama"].help_text = _("Misalnya nama aplikasi yang memakainya.")
        days = [(number, _("{n} hari").format(n=number)) for number in (30, 90, 180, 365)]
        self.fields["hari"] = forms.TypedChoiceField(label=_("Berlaku selama"), choices=days, coerce=int)
