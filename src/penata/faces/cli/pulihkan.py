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
    _check_chain(contents.audit_nomor, contents.audit_sidik)
    click.echo(
        _("Dipulihkan: keadaan {when}, versi {version}; {steps} langkah penyesuaian tabel.").format(
            when=contents.dibuat, version=contents.versi, steps=number(steps)
        )
    )


def _check_chain(known: int, seal: str) -> None:
    """Recompute the chain; the list of the backup says how its end was sealed."""
    from penata.foundation.audit.models import Rantai
    from penata.foundation.audit.verify import verify

    # The list was written a moment after the copy, so it may name an act that the copy does not hold.
    held = known and Rantai.objects.get(pk=1).nomor >= known
    verdict = verify(noted=(known, seal) if held else None)
    if not verdict.sound:
        raise click.ClickException(
            _("jejak audit di dalam cadangan terputus pada nomor {n}; pulihkan cadangan lain").format(n=verdict.nomor)
        )
    click.echo(_("Jejak audit utuh: {n} dari {known} peristiwa.").format(n=number(verdict.acts), known=number(known)))
