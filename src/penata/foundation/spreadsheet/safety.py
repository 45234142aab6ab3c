"""What a compressed workbook may do to us, found out before any reader opens it.

Every part is expanded once, in pieces and without trusting the sizes the archive declares, so a bomb is refused before
it fills the memory. The same pass notes what the reader would hide: formula errors, formulas without a stored result,
and how far the used area of each sheet reaches.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from penata.foundation.spreadsheet.refusal import RefusedFile, broken, locked
from penata.foundation.spreadsheet.scan import OdsScan, SheetScan, Used
from penata.language import _, number

MAX_FILE = 512 * 2**20  # bytes of a file as it lies on disk
MAX_EXPANDED = 2 * 2**30  # bytes of all parts of one workbook together
MAX_PART = {"xl/sharedStrings.xml": 512 * 2**20}  # parts that readers keep in memory whole
MAX_RATIO = 400  # expanded to compressed; formatted empty rows reach about 60, text about 15
RATIO_FROM = 32 * 2**20  # small parts may be as repetitive as they like
MAX_PARTS = 20_000
MAX_CELLS = 60_000_000  # cells of the used area of one sheet, empty ones included
_BLOCK = 2**20
_PIECE = 4 * 2**20


@dataclass(frozen=True)
class Inspection:
    """What the pass over one archive found: what is used, per part of an xlsx file or per sheet of an ods file."""

    names: frozenset[str]
    used: Mapping[str, Used]
    small: Mapping[str, bytes]  # parts that tell where the sheets are


def inspect_archive(path: Path, shown: str) -> Inspection:
    """Expand every XML part of the workbook at *path* once and return what was seen.

    *shown* is the name of the file in messages. Raises RefusedFile for a damaged or password-protected archive and for
    one that expands beyond what a workbook needs.
    """
    try:
        with ZipFile(path) as archive, path.open("rb") as raw:
            parts = archive.infolist()
            _check_declared(parts, shown)
            return _inspect(parts, raw, shown)
    except (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise RefusedFile(broken().format(file=shown)) from error


def _bomb(shown: str) -> str:
    return _(
        "Berkas {file} mengembang tidak wajar bila dibuka dan ditolak demi keamanan; simpan ulang isinya sebagai buku"
        " kerja baru."
    ).format(file=shown)


def _check_declared(parts: list[ZipInfo], shown: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedFile(locked().format(file=shown))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_EXPANDED:
        raise RefusedFile(_bomb(shown))


def _inspect(parts: list[ZipInfo], raw: BinaryIO, shown: str) -> Inspection:
    total = 0
    used: dict[str, Used] = {}
    small: dict[str, bytes] = {}
    for part in parts:
        if not part.filename.endswith((".xml", ".rels", ".bin", "mimetype")):
            continue
        scan = _scan_of(part.filename)
        keep = part.filename in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "mimetype"}
        size = 0
        kept = bytearray()
        for piece in _expand(part, raw):
            size += len(piece)
            total += len(piece)
            _check_actual(part, size, total, shown)
            if scan is not None:
                scan.feed(piece)
            if keep:
                kept += piece
        if scan is not None:
            found = scan.close()
            for area in found.values():
                _check_area(area, shown)
            used |= found
        if keep:
            small[part.filename] = bytes(kept)
    return Inspection(frozenset(part.filename for part in parts), used, small)


def _scan_of(name: str) -> SheetScan | OdsScan | None:
    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
        return SheetScan(name)
    return OdsScan() if name == "content.xml" else None


def _check_actual(part: ZipInfo, size: int, total: int, shown: str) -> None:
    grown = size > RATIO_FROM and size > MAX_RATIO * max(part.compress_size, 1)
    if grown or total > MAX_EXPANDED or size > MAX_PART.get(part.filename, MAX_EXPANDED):
        raise RefusedFile(_bomb(shown))


def _check_area(used: Used, shown: str) -> None:
    if used.rows * used.columns > MAX_CELLS:
        raise RefusedFile(
            _(
                "Berkas {file} mempunyai lembar yang terpakai sampai baris {row} dan kolom ke-{column}; hapus sel yang"
                " tersesat jauh di luar tabel, lalu simpan ulang."
            ).format(file=shown, row=number(used.rows), column=number(used.columns))
        )


def _expand(part: ZipInfo, raw: BinaryIO) -> Iterator[bytes]:
    """Yield the content of *part* in pieces, as long as its compressed bytes last, whatever size is declared."""
    raw.seek(part.header_offset)
    header = raw.read(30)
    if header[:4] != b"PK\x03\x04":
        raise BadZipFile(part.filename)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    raw.seek(name_length + extra_length, 1)
    left = part.compress_size
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile(part.filename)
    engine = zlib.decompressobj(-15) if part.compress_type == ZIP_DEFLATED else None
    while left > 0:
        block = raw.read(min(_BLOCK, left))
        if not block:
            raise EOFError(part.filename)
        left -= len(block)
        if engine is None:
            yield block
            continue
        while block:
            yield engine.decompress(block, _PIECE)
            block = engine.unconsumed_tail
    if engine is not None:
        yield engine.flush()
        if not engine.eof:
            raise EOFError(part.filename)
