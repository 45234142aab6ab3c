"""Keys for programs that read the API in the name of an account: made and withdrawn by their owner."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q

from penata.foundation.access.models import TokenApi, User
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.accounts.events import AkunAksi
from penata.foundation.accounts.rules import AccountError
from penata.foundation.audit.record import Change, record
from penata.language import _

PREFIX = "penata_"  # so that a key that leaked is recognised as one
MOST_DAYS, MOST_KEYS = 366, 10
REMEMBER = timedelta(hours=1)  # use is noted to the hour: reading must not write at every question


@transaction.atomic
def create_token(*, nama: str, hari: int, by: Reader) -> tuple[TokenApi, str]:
    """Give oneself a key for *hari* days; return it with its text, which is shown once and stored nowhere."""
    by.require(Permission.BERANDA_LIHAT, anywhere=True)
    nama = " ".join(nama.split())
    if not nama:
        raise AccountError(_("Tuliskan untuk apa token ini, misalnya nama aplikasinya."))
    if not 1 <= hari <= MOST_DAYS:
        raise AccountError(_("Masa berlaku token 1 sampai {n} hari.").format(n=MOST_DAYS))
    owner = User.objects.select_for_update(of=("self",)).get(pk=by.user.pk)
    if owner.token_api.filter(selesai__gt=by.today).count() >= MOST_KEYS:
        raise AccountError(
            _("Paling banyak {n} token yang berlaku. Cabut dahulu yang tidak dipakai.").format(n=MOST_KEYS)
        )
    text = PREFIX + secrets.token_urlsafe(32)
    row = TokenApi.objects.create(
        user=owner, nama=nama[:100], sidik=_seal(text), selesai=by.today + timedelta(days=hari)
    )
    after = {"token": row.nama, "selesai": row.selesai}
    record(AkunAksi.TOKEN_DIBUAT, by=by, changes=[Change("akun", owner.username, None, after)], ruang=("akun",))
    return row, text


@transaction.atomic
def revoke_token(*, token_id: int, by: Reader) -> None:
    """Withdraw one of one's own keys at once; raises TokenApi.DoesNotExist for anything else."""
    row = TokenApi.objects.select_for_update(of=("self",)).get(pk=token_id, user=by.user)
    before = {"token": row.nama, "selesai": row.selesai}
    row.delete()
    record(AkunAksi.TOKEN_DICABUT, by=by, changes=[Change("akun", by.user.username, before, None)], ruang=("akun",))


def owner_of(text: str, *, now: datetime, today: date) -> User | None:
    """Return the account whose key *text* is and still opens, and note that it was used."""
    opening = Q(sidik=_seal(text), selesai__gt=today, user__is_active=True)
    row = TokenApi.objects.select_related("user").filter(opening).first()
    if row is None:
        return None
    if row.dipakai is None or now - row.dipakai > REMEMBER:
        TokenApi.objects.filter(pk=row.pk).update(dipakai=now)
    return row.user


def _seal(text: str) -> str:
    return sha256(text.encode()).hexdigest()
