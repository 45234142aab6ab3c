"""Forms of the catalogue, and of the legal acts behind informasi, evaluasi and standar."""

from typing import Any

from django import forms

from penata.domain.jabatan.models import Jabatan
from penata.domain.jabatan.queries import KELAS, rumpun
from penata.faces.components.penetapan_form import PenetapanForm, Suggesting
from penata.language import _
from penata.snapshot.vocabulary import GOLONGAN, JENIS_JABATAN, JENJANG, PENDIDIKAN


class JabatanForm(PenetapanForm):
    """One jabatan of the catalogue and the legal act behind it."""

    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    nama = forms.CharField(max_length=300)
    jenis = forms.ChoiceField(choices=[("", ""), *((word, word) for word in JENIS_JABATAN)])
    jenjang = forms.ChoiceField(choices=[("", ""), *((word, word) for word in JENJANG)], required=False)
    rumpun = forms.CharField(max_length=120, required=False)
    kelas = forms.TypedChoiceField(
        choices=[("", ""), *((str(k), str(k)) for k in KELAS)], coerce=int, empty_value=None, required=False
    )
    pendidikan_min = forms.ChoiceField(choices=[("", ""), *((word, word) for word in PENDIDIKAN)], required=False)
    bidang_studi = forms.CharField(max_length=2_000, required=False, widget=forms.Textarea({"rows": 2}))
    golongan_min = forms.ChoiceField(choices=[("", ""), *((word, word) for word in GOLONGAN)], required=False)
    golongan_maks = forms.ChoiceField(choices=[("", ""), *((word, word) for word in GOLONGAN)], required=False)
    pengalaman_min = forms.FloatField(min_value=0, max_value=40, required=False, localize=False)
    sertifikat = forms.CharField(max_length=2_000, required=False, widget=forms.Textarea({"rows": 2}))
    bup = forms.IntegerField(min_value=50, max_value=75, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say everything in the language of the reader."""
        super().__init__(*args, **kwargs)
        several = _("Pisahkan dengan titik koma.")
        texts = {
            "nama": (_("Nama jabatan"), _("Seperti tertulis pada daftar nomenklatur.")),
            "jenis": (_("Jenis jabatan"), ""),
            "jenjang": (_("Jenjang"), _("Hanya untuk jabatan fungsional.")),
            "rumpun": (_("Rumpun"), ""),
            "kelas": (
                _("Kelas jabatan"),
                _("Sebaiknya lewat evaluasi jabatan; isi di sini hanya bila sudah ditetapkan."),
            ),
            "pendidikan_min": (_("Pendidikan minimal"), ""),
            "bidang_studi": (_("Bidang studi"), several),
            "golongan_min": (_("Golongan minimal"), ""),
            "golongan_maks": (_("Golongan maksimal"), ""),
            "pengalaman_min": (_("Pengalaman minimal (tahun)"), ""),
            "sertifikat": (_("Sertifikat wajib"), several),
            "bup": (_("BUP khusus"), _("Kosongkan bila mengikuti ketentuan umum batas usia pensiun.")),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        self.fields["rumpun"].widget = Suggesting(tuple(rumpun()))

    def clean(self) -> dict[str, Any]:
        """A jenjang belongs to a jabatan fungsional, and no other."""
        data = super().clean()
        if data.get("jenis") == "fungsional" and not data.get("jenjang"):
            self.add_error("jenjang", _("Pilih jenjang jabatan fungsional."))
        if data.get("jenjang") and data.get("jenis") not in {"fungsional", None}:
            self.add_error("jenjang", _("Kosongkan jenjang; hanya jabatan fungsional yang memilikinya."))
        low, high = data.get("golongan_min"), data.get("golongan_maks")
        if low and high and GOLONGAN.index(low) > GOLONGAN.index(high):
            self.add_error("golongan_maks", _("Golongan maksimal lebih rendah daripada golongan minimal."))
        return data

    @staticmethod
    def initial_of(jabatan: Jabatan) -> dict[str, Any]:
        """Return the present values of a jabatan."""
        names = (
            "versi", "nama", "jenis", "jenjang", "rumpun", "kelas", "pendidikan_min", "bidang_studi", "golongan_min",
            "golongan_maks", "pengalaman_min", "sertifikat", "bup",
        )  # fmt: skip
        return {name: getattr(jabatan, name) for name in names}


class TetapkanForm(PenetapanForm):
    """The day on which something comes into force, and the legal act."""

    versi = forms.IntegerField(widget=forms.HiddenInput)
    mulai = forms.DateField(widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say everything in the language of the reader."""
        super().__init__(*args, **kwargs)
        self.fields["mulai"].label = _("Mulai berlaku")
        self.fields["mulai"].help_text = _("Tanggal menurut naskah penetapan.")


class TetapkanEvaluasiForm(TetapkanForm):
    """As above, and whether the posisi follow."""

    terapkan_posisi = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, posisi: int, **kwargs: Any) -> None:
        """Say how many posisi would follow."""
        super().__init__(*args, **kwargs)
        self.fields["terapkan_posisi"].label = _("Terapkan pada {n} posisi dengan jabatan ini").format(n=posisi)
        self.fields["terapkan_posisi"].help_text = _("Kelas pada peta jabatan berubah sejak tanggal mulai berlaku.")


class StandarForm(PenetapanForm):
    """The legal act behind a standard; its rows are read by hand."""

    versi = forms.IntegerField(widget=forms.HiddenInput)


class InformasiBaruForm(forms.Form):
    """For which unit a new informasi jabatan is, and from what it is copied."""

    unit = forms.ChoiceField()
    sumber = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], sources: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer units and forms to copy from."""
        super().__init__(*args, **kwargs)
        texts = {
            "unit": (_("Unit"), _("Unit tempat jabatan ini berada, dalam lingkup tugas Anda."), units),
            "sumber": (
                _("Salin dari"), _("Yang paling mirip di atas; isinya dapat diubah sesudahnya."),
                [("", _("Tidak menyalin; isi dari data yang sudah dikenal")), *sources],
            ),
        }  # fmt: skip
        for name, (label, help_text, choices) in texts.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
