"""Gives, shuts and opens accounts, and takes back what locks their owner out. Nothing else writes accounts."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import Peran, Permission
from penata.foundation.access.reader import Reader
from penata.foundation.accounts.delegation import end_lent
from penata.foundation.accounts.events import AkunAksi
from penata.foundation.accounts.rules import AccountError, keep_one_keeper, lock_keepers, locked, new_password
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.bulk import insert
from penata.language import _

KEY_CHUNK = 500
TEMA = ("sistem", "terang", "gelap")
BAHASA = ("id", "en")


@transaction.atomic
def create_account(*, username: str, nama: str, nip: str = "", email: str = "", by: Reader) -> tuple[User, str]:
    """Give an account without role and return it with its password, which is shown once and stored nowhere."""
    by.require(Permission.AKUN_KELOLA)
    username, nama, email = username.strip(), " ".join(nama.split()), email.strip()
    _check_names(username, nama, nip, email)
    password = new_password()
    user = User(username=username, nama=nama, nip=nip or None, email=email)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise AccountError(
            _("Nama pengguna atau NIP itu sudah dipakai akun lain. Cari akunnya pada daftar, atau pakai nama lain.")
        ) from error
    after = {"nama": nama, "nip": nip or None, "email": email, "aktif": True}
    record(AkunAksi.DIBUAT, by=by, changes=[Change("akun", username, None, after)], ruang=("akun",))
    return user, password


@transaction.atomic
def set_active(*, user_id: int, aktif: bool, alasan: str, by: Reader) -> User:
    """Shut or open an account. Shut, it is signed out everywhere and what it lent to others ends today."""
    by.require(Permission.AKUN_KELOLA)
    lock_keepers(by.today)
    user = locked(user_id)
    if user.pk == by.user.pk:
        raise AccountError(_("Akun sendiri tidak dapat dinonaktifkan. Mintalah pengelola lain melakukannya."))
    if not aktif and not alasan.strip():
        raise AccountError(_("Tuliskan alasan akun dinonaktifkan, misalnya nomor surat mutasi."))
    if user.is_active == aktif:
        return user
    user.is_active = aktif
    user.save(update_fields=["is_active"])
    changes = [changed("akun", user.username, {"aktif": not aktif}, {"aktif": aktif})]
    if not aktif:
        keep_one_keeper(by.today)
        changes += end_lent(user, None, by.today, by)
    aksi = AkunAksi.DIAKTIFKAN if aktif else AkunAksi.DINONAKTIFKAN
    record(aksi, by=by, changes=changes, alasan=alasan.strip(), ruang=("akun",))
    return user


@transaction.atomic
def reset_password(*, user_id: int, alasan: str, by: Reader) -> tuple[User, str]:
    """Give an account a new password made at random; every session of the account ends."""
    by.require(Permission.AKUN_KELOLA)
    user = locked(user_id)
    _refuse_oneself(user, by)
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    change = Change("akun", user.username, None, {"sandi": "diganti"})
    record(AkunAksi.SANDI_DIGANTI, by=by, changes=[change], alasan=alasan.strip(), ruang=("akun",))
    return user, password


@transaction.atomic
def reset_second_factor(*, user_id: int, alasan: str, by: Reader) -> int:
    """Take away every second factor of an account whose owner lost the device; return how many there were."""
    by.require(Permission.AKUN_KELOLA)
    user = locked(user_id)
    _refuse_oneself(user, by)
    if not alasan.strip():
        raise AccountError(_("Tuliskan alasan dan cara pemilik akun dikenali, misalnya datang sendiri membawa KTP."))
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if not kinds:
        raise AccountError(_("Akun ini tidak memiliki faktor kedua."))
    Authenticator.objects.filter(user=user).delete()
    change = Change("akun", user.username, {"faktor_kedua": ", ".join(kinds)}, {"faktor_kedua": None})
    record(AkunAksi.FAKTOR_KEDUA_DIHAPUS, by=by, changes=[change], alasan=alasan.strip(), ruang=("akun",))
    return len(kinds)


@transaction.atomic
def create_accounts(*, people: Sequence[tuple[str, str]], by: Reader) -> int:
    """Give an account to each (NIP, name) that has none, with the role pegawai and no usable password.

    The owner gets a password from the keeper of the accounts, or signs in through the single sign-on of the agency.
    """
    by.require(Permission.AKUN_KELOLA)
    known = set(User.objects.values_list("username", flat=True)) | set(
        User.objects.filter(nip__isnull=False).values_list("nip", flat=True)
    )
    fresh = {nip: nama for nip, nama in people if nip not in known}
    if not fresh:
        return 0
    insert(User, _user_rows(fresh, timezone.now().replace(tzinfo=None)))  # both databases read it as UTC
    ids = {
        key: number
        for start in range(0, len(fresh), KEY_CHUNK)
        for key, number in User.objects.filter(username__in=list(fresh)[start : start + KEY_CHUNK]).values_list(
            "username", "id"
        )
    }
    roles = pl.DataFrame({"user_id": list(ids.values())}).with_columns(
        peran=pl.lit(Peran.PEGAWAI.value), mulai=pl.lit(by.today), dasar=pl.lit("")
    )
    insert(Penugasan, roles)
    changes = [Change("akun", nip, None, {"nama": nama, "nip": nip, "aktif": True}) for nip, nama in fresh.items()]
    record(AkunAksi.DIBUAT_MASSAL, by=by, changes=changes, rincian={"peran": Peran.PEGAWAI.value}, ruang=("akun",))
    return len(fresh)


def _user_rows(fresh: dict[str, str], now: datetime) -> pl.DataFrame:
    same = {
        "date_joined": now, "is_superuser": False, "is_staff": False, "is_active": True, "email": "", "bahasa": "id",
        "tema": "sistem", "rapat": False,
    }  # fmt: skip
    rows = {
        "username": list(fresh),
        "nip": list(fresh),
        "nama": [nama[:200] for nama in fresh.values()],
        "password": [make_password(None) for _nip in fresh],
    }
    return pl.DataFrame(rows).with_columns(pl.lit(value).alias(name) for name, value in same.items())


@transaction.atomic
def update_preferences(*, bahasa: str, tema: str, rapat: bool, by: Reader) -> User:
    """Set how the pages look for oneself. Not logged: it concerns nobody else."""
    if bahasa not in BAHASA or tema not in TEMA:
        raise AccountError(_("Pilihan tampilan tidak dikenal. Muat ulang halaman lalu pilih lagi."))
    user = locked(by.user.pk)
    user.bahasa, user.tema, user.rapat = bahasa, tema, rapat
    user.save(update_fields=["bahasa", "tema", "rapat"])
    return user


def _check_names(username: str, nama: str, nip: str, email: str) -> None:
    try:
        UnicodeUsernameValidator()(username)
        if email:
            validate_email(email)
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from error
    if not username or not nama:
        raise AccountError(_("Nama pengguna dan nama wajib diisi."))
    if nip and not (nip.isascii() and nip.isdigit() and len(nip) == User._meta.get_field("nip").max_length):
        raise AccountError(_("NIP terdiri atas 18 angka. Kosongkan bila akun ini bukan milik pegawai."))


def _refuse_oneself(user: User, by: Reader) -> None:
    if user.pk == by.user.pk:
        raise AccountError(_("Untuk akun sendiri, gunakan halaman akun saya."))
