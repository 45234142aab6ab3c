"""Opening a file as a book of sheets: judged by its content and not by its name, refused in one sentence.

Reads xlsx, xlsm, xls, ods (python-calamine, formulas as their stored results) and delimited text. Macros and
external links are never followed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from defusedxml.ElementTree import ParseError, fromstring
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from penata.foundation.spreadsheet.delimited import read_delimited
from penata.foundation.spreadsheet.refusal import RefusedFile, broken, locked
from penata.foundation.spreadsheet.safety import MAX_CELLS, MAX_FILE, Inspection, inspect_archive
from penata.foundation.spreadsheet.trial import try_reading
from penata.language import _

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")
_KINDS = {  # suffixes that a kind of content may carry
    "xlsx": (".xlsx", ".xlsm"),
    "xls": (".xls",),
    "ods": (".ods",),
    "csv": (".csv", ".tsv", ".txt"),
}
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells from A1 on, row by row.

    ``rows``: lists of str, float, int, bool, date, datetime, time or timedelta; an empty cell is an empty string.
    ``merged``: merged areas as ((first row, first column), (last row, last column)), counted from 0.
    ``errors``: text of formula errors by (row, column); an empty text is a formula without stored result.
    """

    file: str
    path: Path
    name: str
    rows: Sequence[Sequence[Any]]
    hidden: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """One opened file. ``kind`` is what it really is; :meth:`sheets` reads sheet after sheet."""

    path: Path
    kind: str
    inspection: Inspection | None = None

    @property
    def file(self) -> str:
        """Return the name of the file without folders."""
        return self.path.name

    @property
    def misnamed(self) -> bool:
        """Tell whether the suffix of the file name promises another kind."""
        return self.path.suffix.lower() not in _KINDS[self.kind]

    @property
    def shows_errors(self) -> bool:
        """Tell whether formula errors come out; in the old binary format they read as empty cells."""
        return self.kind != "xls"

    @property
    def expected_sheets(self) -> int:
        """Return how many sheets are likely to come, for a progress bar."""
        return max(len(self.inspection.used), 1) if self.inspection else 1

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets in order; hidden ones come without cells. Raises RefusedFile."""
        if self.kind == "csv":
            yield Sheet(self.file, self.path, self.path.stem, read_delimited(_read(self.path), self.path))
            return
        yield from _read_sheets(self)


def list_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: those given, and those in given folders, in order and each once.

    Raises RefusedFile for a path that does not exist and a folder without any workbook.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        try:
            inside = sorted(path.iterdir())
        except PermissionError as error:
            reason = _("Folder {file} tidak boleh dibaca oleh pengguna ini.")
            raise RefusedFile(reason.format(file=path.name)) from error
        found = [item for item in inside if item.suffix.lower() in SUFFIXES and item.is_file() and _wanted(item)]
        if not found:
            raise RefusedFile(
                _("Folder {file} tidak berisi buku kerja (.xlsx, .xls, .ods) atau .csv.").format(file=path.name or path)
            )
        files |= dict.fromkeys(found)
    if not files:
        raise RefusedFile(_("Tidak ada berkas yang diberikan."))
    return list(files)


def _wanted(path: Path) -> bool:
    return not path.name.startswith(("~$", ".")) and path.stem.lower() not in {"readme", "licence", "license"}


def open_book(path: Path) -> Book:
    """Open *path* and find out what it is. Raises RefusedFile with the reason and the remedy in one sentence."""
    head = _head(path)
    refusals = {
        "pdf": _("Berkas {file} sebenarnya PDF; simpan tabelnya sebagai .xlsx."),
        "html": _("Berkas {file} sebenarnya halaman web (HTML); buka di aplikasi lembar kerja, simpan sebagai .xlsx."),
        "xml": _("Berkas {file} adalah XML, bukan buku kerja; buka di aplikasi lembar kerja, simpan sebagai .xlsx."),
        "xlsb": _("Berkas {file} berformat .xlsb yang tidak dibaca; simpan ulang sebagai .xlsx."),
        "password": locked(),
        "unknown": _("Berkas {file} bukan buku kerja (.xlsx, .xls, .ods) atau csv yang dikenal."),
    }
    kind = _kind_of(head, path)
    inspection = None
    if kind == "zip":
        inspection = inspect_archive(path, path.name)
        kind = _kind_of_archive(inspection)
    if kind in refusals:
        raise RefusedFile(refusals[kind].format(file=path.name))
    return Book(path, kind, inspection)


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8192)
    except FileNotFoundError as error:
        raise RefusedFile(_("Berkas {file} tidak ditemukan.").format(file=path)) from error
    except PermissionError as error:
        raise RefusedFile(_("Berkas {file} tidak boleh dibaca oleh pengguna ini.").format(file=path.name)) from error
    except OSError as error:
        raise RefusedFile(_("Berkas {file} tidak dapat dibuka.").format(file=path.name)) from error
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise RefusedFile(_("Berkas {file} kosong.").format(file=path.name))
    if size > MAX_FILE:
        reason = _("Berkas {file} terlalu besar untuk dibaca; pecah menjadi beberapa berkas.")
        raise RefusedFile(reason.format(file=path.name))
    return head


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedFile(_("Berkas {file} tidak dapat dibuka.").format(file=path.name)) from error


def _kind_of(head: bytes, path: Path) -> str:
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        whole = _read(path)
        if "EncryptedPackage".encode("utf-16-le") in whole:
            return "password"
        return "xls" if any(name.encode("utf-16-le") in whole for name in ("Workbook", "Book")) else "unknown"
    if head.startswith(b"%PDF"):
        return "pdf"
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if re.match(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", start):
        return "html"
    if start.startswith((b"<?xml", b"<workbook")):
        return "html" if b"<html" in start else "xml"
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "unknown" if b"\x00" in head and not wide else "csv"


def _kind_of_archive(inspection: Inspection) -> str:
    if "xl/workbook.bin" in inspection.names:
        return "xlsb"
    if "xl/workbook.xml" in inspection.names:
        return "xlsx"
    return "ods" if b"opendocument.spreadsheet" in inspection.small.get("mimetype", b"") else "unknown"


def _read_sheets(book: Book) -> Iterator[Sheet]:
    try:
        parts = _sheet_parts(book.inspection) if book.kind == "xlsx" and book.inspection else {}
        with _under_its_kind(book) as path, _open(path, book) as workbook:
            for meta in workbook.sheets_metadata:
                if meta.typ != SheetTypeEnum.WorkSheet:
                    continue
                if meta.visible != SheetVisibleEnum.Visible:
                    yield Sheet(book.file, book.path, meta.name, (), hidden=True)
                    continue
                sheet = workbook.get_sheet_by_name(meta.name)
                used = book.inspection.used.get(parts.get(meta.name, meta.name)) if book.inspection else None
                if sheet.total_height * sheet.total_width > MAX_CELLS:
                    raise RefusedFile(broken().format(file=book.file))
                yield Sheet(
                    book.file, book.path, meta.name, sheet.to_python(skip_empty_area=False),
                    merged=tuple(sheet.merged_cell_ranges or ()), errors=used.errors if used else {},
                )  # fmt: skip
    except PasswordError as error:
        raise RefusedFile(locked().format(file=book.file)) from error
    except (CalamineError, ParseError, OSError, ValueError) as error:
        raise RefusedFile(broken().format(file=book.file)) from error


@contextmanager
def _under_its_kind(book: Book) -> Iterator[Path]:
    """Yield a path whose suffix says what the file is: the reader believes the suffix of a path."""
    if not book.misnamed:
        yield book.path
        return
    with TemporaryDirectory(prefix="penata-") as folder:
        link = Path(folder) / f"buku{_KINDS[book.kind][0]}"
        link.symlink_to(book.path.absolute())
        yield link


def _open(path: Path, book: Book) -> CalamineWorkbook:
    if book.kind == "xls":
        try_reading(path, book.file)
    return CalamineWorkbook.from_path(str(path))


def _sheet_parts(inspection: Inspection) -> dict[str, str]:
    """Return the part of the archive that holds each sheet, by the sheet's name."""
    relations = fromstring(inspection.small.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    targets = {relation.get("Id"): unquote(relation.get("Target", "")) for relation in relations}
    parts = {}
    for element in fromstring(inspection.small["xl/workbook.xml"]).iter():
        if element.tag.endswith("}sheet") and (target := targets.get(element.get(_RELATIONS))):
            parts[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts
