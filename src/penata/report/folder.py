"""A result folder that is whole or untouched: everything is written beside it and put in its place in one step."""

import ctypes
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from penata.language import _

MARK = "ringkasan.json"  # a folder that holds this file was written by Penata and may be replaced
WRITTEN = frozenset(
    {
        MARK, "index.html", "laporan.pdf", "peta-jabatan.pdf", "peta-jabatan.svg", "kebutuhan.xlsx", "kebutuhan.csv",
        "penempatan.xlsx", "pelatihan.xlsx", "temuan.xlsx", "paket-keputusan.json", "data",
    }
)  # fmt: skip
LITTER = (".", "~$", "Thumbs.db", "desktop.ini")  # what file managers and office programs leave in a folder

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
        raise FolderError(
            _("folder {target} tidak dapat ditulis: {why}").format(target=target, why=error.strerror or error)
        ) from error
    try:
        yield fresh
        fresh.chmod(0o755)
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_target(target: Path, inputs: Sequence[Path] = ()) -> None:
    """Raise FolderError when *target* exists and is not a result folder of Penata (or empty).

    A result folder into which somebody put a file of their own is refused as well, and so is one that holds one of the
    *inputs*: replacing it would delete them.
    """
    if target.is_symlink() and not target.exists():
        raise FolderError(_("{target} adalah tautan yang rusak; pilih folder lain").format(target=target))
    if target.exists() and not target.is_dir():
        raise FolderError(_("{target} adalah berkas, bukan folder; pilih nama lain").format(target=target))
    if not target.is_dir():
        return
    content = {path.name for path in target.iterdir() if not path.name.startswith(LITTER)}
    foreign = sorted(content - WRITTEN if MARK in content else content)
    if foreign:
        raise FolderError(
            _("folder {target} berisi berkas lain yang bukan hasil Penata ({names}); pilih folder kosong").format(
                target=target, names=", ".join(foreign[:3]) + (", …" if len(foreign) > 3 else "")
            )
        )
    within = [path for path in inputs if target.resolve() in (path.resolve(), *path.resolve().parents)]
    if within:
        raise FolderError(
            _("berkas masukan {name} ada di dalam folder hasil {target}; pilih folder lain").format(
                name=within[0].name, target=target
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
