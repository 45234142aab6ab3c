"""Gives and ends roles, and lends a role to somebody else for a time: never more than one holds oneself."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import GRANTS, Peran, Permission
from penata.foundation.access.reader import ForbiddenError, Reader, reach
from penata.foundation.accounts.events import AkunAksi
from penata.foundation.accounts.rules import AccountError, keep_one_keeper, lock_keepers, locked, logged
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.periods import in_force, not_ended
from penata.foundation.tasks.tell import people, post
from penata.language import N_, _, day

LENDABLE = frozenset(peran for peran in Peran if Permission.DELEGASI_BERI in GRANTS[peran])
PAGE = "/delegasi/"
LENT = N_("{nama} mendelegasikan peran {peran} kepada Anda, {mulai} sampai sebelum {selesai}.")
ENDED = N_("Delegasi peran {peran} dari {pemberi} kepada {penerima} berakhir pada {selesai}.")
LATE = timedelta(days=7)  # an end that nobody was told of for so long is no news


@transaction.atomic
def give_role(
    *, user_id: int, peran: Peran, unit_id: int | None, mulai: date, selesai: date | None, dasar: str, by: Reader
) -> Penugasan:
    """Give an account a role in a unit and all below it (None: the whole agency) for a period."""
    by.require(Permission.AKUN_KELOLA, unit_id)
    user = locked(user_id)
    _check_period(mulai, selesai)
    if not dasar.strip():
        raise AccountError(_("Tuliskan dasar pemberian peran, misalnya nomor surat tugas."))
    same = user.penugasan.filter(peran=peran, unit_id=unit_id, pemberi__isnull=True)
    if same.filter(not_ended(mulai), _begins_before(selesai)).exists():
        raise AccountError(_("Akun ini sudah memiliki peran itu di lingkup yang sama pada masa tersebut."))
    row = Penugasan.objects.create(
        user=user, peran=peran.value, unit_id=unit_id, mulai=mulai, selesai=selesai, dasar=dasar.strip()
    )
    record(
        AkunAksi.PERAN_DIBERIKAN, by=by, changes=[Change("akun", user.username, None, logged(row))], per=mulai,
        unit_id=unit_id, dasar=row.dasar, ruang=("akun",),
    )  # fmt: skip
    return row


@transaction.atomic
def end_role(*, penugasan_id: int, selesai: date, alasan: str, by: Reader) -> Penugasan:
    """End a role on a day (the first on which it no longer holds), and with it what was lent of it."""
    lock_keepers(by.today)
    row = _locked_role(penugasan_id)
    by.require(Permission.AKUN_KELOLA, row.unit_id)
    on = max(selesai, by.today)
    if row.selesai is not None and row.selesai <= on:
        raise AccountError(_("Peran ini sudah berakhir pada {day}.").format(day=day(row.selesai)))
    changes = [_cut(row, on), *end_lent(row.user, Peran(row.peran), on, by)]
    keep_one_keeper(by.today)
    record(
        AkunAksi.PERAN_DIAKHIRI, by=by, changes=changes, per=on, unit_id=row.unit_id, alasan=alasan.strip(),
        ruang=("akun",),
    )  # fmt: skip
    return row


@transaction.atomic
def delegate(
    *, penugasan_id: int, kepada_id: int, unit_id: int | None, mulai: date, selesai: date, dasar: str, by: Reader
) -> Penugasan:
    """Lend one's own role to *kepada_id* for a period, in its whole scope or in a unit within it."""
    own = _own_role(penugasan_id, by)
    if unit_id not in reach(own, by.today):
        raise ForbiddenError(Permission.DELEGASI_BERI, unit_id)
    _check_period(mulai, selesai)
    if mulai < by.today:
        raise AccountError(_("Delegasi tidak dapat berlaku surut. Mulai paling awal hari ini."))
    if own.mulai > mulai or (own.selesai is not None and own.selesai < selesai):
        raise AccountError(_("Masa delegasi harus berada di dalam masa peran Anda sendiri."))
    user = User.objects.filter(pk=kepada_id, is_active=True).first()
    if user is None or user.pk == by.user.pk:
        raise AccountError(_("Pilih akun aktif milik orang lain."))
    twice = user.penugasan.filter(peran=own.peran, unit_id=unit_id, pemberi=by.user)
    if twice.filter(Q(selesai__gt=mulai), _begins_before(selesai)).exists():
        raise AccountError(_("Peran itu sudah Anda delegasikan kepada akun ini pada masa tersebut."))
    row = Penugasan.objects.create(
        user=user, peran=own.peran, unit_id=unit_id, mulai=mulai, selesai=selesai, pemberi=by.user, dasar=dasar.strip()
    )
    post(
        AkunAksi.DELEGASI_DIBERIKAN, LENT, to=people([user.pk]), objek=f"delegasi:{row.pk}", alamat=PAGE, by=by,
        isi={"peran": row.peran, "mulai": mulai, "selesai": selesai},
    )  # fmt: skip
    record(
        AkunAksi.DELEGASI_DIBERIKAN, by=by, changes=[Change("akun", user.username, None, logged(row))], per=mulai,
        unit_id=unit_id, dasar=row.dasar, ruang=("akun",),
    )  # fmt: skip
    return row


@transaction.atomic
def end_delegation(*, penugasan_id: int, by: Reader) -> None:
    """Take back today what was lent; the lender, the borrower and the keeper of the accounts may."""
    row = _locked_role(penugasan_id)
    if row.pemberi_id is None:
        raise Penugasan.DoesNotExist
    if by.user.pk not in {row.pemberi_id, row.user_id}:
        by.require(Permission.AKUN_KELOLA, row.unit_id)
    if row.selesai is not None and row.selesai <= by.today:
        raise AccountError(_("Delegasi ini sudah berakhir."))
    unit_id = row.unit_id
    change = _cut_lent(row, by.today, by)
    record(AkunAksi.DELEGASI_DIAKHIRI, by=by, changes=[change], per=by.today, unit_id=unit_id, ruang=("akun",))


@transaction.atomic
def tell_expired(today: date) -> int:
    """Tell lender and borrower of every delegation that ran out by itself; return how many. Safe to repeat."""
    rows = Penugasan.objects.select_for_update(of=("self",)).select_related("user", "pemberi")
    expired = rows.filter(pemberi__isnull=False, akhir_dikabarkan=False, selesai__lte=today)
    for row in expired.filter(selesai__gt=today - LATE):
        _tell_ended(row, row.selesai or today, None)
    return expired.update(akhir_dikabarkan=True)


def end_lent(lender: User, peran: Peran | None, on: date, by: Reader) -> list[Change]:
    """End what *lender* lent and no longer holds from *on*: of one role, or (None) of every role. For the log."""
    lent = lender.delegasi.select_for_update(of=("self",)).select_related("user", "pemberi")
    lent = lent.filter(not_ended(on))
    if peran is None:
        return [_cut_lent(row, on, by) for row in lent]
    held = {
        row.unit_id for row in lender.penugasan.filter(peran=peran.value, pemberi__isnull=True).filter(not_ended(on))
    }
    # Whoever still holds the role everywhere, or in the unit that was lent, still holds what was lent.
    return [_cut_lent(row, on, by) for row in lent.filter(peran=peran.value) if not held & {None, row.unit_id}]


def _cut_lent(row: Penugasan, on: date, by: Reader) -> Change:
    """End a delegation on a day and tell both sides of it."""
    _tell_ended(row, on, by)
    row.akhir_dikabarkan = True
    return _cut(row, on)


def _tell_ended(row: Penugasan, on: date, by: Reader | None) -> None:
    post(
        AkunAksi.DELEGASI_DIAKHIRI, ENDED, to=people([row.user_id, row.pemberi_id]), objek=f"delegasi:{row.pk}",
        alamat=PAGE, by=by,
        isi={"peran": row.peran, "pemberi": row.pemberi, "penerima": row.user, "selesai": on},
    )  # fmt: skip


def _cut(row: Penugasan, on: date) -> Change:
    """End *row* on a day; one that has not begun by then never was and goes."""
    before = logged(row)
    if row.mulai >= on:
        change = Change("akun", row.user.username, before, None)
        row.delete()
        return change
    row.selesai = on
    row.save(update_fields=["selesai", "akhir_dikabarkan"])
    return changed("akun", row.user.username, before, logged(row))


def _locked_role(penugasan_id: int) -> Penugasan:
    rows = Penugasan.objects.select_for_update(of=("self",)).select_related("user", "pemberi")
    return rows.get(pk=penugasan_id)


def _own_role(penugasan_id: int, by: Reader) -> Penugasan:
    by.require(Permission.DELEGASI_BERI, anywhere=True)
    rows = Penugasan.objects.select_for_update(of=("self",)).filter(in_force(by.today), user=by.user, pemberi=None)
    row = rows.filter(pk=penugasan_id).first()
    if row is None or Peran(row.peran) not in LENDABLE:
        raise ForbiddenError(Permission.DELEGASI_BERI)
    return row


def _begins_before(selesai: date | None) -> Q:
    return Q() if selesai is None else Q(mulai__lt=selesai)


def _check_period(mulai: date, selesai: date | None) -> None:
    if selesai is not None and selesai <= mulai:
        raise AccountError(_("Tanggal berakhir harus setelah tanggal mulai."))
