"""A backup is one file: the database as it stood at one moment, the uploads, and a list with the seal of each.

Written beside and moved into place at the end, so a backup is whole or absent. The secret key is not in it: who holds
a backup must not be able to forge a session.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from penata.language import _

LIST, FILES = "cadangan.json", "berkas"
ENCRYPTION = ("sslmode", "sslrootcert", "sslcert", "sslkey")
DATABASE = {"sqlite": "basis-data.sqlite3", "postgresql": "basis-data.dump"}


class ArchiveError(Exception):
    """The backup cannot be written or restored; the message names the remedy."""


@dataclass(frozen=True)
class Contents:
    """What the list of a backup says."""

    versi: str
    dibuat: str
    basis_data: str  # sqlite or postgresql
    migrasi: list[str]
    audit_nomor: int
    audit_sidik: str
    sidik: dict[str, str]  # path inside the backup -> SHA-256


def write(target: Path, now: datetime) -> Contents:
    """Write a backup to *target*, readable by the owner only."""
    from django.conf import settings
    from django.db import connection

    from penata import __version__

    if target.exists():
        raise ArchiveError(_("{file} sudah ada; pilih nama lain.").format(file=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".cadangan-") as name:
        folder = Path(name)
        database = folder / DATABASE[connection.vendor]
        _dump(settings.DATABASES["default"], database)
        members = {database.name: database} | _uploads()
        # The end of the audit chain is read after the dump: it may only have grown since, which restoring allows for.
        contents = Contents(
            versi=__version__, dibuat=now.isoformat(timespec="seconds"), basis_data=connection.vendor,
            migrasi=applied(), **_chain(), sidik={path: _seal(file) for path, file in members.items()},
        )  # fmt: skip
        (folder / LIST).write_text(json.dumps(asdict(contents), indent=1), encoding="utf-8")
        made = folder / "cadangan.tar.gz"
        with tarfile.open(made, "w:gz", compresslevel=6) as tar:
            for path, file in ({LIST: folder / LIST} | members).items():
                tar.add(file, arcname=path, recursive=False)
        made.chmod(0o600)
        made.replace(target)
    return contents


@contextmanager
def opened(source: Path) -> Iterator[tuple[Contents, Path]]:
    """Unpack *source* beside the data and check every seal; yield its list and the folder."""
    from django.conf import settings

    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=data, prefix=".pemulihan-") as name:
        folder = Path(name)
        try:
            contents = _unpack(source, folder)
        except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as error:
            raise ArchiveError(_("{file} bukan cadangan Penata atau rusak.").format(file=source.name)) from error
        wrong = [path for path, seal in contents.sidik.items() if not _intact(folder / path, seal)]
        if wrong:
            raise ArchiveError(_("Cadangan rusak pada: {names}.").format(names=", ".join(wrong[:5])))
        yield contents, folder


def _unpack(source: Path, folder: Path) -> Contents:
    """Write what the list names, and nothing else, under *folder*."""
    with tarfile.open(source, "r:gz") as tar:
        contents = Contents(**json.loads(_member(tar, LIST).read()))
        for path in contents.sidik:
            target = folder / path
            if ".." in target.parts or Path(path).is_absolute():
                raise ValueError(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                shutil.copyfileobj(_member(tar, path), out)
    return contents


def _member(tar: tarfile.TarFile, path: str) -> IO[bytes]:
    try:
        found = tar.extractfile(path)
    except KeyError as error:
        raise ValueError(path) from error
    if found is None:
        raise ValueError(path)
    return found


def restore(contents: Contents, folder: Path) -> None:
    """Put database and uploads of an opened backup in place; what stood there is kept under another name or gone."""
    from django.conf import settings
    from django.db import connection

    if contents.basis_data != connection.vendor:
        raise ArchiveError(
            _("Cadangan ini dari {theirs}, sedangkan PENATA_DATABASE_URL menunjuk {ours}.").format(
                theirs=contents.basis_data, ours=connection.vendor
            )
        )
    if newer := sorted(set(contents.migrasi) - _known()):
        raise ArchiveError(
            _(
                "Cadangan ini dari versi Penata yang lebih baru ({version}); perbarui Penata dahulu. Langkah: {step}"
            ).format(version=contents.versi, step=newer[0])
        )
    connection.close()
    database = folder / DATABASE[contents.basis_data]
    if contents.basis_data == "sqlite":
        _put_sqlite(Path(settings.DATABASES["default"]["NAME"]), database)
    else:
        _put_postgresql(settings.DATABASES["default"], database)
    _put_files(folder / FILES)


def empty() -> bool:
    """Tell whether the database holds no account yet, so that restoring loses nothing."""
    from django.db import connection

    from penata.foundation.access.models import User

    return User._meta.db_table not in connection.introspection.table_names() or not User.objects.exists()


def applied() -> list[str]:
    """Return the migrations that the tables have had."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _known() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def _chain() -> dict[str, Any]:
    from penata.foundation.audit.models import Rantai

    end = Rantai.objects.get(pk=1)
    return {"audit_nomor": end.nomor, "audit_sidik": end.sidik}


def _uploads() -> dict[str, Path]:
    from django.conf import settings

    root = Path(settings.DATA) / FILES
    return {f"{FILES}/{path.relative_to(root)}": path for path in sorted(root.rglob("*")) if path.is_file()}


def _seal(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _intact(file: Path, seal: str) -> bool:
    return file.is_file() and _seal(file) == seal


def _dump(database: Mapping[str, Any], target: Path) -> None:
    """Copy the database as it stands at one moment, while others go on working."""
    if database["ENGINE"].endswith("sqlite3"):
        with closing(sqlite3.connect(database["NAME"])) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    _postgresql("pg_dump", database, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _put_sqlite(target: Path, source: Path) -> None:
    """Exchange the file, once nobody else has it open; the former one stays beside it."""
    with closing(sqlite3.connect(source)) as copy:
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise ArchiveError(_("Basis data di dalam cadangan rusak: {why}").format(why=verdict))
    if target.is_file():
        with closing(sqlite3.connect(target, timeout=2)) as old:
            try:
                # Refused while any other process has the file open; otherwise the log is folded into it.
                old.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError as error:
                raise ArchiveError(_("Hentikan dahulu ./penata serve dan pekerja, lalu ulangi.")) from error
        target.replace(target.with_name(f"{target.name}.sebelum-pemulihan"))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _put_postgresql(database: Mapping[str, Any], source: Path) -> None:
    """Replace every table in one transaction: restored whole, or as before."""
    _postgresql(
        "pg_restore", database, "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        "--exit-on-error", str(source),
    )  # fmt: skip


def _put_files(source: Path) -> None:
    from django.conf import settings

    target = Path(settings.DATA) / FILES
    if target.exists():
        former = target.with_name(f"{FILES}.sebelum-pemulihan")
        shutil.rmtree(former, ignore_errors=True)
        target.rename(former)
    if source.is_dir():
        shutil.move(source, target)


def _postgresql(program: str, database: Mapping[str, Any], *words: str) -> None:
    options = database.get("OPTIONS", {})
    kept = {
        "host": database["HOST"] or options.get("host", ""), "port": str(database["PORT"] or ""),
        "user": database["USER"], "dbname": database["NAME"],
        **{name: options[name] for name in ENCRYPTION if name in options},
    }  # fmt: skip
    address = " ".join(f"{name}='{_quoted(text)}'" for name, text in kept.items() if text)
    command = [program, f"--dbname={address}", *words]
    given = {"PGPASSWORD": database["PASSWORD"]} if database["PASSWORD"] else {}
    try:
        done = subprocess.run(command, env=os.environ | given, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise ArchiveError(
            _("Program {name} tidak ada; pasang dahulu, misalnya: apt-get install postgresql-client").format(
                name=program
            )
        ) from error
    if done.returncode:
        raise ArchiveError(_("{name} gagal: {why}").format(name=program, why=done.stderr.strip()[-600:]))


def _quoted(text: str) -> str:
    return str(text).replace("\\", "\\\\").replace("'", "\\'")
