"""Appointing and releasing who holds a posisi: definitif, Plt or Plh, each from a day and under a decree."""

from datetime import date
from typing import Any

from django.db import transaction

from penata.analysis.kebutuhan import STRUKTURAL
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.organisasi.models import Penetapan
from penata.domain.pegawai.models import Pegawai, Pemangku
from penata.domain.pegawai.reach import not_left, write_masuk
from penata.domain.peta_jabatan.actions import PosisiError
from penata.domain.peta_jabatan.events import PetaAksi
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.periods import in_force
from penata.language import _
from penata.snapshot.vocabulary import JENIS_PEMANGKU

DEFINITIF, PLT = "definitif", "plt"


def values(row: Pemangku) -> dict[str, Any]:
    """Return what the log says of a holder."""
    return {
        "posisi": row.posisi.kode, "nip": row.pegawai.nip, "jenis": row.jenis, "mulai": row.mulai,
        "selesai": row.selesai, "tmt": row.tmt, "nomor_sk": row.nomor_sk,
    }  # fmt: skip


@transaction.atomic
def appoint(
    *, kode: str, nip: str, jenis: str, mulai: date, tmt: date | None, nomor_sk: str, pindahkan: bool,
    penetapan_id: int | None, by: Reader,
) -> Pemangku:  # fmt: skip
    """Let a person hold a posisi from *mulai* on.

    Whoever holds another posisi definitively leaves it on that day only if *pindahkan* says so; the writer then needs
    the right over that posisi too.
    """
    seat = _seat(kode, mulai)
    by.require(Permission.PEGAWAI_SUNTING, seat.unit_id)
    person = Pegawai.objects.select_for_update().filter(not_left(mulai), nip=nip.strip()).first()
    if person is None:
        raise PosisiError(_("NIP {nip} tidak ditemukan di antara pegawai yang aktif. Periksa NIP itu.").format(nip=nip))
    if jenis not in JENIS_PEMANGKU:
        raise PosisiError(_("Pilih definitif, Plt atau Plh."))
    if seat.status != "aktif":
        raise PosisiError(
            _("Posisi {kode} {status}. Aktifkan dahulu posisinya, atau pilih posisi lain.").format(
                kode=kode, status=seat.status
            )
        )
    _refuse_second(seat, jenis, person, mulai)
    changes: list[Change] = []
    if jenis == DEFINITIF:
        changes += _leave(person, mulai, pindahkan=pindahkan, by=by)
    penetapan = Penetapan.objects.get(pk=penetapan_id) if penetapan_id else None
    row = Pemangku.objects.create(
        pegawai=person, posisi=seat.posisi, jenis=jenis, mulai=mulai, tmt=tmt or mulai, nomor_sk=nomor_sk.strip(),
        penetapan=penetapan,
    )  # fmt: skip
    write_masuk([person.nip])
    record(
        PetaAksi.PEMANGKU_DIANGKAT, by=by, changes=[*changes, *_told(row, None)], per=mulai, unit_id=seat.unit_id,
        dasar=str(penetapan) if penetapan else nomor_sk, ruang=("pegawai",),
    )  # fmt: skip
    return row


@transaction.atomic
def release(*, pemangku_id: int, selesai: date, alasan: str, penetapan_id: int | None, by: Reader) -> Pemangku:
    """End a holding: *selesai* is the first day on which the person no longer holds the posisi."""
    row = Pemangku.objects.select_for_update(of=("self",)).select_related("posisi", "pegawai").get(pk=pemangku_id)
    unit_id = _unit_of(row, selesai)
    by.require(Permission.PEGAWAI_SUNTING, unit_id)
    if row.selesai is not None and row.selesai <= selesai:
        raise PosisiError(_("Pemangkuan itu sudah berakhir. Muat ulang halaman untuk melihat keadaan terakhir."))
    if selesai <= row.mulai:
        raise PosisiError(_("Tanggal berhenti harus setelah tanggal mulai memangku."))
    before = values(row)
    row.selesai = selesai
    row.save(update_fields=["selesai"])
    penetapan = Penetapan.objects.get(pk=penetapan_id) if penetapan_id else None
    record(
        PetaAksi.PEMANGKU_DILEPAS, by=by, changes=_told(row, before), per=selesai, unit_id=unit_id,
        dasar=str(penetapan or ""), alasan=alasan, ruang=("pegawai",),
    )  # fmt: skip
    return row


def _seat(kode: str, day: date) -> PosisiMasa:
    """Return the posisi in force on *day*; it is locked, so that two people are not appointed to one seat at once."""
    rows = PosisiMasa.objects.select_for_update(of=("self",)).select_related("posisi", "jabatan")
    seat = rows.filter(in_force(day), posisi__kode=kode).first()
    if seat is None:
        raise PosisiError(_("Posisi {kode} tidak berlaku pada tanggal itu. Pilih tanggal lain.").format(kode=kode))
    return seat


def _refuse_second(seat: PosisiMasa, jenis: str, person: Pegawai, day: date) -> None:
    later = Pemangku.objects.filter(posisi=seat.posisi).exclude(selesai__lte=day).select_related("pegawai")
    if later.filter(pegawai=person, jenis=jenis).exists():
        raise PosisiError(_("{nama} sudah memangku posisi ini.").format(nama=person.nama))
    holder = later.filter(jenis=DEFINITIF).first()
    if holder is None:
        return
    if jenis == PLT:
        raise PosisiError(
            _("Posisi ini masih mempunyai pejabat definitif. Plt ditunjuk selama jabatan kosong; bila pejabatnya "
              "berhalangan sementara, tunjuk Plh.")
        )  # fmt: skip
    if jenis == DEFINITIF and (seat.jenis or seat.jabatan.jenis) in STRUKTURAL:
        raise PosisiError(
            _("Jabatan struktural dipangku satu pejabat definitif, dan posisi ini masih dipangku. Lepaskan dahulu "
              "pemangkunya yang sekarang.")
        )  # fmt: skip


def _leave(person: Pegawai, day: date, *, pindahkan: bool, by: Reader) -> list[Change]:
    """End what the person holds definitively on *day*; nothing may be planned for later."""
    held = Pemangku.objects.select_for_update(of=("self",)).select_related("posisi", "pegawai")
    other = held.filter(pegawai=person, jenis=DEFINITIF).exclude(selesai__lte=day).order_by("mulai").first()
    if other is None:
        return []
    by.require(Permission.PEGAWAI_SUNTING, _unit_of(other, day))
    if other.mulai >= day:
        raise PosisiError(
            _("{nama} sudah tercatat memangku {kode} mulai {tanggal}. Batalkan pemangkuan itu dahulu.").format(
                nama=person.nama, kode=other.posisi.kode, tanggal=other.mulai.strftime("%d-%m-%Y")
            )
        )
    if not pindahkan:
        raise PosisiError(
            _('{nama} masih memangku {kode}. Centang "Pindahkan dari posisi sekarang" bila keputusan ini '
              "memindahkannya.").format(nama=person.nama, kode=other.posisi.kode)
        )  # fmt: skip
    before = values(other)
    other.selesai = day
    other.save(update_fields=["selesai"])
    return _told(other, before)


def _unit_of(row: Pemangku, day: date) -> int | None:
    """Return the unit in which the posisi lies on *day*, or lay last."""
    masa = PosisiMasa.objects.filter(posisi=row.posisi)
    found = masa.filter(in_force(day)).first() or masa.order_by("-mulai").first()
    return found.unit_id if found else None


def _told(row: Pemangku, before: dict[str, Any] | None) -> list[Change]:
    """Return the change as the history of the person tells it; that of the posisi is its row of holders."""
    after, nip = values(row), row.pegawai.nip
    if before is None:
        return [Change("pemangku", nip, None, after)]
    change = changed("pemangku", nip, before, after)
    which = {"posisi": row.posisi.kode, "jenis": row.jenis}
    return [Change("pemangku", nip, {**(change.sebelum or {}), **which}, {**(change.sesudah or {}), **which})]
