"""``penata demo``: a sample city, the whole job on it, and the web system filled with it."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from penata.faces.cli import susun
from penata.faces.cli.kata import CONTEXT
from penata.faces.cli.layani import HOST, PORT
from penata.faces.cli.progress import Terminal, timed
from penata.language import _, number

if TYPE_CHECKING:
    from penata.snapshot.snapshot import Snapshot

PER = date(2026, 12, 31)
PEGAWAI = 10_000
BENIH = 2026


@click.command(
    context_settings=CONTEXT,
    help=_(
        "Membuat kota contoh, mengerjakan seluruh penataan (hasilnya di folder hasil/), lalu menjalankan sistem web "
        "yang berisi kota itu."
    ),
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
@click.option("--host", default=HOST, show_default=True, metavar="HOST", help=_("Alamat yang didengarkan."))
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, metavar="N", help=_("Port."))
@click.option("--ulang", is_flag=True, help=_("Mengganti kota contoh yang sudah ada di basis data."))
@click.option("--tanpa-server", is_flag=True, help=_("Mengisi basis data tanpa menjalankan server."))
@click.option("--tanpa-web", is_flag=True, help=_("Hanya buku kerja dan hasil penataan."))
def demo(
    keluaran: Path, pegawai: int, benih: int, host: str, port: int, ulang: bool, tanpa_server: bool, tanpa_web: bool
) -> None:
    """Generate the city as a workbook, treat it as any other, then import it and serve."""
    from penata.faces.cli import layani
    from penata.report.folder import FolderError, check_target

    console = Console()
    try:
        check_target(keluaran)
    except FolderError as error:
        raise click.UsageError(str(error)) from error
    if not (tanpa_web or tanpa_server):
        layani.check_free(host, port)
    if not tanpa_web:
        _prepare(ulang)
    city, workbook = _make(keluaran, pegawai, benih, console)
    susun.run([workbook], per=PER, keluaran=keluaran, instansi=city.instansi, console=console)
    if not tanpa_web:
        _fill(workbook, city.instansi, console)
    if not (tanpa_web or tanpa_server):
        sys.exit(layani.run(host, port, None, worker=True, told=lambda text: console.print(text, highlight=False)))


def _make(keluaran: Path, pegawai: int, benih: int, console: Console) -> tuple["Snapshot", Path]:
    """Generate the city and write it as a workbook beside the result folder."""
    from penata.sample import SampleError, generate
    from penata.snapshot.export import write_snapshot

    told = Terminal(console)
    workbook = keluaran.absolute().parent / f"contoh-kota-{pegawai}-{benih}.xlsx"
    console.print(
        _("Kota contoh: {n} pegawai, benih {seed}").format(n=number(pegawai), seed=benih), style="bold", highlight=False
    )
    try:
        with told.running():
            with timed(told, _("membuat kota contoh")):
                city = generate(pegawai=pegawai, benih=benih, per=PER)
            with timed(told, _("menulis buku kerja contoh")) as (progress, _clock):
                workbook.parent.mkdir(parents=True, exist_ok=True)
                write_snapshot(city, workbook, progress=progress)
    except SampleError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            _("{file} tidak dapat ditulis: {why}").format(file=workbook.name, why=error.strerror or error)
        ) from error
    console.print(_("Buku kerja contoh: {path}").format(path=workbook.name), highlight=False)
    return city, workbook


def _prepare(ulang: bool) -> None:
    """Make the tables; a database in which anybody worked is left alone, a former sample goes when asked."""
    from penata.faces.cli import kota_contoh, sistem

    sistem.ready()
    sistem.migrate()
    if kota_contoh.holds_data():
        if not kota_contoh.holds_sample():
            raise click.UsageError(
                _("basis data sudah berisi data; pilih yang lain dengan PENATA_DATA=folder atau PENATA_DATABASE_URL")
            )
        if not ulang:
            raise click.UsageError(
                _(
                    "kota contoh sudah ada di basis data: ./penata serve menjalankannya, "
                    "./penata demo --ulang menggantinya, ./penata demo --tanpa-web tidak memakainya"
                )
            )
        kota_contoh.empty_database()
        sistem.migrate()
    sistem.collect_static()


def _fill(workbook: Path, instansi: str, console: Console) -> None:
    """Import the workbook into the database and print the accounts that are ready."""
    from django.utils import timezone

    from penata.faces.cli import kota_contoh

    told = Terminal(console)
    with told.running(), timed(told, _("mengisi basis data")) as (progress, _clock):
        accounts = kota_contoh.fill(workbook, instansi, per=PER, today=timezone.localdate(), progress=progress)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (_("Peran"), _("Akun"), _("Sandi"), _("Nama"), _("Lingkup")):
        table.add_column(title, overflow="fold", no_wrap=title != _("Lingkup"))
    for row in accounts:
        table.add_row(row.peran, row.username, row.sandi, row.nama, row.lingkup)
    console.print(Text(_("Akun yang siap dipakai (sandi hanya ditampilkan sekali ini)"), "bold"))
    console.print(table, highlight=False)
