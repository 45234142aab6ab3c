"""The profile export of SIASN: its 33 columns, what they mean here, and reading it from a workbook.

A value is understood once, at the edge: dates become ISO days, golongan and education official words, and everything
is kept as text (empty: SIASN says nothing). :meth:`Kolom.key` gives the form in which two values are compared, so that
case, spaces and dashes are no difference.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl

from penata.foundation.spreadsheet import RefusedFile
from penata.foundation.spreadsheet.body import Body, read_body
from penata.foundation.spreadsheet.cells import (
    CellError,
    Parser,
    is_blank,
    parse_code,
    parse_day,
    parse_digits,
    parse_integer,
    parse_text,
    shown,
)
from penata.foundation.spreadsheet.columns import parse_column
from penata.foundation.spreadsheet.container import Sheet, open_book
from penata.foundation.spreadsheet.header import Field, Header, find_header, title_rows
from penata.foundation.spreadsheet.problems import finding
from penata.foundation.spreadsheet.titles import column_letter, nearest
from penata.language import _
from penata.snapshot.vocabulary import VOCABULARIES, resolve

NIP_LENGTH = 18
_LEVEL = re.compile(
    r"^(?:d[\s.-]?(?:i{1,3}|iv|[1-4])|s[\s.-]?[1-3]|slta|sma|smk|smp|sltp|sd)\b[\s/.,:-]*", re.IGNORECASE
)


class Banding(StrEnum):
    """How two values of a column are compared."""

    PERSIS = "persis"
    TEKS = "teks"  # letters and digits, without case
    ANGKA = "angka"  # digits only; a telephone number of Indonesia with or without country code


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column of the export. ``diambil``: its value may be written here; else it follows from the post held."""

    nama: str
    judul: str
    parse: Parser
    pribadi: bool = False
    diambil: bool = True
    banding: Banding = Banding.TEKS
    rapikan: bool = False  # SIASN shouts: words in capitals are written as names are

    def key(self, value: pl.Expr) -> pl.Expr:
        """Return the form of *value* in which it is compared; null where there is nothing."""
        text = value.fill_null("")
        match self.banding:
            case Banding.TEKS:
                text = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
            case Banding.ANGKA:
                text = text.str.replace_all(r"\D+", "").str.replace(r"^62", "0")
            case Banding.PERSIS:
                pass
        return pl.when(text != "").then(text)

    def written(self, value: str) -> str:
        """Return *value* as it is written here."""
        return value.title() if self.rapikan and value.isupper() else value


@dataclass(frozen=True)
class Ekspor:
    """What was read. ``baris``: nip and the columns found, as text, null where a cell could not be read.

    ``salah``: cells and rows that could not be read (row, column, header, value, message, remedy). ``kolom``: names of
    the columns that the file has.
    """

    baris: pl.DataFrame
    salah: list[dict[str, Any]]
    kolom: tuple[str, ...]


def _choice(vocabulary: str, words: dict[str, str] | None = None) -> Parser:
    def parse(value: object) -> str | None:
        if is_blank(value):
            return None
        text = shown(value)
        word = (words or {}).get(text.strip().lower()) or resolve(vocabulary, text)
        if word is None:
            raise CellError("B22", allowed=", ".join(VOCABULARIES[vocabulary]), vocabulary=vocabulary)
        return word

    return parse


def _kelompok(value: object) -> str | None:
    """Return what kind of jabatan is meant: struktural, fungsional or pelaksana."""
    text = shown(value).lower() if not is_blank(value) else ""
    if not text:
        return None
    if "fungsional umum" in text or "pelaksana" in text:
        return "pelaksana"
    return "fungsional" if "fungsional" in text else "struktural"


def _studi(value: object) -> str | None:
    """Return the field of study without the level in front of it: ``S-1 ILMU HUKUM`` is ``ILMU HUKUM``."""
    text = parse_text(value)
    if not isinstance(text, str):
        return None
    return _LEVEL.sub("", text, count=1).strip() or None


def _number(value: object) -> str | None:
    """Return an identity number as text, without the apostrophe that keeps it one."""
    code = parse_code(value)
    return str(code).strip("'’ ") if code is not None else None


def _nip(value: object) -> str | None:
    return parse_digits(value, NIP_LENGTH)


_P, _D = Banding.PERSIS, Banding.ANGKA
_SEX = {"m": "laki-laki", "f": "perempuan"}
_STATUS = {"p": "pns", "c": "cpns"}
KELOMPOK = {
    "jpt utama": "struktural", "jpt madya": "struktural", "jpt pratama": "struktural", "administrator": "struktural",
    "pengawas": "struktural", "fungsional": "fungsional", "pelaksana": "pelaksana",
}  # fmt: skip

KOLOM: dict[str, Kolom] = {
    kolom.nama: kolom
    for kolom in (
        Kolom("nama", "NAMA", parse_text, rapikan=True),
        Kolom("nip", "NIP", _nip, banding=_P, diambil=False),
        Kolom("gelar_depan", "GELAR DEPAN", parse_text),
        Kolom("gelar_belakang", "GELAR BELAKANG", parse_text),
        Kolom("tempat_lahir", "TEMPAT LAHIR", parse_text, rapikan=True),
        Kolom("tanggal_lahir", "TANGGAL LAHIR", parse_day, banding=_P),
        Kolom("jenis_kelamin", "JENIS KELAMIN", _choice("jenis_kelamin", _SEX), banding=_P),
        Kolom("agama", "AGAMA", parse_text, pribadi=True, rapikan=True),
        Kolom("status_kawin", "JENIS KAWIN", parse_text, pribadi=True, rapikan=True),
        Kolom("nik", "NIK", _number, pribadi=True, banding=_D),
        Kolom("telepon", "NOMOR HP", _number, pribadi=True, banding=_D),
        Kolom("email", "EMAIL", parse_text, pribadi=True),
        Kolom("alamat", "ALAMAT", parse_text, pribadi=True, rapikan=True),
        Kolom("npwp", "NPWP", _number, pribadi=True, banding=_D),
        Kolom("bpjs", "BPJS", _number, pribadi=True, banding=_D),
        Kolom("jenis_pegawai", "JENIS PEGAWAI", parse_text),
        Kolom("kedudukan_hukum", "KEDUDUKAN HUKUM", parse_text),
        Kolom("status", "STATUS CPNS PNS", _choice("status_pegawai", _STATUS), banding=_P),
        Kolom("kartu_asn", "KARTU ASN VIRTUAL", parse_code),
        Kolom("tmt_cpns", "TMT CPNS", parse_day, banding=_P),
        Kolom("tmt_pns", "TMT PNS", parse_day, banding=_P),
        Kolom("golongan_awal", "GOL AWAL", _choice("golongan"), banding=_P),
        Kolom("golongan", "GOL AKHIR", _choice("golongan"), banding=_P),
        Kolom("tmt_golongan", "TMT GOLONGAN", parse_day, banding=_P),
        Kolom("masa_kerja_tahun", "MK TAHUN", parse_integer, banding=_P),
        Kolom("masa_kerja_bulan", "MK BULAN", parse_integer, banding=_P),
        Kolom("jenis_jabatan", "JENIS JABATAN", _kelompok, diambil=False, banding=_P),
        Kolom("jabatan", "NAMA JABATAN", parse_text, diambil=False),
        Kolom("tmt_jabatan", "TMT JABATAN", parse_day, diambil=False, banding=_P),
        Kolom("pendidikan", "TINGKAT PENDIDIKAN", _choice("pendidikan"), banding=_P),
        Kolom("bidang_studi", "NAMA PENDIDIKAN", _studi, rapikan=True),
        Kolom("unit", "NAMA UNOR", parse_text, diambil=False),
        Kolom("kantor", "UNOR INDUK", parse_text, diambil=False),
    )
}  # fmt: skip
# Other titles under which other versions of the export have a column.
ALIASES: dict[str, tuple[str, ...]] = {
    "nip": ("NIP BARU",), "telepon": ("NO HP", "TELEPON"), "status_kawin": ("STATUS KAWIN", "JENIS KAWIN NAMA"),
    "golongan": ("GOLONGAN AKHIR", "GOL RUANG AKHIR"), "golongan_awal": ("GOLONGAN AWAL",),
    "tmt_golongan": ("TMT GOL AKHIR",), "jabatan": ("JABATAN",), "unit": ("UNOR", "UNIT ORGANISASI"),
    "kantor": ("UNOR INDUK NAMA",), "pendidikan": ("TINGKAT PENDIDIKAN NAMA",),
    "jenis_jabatan": ("JENIS JABATAN NAMA",),
}  # fmt: skip


def read_profil(path: Path) -> Ekspor:
    """Read the export *path*. Raises RefusedFile when it cannot be read or no sheet has the columns NIP and NAMA."""
    fields = [Field(k.nama, (k.judul, *ALIASES.get(k.nama, ())), k.nama in {"nip", "nama"}) for k in KOLOM.values()]
    for sheet in open_book(path).sheets():
        rows = () if sheet.hidden else title_rows(sheet)
        header = find_header(rows, fields) if rows else None
        if header is not None and not header.missing(fields):
            return _read(sheet, header)
    raise RefusedFile(
        _("Berkas {file} bukan ekspor profil SIASN: tidak ada lembar dengan kolom NIP dan NAMA.").format(file=path.name)
    )


def _read(sheet: Sheet, header: Header) -> Ekspor:
    columns = dict(header.columns)
    body = read_body(sheet, header, columns.values(), keys=[columns["nip"]], filled=())
    values: dict[str, list[str | None]] = {}
    wrong: list[dict[str, Any]] = []
    for name, at in columns.items():
        parsed = parse_column(body.cells[at], KOLOM[name].parse)
        values[name] = [
            None if row in parsed.refused else _text(value) for row, value in enumerate(parsed.values)
        ]  # fmt: skip
        wrong += [_wrong(sheet, header, body, name, row, error) for row, error in parsed.refused.items()]
    wrong += _rows_out(sheet, header, body, values["nip"])
    frame = pl.DataFrame(values, schema=dict.fromkeys(values, pl.String))
    frame = frame.filter(pl.col("nip").is_not_null() & (pl.col("nip") != "")).unique(
        "nip", keep="none", maintain_order=True
    )
    return Ekspor(frame, sorted(wrong, key=lambda w: (w["row"], w["column"])), tuple(columns))


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _wrong(sheet: Sheet, header: Header, body: Body, name: str, row: int, error: CellError) -> dict[str, Any]:
    at = header.columns[name]
    value = shown(body.cells[at][row])
    near = nearest(value, VOCABULARIES[str(error.words["vocabulary"])]) if "vocabulary" in error.words else None
    return _told(
        finding(
            error.code, sheet=sheet.name, row=body.rows[row] + 1, column=column_letter(at), header=header.titles[at],
            title=header.titles[at], **{"value": value[:80], **error.words},
            near=_(" Yang paling mirip: “{word}”.").format(word=near) if near else "",
        )
    )  # fmt: skip


def _rows_out(sheet: Sheet, header: Header, body: Body, nips: list[str | None]) -> list[dict[str, Any]]:
    """Return what is wrong with rows as a whole: no NIP, or one that other rows have too."""
    counts = Counter(nip for nip in nips if nip)
    at = header.columns["nip"]
    place = {"column": column_letter(at), "header": header.titles[at]}
    found = []
    for row, nip in enumerate(nips):
        if nip == "":
            message = _("Baris tanpa NIP tidak dibandingkan.")
        elif nip and counts[nip] > 1:
            message = _("NIP ini ada pada {n} baris; tidak satu pun dibandingkan.").format(n=counts[nip])
        else:
            continue
        remedy = _("Perbaiki NIP-nya, atau sisakan satu baris untuk tiap NIP.")
        found.append({"row": body.rows[row] + 1, **place, "value": nip or "", "message": message, "remedy": remedy})
    return found


def _told(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: problem[name] for name in ("row", "column", "header", "value", "message", "remedy")}
