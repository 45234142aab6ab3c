"""The legal act behind a change, in any form: choose one that is written down, or type a new one.

Use it as a mixin: ``class TetapkanForm(PenetapanForm): mulai = forms.DateField(...)``, render it with
``unsur.formulir(form, ..., berkas=true)`` (it takes a file), bind it with ``request.POST, request.FILES`` and call
``form.penetapan(request.reader)`` inside the view, or ``penetapan_if_any`` where the act may be missing.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from penata.domain.organisasi.actions import check_berkas, create_penetapan
from penata.domain.organisasi.errors import BerkasError
from penata.domain.organisasi.models import Penetapan
from penata.foundation.access.reader import Reader
from penata.language import _

RECENT = 40  # acts offered; an older one is found again by typing its kind, number and day
NEEDED = ("penetapan_jenis", "penetapan_nomor", "penetapan_tanggal")  # what makes an act, where it is typed
KINDS = (
    "Peraturan Daerah", "Peraturan Gubernur", "Peraturan Bupati", "Peraturan Wali Kota", "Peraturan Menteri",
    "Keputusan Gubernur", "Keputusan Bupati", "Keputusan Wali Kota", "Keputusan Menteri", "Keputusan Sekretaris Daerah",
    "Keputusan Kepala Dinas", "Surat Perintah", "Berita Acara",
)  # fmt: skip


class Suggesting(forms.TextInput):
    """A text field that suggests words and accepts others."""

    def __init__(self, words: tuple[str, ...], attrs: dict[str, Any] | None = None) -> None:
        """Keep the words."""
        super().__init__(attrs)
        self.words = words

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Write the field with its list."""
        field = super().render(name, value, {**(attrs or {}), "list": f"saran-{name}"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.words))
        return format_html('{}<datalist id="saran-{}">{}</datalist>', field, name, options)


class PenetapanForm(forms.Form):
    """Fields of a legal act; ``penetapan_required = False`` lets all of them stay empty."""

    penetapan_required: ClassVar[bool] = True

    penetapan_ada = forms.ChoiceField(required=False)
    penetapan_jenis = forms.CharField(required=False, max_length=60, widget=Suggesting(KINDS))
    penetapan_nomor = forms.CharField(required=False, max_length=100)
    penetapan_tanggal = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    penetapan_tentang = forms.CharField(required=False, max_length=500)
    penetapan_berkas = forms.FileField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the latest acts and say everything in the language of the reader."""
        super().__init__(*args, **kwargs)
        recent = Penetapan.objects.order_by("-tanggal", "-pk")[:RECENT]
        nothing = _("Tulis yang baru di bawah ini") if self.penetapan_required else _("Tanpa, atau tulis di bawah ini")
        texts = {
            "penetapan_ada": (_("Dasar hukum"), _("Pilih penetapan yang sudah tercatat, atau tulis yang baru.")),
            "penetapan_jenis": (_("Jenis penetapan"), _("Misalnya Peraturan Wali Kota.")),
            "penetapan_nomor": (_("Nomor"), _("Seperti tertulis pada naskah, misalnya 12 Tahun 2026.")),
            "penetapan_tanggal": (_("Tanggal ditetapkan"), ""),
            "penetapan_tentang": (_("Tentang"), ""),
            "penetapan_berkas": (_("Naskah"), _("PDF, JPG atau PNG, paling besar 20 MB.")),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        if self.penetapan_required:
            # Needed unless another one is given, which no single field can say: the label shows no "may be empty".
            for name in ("penetapan_ada", *NEEDED):
                self.fields[name].wajib = True  # type: ignore[attr-defined]
        choice = self.fields["penetapan_ada"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", nothing), *((str(act.pk), _label(act)) for act in recent)]
        # The legal act is asked last: first what is decided, then on which act it rests.
        own = [name for name in self.fields if name not in texts]
        self.order_fields([*own, *texts])

    def clean(self) -> dict[str, Any]:
        """Ask for a whole act or none."""
        data = super().clean() or self.cleaned_data
        if data.get("penetapan_ada"):
            return data
        typed = any(data.get(name) for name in (*NEEDED, "penetapan_tentang", "penetapan_berkas"))
        if not typed and not self.penetapan_required:
            return data
        for name in NEEDED:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Isi kolom ini, atau pilih penetapan yang sudah tercatat."))
        return data

    def clean_penetapan_berkas(self) -> Any:
        """Refuse a file that is not what it says."""
        berkas = self.cleaned_data["penetapan_berkas"]
        if berkas:
            try:
                check_berkas(berkas)
            except BerkasError as error:
                raise forms.ValidationError(str(error)) from error
        return berkas or None

    def penetapan_if_any(self, by: Reader) -> Penetapan | None:
        """Return the act that was chosen, or write down the one that was typed; None when all fields are empty."""
        data = self.cleaned_data
        if data.get("penetapan_ada"):
            return Penetapan.objects.get(pk=data["penetapan_ada"])
        if not data.get("penetapan_nomor"):
            return None
        return create_penetapan(
            jenis=data["penetapan_jenis"], nomor=data["penetapan_nomor"], tanggal=data["penetapan_tanggal"],
            tentang=data["penetapan_tentang"], berkas=data["penetapan_berkas"], by=by,
        )  # fmt: skip

    def penetapan(self, by: Reader) -> Penetapan:
        """Return the act; only for a form that requires one and is valid."""
        act = self.penetapan_if_any(by)
        if act is None:
            raise ValueError("a form that does not require a legal act has none")
        return act


def _label(act: Penetapan) -> str:
    text = f"{act} · {act.tanggal:%d-%m-%Y}"
    return f"{text} · {act.tentang[:60]}" if act.tentang else text
