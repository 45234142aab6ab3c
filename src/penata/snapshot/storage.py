"""A snapshot on disk: one Parquet file per table and ``snapshot.json`` with day, agency, digest and schema version."""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from penata.language import _
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, build

SCHEMA_VERSION = 1
LABEL = "snapshot.json"


class StorageError(ValueError):
    """A stored snapshot cannot be written or read; the message names the folder, the reason and the remedy."""


def save(snapshot: Snapshot, folder: Path) -> None:
    """Write *snapshot* to *folder*, whole or not at all; an earlier snapshot there is replaced.

    Everything is written beside *folder* first and renamed at the end. A folder that holds anything other than a
    snapshot is refused with StorageError.
    """
    if folder.exists() and not (folder / LABEL).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise StorageError(_("{folder} sudah ada dan bukan snapshot. Pilih folder lain.").format(folder=folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as room:
        fresh = Path(room) / "baru"
        fresh.mkdir()
        for name, frame in snapshot.tables.items():
            frame.write_parquet(fresh / f"{name}.parquet")
        (fresh / LABEL).write_text(json.dumps(_label(snapshot), indent=1, ensure_ascii=False), encoding="utf-8")
        earlier = Path(room) / "lama"
        if folder.exists():
            folder.rename(earlier)
        try:
            fresh.rename(folder)
        finally:
            if earlier.exists() and not folder.exists():
                earlier.rename(folder)


def load(folder: Path) -> Snapshot:
    """Return the snapshot stored in *folder*.

    Raises StorageError when there is none, when it is of another schema version, when a table is missing or damaged,
    or when the content no longer has the digest it was stored with.
    """
    label = _read_label(folder)
    if label.get("schema") != SCHEMA_VERSION:
        raise StorageError(
            _(
                "{folder}: versi skema {found}, yang dapat dibaca {known}. Buat ulang snapshot dari berkas sumber."
            ).format(folder=folder, found=label.get("schema"), known=SCHEMA_VERSION)
        )
    try:
        snapshot = build(
            str(label["instansi"]),
            date.fromisoformat(label["per"]),
            {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES},
            given=frozenset(label["given"]),
            refused=label["refused"],
        )
    except (OSError, KeyError, TypeError, ValueError, pl.exceptions.PolarsError) as error:
        raise StorageError(
            _("{folder}: snapshot rusak ({error}). Buat ulang snapshot dari berkas sumber.").format(
                folder=folder, error=error
            )
        ) from error
    if snapshot.digest != label.get("digest"):
        raise StorageError(
            _("{folder}: isi telah diubah, sidiknya tidak cocok. Buat ulang snapshot dari berkas sumber.").format(
                folder=folder
            )
        )
    return snapshot


def _label(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "schema": SCHEMA_VERSION,
        "instansi": snapshot.instansi,
        "per": snapshot.per.isoformat(),
        "digest": snapshot.digest,
        "given": sorted(snapshot.given),
        "refused": dict(sorted(snapshot.refused.items())),
        "rows": {name: frame.height for name, frame in snapshot.tables.items()},
    }


def _read_label(folder: Path) -> dict[str, Any]:
    try:
        label = json.loads((folder / LABEL).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StorageError(
            _("{folder} bukan snapshot: {label} tidak dapat dibaca.").format(folder=folder, label=LABEL)
        ) from error
    if not isinstance(label, dict):
        raise StorageError(_("{folder} bukan snapshot: {label} tidak dapat dibaca.").format(folder=folder, label=LABEL))
    return label
