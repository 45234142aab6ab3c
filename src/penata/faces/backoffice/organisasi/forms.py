"""What is typed to change a unit, to write down a legal act, and to lead a draft to its decision."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from penata.domain.organisasi.actions import UnitValues
from penata.domain.organisasi.models import Unit, UnitMasa
from penata.domain.organisasi.tree import pohon
from penata.faces.components.penetapan_form import PenetapanForm
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.language import _
from penata.snapshot.vocabulary import JENIS_UNIT


class DayInput(forms.DateInput):
    """A day as the browser offers it."""

    input_type = "date"

    def format_value(self, value: Any) -> Any:
        """Write the day as the browser reads it, whatever the language."""
        return value.isoformat() if hasattr(value, "isoformat") else value


class CodeInput(forms.TextInput):
    """A code that is looked up while it is typed; *url* answers with options."""

    def __init__(self, url: str = "", attrs: dict[str, Any] | None = None) -> None:
        """Keep where to ask."""
        super().__init__(attrs)
        self.url = url

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Write the field with its list of suggestions, which the server fills."""
        key = f"saran-{name}"
        asks = {
            "list": key, "autocomplete": "off", "hx-get": self.url, "hx-target": f"#{key}", "hx-swap": "innerHTML",
            "hx-trigger": "input changed delay:250ms",
        }  # fmt: skip
        field = super().render(name, value, {**(attrs or {}), **asks}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', field, key)


class ChangeForm(PenetapanForm):
    """The day from which a change of a unit holds, its legal act, and the state it was made from."""

    mulai = forms.DateField(widget=DayInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: Reader, masa: UnitMasa | None = None, **kwargs: Any) -> None:
        """Keep the reader, and say the texts in the reader's language."""
        super().__init__(*args, **kwargs)
        self.reader, self.masa = reader, masa
        self.fields["mulai"].label = _("Mulai berlaku")
        self.fields["mulai"].help_text = _("Hari pertama keadaan baru berlaku.")
        if masa is not None and masa.mulai <= reader.as_of:
            self.fields["mulai"].help_text = _(
                "Hari pertama keadaan baru berlaku; {day} membetulkan masa yang sekarang."
            ).format(day=masa.mulai.strftime("%d-%m-%Y"))


class ParentForm(ChangeForm):
    """A change that names the unit above."""

    induk = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the units that the reader may change."""
        super().__init__(*args, **kwargs)
        field = self.fields["induk"]
        field.label = _("Unit induk")
        field.help_text = _("Ketik kode atau nama, lalu pilih; kosong berarti unit berdiri di puncak susunan.")
        field.widget = CodeInput(reverse("unit_saran"))

    def clean_induk(self) -> Unit | None:
        """Return the unit above, found by code or by name."""
        text = self.cleaned_data["induk"].strip()
        scope = self.reader.scope(Permission.ORGANISASI_SUNTING)
        if not text:
            if not scope.whole:
                raise forms.ValidationError(_("Pilih unit induk di dalam lingkup Anda."))
            return None
        nodes = [n for n in pohon(self.reader.as_of).by_id.values() if n.id in scope]
        folded = text.lower()
        found = [n for n in nodes if n.kode.lower() == folded] or [n for n in nodes if n.nama.lower() == folded]
        if len(found) != 1:
            raise forms.ValidationError(_("Unit tidak ditemukan. Pilih dari saran, atau ketik kodenya."))
        return Unit.objects.get(pk=found[0].id)


class UnitForm(ChangeForm):
    """Name, kind and place of a unit."""

    nama = forms.CharField(max_length=300)
    jenis = forms.ChoiceField(required=False)
    wilayah = forms.CharField(required=False, max_length=120)
    terpencil = forms.NullBooleanField(required=False)
    field_order = ["nama", "jenis", "wilayah", "terpencil", "mulai"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in what holds now."""
        super().__init__(*args, **kwargs)
        labels = {
            "nama": _("Nama unit"), "jenis": _("Jenis"), "wilayah": _("Wilayah"), "terpencil": _("Daerah terpencil"),
        }  # fmt: skip
        for name, label in labels.items():
            self.fields[name].label = label
            if self.masa is not None:
                self.fields[name].initial = getattr(self.masa, name)
        choices: list[tuple[Any, Any]] = [("", "–"), *((word, word) for word in JENIS_UNIT)]
        self.fields["jenis"].choices = choices  # type: ignore[attr-defined]
        answers = [("unknown", _("tidak diketahui")), ("true", _("ya")), ("false", _("tidak"))]
        self.fields["terpencil"].widget.choices = answers

    def values(self) -> UnitValues:
        """Return what the unit is to be."""
        data = self.cleaned_data
        return UnitValues(data["nama"], data["jenis"], data["wilayah"], data["terpencil"])


class NewUnitForm(UnitForm, ParentForm):
    """A unit that does not exist yet."""

    kode = forms.CharField(max_length=64)
    field_order = ["kode", "nama", "jenis", "induk", "wilayah", "terpencil", "mulai"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Explain the code."""
        super().__init__(*args, **kwargs)
        self.fields["kode"].label = _("Kode unit")
        self.fields["kode"].help_text = _("Tetap selama unit ada, misalnya kode pada SOTK atau SIASN.")


class ActForm(PenetapanForm):
    """A legal act alone: nothing to choose from, it is to be written down."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the choice of a known act away."""
        super().__init__(*args, **kwargs)
        del self.fields["penetapan_ada"]


class DraftForm(forms.Form):
    """Name and day of a draft."""

    nama = forms.CharField(max_length=200)
    mulai = forms.DateField(widget=DayInput)
    keterangan = forms.CharField(required=False, widget=forms.Textarea)
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the texts in the reader's language."""
        super().__init__(*args, **kwargs)
        texts = {
            "nama": (_("Nama rancangan"), _("Misalnya Penggabungan Dinas A dan Dinas B.")),
            "mulai": (_("Rencana mulai berlaku"), _("Perubahan diperiksa terhadap keadaan pada hari ini.")),
            "keterangan": (_("Keterangan"), ""),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text


class NoteForm(forms.Form):
    """A step of the workflow with a note."""

    catatan = forms.CharField(widget=forms.Textarea, max_length=2000)
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the texts in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["catatan"].label = _("Catatan")
        self.fields["catatan"].help_text = _("Apa sebabnya, dan apa yang perlu diperbaiki.")


class EnforceForm(PenetapanForm):
    """The decision: day and legal act."""

    mulai = forms.DateField(widget=DayInput)
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the texts in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["mulai"].label = _("Mulai berlaku")
        self.fields["mulai"].help_text = _("Hari pertama susunan baru berlaku.")
