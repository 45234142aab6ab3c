"""What the agency states about parameters of law and about its own policy, by decree; nothing else writes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from penata.analysis.policy import Kebijakan, PolicyError, policy_from
from penata.domain.peraturan.events import PeraturanAksi
from penata.domain.peraturan.models import KebijakanInstansi, PernyataanParameter
from penata.domain.peraturan.queries import law, shape_on
from penata.domain.peraturan.shape import ShapeError, fit
from penata.domain.peraturan.stated import confirmation
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, plain, record
from penata.language import _
from penata.rulebook.legislation import Evidence, NotInForceError, load_parameter

ROOM = ("peraturan",)


class StatementError(Exception):
    """A statement that cannot be made; the message names the remedy."""


@transaction.atomic
def confirm(
    *, parameter: str, per: date, varian: str, sejak: date, dasar: str, keterangan: str = "", by: Reader
) -> PernyataanParameter:
    """State that the value in force on *per* was read in the text; *dasar* names the place.

    *varian* and *sejak* are those of the value that was on the screen: another one is not what was read.
    """
    by.require(Permission.PARAMETER_TETAPKAN)
    _need_basis(dasar, _("Sebutkan tempat nilai itu dibaca, misalnya Lampiran II huruf B halaman 12."))
    found = law(per).parameter(parameter)
    if (found.variant, found.since) != (varian, sejak):
        raise StatementError(_("Nilai yang berlaku berubah sejak halaman dibuka. Muat ulang lalu cocokkan lagi."))
    if found.variant == "kebijakan":
        raise StatementError(_("Nilai ini ditetapkan instansi sendiri; tidak ada naskah peraturan untuk dicocokkan."))
    if found.evidence is Evidence.TEXT:
        raise StatementError(_("Nilai ini sudah dicocokkan dengan naskah."))
    row = _state(parameter, PernyataanParameter.Jenis.KONFIRMASI, sejak, confirmation(found), dasar, keterangan, by)
    _log(PeraturanAksi.DICOCOKKAN, row, by)
    return row


@transaction.atomic
def override(
    *, parameter: str, mulai: date, nilai: Any, dasar: str, keterangan: str = "", by: Reader
) -> PernyataanParameter:
    """Set another value by decree from *mulai* on; it must have the keys and types of the value it replaces."""
    by.require(Permission.PARAMETER_TETAPKAN)
    _need_basis(dasar, _("Sebutkan keputusan yang menetapkan nilai ini, lengkap dengan nomor dan tahunnya."))
    try:
        value = fit(nilai, shape_on(parameter, mulai))
    except ShapeError as error:
        raise StatementError(str(error)) from error
    except NotInForceError as error:
        raise StatementError(_("Parameter ini belum berlaku pada tanggal itu. Pilih tanggal lain.")) from error
    _refuse_twice(parameter, mulai)
    row = _state(parameter, PernyataanParameter.Jenis.NILAI, mulai, {"nilai": plain(value)}, dasar, keterangan, by)
    _log(PeraturanAksi.NILAI_DITETAPKAN, row, by)
    return row


@transaction.atomic
def choose_variant(
    *, parameter: str, mulai: date, varian: str, dasar: str, keterangan: str = "", by: Reader
) -> PernyataanParameter:
    """Choose another variant of a parameter by decree from *mulai* on."""
    by.require(Permission.PARAMETER_TETAPKAN)
    _need_basis(dasar, _("Sebutkan keputusan yang memilih varian ini, lengkap dengan nomor dan tahunnya."))
    known = load_parameter(parameter)
    if varian not in known.variants:
        raise StatementError(_("Varian tidak dikenal; pilihan: {names}.").format(names=", ".join(known.variants)))
    try:
        known.on(mulai, varian)
    except NotInForceError as error:
        raise StatementError(_("Varian itu belum berlaku pada tanggal itu. Pilih tanggal lain.")) from error
    _refuse_twice(parameter, mulai)
    row = _state(parameter, PernyataanParameter.Jenis.VARIAN, mulai, {"varian": varian}, dasar, keterangan, by)
    _log(PeraturanAksi.VARIAN_DITETAPKAN, row, by)
    return row


@transaction.atomic
def withdraw(*, pernyataan_id: int, alasan: str, by: Reader) -> PernyataanParameter:
    """Take a statement back: from now on it never held, on any day."""
    by.require(Permission.PARAMETER_TETAPKAN)
    row = PernyataanParameter.objects.select_for_update(of=("self",)).get(pk=pernyataan_id)
    if row.dicabut is not None:
        raise StatementError(_("Pernyataan ini sudah dicabut."))
    if not alasan.strip():
        raise StatementError(_("Tuliskan alasan pencabutan."))
    row.dicabut = timezone.now()
    row.save(update_fields=["dicabut"])
    change = Change("parameter", row.parameter, _logged(row), None)
    record(
        PeraturanAksi.DICABUT, by=by, changes=[change], per=row.mulai, dasar=row.dasar, alasan=alasan.strip(),
        ruang=ROOM,
    )  # fmt: skip
    return row


@transaction.atomic
def set_policy(*, mulai: date, isi: Mapping[str, Any], dasar: str, by: Reader) -> KebijakanInstansi:
    """Set the agency's policy from *mulai* on, until the next one begins."""
    by.require(Permission.PARAMETER_TETAPKAN)
    _need_basis(dasar, _("Sebutkan keputusan yang menetapkan kebijakan ini, lengkap dengan nomor dan tahunnya."))
    try:
        policy = policy_from({**isi, "dasar": dasar.strip(), "tanggal": mulai}, _("kebijakan"))
    except PolicyError as error:
        raise StatementError(str(error)) from error
    before = _policy_before(mulai)
    try:
        with transaction.atomic():
            row = KebijakanInstansi.objects.create(mulai=mulai, isi=policy.as_dict(), dasar=dasar.strip())
    except IntegrityError as error:
        raise StatementError(
            _("Sudah ada kebijakan yang mulai berlaku pada tanggal itu. Pilih tanggal lain, atau batalkan dahulu.")
        ) from error
    change = changed("kebijakan", mulai.isoformat(), _flat(before), _flat(policy.as_dict()))
    record(PeraturanAksi.KEBIJAKAN_DITETAPKAN, by=by, changes=[change], per=mulai, dasar=row.dasar, ruang=ROOM)
    return row


@transaction.atomic
def cancel_policy(*, kebijakan_id: int, alasan: str, by: Reader) -> None:
    """Cancel a policy that has not begun; one in force is followed by a new one instead."""
    by.require(Permission.PARAMETER_TETAPKAN)
    row = KebijakanInstansi.objects.select_for_update(of=("self",)).get(pk=kebijakan_id)
    if row.mulai <= by.today:
        raise StatementError(_("Kebijakan ini sudah berlaku. Tetapkan kebijakan baru mulai tanggal lain."))
    change = Change("kebijakan", row.mulai.isoformat(), _flat(row.isi), None)
    row.delete()
    record(
        PeraturanAksi.KEBIJAKAN_DIBATALKAN, by=by, changes=[change], per=row.mulai, dasar=row.dasar,
        alasan=alasan.strip(), ruang=ROOM,
    )  # fmt: skip


def _policy_before(mulai: date) -> dict[str, Any]:
    row = KebijakanInstansi.objects.filter(mulai__lt=mulai).order_by("-mulai").first()
    return row.isi if row else Kebijakan().as_dict()


def _flat(policy: Mapping[str, Any]) -> dict[str, Any]:
    """Return a policy with one level: the log names each choice that changed."""
    flat: dict[str, Any] = {}
    for key, value in policy.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}.{name}": part for name, part in value.items()}
        else:
            flat[key] = value
    return flat


def _need_basis(dasar: str, remedy: str) -> None:
    if not dasar.strip():
        raise StatementError(remedy)


def _refuse_twice(parameter: str, mulai: date) -> None:
    decided = (PernyataanParameter.Jenis.NILAI, PernyataanParameter.Jenis.VARIAN)
    rows = PernyataanParameter.objects.select_for_update(of=("self",)).filter(parameter=parameter, dicabut=None)
    if rows.filter(mulai=mulai, jenis__in=decided).exists():
        raise StatementError(
            _("Sudah ada penetapan yang mulai berlaku pada tanggal itu. Cabut dahulu, atau pilih tanggal lain.")
        )


def _state(
    parameter: str, jenis: str, mulai: date, isi: Mapping[str, Any], dasar: str, keterangan: str, by: Reader
) -> PernyataanParameter:
    load_parameter(parameter)
    return PernyataanParameter.objects.create(
        parameter=parameter, jenis=jenis, mulai=mulai, isi=dict(isi), dasar=dasar.strip(),
        keterangan=keterangan.strip(), oleh=by.user,
    )  # fmt: skip


def _logged(row: PernyataanParameter) -> dict[str, Any]:
    return {"jenis": row.jenis, "mulai": row.mulai, **row.isi, "dasar": row.dasar, "keterangan": row.keterangan}


def _log(aksi: PeraturanAksi, row: PernyataanParameter, by: Reader) -> None:
    change = Change("parameter", row.parameter, None, _logged(row))
    record(aksi, by=by, changes=[change], per=row.mulai, dasar=row.dasar, ruang=ROOM)
