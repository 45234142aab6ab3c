"""A reorganisation put into force: the agency of the day is written so that it stands as the draft says, or not."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from django.db import connection, transaction

from penata.domain import sheets
from penata.domain.organisasi.errors import RancanganError, StaleError
from penata.domain.organisasi.events import OrganisasiAksi
from penata.domain.organisasi.messages import tell_rancangan
from penata.domain.organisasi.models import Penetapan, Rancangan, UnitMasa
from penata.domain.organisasi.reorganisasi import RUANG, lock_draft, logged
from penata.domain.organisasi.reorganisasi_beban import carry_workload
from penata.domain.organisasi.reorganisasi_uji import RUANG as READ
from penata.domain.organisasi.reorganisasi_uji import agency, read_steps, try_out
from penata.domain.sheets import Delta, Writing
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record, revision
from penata.foundation.periods import in_force, not_ended
from penata.foundation.tasks.run import start
from penata.foundation.timeline import end_periods
from penata.language import _
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, canonicalise

STRUCTURE = ("unit", "posisi", "pemangku")  # in the order of writing
WRITTEN = (*STRUCTURE, "beban_kerja")  # everything a reorganisation writes
SEGARKAN = "penata.domain.pegawai.mutu_segar:segarkan"
HANGS = {  # what may hang on a unit or posisi: table and the relation by which it does
    "unit": (("unit", "induk"), ("posisi", "unit")),
    "posisi": (("posisi", "atasan"), ("pemangku", "posisi")),
}


def enforce_rancangan(*, rancangan_id: int, versi: int, penetapan_id: int, mulai: date, by: Reader) -> Rancangan:
    """Put the draft into force from *mulai* on: every period row in one transaction, on one legal act.

    Refuses when the agency changed since so that an edit no longer applies, when something it touches already has
    later changes, and when what was written would not read back exactly as the draft shows it.

    The agency is read before the transaction, which then holds everybody else up for a short time only; when somebody
    wrote in between, which its revision tells, it is read again under the lock.
    """
    seen = revision(*READ)
    return _enforce(rancangan_id, versi, penetapan_id, (mulai, agency(mulai), seen), by)


@transaction.atomic
def _enforce(
    rancangan_id: int, versi: int, penetapan_id: int, base: tuple[date, Snapshot, tuple[int, ...]], by: Reader
) -> Rancangan:
    mulai, known, seen = base
    row = lock_draft(rancangan_id, versi, by, Permission.ORGANISASI_TETAPKAN, Rancangan.Status.DIAJUKAN)
    penetapan = Penetapan.objects.get(pk=penetapan_id)
    _hold_writers()
    uji = try_out(known if revision(*READ) == seen else agency(mulai), read_steps(row.edits))
    if uji.errors:
        place, refused = min(uji.errors.items())
        raise StaleError(
            _("Perubahan nomor {n} tidak dapat dilakukan pada keadaan sekarang. {why} {remedy}").format(
                n=place + 1, why=refused, remedy=_("Bila perlu, kembalikan rancangan kepada penyusunnya.")
            )
        )
    before = {name: uji.before[name] for name in WRITTEN} | {"pemangku": uji.before.holders}
    after = {name: canonicalise(name, uji.tables[name]) for name in WRITTEN}
    after["pemangku"] = _dated(before["pemangku"], after["pemangku"], mulai)
    deltas = {name: _delta(name, before[name], after[name]) for name in STRUCTURE}
    _refuse_later(deltas, mulai)
    writing = Writing(mulai, penetapan.pk, langsung=True, by_id=by.user.pk)
    _write(deltas, writing)
    carried = carry_workload(before, after, writing)
    written = [name for name in STRUCTURE if deltas[name].rows] + (["beban_kerja"] if carried else [])
    _verify({name: after[name] for name in written}, mulai)
    old = logged(row)
    row.status, row.penetapan, row.mulai, row.versi = Rancangan.Status.BERLAKU, penetapan, mulai, row.versi + 1
    row.save()
    tell_rancangan(OrganisasiAksi.RANCANGAN_BERLAKU, row, by, units=_units(deltas))
    changes = [changed("rancangan", str(row.pk), old, logged(row)), *_changes(deltas)]
    touched = {room for name in written for room in sheets.sheet(name).ruang}
    if deltas["pemangku"].rows or deltas["posisi"].rows:
        # Pension dates and the quality of the data follow from the post held; they are reckoned anew in the background.
        start(SEGARKAN, judul=_("Menyegarkan ringkasan pegawai"), by=by.user, masukan={"per": by.today.isoformat()})
    record(
        OrganisasiAksi.RANCANGAN_BERLAKU, by=by, changes=changes, per=mulai, dasar=str(penetapan),
        rincian={"rancangan": row.pk, "nama": row.nama, "suntingan": row.edits}, ruang=(*RUANG, *sorted(touched)),
    )  # fmt: skip
    return row


def _units(deltas: Mapping[str, Delta]) -> set[str]:
    """Return the codes of the units that change or whose posisi do, but for units that cease to be."""
    unit, posisi = deltas["unit"], deltas["posisi"]
    return {*unit.new["kode"], *unit.changed["kode"], *posisi.new["unit"], *posisi.changed["unit"]}


def _hold_writers() -> None:
    """Let nobody else write units, posisi or holders until the decision is in: SQLite does so by itself."""
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(
        connection.ops.quote_name(model._meta.db_table) for name in WRITTEN for model in sheets.sheet(name).models[:1]
    )
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _dated(before: pl.DataFrame, after: pl.DataFrame, mulai: date) -> pl.DataFrame:
    """Return the holders after, with the day of entry into force as TMT where a new appointment names none."""
    key = TABLES["pemangku"].key
    new = after.join(before.select(key), on=key, how="anti").select(*key, _new=pl.lit(value=True))
    fresh = after.join(new, on=key, how="left", maintain_order="left")
    tmt = pl.when(pl.col("_new") & pl.col("tmt").is_null()).then(pl.lit(mulai)).otherwise("tmt")
    return canonicalise("pemangku", fresh.with_columns(tmt=tmt).drop("_new"))


def _delta(name: str, before: pl.DataFrame, after: pl.DataFrame) -> Delta:
    key = list(TABLES[name].key)
    values = [column for column in before.columns if column not in key]
    new = after.join(before, on=key, how="anti")
    gone = before.join(after, on=key, how="anti")
    both = before.join(after, on=key, how="inner", suffix="_baru").sort(key)
    differ = both.filter(pl.any_horizontal(pl.col(v).ne_missing(pl.col(f"{v}_baru")) for v in values))
    changed_rows = differ.select(*key, *(pl.col(f"{v}_baru").alias(v) for v in values)).select(after.columns)
    return Delta(new, changed_rows, differ.select(before.columns), gone, tuple(after.columns))


def _refuse_later(deltas: Mapping[str, Delta], mulai: date) -> None:
    """Refuse when a unit or posisi that changes has changes after the day already: they would undo this one."""
    for name in HANGS:
        delta = deltas[name]
        codes = pl.concat([delta.changed["kode"], delta.gone["kode"]]).to_list()
        model = sheets.sheet(name).models[0]
        later = model._meta.base_manager.filter(**{f"{name}__kode__in": codes, "mulai__gt": mulai})
        found = later.order_by("mulai").values_list(f"{name}__kode", "mulai").first()
        if found is not None:
            raise RancanganError(
                _(
                    "{kode} sudah mempunyai perubahan mulai {day}, sesudah tanggal berlaku rancangan ini. "
                    "Pilih tanggal berlaku sesudahnya, atau kembalikan rancangan."
                ).format(kode=found[0], day=found[1].strftime("%d-%m-%Y"))
            )
    used = {
        *deltas["unit"].new["induk"].drop_nulls(), *deltas["unit"].changed["induk"].drop_nulls(),
        *deltas["posisi"].new["unit"].drop_nulls(), *deltas["posisi"].changed["unit"].drop_nulls(),
    }  # fmt: skip
    ending = UnitMasa.objects.filter(in_force(mulai), unit__kode__in=used, selesai__isnull=False)
    found = ending.exclude(unit__masa__mulai__gt=mulai).values_list("unit__kode", "selesai").first()
    if found is not None and found[1] is not None:
        raise RancanganError(
            _("Unit {kode} sudah ditetapkan berakhir {day}. Kembalikan rancangan untuk memilih unit lain.").format(
                kode=found[0], day=found[1].strftime("%d-%m-%Y")
            )
        )


def _write(deltas: Mapping[str, Delta], writing: Writing) -> None:
    """End what goes, then write what is new or changed: the database refuses overlapping periods at every step."""
    held = deltas["pemangku"]
    if held.gone.height:
        empty = held.gone.clear()
        sheets.sheet("pemangku").write(Delta(empty, empty, empty, held.gone, held.columns), writing)
    for name in STRUCTURE:
        delta = deltas[name]
        if delta.new.height or delta.changed.height:
            whole = Delta(delta.new, delta.changed, delta.before, delta.gone.clear(), delta.columns)
            sheets.sheet(name).write(whole, writing)
    for name in ("posisi", "unit"):
        _end(name, deltas[name].gone["kode"].to_list(), writing)


def _end(name: str, codes: list[str], writing: Writing) -> None:
    """End the periods of the objects called *codes*, and refuse when anything is to hang on them from then on."""
    if not codes:
        return
    model = sheets.sheet(name).models[0]
    rows = model._meta.base_manager.filter(in_force(writing.as_of), **{f"{name}__kode__in": codes})
    found = list(rows.values_list("id", "mulai"))
    frame = pl.DataFrame(found, schema={"id": pl.Int64, "mulai": pl.Date}, orient="row")
    end_periods(model, frame, as_of=writing.as_of, journal=writing.journal)
    running = not_ended(writing.as_of)
    for table, path in HANGS[name]:
        later = sheets.sheet(table).models[0]._meta.base_manager.filter(running, **{f"{path}__kode__in": codes})
        code = later.values_list(f"{path}__kode", flat=True).first()
        if code is not None:
            raise RancanganError(
                _("{kode} masih dipakai oleh {table} sesudah tanggal itu. Pilih tanggal berlaku sesudahnya.").format(
                    kode=code, table=TABLES[table].title
                )
            )


def _verify(after: Mapping[str, pl.DataFrame], mulai: date) -> None:
    """Read back the tables that were written: they must be exactly the ones that were decided."""
    for name, table in after.items():
        if not sheets.read(name, mulai).equals(table):
            raise RancanganError(
                _(
                    "Tabel {table} tidak dapat ditulis seperti dalam rancangan, maka tidak ada yang diubah. "
                    "Pilih tanggal berlaku lain, atau kembalikan rancangan."
                ).format(table=TABLES[name].title)
            )


def _changes(deltas: Mapping[str, Delta]) -> list[Change]:
    """Return what the log says: every object with its values before and after."""
    found: list[Change] = []
    for name, delta in deltas.items():
        key = "nip" if name == "pemangku" else "kode"
        found += [Change(name, row[key], None, row) for row in delta.new.iter_rows(named=True)]
        pairs = zip(delta.before.iter_rows(named=True), delta.changed.iter_rows(named=True), strict=True)
        found += [changed(name, new[key], old, new) for old, new in pairs]
        found += [Change(name, row[key], row, None) for row in delta.gone.iter_rows(named=True)]
    return found
