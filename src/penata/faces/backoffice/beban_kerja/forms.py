"""Forms of this topic: open an ABK, return it, put it into force, ratio norms and figures."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from penata.domain.beban_kerja.isian import written
from penata.domain.beban_kerja.models import RasioNorma
from penata.domain.beban_kerja.queries import find_units, units_in_scope
from penata.domain.beban_kerja.rasio import pembulatan_choices
from penata.domain.jabatan.models import Jabatan
from penata.faces.components.penetapan_form import PenetapanForm, Suggesting
from penata.faces.components.provenance import EVIDENCE
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.spreadsheet.cells import CellError, parse_decimal
from penata.language import _
from penata.rulebook.abk_faces import LARGEST_BEBAN
from penata.rulebook.legislation import Evidence

FIRST_YEAR, LAST_YEAR = 2000, 2100
MEASURES = ("kelas", "murid", "tempat tidur", "penduduk", "pasien", "rombongan belajar", "kendaraan")


class AngkaField(forms.CharField):
    """A number written the Indonesian way, read as an import reads it."""

    widget = forms.TextInput({"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        """Return the number; None for an empty field."""
        try:
            number = parse_decimal(value)
        except CellError as error:
            raise forms.ValidationError(_("Tulis bilangan saja, misalnya 1.234,5.")) from error
        if number is not None and not 0 <= number <= LARGEST_BEBAN:
            raise forms.ValidationError(_("Tulis bilangan positif yang wajar."))
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show a number as a cell shows it."""
        return written(value) if isinstance(value, float) else value

    def validate(self, value: Any) -> None:
        """Ask for a value where one is required."""
        if self.required and value is None:
            raise forms.ValidationError(_("Isi bilangannya."))


class UnitField(forms.CharField):
    """A unit within a scope, typed as its code or its name; the page suggests ``code · name``."""

    def __init__(self, reader: Reader, permission: Permission, **kwargs: Any) -> None:
        """Suggest the first units of the scope; further ones come as one types."""
        self.reader, self.permission = reader, permission
        words = tuple(text for _id, text in find_units(reader, permission, ""))
        asks = {"hx-get": reverse("abk_unit"), "hx-trigger": "input changed delay:250ms", "autocomplete": "off"}
        widget = Suggesting(words, {**asks, "hx-target": "#saran-unit", "hx-include": "this"})
        super().__init__(widget=widget, label=_("Unit"), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the id of the unit."""
        typed = " ".join(str(super().clean(value)).split())
        code, name = typed.partition(" · ")[0].lower(), typed.lower()
        nodes = units_in_scope(self.reader, self.permission)
        found = [n for n in nodes if n.kode.lower() == code] or [n for n in nodes if n.nama.lower() == name]
        if not found:
            raise forms.ValidationError(_("Unit ini tidak ada dalam lingkup Anda pada tanggal ini. Pilih dari saran."))
        if len(found) > 1:
            raise forms.ValidationError(_("Beberapa unit bernama sama. Tulis kode unitnya."))
        return found[0].id


class BukaForm(forms.Form):
    """Open the ABK of a unit for a year."""

    tahun = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    bawahan = forms.BooleanField(required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        """Offer the units that the reader may fill."""
        super().__init__(*args, **kwargs)
        hint = _("Kode atau nama. Posisi unit pada tanggal yang dipilih di atas ikut disiapkan.")
        self.fields["unit"] = UnitField(reader, Permission.ABK_ISI, help_text=hint)
        self.order_fields(["unit", "tahun", "bawahan"])
        self.fields["tahun"].label = _("Tahun")
        self.fields["tahun"].initial = reader.as_of.year
        self.fields["bawahan"].label = _("Buka juga untuk setiap unit di bawahnya")
        self.fields["bawahan"].help_text = _("Unit tanpa posisi dan unit yang ABK-nya sudah dibuka dilewati.")


class KembalikanForm(forms.Form):
    """Give an ABK back with a note."""

    catatan = forms.CharField(widget=forms.Textarea({"rows": 3}), max_length=2000)


class TetapkanForm(PenetapanForm):
    """Put an ABK into force by a legal act."""

    mulai = forms.DateField(widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what the day means."""
        super().__init__(*args, **kwargs)
        self.fields["mulai"].label = _("Berlaku mulai")
        self.fields["mulai"].help_text = _("ABK unit ini yang berlaku sebelumnya berakhir pada hari itu.")

    def clean_mulai(self) -> date:
        """Refuse a year that is a slip of the hand."""
        mulai: date = self.cleaned_data["mulai"]
        if not FIRST_YEAR <= mulai.year <= LAST_YEAR:
            raise forms.ValidationError(_("Periksa tahunnya."))
        return mulai


class NormaForm(forms.Form):
    """A ratio norm of one jabatan."""

    jabatan = forms.CharField(max_length=300)
    satuan = forms.CharField(max_length=60, widget=Suggesting(MEASURES))
    pembagi = AngkaField()
    pembulatan = forms.ChoiceField()
    dasar = forms.CharField(max_length=300)
    bukti = forms.ChoiceField()
    mulai = forms.DateField(widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the fields in the language of the reader."""
        super().__init__(*args, **kwargs)
        texts = {
            "jabatan": (_("Jabatan"), _("Nama jabatan persis seperti pada katalog.")),
            "satuan": (_("Satuan"), _("Apa yang dihitung, misalnya kelas, tempat tidur atau penduduk.")),
            "pembagi": (_("Satu orang untuk tiap"), _("Banyaknya satuan yang ditangani satu orang.")),
            "pembulatan": (_("Pembulatan"), ""),
            "dasar": (_("Dasar"), _("Peraturan atau keputusan instansi yang memuat norma ini.")),
            "bukti": (_("Dari mana diketahui"), ""),
            "mulai": (_("Berlaku mulai"), _("Norma sebelumnya untuk jabatan dan satuan ini berakhir pada hari itu.")),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        for name, choices in (
            ("pembulatan", pembulatan_choices()),
            ("bukti", [(b.value, _(EVIDENCE[Evidence(b.value)])) for b in RasioNorma.Bukti]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_jabatan(self) -> Jabatan:
        """Find the jabatan in the catalogue."""
        name = " ".join(self.cleaned_data["jabatan"].split())
        found = Jabatan.objects.filter(nama__iexact=name).first()
        if found is None:
            raise forms.ValidationError(_("Jabatan ini tidak ada pada katalog. Periksa penulisannya."))
        return found

    def clean_pembagi(self) -> float:
        """A ratio divides by something."""
        pembagi: float = self.cleaned_data["pembagi"]
        if not pembagi:
            raise forms.ValidationError(_("Pembagi harus lebih dari nol."))
        return pembagi


class AkhiriForm(forms.Form):
    """End a norm."""

    selesai = forms.DateField(widget=forms.DateInput({"type": "date"}))


class NilaiForm(forms.Form):
    """How many of a measure one unit has in a year."""

    satuan = forms.CharField(max_length=60, widget=Suggesting(MEASURES))
    tahun = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    jumlah = AngkaField()
    sumber = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        """Offer the units that the reader may fill."""
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(reader, Permission.ABK_ISI)
        self.order_fields(["unit", "satuan", "tahun", "jumlah", "sumber"])
        labels = {"satuan": _("Satuan"), "tahun": _("Tahun"), "jumlah": _("Jumlah")}
        for name, label in {**labels, "sumber": _("Sumber data")}.items():
            self.fields[name].label = label
        self.fields["tahun"].initial = reader.as_of.year
