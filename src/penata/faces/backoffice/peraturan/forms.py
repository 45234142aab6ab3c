"""Forms made from the shape of a value: one field per single value, so that no other table can be typed."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any

from django import forms

from penata.analysis.policy import Kebijakan
from penata.domain.peraturan.shape import Path, leaves, with_leaves
from penata.faces.backoffice.peraturan.words import CHOICES, key_text
from penata.language import _
from penata.rulebook.legislation import Parameter

YES_NO = (("ya", "ya"), ("tidak", "tidak"))


class LeafField(forms.CharField):
    """One single value, of the type of the value it replaces; decimals with comma or point."""

    def __init__(self, like: Any, label: str) -> None:
        """Keep the value it replaces."""
        self.like = like
        widget: forms.Widget = forms.TextInput()
        if isinstance(like, bool):
            widget = forms.Select(choices=[(value, _(text)) for value, text in YES_NO])
        elif isinstance(like, date):
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif isinstance(like, int | float):
            widget = forms.TextInput(attrs={"inputmode": "decimal"})
        needed = like is not None and like != ""
        super().__init__(label=label, required=needed, max_length=400, initial=_written(like), widget=widget)

    def clean(self, value: Any) -> Any:
        """Return the value in its type."""
        text = super().clean(value).strip()
        if isinstance(self.like, bool):
            return self._word(text)
        if isinstance(self.like, date):
            return forms.DateField().clean(text)
        if isinstance(self.like, int | float) or (self.like is None and text and _number(text) is not None):
            return self._figure(text)
        return text or self.like

    def _word(self, text: str) -> bool:
        if text not in {"ya", "tidak"}:
            raise forms.ValidationError(_("Pilih ya atau tidak."))
        return text == "ya"

    def _figure(self, text: str) -> int | float:
        found = _number(text)
        if found is None:
            raise forms.ValidationError(_("Tulis angka, misalnya 1250 atau 0,5."))
        return int(found) if found.is_integer() and not isinstance(self.like, float) else found


def _number(text: str) -> float | None:
    plain = text.replace(" ", "")
    if "," in plain:  # as Indonesians write: points part thousands, the comma begins the decimals
        plain = plain.replace(".", "").replace(",", ".")
    try:
        found = float(plain)
    except ValueError:
        return None
    return found if found == found and abs(found) != float("inf") else None  # noqa: PLR0124 - not a number is unlike itself


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return repr(value).replace(".", ",") if not value.is_integer() else str(int(value))
    return "" if value is None else str(value)


class BasisForm(forms.Form):
    """What every statement says: on what basis, and why."""

    dasar = forms.CharField(max_length=300)
    keterangan = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the labels in the language of the account."""
        super().__init__(*args, **kwargs)
        self.fields["dasar"].label = _("Dasar")
        self.fields["keterangan"].label = _("Keterangan")


class ConfirmationForm(BasisForm):
    """The place in the text that was read, and which value was on the screen."""

    varian = forms.CharField(widget=forms.HiddenInput)
    sejak = forms.DateField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the place."""
        super().__init__(*args, **kwargs)
        self.fields["dasar"].label = _("Tempat pada naskah")
        self.fields["dasar"].help_text = _("Misalnya Lampiran II huruf B halaman 12.")


class DecreeForm(BasisForm):
    """A decree and the day from which it holds."""

    mulai = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the decree, day first."""
        super().__init__(*args, **kwargs)
        self.fields["mulai"].label = _("Berlaku mulai")
        self.fields["dasar"].label = _("Keputusan")
        self.fields["dasar"].help_text = _("Jenis, nomor, dan tahun, misalnya Keputusan Wali Kota Nomor 12 Tahun 2026.")
        self.order_fields(["varian", "mulai", "dasar", "keterangan"])


class VariantForm(DecreeForm):
    """One of the variants on file."""

    varian = forms.ChoiceField()

    def __init__(self, *args: Any, parameter: Parameter, chosen: str, **kwargs: Any) -> None:
        """Offer the variants."""
        super().__init__(*args, **kwargs)
        field = forms.ChoiceField(label=_("Varian"), choices=[(name, name) for name in parameter.variants])
        self.fields["varian"] = field
        self.initial.setdefault("varian", chosen)
        self.order_fields(["varian", "mulai", "dasar", "keterangan"])


class ValueForm(DecreeForm):
    """Every single value of the parameter, to be changed where the decree says so."""

    def __init__(self, *args: Any, like: Any, **kwargs: Any) -> None:
        """Make a field per single value."""
        super().__init__(*args, **kwargs)
        self.like = like
        self.paths: dict[str, Path] = {}
        for number, (path, leaf) in enumerate(leaves(like)):
            label = " › ".join(key_text(step) for step in path) or _("Nilai")
            self.paths[f"nilai_{number}"] = path
            self.fields[f"nilai_{number}"] = LeafField(leaf, label)

    def values(self) -> list[forms.BoundField]:
        """Return the fields of the value."""
        return [self[name] for name in self.paths]

    def value(self) -> Any:
        """Return the value as typed, in the shape it had."""
        return with_leaves(self.like, {path: self.cleaned_data[name] for name, path in self.paths.items()})


class PolicyForm(DecreeForm):
    """Every choice of the policy; variants and values of the law have pages of their own and are kept."""

    nama = forms.CharField(max_length=200)

    def __init__(self, *args: Any, policy: Kebijakan, **kwargs: Any) -> None:
        """Make a field per choice."""
        super().__init__(*args, **kwargs)
        self.policy = policy
        self.fields["nama"].label = _("Nama kebijakan")
        self.initial.setdefault("nama", policy.nama)
        self.sections: dict[str, dict[str, str]] = {}
        for section, part in vars_of(policy).items():
            for name, value in part.items():
                key = f"{section}-{name}"
                self.sections.setdefault(section, {})[key] = name
                self.fields[key] = LeafField(value, _(CHOICES[name]))
        self.order_fields(["mulai", "dasar", "nama", "keterangan"])
        del self.fields["keterangan"]

    def by_section(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of the choices, by part of the policy."""
        return [(section, [self[key] for key in keys]) for section, keys in self.sections.items()]

    def isi(self) -> dict[str, Any]:
        """Return the policy as typed, as plain values."""
        typed = {
            section: {name: self.cleaned_data[key] for key, name in keys.items()}
            for section, keys in self.sections.items()
        }
        return self.policy.as_dict() | typed | {"nama": self.cleaned_data["nama"]}


def vars_of(policy: Kebijakan) -> Mapping[str, Mapping[str, Any]]:
    """Return the parts of a policy that are lists of choices."""
    names = [name for name in policy.as_dict() if is_dataclass(getattr(policy, name))]
    return {name: asdict(getattr(policy, name)) for name in names}


class ReasonForm(forms.Form):
    """Why something is taken back."""

    alasan = forms.CharField(max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the label in the language of the account."""
        super().__init__(*args, **kwargs)
        self.fields["alasan"].label = _("Alasan")
