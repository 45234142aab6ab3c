"""``penata migrasi``: bring the tables up to this version, before several machines begin to serve it."""

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _


@click.command(context_settings=CONTEXT, help=_("Menyesuaikan tabel basis data dengan versi ini."))
@click.option("--periksa", is_flag=True, help=_("Hanya memeriksa; kode keluar 1 bila masih ada langkah yang menunggu."))
@click.pass_context
def migrasi(context: click.Context, periksa: bool) -> None:
    """Do, or only list, the waiting steps."""
    from penata.faces.cli import sistem

    sistem.ready()
    if periksa:
        for step in (steps := sistem.waiting()):
            click.echo(step)
        context.exit(1 if steps else 0)
    click.echo(_("Basis data sesuai versi ini; {n} langkah dijalankan.").format(n=sistem.migrate()))
