"""Files of rare kinds, built byte by byte because no library of ours writes them."""

import io
import struct
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile


def write_ods(path: Path, sheet: str, rows: Sequence[str]) -> Path:
    """Write an ods file with one sheet; *rows* are the XML of its rows."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces} xmlns:calcext="urn:x-calcext"><office:body>'
        f'<office:spreadsheet><table:table table:name="{escape(sheet)}">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(*texts: str) -> str:
    """Return the XML of one row of texts."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def write_xls(path: Path, sheet: str, rows: Sequence[Sequence[str]], *, locked: bool = False) -> Path:
    """Write a BIFF8 workbook with one sheet of texts inside a compound file."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 0))

    name = sheet.encode("latin-1")
    end = record(0x000A, b"")
    head = begin(0x0005) + (record(0x002F, b"\x01\x00" * 3) if locked else b"")
    place = len(head) + 4 + 8 + len(name) + len(end)
    stream = io.BytesIO()
    stream.write(head + record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name) + end + begin(0x0010))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            label = struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1")
            stream.write(record(0x0204, label))
    stream.write(end)
    path.write_bytes(compound_file({"Workbook": stream.getvalue()}))
    return path


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return an OLE compound file that holds *streams* in sectors of 512 bytes, none of them in the mini stream."""
    sector, free, end_of_chain = 512, 0xFFFFFFFF, 0xFFFFFFFE
    body, chain, entries = b"", [0xFFFFFFFD, end_of_chain], []  # sector 0: allocation table, sector 1: directory
    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // sector) * sector), b"\x00")
        first, count = len(chain), len(padded) // sector
        chain += [*range(first + 1, first + count), end_of_chain]
        body += padded
        entries.append((name, 2, first, len(padded)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\x00\x00"
        links = struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
        return text.ljust(64, b"\x00") + links + b"\x00" * 36 + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, end_of_chain, 0)
    directory += b"".join(entry(name, kind, free, start, size) for name, kind, start, size in entries)
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(sector, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end_of_chain, 0, end_of_chain, 0, 0
    )
    return header.ljust(sector, b"\xff") + table + directory.ljust(sector, b"\x00") + body
