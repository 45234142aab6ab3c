"""One form for each kind of edit of a draft; what is typed becomes named edits."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import polars as pl
from django import forms
from django.urls import reverse

from penata.domain.organisasi.reorganisasi_majemuk import merge, split
from penata.domain.organisasi.reorganisasi_uji import Uji
from penata.faces.backoffice.organisasi.forms import CodeInput, DayInput
from penata.language import N_, _
from penata.snapshot import edits as e
from penata.snapshot.vocabulary import JENIS_PEMANGKU, JENIS_UNIT

NAMES = {
    "unit": ("kode", "nama"),
    "posisi": ("kode", "jabatan"),
    "pegawai": ("nip", "nama"),
    "jabatan": ("nama", "nama"),
}
TEXTS: Mapping[str, tuple[str, str]] = {  # field: label, help
    "unit": (N_("Unit"), N_("Ketik kode atau nama, lalu pilih.")),
    "kode_unit": (N_("Kode unit baru"), ""),
    "nama": (N_("Nama"), ""),
    "jenis": (N_("Jenis"), ""),
    "induk": (N_("Unit induk"), N_("Kosong berarti di puncak susunan.")),
    "wilayah": (N_("Wilayah"), ""),
    "asal": (N_("Unit asal"), N_("Ketik kode atau nama, lalu pilih.")),
    "tujuan": (N_("Unit tujuan"), N_("Semua posisi dan unit di bawah unit asal pindah ke sini.")),
    "kepala_asal": (N_("Posisi kepala unit asal yang dihapus"), N_("Pemangkunya dilepas, bawahannya beralih atasan.")),
    "kepala_tujuan": (N_("Posisi kepala unit tujuan"), N_("Atasan baru bagi bawahan kepala unit asal.")),
    "kode_posisi": (N_("Kode posisi baru"), ""),
    "posisi": (N_("Posisi"), N_("Ketik kode posisi atau nama jabatan, lalu pilih.")),
    "jabatan": (N_("Nama jabatan"), N_("Dari katalog jabatan.")),
    "atasan": (N_("Posisi atasan"), ""),
    "kebutuhan": (N_("Kebutuhan (K)"), N_("Jumlah orang yang ditetapkan.")),
    "kelas": (N_("Kelas jabatan"), N_("Kosong berarti menurut katalog.")),
    "kritis": (N_("Posisi kritis"), ""),
    "nip": (N_("Pegawai"), N_("Ketik NIP atau nama, lalu pilih.")),
    "sebagai": (N_("Sebagai"), ""),
    "tmt": (N_("TMT"), N_("Kosong berarti hari mulai berlaku.")),
    "nomor_sk": (N_("Nomor SK"), ""),
    "pilih_posisi": (N_("Posisi yang pindah ke unit baru"), ""),
    "pilih_unit": (N_("Unit yang pindah ke bawah unit baru"), ""),
}


class CodeField(forms.CharField):
    """A code of one table of the draft; a name is accepted where it is the only one."""

    def __init__(self, table: str, **kwargs: Any) -> None:
        """Keep the table."""
        super().__init__(widget=CodeInput(), max_length=300, **kwargs)
        self.table = table


class EditForm(forms.Form):
    """What every kind of edit shares: texts, look-up of codes in the draft as it stands."""

    title: ClassVar[str] = ""
    icon: ClassVar[str] = "pencil"

    def __init__(self, *args: Any, uji: Uji, key: int, **kwargs: Any) -> None:
        """Keep the draft; *key* is its number, for the suggestions."""
        super().__init__(*args, **kwargs)
        self.uji = uji
        for name, field in self.fields.items():
            label, help_text = TEXTS[name]
            field.label, field.help_text = _(label), _(help_text) if help_text else ""
            if isinstance(field, CodeField) and isinstance(field.widget, CodeInput):
                field.widget.url = reverse("rancangan_saran", args=[key, field.table])

    def clean(self) -> dict[str, Any]:
        """Put the code in the place of whatever was typed."""
        data = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, CodeField) and data.get(name):
                found = self._find(field.table, str(data[name]))
                if found is None:
                    self.add_error(name, _("Tidak ditemukan. Pilih dari saran, atau ketik kodenya."))
                data[name] = found
            elif data.get(name) == "":
                data[name] = None
        return data

    @abstractmethod
    def edits(self) -> Sequence[e.Edit]:
        """Return the named edits; only of a valid form."""

    def kelompok(self) -> str:
        """Return the name of the larger step, empty when it is a single edit."""
        return ""

    def _find(self, table: str, text: str) -> str | None:
        key, name = NAMES[table]
        frame, folded = self.uji.tables[table], text.strip().lower()
        for column in dict.fromkeys((key, name)):
            rows = frame.filter(pl.col(column).str.to_lowercase() == folded)[key]
            if len(rows) == 1:
                return str(rows[0])
        return None


def _words(words: Sequence[str], *, empty: bool = True) -> list[tuple[str, str]]:
    return [*([("", "–")] if empty else []), *((word, word) for word in words)]


class AddUnitForm(EditForm):
    """A new unit."""

    title, icon = N_("Bentuk unit"), "plus"
    kode_unit = forms.CharField(max_length=64)
    nama = forms.CharField(max_length=300)
    jenis = forms.ChoiceField(choices=_words(JENIS_UNIT), required=False)
    induk = CodeField("unit", required=False)
    wilayah = forms.CharField(required=False, max_length=120)

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        d = self.cleaned_data
        return [e.AddUnit(d["kode_unit"], d["nama"], d["induk"], d["jenis"], d["wilayah"])]


class MoveUnitForm(EditForm):
    """A unit under another one."""

    title, icon = N_("Pindahkan unit"), "arrows-right"
    unit = CodeField("unit")
    induk = CodeField("unit", required=False)

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        return [e.MoveUnit(self.cleaned_data["unit"], self.cleaned_data["induk"])]


class ChangeUnitForm(EditForm):
    """Another name, kind or region."""

    title, icon = N_("Ubah nama unit"), "edit"
    unit = CodeField("unit")
    nama = forms.CharField(max_length=300, required=False)
    jenis = forms.ChoiceField(choices=_words(JENIS_UNIT), required=False)
    wilayah = forms.CharField(required=False, max_length=120)

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        d = self.cleaned_data
        return [e.ChangeUnit(d["unit"], d["nama"], d["jenis"], d["wilayah"])]


class AbolishUnitForm(EditForm):
    """An empty unit goes."""

    title, icon = N_("Hapus unit"), "trash"
    unit = CodeField("unit")

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        return [e.AbolishUnit(self.cleaned_data["unit"])]


class MergeForm(EditForm):
    """One unit goes up in another."""

    title, icon = N_("Gabungkan unit"), "arrows-join"
    asal = CodeField("unit")
    tujuan = CodeField("unit")
    kepala_asal = CodeField("posisi", required=False)
    kepala_tujuan = CodeField("posisi", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a unit that is merged into itself."""
        data = super().clean()
        if data.get("asal") and data.get("asal") == data.get("tujuan"):
            self.add_error("tujuan", _("Pilih unit lain dari unit asal."))
        return data

    def edits(self) -> Sequence[e.Edit]:
        """Return the edits that a merge consists of."""
        d = self.cleaned_data
        return merge(
            self.uji.tables, d["asal"], d["tujuan"], kepala_asal=d["kepala_asal"], kepala_tujuan=d["kepala_tujuan"]
        )

    def kelompok(self) -> str:
        """Return the name of the merge."""
        return _("Gabungkan {asal} ke {tujuan}").format(**self.cleaned_data)


class SplitForm(EditForm):
    """A new unit beside another, with part of its posisi and units."""

    title, icon = N_("Pecah unit"), "arrows-split"
    asal = CodeField("unit")
    kode_unit = forms.CharField(max_length=64)
    nama = forms.CharField(max_length=300)
    jenis = forms.ChoiceField(choices=_words(JENIS_UNIT), required=False)
    pilih_posisi = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    pilih_unit = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what lies in the unit that is split."""
        super().__init__(*args, **kwargs)
        asal = self._find("unit", str(self.data.get("asal") or self.initial.get("asal") or ""))
        self.ready = asal is not None
        if asal is None:
            for name in list(self.fields):
                if name != "asal":
                    del self.fields[name]
            return
        rows = {
            "pilih_posisi": self.uji.tables["posisi"].filter(pl.col("unit") == asal).select("kode", "jabatan"),
            "pilih_unit": self.uji.tables["unit"].filter(pl.col("induk") == asal).select("kode", "nama"),
        }
        for name, frame in rows.items():
            choices = [(kode, f"{kode} {text}") for kode, text in frame.sort("kode").iter_rows()]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for something that moves."""
        data = super().clean()
        if self.ready and not data.get("pilih_posisi") and not data.get("pilih_unit"):
            raise forms.ValidationError(_("Pilih sedikitnya satu posisi atau unit yang pindah ke unit baru."))
        return data

    def edits(self) -> Sequence[e.Edit]:
        """Return the edits that a split consists of."""
        d = self.cleaned_data
        new = e.AddUnit(d["kode_unit"], d["nama"], jenis=d["jenis"])
        return split(self.uji.tables, d["asal"], new, d.get("pilih_posisi") or (), d.get("pilih_unit") or ())

    def kelompok(self) -> str:
        """Return the name of the split."""
        return _("Pecah {asal} menjadi {asal} dan {kode_unit}").format(**self.cleaned_data)


class AddPosisiForm(EditForm):
    """A new posisi."""

    title, icon = N_("Bentuk posisi"), "plus"
    kode_posisi = forms.CharField(max_length=64)
    jabatan = CodeField("jabatan")
    unit = CodeField("unit")
    atasan = CodeField("posisi", required=False)
    kebutuhan = forms.FloatField(min_value=0, required=False, localize=True)
    kelas = forms.IntegerField(min_value=1, max_value=17, required=False)
    kritis = forms.BooleanField(required=False)

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit, with kind, level and class as the catalogue has them."""
        d = self.cleaned_data
        entry = self.uji.tables["jabatan"].filter(pl.col("nama") == d["jabatan"]).row(0, named=True)
        kelas = d["kelas"] if d["kelas"] is not None else entry["kelas"]
        return [
            e.AddPosisi(
                d["kode_posisi"], d["jabatan"], d["unit"], d["atasan"], entry["jenis"], entry["jenjang"], kelas,
                d["kebutuhan"], d["kritis"] or None,
            )
        ]  # fmt: skip


class MovePosisiForm(EditForm):
    """A posisi in another unit or under another superior."""

    title, icon = N_("Pindahkan posisi"), "arrows-right"
    posisi = CodeField("posisi")
    unit = CodeField("unit", required=False)
    atasan = CodeField("posisi", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for something that changes."""
        data = super().clean()
        if not self.errors and not data.get("unit") and not data.get("atasan"):
            raise forms.ValidationError(_("Isi unit tujuan, atasan baru, atau keduanya."))
        return data

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        d = self.cleaned_data
        return [e.MovePosisi(d["posisi"], d["unit"], d["atasan"])]


class NeedForm(EditForm):
    """Another need."""

    title, icon = N_("Ubah kebutuhan"), "calculator"
    posisi = CodeField("posisi")
    kebutuhan = forms.FloatField(min_value=0, localize=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what becomes of the workload."""
        super().__init__(*args, **kwargs)
        self.fields["kebutuhan"].help_text = _(
            "Beban kerja posisi ini berhenti berlaku karena kebutuhannya diputuskan."
        )

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        return [e.ChangeKebutuhan(self.cleaned_data["posisi"], float(self.cleaned_data["kebutuhan"]))]


class FreezeForm(EditForm):
    """A posisi that is not to be filled."""

    title, icon = N_("Bekukan posisi"), "snowflake"
    posisi = CodeField("posisi")

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        return [e.FreezePosisi(self.cleaned_data["posisi"])]


class ActivateForm(FreezeForm):
    """A frozen posisi that may be filled again."""

    title, icon = N_("Aktifkan posisi"), "flame"

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        return [e.ActivatePosisi(self.cleaned_data["posisi"])]


class AbolishPosisiForm(FreezeForm):
    """A posisi without holders and subordinates goes."""

    title, icon = N_("Hapus posisi"), "trash"

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        return [e.AbolishPosisi(self.cleaned_data["posisi"])]


class AssignForm(EditForm):
    """Somebody holds a posisi."""

    title, icon = N_("Angkat pemangku"), "user-plus"
    nip = CodeField("pegawai")
    posisi = CodeField("posisi")
    sebagai = forms.ChoiceField(choices=_words(JENIS_PEMANGKU, empty=False))
    tmt = forms.DateField(required=False, widget=DayInput)
    nomor_sk = forms.CharField(required=False, max_length=100)

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        d = self.cleaned_data
        return [e.AssignHolder(d["nip"], d["posisi"], d["sebagai"], d["tmt"], d["nomor_sk"])]


class ReleaseForm(EditForm):
    """Somebody holds a posisi no longer."""

    title, icon = N_("Lepaskan pemangku"), "user-minus"
    nip = CodeField("pegawai")
    posisi = CodeField("posisi")
    sebagai = forms.ChoiceField(choices=_words(JENIS_PEMANGKU, empty=False))

    def edits(self) -> Sequence[e.Edit]:
        """Return the edit."""
        d = self.cleaned_data
        return [e.RemoveHolder(d["nip"], d["posisi"], d["sebagai"])]


FORMS: Mapping[str, type[EditForm]] = {
    "gabung": MergeForm, "pecah": SplitForm, "unit-baru": AddUnitForm, "unit-pindah": MoveUnitForm,
    "unit-ubah": ChangeUnitForm, "unit-hapus": AbolishUnitForm, "posisi-baru": AddPosisiForm,
    "posisi-pindah": MovePosisiForm, "kebutuhan": NeedForm, "bekukan": FreezeForm, "aktifkan": ActivateForm,
    "posisi-hapus": AbolishPosisiForm, "angkat": AssignForm, "lepas": ReleaseForm,
}  # fmt: skip
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Unit"), ("gabung", "pecah", "unit-baru", "unit-pindah", "unit-ubah", "unit-hapus")),
    (N_("Posisi"), ("posisi-baru", "posisi-pindah", "kebutuhan", "bekukan", "aktifkan", "posisi-hapus")),
    (N_("Pemangku"), ("angkat", "lepas")),
)
