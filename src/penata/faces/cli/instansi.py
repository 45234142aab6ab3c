"""``penata instansi``: name the agency that this installation serves."""

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _


@click.command(context_settings=CONTEXT, help=_("Memberi nama instansi yang dilayani pemasangan ini."))
@click.argument("nama", metavar=_("NAMA"))
def instansi(nama: str) -> None:
    """Write the name down."""
    from penata.faces.cli import sistem

    sistem.ready()
    sistem.migrate()
    from penata.domain.organisasi.instansi import name_instansi  # tables can be named once the settings are loaded

    click.echo(_("Instansi: {name}").format(name=name_instansi(nama=nama, by=None).nama))
