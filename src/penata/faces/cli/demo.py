"""``penata demo``: a sample city, and the whole job on it."""

from datetime import date
from pathlib import Path

import click
from rich.console import Console

from penata.language import _

PER = date(2026, 12, 31)
PEGAWAI = 10_000
BENIH = 2026


@click.command(help=_("Membuat kota contoh dan mengerjakan seluruh penataan; hasilnya di map hasil/."))
@click.option("--keluaran", type=click.Path(path_type=Path), default=Path("hasil"), show_default=True)
@click.option("--pegawai", type=click.IntRange(50, 400_000), default=PEGAWAI, show_default=True)
@click.option("--benih", type=int, default=BENIH, show_default=True, help=_("Benih angka acak."))
def demo(keluaran: Path, pegawai: int, benih: int) -> None:
    """Generate the city as a workbook, then treat that workbook as any other."""
    from penata.faces.cli.progress import Terminal, timed
    from penata.faces.cli.susun import run
    from penata.sample import generate
    from penata.snapshot.export import write_snapshot

    console = Console()
    told = Terminal(console)
    workbook = keluaran.absolute().parent / f"contoh-kota-{pegawai}-{benih}.xlsx"
    console.print(_("Kota contoh: {n} pegawai, benih {seed}").format(n=pegawai, seed=benih), style="bold")
    with told.running():
        with timed(told, _("membuat kota contoh")):
            city = generate(pegawai=pegawai, benih=benih, per=PER)
        with timed(told, _("menulis buku kerja contoh")) as (progress, _clock):
            partial = workbook.with_name("." + workbook.name)
            write_snapshot(city, partial, progress=progress)
            partial.replace(workbook)
    console.print(_("Buku kerja contoh: {path}").format(path=workbook.name))
    run([workbook], per=PER, keluaran=keluaran, instansi=city.instansi, console=console)
