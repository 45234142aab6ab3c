"""Forms of one person and of a reconciliation."""

from collections.abc import Sequence
from typing import Any

from django import forms

from penata.domain.pegawai.actions import PRIVATE
from penata.domain.pegawai.models import Pegawai
from penata.domain.pegawai.rekonsiliasi import LIMITS
from penata.language import _
from penata.snapshot.vocabulary import GOLONGAN, JENIS_KELAMIN, PENDIDIKAN, STATUS_PEGAWAI

REASONS = (
    "mencapai batas usia pensiun", "pensiun dini", "meninggal dunia", "mengundurkan diri", "pindah instansi",
    "perjanjian kerja berakhir", "diberhentikan",
)  # fmt: skip
LARGEST = 60 * 2**20  # bytes of an export: some 100,000 people


def _options(words: Sequence[str]) -> list[tuple[str, str]]:
    return [("", "–"), *((word, word) for word in words)]


def _text(label: str, name: str, help_text: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LIMITS[name], required=False, help_text=help_text, **more)


def _choice(label: str, words: Sequence[str], *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_options(words), required=required)


def _day(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class VersionForm(forms.Form):
    """A form that knows which state of the person it was opened on."""

    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Pegawai, **kwargs: Any) -> None:
        """Begin with the state of *person*."""
        super().__init__(*args, **{"initial": {"versi": person.versi, **self.values_of(person)}} | kwargs)
        self.build()

    def values_of(self, _person: Pegawai) -> dict[str, Any]:
        """Return the values that the fields begin with."""
        return {}

    def build(self) -> None:
        """Add the fields, in the language of the request."""


class DataDiriForm(VersionForm):
    """Data of a person; the private part only where it may be seen."""

    def __init__(self, *args: Any, private: bool, **kwargs: Any) -> None:
        """Leave the private part out unless *private*."""
        self.private = private
        super().__init__(*args, **kwargs)

    def values_of(self, person: Pegawai) -> dict[str, Any]:
        """Return what stands now."""
        return {field.name: getattr(person, field.name) for field in Pegawai._meta.concrete_fields}

    def build(self) -> None:
        """Add the fields."""
        own = {
            "nama": forms.CharField(label=_("Nama"), max_length=200, help_text=_("Tanpa gelar.")),
            "gelar_depan": _text(_("Gelar depan"), "gelar_depan"),
            "gelar_belakang": _text(_("Gelar belakang"), "gelar_belakang"),
            "jenis_kelamin": _choice(_("Jenis kelamin"), JENIS_KELAMIN),
            "tempat_lahir": _text(_("Tempat lahir"), "tempat_lahir"),
            "tanggal_lahir": _day(_("Tanggal lahir"), _("Menentukan tanggal pensiun; harus sama dengan NIP.")),
            "status": _choice(_("Status pegawai"), STATUS_PEGAWAI),
            "jenis_pegawai": _text(_("Jenis pegawai"), "jenis_pegawai"),
            "kedudukan_hukum": _text(_("Kedudukan hukum"), "kedudukan_hukum"),
            "tmt_cpns": _day(_("TMT CPNS")),
            "tmt_pns": _day(_("TMT PNS")),
            "kontrak_berakhir": _day(_("Akhir perjanjian kerja"), _("Hanya untuk PPPK.")),
            "kartu_asn": _text(_("Nomor kartu ASN"), "kartu_asn"),
            "wilayah": _text(_("Wilayah domisili"), "wilayah"),
            "sertifikat": _text(_("Sertifikat"), "sertifikat", _("Pisahkan dengan titik koma.")),
            "terkunci": forms.BooleanField(label=_("Tidak dipindah"), required=False),
            "alasan_terkunci": _text(_("Alasan tidak dipindah"), "alasan_terkunci"),
            "nik": _text(_("NIK"), "nik"),
            "npwp": _text(_("NPWP"), "npwp"),
            "bpjs": _text(_("BPJS"), "bpjs"),
            "agama": _text(_("Agama"), "agama"),
            "status_kawin": _text(_("Status kawin"), "status_kawin"),
            "telepon": _text(_("Telepon"), "telepon"),
            "email": forms.EmailField(label=_("Surel"), required=False),
            "alamat": _text(_("Alamat"), "alamat", widget=forms.Textarea(attrs={"rows": 3})),
        }
        self.fields.update({name: field for name, field in own.items() if self.private or name not in PRIVATE})

    def data_diri(self) -> dict[str, Any]:
        """Return the values as the table holds them; a box that was never ticked stays unknown."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "versi"}
        if not values["terkunci"] and self.initial["terkunci"] is None:
            values["terkunci"] = None
        return values


class GolonganForm(VersionForm):
    """A golongan and its decree."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["golongan"] = _choice(_("Golongan"), GOLONGAN, required=True)
        self.fields["tmt"] = _day(_("TMT golongan"), required=True)
        self.fields["nomor_sk"] = forms.CharField(label=_("Nomor keputusan"), max_length=100)


class PendidikanForm(VersionForm):
    """An education that was finished."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["pendidikan"] = _choice(_("Tingkat pendidikan"), PENDIDIKAN, required=True)
        self.fields["bidang_studi"] = forms.CharField(label=_("Bidang studi"), max_length=200, required=False)
        self.fields["tahun_lulus"] = forms.IntegerField(
            label=_("Tahun lulus"), required=False, min_value=1950, help_text=_("Empat angka, seperti pada ijazah.")
        )
        self.fields["lembaga"] = forms.CharField(label=_("Lembaga pendidikan"), max_length=200, required=False)


class BerhentiForm(VersionForm):
    """The end of service."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["tanggal"] = _day(
            _("Berhenti mulai"), _("Hari pertama pegawai ini tidak lagi bekerja; semua posisinya berakhir hari itu."),
            required=True,
        )  # fmt: skip
        self.fields["alasan"] = _choice(_("Sebab"), REASONS, required=True)
        self.fields["nomor_sk"] = forms.CharField(label=_("Nomor keputusan"), max_length=100)


class UnggahForm(forms.Form):
    """The export of SIASN and the unit that it covers."""

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the *units* of the reader."""
        super().__init__(*args, **kwargs)
        self.fields["berkas"] = forms.FileField(
            label=_("Ekspor profil SIASN"), help_text=_("Berkas .xlsx atau .csv dengan sedikitnya kolom NIP dan NAMA.")
        )
        self.fields["unit"] = forms.ChoiceField(
            label=_("Cakupan berkas"), required=False, choices=[("", _("semua pegawai dalam lingkup saya")), *units],
            help_text=_("Pegawai di dalam cakupan yang tidak ada pada berkas dilaporkan sebagai hanya ada di sini."),
        )  # fmt: skip

    def clean_berkas(self) -> Any:
        """Refuse what is too large to be an export."""
        file = self.cleaned_data["berkas"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("Berkas terlalu besar; pecah per perangkat daerah, lalu unggah satu per satu.")
            )
        return file
