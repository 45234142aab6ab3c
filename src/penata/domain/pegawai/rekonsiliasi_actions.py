"""Writes of a reconciliation: begin it, decide, apply what was decided in one act, or drop it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from penata.domain.pegawai.actions import PegawaiError
from penata.domain.pegawai.events import PegawaiAksi
from penata.domain.pegawai.messages import tell_reconciled
from penata.domain.pegawai.models import (
    BarisSiasn,
    CerminSiasn,
    Pegawai,
    Rekonsiliasi,
    RiwayatGolongan,
    RiwayatPendidikan,
    SelisihSiasn,
)
from penata.domain.pegawai.mutu_segar import refresh
from penata.domain.pegawai.queries import fold
from penata.domain.pegawai.rekonsiliasi import ORANG, ROOM, STORED, Jenis, as_stored, read_lokal
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.tasks.models import Pekerjaan
from penata.foundation.tasks.run import start
from penata.language import _

AMBIL, PERTAHANKAN = "ambil", "pertahankan"
NAMED = 5_000  # people up to whom the summaries are made anew for them alone


@transaction.atomic
def begin(*, berkas: UploadedFile, unit_id: int | None, by: Reader) -> tuple[Rekonsiliasi, Pekerjaan]:
    """Keep the uploaded export and queue its comparison with the data as of the reader's day."""
    by.require(Permission.PEGAWAI_SUNTING, unit_id, anywhere=unit_id is None)
    name = str(berkas.name)[-200:]
    # The file is read in the background by its content; its own name is kept for people only.
    berkas.name = "ekspor" + ("." + name.rsplit(".", 1)[-1].lower()[:5] if "." in name else "")
    row = Rekonsiliasi.objects.create(nama_berkas=name, berkas=berkas, unit_id=unit_id, per=by.as_of, pemilik=by.user)
    work = start(
        "penata.domain.pegawai.rekonsiliasi_kerja:bandingkan",
        judul=_("Membandingkan {berkas} dengan data pegawai").format(berkas=name), by=by.user,
        masukan={"rekonsiliasi": row.pk, "pemilik": by.user.pk, "hari_ini": by.today.isoformat()},
        alamat=f"/rekonsiliasi/{row.pk}/",
    )  # fmt: skip
    return row, work


@transaction.atomic
def decide(
    *, rekonsiliasi_id: int, keputusan: str, alasan: str, by: Reader, kolom: str = "", jenis: str = "", nip: str = "",
    selisih: Iterable[int] = (),
) -> int:  # fmt: skip
    """Decide about the open differences named (by column and kind, person, or key); return how many.

    An empty *keputusan* opens them again. Keeping the local value needs a reason: SIASN is told it.
    """
    _open(rekonsiliasi_id, by)
    if keputusan not in {AMBIL, PERTAHANKAN, ""}:
        raise ValueError(keputusan)
    if keputusan == PERTAHANKAN and not alasan.strip():
        raise PegawaiError(
            _("Isi alasan mempertahankan nilai lokal; alasan itu disertakan dalam usul perbaikan SIASN.")
        )
    rows = reachable(by).filter(rekonsiliasi_id=rekonsiliasi_id, diterapkan=False)
    rows = rows.filter(**{k: v for k, v in {"kolom": kolom, "jenis": jenis, "nip": nip}.items() if v})
    keys = list(selisih)
    rows = rows.filter(pk__in=keys) if keys else rows
    if keputusan == AMBIL:
        rows = rows.filter(takeable(by))
    n = rows.update(keputusan=keputusan, alasan=alasan.strip()[:300] if keputusan else "", oleh=by.user)
    asked = {"kolom": kolom, "jenis": jenis, "nip": nip, "keputusan": keputusan, "jumlah": n}
    record(
        PegawaiAksi.REKONSILIASI_DIPUTUSKAN, by=by, alasan=alasan.strip(), ruang=(ROOM,),
        rincian={"rekonsiliasi": rekonsiliasi_id, **asked},
    )  # fmt: skip
    return n


def takeable(by: Reader) -> Q:
    """Return the condition that a difference can be settled by taking what SIASN says.

    A post is not: it is filled by decree. A person who is only there may be taken in by whoever may edit everybody.
    """
    fields = Q(kolom__in=STORED)
    whole = by.scope(Permission.PEGAWAI_SUNTING).whole
    return fields | Q(kolom=ORANG, jenis=str(Jenis.HANYA_SIASN)) if whole else fields


def reachable(by: Reader) -> QuerySet[SelisihSiasn]:
    """Return the differences of people whom the reader may edit; private fields where those may be seen."""
    mine = by.scope(Permission.PEGAWAI_SUNTING).filter("unit_id")
    private = Q(pribadi=False)
    if by.may(Permission.PEGAWAI_PRIBADI):
        private |= Q(pribadi=True) & by.scope(Permission.PEGAWAI_PRIBADI).filter("unit_id")
    return SelisihSiasn.objects.filter(mine, private)


def may_open(by: Reader) -> Q:
    """Return the condition that a reconciliation is the reader's own, or that the reader may edit everybody."""
    return Q() if by.scope(Permission.PEGAWAI_SUNTING).whole else Q(pemilik=by.user)


@transaction.atomic
def queue_apply(*, rekonsiliasi_id: int, by: Reader) -> Pekerjaan:
    """Queue the application of what was decided."""
    row = _open(rekonsiliasi_id, by)
    if not reachable(by).filter(rekonsiliasi=row, diterapkan=False).exclude(keputusan="").exists():
        raise PegawaiError(_("Belum ada selisih yang diputuskan. Putuskan dahulu per kolom atau per pegawai."))
    return start(
        "penata.domain.pegawai.rekonsiliasi_kerja:terapkan",
        judul=_("Menerapkan rekonsiliasi {berkas}").format(berkas=row.nama_berkas), by=by.user,
        masukan={"rekonsiliasi": row.pk, "pemilik": by.user.pk, "hari_ini": by.today.isoformat()},
        alamat=f"/rekonsiliasi/{row.pk}/",
    )  # fmt: skip


@transaction.atomic
def apply_decisions(*, rekonsiliasi_id: int, by: Reader) -> dict[str, int]:
    """Apply every decision in one act and make this export the base of the next comparison; return counts.

    What changed here since the comparison is left alone and open again: whoever decided did not see it.
    """
    row = _open(rekonsiliasi_id, by)
    decided = list(reachable(by).filter(rekonsiliasi=row, diterapkan=False).exclude(keputusan=""))
    lokal = read_lokal(by.today, by, Q(nip__in={s.nip for s in decided if s.keputusan == AMBIL}))
    stale = _stale(decided, lokal)
    taken = [s for s in decided if s.keputusan == AMBIL and s.pk not in stale]
    changes = _take_fields([s for s in taken if s.kolom != ORANG]) + _take_people(
        [s for s in taken if s.kolom == ORANG], row
    )
    SelisihSiasn.objects.filter(pk__in=stale).update(
        keputusan="", alasan=_("Data lokal berubah sejak dibandingkan; periksa lagi.")
    )
    tell_reconciled(row, reachable(by).filter(rekonsiliasi=row, diterapkan=False).exclude(keputusan=""), by)
    SelisihSiasn.objects.filter(pk__in=[s.pk for s in decided if s.pk not in stale]).update(diterapkan=True)
    _keep_as_base(row)
    left = SelisihSiasn.objects.filter(rekonsiliasi=row, diterapkan=False).count()
    if not left:
        _close(row, Rekonsiliasi.Status.DITERAPKAN)
    people = {s.nip for s in taken}
    if people:
        refresh(by.today, people if len(people) <= NAMED else None)
    told = {
        "diambil": len(taken), "dipertahankan": len(decided) - len(taken) - len(stale), "pegawai": len(people),
        "berubah_sementara_itu": len(stale), "belum_diputuskan": left,
    }  # fmt: skip
    record(
        PegawaiAksi.REKONSILIASI_DITERAPKAN, by=by, changes=changes, per=by.today, unit_id=row.unit_id,
        dasar=row.nama_berkas, rincian={"rekonsiliasi": row.pk, **told}, ruang=("pegawai", ROOM),
    )  # fmt: skip
    return told


@transaction.atomic
def drop(*, rekonsiliasi_id: int, by: Reader) -> Rekonsiliasi:
    """Drop a reconciliation; nothing of it is applied and the base stays what it was."""
    row = _open(rekonsiliasi_id, by)
    _close(row, Rekonsiliasi.Status.DIBATALKAN)
    record(
        PegawaiAksi.REKONSILIASI_DIBATALKAN, by=by, unit_id=row.unit_id, rincian={"rekonsiliasi": row.pk}, ruang=(ROOM,)
    )
    return row


def _open(rekonsiliasi_id: int, by: Reader) -> Rekonsiliasi:
    by.require(Permission.PEGAWAI_SUNTING, anywhere=True)
    row = Rekonsiliasi.objects.select_for_update(of=("self",)).get(may_open(by), pk=rekonsiliasi_id)
    if row.status != Rekonsiliasi.Status.SIAP:
        raise PegawaiError(_("Rekonsiliasi ini berstatus {status}; tidak dapat diubah lagi.").format(status=row.status))
    return row


def _close(row: Rekonsiliasi, status: str) -> None:
    BarisSiasn.objects.filter(rekonsiliasi=row).delete()
    Rekonsiliasi.objects.filter(pk=row.pk).update(status=status, ditutup=timezone.now())
    row.status = status


def _stale(decided: Iterable[SelisihSiasn], lokal: pl.DataFrame) -> set[int]:
    now = {person["nip"]: person for person in lokal.iter_rows(named=True)}
    stale = set()
    for s in decided:
        if s.keputusan == AMBIL and s.kolom != ORANG:
            stands = now.get(s.nip)
            if stands is None or (stands[s.kolom] or "") != s.lokal:
                stale.add(s.pk)
        elif s.keputusan == AMBIL and Pegawai.objects.filter(nip=s.nip).exists():
            stale.add(s.pk)
    return stale


def _take_fields(taken: list[SelisihSiasn]) -> list[Change]:
    """Write the values taken from SIASN; a new golongan or education is added to the history."""
    by_nip: dict[str, dict[str, str]] = defaultdict(dict)
    for s in taken:
        by_nip[s.nip][s.kolom] = s.siasn
    changes: list[Change] = []
    people = list(Pegawai.objects.select_for_update().filter(nip__in=by_nip).order_by("nip"))
    touched: set[str] = set()
    for person in people:
        values = as_stored(by_nip[person.nip])
        changes.append(changed("pegawai", person.nip, {name: getattr(person, name) for name in values}, values))
        touched |= set(values)
        for name, value in values.items():
            setattr(person, name, value)
        person.cari, person.versi = fold(person.nama), person.versi + 1
    if touched:
        _store(people, sorted(touched | {"cari", "versi"}))
    _add_histories(people, by_nip)
    return changes


def _store(people: list[Pegawai], columns: list[str]) -> None:
    schema = bulk.schema_of(Pegawai, ["id", *columns])
    bulk.update(Pegawai, pl.DataFrame({name: [getattr(p, name) for p in people] for name in schema}, schema=schema))


def _add_histories(people: list[Pegawai], by_nip: Mapping[str, Mapping[str, str]]) -> None:
    ranked = [
        (p, p.tmt_golongan) for p in people
        if {"golongan", "tmt_golongan"} & by_nip[p.nip].keys() and p.golongan and p.tmt_golongan
    ]  # fmt: skip
    RiwayatGolongan.objects.bulk_create(
        [RiwayatGolongan(pegawai=p, golongan=p.golongan, tmt=tmt) for p, tmt in ranked],
        update_conflicts=True, unique_fields=["pegawai", "tmt"], update_fields=["golongan"],
    )  # fmt: skip
    taught = [p for p in people if {"pendidikan", "bidang_studi"} & by_nip[p.nip].keys() and p.pendidikan]
    known = set(
        RiwayatPendidikan.objects.filter(pegawai__in=taught).values_list("pegawai_id", "pendidikan", "bidang_studi")
    )
    RiwayatPendidikan.objects.bulk_create(
        RiwayatPendidikan(pegawai=p, pendidikan=p.pendidikan, bidang_studi=p.bidang_studi)
        for p in taught if (p.pk, p.pendidikan, p.bidang_studi) not in known
    )  # fmt: skip


def _take_people(taken: list[SelisihSiasn], row: Rekonsiliasi) -> list[Change]:
    """Write down people whom only SIASN knew; they hold no posisi yet."""
    told = dict(BarisSiasn.objects.filter(rekonsiliasi=row, nip__in=[s.nip for s in taken]).values_list("nip", "isi"))
    changes = []
    for s in taken:
        values = as_stored({name: value for name, value in told[s.nip].items() if name in STORED})
        values.setdefault("nama", s.nama)
        person = Pegawai.objects.create(nip=s.nip, cari=fold(values["nama"]), **values)
        _add_histories([person], {s.nip: told[s.nip]})
        changes.append(Change("pegawai", s.nip, None, {"nip": s.nip, **values}))
    return changes


def _keep_as_base(row: Rekonsiliasi) -> None:
    """Make this export what SIASN said last, but for what is still open: that keeps its former base."""
    open_fields: dict[str, set[str]] = defaultdict(set)
    undecided = SelisihSiasn.objects.filter(rekonsiliasi=row, diterapkan=False).exclude(kolom=ORANG)
    for nip, kolom in undecided.values_list("nip", "kolom"):
        open_fields[nip].add(kolom)
    former = dict(CerminSiasn.objects.values_list("nip", "isi"))
    nips, told = [], []
    for nip, isi in BarisSiasn.objects.filter(rekonsiliasi=row).values_list("nip", "isi"):
        before: dict[str, Any] = former.get(nip, {})
        base = {**before, **{name: value for name, value in isi.items() if name not in open_fields[nip]}}
        nips.append(nip)
        told.append(json.dumps(base))
    frame = pl.DataFrame({"nip": nips, "isi": told}, schema={"nip": pl.String, "isi": pl.String}).with_columns(
        rekonsiliasi_id=pl.lit(row.pk, dtype=pl.Int64)
    )
    known = pl.col("nip").is_in(list(former))
    bulk.update(CerminSiasn, frame.filter(known), key="nip")
    bulk.insert(CerminSiasn, frame.filter(~known))
