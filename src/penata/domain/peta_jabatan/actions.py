"""What may be done to a posisi: create, change, end. Each writes a period that begins on a day, under a legal act."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from penata.domain.jabatan.models import Jabatan, Posisi, PosisiMasa
from penata.domain.organisasi.models import Penetapan, Unit
from penata.domain.pegawai.models import Pemangku
from penata.domain.peta_jabatan.events import PetaAksi
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.periods import in_force
from penata.language import _
from penata.snapshot.vocabulary import STATUS_POSISI

KELAS = range(1, 18)
MOST_NEEDED = 10_000
CHANGEABLE = ("kelas", "kebutuhan", "kritis", "status", "atasan", "keterangan")


class PosisiError(Exception):
    """It cannot be done; the message says why and what to do about it."""


class StaleError(PosisiError):
    """Somebody else changed it in the meantime."""


@dataclass(frozen=True, slots=True)
class Isi:
    """What a posisi is for a period."""

    kelas: int | None = None
    kebutuhan: float | None = None
    kritis: bool = False
    status: str = "aktif"
    atasan: str = ""  # code of the superior, empty for none
    keterangan: str = ""


def values(masa: PosisiMasa) -> dict[str, Any]:
    """Return what the log says of a posisi for a period."""
    return {
        "jabatan": masa.jabatan.nama, "unit": masa.unit.kode, "atasan": masa.atasan.kode if masa.atasan else None,
        "kelas": masa.kelas, "kebutuhan": masa.kebutuhan, "kritis": bool(masa.kritis), "status": masa.status,
        "keterangan": masa.keterangan, "mulai": masa.mulai, "selesai": masa.selesai,
    }  # fmt: skip


def stamp(masa: PosisiMasa) -> str:
    """Return a mark of what *masa* says, by which an action notices that somebody else was first."""
    return sha256(repr((masa.pk, sorted(values(masa).items()))).encode()).hexdigest()[:16]


@transaction.atomic
def create_posisi(
    *, kode: str, jabatan_id: int, unit_id: int, isi: Isi, mulai: date, penetapan_id: int, by: Reader
) -> Posisi:
    """Add a posisi to the map from *mulai* on; an empty *kode* is numbered within the unit."""
    by.require(Permission.ORGANISASI_SUNTING, unit_id)
    unit = Unit.objects.filter(in_force(mulai, "masa__"), pk=unit_id).first()
    jabatan = Jabatan.objects.filter(pk=jabatan_id).first()
    penetapan = Penetapan.objects.get(pk=penetapan_id)
    if unit is None:
        raise PosisiError(_("Unit belum atau tidak lagi berlaku pada tanggal itu. Pilih tanggal atau unit lain."))
    if jabatan is None:
        raise PosisiError(_("Jabatan tidak ada dalam katalog. Pilih jabatan dari daftar."))
    kode = "-".join(kode.split()) or _next_code(unit)
    if Posisi.objects.filter(kode=kode).exists():
        raise PosisiError(_("Kode posisi {kode} sudah dipakai. Tulis kode lain.").format(kode=kode))
    atasan = _superior(isi, kode, mulai, by)
    _check(isi)
    posisi = Posisi.objects.create(kode=kode)
    masa = PosisiMasa.objects.create(
        posisi=posisi, jabatan=jabatan, unit=unit, atasan=atasan, jenis=jabatan.jenis, jenjang=jabatan.jenjang,
        kelas=isi.kelas or jabatan.kelas, kebutuhan=isi.kebutuhan, kritis=isi.kritis, status=isi.status,
        keterangan=isi.keterangan, mulai=mulai, penetapan=penetapan,
    )  # fmt: skip
    record(
        PetaAksi.POSISI_DIBUAT, by=by, changes=[Change("posisi", kode, None, values(masa))], per=mulai,
        unit_id=unit.pk, dasar=str(penetapan), ruang=("jabatan",),
    )  # fmt: skip
    return posisi


@transaction.atomic
def change_posisi(*, kode: str, dilihat: str, isi: Isi, mulai: date, penetapan_id: int, by: Reader) -> PosisiMasa:
    """Change a posisi from *mulai* on; *dilihat* is the :func:`stamp` of what the writer saw.

    What holds before that day stays as it was; a later period that is already written keeps its own values.
    """
    masa = _locked(kode, mulai, by)
    if stamp(masa) != dilihat:
        raise StaleError(
            _(
                "Isi posisi {kode} pada tanggal itu berbeda dari yang Anda lihat: baru diubah orang lain, atau "
                "tanggalnya jatuh pada masa lain. Buka posisi ini per tanggal itu, lalu ulangi perubahan Anda."
            ).format(kode=kode)
        )
    _check(isi)
    penetapan = Penetapan.objects.get(pk=penetapan_id)
    before = values(masa)
    atasan = _superior(isi, kode, mulai, by)
    if masa.mulai < mulai:
        after_day = masa.selesai
        masa.selesai = mulai
        masa.save(update_fields=["selesai"])  # closed before the next one opens: periods may not overlap
        masa = copy(masa)
        masa.pk, masa.mulai, masa.selesai = None, mulai, after_day
    masa.kelas, masa.kebutuhan, masa.kritis, masa.status = isi.kelas, isi.kebutuhan, isi.kritis, isi.status
    masa.atasan, masa.keterangan, masa.penetapan = atasan, isi.keterangan, penetapan
    masa.save()
    change = changed("posisi", kode, before, values(masa))
    if not set(change.sesudah or {}) & set(CHANGEABLE):
        raise PosisiError(_("Tidak ada yang berubah. Ubah paling sedikit satu isian."))
    record(
        PetaAksi.POSISI_DIUBAH, by=by, changes=[change], per=mulai, unit_id=masa.unit_id, dasar=str(penetapan),
        ruang=("jabatan",),
    )  # fmt: skip
    return masa


@transaction.atomic
def end_posisi(*, kode: str, selesai: date, penetapan_id: int, by: Reader) -> None:
    """Take a posisi off the map: *selesai* is the first day on which it no longer exists."""
    masa = _locked(kode, selesai, by)
    _refuse_if_used(masa, selesai)
    penetapan = Penetapan.objects.get(pk=penetapan_id)
    before: Mapping[str, Any] = values(masa)
    if masa.mulai == selesai:
        masa.delete()
        after: Mapping[str, Any] = {**before, "selesai": selesai}
    else:
        masa.selesai = selesai
        masa.save(update_fields=["selesai"])
        after = values(masa)
    record(
        PetaAksi.POSISI_DIAKHIRI, by=by, changes=[changed("posisi", kode, before, after)], per=selesai,
        unit_id=masa.unit_id, dasar=str(penetapan), ruang=("jabatan",),
    )  # fmt: skip


def _locked(kode: str, day: date, by: Reader) -> PosisiMasa:
    """Return the period in force on *day*, locked, if *by* may change it."""
    Posisi.objects.select_for_update().filter(kode=kode).first()
    rows = PosisiMasa.objects.select_related("jabatan", "unit", "atasan", "posisi")
    masa = rows.filter(in_force(day), posisi__kode=kode).first()
    if masa is None:
        known = rows.filter(posisi__kode=kode).order_by("-mulai").first()
        by.require(Permission.ORGANISASI_SUNTING, known.unit_id if known else None)
        raise PosisiError(_("Posisi {kode} tidak berlaku pada tanggal itu. Pilih tanggal lain.").format(kode=kode))
    by.require(Permission.ORGANISASI_SUNTING, masa.unit_id)
    return masa


def _check(isi: Isi) -> None:
    if isi.kelas is not None and isi.kelas not in KELAS:
        raise PosisiError(_("Kelas jabatan adalah bilangan 1 sampai 17."))
    if isi.kebutuhan is not None and not 0 <= isi.kebutuhan <= MOST_NEEDED:
        raise PosisiError(_("Kebutuhan adalah bilangan nol atau lebih."))
    if isi.status not in STATUS_POSISI:
        raise PosisiError(_("Status posisi tidak dikenali. Pilih dari daftar."))


def _superior(isi: Isi, kode: str, day: date, by: Reader) -> Posisi | None:
    """Return the superior, who must be in force and may not report to this posisi himself."""
    if not isi.atasan:
        return None
    rows = dict(PosisiMasa.objects.filter(in_force(day)).values_list("posisi__kode", "atasan__kode"))
    if isi.atasan not in rows:
        raise PosisiError(
            _("Atasan {kode} tidak ada pada peta pada tanggal itu. Tulis kode posisi yang berlaku.").format(
                kode=isi.atasan
            )
        )
    above: str | None = isi.atasan
    seen: set[str] = set()
    while above is not None and above not in seen:
        if above == kode:
            raise PosisiError(
                _("{atasan} berada di bawah {kode}; garis atasan akan melingkar. Pilih atasan lain.").format(
                    atasan=isi.atasan, kode=kode
                )
            )
        seen.add(above)
        above = rows.get(above)
    return Posisi.objects.get(kode=isi.atasan)


def _refuse_if_used(masa: PosisiMasa, day: date) -> None:
    still = Pemangku.objects.filter(posisi=masa.posisi).exclude(selesai__lte=day)
    if people := still.count():
        raise PosisiError(
            _("Posisi {kode} masih dipangku {n} orang pada tanggal itu. Lepaskan pemangkunya dahulu.").format(
                kode=masa.posisi.kode, n=people
            )
        )
    below = PosisiMasa.objects.filter(atasan=masa.posisi).exclude(selesai__lte=day)
    if codes := list(below.order_by("posisi__kode").values_list("posisi__kode", flat=True)[:5]):
        raise PosisiError(
            _("Posisi {kode} masih menjadi atasan {bawahan}. Pindahkan bawahannya dahulu.").format(
                kode=masa.posisi.kode, bawahan=", ".join(codes)
            )
        )
    if PosisiMasa.objects.filter(posisi=masa.posisi, mulai__gt=day).exists():
        raise PosisiError(
            _("Posisi ini sudah mempunyai perubahan setelah tanggal itu. Pilih tanggal yang lebih kemudian.")
        )


def _next_code(unit: Unit) -> str:
    taken = set(Posisi.objects.filter(kode__startswith=f"{unit.kode}-P").values_list("kode", flat=True))
    number = 1
    while (kode := f"{unit.kode}-P{number:03d}") in taken:
        number += 1
    return kode
