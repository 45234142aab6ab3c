"""``penata cadangan``: a backup of database and uploads, while people go on working."""

from pathlib import Path

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _, number

NAME = "penata-%Y%m%d-%H%M%S.tar.gz"


@click.command(context_settings=CONTEXT, help=_("Menulis cadangan basis data dan berkas unggahan menjadi satu berkas."))
@click.option(
    "--ke",
    type=click.Path(path_type=Path),
    metavar=_("FOLDER"),
    help=_("Folder cadangan; baku: cadangan di folder data."),
)
@click.option(
    "--simpan", type=click.IntRange(min=1), metavar="N", help=_("Hanya menyimpan N cadangan terbaru di folder itu.")
)
def cadangan(ke: Path | None, simpan: int | None) -> None:
    """Write one backup, then drop the oldest ones when told how many to keep."""
    from django.conf import settings
    from django.utils import timezone

    from penata.faces.cli import arsip, sistem

    sistem.ready()
    folder = ke or Path(settings.DATA) / "cadangan"
    now = timezone.localtime()
    target = folder / now.strftime(NAME)
    try:
        contents = arsip.write(target, now)
    except (arsip.ArchiveError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        _("Cadangan: {path} ({size} MB, {files} berkas, jejak audit sampai nomor {act})").format(
            path=target, size=number(target.stat().st_size / 1e6, 1), files=number(len(contents.sidik) - 1),
            act=number(contents.audit_nomor),
        )
    )  # fmt: skip
    if simpan:
        for old in sorted(folder.glob("penata-????????-??????.tar.gz"))[:-simpan]:
            old.unlink()
            click.echo(_("Dihapus: {path}").format(path=old))
