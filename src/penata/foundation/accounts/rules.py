"""What the actions on accounts share: errors, passwords, what the log keeps of a row."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import GRANTS, Peran, Permission
from penata.foundation.periods import in_force
from penata.language import _

# Nobody mistakes a letter for a digit when reading a password from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS = 4
GROUP = 4


class AccountError(Exception):
    """An act on an account that cannot be done; the message names the remedy."""


def new_password() -> str:
    """Return a password made at random, in groups that can be read aloud: about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(GROUP)) for _g in range(GROUPS))


def locked(user_id: int) -> User:
    """Return the account, locked until the end of the transaction."""
    return User.objects.select_for_update(of=("self",)).get(pk=user_id)


def logged(row: Penugasan) -> Mapping[str, Any]:
    """Return what the log keeps of a role."""
    return {
        "peran": row.peran, "unit_id": row.unit_id, "mulai": row.mulai, "selesai": row.selesai,
        "pemberi": row.pemberi.username if row.pemberi else None, "dasar": row.dasar,
    }  # fmt: skip


def keepers(day: date) -> QuerySet[User]:
    """Return the active accounts that may keep the accounts of the whole agency on *day*."""
    roles = [peran.value for peran in Peran if Permission.AKUN_KELOLA in GRANTS[peran]]
    rows = Penugasan.objects.filter(in_force(day), peran__in=roles, unit_id__isnull=True, pemberi__isnull=True)
    return User.objects.filter(is_active=True, pk__in=rows.values("user_id"))


def lock_keepers(day: date) -> None:
    """Let nobody else end the last keeper meanwhile: two keepers who end each other stand in line."""
    list(keepers(day).order_by("pk").select_for_update(of=("self",)))


def keep_one_keeper(day: date) -> None:
    """Raise AccountError when nobody could keep the accounts any more; call it after the change that may cause it."""
    if not keepers(day).exists():
        raise AccountError(
            _("Tidak akan ada lagi pengelola sistem yang aktif. Berikan peran pengelola kepada akun lain lebih dahulu.")
        )
