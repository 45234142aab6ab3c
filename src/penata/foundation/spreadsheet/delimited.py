"""Delimited text (csv): encoding and separator are found out from the content."""

import csv
import io
from pathlib import Path

from penata.foundation.spreadsheet.refusal import RefusedFile
from penata.language import _

_SEPARATORS = ",;\t|"
_SAMPLE_LINES = 20
MAX_FIELD = 2**20  # characters of one cell


def decode(data: bytes) -> str:
    """Return the text of *data*: UTF-8 or UTF-16 with a mark, else UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_delimited(data: bytes, path: Path) -> list[list[str]]:
    """Return the rows of a delimited text. Raises RefusedFile when quotes never close or a cell is absurdly long."""
    text = decode(data)
    csv.field_size_limit(MAX_FIELD)
    try:
        first, _newline, rest = text.partition("\n")
        if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
            return [[], *csv.reader(io.StringIO(rest, newline=""), delimiter=first.strip()[4])]
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text)))
    except csv.Error as error:
        raise RefusedFile(
            _("Berkas {file} tidak terbaca sebagai csv; simpan ulang sebagai .xlsx atau CSV UTF-8.").format(
                file=path.name
            )
        ) from error


def find_separator(text: str) -> str:
    """Return the separator under which most of the first lines have the same number (above one) of cells."""
    lines = [line for line in text[: 64 * 1024].splitlines() if line.strip()][:_SAMPLE_LINES]

    def agreement(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        common = max((width for width in widths if width > 1), key=widths.count, default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(_SEPARATORS, key=agreement)
