"""What whoever runs the machine may do about accounts without having one: the first keeper, and a lost password.

The log says ``sistem`` did it.
"""

from datetime import date

from django.db import transaction

from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import Peran
from penata.foundation.accounts.events import AkunAksi
from penata.foundation.accounts.rules import AccountError, logged, new_password
from penata.foundation.audit.record import Change, record
from penata.language import _

REASON = "dari baris perintah server"


@transaction.atomic
def create_keeper(*, username: str, nama: str, today: date) -> tuple[User, str]:
    """Give an account that keeps the accounts of the whole agency; return it with its password, shown once."""
    if User.objects.filter(username=username).exists():
        raise AccountError(_("Akun {name} sudah ada; ganti sandinya dengan ./penata akun sandi.").format(name=username))
    password = new_password()
    user = User.objects.create_user(username, password=password, nama=nama)
    role = Penugasan.objects.create(user=user, peran=Peran.PENGELOLA.value, mulai=today, dasar=REASON)
    changes = [
        Change("akun", username, None, {"nama": nama, "aktif": True}),
        Change("akun", username, None, logged(role)),
    ]
    record(AkunAksi.DIBUAT, by=None, changes=changes, per=today, alasan=REASON, ruang=("akun",))
    return user, password


@transaction.atomic
def renew_password(*, username: str) -> str:
    """Give an account a new password, open it if it was shut, and return the password, shown once."""
    user = User.objects.select_for_update(of=("self",)).filter(username=username).first()
    if user is None:
        raise AccountError(_("Tidak ada akun bernama {name}.").format(name=username))
    password, was = new_password(), user.is_active
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    change = Change("akun", username, {"aktif": was}, {"aktif": True, "sandi": "diganti"})
    record(AkunAksi.SANDI_DIGANTI, by=None, changes=[change], alasan=REASON, ruang=("akun",))
    return password
