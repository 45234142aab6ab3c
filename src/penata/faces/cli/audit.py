"""``penata audit``: go through the audit trail from the command line, as an auditor does."""

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _, number


@click.group(context_settings=CONTEXT, subcommand_metavar=_("PERINTAH [ISIAN]..."), help=_("Memeriksa jejak audit."))
def audit() -> None:
    """Everything else about the trail is on the pages."""


@audit.command(
    context_settings=CONTEXT, help=_("Menghitung ulang semua segel; kode keluar 1 bila jejaknya tidak utuh.")
)
@click.option("--nomor", type=click.IntRange(min=1), metavar="N", help=_("Nomor peristiwa yang pernah dicatat."))
@click.option("--sidik", metavar="SIDIK", help=_("Sidik peristiwa itu sebagaimana dicatat."))
@click.pass_context
def verifikasi(context: click.Context, nomor: int | None, sidik: str | None) -> None:
    """Print the verdict, with what to note outside the system."""
    if (nomor is None) != (sidik is None):
        raise click.UsageError(_("--nomor dan --sidik disebut bersama"))
    from penata.faces.cli import sistem

    sistem.ready()
    from penata.faces.backoffice.audit.work import CAUSES
    from penata.foundation.audit.verify import verify

    verdict = verify(noted=(nomor, sidik.strip().lower()) if nomor and sidik else None)
    if not verdict.sound:
        click.echo(
            _("TIDAK UTUH mulai peristiwa {n}: {cause}.").format(n=verdict.nomor, cause=_(CAUSES[verdict.sebab]))
        )
        context.exit(1)
    click.echo(_("UTUH: {n} peristiwa.").format(n=number(verdict.acts)))
    click.echo(_("Catat di luar sistem ini: nomor {n}, sidik {seal}").format(n=verdict.acts, seal=verdict.sidik))
