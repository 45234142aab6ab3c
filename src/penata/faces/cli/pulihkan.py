"""``penata pulihkan``: put a backup back, bring it up to this version, and check that its audit trail is unbroken."""

from pathlib import Path

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _, number


@click.command(context_settings=CONTEXT, help=_("Memulihkan sebuah cadangan ke basis data yang sedang ditunjuk."))
@click.argument("berkas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--ganti", is_flag=True, help=_("Mengganti basis data yang sudah berisi."))
def pulihkan(berkas: Path, ganti: bool) -> None:
    """Check the file, restore it, and verify what now stands there."""
    from penata.faces.cli import arsip, sistem

    sistem.ready()
    if not (ganti or arsip.empty()):
        raise click.ClickException(_("basis data sudah berisi; tambahkan --ganti bila memang hendak diganti"))
    try:
        with arsip.opened(berkas) as (contents, folder):
            arsip.restore(contents, folder)
    except (arsip.ArchiveError, OSError) as error:
        raise click.ClickException(str(error)) from error
    steps = sistem.migrate()
    _check_chain(contents.audit_nomor)
    click.echo(
        _("Dipulihkan: keadaan {when}, versi {version}; {steps} langkah penyesuaian tabel.").format(
            when=contents.dibuat, version=contents.versi, steps=number(steps)
        )
    )


def _check_chain(known: int) -> None:
    from penata.foundation.audit.verify import verify

    verdict = verify()
    if not verdict.sound:
        raise click.ClickException(
            _("jejak audit di dalam cadangan terputus pada nomor {n}; pulihkan cadangan lain").format(n=verdict.nomor)
        )
    # The list was written a moment after the copy, so it may name a few acts more than the copy holds.
    click.echo(_("Jejak audit utuh: {n} dari {known} peristiwa.").format(n=number(verdict.acts), known=number(known)))
