"""``penata demo``: a sample city, and the whole job on it."""

from datetime import date
from pathlib import Path

import click
from rich.console import Console

from penata.faces.cli.kata import CONTEXT
from penata.language import _, number

PER = date(2026, 12, 31)
PEGAWAI = 10_000
BENIH = 2026


@click.command(
    context_settings=CONTEXT, help=_("Membuat kota contoh dan mengerjakan seluruh penataan; hasilnya di folder hasil/.")
)
@click.option(
    "--keluaran",
    type=click.Path(path_type=Path),
    default=Path("hasil"),
    show_default=True,
    metavar=_("FOLDER"),
    help=_("Folder hasil."),
)
@click.option(
    "--pegawai",
    type=click.IntRange(50, 400_000),
    default=PEGAWAI,
    show_default=True,
    metavar="N",
    help=_("Jumlah pegawai."),
)
@click.option(
    "--benih",
    type=click.IntRange(min=0),
    default=BENIH,
    show_default=True,
    metavar="N",
    help=_("Benih angka acak."),
)
def demo(keluaran: Path, pegawai: int, benih: int) -> None:
    """Generate the city as a workbook, then treat that workbook as any other."""
    from penata.faces.cli.progress import Terminal, timed
    from penata.faces.cli.susun import run
    from penata.report.folder import FolderError, check_target
    from penata.sample import SampleError, generate
    from penata.snapshot.export import write_snapshot

    console = Console()
    told = Terminal(console)
    workbook = keluaran.absolute().parent / f"contoh-kota-{pegawai}-{benih}.xlsx"
    try:
        check_target(keluaran)
        console.print(
            _("Kota contoh: {n} pegawai, benih {seed}").format(n=number(pegawai), seed=benih), style="bold",
            highlight=False,
        )  # fmt: skip
        with told.running():
            with timed(told, _("membuat kota contoh")):
                city = generate(pegawai=pegawai, benih=benih, per=PER)
            with timed(told, _("menulis buku kerja contoh")) as (progress, _clock):
                workbook.parent.mkdir(parents=True, exist_ok=True)
                write_snapshot(city, workbook, progress=progress)
    except (FolderError, SampleError) as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            _("{file} tidak dapat ditulis: {why}").format(file=workbook.name, why=error.strerror or error)
        ) from error
    console.print(_("Buku kerja contoh: {path}").format(path=workbook.name), highlight=False)
    run([workbook], per=PER, keluaran=keluaran, instansi=city.instansi, console=console)
