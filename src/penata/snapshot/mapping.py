"""Files of another shape: a mapping file says which of their columns are which of our fields.

A mapping is YAML; its keys are Indonesian because agencies write it themselves::

    nama: contoh
    uraian: Apa bentuk berkas ini.
    bentuk:
      - nama: peta
        kenali: [Kode, Nama Jabatan]       # titles that must all be in the header; they recognise the shape
        desimal: "."                       # optional: decimal sign of numbers written as text (default is a comma)
        instansi: Organisasi               # optional: column that names the agency
        lewati:                            # optional: rows to leave out, when any condition holds
          - {kolom: Status, sama: [arsip]}
        keluaran:                          # one sheet may feed several tables
          - tabel: posisi
            lewati: []
            kolom:
              kode: Kode                   # a title of theirs
              unit: {kolom: Unit, terjemah: {DK: Dinas Kesehatan}, selain_itu: Lain, kosongkan: [XX], bila_kosong: Umum}
              jenis: {tetap: pelaksana}    # a constant
              atasan: {pola: "{Induk}-{urut}"}    # {baris}: number of the row; {urut}: its place by content
              keterangan: {gabung: [Catatan, {tetap: uji}], pemisah: "; "}
              bezetting: {bila: [{kolom: Nama, sama: [Kosong], maka: {tetap: 0}}], selain_itu: FTE}

A condition names a ``kolom`` and one of ``sama`` (one of these words), ``tidak_sama``, ``kosong: true`` or
``kosong: false``. Titles and words are compared folded (case, spaces and punctuation do not count). A column that is
not in ``kenali`` may be absent; its field is then empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from penata.foundation.spreadsheet import RefusedFile
from penata.foundation.spreadsheet.container import Sheet
from penata.foundation.spreadsheet.header import Field, Header, TitleRow, find_header
from penata.foundation.spreadsheet.titles import fold
from penata.language import _
from penata.snapshot.mapping_values import Condition, MappingError, Value, read_conditions, read_value
from penata.snapshot.schema import TABLES


@dataclass(frozen=True)
class Output:
    """One table that a shape feeds: the value of each field, and rows it leaves out."""

    table: str
    fields: Mapping[str, Value]
    skip: Sequence[Condition]


@dataclass(frozen=True)
class Shape:
    """One kind of sheet. ``known_by``: titles that recognise it; ``titles``: every title it uses, those first."""

    name: str
    known_by: Sequence[str]
    titles: Sequence[str]
    decimal: str
    instansi: str | None
    skip: Sequence[Condition]
    outputs: Sequence[Output]

    def find(self, rows: Sequence[TitleRow]) -> Header | None:
        """Return the header among *rows* that has every title this shape is known by, or None."""
        known = {fold(title) for title in self.known_by}
        fields = [Field(fold(title), (title,), required=fold(title) in known) for title in self.titles]
        header = find_header(rows, fields)
        return header if header is not None and not header.missing(fields) else None


@dataclass(frozen=True)
class Pemetaan:
    """A mapping file."""

    name: str
    description: str
    shapes: Sequence[Shape]

    def recognise(self, sheet: Sheet, rows: Sequence[TitleRow]) -> tuple[Shape, Header] | None:
        """Return the first shape whose titles *sheet* has, with its header."""
        if sheet.hidden:
            return None
        return next(((shape, header) for shape in self.shapes if (header := shape.find(rows)) is not None), None)


def read_mapping(path: Path) -> Pemetaan:
    """Read a mapping file. Raises RefusedFile that names the place when it cannot be understood."""
    try:
        return parse_mapping(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem)
    except OSError as error:
        raise RefusedFile(_("Berkas pemetaan {file} tidak dapat dibuka.").format(file=path)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RefusedFile(_("Berkas pemetaan {file} bukan YAML yang sah.").format(file=path.name)) from error
    except MappingError as error:
        raise RefusedFile(
            _("Berkas pemetaan {file} tidak dimengerti: {reason}.").format(file=path.name, reason=error)
        ) from error


def shipped_mappings() -> list[Pemetaan]:
    """Return the mappings that come with Penata, by name."""
    folder = files("penata.snapshot") / "mappings"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    return [parse_mapping(yaml.safe_load(item.read_text(encoding="utf-8")), item.name) for item in found]


def parse_mapping(content: Any, name: str) -> Pemetaan:
    """Return the mapping that *content* (parsed YAML) describes; raises MappingError."""
    top = _keys(content, {"bentuk"}, {"nama", "uraian"}, _("berkas"))
    shapes = top["bentuk"]
    if not isinstance(shapes, list) or not shapes:
        raise MappingError(_("“bentuk” harus daftar yang berisi"))
    return Pemetaan(str(top.get("nama", name)), str(top.get("uraian", "")), [_read_shape(shape) for shape in shapes])


def _read_shape(content: Any) -> Shape:
    shape = _keys(content, {"kenali", "keluaran"}, {"nama", "desimal", "instansi", "lewati"}, _("bentuk"))
    known_by = shape["kenali"]
    if not isinstance(known_by, list) or not known_by:
        raise MappingError(_("“kenali” harus daftar judul kolom"))
    decimal = str(shape.get("desimal", ","))
    if decimal not in {",", "."}:
        raise MappingError(_("“desimal” harus “,” atau “.”"))
    if not isinstance(shape["keluaran"], list) or not shape["keluaran"]:
        raise MappingError(_("“keluaran” harus daftar yang berisi"))
    outputs = [_read_output(output) for output in shape["keluaran"]]
    skip = read_conditions(shape.get("lewati"))
    instansi = shape.get("instansi")
    titles = [str(title) for title in known_by]
    titles += [condition.title for condition in skip]
    titles += [title for output in outputs for condition in output.skip for title in [condition.title]]
    titles += [title for output in outputs for value in output.fields.values() for title in value.titles]
    titles += [str(instansi)] if instansi else []
    by_fold = {fold(title): title for title in reversed(titles)}
    unique = [by_fold[key] for key in dict.fromkeys(fold(title) for title in titles)]
    known = [str(title) for title in known_by]
    return Shape(
        str(shape.get("nama", "")), known, unique, decimal, str(instansi) if instansi else None, skip, outputs
    )  # fmt: skip


def _read_output(content: Any) -> Output:
    output = _keys(content, {"tabel", "kolom"}, {"lewati"}, _("keluaran"))
    table = TABLES.get(str(output["tabel"]))
    if table is None:
        raise MappingError(_("tabel “{name}” tidak dikenal").format(name=output["tabel"]))
    if not isinstance(output["kolom"], dict):
        raise MappingError(_("“kolom” dari tabel {name} harus berisi pasangan").format(name=table.name))
    ours = {column.name for column in table.columns}
    for name in output["kolom"]:
        if name not in ours:
            raise MappingError(_("tabel {table} tidak mempunyai kolom “{name}”").format(table=table.name, name=name))
    missing = [column.name for column in table.columns if column.required and column.name not in output["kolom"]]
    if missing:
        raise MappingError(_("kolom wajib {names} dari tabel {table} belum dipetakan").format(
            names=", ".join(missing), table=table.name
        ))  # fmt: skip
    fields = {str(name): read_value(value) for name, value in output["kolom"].items()}
    return Output(table.name, fields, read_conditions(output.get("lewati")))


def _keys(content: Any, needed: set[str], allowed: set[str], place: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise MappingError(_("{place} harus berisi pasangan kunci dan nilai").format(place=place))
    unknown = set(map(str, content)) - needed - allowed
    if unknown:
        names = ", ".join(sorted(unknown))
        raise MappingError(_("kunci {keys} tidak dikenal dalam {place}").format(keys=names, place=place))
    if missing := needed - content.keys():
        names = ", ".join(sorted(missing))
        raise MappingError(_("kunci {keys} belum ada dalam {place}").format(keys=names, place=place))
    return content
