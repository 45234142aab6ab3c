"""What may be done with imports: put into effect, all in one transaction, with everything noted for taking it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from penata.domain import sheets
from penata.domain.organisasi.models import Penetapan
from penata.domain.pegawai.queries import refresh_after_import
from penata.domain.pertukaran.events import ImporAksi
from penata.domain.pertukaran.models import ROOM, Impor
from penata.domain.pertukaran.plan import ROOMS, Plan, Progress, make_plan, silent
from penata.domain.pertukaran.summary import summarise
from penata.domain.peta_jabatan.ringkasan import refresh_ringkasan
from penata.domain.sheets import Delta, Writing
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, record, revision
from penata.foundation.journal import Journal
from penata.language import _
from penata.snapshot.schema import TABLES
from penata.snapshot.workbook import read_raw

MANY = 1_000  # rows after which the database has to plan anew
TRIES = 3  # how often a plan is made anew because somebody wrote in between
GROUPED = (
    "beban_kerja", "standar_kompetensi", "asesmen", "kompetensi_teknis", "riwayat_jabatan", "predikat_kinerja",
    "hukuman_disiplin", "riwayat_pelatihan", "minat", "pemangku",
)  # fmt: skip
CHUNK = 1024 * 1024


class ImporError(Exception):
    """It cannot be imported; the message says why and what to do about it."""


class RefusedRowsError(ImporError):
    """Rows are wrong and nobody asked to proceed without them; ``findings`` name them."""

    def __init__(self, message: str, findings: pl.DataFrame) -> None:
        """Keep what was found."""
        super().__init__(message)
        self.findings = findings


class ChangedSinceError(ImporError):
    """The data are no longer as the preview showed them; ``plan`` is how it would be now."""

    def __init__(self, plan: Plan) -> None:
        """Keep the new plan."""
        super().__init__(_("Data berubah sejak pratinjau dibuat. Periksa pratinjau yang baru, lalu terapkan."))
        self.plan = plan


@dataclass(frozen=True)
class Hasil:
    """What an import did: counts per table, side effects, what was found, and its row in the history."""

    impor: Impor
    tabel: Mapping[str, Mapping[str, int]]
    akibat: Mapping[str, int]
    findings: pl.DataFrame
    journal: Journal = field(repr=False)


def file_digest(paths: Sequence[Path]) -> str:
    """Return the SHA-256 over the content of *paths*, in order."""
    seal = sha256()
    for path in paths:
        with path.open("rb") as file:
            while part := file.read(CHUNK):
                seal.update(part)
    return seal.hexdigest()


def import_workbook(
    paths: Sequence[Path],
    *,
    as_of: date,
    penetapan_id: int | None,
    by: Reader,
    abk_langsung: bool = False,
    lanjut: bool = False,
    progress: Progress = silent,
) -> Hasil:
    """Import *paths* at once, without a preview, as they hold from *as_of*.

    Raises RefusedFile for a file that cannot be read and RefusedRowsError when rows are wrong, unless *lanjut* asks to
    leave those out.
    """
    check_may(by, langsung=abk_langsung)
    files = [Path(path) for path in paths]
    raw = read_raw(files, progress=lambda share: progress(share * 0.4, _("membaca berkas")))
    impor = Impor(
        oleh=by.user, nama=", ".join(path.name for path in files)[:300], sidik=file_digest(raw.paths), per=as_of,
        penetapan_id=penetapan_id, lanjut=lanjut, langsung=abk_langsung,
        ukuran=sum(path.stat().st_size for path in raw.paths),
    )  # fmt: skip

    def plan() -> Plan:
        return make_plan(raw, as_of=as_of, langsung=abk_langsung, by=by, progress=_part(progress, 0.4, 0.6))

    return apply(impor, plan, by=by, progress=_part(progress, 0.6, 1.0))


def check_may(by: Reader, *, langsung: bool) -> None:
    """Raise ForbiddenError unless *by* may import; workload in force at once needs the right to set it."""
    by.require(Permission.DATA_IMPOR, anywhere=True)
    if langsung:
        by.require(Permission.ABK_TETAPKAN)


def _part(progress: Progress, start: float, end: float) -> Progress:
    return lambda share, step: progress(start + (end - start) * share, step)


def apply(impor: Impor, plan: Any, *, by: Reader, expected: str = "", progress: Progress = silent) -> Hasil:
    """Write what *plan* (called to make it) says, in one transaction, and save *impor* as done.

    *expected* is the digest of the preview that was agreed to; when the data have changed so that something else would
    be written, ChangedSinceError carries the new plan and nothing is written.
    """
    check_may(by, langsung=impor.langsung)
    for _again in range(TRIES):
        made: Plan = plan()
        check_plan(made, lanjut=impor.lanjut)
        if expected and made.digest != expected:
            raise ChangedSinceError(made)
        progress(0.5, _("menulis ke basis data"))
        try:
            return _write(impor, made, by)
        except _MovedError:
            continue
    raise ImporError(_("Data terus diubah oleh pengguna lain. Coba lagi sebentar lagi; tidak ada yang ditulis."))


def check_plan(plan: Plan, *, lanjut: bool) -> None:
    """Raise RefusedRowsError when *plan* must not be written."""
    if plan.blocked:
        raise RefusedRowsError(
            _("Berkas ini membuat data yang sudah ada menjadi keliru; perbaiki berkas lalu unggah kembali."),
            plan.findings,
        )
    if plan.faulty and not lanjut:
        raise RefusedRowsError(
            _("Ada baris yang ditolak; perbaiki berkas, atau pilih melanjutkan tanpa baris itu."), plan.findings
        )


class _MovedError(Exception):
    """Somebody wrote between the plan and the lock."""


@transaction.atomic
def _write(impor: Impor, plan: Plan, by: Reader) -> Hasil:
    chosen = [sheet for sheet in sheets.sheets() if sheet.table in plan.comparisons]
    bulk.lock(model for sheet in chosen for model in sheet.models)
    if revision(*ROOMS) != plan.revisi:
        raise _MovedError
    writing = Writing(plan.as_of, impor.penetapan_id, impor.langsung, by.user.pk)
    effects: dict[str, int] = {}
    counts: dict[str, dict[str, int]] = {}
    rooms: dict[str, None] = {}
    for sheet in chosen:
        one = plan.comparisons[sheet.table]
        counts[sheet.table] = {
            "baru": one.delta.new.height, "berubah": one.delta.changed.height, "tetap": one.unchanged,
            "berakhir": one.delta.gone.height, "ditolak": plan.refused.get(sheet.table, 0),
        }  # fmt: skip
        if one.delta.rows:
            for name, count in sheet.write(one.delta, writing).items():
                effects[name] = effects.get(name, 0) + count
            rooms |= dict.fromkeys(sheet.ruang)
    impor.status, impor.diterapkan, impor.baris = Impor.Status.DITERAPKAN, timezone.now(), plan.rows
    impor.ringkasan = {**impor.ringkasan, **summarise(plan), "hasil": effects}
    impor.isi = plan.digest
    impor.save()
    writing.journal.save(impor.journal)
    deltas = {name: one.delta for name, one in plan.comparisons.items()}
    event = record(
        ImporAksi.DITERAPKAN, by=by, changes=changes_of(deltas), per=plan.as_of, unit_id=impor.unit_id,
        dasar=str(Penetapan.objects.get(pk=impor.penetapan_id)) if impor.penetapan_id else "",
        rincian={"impor": impor.pk, "berkas": impor.nama, "sidik": impor.sidik, "tabel": counts, "akibat": effects},
        ruang=(*rooms, ROOM),
    )  # fmt: skip
    Impor.objects.filter(pk=impor.pk).update(peristiwa_id=event.pk)
    impor.peristiwa_id = event.pk
    # What is kept about people and posts is brought up to date in the same step: nobody sees one without the other.
    refresh_after_import(by.today)
    refresh_ringkasan(by.today)
    if plan.rows >= MANY:
        bulk.tell_planner()
    return Hasil(
        impor, counts, {name: count for name, count in effects.items() if count}, plan.findings, writing.journal
    )


def changes_of(deltas: Mapping[str, Delta]) -> Iterator[Change]:
    """Return what the log keeps per object: rows that belong to one person, jabatan or posisi stand together."""
    for name, delta in deltas.items():
        if name in GROUPED:
            yield from _grouped(name, delta)
            continue
        key = TABLES[name].key[0]
        for row in delta.new.iter_rows(named=True):
            yield Change(name, row[key], None, _filled(row))
        for row, old in zip(delta.changed.iter_rows(named=True), delta.before.iter_rows(named=True), strict=True):
            differs = [field for field, value in row.items() if old[field] != value]
            was, now = ({field: values[field] for field in differs} for values in (old, row))
            yield Change(name, row[key], was, now)


def _grouped(name: str, delta: Delta) -> Iterator[Change]:
    key = "nip" if name == "pemangku" else TABLES[name].key[0]
    before = _by_key(pl.concat([delta.before, delta.gone]), key)
    after = _by_key(pl.concat([delta.changed, delta.new]), key)
    for subject in sorted({**before, **after}):
        old, new = before.get(subject), after.get(subject)
        yield Change(name, subject, {"baris": old} if old else None, {"baris": new} if new else None)


def _by_key(rows: pl.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        subject = row.pop(key)
        found.setdefault(subject, []).append(_filled(row))
    return found


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in row.items() if value is not None}
