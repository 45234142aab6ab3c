"""A result folder that is whole or untouched: everything is written beside it and put in its place in one step."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from penata.language import _

MARK = "ringkasan.json"  # a folder that holds this file was written by Penata and may be replaced

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_ASIDE = "-lama"


class FolderError(OSError):
    """The target folder cannot be written; the message says why and what to do."""


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Yield an empty folder; when the block ends without error it takes the place of *target* in one step.

    Whatever happens before that (an error, an interrupt, a killed process), *target* stays as it was. A folder with
    content that Penata did not write is refused with FolderError before anything is computed.
    """
    target = target.absolute()
    check_target(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # A process killed in the middle of an earlier run leaves its own hidden folder; nobody needs it any more.
        _sweep(target)
        _recover(target)
        fresh = Path(mkdtemp(prefix=f".{target.name}-", suffix=f"-{os.getpid()}", dir=target.parent))
    except OSError as error:
        raise FolderError(_("map {target} tidak dapat ditulis: {why}").format(target=target, why=error)) from error
    try:
        yield fresh
        fresh.chmod(0o755)
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_target(target: Path) -> None:
    """Raise FolderError when *target* exists and is not a result folder of Penata (or empty)."""
    if target.is_symlink() and not target.exists():
        raise FolderError(_("{target} adalah tautan yang rusak; pilih map lain").format(target=target))
    if target.exists() and not target.is_dir():
        raise FolderError(_("{target} adalah berkas, bukan map; pilih nama lain").format(target=target))
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise FolderError(
            _("map {target} berisi berkas lain yang bukan hasil Penata; pilih map kosong atau nama baru").format(
                target=target
            )
        )


def _sweep(target: Path) -> None:
    for left in target.parent.glob(f".{target.name}-*-*"):
        owner = left.name.rpartition("-")[2]
        if left.is_dir() and owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _recover(target: Path) -> None:
    """Bring back the old folder where a kill fell between the two renames of a system without atomic exchange."""
    left = sorted(target.parent.glob(f".{target.name}-*{_ASIDE}"))
    if left and not target.exists():
        left[-1].rename(target)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _swap(fresh: Path, target: Path) -> None:
    """Put *fresh* in the place of *target*; afterwards *fresh* holds the old content, if there was any."""
    if not target.exists():
        fresh.rename(target)
        return
    if _exchange(fresh, target):
        return
    # No atomic exchange on this system: two renames, undone if the second one fails.
    aside = fresh.with_name(fresh.name + _ASIDE)
    target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders atomically (Linux renameat2); tell whether the system could."""
    with suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        done = rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
        return bool(done == 0)
    return False
