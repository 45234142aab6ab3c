"""What is typed to bring files in, and to say what their titles mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from penata.domain.pertukaran.headings import IGNORED, guess
from penata.faces.components.penetapan_form import PenetapanForm
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.spreadsheet.container import SUFFIXES
from penata.language import _
from penata.snapshot.schema import TABLES


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked like one."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list of files."""
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(item, initial) for item in files or [None]]


class UploadForm(PenetapanForm):
    """Files, the day from which they hold, and the act behind them."""

    penetapan_required: ClassVar[bool] = False

    berkas = FilesField()
    per = forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    langsung = forms.BooleanField(required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        """Say everything in the language of the reader; workload in force at once is offered to who may set it."""
        super().__init__(*args, **kwargs)
        berkas, per = self.fields["berkas"], self.fields["per"]
        berkas.label = _("Berkas Excel, OpenDocument atau CSV")
        berkas.help_text = _(
            "Satu berkas dengan beberapa lembar, atau beberapa berkas sekaligus; paling besar 200 MB. "
            "Judul kolom boleh di salah satu dari sepuluh baris pertama."
        )
        berkas.widget.attrs |= {"accept": ",".join(SUFFIXES), "data-seret": _("Seret berkas ke sini, atau")}
        berkas.error_messages["required"] = _("Pilih sedikitnya satu berkas.")
        berkas.error_messages["empty"] = _("Berkas yang dipilih kosong.")
        per.label = _("Berlaku mulai")
        per.help_text = _("Hari pertama isi berkas ini berlaku; keadaan sebelumnya tetap tersimpan.")
        per.initial = reader.as_of
        langsung = self.fields["langsung"]
        langsung.label = _("Beban kerja langsung ditetapkan")
        langsung.help_text = _(
            "Tanpa pilihan ini beban kerja masuk ke ABK draf unitnya, lalu diverifikasi seperti biasa."
        )
        if not reader.scope(Permission.ABK_TETAPKAN).whole:
            del self.fields["langsung"]


@dataclass(frozen=True)
class TitleChoice:
    """One title of a sheet with an example, and our column that it is taken for (empty: none)."""

    name: str  # of the field on the page
    title: str
    example: str
    column: str


@dataclass(frozen=True)
class SheetChoice:
    """One sheet as the page asks about it: the table it is taken for (empty: not read) and its titles."""

    name: str
    file: str
    sheet: str
    row: int
    sidik: str
    known: str
    table: str
    titles: tuple[TitleChoice, ...]

    @property
    def whole(self) -> bool:
        """Tell whether every title is understood."""
        return bool(self.table) and all(choice.column for choice in self.titles)

    @property
    def columns(self) -> dict[str, str]:
        """Return our column -> their title."""
        return {choice.column: choice.title for choice in self.titles if choice.column}


def sheet_choices(sheets: Sequence[Mapping[str, Any]], asked: Mapping[str, str]) -> list[SheetChoice]:
    """Return what the page shows: as *asked* where something was chosen, else as the sheet was recognised."""
    found = []
    for at, sheet in enumerate(sheets):
        name = f"lembar-{at}"
        table = asked.get(name, sheet["table"])
        table = table if table in TABLES else ""
        same = table == sheet["table"]
        taken = dict(sheet["columns"]) if same else guess(table, sheet["titles"])
        known = {title: column for column, title in taken.items()}
        columns = TABLES[table].polars_schema if table else {}
        titles = []
        for place, (title, example) in enumerate(zip(sheet["titles"], sheet["examples"], strict=True)):
            field = f"judul-{at}-{place}-{table}"
            chosen = asked.get(field, known.get(title, ""))
            titles.append(TitleChoice(field, title, example, chosen if chosen in columns else ""))
        found.append(
            SheetChoice(
                name, sheet["file"], sheet["sheet"], sheet["row"], sheet["sidik"], sheet["table"], table, tuple(titles)
            )
        )
    return found


def said(choices: Sequence[SheetChoice], sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return signature -> (table, our column -> their title) for what is otherwise than the sheet was recognised."""
    found: dict[str, Any] = {}
    for choice, sheet in zip(choices, sheets, strict=True):
        if not choice.table:
            found[choice.sidik] = (IGNORED, {})
        elif (choice.table, choice.columns) != (sheet["table"], dict(sheet["columns"])):
            found[choice.sidik] = (choice.table, choice.columns)
    return found
