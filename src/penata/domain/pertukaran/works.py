"""The work in the background: reading and preview, putting into effect, taking back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from django.utils import timezone

from penata.domain.pertukaran.actions import ChangedSinceError, ImporError, RefusedRowsError, apply
from penata.domain.pertukaran.headings import read_headings, remembered
from penata.domain.pertukaran.models import ROOM, Impor
from penata.domain.pertukaran.plan import Plan, make_plan
from penata.domain.pertukaran.storage import load_raw, moved_rows, save_preview, save_raw
from penata.domain.pertukaran.summary import summarise
from penata.domain.pertukaran.undo import take_back
from penata.domain.pertukaran.uploads import APPLY, READ, UNDO
from penata.foundation.access.models import User
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import touch
from penata.foundation.findings import Level
from penata.foundation.spreadsheet import RefusedFile
from penata.foundation.spreadsheet.marking import write_marked
from penata.foundation.tasks.run import Progress, WorkError, work
from penata.language import _
from penata.snapshot.schema import TABLES
from penata.snapshot.workbook import read_raw

NAMED = 20
MARKED_FREELY = 5 * 2**20  # bytes up to which a workbook is marked for warnings alone
UNCLEAR = ("B01", "B03", "B04", "B06")  # findings after which the titles are worth a look


def _subject(masukan: Mapping[str, Any]) -> tuple[Impor, Reader]:
    """Return the import, and whoever asked for the work: that account's rights count and its name is in the log."""
    impor = Impor.objects.get(pk=masukan["impor"])
    return impor, Reader(User.objects.get(pk=masukan["oleh"]), impor.per, timezone.localdate())


@work(READ)
def baca(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the files and make the preview. Input: ``impor``."""
    impor, by = _subject(masukan)
    try:
        mapping = remembered(by.user, impor.paths)
        raw = read_raw(impor.paths, mapping=mapping, progress=lambda share: progress(share * 0.5, _("Membaca berkas")))
    except RefusedFile as error:
        _refuse(impor, str(error))
        raise WorkError(str(error)) from error
    unclear = bool(raw.skipped) or raw.findings["code"].is_in(UNCLEAR).any()
    headings = [heading.plain() for heading in read_headings(impor.paths)] if unclear else []
    save_raw(raw, impor.folder)
    plan = make_plan(
        raw, as_of=impor.per, langsung=impor.langsung, by=by,
        progress=lambda share, step: progress(0.5 + 0.4 * share, step.capitalize()),
    )  # fmt: skip
    progress(0.92, _("Menyimpan pratinjau"))
    show(impor, plan, headings)
    return {"baris": impor.baris, "galat": impor.ringkasan["temuan"]["galat"]}


def _refuse(impor: Impor, reason: str) -> None:
    """Say why the files cannot be read; what their titles are may still be asked."""
    try:
        headings = [heading.plain() for heading in read_headings(impor.paths)]
    except RefusedFile:
        headings = []
    impor.status, impor.pesan, impor.ringkasan = Impor.Status.DITOLAK, reason, {"lembar": headings}
    impor.save(update_fields=["status", "pesan", "ringkasan"])
    touch(ROOM)


def show(impor: Impor, plan: Plan, headings: list[dict[str, Any]], message: str = "") -> None:
    """Keep *plan* as the preview of *impor*."""
    plan.findings.write_parquet(impor.findings)
    save_preview(plan.comparisons, impor.folder)
    _mark(impor, plan)
    impor.status, impor.pesan, impor.isi, impor.baris = Impor.Status.PRATINJAU, message, plan.digest, plan.rows
    impor.ringkasan = {**summarise(plan), "lembar": headings}
    impor.save(update_fields=["status", "pesan", "isi", "baris", "ringkasan"])
    touch(ROOM)


def _mark(impor: Impor, plan: Plan) -> None:
    """Write the workbook to correct, when there is something to correct."""
    impor.marked.unlink(missing_ok=True)
    weighty = plan.findings.filter(pl.col("level") != Level.KETERANGAN.value)
    if plan.faulty or (weighty.height and impor.ukuran <= MARKED_FREELY):
        write_marked(impor.paths, plan.findings, impor.marked)


@work(APPLY)
def terapkan(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the preview into effect. Input: ``impor``."""
    impor, by = _subject(masukan)
    raw = load_raw(impor.folder)

    def plan() -> Plan:
        return make_plan(
            raw, as_of=impor.per, langsung=impor.langsung, by=by,
            progress=lambda share, step: progress(0.5 * share, step.capitalize()),
        )  # fmt: skip

    headings = impor.ringkasan.get("lembar", [])
    try:
        done = apply(impor, plan, by=by, expected=impor.isi, progress=progress)
    except ChangedSinceError as error:
        message = f"{error} {_moved(error.plan, impor.folder)}"
        show(impor, error.plan, headings, message)
        raise WorkError(message) from error
    except (RefusedRowsError, ImporError) as error:
        impor.status, impor.pesan = Impor.Status.PRATINJAU, str(error)
        impor.save(update_fields=["status", "pesan"])
        touch(ROOM)
        raise WorkError(str(error)) from error
    return {"tabel": {name: dict(counts) for name, counts in done.tabel.items()}, "akibat": dict(done.akibat)}


def _moved(plan: Plan, folder: Path) -> str:
    """Say which rows come out otherwise than the preview showed."""
    rows = list(moved_rows(plan.comparisons, folder))
    named = ", ".join(f"{TABLES[table].title} {key}" for table, key in rows[:NAMED])
    more = _(", dan {n} lagi").format(n=len(rows) - NAMED) if len(rows) > NAMED else ""
    return _("Baris yang berbeda: {names}{more}.").format(names=named, more=more)


@work(UNDO)
def urungkan(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take an import back. Input: ``impor``."""
    impor, by = _subject(masukan)
    progress(0.1, _("Mengembalikan keadaan sebelum impor"))
    try:
        take_back(impor_id=impor.pk, by=by)
    except ImporError as error:
        Impor.objects.filter(pk=impor.pk).update(status=Impor.Status.DITERAPKAN, pesan=str(error))
        touch(ROOM)
        raise WorkError(str(error)) from error
    return {"impor": impor.pk}
