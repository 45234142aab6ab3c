"""``penata templat``: write the empty workbook that an agency fills in."""

from pathlib import Path

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _


@click.command(
    "templat", context_settings=CONTEXT, help=_("Tulis buku kerja kosong dengan petunjuk, pilihan dan contoh.")
)
@click.option(
    "--keluaran",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("templat-penata.xlsx"),
    show_default=True,
    help=_("Berkas yang ditulis."),
)
@click.option("--timpa", is_flag=True, help=_("Timpa berkas yang sudah ada."))
def templat(keluaran: Path, timpa: bool) -> None:
    """Write the template, with the sheets that each result needs named in its help."""
    from penata.analysis.penataan import NEEDS
    from penata.snapshot.template import write_template

    if keluaran.suffix.lower() != ".xlsx":
        raise click.UsageError(_("Nama berkas {file} harus berakhir dengan .xlsx.").format(file=keluaran))
    if keluaran.exists() and not timpa:
        raise click.UsageError(_("{file} sudah ada; tambahkan --timpa untuk menggantinya.").format(file=keluaran))
    try:
        write_template(keluaran, needs=NEEDS)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise click.ClickException(
            _("{file} tidak dapat ditulis: {reason}.").format(file=keluaran, reason=reason)
        ) from None
    click.echo(_("Templat ditulis ke {file}. Mulailah dari lembar Petunjuk.").format(file=keluaran))
