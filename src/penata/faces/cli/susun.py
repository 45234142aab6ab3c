"""``penata susun``: the whole job on the user's own workbook."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from penata.faces.cli.kata import CONTEXT
from penata.language import _, day

FOUND_ERRORS = 2


class Day(click.ParamType[date]):
    """A date given as 2026-12-31 or 31-12-2026."""

    name = "tanggal"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or refuse in one sentence."""
        if isinstance(value, date):
            return value
        for shape in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, shape).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        raise click.BadParameter(
            _("tanggal '{value}' tidak dikenal; tulis misalnya 2026-12-31").format(value=value), ctx, param
        )


@click.command(
    context_settings=CONTEXT, help=_("Menata satu instansi dari buku kerja Excel, CSV, atau folder berisi keduanya.")
)
@click.argument("berkas", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BERKAS...")
@click.option("--per", type=Day(), help=_("Keadaan per tanggal; baku: hari ini."))
@click.option(
    "--keluaran",
    type=click.Path(path_type=Path),
    default=Path("hasil"),
    show_default=True,
    metavar=_("FOLDER"),
    help=_("Folder hasil."),
)
@click.option("--lanjut", is_flag=True, help=_("Teruskan tanpa baris yang ditolak; baris itu disebut di tiap hasil."))
@click.option(
    "--kebijakan",
    type=click.Path(path_type=Path),
    metavar=_("BERKAS"),
    help=_("Berkas kebijakan instansi (YAML)."),
)
@click.option(
    "--pemetaan",
    type=click.Path(path_type=Path),
    metavar=_("BERKAS"),
    help=_("Berkas pemetaan untuk bentuk lain (YAML)."),
)
@click.option("--instansi", metavar=_("NAMA"), help=_("Nama instansi pada hasil; baku: dari berkas."))
def susun(
    berkas: Sequence[Path],
    per: date | None,
    keluaran: Path,
    lanjut: bool,
    kebijakan: Path | None,
    pemetaan: Path | None,
    instansi: str | None,
) -> None:
    """Read, validate, arrange and write; nothing is written to the result folder when the input has errors."""
    chosen = per or date.today()  # noqa: DTZ011 - the user's own calendar day
    run(
        berkas, per=chosen, keluaran=keluaran, lanjut=lanjut, kebijakan=kebijakan, pemetaan=pemetaan,
        instansi=instansi, console=Console(),
    )  # fmt: skip


def run(
    berkas: Sequence[Path],
    *,
    per: date,
    keluaran: Path,
    lanjut: bool = False,
    kebijakan: Path | None = None,
    pemetaan: Path | None = None,
    instansi: str | None = None,
    console: Console,
) -> None:
    """Do the whole job on *berkas* and print what a head of BKPSDM wants to know first."""
    from penata.analysis.penataan import arrange, availability
    from penata.analysis.penempatan import PenempatanError
    from penata.analysis.policy import PolicyError, read_policy
    from penata.faces.cli.layar import print_findings, print_summary
    from penata.faces.cli.progress import Terminal, timed
    from penata.foundation.spreadsheet import RefusedFile
    from penata.report.folder import FolderError, check_target, replaced
    from penata.report.write import write_marked_findings, write_results
    from penata.rulebook.legislation import LegislationError
    from penata.snapshot.workbook import read_workbook

    told = Terminal(console)
    try:
        check_target(keluaran, berkas)
        policy = read_policy(kebijakan)
        console.print(_("Penataan jabatan per {day}").format(day=day(per)), style="bold", highlight=False)
        with told.running():
            with timed(told, _("membaca berkas")) as (progress, clock):
                reading = read_workbook(
                    berkas, per=per, instansi=instansi, mapping=pemetaan, proceed=lanjut, progress=progress
                )
            if reading.snapshot is not None:
                if not any(item.ada for item in availability(reading.snapshot)):
                    raise click.UsageError(
                        _("berkas tidak memuat lembar Peta Jabatan (posisi, jabatan, unit); lihat ./penata templat")
                    )
                done = arrange(reading.snapshot, kebijakan=policy, temuan=reading.findings, reporter=told)
                done.detik = {_("membaca berkas"): clock(), **done.detik}
                with replaced(keluaran) as folder:
                    write_results(done, reading, folder, reporter=told)
                    told.check()
        if reading.snapshot is None:
            marked = write_marked_findings(reading, keluaran)
            print_findings(console, reading.findings, marked)
            raise click.exceptions.Exit(FOUND_ERRORS)
    except (RefusedFile, FolderError, PolicyError) as error:
        raise click.UsageError(str(error)) from error
    except LegislationError as error:
        raise click.UsageError(
            _("hukum pada {day} tidak lengkap: {error}; pilih --per yang lain").format(day=day(per), error=error)
        ) from error
    except PenempatanError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            _("hasil tidak dapat ditulis: {why}; hasil sebelumnya tidak berubah").format(why=error.strerror or error)
        ) from error
    print_summary(console, done, keluaran)
