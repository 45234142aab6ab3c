"""What may be done to an ABK besides changing its rows: create, submit, return, verify, put into force, delete.

Each action locks the ABK, asks for the permission, checks the state, writes and records the act. Who comes second is
told by a :class:`StateError` that names the state and the remedy.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from penata.domain.beban_kerja.events import AbkAksi
from penata.domain.beban_kerja.kewajaran import KEWAJARAN
from penata.domain.beban_kerja.messages import forget_abk, tell_abk
from penata.domain.beban_kerja.models import Abk, AbkBaris, AbkHasil
from penata.domain.beban_kerja.queries import OPEN, Lembar, flags, living, reckon
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.organisasi.models import Penetapan, Unit
from penata.domain.organisasi.tree import pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.findings import Level
from penata.foundation.periods import in_force, not_ended
from penata.language import _, day

ROOM = ("beban_kerja",)
COPIED = (
    "posisi_id",
    "urut",
    "tugas",
    "hasil",
    "volume",
    "periode",
    "norma_waktu",
    "satuan_waktu",
    "metode",
    "standar",
)
GRAVE = frozenset(kind.kode for kind in KEWAJARAN if kind.level is Level.GALAT)


class AbkError(Exception):
    """It cannot be done; the message says why and what to do about it."""


class StateError(AbkError):
    """The ABK is no longer in the state that the act needs, or somebody changed it in between."""


class IncompleteError(AbkError):
    """The ABK has flags that stop a submission; ``tanda`` counts them."""

    def __init__(self, message: str, tanda: int) -> None:
        """Keep how many there are."""
        super().__init__(message)
        self.tanda = tanda


@transaction.atomic
def create_abk(*, unit_id: int, tahun: int, with_below: bool = False, by: Reader) -> list[Abk]:
    """Open the ABK of a unit for a year, filled from the one in force or the latest before; with *with_below* also of
    every unit below it that has posisi and no open ABK of that year yet.

    Only rows of posisi that the unit has on the reader's day are taken over. Raises AbkError when there is nothing to
    open.
    """
    by.require(Permission.ABK_ISI, unit_id)
    posts = _posts(unit_id, with_below, by)
    open_now = set(
        Abk.objects.filter(unit_id__in=posts, tahun=tahun)
        .exclude(status=Abk.Status.DITETAPKAN)
        .values_list("unit_id", flat=True)
    )
    units = [unit for unit in posts if unit not in open_now]
    if not units:
        raise AbkError(_nothing_to_open(already=bool(open_now), tahun=tahun))
    try:
        with transaction.atomic():
            made = Abk.objects.bulk_create([Abk(unit_id=unit, tahun=tahun, penyusun=by.user) for unit in units])
    except IntegrityError as error:  # somebody else opened one of them a moment ago
        raise AbkError(_nothing_to_open(already=True, tahun=tahun)) from error
    sources = _sources(units, by.as_of)
    rows = _copies({abk.unit_id: abk for abk in made}, sources, posts)
    AbkBaris.objects.bulk_create(rows, batch_size=2_000)
    counts = {abk.pk: 0 for abk in made}
    for row in rows:
        counts[row.abk_id] += 1
    for abk in made:
        abk.jumlah_baris = counts[abk.pk]
    Abk.objects.bulk_update(made, ["jumlah_baris"], batch_size=500)
    changes = [
        Change("abk", str(abk.pk), None, {"unit": abk.unit_id, "tahun": tahun, "status": abk.status,
                                          "disalin_dari": sources.get(abk.unit_id), "baris": abk.jumlah_baris})
        for abk in made
    ]  # fmt: skip
    record(AbkAksi.DIBUAT, by=by, changes=changes, per=by.as_of, unit_id=unit_id, ruang=ROOM)
    return made


def _nothing_to_open(*, already: bool, tahun: int) -> str:
    if already:
        return _("ABK tahun {year} untuk unit ini sudah dibuka. Lanjutkan yang ada pada daftar.").format(year=tahun)
    return _("Unit ini tidak mempunyai posisi pada tanggal ini. Tambahkan posisinya pada peta jabatan lebih dahulu.")


def _posts(unit_id: int, with_below: bool, by: Reader) -> dict[int, set[int]]:
    """Return the units to open with the ids of their posisi, in the order of the tree."""
    asked = pohon(by.as_of).subtree(unit_id) if with_below else {unit_id}
    rows = PosisiMasa.objects.filter(in_force(by.as_of), unit_id__in=asked).exclude(status="dihapus")
    found: dict[int, set[int]] = {}
    for unit, posisi in rows.filter(by.scope(Permission.ABK_ISI).filter("unit_id")).values_list("unit_id", "posisi_id"):
        found.setdefault(unit, set()).add(posisi)
    place = {node.id: at for at, (node, _depth) in enumerate(pohon(by.as_of).order)}
    return {unit: found[unit] for unit in sorted(found, key=lambda unit: place.get(unit, 0))}


def _sources(units: Sequence[int], as_of: date) -> dict[int, int]:
    """Return unit to the ABK it is filled from: the one in force, else the latest."""
    told = Exists(AbkBaris.objects.filter(abk_id=OuterRef("pk")))
    earlier = Abk.objects.filter(told, unit_id__in=units).order_by("tahun", "pk")
    found = dict(earlier.values_list("unit_id", "pk"))
    ruling = earlier.filter(in_force(as_of), status=Abk.Status.DITETAPKAN)
    return found | dict(ruling.values_list("unit_id", "pk"))


def _copies(made: Mapping[int, Abk], sources: Mapping[int, int], posts: Mapping[int, set[int]]) -> list[AbkBaris]:
    unit_of = {source: unit for unit, source in sources.items()}
    rows = AbkBaris.objects.filter(abk_id__in=unit_of).order_by("abk_id", "posisi_id", "urut", "id")
    return [
        AbkBaris(abk=made[unit_of[row["abk_id"]]], **{name: row[name] for name in COPIED})
        for row in rows.values("abk_id", *COPIED)
        if row["posisi_id"] in posts[unit_of[row["abk_id"]]]
    ]


@transaction.atomic
def submit_abk(*, abk_id: int, versi: int, by: Reader) -> Abk:
    """Hand the ABK in for verification. Raises IncompleteError while rows cannot be counted or be worked."""
    abk = _locked(abk_id, Permission.ABK_ISI, by, OPEN, versi)
    sheet = reckon(abk, by.as_of)
    found = flags(sheet)
    grave = found.filter(found["kode"].is_in(GRAVE)).height
    if grave:
        raise IncompleteError(
            _("ABK belum dapat diajukan: {n} hal wajib diperbaiki. Lihat daftar pemeriksaan.").format(n=grave), grave
        )
    if not sheet.hitungan.unit.baris:
        raise AbkError(_("ABK ini belum berisi tugas. Isi tugas sedikitnya satu posisi, lalu ajukan."))
    abk.pengaju, abk.pemverifikasi = by.user, None
    summarise(abk, sheet, found.height)
    return _moved(abk, Abk.Status.DIAJUKAN, AbkAksi.DIAJUKAN, by)


@transaction.atomic
def withdraw_abk(*, abk_id: int, versi: int, by: Reader) -> Abk:
    """Take a submission back before it is verified, to go on editing."""
    abk = _locked(abk_id, Permission.ABK_ISI, by, (Abk.Status.DIAJUKAN,), versi)
    return _moved(abk, Abk.Status.DRAF, AbkAksi.DITARIK, by)


@transaction.atomic
def return_abk(*, abk_id: int, versi: int, catatan: str, by: Reader) -> Abk:
    """Give a submitted or verified ABK back with a note that says what to mend."""
    abk = _locked(abk_id, Permission.ABK_VERIFIKASI, by, (Abk.Status.DIAJUKAN, Abk.Status.DIVERIFIKASI), versi)
    if not catatan.strip():
        raise AbkError(_("Tulis apa yang perlu diperbaiki, agar penyusun tahu."))
    abk.catatan, abk.pemverifikasi = catatan.strip(), None
    return _moved(abk, Abk.Status.DIKEMBALIKAN, AbkAksi.DIKEMBALIKAN, by, alasan=abk.catatan)


@transaction.atomic
def verify_abk(*, abk_id: int, versi: int, by: Reader) -> Abk:
    """Confirm a submitted ABK; never by the account that submitted it."""
    abk = _locked(abk_id, Permission.ABK_VERIFIKASI, by, (Abk.Status.DIAJUKAN,), versi)
    if abk.pengaju_id == by.user.pk:
        raise AbkError(_("Anda sendiri yang mengajukan ABK ini. Verifikasi harus dilakukan orang lain."))
    abk.pemverifikasi = by.user
    return _moved(abk, Abk.Status.DIVERIFIKASI, AbkAksi.DIVERIFIKASI, by)


@transaction.atomic
def record_penetapan(*, abk_id: int, versi: int, penetapan_id: int, mulai: date, by: Reader) -> Abk:
    """Put a verified ABK into force on *mulai*: its need per posisi is frozen, the one before it ends that day.

    Never by the account that submitted it.
    """
    abk = _locked(abk_id, Permission.ABK_TETAPKAN, by, (Abk.Status.DIVERIFIKASI,), versi)
    if abk.pengaju_id == by.user.pk:
        raise AbkError(_("Anda sendiri yang mengajukan ABK ini. Penetapan harus dilakukan orang lain."))
    # Two ABK of one unit put into force at the same time queue here, so that the second sees the first.
    Unit.objects.select_for_update().get(pk=abk.unit_id)
    act = Penetapan.objects.get(pk=penetapan_id)
    ended = _close_former(abk, mulai)
    sheet = reckon(abk, mulai)
    if sheet.hitungan.unit.cacat:
        raise AbkError(_("Masih ada baris yang tidak dapat dihitung. Kembalikan ABK ini untuk diperbaiki."))
    frozen = sheet.hitungan.posisi.filter(sheet.hitungan.posisi["beban"].is_not_null())
    AbkHasil.objects.bulk_create(
        AbkHasil(abk=abk, **row)
        for row in frozen.select("posisi_id", "beban", "kebutuhan_hitung", "kebutuhan").iter_rows(named=True)
    )
    abk.mulai, abk.penetapan = mulai, act
    summarise(abk, sheet, abk.tanda)
    results = {row["kode"]: row["kebutuhan"] for row in frozen.iter_rows(named=True)}
    return _moved(
        abk, Abk.Status.DITETAPKAN, AbkAksi.DITETAPKAN, by, per=mulai, dasar=str(act), others=ended,
        more={"mulai": mulai, "penetapan": str(act), "kebutuhan": results},
    )  # fmt: skip


def _close_former(abk: Abk, mulai: date) -> list[Change]:
    """End the ABK of the unit in force on *mulai*. One that begins on that day or later stands in the way."""
    ruling = Abk.objects.select_for_update(of=("self",)).filter(unit_id=abk.unit_id, status=Abk.Status.DITETAPKAN)
    later = ruling.filter(mulai__gte=mulai).order_by("mulai").first()
    if later is not None and later.mulai is not None:
        raise AbkError(
            _("ABK lain unit ini sudah berlaku mulai {day}. Pilih tanggal sesudahnya.").format(day=day(later.mulai))
        )
    ended = []
    for former in ruling.filter(not_ended(mulai)):
        before = {"selesai": former.selesai}
        former.selesai = mulai
        former.save(update_fields=["selesai", "diubah"])
        ended.append(changed("abk", str(former.pk), before, {"selesai": mulai}))
    return ended


@transaction.atomic
def delete_abk(*, abk_id: int, versi: int, by: Reader) -> None:
    """Delete an ABK that was never submitted, with its rows; the log keeps that it was there."""
    abk = _locked(abk_id, Permission.ABK_ISI, by, (Abk.Status.DRAF,), versi)
    gone = {"unit": abk.unit_id, "tahun": abk.tahun, "status": abk.status, "baris": abk.jumlah_baris}
    unit_id, key = abk.unit_id, str(abk.pk)
    forget_abk(abk)
    abk.delete()
    record(AbkAksi.DIHAPUS, by=by, changes=[Change("abk", key, gone, None)], unit_id=unit_id, ruang=ROOM)


def check_abk(*, sheet: Lembar, by: Reader) -> Any:
    """Return the flags of an ABK and keep their number for the lists; nothing of the analysis changes."""
    by.require(Permission.ABK_LIHAT, sheet.abk.unit_id)
    found = flags(sheet)
    if sheet.abk.status in OPEN:
        Abk.objects.filter(pk=sheet.abk.pk, versi=sheet.abk.versi).update(tanda=found.height)
    return found


def refresh_summaries(*, as_of: date, abk_ids: Iterable[int] | None = None) -> None:
    """Reckon what the lists show of open ABK anew: after an import, or when the law or the agency's policy changed.

    Call it inside the transaction of the act that made it necessary.
    """
    found = Abk.objects.filter(living(as_of)).exclude(status=Abk.Status.DITETAPKAN).select_related("unit")
    for abk in found.filter(pk__in=list(abk_ids)) if abk_ids is not None else found:
        summarise(abk, reckon(abk, as_of), None)
        abk.save(update_fields=["jumlah_baris", "kebutuhan", "tanda"])


def summarise(abk: Abk, sheet: Lembar, tanda: int | None) -> None:
    """Set on *abk* what the lists show; the caller saves."""
    abk.jumlah_baris = sheet.hitungan.unit.baris
    abk.kebutuhan = sheet.hitungan.unit.kebutuhan
    abk.tanda = tanda


def stale(abk: Abk) -> StateError:
    """Return the error for whoever comes second."""
    return StateError(
        _(
            "ABK ini berubah sejak halaman Anda dibuka dan sekarang {status}. Periksa isinya, lalu putuskan lagi."
        ).format(status=abk.status)
    )


def _locked(abk_id: int, permission: Permission, by: Reader, states: Sequence[str], versi: int) -> Abk:
    """Lock the ABK, ask for the permission in its unit, and refuse another state or version."""
    abk = Abk.objects.select_for_update(of=("self",)).get(pk=abk_id)
    by.require(permission, abk.unit_id)
    if abk.status not in states or abk.versi != versi:
        raise stale(abk)
    return abk


def _moved(
    abk: Abk, status: Abk.Status, aksi: AbkAksi, by: Reader, *, per: date | None = None, dasar: str = "",
    alasan: str = "", others: Sequence[Change] = (), more: Mapping[str, Any] | None = None,
) -> Abk:  # fmt: skip
    """Save the new state and record the act. The version moves on, so that a page opened before is stale."""
    before = {"status": abk.status}
    abk.status, abk.versi = status, abk.versi + 1
    abk.save()
    tell_abk(aksi, abk, by)
    changes = [changed("abk", str(abk.pk), before, {"status": status.value, **(more or {})}), *others]
    record(
        aksi, by=by, changes=changes, per=per or by.as_of, unit_id=abk.unit_id, dasar=dasar, alasan=alasan, ruang=ROOM
    )
    return abk
