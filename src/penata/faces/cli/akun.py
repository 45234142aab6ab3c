"""``penata akun``: the first account of an installation, and a password that was lost."""

from typing import TYPE_CHECKING

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _

if TYPE_CHECKING:
    from penata.foundation.access.models import User


@click.group(
    context_settings=CONTEXT, subcommand_metavar=_("PERINTAH [ISIAN]..."), help=_("Mengelola akun dari server.")
)
def akun() -> None:
    """Everything else about accounts is done on the pages."""


@akun.command(context_settings=CONTEXT, help=_("Membuat akun pengelola sistem; sandinya ditampilkan sekali."))
@click.argument("nama_pengguna", metavar=_("NAMA_PENGGUNA"))
@click.option("--nama", metavar=_("NAMA"), help=_("Nama orangnya; baku: nama pengguna."))
def buat(nama_pengguna: str, nama: str | None) -> None:
    """Make the keeper of the accounts."""
    from django.utils import timezone

    from penata.faces.cli import sistem

    sistem.ready()
    sistem.migrate()
    from penata.foundation.accounts.console import create_keeper  # tables can be named once the settings are loaded
    from penata.foundation.accounts.rules import AccountError

    try:
        user, password = create_keeper(username=nama_pengguna, nama=nama or nama_pengguna, today=timezone.localdate())
    except AccountError as error:
        raise click.ClickException(str(error)) from error
    _show(user, password)


@akun.command(context_settings=CONTEXT, help=_("Mengganti sandi yang hilang; sandi baru ditampilkan sekali."))
@click.argument("nama_pengguna", metavar=_("NAMA_PENGGUNA"))
def sandi(nama_pengguna: str) -> None:
    """Give an account a new password."""
    from penata.faces.cli import sistem

    sistem.ready()
    from penata.foundation.access.models import User
    from penata.foundation.accounts.console import renew_password
    from penata.foundation.accounts.rules import AccountError

    try:
        password = renew_password(username=nama_pengguna)
    except AccountError as error:
        raise click.ClickException(str(error)) from error
    _show(User.objects.get(username=nama_pengguna), password)


def _show(user: "User", password: str) -> None:
    click.echo(_("Akun:  {name} ({person})").format(name=user.username, person=user.nama))
    click.echo(_("Sandi: {password}   (tidak disimpan dan tidak ditampilkan lagi)").format(password=password))
