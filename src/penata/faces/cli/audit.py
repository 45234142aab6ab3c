"""``penata audit``: goes through the log of the web system and tells whether it is whole."""

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _, number


@click.group(
    context_settings=CONTEXT, subcommand_metavar=_("PERINTAH [ISIAN]..."), help=_("Memeriksa jejak audit sistem web.")
)
def audit() -> None:
    """Group what can be asked of the log."""


@audit.command(
    context_settings=CONTEXT, help=_("Menghitung ulang semua segel; berakhir dengan kode 1 bila ada yang rusak.")
)
@click.option(
    "--catatan",
    metavar="NOMOR:SIDIK",
    help=_("Nomor dan sidik hasil pemeriksaan terdahulu, untuk membuktikan rantai tidak ditulis ulang."),
)
def verifikasi(catatan: str | None) -> None:
    """Verify the chain; name the first broken act."""
    from penata.faces.cli import sistem

    sistem.ready()
    from penata.faces.backoffice.audit.work import CAUSES
    from penata.foundation.audit.verify import verify

    found = verify(noted=_noted(catatan))
    if found.sound:
        click.echo(_("Jejak audit utuh: {n} peristiwa diperiksa.").format(n=number(found.acts)))
        click.echo(_("Catat di luar sistem: {noted}").format(noted=f"{found.acts}:{found.sidik}"))
        return
    click.echo(
        _("Jejak audit RUSAK pada peristiwa nomor {n}: {why}.").format(
            n=number(found.nomor or 0), why=_(CAUSES[found.sebab])
        ),
        err=True,
    )
    raise click.exceptions.Exit(1)


def _noted(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    nomor, _colon, sidik = text.partition(":")
    if not nomor.strip().isdigit() or not sidik.strip():
        raise click.UsageError(_("--catatan ditulis NOMOR:SIDIK seperti keluaran pemeriksaan terdahulu"))
    return int(nomor), sidik.strip().lower()
