"""``penata contoh``: write a synthetic agency of any size as a workbook or a folder of CSV files."""

from datetime import date
from pathlib import Path

import click
import polars as pl
from rich.console import Console

from penata.faces.cli.kata import CONTEXT
from penata.faces.cli.susun import Day
from penata.language import _, day, number
from penata.snapshot.snapshot import Snapshot


@click.command(
    "contoh",
    context_settings=CONTEXT,
    help=_("Tulis instansi tiruan: kota yang tidak ada, dengan pegawai yang bukan siapa-siapa."),
)
@click.option("--pegawai", type=int, default=10_000, show_default=True, help=_("Jumlah pegawai."))
@click.option("--benih", type=click.IntRange(min=0), default=2026, show_default=True, help=_("Benih angka acak."))
@click.option(
    "--keluaran",
    type=click.Path(path_type=Path),
    default=Path("contoh.xlsx"),
    show_default=True,
    help=_("Berkas .xlsx, atau nama folder untuk berkas CSV."),
)
@click.option(
    "--per",
    type=Day(),
    default="2026-12-31",
    show_default=True,
    help=_("Tanggal keadaan data."),
)
@click.option(
    "--anomali",
    type=click.FloatRange(0, 1),
    default=0.02,
    show_default=True,
    help=_("Bagian data janggal yang masih terbaca."),
)
@click.option(
    "--galat",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help=_("Bagian data salah yang harus ditolak."),
)
@click.option("--timpa", is_flag=True, help=_("Timpa keluaran yang sudah ada."))
def contoh(pegawai: int, benih: int, keluaran: Path, per: date, anomali: float, galat: float, timpa: bool) -> None:
    """Generate, write, and say what was made."""
    from penata.faces.cli.progress import Terminal, timed
    from penata.sample import SampleError, generate_with_ledger
    from penata.snapshot.export import TooManyRowsError, write_csv_folder, write_snapshot

    workbook = keluaran.suffix.lower() == ".xlsx"
    if keluaran.suffix and not workbook:
        raise click.UsageError(
            _("Nama {file} harus berakhir dengan .xlsx, atau tanpa akhiran untuk folder CSV.").format(file=keluaran)
        )
    _refuse_overwriting(keluaran, workbook=workbook, timpa=timpa)
    console = Console()
    told = Terminal(console)
    try:
        with told.running():
            with timed(told, _("membuat instansi contoh")):
                city, ledger = generate_with_ledger(pegawai=pegawai, benih=benih, per=per, anomali=anomali, galat=galat)
            with timed(told, _("menulis keluaran")) as (progress, _clock):
                if workbook:
                    keluaran.parent.mkdir(parents=True, exist_ok=True)
                    write_snapshot(city, keluaran, progress=progress)
                else:
                    write_csv_folder(city, keluaran)
    except (SampleError, TooManyRowsError) as refused:
        raise click.UsageError(str(refused)) from None
    except OSError as problem:
        raise click.ClickException(
            _("{file} tidak dapat ditulis: {reason}.").format(file=keluaran, reason=problem.strerror or str(problem))
        ) from None
    for line in described(city, ledger):
        console.print(line, highlight=False, soft_wrap=True)
    console.print(_("Ditulis ke {file}").format(file=keluaran), style="bold", highlight=False, soft_wrap=True)


def _refuse_overwriting(keluaran: Path, *, workbook: bool, timpa: bool) -> None:
    """Refuse what exists already unless told otherwise; a file never replaces a folder or the other way round."""
    if not keluaran.exists():
        return
    if keluaran.is_dir() == workbook:
        what = _("folder") if workbook else _("berkas")
        raise click.UsageError(_("{file} sudah ada sebagai {what}; pilih nama lain.").format(file=keluaran, what=what))
    if not timpa:
        raise click.UsageError(_("{file} sudah ada; tambahkan --timpa untuk menggantinya.").format(file=keluaran))


def described(city: Snapshot, ledger: pl.DataFrame) -> list[str]:
    """Return the lines that say what was made."""
    posisi, pegawai = city["posisi"], city["pegawai"]
    root = city["unit"].filter(pl.col("induk").is_null())["kode"]
    offices = city["unit"].filter(pl.col("induk").is_in(root.to_list())).height
    lines = [
        _("{instansi}, keadaan per {per} (instansi rekaan)").format(instansi=city.instansi, per=day(city.per)),
        _("{people} pegawai · {posts} posisi · {units} unit dalam {offices} perangkat daerah").format(
            people=number(pegawai.height), posts=number(posisi.height), units=number(city["unit"].height),
            offices=number(offices),
        ),
        _("{tasks} baris beban kerja · {assessed} asesmen · {rows} riwayat jabatan · {trainings} pelatihan").format(
            tasks=number(city["beban_kerja"].height), assessed=number(city["asesmen"].height),
            rows=number(city["riwayat_jabatan"].height), trainings=number(city["pelatihan"].height),
        ),
    ]  # fmt: skip
    planted = {macam: ledger.filter(pl.col("macam") == macam).height for macam in ("anomali", "galat")}
    if ledger.height:
        lines.append(
            _("Sengaja ditanam: {odd} kejanggalan dan {wrong} galat").format(
                odd=number(planted["anomali"]), wrong=number(planted["galat"])
            )
        )
    return lines
