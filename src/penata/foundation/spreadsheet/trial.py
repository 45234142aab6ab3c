"""Trying a file of the old binary format in a child process first.

Its reader trusts lengths inside the file: a damaged one can make it ask for all memory there is, which ends the process
that asked. The child may die of it; we only look at how it ended.
"""

import subprocess
import sys
from pathlib import Path

from penata.foundation.spreadsheet.refusal import RefusedFile, broken, locked

_SECONDS = 120
_MEMORY = 4 * 2**30  # bytes that the child may take
_PASSWORD = 3  # exit code of the child when the workbook is locked
_READ_ALL = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
from python_calamine import CalamineWorkbook, PasswordError
try:
    book = CalamineWorkbook.from_path(sys.argv[1])
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
except PasswordError:
    sys.exit({_PASSWORD})
"""


def try_reading(path: Path, shown: str) -> None:
    """Read *path* (*shown* in messages) in a child process; raises RefusedFile when it does not come through."""
    command = [sys.executable, "-I", "-c", _READ_ALL, str(path.absolute())]
    try:
        child = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own text
    except subprocess.TimeoutExpired as error:
        raise RefusedFile(broken().format(file=shown)) from error
    if child.returncode == _PASSWORD:
        raise RefusedFile(locked().format(file=shown))
    if child.returncode:
        raise RefusedFile(broken().format(file=shown))
