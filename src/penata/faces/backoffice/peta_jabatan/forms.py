"""Forms of the map: what a posisi is, who holds it, and which file is wanted."""

from datetime import date
from typing import Any

from django import forms

from penata.domain.jabatan.models import Jabatan
from penata.domain.organisasi.tree import pohon
from penata.domain.peta_jabatan.actions import Isi
from penata.faces.components.penetapan_form import PenetapanForm
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.language import _
from penata.snapshot.vocabulary import JENIS_PEMANGKU, STATUS_POSISI

JENIS_TITLES = {"definitif": "Definitif", "plt": "Plt (pelaksana tugas)", "plh": "Plh (pelaksana harian)"}


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}), **options)


class Labelled(PenetapanForm):
    """A form on a legal act whose labels are said in the language of the reader."""

    def label(self, texts: dict[str, tuple[str, str]]) -> None:
        """Set label and help of each field."""
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text


class PosisiForm(Labelled):
    """What a posisi is from a day on."""

    mulai = day_field()
    kelas = forms.IntegerField(required=False, min_value=1, max_value=17)
    kebutuhan = forms.FloatField(required=False, min_value=0)
    atasan = forms.CharField(required=False, max_length=64)
    status = forms.ChoiceField()
    kritis = forms.BooleanField(required=False)
    keterangan = forms.CharField(required=False, max_length=1_000, widget=forms.Textarea({"rows": 3}))
    dilihat = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say everything in the language of the reader."""
        super().__init__(*args, **kwargs)
        status = self.fields["status"]
        if isinstance(status, forms.ChoiceField):
            status.choices = [(word, word) for word in STATUS_POSISI]
        self.label({
            "mulai": (_("Berlaku mulai"), _("Keadaan sebelum tanggal ini tidak berubah.")),
            "kelas": (_("Kelas jabatan"), _("1 sampai 17; kosong: menurut katalog.")),
            "kebutuhan": (_("Kebutuhan (K)"), _("Dipakai selama belum ada ABK yang berlaku bagi posisi ini.")),
            "atasan": (_("Kode posisi atasan"), _("Kosong hanya bagi puncak peta.")),
            "status": (_("Status"), ""),
            "kritis": (_("Posisi kritis"), _("Didahulukan pengisian dan penerusnya.")),
            "keterangan": (_("Keterangan"), ""),
        })  # fmt: skip

    def isi(self) -> Isi:
        """Return what was written."""
        data = self.cleaned_data
        return Isi(
            data["kelas"],
            data["kebutuhan"],
            data["kritis"],
            data["status"],
            data["atasan"].strip(),
            data["keterangan"].strip(),
        )


class PosisiBaruForm(PosisiForm):
    """A new posisi: which jabatan in which unit."""

    jabatan = forms.CharField(max_length=300)
    unit = forms.CharField(max_length=64)
    kode = forms.CharField(required=False, max_length=64)
    field_order = ("jabatan", "unit", "kode")

    def __init__(self, *args: Any, as_of: date, **kwargs: Any) -> None:
        """Keep the day on which the unit must exist."""
        super().__init__(*args, **kwargs)
        self.as_of = as_of
        self.order_fields(["jabatan", "unit", "kode", "mulai"])
        self.label({
            "jabatan": (_("Nama jabatan"), _("Persis seperti dalam katalog jabatan.")),
            "unit": (_("Kode unit"), ""),
            "kode": (_("Kode posisi"), _("Kosong: diberi nomor urut dalam unit.")),
        })  # fmt: skip

    def clean_jabatan(self) -> Jabatan:
        """Find the jabatan in the catalogue."""
        name = " ".join(self.cleaned_data["jabatan"].split())
        found = Jabatan.objects.filter(nama__iexact=name).first()
        if found is None:
            raise forms.ValidationError(
                _("Jabatan ini tidak ada dalam katalog. Periksa ejaannya, atau tambahkan dahulu.")
            )
        return found

    def clean_unit(self) -> int:
        """Find the unit by its code."""
        kode = self.cleaned_data["unit"].strip()
        for node in pohon(self.as_of).by_id.values():
            if node.kode == kode:
                return node.id
        raise forms.ValidationError(_("Tidak ada unit dengan kode ini pada tanggal yang dipilih."))


class AkhiriForm(Labelled):
    """The end of a posisi."""

    selesai = day_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say everything in the language of the reader."""
        super().__init__(*args, **kwargs)
        self.label({"selesai": (_("Tidak berlaku mulai"), _("Hari pertama posisi ini tidak ada lagi."))})


class AngkatForm(Labelled):
    """Somebody is to hold a posisi."""

    penetapan_required = False

    nip = forms.RegexField(r"^\s*\d[\d ]{16,24}\s*$", max_length=30)
    jenis = forms.ChoiceField()
    mulai = day_field()
    tmt = day_field(required=False)
    nomor_sk = forms.CharField(max_length=100)
    pindahkan = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say everything in the language of the reader."""
        super().__init__(*args, **kwargs)
        jenis = self.fields["jenis"]
        if isinstance(jenis, forms.ChoiceField):
            jenis.choices = [(word, JENIS_TITLES[word]) for word in JENIS_PEMANGKU]
        self.fields["nip"].error_messages["invalid"] = _("NIP terdiri atas 18 angka.")
        self.label({
            "nip": (_("NIP"), _("18 angka; spasi diabaikan.")),
            "jenis": (_("Sebagai"), ""),
            "mulai": (_("Memangku mulai"), ""),
            "tmt": (_("TMT menurut keputusan"), _("Kosong: sama dengan tanggal mulai.")),
            "nomor_sk": (_("Nomor SK"), ""),
            "pindahkan": (
                _("Pindahkan dari posisi sekarang"), _("Bila pegawai ini masih memangku posisi lain secara definitif.")
            ),
        })  # fmt: skip

    def clean_nip(self) -> str:
        """Return the digits."""
        return "".join(str(self.cleaned_data["nip"]).split())


class LepasForm(Labelled):
    """Somebody is to leave a posisi."""

    penetapan_required = False

    selesai = day_field()
    alasan = forms.CharField(max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say everything in the language of the reader."""
        super().__init__(*args, **kwargs)
        self.label({
            "selesai": (_("Tidak memangku mulai"), _("Hari pertama pegawai ini tidak lagi memangku posisi.")),
            "alasan": (_("Alasan"), _("Misalnya mutasi, pensiun, masa penugasan berakhir.")),
        })  # fmt: skip


def unit_by_code(reader: Reader, kode: str) -> int | None:
    """Return the id of a unit the reader may see on the map; None for none asked or none such."""
    scope = reader.scope(Permission.PETA_LIHAT)
    node = pohon(reader.as_of).by_code.get(kode)
    return node.id if node and node.id in scope else None
