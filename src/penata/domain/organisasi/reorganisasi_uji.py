"""A draft tried out: its edits run over the agency of the day of entry into force, each with what stands in its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import polars as pl

from penata.domain import sheets
from penata.domain.organisasi.models import Instansi, Rancangan
from penata.foundation.audit.record import revision
from penata.foundation.memo import remember
from penata.snapshot.draft import Draft, RefusedError
from penata.snapshot.edits import Edit, EditError, from_dict, to_dict
from penata.snapshot.snapshot import Snapshot, build

TABLES = ("unit", "jabatan", "posisi", "pegawai", "pemangku", "beban_kerja")
RUANG = ("organisasi", "jabatan", "pegawai", "beban_kerja")  # what the agency of a day is made of
KELOMPOK = "kelompok"  # key under which an edit names the larger step it is part of


@dataclass(frozen=True, slots=True)
class Langkah:
    """One edit of a draft; ``kelompok`` names the merge or split it is part of, empty when it stands alone."""

    edit: Edit | None  # None: what is stored can no longer be read
    kelompok: str
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Salah:
    """Why an edit cannot be done, and what to do about it."""

    reason: str
    remedy: str

    def __str__(self) -> str:
        """Return reason and remedy as sentences."""
        return f"{self.reason[:1].upper()}{self.reason[1:]} {self.remedy}"


@dataclass(frozen=True)
class Uji:
    """The agency before and after the edits. ``errors`` by place in the list, counted from 0; those edits are left out.

    ``tables`` are the tables after the edits, before they are put in canonical order.
    """

    before: Snapshot
    tables: Mapping[str, pl.DataFrame]
    steps: tuple[Langkah, ...]
    errors: Mapping[int, Salah]

    @cached_property
    def after(self) -> Snapshot:
        """Return the agency after the edits."""
        return build(self.before.instansi, self.before.per, self.tables, given=self.before.given)


def read_steps(edits: Sequence[Mapping[str, Any]]) -> tuple[Langkah, ...]:
    """Return the stored edits of a draft."""
    return tuple(_step(raw) for raw in edits)


def written(edit: Edit, kelompok: str = "") -> dict[str, Any]:
    """Return *edit* as it is stored."""
    return to_dict(edit) | ({KELOMPOK: kelompok} if kelompok else {})


def agency(day: date) -> Snapshot:
    """Return the agency on *day*, remembered until its data change (never inside a transaction)."""
    return remember(("rancangan dasar", day, revision(*RUANG)), lambda: _read(day))


def try_out(before: Snapshot, steps: Sequence[Langkah]) -> Uji:
    """Run the *steps* over *before*; one that cannot be done is noted and changes nothing."""
    draft = Draft(before)
    errors: dict[int, Salah] = {}
    for place, step in enumerate(steps):
        kept = dict(draft.tables)
        try:
            if step.edit is None:
                from_dict({key: value for key, value in step.raw.items() if key != KELOMPOK})
            else:
                step.edit.run(draft)
        except (RefusedError, EditError) as refused:
            draft.tables = kept
            errors[place] = Salah(refused.reason, refused.remedy)
    return Uji(before, draft.tables, tuple(steps), errors)


def base_day(row: Rancangan) -> date:
    """Return the day whose agency the edits of *row* start from: once in force, the last day before it."""
    return row.mulai - timedelta(days=1) if row.status == Rancangan.Status.BERLAKU else row.mulai


def tried(row: Rancangan) -> Uji:
    """Return the draft tried out on its day, remembered until draft or data change."""
    key = ("rancangan uji", row.pk, row.versi, base_day(row), revision(*RUANG))
    return remember(key, lambda: try_out(agency(base_day(row)), read_steps(row.edits)))


def _step(raw: Mapping[str, Any]) -> Langkah:
    plain = {key: value for key, value in raw.items() if key != KELOMPOK}
    try:
        edit: Edit | None = from_dict(plain)
    except EditError:
        edit = None
    return Langkah(edit, str(raw.get(KELOMPOK, "")), raw)


def _read(day: date) -> Snapshot:
    instansi = Instansi.objects.filter(pk=1).values_list("nama", flat=True).first() or ""
    return sheets.snapshot(instansi, day, TABLES)
