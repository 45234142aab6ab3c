"""Keeps the figures of today in tables: anew after imports and at midnight, row by row after a small change.

The tables say of which day and which revision of the data they are. Whoever reads them asks :func:`current` first and
adds up anew when they are of another day or behind, so a figure on a page is never old.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl
from django.db import transaction
from django.db.models import Q

from penata.domain.beban_kerja.models import Abk
from penata.domain.jabatan.models import Posisi, PosisiMasa
from penata.domain.peta_jabatan import angka
from penata.domain.peta_jabatan.angka import RUANG, data_revision, figures, seats_in_force, sums
from penata.domain.peta_jabatan.models import RingkasanKeadaan, RingkasanPosisi, RingkasanUnit
from penata.foundation import bulk
from penata.foundation.audit.models import Rantai
from penata.foundation.audit.record import Change
from penata.foundation.memo import remember

# Objects of the log that are understood; those that move no figure are here too, so that they leave nothing behind.
WORKLOAD = frozenset(("abk", "rasionorma", "rasionilai"))
KNOWN = WORKLOAD | frozenset(
    (
        "posisi", "pemangku", "pegawai", "jabatan", "unit", "penetapan", "informasi_jabatan", "evaluasi_jabatan",
        "rancangan", "standar_kompetensi", "riwayat_golongan", "riwayat_pendidikan", "riwayat_jabatan", "instansi",
    )
)  # fmt: skip
NIP = re.compile(r"\d{18}")
KEY_LENGTH = 64  # characters of a key that the log keeps
SMALL = 200  # objects of one act up to which only what they touch is added up
COLUMNS = (
    "posisi_id", "unit_id", "bezetting", "plt", "plh", "kebutuhan", "asal", "selisih", "keadaan", "kurang", "lebih",
    "kosong", "terisi", "pensiun", "keluar",
)  # fmt: skip
TYPES = dict.fromkeys(("posisi_id", "unit_id", "plt", "plh", "kosong", "pensiun"), pl.Int64) | dict.fromkeys(
    ("asal", "keadaan", "keluar"), pl.String
)
UNIT_COLUMNS = (
    "unit_id", "posisi", "bezetting", "plt", "kebutuhan", "kurang", "lebih", "kosong", "terisi", "pensiun",
)  # fmt: skip


def current(as_of: date) -> bool:
    """Tell whether the tables hold the figures of *as_of* and of the data as they are; two queries."""
    state = RingkasanKeadaan.objects.filter(pk=1, per=as_of).values_list("revisi", flat=True).first()
    return state is not None and state == list(data_revision())


def all_figures(as_of: date) -> pl.DataFrame:
    """Return :func:`figures` of the whole agency, from the tables where they hold, remembered until the data change."""
    return remember(("angka", as_of, data_revision()), lambda: _kept(as_of) if current(as_of) else figures(as_of))


def _kept(as_of: date) -> pl.DataFrame:
    names = COLUMNS[:1] + COLUMNS[2:]
    schema = {name: TYPES.get(name, pl.Float64) for name in names}
    kept = bulk.select(RingkasanPosisi.objects.values_list(*names), schema)
    kept = kept.with_columns(pl.col("keluar").str.json_decode(pl.List(pl.Int64)))
    return seats_in_force(as_of).join(kept, on="posisi_id", how="inner", maintain_order="left").select(angka.COLUMNS)


@transaction.atomic
def refresh_ringkasan(as_of: date) -> int:
    """Add up everything anew as of *as_of* (today) and return how many posisi there are.

    Call it after an import and when a day begins; inside the transaction of the import, so that nobody sees one
    without the other.
    """
    Rantai.objects.select_for_update().get(pk=1)  # no act can be written while the figures are added up
    rows = figures(as_of)
    RingkasanPosisi.objects.all().delete()
    bulk.insert(RingkasanPosisi, _stored(rows))
    RingkasanUnit.objects.all().delete()
    bulk.insert(RingkasanUnit, rows.group_by("unit_id").agg(sums()).select(UNIT_COLUMNS))
    _note(as_of, data_revision())
    return rows.height


def refresh_when_behind(as_of: date) -> bool:
    """Add up anew if the tables are of another day or behind; for the worker. Tell whether it was needed."""
    if current(as_of):
        return False
    refresh_ringkasan(as_of)
    return True


def after_act(changes: Sequence[Change], ruang: Sequence[str]) -> None:
    """Bring the tables up to date with one act, in its own transaction; called by the log when the act is written.

    Only what the act touched is added up. When that cannot be told (an import, an act that names no object, or tables
    that were behind already) they are left behind, which :func:`current` says, until the next full pass.
    """
    touched = [name for name in RUANG if name in ruang]
    state = RingkasanKeadaan.objects.filter(pk=1).first()
    if not touched or state is None:
        return
    now = data_revision()
    before = [number - (name in touched) for name, number in zip(RUANG, now, strict=True)]
    if state.revisi != before or not 0 < len(changes) <= SMALL or "peraturan" in touched:
        return
    ids = _touched(changes, touched)
    if ids is None:
        return
    _refresh_some(state.per, ids)
    _note(state.per, now)


def _refresh_some(as_of: date, ids: frozenset[int]) -> None:
    old = set(RingkasanPosisi.objects.filter(posisi_id__in=ids).values_list("unit_id", flat=True))
    rows = figures(as_of, ids)
    RingkasanPosisi.objects.filter(posisi_id__in=ids).delete()
    bulk.insert(RingkasanPosisi, _stored(rows))
    units = old | set(rows["unit_id"])
    schema = {name: TYPES.get(name, pl.Float64) for name in UNIT_COLUMNS if name != "posisi"}
    kept = bulk.select(RingkasanPosisi.objects.filter(unit_id__in=units).values_list(*schema), schema)
    RingkasanUnit.objects.filter(unit_id__in=units).delete()
    bulk.insert(RingkasanUnit, kept.group_by("unit_id").agg(sums()).select(UNIT_COLUMNS))


def _touched(changes: Iterable[Change], ruang: Sequence[str]) -> frozenset[int] | None:
    """Return the ids of the posisi whose figures the changes may move, or None when that cannot be told."""
    keys: dict[str, set[str]] = {}
    for change in changes:
        keys.setdefault(change.jenis, set()).add(change.objek_id)
        for values in (change.sebelum, change.sesudah):
            for name, jenis in (("posisi", "posisi"), ("nip", "pegawai")):
                if values and isinstance(values.get(name), str):
                    keys.setdefault(jenis, set()).add(str(values[name]))
    if not keys.keys() <= KNOWN or ("beban_kerja" in ruang and not keys.keys() & WORKLOAD):
        return None
    codes, people = set(keys.get("posisi", ())), set(keys.get("pegawai", ()))
    for key in keys.get("pemangku", ()):  # a NIP, or posisi/jenis/NIP
        codes.add(key.rsplit("/", 2)[0])
        people.update(NIP.findall(key))
    named = Posisi.objects.filter(Q(kode__in=codes) | Q(pemangku__pegawai__nip__in=people))
    ids = set(named.values_list("pk", flat=True))
    ids.update(_of_jabatan(keys.get("jabatan", set())))
    ids.update(_of_abk([int(key) for key in keys.get("abk", ()) if key.isdecimal()]))
    return frozenset(ids)


def _of_jabatan(names: set[str]) -> Iterable[int]:
    """Return the posisi of the jabatan that the log knows by the first characters of their names."""
    if not names:
        return ()
    same = Q()
    for name in names:
        same |= Q(jabatan__nama__startswith=name) if len(name) == KEY_LENGTH else Q(jabatan__nama=name)
    return PosisiMasa.objects.filter(same).values_list("posisi_id", flat=True)


def _of_abk(documents: list[int]) -> Iterable[int]:
    """Return the posisi that an ABK may give a need: those of its unit, and those of its results."""
    if not documents:
        return ()
    units = Abk.objects.filter(pk__in=documents).values("unit_id")
    own = PosisiMasa.objects.filter(unit_id__in=units).values_list("posisi_id", flat=True)
    return {*own, *Posisi.objects.filter(abk_hasil__abk_id__in=documents).values_list("pk", flat=True)}


def _stored(rows: pl.DataFrame) -> pl.DataFrame:
    written = pl.Series("keluar", [json.dumps(years) for years in rows["keluar"].to_list()], dtype=pl.String)
    return rows.with_columns(written).select(COLUMNS)


def _note(as_of: date, revisi: Sequence[int]) -> None:
    RingkasanKeadaan.objects.update_or_create(pk=1, defaults={"per": as_of, "revisi": list(revisi)})
