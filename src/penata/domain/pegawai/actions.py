"""Writes of this room: the data of one person, a golongan, an education, the end of service."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from django.db import transaction

from penata.domain.pegawai.events import PegawaiAksi
from penata.domain.pegawai.messages import tell_mended
from penata.domain.pegawai.models import MutuTemuan, Pegawai, Pemangku, RiwayatGolongan, RiwayatPendidikan
from penata.domain.pegawai.mutu_segar import refresh
from penata.domain.pegawai.queries import DEFINITIF, fold
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.periods import in_force, not_ended
from penata.language import _
from penata.rulebook.syarat import education_order
from penata.snapshot.vocabulary import GOLONGAN_PNS, GOLONGAN_PPPK

PRIVATE = frozenset({"agama", "status_kawin", "nik", "telepon", "email", "alamat", "npwp", "bpjs"})
EDITED = PRIVATE | {
    "nama", "gelar_depan", "gelar_belakang", "jenis_kelamin", "tempat_lahir", "tanggal_lahir", "status",
    "jenis_pegawai", "kedudukan_hukum", "kartu_asn", "tmt_cpns", "tmt_pns", "kontrak_berakhir", "wilayah",
    "sertifikat", "terkunci", "alasan_terkunci",
}  # fmt: skip
CONTRACTED = ("pppk", "pppk paruh waktu")


class PegawaiError(Exception):
    """It cannot be done; the message says why and what to do about it."""


class StaleError(PegawaiError):
    """Somebody else was first."""


@transaction.atomic
def update_data_diri(*, nip: str, versi: int, data: Mapping[str, Any], by: Reader) -> Pegawai:
    """Write the fields of *data* (of EDITED) of one person; private ones ask for their own permission."""
    person, unit_id = _locked(nip, versi, by)
    unknown = set(data) - EDITED
    if unknown:
        raise ValueError(f"not fields of a person that are edited here: {sorted(unknown)}")
    before = {name: getattr(person, name) for name in data}
    differing = {name for name, value in data.items() if value != before[name]}
    if differing & PRIVATE:
        by.require(Permission.PEGAWAI_PRIBADI, unit_id)
    if data.get("terkunci", person.terkunci) and not str(data.get("alasan_terkunci", person.alasan_terkunci)).strip():
        raise PegawaiError(_("Isi alasan mengapa pegawai ini tidak dipindah, supaya dapat dipertanggungjawabkan."))
    if not differing:
        return person
    for name in differing:
        setattr(person, name, data[name])
    person.cari = fold(person.nama)
    _saved(person, by)
    record(
        PegawaiAksi.DATA_DIUBAH, by=by, changes=[changed("pegawai", nip, before, dict(data))], per=by.today,
        unit_id=unit_id, ruang=("pegawai",),
    )  # fmt: skip
    return person


@transaction.atomic
def add_golongan(*, nip: str, versi: int, golongan: str, tmt: date, nomor_sk: str, by: Reader) -> Pegawai:
    """Add a golongan to the history; the latest one is the golongan of the person."""
    person, unit_id = _locked(nip, versi, by)
    _check_golongan(person, golongan, tmt, by)
    RiwayatGolongan.objects.create(pegawai=person, golongan=golongan, tmt=tmt, nomor_sk=nomor_sk)
    before = {"golongan": person.golongan, "tmt_golongan": person.tmt_golongan}
    if person.tmt_golongan is None or tmt >= person.tmt_golongan:
        person.golongan, person.tmt_golongan = golongan, tmt
    _saved(person, by)
    after = {"golongan": person.golongan, "tmt_golongan": person.tmt_golongan}
    added = {"golongan": golongan, "tmt": tmt, "nomor_sk": nomor_sk}
    record(
        PegawaiAksi.GOLONGAN_DICATAT, by=by, per=tmt, unit_id=unit_id, dasar=nomor_sk, ruang=("pegawai",),
        changes=[changed("pegawai", nip, before, after), Change("riwayat_golongan", f"{nip}/{tmt}", None, added)],
    )  # fmt: skip
    return person


def _check_golongan(person: Pegawai, golongan: str, tmt: date, by: Reader) -> None:
    scale = GOLONGAN_PPPK if person.status in CONTRACTED else GOLONGAN_PNS
    if person.status and golongan not in scale:
        raise PegawaiError(
            _("Golongan {golongan} bukan golongan untuk status {status}; pilih {first} sampai {last}.").format(
                golongan=golongan, status=person.status, first=scale[0], last=scale[-1]
            )
        )
    if tmt > by.today:
        raise PegawaiError(_("TMT golongan berada di masa depan; catat setelah mulai berlaku."))
    if RiwayatGolongan.objects.filter(pegawai=person, tmt=tmt).exists():
        raise PegawaiError(_("Sudah ada golongan dengan TMT itu; periksa tanggal pada keputusannya."))


@transaction.atomic
def add_pendidikan(
    *, nip: str, versi: int, pendidikan: str, bidang_studi: str, tahun_lulus: int | None, lembaga: str, by: Reader
) -> Pegawai:
    """Add an education to the history; one not lower than the present one becomes the person's."""
    person, unit_id = _locked(nip, versi, by)
    if tahun_lulus is not None and tahun_lulus > by.today.year:
        raise PegawaiError(_("Tahun lulus berada di masa depan; periksa ijazahnya."))
    if RiwayatPendidikan.objects.filter(pegawai=person, pendidikan=pendidikan, bidang_studi=bidang_studi).exists():
        raise PegawaiError(_("Pendidikan dan bidang studi itu sudah tercatat pada riwayat."))
    row = RiwayatPendidikan.objects.create(
        pegawai=person, pendidikan=pendidikan, bidang_studi=bidang_studi, tahun_lulus=tahun_lulus, lembaga=lembaga
    )
    before = {"pendidikan": person.pendidikan, "bidang_studi": person.bidang_studi}
    new, old = education_order(np.array([pendidikan, person.pendidikan]))
    if new >= old:
        person.pendidikan, person.bidang_studi = pendidikan, bidang_studi
    _saved(person, by)
    after = {"pendidikan": person.pendidikan, "bidang_studi": person.bidang_studi}
    added = {"pendidikan": pendidikan, "bidang_studi": bidang_studi, "tahun_lulus": tahun_lulus, "lembaga": lembaga}
    record(
        PegawaiAksi.PENDIDIKAN_DICATAT, by=by, per=by.today, unit_id=unit_id, ruang=("pegawai",),
        changes=[changed("pegawai", nip, before, after), Change("riwayat_pendidikan", str(row.pk), None, added)],
    )  # fmt: skip
    return person


@transaction.atomic
def end_service(*, nip: str, versi: int, tanggal: date, alasan: str, nomor_sk: str, by: Reader) -> Pegawai:
    """Write down the first day on which a person no longer belongs to the agency; all posts held end that day."""
    person, unit_id = _locked(nip, versi, by)
    if person.berhenti is not None:
        raise PegawaiError(_("Pemberhentian pegawai ini sudah tercatat; lihat riwayatnya."))
    if not nomor_sk.strip():
        raise PegawaiError(_("Isi nomor keputusan pemberhentiannya."))
    running = Pemangku.objects.filter(not_ended(tanggal), pegawai=person)
    changes = []
    for row in running.select_related("posisi").select_for_update(of=("self",)):
        key = f"{row.posisi.kode}/{row.jenis}/{nip}"
        if row.mulai >= tanggal:  # it never began
            changes.append(Change("pemangku", key, {"mulai": row.mulai, "selesai": row.selesai}, None))
            row.delete()
        else:
            changes.append(Change("pemangku", key, {"selesai": row.selesai}, {"selesai": tanggal}))
            row.selesai = tanggal
            row.save(update_fields=["selesai"])
    person.berhenti, person.alasan_berhenti = tanggal, alasan
    _saved(person, by)
    ended = changed(
        "pegawai", nip, {"berhenti": None, "alasan_berhenti": ""}, {"berhenti": tanggal, "alasan_berhenti": alasan}
    )
    record(
        PegawaiAksi.DIBERHENTIKAN, by=by, changes=[ended, *changes], per=tanggal, unit_id=unit_id, dasar=nomor_sk,
        alasan=alasan, ruang=("pegawai", "jabatan"),
    )  # fmt: skip
    return person


def unit_held(nip: str, day: date) -> int | None:
    """Return the unit of the posisi that the person holds definitively on *day*, None without one."""
    held = Pemangku.objects.filter(in_force(day), in_force(day, "posisi__masa__"), pegawai__nip=nip, jenis=DEFINITIF)
    return held.values_list("posisi__masa__unit_id", flat=True).first()


def _locked(nip: str, versi: int, by: Reader) -> tuple[Pegawai, int | None]:
    """Lock the person, ask for the permission where the person sits today, and refuse a stale form."""
    by.require(Permission.PEGAWAI_SUNTING, anywhere=True)
    person = Pegawai.objects.select_for_update(of=("self",)).get(nip=nip)
    unit_id = unit_held(nip, by.today)
    by.require(Permission.PEGAWAI_SUNTING, unit_id)
    if person.versi != versi:
        raise StaleError(
            _("Data pegawai ini baru saja diubah orang lain. Muat ulang halaman, periksa, lalu simpan lagi.")
        )
    return person, unit_id


def _saved(person: Pegawai, by: Reader) -> None:
    person.versi += 1
    person.save()
    stood = MutuTemuan.objects.filter(pegawai=person).count()
    refresh(by.today, [person.nip])
    tell_mended(person.nip, stood - MutuTemuan.objects.filter(pegawai=person).count(), by)
    person.refresh_from_db(fields=["bup", "tanggal_pensiun"])
