"""From files to a snapshot: every sheet that feeds a table, typed columns with their provenance, and all findings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from penata.foundation.findings import Level, findings, merge
from penata.foundation.spreadsheet import RefusedFile
from penata.foundation.spreadsheet.container import list_files, open_book
from penata.foundation.spreadsheet.problems import finding
from penata.language import _
from penata.rulebook.legislation import Law
from penata.snapshot.assemble import assemble
from penata.snapshot.feeding import Feeder
from penata.snapshot.mapping import Pemetaan, read_mapping
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, build
from penata.snapshot.source import Origin, type_source
from penata.snapshot.validation import validate
from penata.snapshot.validation.catalogue import UNKNOWN_JABATAN

Progress = Callable[[float], None]
PROVENANCE = ("_origin", "_row", "_refused")
_READING_SHARE = 0.8  # of the time of read_workbook that reading takes, for the progress bar


@dataclass(frozen=True)
class Raw:
    """Typed tables as the files bring them, before anything is compared across rows.

    ``tables``: columns of the schema that the files brought, plus ``_origin`` (Int32, index into ``origins``), ``_row``
    (Int64, row number as the spreadsheet shows it) and ``_refused`` (Boolean, a cell of the row could not be understood
    and is null). ``skipped``: sheets that fed nothing, as (file, sheet).
    """

    tables: Mapping[str, pl.DataFrame]
    origins: tuple[Origin, ...]
    findings: pl.DataFrame
    instansi: str | None
    skipped: tuple[tuple[str, str], ...]
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Reading:
    """What became of the files. ``snapshot`` is None when there are errors and the caller did not ask to proceed."""

    snapshot: Snapshot | None
    findings: pl.DataFrame
    origins: tuple[Origin, ...]
    paths: tuple[Path, ...]


def read_raw(paths: Sequence[Path], *, mapping: Pemetaan | None = None, progress: Progress = lambda share: None) -> Raw:
    """Read every sheet of *paths* (files and folders) that feeds a table.

    *mapping* is tried first on every sheet, then the shapes that ship with Penata, then names and titles of our own
    tables. Raises RefusedFile when a file cannot be read at all, and when nothing in the files is known or filled in.
    """
    files = list_files(paths)
    sizes = [path.stat().st_size if path.exists() else 0 for path in files]
    feeder = Feeder(mapping)
    frames: dict[str, list[pl.DataFrame]] = {}
    origins: list[Origin] = []
    found: list[dict[str, Any]] = []
    for at, path in enumerate(files):
        book = open_book(path)
        if book.misnamed:
            found.append(finding("B08", file=book.file, kind=book.kind, suffix=path.suffix or _("tanpa akhiran")))
        if not book.shows_errors:
            found.append(finding("B09", file=book.file, kind=f".{book.kind}"))
        begun, size = sum(sizes[:at]), sizes[at]
        for number, sheet in enumerate(book.sheets(), start=1):
            for source in feeder.feed(sheet):
                frame, problems = type_source(source, len(origins))
                frames.setdefault(source.table, []).append(frame)
                origins.append(source.origin)
                found.extend(problems)
            progress((begun + size * min(number / book.expected_sheets, 1)) / max(sum(sizes), 1))
    feeder.check_mapping()
    found = [*found, *feeder.found]
    tables = {name: pl.concat(frames[name], how="diagonal") for name in TABLES if name in frames}
    filled = any(frame.height for frame in tables.values())
    if not filled and not any(item["level"] == Level.GALAT.value for item in found):
        raise RefusedFile(_nothing(files, known=bool(origins)))
    return Raw(tables, tuple(origins), findings(found), feeder.instansi, tuple(feeder.skipped), tuple(files))


def _nothing(files: Sequence[Path], *, known: bool) -> str:
    names = ", ".join(path.name for path in files[:3]) + (", …" if len(files) > 3 else "")
    empty = _("{files} belum berisi data: lembarnya hanya memuat judul kolom; isi sedikitnya lembar Peta Jabatan.")
    strange = _("Tidak ada lembar yang dikenal dalam {files}; samakan nama lembar dan judulnya dengan templat.")
    return (empty if known else strange).format(files=names)


def read_workbook(
    paths: Sequence[Path],
    *,
    per: date,
    instansi: str | None = None,
    mapping: Path | None = None,
    proceed: bool = False,
    progress: Progress = lambda share: None,
) -> Reading:
    """Read, check and assemble *paths* into the agency as it stands on day *per*.

    All findings come at once. With errors the snapshot is None, unless *proceed* asks for the agency without the
    refused rows. *instansi* names the agency; without it the files or the topmost unit do. Raises RefusedFile.
    """
    raw = read_raw(
        paths,
        mapping=read_mapping(mapping) if mapping is not None else None,
        progress=lambda share: progress(share * _READING_SHARE),
    )
    assembled = assemble(raw.tables)
    checked = validate(assembled.tables, per=per, law=Law(per))
    # A catalogue derived from the map lacks what the map does not say; that is no fault of a sheet nobody brought.
    said = (
        checked.findings if "jabatan" in raw.tables else checked.findings.filter(pl.col("code") != UNKNOWN_JABATAN.code)
    )
    everything = merge(raw.findings, findings(assembled.findings), locate(said, raw.origins))
    progress(1.0)
    if not proceed and (everything["level"] == Level.GALAT.value).any():
        return Reading(None, everything, raw.origins, raw.paths)
    tables = {name: frame.drop(*PROVENANCE, strict=False) for name, frame in checked.tables.items()}
    name = instansi or raw.instansi or _topmost(tables) or raw.paths[0].stem
    snapshot = build(name, per, tables, given=frozenset(raw.tables), refused=checked.refused)
    return Reading(snapshot, everything, raw.origins, raw.paths)


def locate(found: pl.DataFrame, origins: Sequence[Origin]) -> pl.DataFrame:
    """Return the findings *found* (``column`` a field name, ``_origin`` an index) with file, sheet, letter and title.

    A field without a column of its own keeps its title in ``column``. Findings without origin stay without place.
    """
    places = pl.DataFrame(
        [_where(index, origin, name) for index, origin in enumerate(origins) for name in _names(origin.table)],
        schema={"_origin": pl.Int32, "column": pl.String, "_letter": pl.String, "_title": pl.String},
        orient="row",
    )
    sheets = pl.DataFrame(
        [(index, origin.file, origin.sheet) for index, origin in enumerate(origins)],
        schema={"_origin": pl.Int32, "_file": pl.String, "_sheet": pl.String},
        orient="row",
    )
    joined = found.join(places, on=["_origin", "column"], how="left").join(sheets, on="_origin", how="left")
    located = joined.with_columns(
        pl.coalesce("_letter", "column").alias("column"),
        pl.coalesce("header", "_title").alias("header"),
        pl.coalesce("file", "_file").alias("file"),
        pl.coalesce("sheet", "_sheet").alias("sheet"),
    )
    return findings(located.drop("_letter", "_title", "_file", "_sheet", "_origin"))


def _names(table: str) -> Iterable[str]:
    return (column.name for column in TABLES[table].columns)


def _where(index: int, origin: Origin, name: str) -> tuple[int, str, str, str]:
    title = _(TABLES[origin.table].column(name).title)
    letter, theirs = origin.columns.get(name, (title, title))
    return index, name, letter, theirs


def _topmost(tables: Mapping[str, pl.DataFrame]) -> str | None:
    """Return the name of the only unit without parent, or None."""
    units = tables.get("unit", pl.DataFrame())
    if "nama" not in units.columns:
        return None
    tops = units.filter(pl.col("induk").is_null()) if "induk" in units.columns else units
    return str(tops["nama"][0]) if tops.height == 1 and tops["nama"][0] else None
