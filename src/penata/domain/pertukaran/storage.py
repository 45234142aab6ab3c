"""What an import keeps on disk between reading and writing: the typed rows of the files, and what was shown."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from penata.domain.pertukaran.compare import Comparison
from penata.snapshot.schema import TABLES
from penata.snapshot.source import Origin
from penata.snapshot.workbook import Raw

RAW, PREVIEW = "mentah", "pratinjau"
PARTS = ("new", "changed", "before", "gone")


def save_raw(raw: Raw, folder: Path) -> None:
    """Write what was read into *folder*."""
    place = folder / RAW
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("*.parquet"):
        old.unlink()
    for name, frame in raw.tables.items():
        frame.write_parquet(place / f"{name}.parquet")
    raw.findings.write_parquet(place / "_temuan.parquet")
    label: dict[str, Any] = {
        "origins": [_plain(origin) for origin in raw.origins],
        "instansi": raw.instansi,
        "skipped": raw.skipped,
        "paths": [str(path) for path in raw.paths],
    }
    (place / "sumber.json").write_text(json.dumps(label), encoding="utf-8")


def _plain(origin: Origin) -> dict[str, Any]:
    names = ("table", "file", "sheet", "header_row")
    plain: dict[str, Any] = {name: getattr(origin, name) for name in names}
    return plain | {"path": str(origin.path), "columns": dict(origin.columns)}


def load_raw(folder: Path) -> Raw:
    """Return what was read before. Raises OSError when it is no longer there."""
    place = folder / RAW
    label = json.loads((place / "sumber.json").read_text(encoding="utf-8"))
    origins = tuple(
        Origin(**item | {"path": Path(item["path"]), "columns": MappingProxyType(_pairs(item["columns"]))})
        for item in label["origins"]
    )
    tables = {
        name: pl.read_parquet(place / f"{name}.parquet") for name in TABLES if (place / f"{name}.parquet").exists()
    }
    skipped = tuple((file, sheet) for file, sheet in label["skipped"])
    paths = tuple(Path(path) for path in label["paths"])
    return Raw(tables, origins, pl.read_parquet(place / "_temuan.parquet"), label["instansi"], skipped, paths)


def _pairs(columns: Mapping[str, list[str]]) -> dict[str, tuple[str, str]]:
    return {name: (letter, title) for name, (letter, title) in columns.items()}


def save_preview(comparisons: Mapping[str, Comparison], folder: Path) -> None:
    """Keep what the preview would write, so that later one can tell which rows came out differently."""
    place = folder / PREVIEW
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("*.parquet"):
        old.unlink()
    for name, one in comparisons.items():
        for part in PARTS:
            getattr(one.delta, part).write_parquet(place / f"{name}-{part}.parquet")


def moved_rows(comparisons: Mapping[str, Comparison], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (table, key) of rows that would be written otherwise than the preview in *folder* showed."""
    place = folder / PREVIEW
    for name in TABLES:
        old, new = _kept(place, name), comparisons.get(name)
        key = TABLES[name].key[0]
        seen: dict[str, None] = {}
        for part in PARTS:
            before = old[part] if old else None
            now = getattr(new.delta, part) if new else None
            for one, other in ((before, now), (now, before)):
                if one is not None:
                    rows = one if other is None else one.join(other, on=one.columns, how="anti", nulls_equal=True)
                    seen |= dict.fromkeys(rows[key].to_list())
        yield from ((name, value) for value in seen)


def _kept(place: Path, name: str) -> dict[str, pl.DataFrame] | None:
    if not (place / f"{name}-new.parquet").exists():
        return None
    return {part: pl.read_parquet(place / f"{name}-{part}.parquet") for part in PARTS}
